//! `AB103 missing-callback-number`: no number to call, in any form.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingCallbackNumber;

static META: RuleMeta = RuleMeta {
    code: "AB103",
    name: "missing-callback-number",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-callback-number.md"),
};

impl Rule for MissingCallbackNumber {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.message.phone_numbers().next().is_none() {
            findings.push(
                META.missing(reading, "no number to call back is given")
                    .with_help("say it in full, even to someone who has it: \"my number is 404-555-0142\""),
            );
        }
    }
}
