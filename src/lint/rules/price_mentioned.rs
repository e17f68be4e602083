//! `AB603 price-mentioned`: what this client pays or owes, on a line that others may hear.

use std::ops::Range;

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
    let start = text.find("{M")?;
    reading.phrase_text().find_iter_in(&PRIVATE_SUMS, sentence.clone()).next()?;
    let end = text[start..].find('}').map_or(text.len(), |length| start + length + 1);
    Some(sentence.start + start..sentence.start + end)
}
