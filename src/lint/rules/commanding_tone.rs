//! `AB204 commanding-tone`: orders or pressure.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::COMMANDING;
use crate::lint::reading::{Reading, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct CommandingTone;

static META: RuleMeta = RuleMeta {
    code: "AB204",
    name: "commanding-tone",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/commanding-tone.md"),
};

impl Rule for CommandingTone {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        const HELP: &str = "nobody likes to be summoned: ask, and say what they gain by it";
        let mut by_phrase = reading.phrases_said(&COMMANDING).peekable();
        if by_phrase.peek().is_none()
            && let Some(sentence) = reading.word_odds().probable(Topic::Order)
            && !takes_pressure_off(&reading.text()[sentence.clone()])
        {
            findings.push(META.at(reading, sentence, "this probably sounds like an order").with_help(HELP));
        }
        for range in by_phrase {
            let words = &reading.text()[range.clone()];
            let after = &reading.text()[range.end..];
            if is_denied(&reading.text()[..range.start])
                || is_clinic(words, after)
                || is_supposed(words, after)
            {
                continue;
            }
            let text = format!("\"{}\" sounds like an order", context.quoted(reading, range.clone()));
            findings.push(META.at(reading, range.clone(), text).with_help(HELP));
        }
    }
}

/// "You don't need to call back today, no need to rush": words say the opposite in such company.
fn takes_pressure_off(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    ["no need", "n't need to", "n't have to", "no rush", "no hurry", "no pressure", "whenever"]
        .iter()
        .any(|words| lower.contains(words))
}

/// "Lakeshore Urgent Care".
fn is_clinic(words: &str, after: &str) -> bool {
    words.eq_ignore_ascii_case("urgent")
        && after.get(..5).is_some_and(|next| next.eq_ignore_ascii_case(" care"))
}

/// "You must have dropped your scarf": what happened, not what is to happen.
fn is_supposed(words: &str, after: &str) -> bool {
    const DONE: [&str; 14] = [
        "left", "forgotten", "been", "lost", "missed", "heard", "seen", "had", "got", "gone", "meant",
        "thought", "known", "taken",
    ];
    let next = after.trim_start().split([' ', ',', '.', '\n']).next().unwrap_or_default();
    words.to_ascii_lowercase().ends_with("must have") && (next.ends_with("ed") || DONE.contains(&next))
}

/// "It is not urgent.", "Nothing urgent.", "if you need to move it", "might you have ten minutes".
fn is_denied(before: &str) -> bool {
    const DENIALS: [&str; 11] =
        ["not", "n't", "nothing", "no", "if", "should", "whenever", "in case", "might", "do", "would"];
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(12))..];
    let Some(words) = near.strip_suffix(' ') else { return false };
    let words = words.to_ascii_lowercase();
    DENIALS.iter().any(|denial| {
        let rest = words.strip_suffix(denial);
        rest.is_some_and(|rest| *denial == "n't" || !rest.ends_with(|letter: char| letter.is_alphanumeric()))
    })
}
