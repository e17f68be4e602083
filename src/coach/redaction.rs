//! Hides who and which number a transcript names. Better one word too many than a name too few: what looks like a name, a
//! number or an address is masked, and nothing is promised of what does not.

use std::collections::BTreeSet;

const NAME: &str = "[name]";
const NUMBER: &str = "[number]";
const ADDRESS: &str = "[e-mail]";

/// Numbers as they are said; `oh` is a digit of phone numbers.
const NUMBER_WORDS: &[&str] = &[
    "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "double",
    "triple",
];

/// Words with a capital that are no names. Weekdays and months stay: a coach needs them.
const NO_NAMES: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "ok", "okay", "um", "uh",
];

/// Words that a name follows, however it is written: "hi sam", "this is dana".
const BEFORE_NAMES: &[&str] = &["hi", "hello", "hey", "dear", "mr", "mrs", "ms", "dr"];

/// The words of a transcript, each as it may be shown.
pub fn masked(words: &[&str]) -> Vec<String> {
    let bare: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let mut masks: Vec<Option<&str>> = (0..words.len()).map(|index| mask(words, &bare, index)).collect();
    spelled_addresses(&bare, &mut masks);
    // A name that began a sentence looked like any word there.
    let names: BTreeSet<&String> =
        bare.iter().zip(&masks).filter(|(_, mask)| **mask == Some(NAME)).map(|(word, _)| word).collect();
    let shown = words.iter().zip(&bare).zip(masks).map(|((word, bare), mask)| match mask {
        Some(mask) => mask.to_owned(),
        None if names.contains(bare) => NAME.to_owned(),
        None => (*word).to_owned(),
    });
    shown.collect()
}

/// A sentence that quotes what was said, with its quotations masked.
pub fn quotations_masked(sentence: &str) -> String {
    let parts = sentence.split('"').enumerate().map(|(index, part)| {
        let is_quoted = index % 2 == 1;
        if is_quoted { masked(&part.split(' ').collect::<Vec<_>>()).join(" ") } else { part.to_owned() }
    });
    parts.collect::<Vec<_>>().join("\"")
}

/// `text` without any of `secrets`, in any case.
pub fn without(text: &str, secrets: &[&str], mask: &str) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty()).map(|secret| regex::escape(secret));
    let pattern = secrets.collect::<Vec<_>>().join("|");
    if pattern.is_empty() {
        return text.to_owned();
    }
    match regex::RegexBuilder::new(&pattern).case_insensitive(true).build() {
        Ok(secrets) => secrets.replace_all(text, regex::NoExpand(mask)).into_owned(),
        // Too large to look for: nothing is shown rather than everything.
        Err(_) => mask.to_owned(),
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn mask(words: &[&str], bare: &[String], index: usize) -> Option<&'static str> {
    let (word, own) = (words[index], bare[index].as_str());
    let before = index.checked_sub(1).map(|index| (words[index], bare[index].as_str()));
    if word.contains('@') {
        return Some(ADDRESS);
    }
    let is_number = |part: &str| NUMBER_WORDS.contains(&part);
    if own.chars().any(char::is_numeric) || (!own.is_empty() && own.split('-').all(is_number)) {
        return Some(NUMBER);
    }
    let follows_greeting = before.is_some_and(|(_, before)| BEFORE_NAMES.contains(&before));
    let begins = before.is_none_or(|(before, _)| before.ends_with(['.', '?', '!']));
    let is_capital = word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let is_name = follows_greeting || is_capital && !begins;
    (is_name && !NO_NAMES.contains(&own) && !own.is_empty()).then_some(NAME)
}

/// "dana at kestrel dot com": everything from the word before `at` to that after the last `dot`.
fn spelled_addresses(bare: &[String], masks: &mut [Option<&str>]) {
    for at in 1..bare.len() {
        if bare[at] != "at" {
            continue;
        }
        let is_dot = |index: &usize| bare[*index] == "dot";
        // An address is said in a few words: those after `at` up to its end.
        let Some(dot) = (at + 1..bare.len().min(at + 6)).rev().find(is_dot) else { continue };
        let end = (dot + 2).min(bare.len());
        masks[at - 1..end].fill(Some(ADDRESS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, shown: &str) {
        assert_eq!(masked(&said.split(' ').collect::<Vec<_>>()).join(" "), shown);
    }

    #[test]
    fn names_numbers_and_addresses_are_hidden() {
        check(
            "Hi Maria, this is Dana Pruitt from Kestrel. Call me on Friday at 404-555-0142.",
            "Hi [name] this is [name] [name] from [name] Call me on Friday at [number]",
        );
        check("hi sam it's four oh four, fifty-five", "hi [name] it's [number] [number] [number] [number]");
        check("Write to dana@kestrel.com or", "Write to [e-mail] or");
        check(
            "write to dana at kestrel gems dot com today",
            "write to [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] today",
        );
        check("I saw Maria. Maria called, and I'm glad.", "I saw [name] [name] called, and I'm glad.");
    }

    #[test]
    fn what_names_nobody_stays() {
        check(
            "Your watch is ready. Call me by Friday, please.",
            "Your watch is ready. Call me by Friday, please.",
        );
        check("", "");
    }

    #[test]
    fn quotations_and_secrets() {
        assert_eq!(quotations_masked("\"call Maria\" is said at 3.2 s"), "\"call [name]\" is said at 3.2 s");
        assert_eq!(without("calls/Sam Ode_1.wav", &["sam ode", ""], "[client]"), "calls/[client]_1.wav");
        assert_eq!(without("a", &[], "[client]"), "a");
    }
}
