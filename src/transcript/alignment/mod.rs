//! What was said, and what of a script it was.
//!
//! [`tokens`] brings both into one form, [`expected`] knows what a placeholder may stand for, [`path`] is the cheapest
//! way from one to the other, and [`details`], [`stretches`], [`sections`], [`restarts`], [`filler_words`] and
//! [`spoken_numbers`] read it.

mod alike;
mod dates;
mod details;
mod expected;
mod filler_words;
mod numbers;
mod path;
mod restarts;
mod sections;
mod spoken_numbers;
mod stretches;
mod tokens;

use std::ops::Range;

pub use details::{Detail, DifferentNumber, Status};
pub use expected::{DetailKind, Required};
pub use sections::{SaidSection, ScriptSection, SectionKind};
pub use spoken_numbers::SpokenNumber;
pub use stretches::{Stretch, StretchKind};

use super::{Timing, Transcript, Word};
use crate::script::Message;
use crate::units::Interval;
use path::{Expected, Step};
use tokens::{Sound, Token};

/// What was said, besides its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// As spoken, filled pauses left out: a number of ten digits is ten words.
    pub n_words: usize,
    pub timing: Timing,
    pub filled_pauses: Vec<Passage>,
    /// *Like*, *you know* … that are not the script's.
    pub filler_words: Vec<Passage>,
    /// Words said twice, or broken off, that are not the script's.
    pub restarts: Vec<Passage>,
    /// Telephone numbers, in order.
    pub numbers: Vec<SpokenNumber>,
    /// `None` without a script, or with one that is too long.
    pub against_script: Option<Alignment>,
    /// There is a script, and what was said and it are too long to be compared.
    pub is_too_long: bool,
}

/// What of the script was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// Share of the script's words that were said, 0 to 1.
    pub coverage: f64,
    /// Share of the words said that are the script's, 0 to 1.
    pub of_script: f64,
    /// Words changed, left out and added, over the words of the script; placeholders and filled pauses do not count.
    pub word_error_rate: f64,
    pub details: Vec<Detail>,
    pub different_numbers: Vec<DifferentNumber>,
    pub stretches: Vec<Stretch>,
    /// How fast its parts were said.
    pub sections: Vec<SaidSection>,
}

impl Alignment {
    /// Too little of the script was said for it to be the one that was read; who said nothing else only broke off.
    pub fn is_of_another_script(&self) -> bool {
        self.coverage < MIN_COVERAGE && self.of_script < MIN_OF_SCRIPT
    }
}

/// Some words of the transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    pub words: Range<usize>,
    /// `None` where the transcript has no times.
    pub interval: Option<Interval>,
    /// As the transcript has it.
    pub text: String,
}

/// A message that was to be said.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'s> {
    /// The file that it was read from.
    pub source: &'s str,
    pub message: &'s Message,
    /// Names and asks in it.
    pub required: &'s [Required],
    /// What its parts are there for.
    pub sections: &'s [ScriptSection],
}

/// Below this share of its words it was not this script that was read; ours: any two voicemails share a third of their
/// words (*hi, this is, you, call, me, at*).
const MIN_COVERAGE: f64 = 0.4;
/// From this share of what was said on, it is this script of which the rest was left out; ours.
const MIN_OF_SCRIPT: f64 = 0.8;

/// Reads a transcript, beside a script if there is one. `n_asks`: how often what was said asks the listener for
/// something, in whatever words.
pub fn said(transcript: &Transcript, reference: Option<Reference>, n_asks: usize) -> Said {
    let heard = Heard::of(&transcript.words);
    let script =
        reference.map(|reference| expected::of(reference.source, reference.message, reference.required));
    let steps = script.as_ref().and_then(|script| path::path(&script.tokens, &heard.sounds()));
    let script_words = ScriptWords::of(steps.as_deref(), heard.tokens.len());
    let known: Vec<&str> =
        script.iter().flat_map(|script| &script.details).map(|detail| detail.digits.as_str()).collect();
    let numbers = spoken_numbers::of(&heard, &known);
    let restarts = restarts::of(&heard, &script_words);
    let given = reference.map_or(&[][..], |reference| reference.sections);
    let against_script = script.zip(steps.as_ref()).map(|(script, steps)| {
        let mut stretches = stretches::of(reference, &script, steps, &heard);
        stretches::mark_repeated(&mut stretches, &restarts);
        let details = details::of(&script, steps, &heard, &numbers, n_asks);
        let mut different_numbers = details::different_numbers(&script, &heard, &script_words, &numbers);
        // What was taken for the script's number is not told to differ from it.
        different_numbers.retain(|number| {
            let is_it = |detail: &Detail| {
                detail.kind == DetailKind::Number
                    && detail.status == Status::Said
                    && detail.heard == number.heard.text
            };
            !details.iter().any(is_it)
        });
        Alignment {
            coverage: coverage(&script.tokens, steps),
            of_script: script_words.share(),
            word_error_rate: word_error_rate(&script.tokens, steps),
            details,
            different_numbers,
            stretches,
            sections: sections::of(given, &script, steps, &heard, transcript.timing),
        }
    });
    Said {
        n_words: heard.n_words(0..heard.tokens.len()),
        timing: transcript.timing,
        filled_pauses: heard.filled_pauses(),
        filler_words: filler_words::of(&heard, &script_words),
        restarts,
        numbers,
        is_too_long: reference.is_some() && against_script.is_none(),
        against_script,
    }
}

/// The tokens of a transcript without its filled pauses.
struct Heard<'t> {
    words: &'t [Word],
    tokens: Vec<Token>,
}

