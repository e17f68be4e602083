//! Where speech and script part: what was left out, what was put in, what was said otherwise.

use std::ops::Range;

use super::expected::Script;
use super::path::Step;
use super::tokens::{Sound, Token, tokens};
use super::{Heard, Passage, Reference};
use crate::english::{MONTHS, WEEKDAYS};
use crate::units::Interval;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StretchKind {
    Omitted,
    AdLibbed,
    Changed,
    /// Put in, and no more than what was said anyway.
    Repeated,
}

impl StretchKind {
    /// As printed; stable once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Omitted => "omitted",
            Self::AdLibbed => "ad_libbed",
            Self::Changed => "changed",
            Self::Repeated => "repeated",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    pub kind: StretchKind,
    /// Of the script; empty where something was put in.
    pub script: String,
    /// Of the speech; empty where something was left out.
    pub heard: String,
    /// Where it was said, or the gap in which it was not; `None` without times.
    pub interval: Option<Interval>,
    pub n_script_words: usize,
    pub n_heard_words: usize,
    /// Of the transcript.
    pub(super) words: Range<usize>,
}

/// Words of a stretch, on either side, in which another day or figure is a slip and not another sentence; ours.
const LONGEST_SLIP: usize = 8;
/// Digits of a figure; a telephone number has more, and is a detail of its own.
const MOST_DIGITS: usize = 6;

impl Stretch {
    /// Is another day said than the script has ("Friday" as "Saturday"), or another time or amount ("at 4" as "at 5")?
    pub fn is_other_day_or_figure(&self) -> bool {
        let is_short = self.n_script_words.max(self.n_heard_words) <= LONGEST_SLIP;
        let is_other = |of: fn(&str) -> Vec<String>| {
            let (script, heard) = (of(&self.script), of(&self.heard));
            !script.is_empty() && !heard.is_empty() && script.iter().all(|one| !heard.contains(one))
        };
        self.kind == StretchKind::Changed && is_short && (is_other(days) || is_other(figures))
    }
}

fn days(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| names_a_day(word)).collect()
}

/// "may" is a word too often.
fn names_a_day(word: &str) -> bool {
    WEEKDAYS.contains(&word)
        || ["today", "tomorrow"].contains(&word)
        || word != "may" && MONTHS.contains(&word)
}

/// Numbers with a few digits, in digits whatever they are written in.
fn figures(text: &str) -> Vec<String> {
    let sounds = tokens(text.split_whitespace().map(|word| (word, 0..0)));
    let digit = |token: &Token| match token.sound {
        Sound::Digit(digit) => Some(char::from(b'0' + digit)),
        Sound::Word(_) => None,
    };
    let runs = sounds.chunk_by(|one, next| digit(one).is_some() == digit(next).is_some());
    let figures = runs.map(|run| run.iter().filter_map(digit).collect::<String>());
    figures.filter(|digits| (1..=MOST_DIGITS).contains(&digits.len())).collect()
}

/// In order.
pub fn of(reference: Option<Reference>, script: &Script, steps: &[Step], heard: &Heard) -> Vec<Stretch> {
    joined(runs(steps)).into_iter().map(|run| stretch(reference, script, steps, run, heard)).collect()
}

/// Of steps that are not said, one after the other.
fn runs(steps: &[Step]) -> Vec<Range<usize>> {
    let is_said = |step: &Step| matches!(step, Step::Said { .. } | Step::Joined { .. });
    let mut runs = Vec::new();
    let mut next = 0;
    while next < steps.len() {
        let start = next + steps[next..].iter().take_while(|step| is_said(step)).count();
        let end = start + steps[start..].iter().take_while(|step| !is_said(step)).count();
        if start < end {
            runs.push(start..end);
        }
        next = end.max(next + 1);
    }
    runs
}

/// A single word as written between two longer runs is there by chance: "the *you* of another sentence".
fn joined(runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if run.start == last.end + 1 && last.len() > 1 && run.len() > 1 => last.end = run.end,
            _ => joined.push(run),
        }
    }
    joined
}

fn stretch(
    reference: Option<Reference>,
    script: &Script,
    steps: &[Step],
    range: Range<usize>,
    heard: &Heard,
) -> Stretch {
    let of_script: Vec<usize> = steps[range.clone()].iter().filter_map(expected).collect();
    let of_heard: Vec<usize> = steps[range.clone()].iter().filter_map(heard_index).collect();
    let kind = match (of_script.is_empty(), of_heard.is_empty()) {
        (false, true) => StretchKind::Omitted,
        (true, _) => StretchKind::AdLibbed,
        (false, false) => StretchKind::Changed,
    };
    let plain = of_script.first().zip(of_script.last());
    let plain = plain.map(|(first, last)| script.places[*first].start..script.places[*last].end);
    let span = reference.zip(plain).map(|(reference, plain)| reference.message.plain.source_span(plain));
    let text = reference.zip(span).map_or("", |(reference, span)| span.of(reference.source));
    let passage =
        of_heard.first().zip(of_heard.last()).map(|(first, last)| heard.passage_of(*first..*last + 1));
    let interval = match &passage {
        Some(passage) => passage.interval,
        None => gap(steps, range, heard),
    };
    Stretch {
        kind,
        script: text.split_whitespace().collect::<Vec<_>>().join(" "),
        words: passage.as_ref().map_or(0..0, |passage| passage.words.clone()),
        heard: passage.map_or(String::new(), |passage: Passage| passage.text),
        interval,
        n_script_words: of_script.len(),
        n_heard_words: of_heard.len(),
    }
}

/// Tells those that were put in by a restart: its first saying or its second, whichever the script does not have.
pub fn mark_repeated(stretches: &mut [Stretch], restarts: &[Passage]) {
    let is_of = |words: &Range<usize>, restart: &Passage| {
        let both = restart.words.start..restart.words.end + restart.words.len();
        both.start <= words.start && words.end <= both.end
    };
    for stretch in stretches.iter_mut().filter(|stretch| stretch.kind == StretchKind::AdLibbed) {
        if restarts.iter().any(|restart| is_of(&stretch.words, restart)) {
            stretch.kind = StretchKind::Repeated;
        }
    }
}

/// Between the words that were said before and after.
pub fn gap(steps: &[Step], range: Range<usize>, heard: &Heard) -> Option<Interval> {
    let before = steps[..range.start].iter().rev().find_map(heard_index);
    let after = steps[range.end..].iter().find_map(heard_index);
    let word = |index: usize| heard.passage_of(index..index + 1).interval;
    let end_of_all = heard.words.last().and_then(|word| word.interval);
    let start = match before {
        Some(index) => word(index)?.end,
        None => heard.words.first()?.interval?.start,
    };
    let end = match after {
        Some(index) => word(index)?.start,
        None => end_of_all?.end,
    };
    Some(Interval { start, end: if end < start { start } else { end } })
}

fn expected(step: &Step) -> Option<usize> {
    match step {
        Step::Changed { expected, .. } | Step::Omitted { expected } => Some(*expected),
        _ => None,
    }
}

pub fn heard_index(step: &Step) -> Option<usize> {
    match step {
        Step::Said { heard, .. }
        | Step::Changed { heard, .. }
        | Step::Added { heard }
        | Step::Joined { heard, .. } => Some(*heard),
        Step::Omitted { .. } => None,
    }
}
