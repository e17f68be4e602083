//! `AB802 same-reason`: two messages of the sequence give the same reason to call.

use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::lint::reading::{Reading, Reason};
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::lint::sequence::{bare, most_alike, voicemails};

pub struct SameReason;

static META: RuleMeta = RuleMeta {
    code: "AB802",
    name: "same-reason",
    severity: Severity::Advice,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/same-reason.md"),
};

/// Words that two sentences on one matter have in common at the least (ours).
const FEWEST_WORDS: usize = 3;
/// Of the shorter reason, the share that makes it the same (ours).
const SAME: f64 = 0.6;

impl Rule for SameReason {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        if readings.len() < 2 {
            return;
        }
        let voicemails = voicemails(context, readings);
        let reasons: Vec<HashSet<String>> = voicemails.iter().map(|(_, reading)| words(reading)).collect();
        for (later, (index, reading)) in voicemails.iter().enumerate() {
            let alike = most_alike(&reasons, later, FEWEST_WORDS).filter(|(_, share)| SAME <= *share);
            let Some((earlier, _)) = alike else { continue };
            let Some(Reason { range: reason, .. }) = reading.reasons().first() else { continue };
            let text = format!("the same reason as in message {}", voicemails[earlier].0 + 1);
            let help = "who did not call back for it then will not now: find another";
            findings.push(META.at(reading, reason.clone(), text).with_help(help).in_message(*index));
        }
    }
}

/// The words that carry the sentence of the first reason: of four letters and more, without the names.
fn words(reading: &Reading) -> HashSet<String> {
    const SHORTEST: usize = 4;
    const LONGEST_SENTENCE: usize = 600;
    let Some(Reason { range: reason, .. }) = reading.reasons().first() else { return HashSet::new() };
    let text = reading.text();
    let from = text[reason.start.saturating_sub(LONGEST_SENTENCE)..reason.start].rfind(['\n', '.']);
    let from = from.map_or(reason.start.saturating_sub(LONGEST_SENTENCE), |stop| {
        reason.start.saturating_sub(LONGEST_SENTENCE) + stop + 1
    });
    let to = text[reason.end..].find('\n').map_or(text.len(), |stop| reason.end + stop);
    let introduction = reading.introduction();
    let names: Vec<String> = [&introduction.caller, &introduction.company, &introduction.recipient]
        .into_iter()
        .flatten()
        .map(|range| text[range.clone()].to_ascii_lowercase())
        .collect();
    let is_named = |word: &str| names.iter().any(|name| name.contains(word));
    let carries =
        |word: &String| SHORTEST <= word.len() && !FREQUENT.contains(&word.as_str()) && !is_named(word);
    let sentence = &text[from..to.min(from + 2 * LONGEST_SENTENCE)];
    sentence.split(' ').filter(|word| !word.starts_with('{')).map(bare).filter(carries).collect()
}

/// Words of every voicemail.
const FREQUENT: &[&str] = &[
    "about", "again", "back", "before", "calling", "call", "from", "have", "here", "just", "like", "ready",
    "that", "there", "this", "wanted", "what", "when", "will", "with", "would", "your", "you're", "been",
    "hello", "name",
];
