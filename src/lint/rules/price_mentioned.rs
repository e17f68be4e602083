//! `AB603 price-mentioned`: what this client pays, on a line that others may hear.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::PRIVATE_SUMS;
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
            let text = &reading.text()[sentence.clone()];
            if let (Some(sum), Some(_)) =
                (text.find("{M"), reading.phrase_text().find_iter_in(&PRIVATE_SUMS, sentence.clone()).next())
            {
                let end = text[sum..].find('}').map_or(text.len(), |end| sum + end + 1);
                let range = sentence.start + sum..sentence.start + end;
                findings.push(
                    META.at(reading, range, "someone else who plays this message learns what they pay")
                        .with_help("leave the amount for the conversation; or set contact.secure_line: true"),
                );
            }
        }
    }
}
