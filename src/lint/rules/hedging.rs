//! `AB406 hedging`: words that take back what is being said.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::HEDGES;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct Hedging;

static META: RuleMeta = RuleMeta {
    code: "AB406",
    name: "hedging",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/hedging.md"),
};

impl Rule for Hedging {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&HEDGES) {
            let words = context.quoted(reading, range.clone());
            // "It was kind of you."
            if words.ends_with("kind of") && reading.text()[range.end..].starts_with(" you") {
                continue;
            }
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" takes back what you say"))
                    .with_help("say what you want to say: \"I would like to\", \"Would Tuesday suit you?\""),
            );
        }
    }
}
