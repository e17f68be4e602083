//! Numbers in digits: counts, years, times, ordinals, fractions, amounts.

use super::{Said, Say, length_of};

/// A text that begins with a digit. Gives the bytes that were said.
pub fn say(text: &[u8], say: Say) -> usize {
    let length = length_of_integer(text);
    let (digits, rest) = text.split_at(length);
    match rest {
        [b':', tens, unit, ..] if tens.is_ascii_digit() && unit.is_ascii_digit() && length <= 2 => {
            let n_minutes = 10 * (tens - b'0') + (unit - b'0');
            time(value(digits), n_minutes.into(), &rest[3..], say);
            length + 3
        }
        [b'.', digit, ..] if digit.is_ascii_digit() => {
            cardinal(digits, say);
            word("point", say);
            let n_decimals = length_of(&rest[1..], |byte| byte.is_ascii_digit());
            each_digit(&rest[1..=n_decimals], say);
            length + 1 + n_decimals
        }
        [b'/', digit, ..] if digit.is_ascii_digit() => {
            let n_below = length_of(&rest[1..], |byte| byte.is_ascii_digit());
            let (below, after) = rest[1..].split_at(n_below);
            let is_fraction = after.first() != Some(&b'/') && fraction(digits, below, say);
            if is_fraction {
                return length + 1 + n_below;
            }
            integer(digits, false, say);
            length
        }
        [first, second, after @ ..] if is_ordinal_ending(*first, *second, after) => {
            said(&num2en::u64_to_ord_words(value(digits)), say);
            length + 2
        }
        _ => {
            integer(digits, digits.contains(&b','), say);
            length
        }
    }
}

/// Digits, with commas before each three of them.
fn length_of_integer(text: &[u8]) -> usize {
    let mut length = length_of(text, |byte| byte.is_ascii_digit());
    while length_of(&text[length..], |byte| byte == b',') == 1
        && length_of(&text[length + 1..], |byte| byte.is_ascii_digit()) == 3
    {
        length += 4;
    }
    length
}

fn is_ordinal_ending(first: u8, second: u8, after: &[u8]) -> bool {
    let ending = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
    matches!(&ending, b"st" | b"nd" | b"rd" | b"th") && !after.first().is_some_and(u8::is_ascii_alphanumeric)
}

/// "twelve hundred", "twenty twenty-six", "one two three four five"; what has commas is a count.
pub fn integer(digits: &[u8], has_commas: bool, say: Say) {
    const LONGEST: usize = 15;
    let is_count = has_commas || digits.ends_with(b"000");
    match digits {
        // "oh five" in a date.
        [b'0', unit @ b'1'..=b'9'] => {
            word("oh", say);
            each_digit(&[*unit], say);
        }
        [b'0', _, ..] => each_digit(digits, say),
        [_, _, _, _] => pairs(value(digits), say),
        _ if digits.len() <= 3 || (is_count && digits.len() <= LONGEST) => cardinal(digits, say),
        _ => each_digit(digits, say),
    }
}

/// As years are said, and other numbers of four digits.
fn pairs(number: u64, say: Say) {
    let (hundreds, rest) = (number / 100, number % 100);
    match (hundreds, rest) {
        (20, 0..=9) | (10, 0..=9) => count(number, say),
        (_, 0) => count(number, say),
        (_, 1..=9) => {
            count(hundreds, say);
            word("oh", say);
            count(rest, say);
        }
        _ => {
            count(hundreds, say);
            count(rest, say);
        }
    }
}

fn cardinal(digits: &[u8], say: Say) {
    count(value(digits), say);
}

/// "twelve hundred" rather than "one thousand two hundred".
fn count(number: u64, say: Say) {
    let (hundreds, rest) = (number / 100, number % 100);
    let is_in_hundreds = (11..100).contains(&hundreds) && hundreds % 10 != 0 && rest == 0;
    if is_in_hundreds {
        said(&num2en::u64_to_words(hundreds), say);
        word("hundred", say);
    } else {
        said(&num2en::u64_to_words(number), say);
    }
}

