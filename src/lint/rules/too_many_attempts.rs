//! `AB804 too-many-attempts`: more voicemails than are polite.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::lint::sequence::voicemails;
use crate::units::counted;

pub struct TooManyAttempts;

static META: RuleMeta = RuleMeta {
    code: "AB804",
    name: "too-many-attempts",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/too-many-attempts.md"),
};

impl Rule for TooManyAttempts {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        let limit = context.limits.max_attempts;
        if readings.len() as f64 <= limit || is_library(context) {
            return;
        }
        let voicemails = voicemails(context, readings);
        if let Some((index, reading)) = voicemails.get(limit as usize) {
            let n = counted(voicemails.len(), "voicemail", "voicemails");
            let text = format!("{n} to one person; the limit is {limit}");
            let help = "persistence, not stalking: stop before this one, or try another channel";
            findings.push(META.missing(reading, text).with_help(help).in_message(*index));
        }
    }
}

/// Headings such as "Crown" and "Missed visit", of which none says a day or a turn: one is taken of so many, or another.
fn is_library(context: &LintContext) -> bool {
    const TURNS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "next", "last", "final", "follow", "again", "attempt",
        "breakup",
    ];
    let says_turn = |title: &str| {
        let title = title.to_ascii_lowercase();
        let mut words = title.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| TURNS.contains(&word) || word.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    let mut titles = context.sequence.messages.iter().map(|message| message.title.as_deref());
    context.front_matter().days.is_empty() && titles.all(|title| title.is_some_and(|title| !says_turn(title)))
}
