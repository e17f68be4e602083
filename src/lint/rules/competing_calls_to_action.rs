//! `AB205 competing-calls-to-action`: more than one thing is asked.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::phrases::SEPARATE_ASKS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct CompetingCallsToAction;

static META: RuleMeta = RuleMeta {
    code: "AB205",
    name: "competing-calls-to-action",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/competing-calls-to-action.md"),
};

impl Rule for CompetingCallsToAction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        let mut asks = reading.phrases(&SEPARATE_ASKS);
        let Some(first) = asks.next() else { return };
        let verb = |range: &Range<usize>| {
            text[range.clone()].split(' ').next().unwrap_or_default().to_ascii_lowercase()
        };
        let first_verb = verb(&first);
        let is_choice = |range: &Range<usize>| text[..range.start].trim_end().ends_with(" or");
        if let Some(second) = asks.find(|range| verb(range) != first_verb && !is_choice(range)) {
            let problem = format!("a second thing to do, besides \"{}\"", context.quoted(reading, first));
            let help = "ask for one thing; what is left over is a reason for the next call";
            findings.push(META.at(reading, second, problem).with_help(help));
        }
    }
}
