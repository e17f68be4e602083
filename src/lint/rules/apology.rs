//! `AB404 apology`: sorry to be calling at all.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::APOLOGIES;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct Apology;

static META: RuleMeta = RuleMeta {
    code: "AB404",
    name: "apology",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/apology.md"),
};

impl Rule for Apology {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&APOLOGIES) {
            let words = context.quoted(reading, range.clone());
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" excuses the call before it is made"))
                    .with_help("you bring something they can use: say that first, and thank them at the end"),
            );
        }
    }
}
