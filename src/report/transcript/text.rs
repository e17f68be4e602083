//! The words, a sentence a line.

use std::io::{self, Write};

use crate::report::printable;
use crate::transcript::Transcript;

pub fn write(out: &mut impl Write, transcript: &Transcript) -> io::Result<()> {
    let last = transcript.words.len().saturating_sub(1);
    for (index, word) in transcript.words.iter().enumerate() {
        let ends = index == last || word.text.ends_with(['.', '?', '!']);
        write!(out, "{}{}", printable(&word.text), if ends { '\n' } else { ' ' })?;
    }
    Ok(())
}
