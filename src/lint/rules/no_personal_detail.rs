//! `AB409 no-personal-detail`: nothing of this client's.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::{IMPERSONAL, Matches, PERSONAL_DETAILS};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct NoPersonalDetail;

static META: RuleMeta = RuleMeta {
    code: "AB409",
    name: "no-personal-detail",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/no-personal-detail.md"),
};

impl Rule for NoPersonalDetail {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if names_content(reading.text()) {
            return;
        }
        let impersonal = Matches::of(&IMPERSONAL, reading.phrase_text());
        let is_personal =
            reading.phrases(&PERSONAL_DETAILS).any(|detail| impersonal.overlapping(&detail).is_none());
        if !is_personal {
            findings.push(
                META.missing(
                    reading,
                    "nothing in it is about this listener: anybody could have had this message",
                )
                .with_help("name one thing of theirs: the piece they liked, the date, what they told you"),
            );
        }
    }
}

/// Is there a placeholder for more than a name or a contact: `{X}`, `{D}`, `{M}`, `{L}`, or another's company?
fn names_content(text: &str) -> bool {
    let mut tokens = text.match_indices('{').map(|(start, _)| &text[start + 1..]);
    tokens.any(|token| {
        token.starts_with(['X', 'D', 'M', 'L']) || token.starts_with("Cyou") || token.starts_with("Cother")
    })
}
