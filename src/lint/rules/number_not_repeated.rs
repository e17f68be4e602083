//! `AB104 number-not-repeated`: the number is said once only.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NumberNotRepeated;

static META: RuleMeta = RuleMeta {
    code: "AB104",
    name: "number-not-repeated",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/number-not-repeated.md"),
};

impl Rule for NumberNotRepeated {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let mut numbers = reading.message.phone_numbers();
        if let (Some(only), None) = (numbers.next(), numbers.next()) {
            findings.push(META.at_span(only.span, "the number is said only once").with_help(
                "say it again at the end, slowly: a listener who missed a digit has no second chance",
            ));
        }
    }
}
