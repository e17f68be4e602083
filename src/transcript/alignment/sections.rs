//! How fast each part of a script was said: one average hides a number that was rushed.

use std::ops::Range;

use super::Heard;
use super::expected::{DetailKind, Script};
use super::path::Step;
use crate::transcript::Timing;
use crate::units::Interval;

/// What a part of a voicemail is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// Who is calling whom.
    Opening,
    Reason,
    Ask,
    /// A telephone number.
    Number,
}

impl SectionKind {
    /// As printed; stable once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Reason => "reason",
            Self::Ask => "ask",
            Self::Number => "number",
        }
    }
}

/// A part of a message that whoever has read it found in it; numbers are found here.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptSection {
    pub kind: SectionKind,
    /// Of the message's plain text.
    pub plain: Range<usize>,
}

/// A part of the script as it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidSection {
    pub kind: SectionKind,
    /// From its first word to its last.
    pub interval: Interval,
    /// As spoken: a number of ten digits is ten words.
    pub n_words: usize,
}

impl SaidSection {
    /// Pauses within it included, as `speaking_rate` does.
    pub fn words_per_minute(&self) -> f64 {
        self.n_words as f64 / self.interval.length().0 * 60.0
    }
}

/// Fewer words have no pace; ours.
const MIN_WORDS: usize = 3;

/// In order of the script; without those of which too little was said, and none where words have no times of their own.
pub fn of(
    given: &[ScriptSection],
    script: &Script,
    steps: &[Step],
    heard: &Heard,
    timing: Timing,
) -> Vec<SaidSection> {
    if timing != Timing::Words {
        return Vec::new();
    }
    let numbers = script.details.iter().filter(|detail| detail.kind == DetailKind::Number);
    let numbers: Vec<Range<usize>> = numbers.map(|detail| detail.tokens.clone()).collect();
    let before_numbers = |tokens: Range<usize>| {
        let first = numbers.iter().map(|number| number.start).filter(|start| tokens.contains(start)).min();
        tokens.start..first.unwrap_or(tokens.end)
    };
    let mut parts: Vec<(SectionKind, Range<usize>)> = given
        .iter()
        .map(|section| (section.kind, before_numbers(tokens_in(script, &section.plain))))
        .chain(numbers.iter().map(|number| (SectionKind::Number, number.clone())))
        .collect();
    parts.sort_by_key(|(_, tokens)| tokens.start);
    parts.into_iter().filter_map(|(kind, tokens)| said(kind, tokens, steps, heard)).collect()
}

fn tokens_in(script: &Script, plain: &Range<usize>) -> Range<usize> {
    let start = script.places.partition_point(|place| place.start < plain.start);
    let end = script.places.partition_point(|place| place.start < plain.end);
    start..end
}

fn said(kind: SectionKind, tokens: Range<usize>, steps: &[Step], heard: &Heard) -> Option<SaidSection> {
    let of_section = steps.iter().filter_map(|step| match step {
        Step::Said { expected, heard } | Step::Joined { expected, heard } if tokens.contains(expected) => {
            Some(*heard)
        }
        _ => None,
    });
    let (first, last) = (of_section.clone().min()?, of_section.max()?);
    let n_words = heard.n_words(first..last + 1);
    let interval = heard.passage_of(first..last + 1).interval?;
    (MIN_WORDS <= n_words && 0.0 < interval.length().0).then_some(SaidSection { kind, interval, n_words })
}
