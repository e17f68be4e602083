//! How often each rule fired.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Counts, LintedFile};

pub(super) struct Count {
    pub code: &'static str,
    pub name: &'static str,
    pub count: usize,
    /// How many of them `--fix` would mend.
    pub fixable: usize,
}

/// The most frequent first.
pub(super) fn by_rule(files: &[LintedFile]) -> Vec<Count> {
    let mut by_code: BTreeMap<&str, Count> = BTreeMap::new();
    for finding in files.iter().flat_map(|file| &file.findings) {
        let none = Count { code: finding.code, name: finding.name, count: 0, fixable: 0 };
        let count = by_code.entry(finding.code).or_insert(none);
        count.count += 1;
        count.fixable += usize::from(finding.fix.is_some());
    }
    let mut counts: Vec<Count> = by_code.into_values().collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

/// A line a rule; `[*]` where all that it found can be mended by `--fix`, `[-]` where some can.
pub fn write(out: &mut impl Write, files: &[LintedFile]) -> io::Result<()> {
    let counts = by_rule(files);
    let width = counts.first().map_or(0, |count| count.count.to_string().len());
    for Count { code, name, count, fixable } in &counts {
        let mark = match fixable {
            0 => "   ",
            _ if fixable == count => "[*]",
            _ => "[-]",
        };
        writeln!(out, "{count:>width$}  {code}  {mark} {name}")?;
    }
    writeln!(out, "{}", Counts::of(files).sentence())
}
