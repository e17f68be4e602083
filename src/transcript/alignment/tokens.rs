//! Texts in the one form in which script and speech are compared: words in small letters, numbers digit by digit,
//! addresses and amounts as they are said, contractions in full.

use std::ops::Range;

use super::{dates, numbers};
use crate::english::is_hesitation;
use crate::script::verbalise::{self, Said};

/// What was, or should be, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sound {
    Word(String),
    Digit(u8),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub sound: Sound,
    /// Where it comes from: words of a transcript, or bytes of plain text. Several tokens may share a place.
    pub place: Range<usize>,
}

/// A token before words that mean digits are found: digits may still stand in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    pub text: RawText,
    pub place: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawText {
    Word(String),
    /// One or more, `0` to `9`.
    Digits(String),
}

/// The tokens of texts without blanks in them, each with its place.
pub fn tokens<'t>(chunks: impl IntoIterator<Item = (&'t str, Range<usize>)>) -> Vec<Token> {
    let mut raws = Vec::new();
    for (text, place) in chunks {
        read(text, &place, &mut raws);
    }
    numbers::in_digits(dates::in_one_form(raws))
}

/// What recognisers and writers spell for a filled pause.
pub fn is_filled_pause(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    let short: String = letters.into_iter().collect();
    is_hesitation(&word)
        || matches!(short.as_str(), "ah" | "ahm" | "mhm")
        || matches!(word.as_str(), "mm" | "mmm" | "eh")
}

fn read(chunk: &str, place: &Range<usize>, raws: &mut Vec<Raw>) {
    let chunk = ascii(chunk);
    let bare = bare(&chunk);
    let mut push = |text: RawText| raws.push(Raw { text, place: place.clone() });
    let mut say = |said: Said| {
        if let Said::Word(word) = said {
            words_of(&String::from_utf8_lossy(word), &mut push);
        }
    };
    match () {
        () if bare.is_empty() => {}
        () if bare.contains('@') || is_site(bare) => verbalise::address(bare, &mut say),
        () if is_money(bare) => verbalise::money(bare, &mut say),
        () if is_filled_pause(bare) => push(RawText::Word(bare.to_ascii_lowercase())),
        () if bare.bytes().any(|byte| byte.is_ascii_digit()) && bare.bytes().all(is_of_number) => {
            digits_of(bare, &mut push);
        }
        () if bare.contains(['-', '/']) => {
            for part in bare.split(['-', '/']) {
                read(part, place, raws);
            }
        }
        // With the stop that tells "Dr." from a word.
        () => verbalise::sentence(chunk.trim_matches(['"', '(', ')']).as_bytes(), &mut say),
    }
}

/// Signs of currencies as plain text has them, of which the words are known.
fn ascii(chunk: &str) -> String {
    deunicode::deunicode(&chunk.replace('£', "GBP ").replace('€', "EUR "))
}

/// Without the marks about it.
fn bare(chunk: &str) -> &str {
    chunk.trim_matches(|letter: char| !letter.is_ascii_alphanumeric() && letter != '$' && letter != '%')
}

fn is_money(text: &str) -> bool {
    ["$", "GBP ", "EUR "].iter().any(|sign| text.starts_with(sign))
}

/// The words with which a chunk is said that is a number by itself: "1,250" has five.
pub fn n_words_said(chunk: &str) -> usize {
    let mut n_words = 0;
    let mut count = |said: Said| n_words += usize::from(matches!(said, Said::Word(_)));
    let chunk = ascii(chunk);
    let bare = bare(&chunk);
    match is_money(bare) {
        true => verbalise::money(bare, &mut count),
        false => verbalise::sentence(bare.as_bytes(), &mut count),
    }
    n_words
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b',' | b'(' | b')' | b'/' | b':' | b'+')
}

/// "404-555-0142", "1,200", "9:30"; "5:00" is five, and "3.5" three point five.
fn digits_of(number: &str, push: &mut impl FnMut(RawText)) {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    if let Some(hour) = number.strip_suffix(":00") {
        return push(RawText::Digits(digits(hour)));
    }
    match number.split_once('.') {
        Some((whole, part))
            if part.len() <= 2 && !whole.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) =>
        {
            push(RawText::Digits(digits(whole)));
            push(RawText::Word("point".to_owned()));
            push(RawText::Digits(digits(part)));
        }
        _ => push(RawText::Digits(digits(number))),
    }
}

