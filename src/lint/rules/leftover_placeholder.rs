//! `AB706 leftover-placeholder`: in a final script, what was never filled in.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct LeftoverPlaceholder;

static META: RuleMeta = RuleMeta {
    code: "AB706",
    name: "leftover-placeholder",
    severity: Severity::Error,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/leftover-placeholder.md"),
};

impl Rule for LeftoverPlaceholder {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for placeholder in &reading.message.placeholders {
            let text = format!("{} was never filled in", placeholder.span.of(context.source));
            findings.push(META.at_span(placeholder.span, text).with_help("write what will be said"));
        }
    }
}
