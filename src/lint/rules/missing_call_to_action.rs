//! `AB201 missing-call-to-action`: nothing is asked of the listener.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingCallToAction;

static META: RuleMeta = RuleMeta {
    code: "AB201",
    name: "missing-call-to-action",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-call-to-action.md"),
};

impl Rule for MissingCallToAction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.asks().is_empty() {
            let last = reading.message.sentences().last().unwrap_or(0..0);
            findings.push(
                META.at(reading, last, "nothing is asked of the listener").with_help(
                    "end with one easy next step: \"call me at … and I will hold it until Friday\"",
                ),
            );
        }
    }
}
