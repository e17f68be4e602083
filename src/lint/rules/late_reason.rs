//! `AB304 late-reason`: the reason comes late.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::phrases::REASON_CUES;
use crate::lint::reading::{PROBABLE, Reading, Reason, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta, about};

pub struct LateReason;

static META: RuleMeta = RuleMeta {
    code: "AB304",
    name: "late-reason",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/late-reason.md"),
};

impl Rule for LateReason {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let Some(stated) = stated_reason(reading) else { return };
        let limit = context.limits.late_reason_seconds;
        let is_late = |start: usize| limit < reading.seconds_before(start, context.pace);
        let start = clause_start(reading.text(), stated.start);
        let (start, reason, how) = if is_late(start) && !was_given_before(reading, is_late) {
            (start, stated, "")
        } else if let Some(sentence) = probable_late_reason(reading, is_late) {
            (sentence.start, sentence, "probably ")
        } else {
            return;
        };
        let text = format!(
            "the reason {how}comes {} in; the limit is {limit} s",
            about(reading.seconds_before(start, context.pace), limit)
        );
        findings.push(META.at(reading, reason, text).with_help("say why you call right after who you are"));
    }
}

/// Do the words say that phrases missed an earlier reason: those of the message, or those of a sentence that is not late, unless
/// those of the message say that it is?
fn was_given_before(reading: &Reading, is_late: impl Fn(usize) -> bool) -> bool {
    let odds = reading.word_odds();
    let early = || odds.of_sentences(Topic::Reason).filter(|(sentence, _)| !is_late(sentence.start));
    match odds.of_message(Topic::LateReason) {
        ..=UNLIKELY => true,
        ..EVEN => early().any(|(_, probability)| EVEN < probability),
        _ => false,
    }
}

/// Probability by the words of the message that its reason is late, below which it is not (ours).
const UNLIKELY: f64 = 0.05;
const EVEN: f64 = 0.5;

/// Where the reason is said outright: after "the reason I'm calling is", or the first that is more than a fact and speaks to
/// the listener, or else the first that is more than a fact. What stands before that was small talk.
fn stated_reason(reading: &Reading) -> Option<Range<usize>> {
    let reasons = reading.reasons();
    let text = reading.text();
    let outright =
        || reasons.iter().filter(|reason| !reason.is_mere_fact && !is_deadline(&text[reason.range.clone()]));
    let to_listener = |reason: &&Reason| speaks_to_listener(text, reason.range.start);
    let plain = outright().find(to_listener).or(outright().next()).or(reasons.first())?;
    let cue = reading.phrases(&REASON_CUES).next();
    Some(cue.filter(|cue| plain.range.start < cue.start).unwrap_or_else(|| plain.range.clone()))
}

/// What phrases take for a reason early on may be small talk: the sentence whose words speak most for a reason, and more for
/// it than against, where it is late and the words of the message say so too.
fn probable_late_reason(reading: &Reading, is_late: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let (sentence, probability) = reading.word_odds().most_telling(Topic::Reason)?;
    let is_probable = PROBABLE < reading.word_odds().of_message(Topic::LateReason) && EVEN < probability;
    (is_probable && is_late(sentence.start)).then_some(sentence)
}

/// "Before Friday": when to answer, which follows from what was said.
fn is_deadline(reason: &str) -> bool {
    ["before ", "by ", "until "].iter().any(|start| reason.to_ascii_lowercase().starts_with(start))
}

/// Does the sentence around `offset` say "you" or "your"? The valet lost the caller's keys, the listener's are found.
fn speaks_to_listener(text: &str, offset: usize) -> bool {
    let before = &text[offset.saturating_sub(LONGEST_SENTENCE)..offset];
    let after = &text[offset..text.len().min(offset + LONGEST_SENTENCE)];
    let halves = [before.rsplit('\n').next(), after.split('\n').next()];
    let mut words = halves.into_iter().flatten().flat_map(|half| half.split([' ', '\'']));
    words.any(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
        ["you", "your", "yours"].iter().any(|listener| word.eq_ignore_ascii_case(listener))
    })
}

/// Bytes on each side of a reason in which its sentence is looked for, so that the work stays linear.
const LONGEST_SENTENCE: usize = 300;

/// Where the clause begins that holds `offset`: "I'm calling about" belongs to the reason.
fn clause_start(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    let sentence = before.rfind('\n').map_or(0, |newline| newline + 1);
    [", ", "; ", ": ", " - "]
        .iter()
        .filter_map(|mark| before.rfind(mark).map(|start| start + mark.len()))
        .fold(sentence, usize::max)
}
