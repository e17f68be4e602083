//! Hides who and which number a transcript names. Better one word too many than a name too few: what looks like a name, a
//! number or an address is masked, and nothing is promised of what does not.

use std::collections::BTreeSet;

use crate::english::{MONTHS, WEEKDAYS, is_number_word};

const NAME: &str = "[name]";
const NUMBER: &str = "[number]";
const ADDRESS: &str = "[e-mail]";
const WEB_ADDRESS: &str = "[address]";

/// Words with a capital that are no names. Weekdays and months stay: a coach needs them.
const NO_NAMES: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "ok", "okay", "um", "uh", "the", "it", "it's", "this", "there", "is",
    "we", "everyone", "everybody", "all", "again", "just",
];

/// What a message may begin with before a comma, and is no name.
const OPENINGS: &[&str] = &[
    "again", "alright", "anyway", "good", "hello", "hey", "hi", "listen", "look", "no", "now", "right", "so",
    "sorry", "thanks", "well", "yeah", "yes",
];
/// What a name stands before: "Dana. Pruitt here."
const AFTER_NAMES: &[&str] = &["here", "speaking", "calling"];

/// Words that a name follows, however it is written: "hi sam".
const BEFORE_NAMES: &[&str] = &["hi", "hello", "hey", "dear", "mr", "mrs", "ms", "dr"];
/// Words that a caller's name follows: "this is dana pruitt"; and what else follows them.
const BEFORE_CALLERS: &[&[&str]] = &[
    &["this", "is"],
    &["name", "is"],
    &["hi", "it's"],
    &["hello", "it's"],
    &["hi", "i'm"],
    &["hello", "i'm"],
    &["hi", "it", "is"],
    &["hello", "it", "is"],
    &["hi", "i", "am"],
    &["hello", "i", "am"],
];
const NO_CALLERS: &[&str] = &[
    "a", "about", "all", "an", "and", "at", "calling", "for", "from", "good", "here", "in", "just", "my",
    "not", "of", "on", "our", "so", "that", "the", "to", "very", "what", "with", "your",
];
/// Words of a name that is said after those, at most.
const WORDS_OF_NAME: usize = 2;

/// The names of one recording, wherever they were recognised: a quotation of three words has no greeting before a name.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// Takes what looks like a name among `words`.
    pub fn find(&mut self, words: &[&str]) {
        let bare: Vec<String> = words.iter().map(|word| bare(word)).collect();
        let found = (0..words.len()).filter(|index| mask(words, &bare, *index) == Some(NAME));
        self.0.extend(found.map(|index| bare[index].clone()));
    }

    /// Takes what is known to be a name, whatever it looks like: all its words with a capital.
    pub fn know(&mut self, name: &str) {
        let words = name.split(' ').filter(|word| is_capital(word)).map(bare);
        self.0.extend(words.filter(|word| !is_no_name(word)));
    }

    /// Each of `words` as it may be shown.
    pub fn masked(&self, words: &[&str]) -> Vec<String> {
        let bare: Vec<String> = words.iter().map(|word| bare(word)).collect();
        let mut masks: Vec<Option<&str>> = (0..words.len()).map(|index| mask(words, &bare, index)).collect();
        spelled_addresses(&bare, &mut masks);
        let shown = words.iter().zip(&bare).zip(masks).map(|((word, bare), mask)| match mask {
            Some(mask) => mask.to_owned(),
            None if self.0.contains(stem(bare)) => NAME.to_owned(),
            None => (*word).to_owned(),
        });
        shown.collect()
    }

    /// A sentence that quotes what was said, with its quotations masked.
    pub fn quotations_masked(&self, sentence: &str) -> String {
        let parts = sentence.split('"').enumerate().map(|(index, part)| {
            let is_quoted = index % 2 == 1;
            if is_quoted { self.passage_masked(part) } else { part.to_owned() }
        });
        parts.collect::<Vec<_>>().join("\"")
    }

    pub fn passage_masked(&self, passage: &str) -> String {
        self.masked(&passage.split(' ').collect::<Vec<_>>()).join(" ")
    }
}

/// `text` without any of `secrets`, in any case and with any marks between their words: "Mary_Smith".
pub fn without(text: &str, secrets: &[&str], mask: &str) -> String {
    let words = |secret: &str| {
        let words = secret.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(regex::escape).collect::<Vec<_>>().join(r"[\W_]*")
    };
    let secrets = secrets.iter().map(|secret| words(secret)).filter(|secret| !secret.is_empty());
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

/// Without the ending of whose it is.
fn stem(bare: &str) -> &str {
    bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare)
}

fn is_no_name(bare: &str) -> bool {
    NO_NAMES.contains(&bare) || WEEKDAYS.contains(&bare) || MONTHS.contains(&bare)
}

fn is_capital(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
}

