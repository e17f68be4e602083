//! `AB903 minimum-necessary`: more of a patient's health than the call needs. A pack of its own; not legal advice.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::HEALTH_DETAILS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MinimumNecessary;

static META: RuleMeta = RuleMeta {
    code: "AB903",
    name: "minimum-necessary",
    severity: Severity::Error,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/minimum-necessary.md"),
};

impl Rule for MinimumNecessary {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for detail in reading.phrases(&HEALTH_DETAILS) {
            let text = "whoever hears this learns something of the patient's health";
            let help = "leave who calls and which number to call back; say the rest to the patient";
            findings.push(META.at(reading, detail, text).with_help(help));
        }
    }
}
