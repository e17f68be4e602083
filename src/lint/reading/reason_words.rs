//! How likely it is that a message gives a reason, by its words alone, whatever their order: logistic regression, trained
//! by `make reason-words` on labelled scripts. Phrases know the usual reasons; people give others.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Written by `make reason-words`: a word and its weight a row, in natural logarithms of odds.
const WEIGHTS: &str = include_str!("reason_words.tsv");
/// The row of the weight that every message has.
const ALWAYS: &str = "(always)";

static WORDS: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| {
    let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let (word, weight) = row.split_once('\t').expect("reason_words.tsv: a word, a tab, a weight");
        (word, weight.parse().expect("reason_words.tsv: a number after the word"))
    })
    .collect()
});

/// The probability, 0 to 1, that plain text gives a reason.
pub fn probability(text: &str) -> f64 {
    let odds: f64 = WORDS[ALWAYS] + words(text).iter().map(|word| weight(word)).sum::<f64>();
    1.0 / (1.0 + (-odds).exp())
}

/// What a word says for a reason; below zero, against one; zero of a word that is not known.
pub fn weight(word: &str) -> f64 {
    WORDS.get(word).copied().unwrap_or_default()
}

/// The different words of plain text in small letters, with the tokens of placeholders among them.
pub fn words(text: &str) -> HashSet<String> {
    let is_of_word = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '\'' | '{' | '}');
    let words = text.split(|letter| !is_of_word(letter)).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_for_a_reason_or_against_one() {
        let appointment = "Your appointment on Thursday has moved, the dentist is ill.";
        let nothing = "Just wanted to introduce myself and see if you might be interested.";
        assert!(probability(appointment) > 0.8, "{}", probability(appointment));
        assert!(probability(nothing) < 0.2, "{}", probability(nothing));
        assert_eq!(probability("xyzzy"), probability(""));
    }

    #[test]
    fn a_word_counts_once_in_any_case() {
        let mut once: Vec<String> = words("Hi {Pyou}, hi: you're hi.").into_iter().collect();
        once.sort();
        assert_eq!(once, ["hi", "you're", "{pyou}"]);
    }
}
