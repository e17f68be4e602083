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
    const LARGE: [&str; 3] = ["hundred", "thousand", "grand"];
    const AFTER: &[&str] =
        &["all", "cash", "deposit", "even", "for", "instead", "left", "off", "plus", "rupees", "with"];
    // "Row one hundred", "house number twelve hundred".
    const COUNTING: &[&str] = &["number", "row", "page", "house", "gate", "room"];
    if !LARGE.iter().any(|large| text.contains(large)) {
        return None;
    }
    let mut end = 0;
    let words = text.split_inclusive([' ', '-', '\n']).map(|word| {
        end += word.len();
        (end - word.len(), word.trim_end_matches([' ', '-', '\n']))
    });
    let words: Vec<(usize, &str)> = words.collect();
    let bare = |index: usize| {
        let word = words.get(index).map_or("", |(_, word)| word);
        word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase()
    };
    (1..words.len()).find_map(|index| {
        let (start, word) = words[index];
        let large = bare(index);
        if !LARGE.contains(&large.as_str()) {
            return None;
        }
        let (before, after) = (bare(index - 1), bare(index + 1));
        let is_number = |word: &str| is_number_word(word) || word.ends_with(|c: char| c.is_ascii_digit());
        let is_counted = is_number(&before) || before == "half";
        let is_numbered = 2 <= index && COUNTING.contains(&bare(index - 2).as_str());
        let is_last = after.is_empty() || !word.ends_with(|c: char| c.is_ascii_alphabetic());
        let goes_on = is_number(&after) || after == "and" && is_number(&bare(index + 2));
        let counts_nothing = is_last || goes_on || AFTER.contains(&after.as_str());
        (is_counted && !is_numbered && counts_nothing).then_some(start..start + large.len())
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
            "be a hundred on Sunday",
            "number four hundred and it ships",
            "row one hundred, seat two",
            "four hundred mid-market firms",
            "hundreds of them",
        ] {
            assert_eq!(round_sum(text), None, "{text}");
        }
    }
}
