//! JUnit's XML: a suite a script, a case a finding. Only what fails the run is a failure; the rest are cases that pass
//! and say what they found, so that advice turns no build red.

use std::io::{self, Write};

use super::position::LineIndex;
use super::xml::escaped;
use super::{LintRun, LintedFile, Unread, sentence, slashed};
use crate::finding::{Finding, Severity, Span};

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    let n_tests: usize = run.files.iter().map(|file| file.findings.len().max(1)).sum();
    let n_failures: usize = run.files.iter().map(|file| n_failures(file, run.fail_on)).sum();
    let n_errors = run.unread.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"afterbeep\" tests=\"{}\" failures=\"{n_failures}\" errors=\"{n_errors}\">",
        n_tests + n_errors
    )?;
    for file in run.files {
        write_suite(out, file, run.fail_on)?;
    }
    for unread in run.unread {
        write_unread(out, unread)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(out: &mut impl Write, file: &LintedFile, fail_on: Option<Severity>) -> io::Result<()> {
    let path = escaped(&slashed(&file.path));
    let n_tests = file.findings.len().max(1);
    let n_failures = n_failures(file, fail_on);
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{n_tests}\" failures=\"{n_failures}\" errors=\"0\" skipped=\"0\">"
    )?;
    if file.findings.is_empty() {
        writeln!(out, "    <testcase name=\"nothing to change\" classname=\"{path}\"/>")?;
    }
    let index = LineIndex::new(&file.source);
    for (finding, span) in file.located() {
        write_case(out, &path, &index, (finding, span), fail_on)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(
    out: &mut impl Write,
    path: &str,
    index: &LineIndex,
    (finding, span): (&Finding, Span),
    fail_on: Option<Severity>,
) -> io::Result<()> {
    let position = index.position(span.start);
    let (line, column) = (position.line, position.column);
    let (code, name, severity) = (finding.code, finding.name, finding.severity.name());
    writeln!(
        out,
        "    <testcase name=\"{code} {name} at {line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
    )?;
    let text = escaped(&finding.text);
    let whole = escaped(&format!("line {line}, column {column}: {severity}: {}", sentence(finding)));
    if finding.fails(fail_on) {
        writeln!(out, "      <failure message=\"{text}\" type=\"{severity}\">{whole}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{whole}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

fn write_unread(out: &mut impl Write, unread: &Unread) -> io::Result<()> {
    let (path, text) = (escaped(&slashed(&unread.path)), escaped(&unread.text));
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")?;
    writeln!(out, "    <testcase name=\"not linted\" classname=\"{path}\" file=\"{path}\">")?;
    writeln!(out, "      <error message=\"{text}\" type=\"not-linted\">{text}</error>")?;
    writeln!(out, "    </testcase>\n  </testsuite>")
}

fn n_failures(file: &LintedFile, fail_on: Option<Severity>) -> usize {
    file.findings.iter().filter(|finding| finding.fails(fail_on)).count()
}
