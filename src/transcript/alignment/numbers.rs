//! Numbers digit by digit, whether they were written in digits or in words: "fifty-five" is 5 5, "eight hundred" 8 0 0.

use std::ops::Range;

use super::tokens::{Raw, RawText, Sound, Token};
use crate::english::{MULTIPLES, TEENS, TENS, UNITS, ZEROS};

#[derive(Clone, Copy, PartialEq)]
enum Element<'r> {
    Written(&'r str),
    /// "one" to "nine", "zero".
    Unit(u64),
    /// "ten" to "nineteen".
    Teen(u64),
    /// "twenty" to "ninety".
    Tens(u64),
    Oh,
    Hundred,
    /// 1000, 1,000,000.
    Scale(u64),
    Times(usize),
    And,
}

/// Words of the longest number, with room: "nine hundred and ninety-nine million nine hundred and ninety-nine thousand …".
const LONGEST: usize = 24;

pub fn in_digits(raws: Vec<Raw>) -> Vec<Token> {
    let elements: Vec<Option<Element>> = raws.iter().map(element).collect();
    let mut tokens = Vec::with_capacity(raws.len());
    let mut next = 0;
    let mut follows_number = false;
    while next < raws.len() {
        if follows_number && elements[next] == Some(Element::Oh) {
            push("0", &raws[next].place, &mut tokens);
            next += 1;
            continue;
        }
        let following = elements[next..].iter().take(LONGEST);
        let run: Vec<Element> = following.map_while(|element| *element).collect();
        let (digits, length) = number(&run);
        let place = raws[next].place.start..raws[next + length.max(1) - 1].place.end;
        match &raws[next].text {
            RawText::Word(word) if length == 0 => {
                tokens.push(Token { sound: Sound::Word(word.clone()), place });
                follows_number = false;
                next += 1;
            }
            _ => {
                push(&digits, &place, &mut tokens);
                follows_number = true;
                next += length.max(1);
            }
        }
    }
    tokens
}

fn push(digits: &str, place: &Range<usize>, tokens: &mut Vec<Token>) {
    let digits = digits.bytes().map(|byte| Sound::Digit(byte - b'0'));
    tokens.extend(digits.map(|sound| Token { sound, place: place.clone() }));
}

fn element(raw: &Raw) -> Option<Element<'_>> {
    let word = match &raw.text {
        RawText::Digits(digits) => return Some(Element::Written(digits)),
        RawText::Word(word) => word.as_str(),
    };
    let index = |list: &[&str]| list.iter().position(|name| *name == word).map(|index| index as u64);
    if let Some(unit) = index(&UNITS) {
        return Some(Element::Unit(unit));
    }
    if let Some(teen) = index(&TEENS) {
        return Some(Element::Teen(10 + teen));
    }
    if let Some(tens) = index(&TENS) {
        return Some(Element::Tens(10 * (2 + tens)));
    }
    if let Some((_, times)) = MULTIPLES.iter().find(|(name, _)| *name == word) {
        return Some(Element::Times(*times));
    }
    Some(match word {
        "hundred" => Element::Hundred,
        "thousand" => Element::Scale(1000),
        "million" => Element::Scale(1_000_000),
        zero if ZEROS.contains(&zero) => Element::Oh,
        "and" => Element::And,
        _ => return None,
    })
}

/// The digits of the number that a run begins with, and how many of its elements it takes; none where it begins with a
/// word that means a number only beside others.
fn number(run: &[Element]) -> (String, usize) {
    match run {
        [] | [Element::And, ..] => (String::new(), 0),
        [Element::Times(times), rest @ ..] => match rest.first() {
            // "oh double seven hundred": 0 7 7 0 0.
            Some(Element::Unit(unit)) if rest.get(1) == Some(&Element::Hundred) => {
                (format!("{}00", unit.to_string().repeat(*times)), 3)
            }
            Some(Element::Unit(unit)) => (unit.to_string().repeat(*times), 2),
            Some(Element::Oh) => ("0".repeat(*times), 2),
            _ => (String::new(), 0),
        },
        // "Oh, hi": only beside a number is it a zero. What stands before was one, if it was a number, and so said.
        [Element::Oh, rest @ ..] => match rest {
            [
                Element::Unit(_) | Element::Teen(_) | Element::Tens(_) | Element::Written(_) | Element::Oh,
                ..,
            ]
            | [Element::Times(_), Element::Unit(_) | Element::Oh, ..] => ("0".to_owned(), 1),
            _ => (String::new(), 0),
        },
        [Element::Written(digits), rest @ ..] => match (rest.first(), digits.parse()) {
            (Some(Element::Hundred | Element::Scale(_)), Ok(value)) => cardinal(value, 1, run),
            _ => ((*digits).to_owned(), 1),
        },
        [Element::Hundred | Element::Scale(_), ..] => cardinal(1, 0, run),
        [Element::Unit(0), ..] => ("0".to_owned(), 1),
        _ => match small(run) {
            Some((value, length)) => cardinal(value, length, run),
            None => (String::new(), 0),
        },
    }
}

/// Up to 99.
fn small(run: &[Element]) -> Option<(u64, usize)> {
    match run {
        [Element::Tens(tens), Element::Unit(unit @ 1..=9), ..] => Some((tens + unit, 2)),
        [Element::Tens(value) | Element::Teen(value), ..] => Some((*value, 1)),
        [Element::Unit(value @ 1..=9), ..] => Some((*value, 1)),
        _ => None,
    }
}

/// Goes on after `value`, which the first `length` elements mean.
fn cardinal(value: u64, length: usize, run: &[Element]) -> (String, usize) {
    let (mut value, mut length) = with_hundreds(value, length, run);
    let (mut total, mut last) = (0_u64, u64::MAX);
    while let Some(Element::Scale(scale)) = run.get(length).filter(|next| is_below(next, last)) {
        total = total.saturating_add(value.saturating_mul(*scale));
        (value, length, last) = (0, length + 1, *scale);
        let start = length + usize::from(run.get(length) == Some(&Element::And));
        if let Some((rest, n)) = small(&run[start..])
            && (run.get(start + n).is_some_and(|next| is_below(next, last)) || !is_dictated(&run[start..]))
        {
            (value, length) = with_hundreds(rest, start + n, run);
        }
    }
    (total.saturating_add(value).to_string(), length)
}

/// Is it a hundred, or a scale below another?
fn is_below(element: &Element, scale: u64) -> bool {
    match element {
        Element::Hundred => true,
        Element::Scale(next) => *next < scale,
        _ => false,
    }
}

/// "two hundred and five" goes on, "eight hundred, five five five" does not.
fn with_hundreds(value: u64, length: usize, run: &[Element]) -> (u64, usize) {
    if run.get(length) != Some(&Element::Hundred) {
        return (value, length);
    }
    let (value, length) = (value.saturating_mul(100), length + 1);
    let start = length + usize::from(run.get(length) == Some(&Element::And));
    match small(&run[start..]) {
        Some((rest, n)) if !is_dictated(&run[start..]) => (value + rest, start + n),
        _ => (value, length),
    }
}

/// Are these single digits, one after the other?
fn is_dictated(run: &[Element]) -> bool {
    let is_digit = |element: Option<&Element>| {
        matches!(element, Some(Element::Unit(_) | Element::Oh | Element::Times(_)))
    };
    is_digit(run.first()) && is_digit(run.get(1))
}
