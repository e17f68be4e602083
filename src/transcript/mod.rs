//! Words with times, wherever they come from.

#[cfg(feature = "transcribe")]
pub mod whisper;
#[cfg(any(feature = "transcribe", test))]
mod words;

use crate::units::Interval;

/// What was said in a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    pub source: Source,
    /// In the order they were said. Each starts no earlier than the one before it ends; times lie within the
    /// recording. Empty where nothing was said.
    pub words: Vec<Word>,
}

/// Where a transcript comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Recognised here; `model` is the short name of the model, such as `base.en`.
    Whisper { model: String },
    /// Made elsewhere and read from a file.
    Import,
}

/// One word, with the punctuation that belongs to it: `Hi,`.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Never empty, no space at either end.
    pub text: String,
    pub interval: Interval,
    /// How sure the recogniser is, 0 to 1; `None` where the source does not say.
    pub probability: Option<f64>,
}