fn each_digit(digits: &[u8], say: Say) {
    for digit in digits.iter().filter(|digit| digit.is_ascii_digit()) {
        word(NAMES[usize::from(digit - b'0')], say);
    }
}

pub const NAMES: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// More than any number that is said as one has.
const MOST: u64 = 10_u64.pow(18);

fn value(digits: &[u8]) -> u64 {
    digits
        .iter()
        .filter(|digit| digit.is_ascii_digit())
        .fold(0, |value, digit| if value < MOST / 10 { 10 * value + u64::from(digit - b'0') } else { value })
}

/// "nine thirty", "twelve oh five", "five o'clock", but "five" before "p.m."
fn time(hour: u64, n_minutes: u64, after: &[u8], say: Say) {
    count(hour, say);
    match n_minutes {
        0 if 12 < hour => word("hundred", say),
        0 if is_half_of_day(after) => {}
        0 => word("o'clock", say),
        1..=9 => {
            word("oh", say);
            count(n_minutes, say);
        }
        _ => count(n_minutes, say),
    }
}

fn is_half_of_day(after: &[u8]) -> bool {
    let after = after.strip_prefix(b" ").unwrap_or(after);
    matches!(
        after,
        [b'a' | b'p' | b'A' | b'P', b'm' | b'M', ..] | [b'a' | b'p' | b'A' | b'P', b'.', b'm' | b'M', ..]
    )
}

/// "one half", "three quarters"; other pairs are dates and the like.
fn fraction(above: &[u8], below: &[u8], say: Say) -> bool {
    let names = match below {
        b"2" => ["half", "halves"],
        b"3" => ["third", "thirds"],
        b"4" => ["quarter", "quarters"],
        b"8" => ["eighth", "eighths"],
        _ => return false,
    };
    let (n_parts, of) = (value(above), value(below));
    if n_parts == 0 || of <= n_parts {
        return false;
    }
    count(n_parts, say);
    word(names[usize::from(n_parts != 1)], say);
    true
}

/// `number`: what follows the sign of the currency.
pub fn money(number: &[u8], unit: &'static str, hundredth: &'static str, say: Say) {
    let length = length_of_integer(number);
    let (digits, rest) = number.split_at(length);
    let n_decimals =
        if rest.first() == Some(&b'.') { length_of(&rest[1..], |byte| byte.is_ascii_digit()) } else { 0 };
    let decimals = if n_decimals == 0 { &[] } else { &rest[1..=n_decimals] };
    let scale = match rest[n_decimals + usize::from(n_decimals != 0)..].trim_ascii_start() {
        [b'k' | b'K' | b't', ..] => "thousand",
        [b'm' | b'M', ..] => "million",
        [b'b', ..] => "billion",
        _ => "",
    };
    cardinal(digits, say);
    if !scale.is_empty() {
        if n_decimals != 0 {
            word("point", say);
            each_digit(decimals, say);
        }
        word(scale, say);
        return units(unit, 0, say);
    }
    units(unit, value(digits), say);
    let n_hundredths = if n_decimals == 1 { 10 * value(decimals) } else { value(decimals) };
    if n_hundredths != 0 {
        word("and", say);
        count(n_hundredths, say);
        units(hundredth, n_hundredths, say);
    }
}

fn units(unit: &'static str, n_units: u64, say: Say) {
    word(
        match unit {
            "dollar" if n_units != 1 => "dollars",
            "pound" if n_units != 1 => "pounds",
            "euro" if n_units != 1 => "euros",
            "cent" if n_units != 1 => "cents",
            unit => unit,
        },
        say,
    );
}

/// Words with blanks or dashes between them.
fn said(words: &str, say: Say) {
    words.split([' ', '-']).for_each(|part| say(Said::Word(part.as_bytes())));
}

fn word(word: &str, say: Say) {
    say(Said::Word(word.as_bytes()));
}
