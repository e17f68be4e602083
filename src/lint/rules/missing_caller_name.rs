//! `AB101 missing-caller-name`: the caller never says a person's name.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingCallerName;

static META: RuleMeta = RuleMeta {
    code: "AB101",
    name: "missing-caller-name",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-caller-name.md"),
};

impl Rule for MissingCallerName {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.introduction().caller.is_none() {
            findings.push(
                META.missing(reading, "nobody says who is calling")
                    .with_help("say a name early: \"this is Dana Pruitt\""),
            );
        }
    }
}
