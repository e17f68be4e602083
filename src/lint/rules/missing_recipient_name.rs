//! `AB106 missing-recipient-name`: the listener is not addressed by name.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingRecipientName;

static META: RuleMeta = RuleMeta {
    code: "AB106",
    name: "missing-recipient-name",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-recipient-name.md"),
};

impl Rule for MissingRecipientName {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.introduction().recipient.is_none() {
            findings.push(
                META.missing(reading, "the listener is not addressed by name")
                    .with_help("begin with their name: \"Hi Mrs. Lindgren\""),
            );
        }
    }
}
