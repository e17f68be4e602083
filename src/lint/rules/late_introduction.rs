//! `AB107 late-introduction`: who calls, and from where, is said late.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct LateIntroduction;

static META: RuleMeta = RuleMeta {
    code: "AB107",
    name: "late-introduction",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/late-introduction.md"),
};

impl Rule for LateIntroduction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let introduction = reading.introduction();
        let named = [&introduction.caller, &introduction.company].into_iter().flatten();
        let Some(last) = named.max_by_key(|range| range.start) else { return };
        let seconds = reading.seconds_before(last.start, context.pace);
        let limit = context.limits.introduction_seconds;
        if limit < seconds {
            let text = format!("who calls is known after about {seconds:.1} s; the limit is {limit} s");
            let help = "say your name and company in the first sentence";
            findings.push(META.at(reading, last.clone(), text).with_help(help));
        }
    }
}
