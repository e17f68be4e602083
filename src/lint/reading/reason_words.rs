//! How likely it is that a message gives a reason, by its words alone, whatever their order: logistic regression, trained
//! by `make reason-words` on labelled scripts. Phrases know the usual reasons; people give others.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Written by `make reason-words`: a word and its weight a row, in natural logarithms of odds.
const WEIGHTS: &str = include_str!("reason_words.tsv");
/// The row of the weight that every message has.
const ALWAYS: &str = "(always)";

/// Of each known word its row and weight.
static WORDS: LazyLock<HashMap<&str, (usize, f64)>> = LazyLock::new(|| {
    let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#')).enumerate();
    rows.map(|(number, row)| {
        let (word, weight) = row.split_once('\t').expect("reason_words.tsv: a word, a tab, a weight");
        (word, (number, weight.parse().expect("reason_words.tsv: a number after the word")))
    })
    .collect()
});

/// The probability, 0 to 1, that plain text in small letters gives a reason.
pub fn probability(lower: &str) -> f64 {
    1.0 / (1.0 + (-WORDS[ALWAYS].1 - weight(lower)).exp())
}

/// What the words of plain text in small letters say for a reason, each once; below zero, against one.
pub fn weight(lower: &str) -> f64 {
    let mut known: Vec<(usize, f64)> = words(lower).filter_map(|word| WORDS.get(word).copied()).collect();
    known.sort_unstable_by_key(|(number, _)| *number);
    known.dedup_by_key(|(number, _)| *number);
    known.into_iter().map(|(_, weight)| weight).sum()
}

/// The words of plain text, with the tokens of placeholders among them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_of_word = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '\'' | '{' | '}');
    text.split(move |letter| !is_of_word(letter)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_for_a_reason_or_against_one() {
        let appointment = "your appointment on thursday has moved, the dentist is ill.";
        let nothing = "just wanted to introduce myself and see if you might be interested.";
        assert!(probability(appointment) > 0.8, "{}", probability(appointment));
        assert!(probability(nothing) < 0.2, "{}", probability(nothing));
        assert_eq!(probability("xyzzy"), probability(""));
    }

    #[test]
    fn a_word_counts_once() {
        let words: Vec<&str> = words("hi {pyou}, hi: you're hi.").collect();
        assert_eq!(words, ["hi", "{pyou}", "hi", "you're", "hi"]);
        assert_eq!(weight("your your"), weight("your"));
        assert!(weight("your").abs() > 0.1);
    }
}
