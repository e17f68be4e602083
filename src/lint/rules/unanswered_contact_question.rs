//! `AB110 unanswered-contact-question`: one of the four contact questions has no answer.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::front_matter;

pub struct UnansweredContactQuestion;

static META: RuleMeta = RuleMeta {
    code: "AB110",
    name: "unanswered-contact-question",
    severity: Severity::Warning,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/unanswered-contact-question.md"),
};

impl Rule for UnansweredContactQuestion {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, _: &[Reading], findings: &mut Vec<Finding>) {
        let contact = &context.front_matter().contact;
        let is_answered =
            |answer: &Option<String>| answer.as_deref().is_some_and(|text| !text.trim().is_empty());
        let answers = [
            ("best_number", is_answered(&contact.best_number)),
            ("best_time", is_answered(&contact.best_time)),
            ("prefers_email", contact.prefers_email.is_some()),
            // Who would rather be called need not give an address.
            ("email", is_answered(&contact.email) || contact.prefers_email == Some(false)),
        ];
        let missing: Vec<&str> =
            answers.into_iter().filter(|(_, is_answered)| !is_answered).map(|(name, _)| name).collect();
        if missing.is_empty() || context.sequence.messages.is_empty() {
            return;
        }
        let place = front_matter::value_span(context.source, "contact");
        let place = place.unwrap_or(context.sequence.messages[0].span);
        let text = format!("not asked yet, or not written down: {}", missing.join(", "));
        let help = "the best voicemail is none: ask while you have them there, and put the answers under `contact` in the front matter";
        findings.push(META.at_span(place, text).with_help(help));
    }
}
