//! `AB402 weak-opener`: a check-in, and no more than that.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::WEAK_OPENERS;
use crate::lint::reading::{Reading, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct WeakOpener;

static META: RuleMeta = RuleMeta {
    code: "AB402",
    name: "weak-opener",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/weak-opener.md"),
};

impl Rule for WeakOpener {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if !reading.reasons().is_empty() {
            return;
        }
        let by_phrase = reading.phrases(&WEAK_OPENERS).next().map(|range| {
            let text = format!("\"{}\" is the only purpose given", context.quoted(reading, range.clone()));
            (range, text)
        });
        let by_words = || {
            let sentence = reading.word_odds().probable(Topic::EmptyPurpose)?;
            Some((sentence, "this probably is the only purpose given".to_owned()))
        };
        if let Some((range, text)) = by_phrase.or_else(by_words) {
            findings.push(
                META.at(reading, range, text)
                    .with_help("bring something: news, an answer, a date, a thing they asked about"),
            );
        }
    }
}
