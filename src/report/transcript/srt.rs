//! SubRip.

use std::io::{self, Write};

use super::subtitles::{clock, cues};
use crate::transcript::Transcript;

pub fn write(out: &mut impl Write, transcript: &Transcript) -> io::Result<()> {
    for (index, cue) in cues(&transcript.words).iter().enumerate() {
        let (start, end) = (clock(cue.interval.start, ','), clock(cue.interval.end, ','));
        writeln!(out, "{}\n{start} --> {end}\n{}\n", index + 1, cue.text)?;
    }
    Ok(())
}
