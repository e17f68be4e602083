//! Praat's TextGrid in its long form: one tier of words, the silences between them empty.

use std::io::{self, Write};

use crate::transcript::Transcript;
use crate::units::Seconds;

/// `duration`: of the recording.
pub fn write(out: &mut impl Write, transcript: &Transcript, duration: Seconds) -> io::Result<()> {
    let intervals = intervals(transcript, duration);
    let end = duration.0;
    writeln!(out, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n")?;
    writeln!(out, "xmin = 0\nxmax = {end}\ntiers? <exists>\nsize = 1\nitem []:\n    item [1]:")?;
    writeln!(out, "        class = \"IntervalTier\"\n        name = \"words\"")?;
    writeln!(out, "        xmin = 0\n        xmax = {end}\n        intervals: size = {}", intervals.len())?;
    for (index, (start, end, text)) in intervals.iter().enumerate() {
        writeln!(out, "        intervals [{}]:", index + 1)?;
        writeln!(out, "            xmin = {start}\n            xmax = {end}")?;
        writeln!(out, "            text = \"{}\"", text.replace('"', "\"\""))?;
    }
    Ok(())
}

/// Without a gap from 0 to the end, as Praat wants them; words without any length are left out.
fn intervals(transcript: &Transcript, duration: Seconds) -> Vec<(f64, f64, &str)> {
    let mut intervals = Vec::new();
    let mut at = 0.0;
    for word in &transcript.words {
        let Some(interval) = word.interval.filter(|interval| interval.start < interval.end) else { continue };
        if at < interval.start.0 {
            intervals.push((at, interval.start.0, ""));
        }
        intervals.push((interval.start.0, interval.end.0, word.text.as_str()));
        at = interval.end.0;
    }
    if at < duration.0 {
        intervals.push((at, duration.0, ""));
    }
    intervals
}
