//! `AB104 number-not-repeated`: the number is said once only.

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

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let numbers: Vec<&Mention> = reading.message.phone_numbers().collect();
        let Some((first, rest)) = numbers.split_first() else { return };
        if rest.is_empty() {
            findings.push(META.at_span(first.span, "the number is said only once").with_help(
                "say it again at the end, slowly: a listener who missed a digit has no second chance",
            ));
        } else if let Some(other) = rest.iter().find(|other| !same_number(first, other))
            && !rest.iter().any(|other| same_number(first, other))
        {
            findings.push(
                META.at_span(other.span, "this is not the number said before, and each is said only once")
                    .with_help("check the digits, and say twice the one to call"),
            );
        }
    }
}

/// The last seven digits decide: "555-0142" repeats "404-555-0142". A placeholder or a mask may be any number.
fn same_number(one: &Mention, other: &Mention) -> bool {
    if one.is_placeholder || other.is_placeholder {
        return true;
    }
    let last_seven = |mention: &Mention| mention.value.bytes().rev().take(7).collect::<Vec<_>>();
    let pairs = last_seven(one).into_iter().zip(last_seven(other));
    pairs.into_iter().all(|(one, other)| one == other || one == b'x' || other == b'x')
}
