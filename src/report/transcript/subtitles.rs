//! What SRT and WebVTT share: words in lines short enough to be read while they are heard.

use crate::transcript::Word;
use crate::units::{Interval, Seconds};

/// Characters of a line of subtitles (Netflix and BBC: 42 and 37).
const MAX_LETTERS: usize = 42;
/// A silence that parts two cues: the shortest that is a pause, doubled; ours.
const GAP: Seconds = Seconds(0.5);

pub struct Cue {
    pub interval: Interval,
    pub text: String,
}

/// Of the words that have a time.
pub fn cues(words: &[Word]) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for word in words {
        let Some(interval) = word.interval else { continue };
        match cues.last_mut() {
            Some(cue) if continues(cue, word, interval) => {
                cue.interval.end = interval.end;
                cue.text.push(' ');
                cue.text.push_str(&word.text);
            }
            _ => cues.push(Cue { interval, text: word.text.clone() }),
        }
    }
    cues
}

fn continues(cue: &Cue, word: &Word, interval: Interval) -> bool {
    let length = cue.text.chars().count() + 1 + word.text.chars().count();
    length <= MAX_LETTERS && !cue.text.ends_with(['.', '?', '!']) && interval.start - cue.interval.end < GAP
}

/// `01:02:03,500`, with `,` or `.` before the thousandths.
pub fn clock(time: Seconds, point: char) -> String {
    let milliseconds = (time.0 * 1e3).round() as u64;
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("{:02}:{:02}:{:02}{point}{rest:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
