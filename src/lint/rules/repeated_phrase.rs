//! `AB305 repeated-phrase`: the same words twice.

use std::collections::HashMap;
use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct RepeatedPhrase;

static META: RuleMeta = RuleMeta {
    code: "AB305",
    name: "repeated-phrase",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/repeated-phrase.md"),
};

impl Rule for RepeatedPhrase {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let n_words = context.limits.repeated_words.max(2.0) as usize;
        let words: Vec<Range<usize>> = words(reading.text()).collect();
        let mut seen: HashMap<Vec<&str>, usize> = HashMap::new();
        let lower = reading.phrase_text().lower();
        let mut next = 0;
        for start in 0..words.len().saturating_sub(n_words - 1) {
            let run = &words[start..start + n_words];
            let run: Vec<&str> = run.iter().map(|word| &lower[word.clone()]).collect();
            // The number and what is filled in are said twice on purpose.
            if run.iter().any(|word| word.starts_with('{')) {
                continue;
            }
            let first = *seen.entry(run).or_insert(start);
            if first + n_words <= start && next <= start {
                let range = words[start].start..words[start + n_words - 1].end;
                let text = format!("\"{}\" is said a second time", &reading.text()[range.clone()]);
                findings.push(META.at(reading, range, text).with_help("say it once, and the number twice"));
                next = start + n_words;
            }
        }
    }
}

/// Words without the marks around them; a token is one.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut offset = 0;
    let words = text.split([' ', '\n']).map(move |word| {
        let start = offset;
        offset += word.len() + 1;
        let bare = word.trim_start_matches(|mark: char| !mark.is_alphanumeric() && mark != '{');
        let from = start + word.len() - bare.len();
        from..from + bare.trim_end_matches(|mark: char| !mark.is_alphanumeric() && mark != '}').len()
    });
    words.filter(|word| !word.is_empty())
}
