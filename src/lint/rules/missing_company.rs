//! `AB102 missing-company`: no company of the caller's own.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::PRIVATE_CALLERS;
use crate::lint::reading::Reading;
use crate::lint::reading::word_odds::{PROBABLE, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct MissingCompany;

static META: RuleMeta = RuleMeta {
    code: "AB102",
    name: "missing-company",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/missing-company.md"),
};

impl Rule for MissingCompany {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if reading.introduction().company.is_some() {
            return;
        }
        let missing = META.missing(reading, "no company or organisation of the caller's is named");
        let is_private = reading.phrase_text().find(&PRIVATE_CALLERS).is_some()
            || PROBABLE < reading.word_odds().of_message(Topic::PrivateCaller);
        findings.push(match is_private {
            false => missing.with_help("add it to the name: \"this is Dana Pruitt from Kestrel Gems\""),
            true => Finding {
                severity: Severity::Advice,
                ..missing.with_help("the caller is probably a private person; if not, say for whom they call")
            },
        });
    }
}
