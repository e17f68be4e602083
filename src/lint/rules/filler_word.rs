//! `AB401 filler-word`: um, uh, "you know", "like" as a stall.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::FILLERS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct FillerWord;

static META: RuleMeta = RuleMeta {
    code: "AB401",
    name: "filler-word",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/filler-word.md"),
};

impl Rule for FillerWord {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&FILLERS) {
            let words = reading.text()[range.clone()].trim_matches([',', ' ', '-', '.']);
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" is a filler"))
                    .with_help("leave it out; where you need a breath, write [pause]"),
            );
        }
    }
}
