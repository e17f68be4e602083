//! `AB603 price-mentioned`: what this client pays or owes, on a line that others may hear.

use std::ops::Range;

use crate::english::is_number_word;
use crate::finding::{Finding, Severity};
use crate::lint::phrases::{DEBTS, PRIVATE_SUMS};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct PriceMentioned;

static META: RuleMeta = RuleMeta {
    code: "AB603",
    name: "price-mentioned",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/price-mentioned.md"),
};

impl Rule for PriceMentioned {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if context.front_matter().contact.secure_line == Some(true) {
            return;
        }
        for sentence in reading.message.sentences() {
            if let Some(sum) = private_sum(reading, sentence.clone()) {
                findings.push(
                    META.at(reading, sum, "someone else who plays this message learns what they pay")
                        .with_help("leave the amount for the conversation; or set contact.secure_line: true"),
                );
            } else if let Some(debt) = reading.phrase_text().find_iter_in(&DEBTS, sentence).next() {
                findings.push(
                    META.at(reading, debt, "someone else who plays this message learns what they owe")
                        .with_help("leave debts for the conversation; or set contact.secure_line: true"),
                );
            }
        }
    }
}

/// The first sum of a sentence that says whose it is.
fn private_sum(reading: &Reading, sentence: Range<usize>) -> Option<Range<usize>> {
    let text = &reading.text()[sentence.clone()];
    let amount = || {
        let start = text.find("{M")?;
        let end = text[start..].find('}').map_or(text.len(), |length| start + length + 1);
        Some(start..end)
    };
    let sum = amount().or_else(|| round_sum(text))?;
    reading.phrase_text().find_iter_in(&PRIVATE_SUMS, sentence.clone()).next()?;
    Some(sentence.start + sum.start..sentence.start + sum.end)
}

/// "Twelve grand", "six and a half thousand": a large number that counts nothing. "Four hundred people" does, and what is grand
/// is fine.
fn round_sum(text: &str) -> Option<Range<usize>> {
    const AFTER: &[&str] = &[
        "a", "all", "and", "at", "because", "cash", "deposit", "even", "for", "from", "i", "in", "instead",
        "left", "off", "on", "or", "out", "over", "per", "plus", "rupees", "the", "to", "we", "with", "you",
    ];
    let mut words = text
        .match_indices(|c: char| c.is_ascii_alphabetic())
        .map(|(start, _)| start)
        .filter(|start| !text[..*start].ends_with(|c: char| c.is_ascii_alphabetic()));
    words.find_map(|start| {
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_large = ["hundred", "thousand", "grand"].iter().any(|large| word.eq_ignore_ascii_case(large));
        let last =
            text[..start].trim_end().rsplit([' ', '-']).next().unwrap_or_default().to_ascii_lowercase();
        let is_counted = is_number_word(&last)
            || last == "half"
            || last == "a"
            || last.ends_with(|c: char| c.is_ascii_digit());
        let next =
            rest[end..].strip_prefix(' ').map(|after| after.split(|c: char| !c.is_ascii_alphabetic()).next());
        let next = next.flatten().unwrap_or_default().to_ascii_lowercase();
        let counts_nothing = next.is_empty() || is_number_word(&next) || AFTER.contains(&next.as_str());
        (is_large && is_counted && counts_nothing).then_some(start..start + end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_sums_count_nothing_else() {
        for text in
            ["came in at twelve grand.", "it's six and a half thousand", "eighteen hundred with the chain"]
        {
            assert!(round_sum(text).is_some(), "{text}");
        }
        for text in [
            "that'd be grand",
            "over four hundred people",
            "four hundred mid-market firms",
            "hundreds of them",
        ] {
            assert_eq!(round_sum(text), None, "{text}");
        }
    }
}
