//! `AB105 missing-email`: the profile points to e-mail and no address is spoken.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::MentionKind;

pub struct MissingEmail;

static META: RuleMeta = RuleMeta {
    code: "AB105",
    name: "missing-email",
    severity: Severity::Warning,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/missing-email.md"),
};

impl Rule for MissingEmail {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let spoken = reading.message.mentions.iter().any(|mention| mention.kind == MentionKind::Email);
        if !spoken {
            findings.push(
                META.missing(reading, "no e-mail address is given")
                    .with_help("say it as it is spoken: \"dana at example dot com\""),
            );
        }
    }
}