impl<'t> Heard<'t> {
    fn of(words: &'t [Word]) -> Self {
        let is_spoken = |word: &&Word| !is_filled_pause(&word.text);
        let chunks = words.iter().enumerate().filter(|(_, word)| is_spoken(word));
        // A transcript may have several words in one: "well -".
        let parts = chunks
            .flat_map(|(index, word)| word.text.split_whitespace().map(move |part| (part, index..index + 1)));
        Self { words, tokens: tokens::tokens(parts) }
    }

    fn sounds(&self) -> Vec<Sound> {
        self.tokens.iter().map(|token| token.sound.clone()).collect()
    }

    /// As people say them: "I'm" is compared as two words, and is one; a number by itself has as many as it is said with, one that
    /// is dictated a word a digit.
    fn n_words(&self, tokens: Range<usize>) -> usize {
        let groups: Vec<&[Token]> =
            self.tokens[tokens].chunk_by(|one, other| one.place == other.place).collect();
        let is_digits = |index: Option<usize>| {
            index.and_then(|index| groups.get(index)).is_some_and(|group| group.iter().all(is_digit))
        };
        let n_words = (0..groups.len()).map(|index| {
            let group = groups[index];
            let is_dictated = spoken_numbers::MIN_DIGITS <= group.len()
                || is_digits(Some(index)) && (is_digits(index.checked_sub(1)) || is_digits(Some(index + 1)));
            match &self.words[group[0].place.clone()] {
                _ if !group.iter().any(is_digit) => {
                    group.len() - group.windows(2).filter(|pair| self.is_contracted(pair)).count()
                }
                [_] if is_dictated => group.len(),
                [word] => tokens::n_words_said(&word.text).clamp(1, LONGEST_NUMBER),
                words => words.len(),
            }
        });
        n_words.sum()
    }

    /// "it's", of which both are one word of the transcript.
    fn is_contracted(&self, pair: &[Token]) -> bool {
        let text = self.words[pair[0].place.start].text.trim();
        text.contains(['\'', '’']) && !text.contains([' ', '-', '/'])
    }

    fn filled_pauses(&self) -> Vec<Passage> {
        let found = self.words.iter().enumerate().filter(|(_, word)| is_filled_pause(&word.text));
        found.map(|(index, _)| self.passage(index..index + 1)).collect()
    }

    fn passage(&self, words: Range<usize>) -> Passage {
        let said = &self.words[words.clone()];
        let interval = said.first().zip(said.last()).and_then(|(first, last)| {
            Some(Interval { start: first.interval?.start, end: last.interval?.end })
        });
        let text = said.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Passage { words, interval, text }
    }

    /// The words that some tokens come from.
    fn passage_of(&self, tokens: Range<usize>) -> Passage {
        let start = self.tokens.get(tokens.start).map_or(self.words.len(), |token| token.place.start);
        let end =
            tokens.clone().next_back().and_then(|last| self.tokens.get(last)).map(|token| token.place.end);
        self.passage(start..end.unwrap_or(start))
    }
}

fn is_digit(token: &Token) -> bool {
    matches!(token.sound, Sound::Digit(_))
}

/// Words of the longest number below ten million, with room.
const LONGEST_NUMBER: usize = 16;

fn is_filled_pause(text: &str) -> bool {
    tokens::is_filled_pause(text.trim_matches(|letter: char| !letter.is_alphanumeric()))
}

/// Which tokens of what was heard are the script's.
struct ScriptWords {
    is_scripts: Vec<bool>,
    has_script: bool,
}

impl ScriptWords {
    fn of(steps: Option<&[Step]>, n_heard: usize) -> Self {
        let mut is_scripts = vec![false; n_heard];
        for step in steps.unwrap_or_default() {
            if let Step::Said { heard, .. } | Step::Joined { heard, .. } = step {
                is_scripts[*heard] = true;
            }
        }
        Self { is_scripts, has_script: steps.is_some() }
    }

    /// 0 to 1; 0 of nothing.
    fn share(&self) -> f64 {
        let n_scripts = self.is_scripts.iter().filter(|is_scripts| **is_scripts).count();
        n_scripts as f64 / self.is_scripts.len().max(1) as f64
    }

    /// Are all of these the script's?
    fn are_scripts(&self, tokens: Range<usize>) -> bool {
        self.is_scripts[tokens].iter().all(|is_scripts| *is_scripts)
    }
}

fn is_required(expected: &Expected) -> bool {
    match expected {
        Expected::Sound { .. } => true,
        Expected::Anything { is_required } | Expected::AnyDigit { is_required } => *is_required,
    }
}

fn coverage(expected: &[Expected], steps: &[Step]) -> f64 {
    let n_required = expected.iter().filter(|token| is_required(token)).count();
    let said = steps.iter().filter(|step| match step {
        Step::Said { expected: index, .. } | Step::Joined { expected: index, .. } => {
            is_required(&expected[*index])
        }
        _ => false,
    });
    // One word that was heard as two has two steps.
    let mut indices: Vec<usize> = said
        .map(|step| match step {
            Step::Said { expected, .. } | Step::Joined { expected, .. } => *expected,
            _ => 0,
        })
        .collect();
    indices.dedup();
    indices.len() as f64 / n_required.max(1) as f64
}

fn word_error_rate(expected: &[Expected], steps: &[Step]) -> f64 {
    let is_word = |index: usize| matches!(expected[index], Expected::Sound { .. });
    let n_words = (0..expected.len()).filter(|index| is_word(*index)).count();
    let errors = steps.iter().filter(|step| match step {
        Step::Changed { expected, .. } | Step::Omitted { expected } => is_word(*expected),
        Step::Added { .. } => true,
        Step::Said { .. } | Step::Joined { .. } => false,
    });
    errors.count() as f64 / n_words.max(1) as f64
}

#[cfg(test)]
mod tests;
