//! `AB402 weak-opener`: a check-in, and no more than that.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::WEAK_OPENERS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct WeakOpener;

static META: RuleMeta = RuleMeta {
    code: "AB402",
    name: "weak-opener",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/weak-opener.md"),
};

impl Rule for WeakOpener {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if !reading.reasons().is_empty() {
            return;
        }
        if let Some(range) = reading.phrases(&WEAK_OPENERS).next() {
            let words = reading.text()[range.clone()].to_owned();
            findings.push(
                META.at(reading, range, format!("\"{words}\" is the only purpose given"))
                    .with_help("bring something: news, an answer, a date, a thing they asked about"),
            );
        }
    }
}
