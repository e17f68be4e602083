//! Workflow commands: GitHub Actions turns each line into an annotation of the pull request.

use std::io::{self, Write};

use super::position::LineIndex;
use super::{LintRun, LintedFile, printable, sentence, slashed};
use crate::finding::{Finding, Severity, Span};

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    for file in run.files {
        let index = LineIndex::new(&file.source);
        for (finding, span) in file.located() {
            annotate(out, file, &index, finding, span)?;
        }
    }
    for unread in run.unread {
        let file = property(&slashed(&unread.path));
        let line = unread.line.unwrap_or(1);
        writeln!(out, "::error file={file},line={line},title=not linted::{}", data(&unread.text))?;
    }
    Ok(())
}

fn annotate(
    out: &mut impl Write,
    file: &LintedFile,
    index: &LineIndex,
    finding: &Finding,
    span: Span,
) -> io::Result<()> {
    let (start, end) = (index.position(span.start), index.position(span.end));
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    write!(out, "::{command} file={},line={}", property(&slashed(&file.path)), start.line)?;
    // GitHub takes no columns where an annotation runs over several lines.
    if start.line == end.line {
        write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    let title = property(&format!("{} {}", finding.code, finding.name));
    writeln!(out, ",title={title}::{}", data(&sentence(finding)))
}

/// As the `toolkit` of GitHub Actions escapes the text of a command; other control characters are shown.
fn data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&escaped)
}

/// As the `toolkit` escapes a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_its_command() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("\u{1b}[31m"), "\\u{1b}[31m");
    }
}