/// `example.com`, but neither `p.m.` nor `Hi.There`.
fn is_site(text: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "com", "net", "org", "co", "io", "edu", "gov", "biz", "info", "shop", "store", "example", "test",
        "uk", "us", "ca",
    ];
    let host = text.split('/').next().unwrap_or_default();
    host.rsplit_once('.').is_some_and(|(name, ending)| {
        name.len() > 1 && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    })
}

/// A word as it is compared: "it's" as "it is", "don't" as "do not".
fn words_of(word: &str, push: &mut impl FnMut(RawText)) {
    let word = word.to_ascii_lowercase();
    let word = word.trim_matches('\'');
    let mut push = |word: &str| push(RawText::Word(word.replace('\'', "")));
    if let Some((_, words)) = WHOLE.iter().find(|(contraction, _)| *contraction == word) {
        return words.split(' ').for_each(push);
    }
    match ENDINGS.iter().find_map(|(ending, full)| Some((word.strip_suffix(ending)?, full))) {
        Some((stem, full)) if !stem.is_empty() => {
            push(stem);
            push(full);
        }
        _ if word.is_empty() => {}
        _ => push(word),
    }
}

/// Contractions and spellings that no ending explains.
const WHOLE: &[(&str, &str)] = &[
    // "A fifty dollar order" is the one of "$50".
    ("dollar", "dollars"),
    ("pound", "pounds"),
    ("euro", "euros"),
    ("cent", "cents"),
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("shan't", "shall not"),
    ("let's", "let us"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("here's", "here is"),
    ("what's", "what is"),
    ("who's", "who is"),
    ("how's", "how is"),
    ("where's", "where is"),
    ("he's", "he is"),
    ("she's", "she is"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "got to"),
    ("okay", "ok"),
    ("alright", "all right"),
    ("goodbye", "good bye"),
];

const ENDINGS: &[(&str, &str)] =
    &[("n't", "not"), ("'m", "am"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would")];

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Words, and digits run together.
    pub fn form(text: &str) -> String {
        let chunks = text.split_whitespace().enumerate().map(|(index, chunk)| (chunk, index..index + 1));
        let mut form = String::new();
        let mut after_digit = false;
        for token in tokens(chunks) {
            let is_digit = matches!(token.sound, Sound::Digit(_));
            if !(form.is_empty() || is_digit && after_digit) {
                form.push(' ');
            }
            match token.sound {
                Sound::Word(word) => form.push_str(&word),
                Sound::Digit(digit) => form.push(char::from(b'0' + digit)),
            }
            after_digit = is_digit;
        }
        form
    }

    #[test]
    fn many_ways_to_write_have_one_form() {
        for (one, other) in [
            ("four oh four, five five five, oh one four two", "404-555-0142."),
            ("4 0 4. 5 5 5. 0 1 4 2.", "(404) 555-0142"),
            ("oh one, fifty-five", "01 55"),
            ("eight hundred five five five oh one four two", "800-555-0142"),
            ("four hundred four people", "404 people"),
            ("two hundred and five", "205"),
            ("double five", "55"),
            ("twelve hundred dollars", "$1,200"),
            ("twelve hundred fifty dollar order", "$1,250 order"),
            ("one thousand two hundred dollars", "$1,200"),
            ("two million", "2 million"),
            ("twenty twenty-six", "2026"),
            ("nine thirty", "9:30"),
            ("five p.m.", "5:00 p.m."),
            ("twenty four seven", "24/7"),
            ("three point five", "3.5"),
            ("ann dot lee at example dot com", "ann.lee@example.com"),
            ("example dot org slash rings", "example.org/rings"),
            ("It's Dana, I don't", "it is dana i do not"),
            ("Doctor Lee", "Dr. Lee"),
            ("follow up", "follow-up"),
            ("fifty percent", "50%"),
            ("one pound and forty pence", "£1.40"),
            ("fifty euros", "€50"),
            ("Zoe", "Zoë"),
        ] {
            assert_eq!(form(one), form(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_is_no_number_stays_a_word() {
        assert_eq!(form("Oh, hi there and you"), "oh hi there and you");
        assert_eq!(form("double check"), "double check");
    }

    #[test]
    fn filled_pauses_are_told_by_their_spelling() {
        for word in ["um", "Ummm", "uh", "uhh", "er", "erm", "hmm", "ah", "aah", "mm"] {
            assert!(is_filled_pause(word), "{word}");
        }
        for word in ["a", "her", "ham", "am", "oh", "mum", "ha"] {
            assert!(!is_filled_pause(word), "{word}");
        }
    }
}
