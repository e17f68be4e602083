//! `AB901 tcpa`: what a prerecorded message in the United States must say. A pack of its own; not legal advice.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct Tcpa;

static META: RuleMeta = RuleMeta {
    code: "AB901",
    name: "tcpa",
    severity: Severity::Error,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/tcpa.md"),
};

impl Rule for Tcpa {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let introduction = reading.introduction();
        let identity = [&introduction.caller, &introduction.company].into_iter().flatten();
        let mut missing = |text: &str, help| findings.push(META.missing(reading, text).with_help(help));
        match identity.map(|range| range.start).min() {
            None => missing(
                "nobody says who is responsible for the call (47 CFR 64.1200(b)(1))",
                "begin with the name of the business or the person that makes the call",
            ),
            Some(start)
                if context.limits.introduction_seconds < reading.seconds_before(start, context.pace) =>
            {
                missing(
                    "who makes the call is not said at the beginning (47 CFR 64.1200(b)(1))",
                    "begin with the name of the business or the person that makes the call",
                )
            }
            Some(_) => {}
        }
        if reading.message.phone_numbers().next().is_none() {
            missing(
                "no telephone number of the caller's is stated (47 CFR 64.1200(b)(2))",
                "state a number other than that of the machine that dials",
            );
        }
    }
}
