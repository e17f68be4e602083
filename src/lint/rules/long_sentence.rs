//! `AB303 long-sentence`: a sentence too long for one breath.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::plain;

pub struct LongSentence;

static META: RuleMeta = RuleMeta {
    code: "AB303",
    name: "long-sentence",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/long-sentence.md"),
};

impl Rule for LongSentence {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let limit = context.limits.max_words_per_sentence;
        for sentence in reading.message.sentences() {
            let n_words = plain::count_words(&reading.text()[sentence.clone()]);
            if limit < n_words as f64 {
                let text = format!("{n_words} words in one breath; the limit is {limit}");
                let help = "make two sentences of it: say the first, breathe, say the second";
                findings.push(META.at(reading, sentence, text).with_help(help));
            }
        }
    }
}
