//! Why the listener would call back.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::phrases::{FACTS, Matches, NON_REASONS, Phrases, REASONS, SELF_DESCRIPTIONS};
use crate::script::sentence;

#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub range: Range<usize>,
    /// A fact about a thing, which may as well be small talk.
    pub is_mere_fact: bool,
}

/// Places that give a reason, in order.
pub fn read(phrases: &Phrases) -> Vec<Reason> {
    let vetoes = Matches::of(&NON_REASONS, phrases);
    let found = |list, is_mere_fact| {
        let ranges = phrases.find_iter(list).filter(|range| vetoes.around(range.start).is_none());
        ranges.map(move |range| Reason { range, is_mere_fact })
    };
    let mut reasons: Vec<Reason> = found(&REASONS, false).chain(found(&FACTS, true)).collect();
    reasons.sort_by_key(|reason| reason.range.start);
    if reasons.is_empty() {
        let mut sentences = sentence::ranges(phrases.text());
        let is_of_caller =
            |sentence: &Range<usize>| phrases.end_of_match(&SELF_DESCRIPTIONS, sentence.start).is_some();
        let telling = sentences
            .find(|sentence| !is_of_caller(sentence) && says_something(phrases.text(), sentence, &vetoes));
        reasons.extend(telling.map(|range| Reason { range, is_mere_fact: true }));
    }
    reasons
}

/// Different words beyond [`EVERYDAY`] ones that make a sentence say something; ours. Where the lists found no reason, in the
/// 80 scripts of `fixtures/labelled` that nobody had read, 4 of 12 with one have such a sentence, and none of 16 without.
const ENOUGH_WORDS: usize = 6;
/// Bytes; what is longer has no marks, and is many sentences.
const LONGEST_SENTENCE: usize = 300;

/// Reasons are put in any words, what is said instead of one in a few: a sentence of many other words is probably one.
fn says_something(text: &str, sentence: &Range<usize>, vetoes: &Matches) -> bool {
    if LONGEST_SENTENCE < sentence.len() {
        return false;
    }
    let mut start = sentence.start;
    let words = text[sentence.clone()].split(' ').enumerate().filter_map(|(number, piece)| {
        let at = start;
        start += piece.len() + 1;
        let word = piece.trim_matches(|letter: char| !letter.is_ascii_alphabetic() && letter != '{');
        let is_name = 0 < number && word.starts_with(|letter: char| letter.is_ascii_uppercase());
        let is_own = word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'-'))
            && SHORTEST_WORD <= word.len()
            && !is_name
            && vetoes.around(at).is_none();
        let lower = word.to_ascii_lowercase();
        (is_own && !EVERYDAY.contains(lower.as_str())).then_some(lower)
    });
    ENOUGH_WORDS <= words.collect::<HashSet<String>>().len()
}

const SHORTEST_WORD: usize = 3;

/// Words that any voicemail may have, with or without a reason: of calling, of courtesy, of grammar.
static EVERYDAY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("everyday_words.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    #[test]
    fn a_reason_is_something_for_the_listener() {
        for (source, expected) in [
            ("I'm calling about your appointment on Monday.", true),
            ("We cut [pain point metric] by 30 percent for firms like yours.", true),
            ("Your ring is ready.", true),
            ("I wanted to introduce myself.", false),
            ("I'm calling regarding your account.", false),
            ("Just checking in to see how you're doing.", false),
            ("I noticed your listing on Jobs Lantern.", false),
            ("We will help with whatever your property needs.", false),
            ("The best time to reach me is Monday.", false),
            ("It was so nice to see you in the store.", false),
            ("The airline has moved your flight home.", true),
            // In no words that are listed.
            ("The river rose overnight and the lower barn flooded, so we fetched both ponies up.", true),
            (
                "I hope the river stayed within its banks and the ponies are dry and the barn still stands.",
                false,
            ),
            ("We're a family business with offices in three ports and a fleet of forty trucks.", false),
            ("So I was just calling to see whether you might perhaps want to talk some time soon.", false),
        ] {
            assert_eq!(!read(&Phrases::new(&plain(source))).is_empty(), expected, "{source}");
        }
    }

    #[test]
    fn everyday_words_are_listed_once_in_order() {
        let words: Vec<&str> = include_str!("everyday_words.txt").split_whitespace().collect();
        assert!(words.is_sorted_by(|one, next| one < next));
        assert!(words.iter().all(|word| SHORTEST_WORD <= word.len() && !word.contains(char::is_uppercase)));
    }
}
