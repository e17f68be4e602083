//! `path:line:column: severity[CODE] text`, one line a finding.

use std::io::{self, Write};

use super::position::LineIndex;
use super::{Counts, LintedFile, printable};
use crate::finding::Place;

pub fn write(out: &mut impl Write, files: &[LintedFile]) -> io::Result<()> {
    for file in files {
        let index = LineIndex::new(&file.source);
        for finding in &file.findings {
            let place = match finding.place {
                Place::Text(span) => {
                    let position = index.position(span.start);
                    format!(":{}:{}", position.line, position.column)
                }
                Place::Time(_) | Place::Whole => String::new(),
            };
            let path = printable(&file.path);
            let severity = finding.severity.name();
            writeln!(
                out,
                "{path}{place}: {severity}[{}] {} ({})",
                finding.code,
                printable(&finding.text),
                finding.name
            )?;
        }
    }
    writeln!(out, "{}", Counts::of(files).sentence())
}
