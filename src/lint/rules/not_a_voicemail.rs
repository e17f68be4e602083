//! `AB002 not-a-voicemail`: a greeting of the mailbox, which nobody leaves.

use crate::finding::{Finding, Severity};
use crate::lint::reading::{Kind, Reading};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NotAVoicemail;

static META: RuleMeta = RuleMeta {
    code: "AB002",
    name: "not-a-voicemail",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/not-a-voicemail.md"),
};

impl Rule for NotAVoicemail {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn judges(&self, kind: Kind) -> bool {
        kind == Kind::Greeting
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = "probably a greeting that callers hear, not a voicemail; nothing else is checked";
        findings.push(META.missing(reading, text).with_help("check the message that you will leave"));
    }
}
