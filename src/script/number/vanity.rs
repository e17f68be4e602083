//! Numbers that are spelt with the letters of the keys.

use std::sync::LazyLock;

use regex::Regex;

use super::Number;

/// 1-800-FLOWERS.
pub(super) fn vanity(text: &str) -> impl Iterator<Item = Number> + '_ {
    // Every one has a letter after a digit and a mark, or begins with an eight.
    let has_letter = |run: &[u8]| {
        run[0].is_ascii_digit() && matches!(run[1], b'-' | b'.' | b' ') && run[2].is_ascii_uppercase()
    };
    let is_possible = text.contains('8') || text.as_bytes().windows(3).any(has_letter);
    let found = is_possible.then(|| VANITY.find_iter(text));
    found
        .into_iter()
        .flatten()
        // An X for every digit is a mask: 404-555-XXXX.
        .filter(|found| found.as_str().bytes().any(|byte| byte.is_ascii_uppercase() && byte != b'X'))
        .map(|found| {
            // What goes beyond a number's length is for the ear: 1-800-RED-CROSS.
            let length = if found.as_str().starts_with('1') { 11 } else { 10 };
            let digits = found.as_str().bytes().filter_map(keypad_digit).take(length).collect();
            Number { range: found.range(), digits }
        })
}

static VANITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:1[- .])?(?:\(?[2-9][0-9]{2}\)?[- .][0-9]{3}[-.][A-Z]{4}|\(?8(?:00|33|44|55|66|77|88)\)?[- .]",
        r"(?:[0-9A-Z][A-Z-]{3,}[A-Z0-9]{2,}|[0-9]{3}[- .][A-Z]{4}|[A-Z]{2,}-[0-9]-[A-Z]{2,}))\b"
    ))
    .expect("the vanity pattern is well formed")
});

/// ITU-T E.161.
pub fn keypad_digit(byte: u8) -> Option<char> {
    Some(match byte {
        b'0'..=b'9' => byte as char,
        b'A'..=b'C' => '2',
        b'D'..=b'F' => '3',
        b'G'..=b'I' => '4',
        b'J'..=b'L' => '5',
        b'M'..=b'O' => '6',
        b'P'..=b'S' => '7',
        b'T'..=b'V' => '8',
        b'W'..=b'Z' => '9',
        _ => return None,
    })
}
