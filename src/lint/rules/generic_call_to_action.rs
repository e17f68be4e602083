//! `AB202 generic-call-to-action`: the only ask is "call me back" in some form.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::DECISIONS;
use crate::lint::reading::{Ask, AskKind, Reading, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::plain::count_words;

pub struct GenericCallToAction;

static META: RuleMeta = RuleMeta {
    code: "AB202",
    name: "generic-call-to-action",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/generic-call-to-action.md"),
};

impl Rule for GenericCallToAction {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let is_contact = |ask: &Ask| ask.kind == AskKind::Contact;
        let asks = reading.asks();
        let Some(contact) = asks.iter().find(|ask| is_contact(ask)) else { return };
        let n_words = count_words(reading.text());
        let odds = reading.word_odds().of_message(Topic::BareAsk);
        let asks_to_decide = || reading.phrases(&DECISIONS).next().is_some();
        let text = match asks.iter().all(is_contact) {
            true if UNLIKELY < odds => "the only ask is to be in touch",
            false if PROBABLE_DESPITE_ANOTHER < odds && FEW_WORDS <= n_words && !asks_to_decide() => {
                "the only ask is probably to be in touch"
            }
            _ => return,
        };
        let range = contact.range.clone();
        findings
            .push(META.at(reading, range, text).with_help(
                "say what for, or by when: \"call me by Friday and I will set it aside for you\"",
            ));
    }
}

/// Probabilities by the words alone that outweigh what phrases found: that something is asked for beside a call (ours).
const UNLIKELY: f64 = 0.05;
const PROBABLE_DESPITE_ANOTHER: f64 = 0.85;
/// Below this many words one of them says too much about the rest (ours).
const FEW_WORDS: usize = 25;
