//! `AB202 generic-call-to-action`: the only ask is "call me back" in some form.

use crate::finding::{Finding, Severity};
use crate::lint::reading::{AskKind, Reading};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct GenericCallToAction;

static META: RuleMeta = RuleMeta {
    code: "AB202",
    name: "generic-call-to-action",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/generic-call-to-action.md"),
};

impl Rule for GenericCallToAction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let asks = reading.asks();
        let Some(first) = asks.first() else { return };
        if asks.iter().all(|ask| ask.kind == AskKind::Contact) {
            findings.push(META.at(reading, first.range.clone(), "the only ask is to be in touch").with_help(
                "say what for, or by when: \"call me by Friday and I will set it aside for you\"",
            ));
        }
    }
}
