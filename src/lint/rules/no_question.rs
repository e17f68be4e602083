//! `AB207 no-question`: a follow-up that asks nothing.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::QUESTIONS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NoQuestion;

static META: RuleMeta = RuleMeta {
    code: "AB207",
    name: "no-question",
    severity: Severity::Advice,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/no-question.md"),
};

impl Rule for NoQuestion {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.phrases(&QUESTIONS).next().is_none() {
            findings.push(
                META.missing(reading, "no question is asked")
                    .with_help("a question gets an answer: \"do you mind if I let it go?\""),
            );
        }
    }
}
