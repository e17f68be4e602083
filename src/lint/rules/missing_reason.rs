//! `AB203 missing-reason`: the listener could not say what they get, or what is resolved, by calling.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingReason;

static META: RuleMeta = RuleMeta {
    code: "AB203",
    name: "missing-reason",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-reason.md"),
};

impl Rule for MissingReason {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.reasons().is_empty() {
            findings.push(
                META.missing(reading, "the listener hears no reason to call back")
                    .with_help("name what is in it for them: \"your ring is back from the setter\""),
            );
        }
    }
}
