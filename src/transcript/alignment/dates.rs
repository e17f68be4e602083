//! Dates in one form, however they are said: "the third of May" and "May 3rd" are "may 3".

use std::ops::Range;

use super::tokens::{Raw, RawText};
use crate::english::MONTHS;

/// `raws` with each day beside its month as digits after it; the tokens of a date that was turned round share its place.
pub fn in_one_form(raws: Vec<Raw>) -> Vec<Raw> {
    let mut formed = Vec::with_capacity(raws.len());
    let mut rest = raws.as_slice();
    while let Some((first, after)) = rest.split_first() {
        match date(rest) {
            Some((date, length)) => {
                formed.extend(date);
                rest = &rest[length..];
            }
            None => {
                formed.push(first.clone());
                rest = after;
            }
        }
    }
    formed
}

/// The date that `raws` begin with, and how many they are.
fn date(raws: &[Raw]) -> Option<([Raw; 2], usize)> {
    let raw = |text: RawText, range: Range<usize>| Raw {
        text,
        place: raws[range.start].place.start..raws[range.end - 1].place.end,
    };
    if is_month(raws.first()?) {
        let (day, length) = ordinal(&raws[1..])?;
        let month = raw(raws[0].text.clone(), 0..1);
        return Some(([month, raw(RawText::Digits(day.to_string()), 1..1 + length)], 1 + length));
    }
    let the = usize::from(is_word(raws.first()?, "the"));
    let (day, length) = ordinal(&raws[the..])?;
    let [of, month, ..] = &raws[the + length..] else { return None };
    if !is_word(of, "of") || !is_month(month) {
        return None;
    }
    let whole = 0..the + length + 2;
    let both = [month.text.clone(), RawText::Digits(day.to_string())];
    Some((both.map(|text| raw(text, whole.clone())), whole.end))
}

fn is_word(raw: &Raw, word: &str) -> bool {
    matches!(&raw.text, RawText::Word(other) if other == word)
}

fn is_month(raw: &Raw) -> bool {
    MONTHS.iter().any(|month| is_word(raw, month))
}

/// A day of the month, and how many words it takes.
fn ordinal(raws: &[Raw]) -> Option<(usize, usize)> {
    const UNITS: [&str; 19] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
        "eighteenth", "nineteenth",
    ];
    let unit = |raw: &Raw| UNITS.iter().position(|name| is_word(raw, name)).map(|index| index + 1);
    let first = raws.first()?;
    match &first.text {
        RawText::Word(word) => match word.as_str() {
            "twentieth" => Some((20, 1)),
            "thirtieth" => Some((30, 1)),
            "twenty" => raws.get(1).and_then(unit).filter(|day| *day < 10).map(|day| (20 + day, 2)),
            "thirty" => raws.get(1).and_then(unit).filter(|day| *day == 1).map(|day| (30 + day, 2)),
            _ => Some((unit(first)?, 1)),
        },
        RawText::Digits(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Sound, tokens};

    fn said(text: &str) -> String {
        let chunks = text.split(' ').enumerate().map(|(index, word)| (word, index..index + 1));
        let sound = |sound| match sound {
            Sound::Word(word) => word,
            Sound::Digit(digit) => digit.to_string(),
        };
        tokens(chunks).into_iter().map(|token| sound(token.sound)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_date_is_the_same_however_it_is_said() {
        for text in ["May 23rd", "May twenty-third", "the twenty third of May", "the 23rd of May", "May 23"] {
            assert_eq!(said(text), "may 2 3", "{text}");
        }
        assert_eq!(said("by the first of June"), "by june 1");
        for text in ["the first of many", "the second may come", "the third", "march on"] {
            assert_eq!(said(text), text);
        }
    }

    #[test]
    fn what_is_turned_round_keeps_its_place() {
        let chunks = ["see", "the", "third", "of", "May", "then"];
        let found = tokens(chunks.iter().enumerate().map(|(index, word)| (*word, index..index + 1)));
        let places: Vec<_> = found.into_iter().map(|token| token.place).collect();
        assert_eq!(places, [0..1, 1..5, 1..5, 5..6]);
    }
}
