//! Words said twice in a row, or broken off and begun again, where the script does not have them so.

use super::tokens::Sound;
use super::{Heard, Passage, ScriptWords};

/// Longest passage that is looked for a second time right after it, in words; ours.
const MAX_WORDS: usize = 6;
/// Shortest piece of a word that is taken for one broken off; shorter ones are words too often.
const MIN_LETTERS: usize = 3;

/// Said twice for weight or by custom, and no slip.
const EMPHATIC: &[&str] = &[
    "very", "really", "so", "bye", "no", "yes", "yeah", "many", "hi", "hello", "ok", "long", "far", "much",
    "again", "please", "thank", "thanks", "you", "that", "had", "well", "there", "right",
];

/// The first saying of each, in order.
pub fn of(heard: &Heard, script: &ScriptWords) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < heard.tokens.len() {
        let length = repeated(heard, script, next).or_else(|| broken_off(heard, script, next));
        if let Some(length) = length {
            found.push(heard.passage_of(next..next + length));
        }
        next += length.unwrap_or(1);
    }
    found
}

/// How many tokens from `start` on are said again right after.
fn repeated(heard: &Heard, script: &ScriptWords, start: usize) -> Option<usize> {
    let longest = MAX_WORDS.min((heard.tokens.len() - start) / 2);
    (1..=longest).rev().find(|length| {
        let (first, second) = (start..start + length, start + length..start + 2 * length);
        let is_same =
            first.clone().zip(second.clone()).all(|(one, other)| sound(heard, one) == sound(heard, other));
        let is_scripts = script.has_script && script.are_scripts(start..second.end);
        let is_usual = first.clone().all(|index| match sound(heard, index) {
            // Digits repeat by themselves, and a number is said twice on purpose.
            Sound::Digit(_) => true,
            Sound::Word(word) => EMPHATIC.contains(&word.as_str()),
        });
        // "1 1 a" of one word of the transcript, as in "ten ten", were not said twice.
        let is_of_two_words = heard.tokens[start].place != heard.tokens[second.start].place;
        is_same && !is_scripts && !is_usual && is_of_two_words
    })
}

/// "pend- pendant", "wed Wednesday".
fn broken_off(heard: &Heard, script: &ScriptWords, start: usize) -> Option<usize> {
    let Sound::Word(word) = sound(heard, start) else { return None };
    let is_scripts = script.has_script && script.are_scripts(start..start + 1);
    let text = &heard.words[heard.tokens[start].place.start].text;
    let is_marked = text.ends_with(['-', '\u{2010}', '\u{2013}', '\u{2014}']) && !text.contains(' ');
    let is_begun_again = match heard.tokens.get(start + 1).map(|next| &next.sound) {
        Some(Sound::Word(next)) => {
            MIN_LETTERS <= word.len() && word.len() < next.len() && next.starts_with(word.as_str())
        }
        _ => false,
    };
    // Without a script, "the" before "there" is as good a sentence as any.
    (!is_scripts && (is_marked || (is_begun_again && script.has_script))).then_some(1)
}

fn sound<'h>(heard: &'h Heard, index: usize) -> &'h Sound {
    &heard.tokens[index].sound
}
