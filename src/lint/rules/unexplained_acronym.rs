//! `AB502 unexplained-acronym`: letters that a listener may not know.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct UnexplainedAcronym;

static META: RuleMeta = RuleMeta {
    code: "AB502",
    name: "unexplained-acronym",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unexplained-acronym.md"),
};

impl Rule for UnexplainedAcronym {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        let introduction = reading.introduction();
        let mut reported: Vec<&str> = Vec::new();
        for word in capitals(text) {
            if MOST <= reported.len() {
                break;
            }
            let letters = &text[word.clone()];
            let is_name = [&introduction.caller, &introduction.company, &introduction.recipient]
                .into_iter()
                .flatten()
                .any(|name| text[name.clone()].split([' ', '-']).any(|part| part == letters));
            let is_clear = is_name
                || reported.contains(&letters)
                || is_everyday(letters)
                || is_roman(letters)
                || is_shouted(text, &word)
                || is_keyword(text, word.start)
                || is_explained(text, &word);
            if !is_clear {
                reported.push(letters);
                findings.push(
                    META.at(reading, word, format!("will they know what {letters} is?"))
                        .with_help("say what it stands for, or what it does for them"),
                );
            }
        }
    }
}

/// A message with more of them is not one to be said; ours.
const MOST: usize = 8;

/// Words of two to six capitals and nothing else.
fn capitals(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'\'' | b'&');
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < bytes.len() {
            let start = next;
            let length = bytes[start..].iter().take_while(|byte| is_inside(byte)).count();
            next += length.max(1);
            let is_token = start > 0 && matches!(bytes[start - 1], b'{' | b'-' | b'.' | b'#' | b'@');
            let is_joined = matches!(bytes.get(start + length), Some(b'-' | b'@')) || is_token;
            let word = &bytes[start..start + length];
            if (2..=6).contains(&length) && !is_joined && word.iter().all(u8::is_ascii_uppercase) {
                return Some(start..start + length);
            }
        }
        None
    })
}

/// Known to everybody, or a word written large: "YOU".
fn is_everyday(letters: &str) -> bool {
    let has_vowel = letters.bytes().any(|letter| matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'));
    has_vowel && 4 < letters.len() || EVERYDAY.split_ascii_whitespace().any(|known| known == letters)
}

/// "Henry VIII"; "MIX" and "CIVIL" are words in capitals.
fn is_roman(letters: &str) -> bool {
    letters.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X' | b'L' | b'C'))
}

static EVERYDAY: &str = include_str!("everyday_capitals.txt");

/// Does a neighbour stand in capitals as well? Then they are for emphasis.
fn is_shouted(text: &str, word: &Range<usize>) -> bool {
    let is_large = |neighbour: &str| {
        let letters = neighbour.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        2 <= letters.len() && letters.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'\'')
    };
    let last_before = before(text, word.start).trim_end_matches(' ').rsplit([' ', '\n']).next();
    let mut first_after = after(text, word.end).split([' ', '\n']).filter(|word| has_letters(word));
    last_before.is_some_and(is_large) || first_after.next().is_some_and(is_large)
}

fn has_letters(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// Text on either side in which an explanation is looked for: a dozen words (ours).
const NEARBY: usize = 90;

fn before(text: &str, start: usize) -> &str {
    &text[start.saturating_sub(NEARBY)..start]
}

fn after(text: &str, end: usize) -> &str {
    &text[end..text.len().min(end + NEARBY)]
}

/// "Text RING to 55501", "that is spelled SALO".
fn is_keyword(text: &str, start: usize) -> bool {
    let before = before(text, start).trim_end_matches([' ', '"', '\'', ',', ':']);
    let word = &before[before.rfind([' ', '\n']).map_or(0, |blank| blank + 1)..];
    [
        "text", "texting", "keyword", "word", "code", "reply", "spelled", "spelt", "spell", "say", "letters",
        "type", "send",
    ]
    .iter()
    .any(|cue| cue.eq_ignore_ascii_case(word))
}

/// Are there words nearby that begin with the letters: "the Gemological Institute of America, or GIA"?
fn is_explained(text: &str, word: &Range<usize>) -> bool {
    let letters = &text[word.clone()];
    [before(text, word.start), after(text, word.end)].into_iter().any(|nearby| {
        let words: Vec<&str> = nearby.split([' ', '\n', '-']).collect();
        spells(&words, letters) || words.iter().any(|word| matches!(*word, "stands" | "short"))
    })
}

fn spells(words: &[&str], letters: &str) -> bool {
    let initials: Vec<u8> = words
        .iter()
        .map(|word| word.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric()))
        .filter(|word| !SMALL.contains(&word.to_ascii_lowercase().as_str()))
        .filter_map(|word| word.bytes().next())
        .map(|initial| initial.to_ascii_uppercase())
        .collect();
    initials.windows(letters.len()).any(|window| window == letters.as_bytes())
}

/// Words that an abbreviation leaves out.
const SMALL: [&str; 10] = ["of", "the", "and", "for", "a", "an", "in", "on", "to", "&"];
