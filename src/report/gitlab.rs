//! A code quality report of GitLab: a JSON array of issues.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::position::LineIndex;
use super::{LintRun, LintedFile, Unread, fingerprint, sentence, slashed};
use crate::finding::Severity;

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    let issues: Vec<Value> =
        run.files.iter().flat_map(issues).chain(run.unread.iter().map(unread_issue)).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issues(file: &LintedFile) -> Vec<Value> {
    let index = LineIndex::new(&file.source);
    let fingerprints = fingerprint::of_file(file);
    let issue = |((finding, span), fingerprint): (
        (&crate::finding::Finding, crate::finding::Span),
        String,
    )| {
        json!({
            "check_name": format!("{} {}", finding.code, finding.name),
            "description": sentence(finding),
            "fingerprint": fingerprint,
            "severity": severity(finding.severity),
            "location": {
                "path": slashed(&file.path),
                "lines": { "begin": index.position(span.start).line, "end": index.position(span.end).line },
            },
        })
    };
    file.located().zip(fingerprints).map(issue).collect()
}

/// What could not be linted blocks: nobody knows what is in it.
fn unread_issue(unread: &Unread) -> Value {
    json!({
        "check_name": "not-linted",
        "description": unread.text,
        "fingerprint": fingerprint::of_text("not-linted", &slashed(&unread.path)),
        "severity": "blocker",
        "location": { "path": slashed(&unread.path), "lines": { "begin": unread.line.unwrap_or(1) } },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}
