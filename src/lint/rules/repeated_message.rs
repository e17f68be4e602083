//! `AB801 repeated-message`: a message of the sequence says again what an earlier one said.

use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::lint::sequence::{REACH, most_alike, runs, voicemails};

pub struct RepeatedMessage;

static META: RuleMeta = RuleMeta {
    code: "AB801",
    name: "repeated-message",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/repeated-message.md"),
};

/// Runs of three words tell a sentence said again from words in common (Broder 1997, "shingles").
const N_WORDS: usize = 3;
/// With fewer runs, about two sentences' worth, chance decides (ours).
const FEWEST_RUNS: usize = 8;
/// Of the shorter message, the share that makes it the same message again (ours).
const SAME: f64 = 0.6;

impl Rule for RepeatedMessage {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        if readings.len() < 2 {
            return;
        }
        let voicemails = voicemails(context, readings);
        let said: Vec<HashSet<u64>> = voicemails.iter().map(|(_, reading)| content(reading)).collect();
        for (later, (index, reading)) in voicemails.iter().enumerate() {
            let alike = most_alike(&said, later, FEWEST_RUNS).filter(|(_, share)| SAME <= *share);
            // Too short to compare, and the very same.
            let near = later.saturating_sub(REACH);
            let is_same =
                |(_, other): &(usize, &Reading)| other.text() == reading.text() && !said[later].is_empty();
            let same = || Some(near + voicemails[near..later].iter().position(is_same)?);
            let Some((earlier, share)) = alike.or_else(|| Some((same()?, 1.0))) else { continue };
            let earlier = voicemails[earlier].0 + 1;
            let text =
                format!("{:.0} % of this message was said in message {earlier} already", 100.0 * share);
            let help = "give them something new each time: another reason, another question";
            findings.push(META.missing(reading, text).with_help(help).in_message(*index));
        }
    }
}

/// What it says besides who calls and on which number.
fn content(reading: &Reading) -> HashSet<u64> {
    let text = reading.text();
    let introduction = reading.introduction();
    let greets = [&introduction.caller, &introduction.recipient];
    let greets: Vec<usize> = greets.into_iter().flatten().map(|range| range.start).collect();
    runs(text, N_WORDS, |sentence| {
        !greets.iter().any(|start| sentence.contains(start)) && !text[sentence.clone()].contains("{N")
    })
}
