//! `AB602 sensitive-number`: card, account, social security or birth-date numbers.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::SENSITIVE_NUMBERS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct SensitiveNumber;

static META: RuleMeta = RuleMeta {
    code: "AB602",
    name: "sensitive-number",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/sensitive-number.md"),
};

impl Rule for SensitiveNumber {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&SENSITIVE_NUMBERS) {
            // "We won't ask for your PIN", "Don't leave your card number".
            if is_disclaimed(&reading.text()[..range.start]) {
                continue;
            }
            findings.push(
                META.at(reading, range, "a voicemail is no place for card, account or identity numbers")
                    .with_help("ask them to call, and take the number in the conversation"),
            );
        }
    }
}

/// Does what stands before it say that it will not be asked for, or is not to be told?
fn is_disclaimed(before: &str) -> bool {
    const NEAR: usize = 40;
    let near = &before[before.len().saturating_sub(NEAR)..];
    let clause = near.rsplit(['\n', ',', ';']).next().unwrap_or_default().to_ascii_lowercase();
    let is_said = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    is_said(&["won't ", "never ", "not ", "don't ", "nobody "])
        && is_said(&[" ask ", " tell ", " give ", " share ", " leave ", " send ", " read ", " say "])
}
