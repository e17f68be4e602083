//! What a team does: what most often goes wrong, and each person over time beside the team's median.

use std::collections::BTreeMap;

/// A kind of finding and how many recordings have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    pub code: String,
    pub name: String,
    pub n_recordings: usize,
}

/// The codes and names of the findings of each recording; the most common first, then by code.
pub fn common<'a>(recordings: impl Iterator<Item = Vec<(&'a str, &'a str)>>) -> Vec<Common> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for mut findings in recordings {
        findings.sort_unstable();
        findings.dedup();
        for finding in findings {
            *counts.entry(finding).or_default() += 1;
        }
    }
    let mut common: Vec<Common> = counts
        .into_iter()
        .map(|((code, name), n_recordings)| Common {
            code: code.to_owned(),
            name: name.to_owned(),
            n_recordings,
        })
        .collect();
    common.sort_by_key(|finding| std::cmp::Reverse(finding.n_recordings));
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_counts_once_however_often_it_errs() {
        let recordings = [vec![("AD2", "b"), ("AD2", "b"), ("AD1", "a")], vec![("AD2", "b")], vec![]];
        let common: Vec<_> = common(recordings.into_iter())
            .into_iter()
            .map(|found| (found.code, found.n_recordings))
            .collect();
        assert_eq!(common, [("AD2".to_owned(), 2), ("AD1".to_owned(), 1)]);
    }
}
