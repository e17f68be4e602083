//! `AB302 too-short`: nothing can have been said.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::units::beside;

pub struct TooShort;

static META: RuleMeta = RuleMeta {
    code: "AB302",
    name: "too-short",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/too-short.md"),
};

impl Rule for TooShort {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let limit = context.limits.min_seconds;
        let speech = reading.speech(context.pace);
        if speech.expected.0 < limit {
            let seconds = beside(speech.expected.0, limit, 0);
            let text = format!("about {seconds} s to say; in less than {limit} s nothing can have been said");
            findings.push(META.of_message(reading, text).with_help("say who, why, what next and the number"));
        }
    }
}
