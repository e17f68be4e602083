//! `AB407 jargon`: the words of the meeting room.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::JARGON;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct Jargon;

static META: RuleMeta = RuleMeta {
    code: "AB407",
    name: "jargon",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/jargon.md"),
};

impl Rule for Jargon {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&JARGON) {
            let words = context.quoted(reading, range.clone());
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" is office talk"))
                    .with_help("say it as you would to a neighbour: what it does, and for whom"),
            );
        }
    }
}
