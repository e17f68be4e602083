//! SARIF 2.1.0 (OASIS), as GitHub code scanning and editors read it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::position::LineIndex;
use super::{LintRun, LintedFile, Unread, fingerprint, sentence, slashed, uri};
use crate::finding::{Finding, Fix, Severity, Span};
use crate::lint::page::Page;
use crate::lint::registry;

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    let findings = run.files.iter().flat_map(|file| &file.findings);
    let codes: BTreeSet<&str> = findings.map(|finding| finding.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results: Vec<Value> = run.files.iter().flat_map(|file| results(file, &codes)).collect();
    let notifications: Vec<Value> = run.unread.iter().map(notification).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "afterbeep",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<Value>>(),
            } },
            "invocations": [{
                "executionSuccessful": run.unread.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// A rule, with its page; only those that fired are listed.
fn rule(code: &str) -> Value {
    let Some(rule) = registry::find(code) else { return json!({ "id": code }) };
    let meta = rule.meta();
    let page = Page::read(meta.explanation);
    let explanation = page.explanation();
    json!({
        "id": meta.code,
        "name": meta.name,
        "shortDescription": { "text": page.summary() },
        "help": { "text": explanation, "markdown": explanation },
        "defaultConfiguration": { "level": level(meta.severity), "enabled": meta.on_by_default },
    })
}

fn results(file: &LintedFile, codes: &[&str]) -> Vec<Value> {
    let index = LineIndex::new(&file.source);
    let place = artifact(&file.path);
    let fingerprints = fingerprint::of_file(file);
    let result = |((finding, span), fingerprint): ((&Finding, Span), String)| {
        let mut result = json!({
            "ruleId": finding.code,
            "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
            "level": level(finding.severity),
            "message": { "text": sentence(finding) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": place,
                "region": region(&index, span),
            } }],
            "partialFingerprints": { "afterbeep/v1": fingerprint },
        });
        if let Some(fix) = &finding.fix {
            result["fixes"] = json!([sarif_fix(&index, &place, fix)]);
        }
        result
    };
    file.located().zip(fingerprints).map(result).collect()
}

fn sarif_fix(index: &LineIndex, place: &Value, fix: &Fix) -> Value {
    json!({
        "description": { "text": "the change that `afterbeep lint --fix` makes" },
        "artifactChanges": [{
            "artifactLocation": place,
            "replacements": [{
                "deletedRegion": region(index, fix.span),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn notification(unread: &Unread) -> Value {
    let mut location = json!({ "artifactLocation": artifact(&unread.path) });
    if let Some(line) = unread.line {
        location["region"] = json!({ "startLine": line });
    }
    json!({
        "level": "error",
        "message": { "text": unread.text },
        "locations": [{ "physicalLocation": location }],
    })
}

/// Lines and columns from 1; the end column is one past the last character.
fn region(index: &LineIndex, span: Span) -> Value {
    let (start, end) = (index.position(span.start), index.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A relative path is below the root of the repository, as code scanning expects.
fn artifact(path: &str) -> Value {
    let path = slashed(path);
    match uri::of_file(&path) {
        Some(uri) => json!({ "uri": uri }),
        None => json!({ "uri": uri::encoded(&path), "uriBaseId": "%SRCROOT%" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_relative_path_is_below_the_root_of_the_repository() {
        assert_eq!(artifact("./a b.md"), json!({ "uri": "a%20b.md", "uriBaseId": "%SRCROOT%" }));
        assert_eq!(artifact("/tmp/a#.md"), json!({ "uri": "file:///tmp/a%23.md" }));
    }
}
