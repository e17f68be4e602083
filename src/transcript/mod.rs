//! Words with times, wherever they come from, and what of a script they are.

pub mod alignment;
pub mod import;
#[cfg(feature = "transcribe")]
mod memory;
mod refinement;
#[cfg(feature = "transcribe")]
pub mod whisper;
#[cfg(feature = "transcribe")]
mod windows;
mod words;

use crate::script::syllables;
use crate::units::{Interval, Seconds};

/// What was said in a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    pub source: Source,
    pub timing: Timing,
    /// What a reader of the times or the words should know.
    pub notes: Vec<String>,
    /// In the order they were said. Each starts no earlier than the one before it ends. Empty where nothing was said.
    pub words: Vec<Word>,
}

/// Where a transcript comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Recognised here; `model` is the short name of the model, such as `base.en`.
    Whisper { model: String },
    /// Made elsewhere and read from a file.
    Import { format: import::Format },
}

/// What the times of the words are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Each word has its own.
    Words,
    /// Only whole segments have; within one, words share its time by their syllables.
    Segments,
    /// There are none.
    Absent,
}

impl Timing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Segments => "segments",
            Self::Absent => "none",
        }
    }
}

/// One word, with the punctuation that belongs to it: `Hi,`.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Never empty, no space at either end.
    pub text: String,
    /// `None` where the source gives no times.
    pub interval: Option<Interval>,
    /// How sure the recogniser is, 0 to 1; `None` where the source does not say.
    pub probability: Option<f64>,
}

/// A transcript whose words are said after the recording has ended.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "word {number}, \"{text}\", is said at {start:.1}, but the recording ends at {duration:.1}; is it the transcript of another recording?"
)]
pub struct OutsideRecording {
    /// Counted from 1.
    pub number: usize,
    pub text: String,
    pub start: Seconds,
    pub duration: Seconds,
}

/// How far past the end a word may begin; ours: recognisers round up to whole frames, and pad a clip with silence.
const MAX_PAST_END: Seconds = Seconds(1.0);

impl Transcript {
    /// Cuts the times to a recording that is `duration` long.
    pub fn within(mut self, duration: Seconds) -> Result<Self, OutsideRecording> {
        for (index, word) in self.words.iter_mut().enumerate() {
            let Some(interval) = &mut word.interval else { continue };
            if duration + MAX_PAST_END < interval.start {
                let (start, text) = (interval.start, word.text.clone());
                return Err(OutsideRecording { number: index + 1, text, start, duration });
            }
            interval.start = Seconds(interval.start.0.min(duration.0));
            interval.end = Seconds(interval.end.0.min(duration.0));
        }
        Ok(self)
    }

    /// From the start of the first word to the end of the last; `None` without times.
    pub fn span(&self) -> Option<Interval> {
        let first = self.words.iter().find_map(|word| word.interval)?;
        let last = self.words.iter().rev().find_map(|word| word.interval)?;
        Some(Interval { start: first.start, end: last.end })
    }
}

/// Syllables of a piece of text as it is said, a digit counting for one; at least one.
fn n_syllables(text: &str) -> f64 {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    let n_of_letters = if letters.is_empty() { 0 } else { syllables::count(letters.as_bytes()) };
    ((n_of_letters + n_digits) as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_of_another_recording_is_told_by_its_times() {
        let word = |start, end| Word {
            text: "hi".to_owned(),
            interval: Some(Interval::new(start, end)),
            probability: None,
        };
        let transcript = |words| Transcript {
            source: Source::Whisper { model: "tiny".to_owned() },
            timing: Timing::Words,
            notes: Vec::new(),
            words,
        };
        let cut = transcript(vec![word(0.0, 1.0), word(1.9, 2.4)]).within(Seconds(2.0)).expect("it fits");
        assert_eq!(cut.span(), Some(Interval::new(0.0, 2.0)));
        let error = transcript(vec![word(0.0, 1.0), word(9.0, 9.5)]).within(Seconds(2.0));
        assert_eq!(error.expect_err("it does not").number, 2);
    }
}
