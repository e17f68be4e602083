//! `AB505 unspelled-email`: an address that nobody could spell from hearing.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::{Mention, MentionKind};

pub struct UnspelledEmail;

static META: RuleMeta = RuleMeta {
    code: "AB505",
    name: "unspelled-email",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unspelled-email.md"),
};

impl Rule for UnspelledEmail {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let addresses = reading.message.mentions.iter().filter(|mention| mention.kind == MentionKind::Email);
        let mut written = addresses.filter(|mention| !mention.is_placeholder).peekable();
        if written.peek().is_none() || is_spelled(reading) {
            return;
        }
        for address in written.take(MOST) {
            let Some(what) = difficulty(address, reading) else { continue };
            findings.push(
                META.at_span(address.span, format!("hard to write down from hearing: {what}"))
                    .with_help("spell it slowly, \"P, R, U, I, double T\", or give a simpler address"),
            );
        }
    }
}

/// A message with more addresses is not one to be said; ours.
const MOST: usize = 8;

fn difficulty(address: &Mention, reading: &Reading) -> Option<&'static str> {
    let (local, _) = address.value.split_once('@').or_else(|| address.value.split_once(" at "))?;
    let has_letters = local.bytes().any(|byte| byte.is_ascii_alphabetic());
    if has_letters && local.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some("letters and digits are mixed");
    }
    if local.contains('_') {
        return Some("an underscore");
    }
    let lower = reading.phrase_text().lower();
    let parts = local.split(|letter: char| !letter.is_ascii_alphabetic());
    let mut strange = parts.filter(|part| LONG <= part.len() && !is_said(&part.to_ascii_lowercase(), lower));
    strange.next().map(|_| "a long name that is said nowhere else")
}

/// A name of this many letters is not written down at the first hearing (ours).
const LONG: usize = 8;

/// Said in the text, whole or after an initial or two: "dpruitt" where a Pruitt calls; or a word that everybody can spell.
fn is_said(part: &str, text: &str) -> bool {
    PLAIN.iter().any(|plain| part.contains(plain))
        || text
            .split(|letter: char| !letter.is_ascii_alphabetic())
            .any(|word| 3 < word.len() && part.contains(word) && part.len() <= word.len() + LONG)
}

/// Names of desks.
const PLAIN: [&str; 16] = [
    "appointment", "booking", "contact", "customer", "enquir", "feedback", "front", "hello", "inquir",
    "office", "recruit", "reservation", "sales", "schedul", "service", "support",
];

/// "Spelled", or letters one by one: "S, A, L, O", "P-R-U".
fn is_spelled(reading: &Reading) -> bool {
    let text = reading.phrase_text().lower();
    let mut n_letters = 0;
    text.split([' ', '-', ',', '.', '\n']).filter(|word| !word.is_empty()).any(|word| {
        let is_letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        n_letters = if is_letter { n_letters + 1 } else { 0 };
        2 < n_letters || matches!(word, "spelled" | "spelt" | "spelling" | "spell")
    })
}
