//! What a reader says for what is written: "24/7" is "twenty four seven", "Dr." "doctor", "$1,200" "twelve hundred
//! dollars".
//!
//! One pass over the bytes of a sentence of plain text. Words that are said as they are written are handed on as they
//! stand; the names of numbers are those of the crate num2en.

mod numbers;
mod words;

/// What comes next when a text is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said<'t> {
    Word(&'t [u8]),
    /// A token of the plain text, with its braces.
    Token(&'t [u8]),
    /// At a comma, colon or dash.
    Pause,
}

/// Takes what is said, in order.
type Say<'s> = &'s mut dyn FnMut(Said);

/// Letters and apostrophes.
static IS_OF_WORD: [bool; 256] = {
    let mut is_of_word = [false; 256];
    let mut letter = b'a';
    while letter <= b'z' {
        is_of_word[letter as usize] = true;
        is_of_word[letter.to_ascii_uppercase() as usize] = true;
        letter += 1;
    }
    is_of_word[b'\'' as usize] = true;
    is_of_word
};

/// `text`: one sentence of plain text.
pub fn sentence(text: &[u8], say: Say) {
    let mut is_shouted = None;
    let mut follows_number = false;
    let mut at = 0;
    while let Some(byte) = text.get(at).copied() {
        let rest = &text[at..];
        at += match byte {
            b' ' => 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'\'' => {
                let length = length_of(rest, |byte| IS_OF_WORD[usize::from(byte)]);
                let (run, after) = rest.split_at(length);
                let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
                let next = after.first().copied().unwrap_or(b' ');
                if !follows_number && words::is_plain(run, before, next) {
                    say(Said::Word(run));
                    length
                } else {
                    let place = words::Place { before, after, follows_number };
                    let shouted = || *is_shouted.get_or_insert_with(|| !has_small_letter(text));
                    follows_number = false;
                    length + words::say(run, place, shouted, say)
                }
            }
            b'0'..=b'9' => {
                follows_number = true;
                numbers::say(rest, say)
            }
            b'{' => {
                follows_number = false;
                let length = length_of(rest, |byte| byte != b'}') + 1;
                say(Said::Token(&rest[..length.min(rest.len())]));
                length
            }
            _ => {
                let is_between_numbers = follows_number && byte == b'-';
                mark(text, at, is_between_numbers, say);
                follows_number &= byte == b'-';
                1
            }
        };
    }
}

/// Outside of tokens; a sentence in capitals is said as any other.
fn has_small_letter(sentence: &[u8]) -> bool {
    let mut in_token = false;
    sentence.iter().any(|byte| {
        in_token = *byte == b'{' || (in_token && *byte != b'}');
        !in_token && byte.is_ascii_lowercase()
    })
}

fn length_of(text: &[u8], is_part: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| is_part(**byte)).count()
}

/// A mark that stands at `at`.
fn mark(text: &[u8], at: usize, is_between_numbers: bool, say: Say) {
    let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
    let after = &text[at + 1..];
    let next = after.first().copied().unwrap_or(b' ');
    let mut word = |word: &'static str| say(Said::Word(word.as_bytes()));
    match text[at] {
        b'&' => word("and"),
        b'+' => word("plus"),
        b'@' => word("at"),
        b'%' => word("percent"),
        b'=' => word("equals"),
        b'*' if before == b' ' && next == b' ' => word("star"),
        b'#' => word(match next {
            b'0'..=b'9' => "number",
            b'a'..=b'z' | b'A'..=b'Z' => "hashtag",
            _ => "pound",
        }),
        b'.' if next.is_ascii_digit() && !before.is_ascii_alphanumeric() => word("point"),
        b'-' if next.is_ascii_digit() && is_range(text, at) => word("to"),
        b'-' if is_between_numbers && before == b' ' && after.get(1).is_some_and(u8::is_ascii_digit) => {
            word("to")
        }
        b'-' if before == b' ' && next == b' ' => say(Said::Pause),
        b',' | b';' => say(Said::Pause),
        b':' if !next.is_ascii_alphanumeric() => say(Said::Pause),
        b'.' if before != b'.' && after.starts_with(b"..") && 2 < after.len() => say(Said::Pause),
        _ => {}
    }
}

/// Is the dash at `at` the only one of its word, after a number or amount: "2-3", "9am-5pm", but not "24-7" nor
/// "404-55-1120"?
fn is_range(text: &[u8], at: usize) -> bool {
    /// "10:45a.m." and a little more; a longer word is no end of a range.
    const LONGEST: usize = 12;
    let ends = |byte: u8| byte == b' ' || byte == b'-';
    let n_before = length_of_reversed(&text[..at], |byte| !ends(byte));
    let n_after = length_of(&text[at + 1..], |byte| !ends(byte));
    if LONGEST < n_before || LONGEST < n_after {
        return false;
    }
    let (first, second) = (&text[at - n_before..at], &text[at + 1..at + 1 + n_after]);
    let is_alone = text[..at - n_before].last() != Some(&b'-') && text.get(at + 1 + n_after) != Some(&b'-');
    is_alone
        && first.iter().any(|byte| byte.is_ascii_digit() || *byte == b'}')
        && !(first == b"24" && second.starts_with(b"7"))
}

fn length_of_reversed(text: &[u8], is_part: impl Fn(u8) -> bool) -> usize {
    text.iter().rev().take_while(|byte| is_part(**byte)).count()
}

/// An amount as it is written: "$1,200.50", "GBP 90", "$1.2 million", "90 dollars".
pub fn money(amount: &str, say: Say) {
    const CURRENCIES: [(&str, &str, &str); 6] = [
        ("US$", "dollar", "cent"),
        ("$", "dollar", "cent"),
        ("USD ", "dollar", "cent"),
        ("GBP ", "pound", "pence"),
        ("EUR ", "euro", "cent"),
        ("", "", ""),
    ];
    let known = CURRENCIES.iter().find_map(|(sign, unit, hundredth)| {
        let number = amount.strip_prefix(sign)?;
        Some((number.as_bytes(), *unit, *hundredth))
    });
    match known {
        Some((number, unit, hundredth)) if !unit.is_empty() => numbers::money(number, unit, hundredth, say),
        _ => sentence(amount.as_bytes(), say),
    }
}

/// An e-mail or web address as it is written, or as it is said already: "rob at example dot com".
pub fn address(address: &str, say: Say) {
    let address = address.trim_start_matches("https://").trim_start_matches("http://").as_bytes();
    let is_said = address.contains(&b' ') && !address.contains(&b'@');
    if is_said {
        return sentence(address, say);
    }
    let mut at = 0;
    while let Some(byte) = address.get(at).copied() {
        let rest = &address[at..];
        let mut word = |word: &'static str| say(Said::Word(word.as_bytes()));
        match byte {
            b'@' => word("at"),
            b'.' => word("dot"),
            b'_' => word("underscore"),
            b'-' => word("dash"),
            b'+' => word("plus"),
            b'/' => word("slash"),
            b'0'..=b'9' => {
                let length = length_of(rest, |byte| byte.is_ascii_digit());
                numbers::integer(&rest[..length], false, say);
                at += length - 1;
            }
            byte if byte.is_ascii_alphabetic() => {
                let length = length_of(rest, |byte| byte.is_ascii_alphabetic());
                words::of_address(
                    &rest[..length],
                    at.checked_sub(1).map_or(b' ', |before| address[before]),
                    say,
                );
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests;
