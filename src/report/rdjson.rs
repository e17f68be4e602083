//! The diagnostic format of reviewdog, as one JSON document; columns count bytes of UTF-8 from 1, and ends are exclusive.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::position::LineIndex;
use super::{LintRun, LintedFile, Unread, sentence, slashed};
use crate::finding::{Finding, Severity, Span};

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    let diagnostics: Vec<Value> =
        run.files.iter().flat_map(diagnostics).chain(run.unread.iter().map(unread_diagnostic)).collect();
    let document = json!({ "source": { "name": "afterbeep" }, "diagnostics": diagnostics });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn diagnostics(file: &LintedFile) -> Vec<Value> {
    let index = LineIndex::new(&file.source);
    file.located().map(|(finding, span)| diagnostic(file, &index, finding, span)).collect()
}

fn diagnostic(file: &LintedFile, index: &LineIndex, finding: &Finding, span: Span) -> Value {
    let fixes = finding.fix.iter();
    let suggestions: Vec<Value> =
        fixes.map(|fix| json!({ "range": range(index, fix.span), "text": fix.replacement })).collect();
    let mut diagnostic = json!({
        "message": sentence(finding),
        "location": { "path": slashed(&file.path), "range": range(index, span) },
        "severity": severity(finding.severity),
        "code": { "value": finding.code },
    });
    if !suggestions.is_empty() {
        diagnostic["suggestions"] = suggestions.into();
    }
    diagnostic
}

fn unread_diagnostic(unread: &Unread) -> Value {
    let mut location = json!({ "path": slashed(&unread.path) });
    if let Some(line) = unread.line {
        location["range"] = json!({ "start": { "line": line } });
    }
    json!({ "message": format!("not linted: {}", unread.text), "location": location, "severity": "ERROR" })
}

fn range(index: &LineIndex, span: Span) -> Value {
    let position = |offset: usize| {
        let position = index.byte_position(offset);
        json!({ "line": position.line, "column": position.column })
    };
    json!({ "start": position(span.start), "end": position(span.end) })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Advice => "INFO",
    }
}
