//! `AB301 too-long`: the expected length is over the limit.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta, about};

pub struct TooLong;

static META: RuleMeta = RuleMeta {
    code: "AB301",
    name: "too-long",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/too-long.md"),
};

impl Rule for TooLong {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let limit = context.limits.max_seconds;
        let speech = reading.speech(context.pace);
        if limit < speech.expected.0 {
            let text = format!(
                "{} to say ({:.0} to {:.0} s, {} spoken words); the limit is {limit} s",
                about(speech.expected.0, limit),
                speech.low.0,
                speech.high.0,
                speech.n_words
            );
            findings.push(
                META.of_message(reading, text)
                    .with_help("keep who, why, what next and the number; cut the rest"),
            );
        }
    }
}
