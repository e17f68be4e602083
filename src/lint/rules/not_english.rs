//! `AB003 not-english`: a message in a language that the rules cannot read.

use crate::finding::{Finding, Severity};
use crate::lint::reading::{Kind, Reading};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NotEnglish;

static META: RuleMeta = RuleMeta {
    code: "AB003",
    name: "not-english",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/not-english.md"),
};

impl Rule for NotEnglish {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn judges(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Foreign(_))
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let Kind::Foreign(language) = reading.kind() else { return };
        let text =
            format!("probably {language}; only English is checked, so nothing else is said of this message");
        findings.push(META.missing(reading, text));
    }
}
