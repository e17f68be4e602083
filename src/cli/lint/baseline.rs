//! `--baseline`: findings that were there before pass.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::{Outcome, complain, paths, refuse, replacing};
use super::checking::Checked;
use crate::finding::Finding;
use crate::report::json_baseline::{self, Entry};
use crate::report::{LintedFile, fingerprint, slashed};
use crate::units::counted;

/// Path, code and fingerprint of the text.
type Key = (String, String, String);

/// Takes out the findings that the baseline holds, each as often as it holds it.
pub fn subtract(baseline: &Path, files: &mut [LintedFile]) -> Result<(), String> {
    let name = baseline.display();
    let text = fs::read_to_string(baseline).map_err(|error| {
        format!("{name}: the baseline could not be read: {error}; --write-baseline writes one")
    })?;
    let entries = json_baseline::read(&text).map_err(|error| format!("{name}: {error}"))?;
    let mut old: BTreeMap<Key, usize> = BTreeMap::new();
    for entry in entries {
        *old.entry((entry.path, entry.code, entry.fingerprint)).or_default() += entry.count;
    }
    let folder = folder(baseline);
    let (mut seen, mut n_old) = (HashMap::new(), 0);
    for file in files {
        let path = path_from(&folder, &file.path);
        let n_before = file.findings.len();
        let mut findings = std::mem::take(&mut file.findings);
        findings.retain(|finding| match old.get_mut(&key(&path, file, finding)) {
            Some(count) if 0 < *count => {
                *count -= 1;
                false
            }
            _ => true,
        });
        file.findings = findings;
        n_old += n_before - file.findings.len();
        seen.insert(path, Arc::clone(&file.rules));
    }
    // Of scripts that were not linted this time, and of rules that did not run, nothing is known; unless they are gone.
    let is_stale = |path: &String, code: &String| match seen.get(path) {
        Some(rules) => rules.iter().any(|rule| rule == code),
        None => !folder.join(path).exists(),
    };
    let stale = old.iter().filter(|((path, code, _), _)| is_stale(path, code));
    let n_stale: usize = stale.map(|(_, count)| count).sum();
    if 0 < n_old {
        complain(format_args!("{} left out: {name} holds them", findings(n_old)));
    }
    if 0 < n_stale {
        complain(format_args!(
            "{name} holds {} no longer there; --write-baseline writes it anew",
            findings(n_stale)
        ));
    }
    Ok(())
}

/// Writes what was found; nothing, where something could not be read.
pub fn write(baseline: &Path, checked: &Checked) -> Outcome {
    let name = baseline.display();
    checked.unread.iter().for_each(complain);
    if !checked.not_linted().is_empty() {
        return refuse(format_args!("{name} was not written: not every script could be read"));
    }
    let folder = folder(baseline);
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for file in &checked.files {
        let path = path_from(&folder, &file.path);
        for finding in &file.findings {
            *counts.entry(key(&path, file, finding)).or_default() += 1;
        }
    }
    let n_findings = counts.values().sum();
    let entry = |((path, code, fingerprint), count)| Entry { path, code, fingerprint, count };
    let mut text = Vec::new();
    let written = json_baseline::write(&mut text, counts.into_iter().map(entry).collect())
        .map_err(|error| error.to_string())
        .and_then(|()| replacing::write(baseline, &text));
    if let Err(error) = written {
        return refuse(format_args!("{name}: {error}"));
    }
    complain(format_args!("{} written to {name}", findings(n_findings)));
    Outcome::Clean
}

fn key(path: &str, file: &LintedFile, finding: &Finding) -> Key {
    (path.to_owned(), finding.code.to_owned(), fingerprint::of_finding(file, finding))
}

fn findings(n: usize) -> String {
    counted(n, "finding", "findings")
}

/// The folder a baseline lies in, without links and `..`.
fn folder(baseline: &Path) -> PathBuf {
    paths::place(baseline).parent().map(Path::to_owned).unwrap_or_default()
}

/// The path of a script as a baseline names it: from its folder, the same wherever afterbeep is started.
fn path_from(folder: &Path, script: &str) -> String {
    let script = Path::new(script);
    let path = pathdiff::diff_paths(paths::place(script), folder).unwrap_or_else(|| script.to_owned());
    slashed(&path.to_string_lossy())
}
