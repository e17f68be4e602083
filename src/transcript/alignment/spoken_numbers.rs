//! Telephone numbers as they were said, and how fast.

use std::ops::Range;

use super::tokens::Sound;
use super::{Heard, Passage};
use crate::units::{Interval, Seconds};

#[derive(Debug, Clone, PartialEq)]
pub struct SpokenNumber {
    pub digits: String,
    pub passage: Passage,
    /// The longest silence between two of its digits; `None` without times, and where all of it is one word.
    pub longest_pause: Option<Seconds>,
    pub(super) tokens: Range<usize>,
    /// Said after it: its tokens and its digits.
    pub(super) extension: Option<(Range<usize>, String)>,
}

/// Fewest digits of a number that one calls: a local one in North America.
pub const MIN_DIGITS: usize = 7;
/// Most (ITU-T E.164).
const MAX_DIGITS: usize = 15;

impl SpokenNumber {
    /// From the first digit to the last, pauses and all; `None` without times.
    pub fn digits_per_second(&self) -> Option<f64> {
        let length = self.passage.interval?.length().0;
        (length > 0.0).then(|| self.digits.len() as f64 / length)
    }
}

/// `known`: the digits of the script's.
pub(super) fn of(heard: &Heard, known: &[&str]) -> Vec<SpokenNumber> {
    let is_digit = |index: usize| matches!(heard.tokens[index].sound, Sound::Digit(_));
    let mut numbers = Vec::new();
    let mut next = 0;
    while next < heard.tokens.len() {
        let end = next + (next..heard.tokens.len()).take_while(|index| is_digit(*index)).count();
        for run in runs(heard, next..end, known) {
            numbers.extend(parts(heard, run).into_iter().map(|part| number(heard, part)));
        }
        next = end.max(next + 1);
    }
    numbers
}

/// What digits stand in a row, parted behind each number that is known and about each that is one word: of "404-555-0142. One
/// more time" the last digit is no part of it.
fn runs(heard: &Heard, whole: Range<usize>, known: &[&str]) -> Vec<Range<usize>> {
    let said = digits(heard, whole.clone());
    let mut runs = Vec::new();
    let mut from = whole.start;
    let mut at = whole.start;
    while at < whole.end {
        let place = &heard.tokens[at].place;
        let length = heard.tokens[at..whole.end].iter().take_while(|token| token.place == *place).count();
        let is_word = MIN_DIGITS <= length && place.len() == 1;
        let rest = &said[at - whole.start..];
        let is_known = |digits: &&&str| MIN_DIGITS <= digits.len() && rest.starts_with(**digits);
        let end = known.iter().filter(is_known).map(|digits| at + digits.len()).max();
        if is_word {
            runs.push(from..at);
            runs.push(at..at + length);
            from = at + length;
        } else if let Some(end) = end {
            runs.push(from..end);
            from = end;
        }
        at = from.max(at + 1);
    }
    runs.push(from..whole.end);
    runs
}

/// A run of digits is one number, or the same said twice, or two.
fn parts(heard: &Heard, run: Range<usize>) -> Vec<Range<usize>> {
    let is_number = |range: &Range<usize>| (MIN_DIGITS..=MAX_DIGITS).contains(&range.len());
    let digits = |range: Range<usize>| digits(heard, range);
    let splits = (run.start + MIN_DIGITS..run.end).map(|at| (run.start..at, at..run.end));
    let two = splits.filter(|(first, second)| is_number(first) && is_number(second));
    let same_ending = |(first, second): &(Range<usize>, Range<usize>)| {
        let ending = |range: &Range<usize>| digits(range.end - MIN_DIGITS..range.end);
        ending(first) == ending(second)
    };
    let of_usual_length = |(first, second): &(Range<usize>, Range<usize>)| {
        [first.len(), second.len()].iter().all(|n| [7, 10, 11].contains(n))
    };
    let twice = two.clone().find(same_ending).or_else(|| {
        let long = run.len() > 11;
        two.clone().find(|parts| long && of_usual_length(parts))
    });
    match twice {
        Some((first, second)) => vec![first, second],
        None => Some(run).filter(is_number).into_iter().collect(),
    }
}

fn digits(heard: &Heard, range: Range<usize>) -> String {
    let digit = |index: usize| match heard.tokens[index].sound {
        Sound::Digit(digit) => char::from(b'0' + digit),
        Sound::Word(_) => ' ',
    };
    range.map(digit).collect()
}

fn number(heard: &Heard, tokens: Range<usize>) -> SpokenNumber {
    let mut passage = heard.passage_of(tokens.clone());
    passage.interval = Some(()).and_then(|()| {
        let (first, last) = (tokens.start, tokens.end - 1);
        Some(Interval { start: time_of(heard, first)?.start, end: time_of(heard, last)?.end })
    });
    let times: Option<Vec<Interval>> = tokens.clone().map(|index| time_of(heard, index)).collect();
    // Within one word of the transcript nobody knows.
    let is_of_one_word =
        tokens.clone().all(|index| heard.tokens[index].place == heard.tokens[tokens.start].place);
    let longest_pause = times.filter(|_| !is_of_one_word).map(|times| {
        let gaps = times.windows(2).map(|pair| (pair[1].start.0 - pair[0].end.0).max(0.0));
        Seconds(gaps.fold(0.0, f64::max))
    });
    let after = heard.tokens[tokens.end..].iter().map(|token| Some(&token.sound));
    let extension = extension(after, tokens.end);
    SpokenNumber { digits: digits(heard, tokens.clone()), passage, longest_pause, tokens, extension }
}

/// The extension with which the `sounds` after a number begin, the first of which is token `start`: "extension 12", "and my
/// extension is one two".
pub(super) fn extension<'s>(
    sounds: impl Iterator<Item = Option<&'s Sound>>,
    start: usize,
) -> Option<(Range<usize>, String)> {
    let mut is_named = false;
    let mut digits = String::new();
    let mut end = start;
    for sound in sounds {
        match sound {
            Some(Sound::Digit(digit)) if is_named => digits.push(char::from(b'0' + digit)),
            Some(Sound::Word(word)) if digits.is_empty() => match word.as_str() {
                "extension" | "ext" if !is_named => is_named = true,
                "and" | "my" | "at" | "with" if !is_named => {}
                "is" | "number" if is_named => {}
                _ => return None,
            },
            _ => break,
        }
        end += 1;
    }
    (!digits.is_empty()).then(|| (end - digits.len()..end, digits))
}

/// Tokens that come from the same words share their time evenly.
pub(super) fn time_of(heard: &Heard, index: usize) -> Option<Interval> {
    let place = &heard.tokens[index].place;
    let whole = heard.passage(place.clone()).interval?;
    let first = heard.tokens[..index].iter().rev().take_while(|token| token.place == *place).count();
    let after = heard.tokens[index + 1..].iter().take_while(|token| token.place == *place).count();
    let share = whole.length().0 / (first + 1 + after) as f64;
    let start = whole.start.0 + share * first as f64;
    Some(Interval::new(start, start + share))
}
