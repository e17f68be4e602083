//! `AB204 commanding-tone`: orders or pressure.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::COMMANDING;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct CommandingTone;

static META: RuleMeta = RuleMeta {
    code: "AB204",
    name: "commanding-tone",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/commanding-tone.md"),
};

impl Rule for CommandingTone {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for range in reading.phrases(&COMMANDING) {
            let words = &reading.text()[range.clone()];
            if is_denied(&reading.text()[..range.start]) {
                continue;
            }
            findings.push(
                META.at(reading, range.clone(), format!("\"{words}\" sounds like an order"))
                    .with_help("nobody likes to be summoned: ask, and say what they gain by it"),
            );
        }
    }
}

/// "It is not urgent."
fn is_denied(before: &str) -> bool {
    [" not ", "n't ", " nothing ", " no "].iter().any(|denial| before.ends_with(denial))
}
