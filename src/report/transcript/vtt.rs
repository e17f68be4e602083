//! WebVTT.

use std::io::{self, Write};

use super::subtitles::{clock, cues};
use crate::transcript::Transcript;

pub fn write(out: &mut impl Write, transcript: &Transcript) -> io::Result<()> {
    writeln!(out, "WEBVTT\n")?;
    for cue in cues(&transcript.words) {
        let (start, end) = (clock(cue.interval.start, '.'), clock(cue.interval.end, '.'));
        let text = cue.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        writeln!(out, "{start} --> {end}\n{text}\n")?;
    }
    Ok(())
}
