//! `AB706 leftover-placeholder`: in a final script, what was never filled in.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::contact::Mention;

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
        let message = reading.message;
        let is_masked = |number: &&Mention| !number.is_placeholder && number.value.contains('x');
        let masks = message.phone_numbers().filter(is_masked).map(|number| number.span);
        for span in message.placeholders.iter().map(|placeholder| placeholder.span).chain(masks) {
            let text = format!("{} was never filled in", span.of(context.source));
            findings.push(META.at_span(span, text).with_help("write what will be said"));
        }
    }
}
