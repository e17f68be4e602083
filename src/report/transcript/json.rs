//! The transcript of a review's JSON, alone.

use std::io::{self, Write};

use serde::Serialize;

use crate::report::json::VERSION;
use crate::report::json_review::{Words, words};
use crate::transcript::Transcript;

#[derive(Serialize)]
struct Document<'t> {
    version: u32,
    path: &'t str,
    transcript: Words<'t>,
}

pub fn write(out: &mut impl Write, path: &str, transcript: &Transcript) -> io::Result<()> {
    let document = Document { version: VERSION, path, transcript: words(Some(transcript)) };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
