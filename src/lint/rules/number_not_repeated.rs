//! `AB104 number-not-repeated`: the number is said once only.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::Mention;

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

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let numbers: Vec<&Mention> = reading.message.phone_numbers().collect();
        let Some((first, rest)) = numbers.split_first() else { return };
        let last = rest.last().unwrap_or(first);
        let is_repeated = || is_to_be_repeated(&context.source[last.span.end..]);
        if !rest.iter().any(|other| first.is_same_number(other)) && !is_repeated() {
            findings.push(META.at_span(first.span, "the number is said only once").with_help(
                "say it again at the end, slowly: a listener who missed a digit has no second chance",
            ));
        }
    }
}

/// "[repeat number slowly]", not long after the number.
fn is_to_be_repeated(after: &str) -> bool {
    static DIRECTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^[^\n\[(*]{0,40}[\[(*] ?(?:please )?(?:repeat|say)(?: (?:the|your|my|this|phone|callback|call-back|back))* (?:number|phone|it again|again)")
            .expect("a pattern")
    });
    DIRECTION.is_match(after)
}
