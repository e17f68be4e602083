//! `AB001 unused-suppression`: a suppression that suppresses nothing, names no rule, or gives no reason.
//!
//! What a suppression did is known only when every rule has run: [`crate::lint::Linter`] asks for it then.

use crate::finding::{Finding, Severity};
use crate::lint::rule::{Rule, RuleMeta};
use crate::lint::suppression::{Fault, Suppressions};

pub struct UnusedSuppression;

static META: RuleMeta = RuleMeta {
    code: "AB001",
    name: "unused-suppression",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unused-suppression.md"),
};

impl Rule for UnusedSuppression {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    /// `has_run`: did the rule with this code look at the script?
    fn check_suppressions(
        &self,
        suppressions: &Suppressions,
        has_run: &dyn Fn(&str) -> bool,
        findings: &mut Vec<Finding>,
    ) {
        for (span, fault) in suppressions.faults(has_run) {
            let (text, help) = match fault {
                Fault::Unreadable => (
                    "this suppression is not understood".to_owned(),
                    "write <!-- afterbeep: allow AB204 (why) -->, or allow-file for the whole file",
                ),
                Fault::UnknownRule(error) => (error, "name a rule by its code or its name"),
                Fault::NoReason => (
                    "this suppression gives no reason".to_owned(),
                    "say why in parentheses: the next reader cannot know",
                ),
                Fault::Unused(codes) => {
                    (format!("nothing to suppress: {codes} finds nothing here"), "take it out")
                }
            };
            findings.push(META.at_span(span, text).with_help(help));
        }
    }
}
