//! The findings of `json`, one a line; a script that could not be read is told on standard error alone.

use std::io::{self, Write};

use super::{LintRun, json};

pub fn write(out: &mut impl Write, run: &LintRun) -> io::Result<()> {
    for finding in run.files.iter().flat_map(json::lint_findings) {
        serde_json::to_writer(&mut *out, &finding)?;
        writeln!(out)?;
    }
    Ok(())
}
