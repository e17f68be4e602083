//! A line a word or a segment: the TSV of openai-whisper, the CTM of NIST's tools, what whisper.cpp prints.

use super::cues::times_of;
use super::stretch::{Stretch, Times};
use super::{Format, ImportError, Read};

/// `None` where it is none of them.
pub fn read(text: &str) -> Option<Result<(Format, Read), ImportError>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let (format, line): (_, Line) = match () {
        () if first.trim_end() == "start\tend\ttext" => (Format::Tsv, tsv),
        () if is_printed(first) => (Format::WhisperCpp, printed),
        () if text.lines().all(|line| is_remark(line) || ctm(line).is_ok()) => (Format::Ctm, ctm),
        () => return None,
    };
    let is_heading = |line: &str| format == Format::Tsv && line == first;
    let is_read = |line: &str| !is_remark(line) && !is_heading(line);
    let stretches = text.lines().enumerate().filter(|(_, text)| is_read(text)).map(|(index, text)| {
        let stretch = line(text).map_err(|error| ImportError::at_line(index + 1, error))?;
        let times = stretch.times.map_or(Ok(()), Times::check);
        times.map_err(|error| ImportError::at_line(index + 1, error)).map(|()| stretch)
    });
    Some(stretches.collect::<Result<_, _>>().map(|stretches| (format, Read { stretches, notes: Vec::new() })))
}

/// Reads one.
type Line = fn(&str) -> Result<Stretch, String>;

/// A blank line, or what a CTM says of itself.
fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(";;")
}

/// `300\t2780\tHi Maria`, in milliseconds.
fn tsv(line: &str) -> Result<Stretch, String> {
    let mut cells = line.splitn(3, '\t');
    let mut time = || cells.next().and_then(|cell| cell.trim().parse::<f64>().ok()).map(|time| time / 1000.0);
    let times = time().zip(time()).map(|(start, end)| Times { start, end });
    let (times, text) = times.zip(cells.next()).ok_or("expected milliseconds, milliseconds and text")?;
    Ok(Stretch::timed(text, times))
}

/// `demo A 0.30 0.25 Hi 0.98`: recording, channel, start, duration, word, confidence.
fn ctm(line: &str) -> Result<Stretch, String> {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let [_, channel, start, duration, word, rest @ ..] = cells.as_slice() else {
        return Err("expected a recording, a channel, a start, a duration and a word".to_owned());
    };
    // "Please call 0113 496 0150" is none.
    if 2 < channel.len() {
        return Err(format!("{channel} is no channel such as A or 1"));
    }
    let time = |cell: &str| cell.parse::<f64>().map_err(|_| format!("{cell} is no time in seconds"));
    let (start, duration) = (time(start)?, time(duration)?);
    let probability = rest.first().and_then(|cell| cell.parse().ok());
    let times = Times { start, end: start + duration };
    Ok(Stretch { probability, ..Stretch::timed(word, times) })
}

/// `[00:00:00.300 --> 00:00:02.780]   Hi Maria`
pub fn is_printed(line: &str) -> bool {
    line.starts_with('[') && line.split_once(']').is_some_and(|(times, _)| times.contains("-->"))
}

fn printed(line: &str) -> Result<Stretch, String> {
    let cells = line.trim_start().strip_prefix('[').and_then(|line| line.split_once(']'));
    let (times, text) = cells.ok_or("expected [00:00:01.000 --> 00:00:02.500] and text")?;
    Ok(Stretch::timed(text, times_of(times)?))
}
