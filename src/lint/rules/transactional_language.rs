//! `AB403 transactional-language`: talk of money and of buying between the parties.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::{Matches, NOT_TRANSACTIONAL, TRANSACTIONAL};
use crate::lint::reading::{Reading, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct TransactionalLanguage;

static META: RuleMeta = RuleMeta {
    code: "AB403",
    name: "transactional-language",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/transactional-language.md"),
};

impl Rule for TransactionalLanguage {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        const HELP: &str =
            "speak of what they get and how they felt about it, and keep the money for the conversation";
        let harmless = Matches::of(&NOT_TRANSACTIONAL, reading.phrase_text());
        let mut by_phrase = reading.phrases_said(&TRANSACTIONAL).peekable();
        if by_phrase.peek().is_none()
            && let Some(sentence) = reading.word_odds().probable(Topic::Money)
        {
            let text = "this probably makes the call about money";
            findings.push(META.at(reading, sentence, text).with_help(HELP));
        }
        for range in by_phrase {
            let excused = harmless.overlapping(&range).is_some();
            if !excused {
                findings
                    .push(META.at(reading, range.clone(), "this makes the call about money").with_help(HELP));
            }
        }
    }
}