fn mask(words: &[&str], bare: &[String], index: usize) -> Option<&'static str> {
    let (word, own) = (words[index], bare[index].as_str());
    let before = index.checked_sub(1).map(|index| (words[index], bare[index].as_str()));
    if word.contains('@') {
        return Some(ADDRESS);
    }
    if is_web_address(own) {
        return Some(WEB_ADDRESS);
    }
    if own.chars().any(char::is_numeric) || (!own.is_empty() && own.split('-').all(is_number_word)) {
        return Some(NUMBER);
    }
    let follows_good_day = || {
        let day = ["morning", "afternoon", "evening", "day"];
        2 <= index && day.contains(&bare[index - 1].as_str()) && bare[index - 2] == "good"
    };
    let follows_greeting =
        before.is_some_and(|(_, before)| BEFORE_NAMES.contains(&before)) || follows_good_day();
    let begins = before.is_none_or(|(before, _)| before.ends_with(['.', '?', '!']));
    // "Maria, it's Dana."
    let is_called = index == 0 && word.ends_with(',') && !OPENINGS.contains(&own);
    let says_who = bare.get(index + 1).is_some_and(|after| AFTER_NAMES.contains(&after.as_str()));
    let is_capital_name = is_capital(word) && (!begins || is_called || says_who);
    let is_name = follows_greeting || is_caller(bare, index) || is_capital_name;
    (is_name && !is_no_name(own) && !own.is_empty()).then_some(NAME)
}

/// Is it of the name in "this is dana pruitt from …"?
fn is_caller(bare: &[String], index: usize) -> bool {
    let is_of_name = |index: &usize| !NO_CALLERS.contains(&bare[*index].as_str());
    (1..=WORDS_OF_NAME).any(|back| {
        let Some(end) = (index + 1).checked_sub(back) else { return false };
        let ends_with =
            |cue: &[&str]| end.checked_sub(cue.len()).is_some_and(|start| bare[start..end].iter().eq(cue));
        let is_cue = BEFORE_CALLERS.iter().any(|cue| ends_with(cue));
        is_cue && (end..=index).all(|index| is_of_name(&index))
    })
}

/// "kestrelgems.com", "www.kestrel.co.uk/gems"; not "p.m" nor "3.50".
fn is_web_address(own: &str) -> bool {
    let host = own.split('/').next().unwrap_or_default();
    let ending = host.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.len() > 1 && ending.chars().all(char::is_alphabetic)
}

/// "dana dot lee at kestrel dot com": everything from the first word that a `dot` or the like joins to that before `at`, to that
/// after the last `dot`.
fn spelled_addresses(bare: &[String], masks: &mut [Option<&str>]) {
    for at in 1..bare.len() {
        if bare[at] != "at" {
            continue;
        }
        let is_dot = |index: &usize| bare[*index] == "dot";
        // An address is said in a few words: those after `at` up to its end.
        let Some(dot) = (at + 1..bare.len().min(at + 6)).rev().find(is_dot) else { continue };
        let end = (dot + 2).min(bare.len());
        let is_joined = |start: usize| {
            2 <= start && ["dot", "point", "underscore", "dash", "hyphen"].contains(&bare[start - 1].as_str())
        };
        let start = std::iter::successors(Some(at - 1), |start| is_joined(*start).then(|| start - 2)).last();
        masks[start.unwrap_or(at - 1)..end].fill(Some(ADDRESS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, shown: &str) {
        let mut names = Names::default();
        names.find(&said.split(' ').collect::<Vec<_>>());
        assert_eq!(names.passage_masked(said), shown);
    }

    #[test]
    fn names_numbers_and_addresses_are_hidden() {
        check(
            "Hi Maria, this is Dana Pruitt from Kestrel. Call me on Friday at 404-555-0142.",
            "Hi [name] this is [name] [name] from [name] Call me on Friday at [number]",
        );
        check("hi sam this is dana pruitt from kestrel", "hi [name] this is [name] [name] from kestrel");
        check("this is about the ring and it is ready", "this is about the ring and it is ready");
        check("hi sam it's four oh four, fifty-five", "hi [name] it's [number] [number] [number] [number]");
        check("Write to dana@kestrel.com or", "Write to [e-mail] or");
        check(
            "write to dana at kestrel gems dot com today",
            "write to [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] today",
        );
        check(
            "or dana dot lee at kestrel dot com",
            "or [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] [e-mail] [e-mail]",
        );
        check("Maria, it's Dana. Pruitt here.", "[name] it's [name] [name] here.");
        check("Well, it is ready. Call me.", "Well, it is ready. Call me.");
        check("I saw Maria. Maria called, and I'm glad.", "I saw [name] [name] called, and I'm glad.");
        check("It is with Ann. Ann's watch", "It is with [name] [name] watch");
        check("See kestrelgems.com at 3 p.m. today", "See [address] at [number] p.m. today");
    }

    #[test]
    fn a_name_known_from_elsewhere_is_hidden_in_a_fragment() {
        let mut names = Names::default();
        names.know("The Watch House of Dana");
        assert_eq!(names.passage_masked("or to dana, the house"), "or to [name] the [name]");
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
        let names = Names::default();
        assert_eq!(
            names.quotations_masked("\"call Maria\" is said at 3.2 s"),
            "\"call [name]\" is said at 3.2 s"
        );
        assert_eq!(without("calls/Sam Ode_1.wav", &["sam ode", ""], "[client]"), "calls/[client]_1.wav");
        assert_eq!(without("a", &[], "[client]"), "a");
    }
}
