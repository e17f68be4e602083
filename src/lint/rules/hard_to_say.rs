//! `AB503 hard-to-say`: runs of sounds that trip a speaker.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct HardToSay;

static META: RuleMeta = RuleMeta {
    code: "AB503",
    name: "hard-to-say",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/hard-to-say.md"),
};

impl Rule for HardToSay {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        for sentence in reading.message.sentences() {
            for (range, what) in stumbles(text, sentence) {
                findings.push(META.at(reading, range, what).with_help(
                    "say it aloud three times fast; where you trip, change a word or put in a pause",
                ));
            }
        }
    }
}

/// This many words in a row that begin with one sound (ours; small words between them do not count).
const ALLITERATION: usize = 4;
/// This many times in a row, one hiss runs into the next word's (ours): "this season's six sapphires".
const HISSES: usize = 3;
/// Consonants on each side of the gap between two words (ours): "texts straight".
const CLUSTER: usize = 3;

/// The first stumbling block of each kind.
fn stumbles(text: &str, sentence: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let mut found: [Option<Range<usize>>; 3] = [None, None, None];
    let mut alliteration = Run::default();
    let mut hisses = Run::default();
    let mut previous = "";
    let mut next = sentence.start;
    for piece in text[sentence].split(' ') {
        let start = next;
        next += piece.len() + 1;
        let word = bare(piece);
        let range = start..start + piece.len();
        let sound = initial_sound(word);
        if !is_small(word) {
            alliteration.add(sound, word, &range);
        }
        let is_hiss = ends_in_hiss(previous) && matches!(sound, Some(b's' | b'z' | b'2'));
        hisses.add(is_hiss.then_some(b's'), word, &range);
        if ALLITERATION <= alliteration.length {
            found[0].get_or_insert(alliteration.start..range.end);
        }
        if HISSES <= hisses.length {
            found[1].get_or_insert(hisses.start..range.end);
        }
        if CLUSTER <= consonants_at_start(word) && CLUSTER <= consonants_at_end(previous) {
            found[2].get_or_insert(start - previous.len() - 1..range.end);
        }
        let pauses = piece.ends_with([',', ';', ':', '-']);
        previous = if pauses { "" } else { word };
    }
    let what = [
        "many words in a row begin with one sound",
        "one hiss runs into the next",
        "too many consonants meet between two words",
    ];
    found.into_iter().zip(what).filter_map(|(range, what)| Some((range?, what))).collect()
}

/// Without the marks around it.
fn bare(piece: &str) -> &str {
    let is_of_word = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'{';
    let start = piece.bytes().position(|byte| is_of_word(&byte)).unwrap_or(piece.len());
    let end = piece.bytes().rposition(|byte| is_of_word(&byte)).map_or(start, |last| last + 1);
    &piece[start..end]
}

#[derive(Default)]
struct Run<'t> {
    sound: Option<u8>,
    length: usize,
    start: usize,
    /// The same word again is no tongue twister.
    last: &'t str,
}

impl<'t> Run<'t> {
    fn add(&mut self, sound: Option<u8>, word: &'t str, range: &Range<usize>) {
        if sound.is_none() || self.sound != sound {
            *self = Self { sound, length: usize::from(sound.is_some()), start: range.start, last: word };
        } else if !self.last.eq_ignore_ascii_case(word) {
            self.length += 1;
            self.last = word;
        }
    }
}

/// Words so short or so common that they are said without thought; ours.
fn is_small(word: &str) -> bool {
    const SMALL: [&str; 42] = [
        "a", "an", "and", "as", "at", "be", "but", "by", "can", "could", "do", "for", "from", "have", "he",
        "her", "his", "if", "in", "is", "it", "me", "my", "of", "on", "or", "our", "so", "that", "the",
        "their", "they", "this", "to", "us", "was", "we", "were", "will", "with", "you", "your",
    ];
    let mut lower = [0; 5];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    SMALL.binary_search_by(|small| small.as_bytes().cmp(lower)).is_ok()
}

/// The consonant a word begins with, as it sounds; nothing for a vowel, a letter on its own, a placeholder.
fn initial_sound(word: &str) -> Option<u8> {
    let mut letters = word.bytes().map(|letter| letter.to_ascii_lowercase());
    let (first, second) = (letters.next()?, letters.next()?);
    match (first, second) {
        (b'a' | b'e' | b'i' | b'o' | b'u' | b'{', _) | (b'h', b'o') => None,
        (b'c', b'e' | b'i' | b'y') => Some(b's'),
        (b'c', b'h') => Some(b'1'),
        (b's', b'h') => Some(b'2'),
        (b't', b'h') => Some(b'3'),
        (b'w', b'h') => Some(b'w'),
        (b'c' | b'q', _) => Some(b'k'),
        (b'p', b'h') => Some(b'f'),
        (b'k' | b'p' | b'g', b'n') => Some(b'n'),
        (b'w', b'r') => Some(b'r'),
        (first, _) => first.is_ascii_alphabetic().then_some(first),
    }
}

fn ends_in_hiss(word: &str) -> bool {
    matches!(word.as_bytes(), [_, _, .., b's' | b'x' | b'z' | b'S' | b'X'])
        || matches!(word.as_bytes(), [_, .., b's', b'h'] | [_, .., b'c' | b's' | b'z', b'e'])
}

fn consonants_at_end(word: &str) -> usize {
    let Some(vowel) = word.bytes().rposition(is_vowel) else { return 0 };
    // After a vowel these two only lengthen it.
    n_sounds(
        word[vowel + 1..]
            .bytes()
            .filter(|byte| *byte != b'\'')
            .skip_while(|byte| matches!(byte, b'r' | b'w')),
    )
}

fn consonants_at_start(word: &str) -> usize {
    n_sounds(word[..word.bytes().position(is_vowel).unwrap_or(0)].bytes())
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Two letters that are one sound count once.
fn n_sounds(consonants: impl Iterator<Item = u8>) -> usize {
    let mut n_sounds = 0;
    let mut previous = b' ';
    for letter in consonants.map(|letter| letter.to_ascii_lowercase()) {
        let is_one = matches!(
            (previous, letter),
            (b's' | b'c' | b't' | b'p' | b'w' | b'g', b'h') | (b'c', b'k') | (b'n', b'g') | (b't', b'c')
        );
        n_sounds += match letter {
            b'x' => 2,
            _ if is_one || letter == previous => 0,
            _ => 1,
        };
        previous = letter;
    }
    n_sounds
}
