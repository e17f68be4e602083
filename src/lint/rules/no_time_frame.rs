//! `AB206 no-time-frame`: nobody says by when, or what comes next.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::TIME_FRAMES;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NoTimeFrame;

static META: RuleMeta = RuleMeta {
    code: "AB206",
    name: "no-time-frame",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/no-time-frame.md"),
};

impl Rule for NoTimeFrame {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let has_time = reading.phrase_text().find(&TIME_FRAMES).is_some();
        let Some(ask) = reading.asks().first().filter(|_| !has_time) else { return };
        let text = "nothing says by when, or what happens next";
        let help =
            "give a day to call by, or say what you will do and when: \"I hold it for you until Friday\"";
        findings.push(META.at(reading, ask.range.clone(), text).with_help(help));
    }
}
