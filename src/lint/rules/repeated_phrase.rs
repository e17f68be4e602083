//! `AB305 repeated-phrase`: the same words twice.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct RepeatedPhrase;

static META: RuleMeta = RuleMeta {
    code: "AB305",
    name: "repeated-phrase",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/repeated-phrase.md"),
};

impl Rule for RepeatedPhrase {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let n_words = context.limits.repeated_words.max(2.0) as usize;
        let words: Vec<Range<usize>> = words(reading.text()).collect();
        let found = repeats(reading.phrase_text().lower(), &words, n_words);
        let apart: Vec<usize> = found
            .into_iter()
            .filter(|(first, second)| first + n_words <= *second)
            .map(|(_, second)| second)
            .collect();
        // What goes on is one repetition, however long.
        for run in apart.chunk_by(|one, next| *next <= one + n_words) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let range = words[*first].start..words[last + n_words - 1].end;
            let shown = words[*first].start..words[first + (last - first + n_words).min(MOST_SHOWN) - 1].end;
            let more = if shown.end < range.end { " …" } else { "" };
            let text = format!("\"{}{more}\" is said a second time", context.quoted(reading, shown));
            findings.push(META.at(reading, range, text).with_help("say it once, and the number twice"));
        }
    }
}

/// Words of a repetition that are quoted; its place tells the rest.
const MOST_SHOWN: usize = 12;

/// Runs of `n_words` that stand twice, as the words at which the first and a later one begin, in the order of the later.
fn repeats(lower: &str, words: &[Range<usize>], n_words: usize) -> Vec<(usize, usize)> {
    let hashes: Vec<u64> = words.iter().map(|word| hash(&lower[word.clone()])).collect();
    // The number and what is filled in are said twice on purpose.
    let is_token = |word: &Range<usize>| lower[word.clone()].starts_with('{');
    let runs = words.windows(n_words).enumerate().filter(|(_, run)| !run.iter().any(is_token));
    let mut runs: Vec<(u64, usize)> =
        runs.map(|(start, _)| (mix(&hashes[start..start + n_words]), start)).collect();
    runs.sort_unstable();
    let said = |start: usize| words[start..start + n_words].iter().map(|word| &lower[word.clone()]);
    let mut repeats = Vec::new();
    for same in runs.chunk_by(|one, other| one.0 == other.0).filter(|same| 1 < same.len()) {
        let first = same[0].1;
        let others = same[1..].iter().map(|(_, start)| *start);
        repeats.extend(others.filter(|start| said(first).eq(said(*start))).map(|start| (first, start)));
    }
    repeats.sort_unstable_by_key(|(_, second)| *second);
    repeats
}

/// FNV-1a (Fowler, Noll, Vo): what hashes alike is compared word by word.
fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn mix(hashes: &[u64]) -> u64 {
    hashes.iter().fold(0, |mixed: u64, hash| mixed.rotate_left(13).wrapping_mul(0x0100_0000_01b3) ^ hash)
}

/// Words without the marks around them; a token is one.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut offset = 0;
    let words = text.as_bytes().split(|byte| matches!(byte, b' ' | b'\n')).map(move |word| {
        let start = offset;
        offset += word.len() + 1;
        let first = word.iter().position(|byte| byte.is_ascii_alphanumeric() || *byte == b'{');
        let last = word.iter().rposition(|byte| byte.is_ascii_alphanumeric() || *byte == b'}');
        let from = first.unwrap_or(word.len());
        start + from..start + last.map_or(from, |last| from.max(last + 1))
    });
    words.filter(|word| !word.is_empty())
}
