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
    "again", "please", "thank", "thanks", "that", "had", "well", "there", "right", "ring", "knock", "ha",
    "sorry", "wait",
];

/// The same of two words.
const COURTESIES: [[&str; 2]; 4] = [["take", "care"], ["see", "you"], ["love", "you"], ["good", "night"]];

/// Longest stammer before a hyphen, in letters, and what are words of their own there: "re-read"; ours.
const MAX_STAMMER: usize = 2;
const PREFIXES: [&str; 3] = ["re", "co", "de"];

/// The first saying of each, in order.
pub fn of(heard: &Heard, script: &ScriptWords) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < heard.tokens.len() {
        let length = repeated(heard, script, next)
            .or_else(|| stammered(heard, script, next))
            .or_else(|| broken_off(heard, script, next));
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
        let is_courtesy = COURTESIES.iter().any(|words| {
            *length == words.len()
                && first.clone().zip(words).all(
                    |(index, expected)| matches!(sound(heard, index), Sound::Word(word) if word == expected),
                )
        });
        // "1 1 a" of one word of the transcript, as in "ten ten", were not said twice.
        let is_of_two_words = heard.tokens[start].place != heard.tokens[second.start].place;
        // "Do come in. In the meantime …", "thank you, you …"
        let ends_sentence = word_at(heard, second.start - 1).ends_with(['.', '!', '?']);
        // "It's Dana, Dana Pruitt."
        let is_name = *length == 1
            && word_at(heard, start).ends_with(',')
            && word_at(heard, start).starts_with(char::is_uppercase)
            && 0 < start
            && !word_at(heard, start - 1).ends_with(['.', '!', '?']);
        let is_thanks = *length == 1
            && matches!(sound(heard, start), Sound::Word(word) if word == "you")
            && start
                .checked_sub(1)
                .is_some_and(|before| matches!(sound(heard, before), Sound::Word(word) if word == "thank"));
        is_same
            && !is_scripts
            && !is_usual
            && is_of_two_words
            && !ends_sentence
            && !is_thanks
            && !is_name
            && !is_courtesy
    })
}

/// "M-Maria", "b-but", one word of the transcript.
fn stammered(heard: &Heard, script: &ScriptWords, start: usize) -> Option<usize> {
    let next = heard.tokens.get(start + 1).filter(|next| next.place == heard.tokens[start].place)?;
    let (Sound::Word(word), Sound::Word(whole)) = (sound(heard, start), &next.sound) else { return None };
    let is_stammer = word.len() <= MAX_STAMMER
        && whole.starts_with(word.as_str())
        && !PREFIXES.contains(&word.as_str())
        && !EMPHATIC.contains(&word.as_str())
        && word_at(heard, start).contains('-');
    let is_scripts = script.has_script && script.are_scripts(start..start + 2);
    (is_stammer && !is_scripts).then_some(2)
}

/// "pend- pendant", "wed Wednesday".
fn broken_off(heard: &Heard, script: &ScriptWords, start: usize) -> Option<usize> {
    let Sound::Word(word) = sound(heard, start) else { return None };
    let is_scripts = script.has_script && script.are_scripts(start..start + 1);
    let text = word_at(heard, start);
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

/// As the transcript writes it.
fn word_at<'h>(heard: &'h Heard, index: usize) -> &'h str {
    &heard.words[heard.tokens[index].place.start].text
}

fn sound<'h>(heard: &'h Heard, index: usize) -> &'h Sound {
    &heard.tokens[index].sound
}
