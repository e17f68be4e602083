//! The XML of Checkstyle, which many collectors of warnings read.

use std::io::{self, Write};

use super::position::LineIndex;
use super::xml::escaped;
use super::{LintRun, LintedFile, sentence, slashed};
use crate::finding::Severity;

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    // The version of Checkstyle whose format this is; readers look at nothing else of it.
    writeln!(out, "<checkstyle version=\"8.0\">")?;
    for file in run.files.iter().filter(|file| !file.findings.is_empty()) {
        write_file(out, file)?;
    }
    for unread in run.unread {
        writeln!(out, "  <file name=\"{}\">", escaped(&slashed(&unread.path)))?;
        let line = unread.line.unwrap_or(1);
        let message = escaped(&unread.text);
        writeln!(
            out,
            "    <error line=\"{line}\" severity=\"error\" message=\"{message}\" source=\"afterbeep.not-linted\"/>"
        )?;
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

fn write_file(out: &mut impl Write, file: &LintedFile) -> io::Result<()> {
    let index = LineIndex::new(&file.source);
    writeln!(out, "  <file name=\"{}\">", escaped(&slashed(&file.path)))?;
    for (finding, span) in file.located() {
        let position = index.position(span.start);
        writeln!(
            out,
            "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"afterbeep.{}\"/>",
            position.line,
            position.column,
            severity(finding.severity),
            escaped(&sentence(finding)),
            finding.code
        )?;
    }
    writeln!(out, "  </file>")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "info",
    }
}
