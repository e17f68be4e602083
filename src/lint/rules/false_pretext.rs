//! `AB408 false-pretext`: a claim that nothing in the script supports.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::{FALSE_PRETEXTS, RETURNED_CALLS, THEIR_MATTERS};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct FalsePretext;

static META: RuleMeta = RuleMeta {
    code: "AB408",
    name: "false-pretext",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/false-pretext.md"),
};

impl Rule for FalsePretext {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&FALSE_PRETEXTS) {
            let words = context.quoted(reading, range.clone());
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" is how fraudulent calls begin"))
                    .with_help(
                        "give your true reason, and a date if there is one: \"I hold it until Friday\"",
                    ),
            );
        }
        let Some(claim) = reading.phrases(&RETURNED_CALLS).next() else { return };
        if reading.phrases(&THEIR_MATTERS).next().is_none() {
            let words = context.quoted(reading, claim.clone());
            let text = format!("\"{words}\", but nothing here says what they called about");
            findings.push(META.at(reading, claim.clone(), text).with_help(
                "name what they asked: \"you asked whether we resize\"; if they did not call, do not say so",
            ));
        }
    }
}
