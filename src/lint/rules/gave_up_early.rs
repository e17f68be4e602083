//! `AB803 gave-up-early`: a follow-up of one message.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::lint::sequence::voicemails;

pub struct GaveUpEarly;

static META: RuleMeta = RuleMeta {
    code: "AB803",
    name: "gave-up-early",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/gave-up-early.md"),
};

impl Rule for GaveUpEarly {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        if context.profile != "follow-up" || 1 < context.front_matter().days.len() {
            return;
        }
        if let [(index, reading)] = voicemails(context, readings)[..] {
            let text =
                "a follow-up of one message: most callers stop there, and most clients call back later";
            let help =
                "plan a second with another reason, under a heading of its own, and say when in `days`";
            findings.push(META.missing(reading, text).with_help(help).in_message(index));
        }
    }
}
