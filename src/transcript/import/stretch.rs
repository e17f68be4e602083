//! From stretches of text with times to words with times.

use crate::transcript::words::place;
use crate::transcript::{Timing, Word, n_syllables};
use crate::units::Seconds;

/// Text as a file gives it: a word, or a whole segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    pub text: String,
    pub times: Option<Times>,
    pub probability: Option<f64>,
}

/// In seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    pub start: f64,
    pub end: f64,
}

/// Aligners may begin a little before the recording does, in seconds; such a start is its beginning (ours).
const EARLIEST: f64 = -0.5;

/// Later than any recording ends, in seconds: what says so counts in another unit.
const LATEST: f64 = 7.0 * 24.0 * 3600.0;

impl Times {
    /// In order, and of a recording.
    pub fn check(self) -> Result<(), String> {
        let Self { start, end } = self;
        if !(EARLIEST..=LATEST).contains(&start) || !(EARLIEST..=LATEST).contains(&end) {
            return Err(format!("expected seconds from the start of the recording, found {start} to {end}"));
        }
        if end < start {
            return Err(format!("this ends at {end} s, before it starts at {start} s"));
        }
        Ok(())
    }
}

impl Stretch {
    pub fn untimed(text: &str) -> Self {
        Self { text: text.to_owned(), times: None, probability: None }
    }

    pub fn timed(text: &str, times: Times) -> Self {
        Self { text: text.to_owned(), times: Some(times), probability: None }
    }
}

/// Splits stretches into words, in the order of their times. Words that share a stretch share its time by their
/// syllables; those without a time, among others that have one, lie between their neighbours.
pub fn words(stretches: Vec<Stretch>) -> (Vec<Word>, Timing, Option<String>) {
    let mut pieces: Vec<Piece> = stretches.iter().flat_map(pieces).collect();
    if pieces.iter().all(|piece| piece.times.is_none()) {
        let words = pieces.into_iter().map(|piece| piece.word(None)).collect();
        return (words, Timing::Absent, Some("the transcript has no times".to_owned()));
    }
    between_neighbours(&mut pieces);
    pieces.sort_by(|one, other| one.start().total_cmp(&other.start()));
    let n_spread = pieces.iter().filter(|piece| piece.is_spread).count();
    let (timing, note) = match n_spread {
        0 => (Timing::Words, None),
        n if pieces.len() <= 2 * n => (
            Timing::Segments,
            Some(
                "the transcript has times of segments only; its words were spread within them by syllables"
                    .to_owned(),
            ),
        ),
        n => (
            Timing::Words,
            Some(format!(
                "{n} of the {} words have no time of their own; they were placed by syllables",
                pieces.len()
            )),
        ),
    };
    let mut words: Vec<Word> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let interval = piece.times.map(|times| {
            place(Seconds(times.start), Seconds(times.end), words.last_mut(), Seconds(f64::INFINITY))
        });
        words.push(piece.word(interval));
    }
    (words, timing, note)
}

/// A word on its way.
struct Piece {
    text: String,
    times: Option<Times>,
    probability: Option<f64>,
    is_spread: bool,
}

impl Piece {
    fn start(&self) -> f64 {
        self.times.map_or(0.0, |times| times.start)
    }

    fn n_syllables(&self) -> f64 {
        n_syllables(&self.text)
    }

    fn word(self, interval: Option<crate::units::Interval>) -> Word {
        Word { text: self.text, interval, probability: self.probability }
    }
}

/// The words of a stretch; what is no word, such as a dash, joins the one before it.
fn pieces(stretch: &Stretch) -> Vec<Piece> {
    let text = without_annotations(&stretch.text);
    let mut texts: Vec<String> = Vec::new();
    for text in text.split_whitespace() {
        match texts.last_mut() {
            _ if text.contains(char::is_alphanumeric) => texts.push(text.to_owned()),
            Some(last) => {
                last.push(' ');
                last.push_str(text);
            }
            None => {}
        }
    }
    let is_spread = texts.len() > 1;
    let times = stretch.times.map(|times| Times { start: times.start.max(0.0), end: times.end.max(0.0) });
    let mut pieces: Vec<Piece> = texts
        .into_iter()
        .map(|text| Piece { text, times, probability: stretch.probability, is_spread })
        .collect();
    if let (Some(times), true) = (times, is_spread) {
        spread(&mut pieces, times);
    }
    pieces
}

fn spread(pieces: &mut [Piece], times: Times) {
    let total: f64 = pieces.iter().map(Piece::n_syllables).sum();
    let mut start = times.start;
    for piece in pieces {
        let end = start + (times.end - times.start) * piece.n_syllables() / total;
        piece.times = Some(Times { start, end });
        piece.is_spread = true;
        start = end;
    }
}

/// "[BLANK_AUDIO]", "[music]" and the like were not said; nor is what stands between notes. A bracket that is never closed
/// is no more than a mark.
fn without_annotations(text: &str) -> String {
    let is_aside = text.trim().starts_with('(') && text.trim().ends_with(')');
    if is_aside {
        return String::new();
    }
    let (mut kept, mut brackets, mut note) = (String::new(), Vec::new(), None);
    for character in text.chars() {
        match character {
            '[' => brackets.push(kept.len()),
            ']' => kept.truncate(brackets.pop().unwrap_or(kept.len())),
            '♪' => match note.take() {
                Some(start) => kept.truncate(start),
                None => note = Some(kept.len()),
            },
            character => kept.push(character),
        }
    }
    kept
}

/// A run of words without times has the gap between its neighbours; at an end, [`SECONDS_PER_SYLLABLE`] each.
fn between_neighbours(pieces: &mut [Piece]) {
    let mut next = 0;
    while next < pieces.len() {
        let start = next + pieces[next..].iter().take_while(|piece| piece.times.is_some()).count();
        let end = start + pieces[start..].iter().take_while(|piece| piece.times.is_none()).count();
        if start < end {
            let total: f64 = pieces[start..end].iter().map(Piece::n_syllables).sum();
            let length = total * SECONDS_PER_SYLLABLE;
            let before = start.checked_sub(1).and_then(|index| pieces[index].times).map(|times| times.end);
            let after = pieces.get(end).and_then(|piece| piece.times).map(|times| times.start);
            let from = before.or(after.map(|after| (after - length).max(0.0))).unwrap_or(0.0);
            let to = after.unwrap_or(from + length).max(from);
            spread(&mut pieces[start..end], Times { start: from, end: to });
        }
        next = end.max(next + 1);
    }
}

/// At 4.2 syllables a second, the rate of `script::speech`.
const SECONDS_PER_SYLLABLE: f64 = 1.0 / 4.2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_said_is_left_out_and_an_open_bracket_takes_nothing_with_it() {
        for (text, expected) in [
            ("[music] hi there", " hi there"),
            ("hi [laughs [long]] there", "hi  there"),
            ("[music hi there", "music hi there"),
            ("hi] there", "hi there"),
            ("♪ la la ♪ hi", " hi"),
            ("♪ hi there", " hi there"),
            ("(music)", ""),
        ] {
            assert_eq!(without_annotations(text), expected, "{text}");
        }
    }
}
