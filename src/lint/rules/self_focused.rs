//! `AB405 self-focused`: more of the caller than of the listener.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct SelfFocused;

static META: RuleMeta = RuleMeta {
    code: "AB405",
    name: "self-focused",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/self-focused.md"),
};

impl Rule for SelfFocused {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        let introduction = reading.introduction();
        let start =
            introduction.caller.iter().chain(&introduction.company).map(|name| name.end).max().unwrap_or(0);
        let count = Count::of(&text[start..]);
        let is_short = count.n_words < SHORTEST || count.n_own < FEWEST;
        if is_short || count.n_own as f64 <= context.limits.max_self_focus * count.n_theirs as f64 {
            return;
        }
        let text = format!("I, we and my {} times, you and your {}", count.n_own, count.n_theirs);
        let first = start + count.first_own;
        findings.push(
            META.at(reading, first..first + 1, text)
                .with_help("turn it round: what do they get, what did they say, what do they decide?"),
        );
    }
}

/// Fewer words, or fewer of the caller's own, say nothing about balance (ours).
const SHORTEST: usize = 20;
const FEWEST: usize = 4;

#[derive(Default)]
struct Count {
    n_words: usize,
    n_own: usize,
    n_theirs: usize,
    /// Where the first word of the caller's own begins.
    first_own: usize,
}

impl Count {
    fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut next = 0;
        for word in text.split([' ', '\n']) {
            let start = next;
            next += word.len() + 1;
            count.n_words += 1;
            let word = word.trim_start_matches(['"', '(']);
            let stem = &word[..word.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(word.len())];
            if OWN.iter().any(|own| own.eq_ignore_ascii_case(stem)) {
                if count.n_own == 0 {
                    count.first_own = start;
                }
                count.n_own += 1;
            } else if THEIRS.iter().any(|theirs| theirs.eq_ignore_ascii_case(stem)) {
                count.n_theirs += 1;
            }
        }
        count
    }
}

/// "Me" and "us" are left out: "call me" is an ask of them.
const OWN: [&str; 4] = ["i", "we", "my", "our"];
const THEIRS: [&str; 4] = ["you", "your", "yours", "yourself"];
