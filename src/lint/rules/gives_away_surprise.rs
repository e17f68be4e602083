//! `AB601 gives-away-surprise`: a gift, a proposal, or a matter of health or law on a line that others may hear.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::lint::phrases::{Matches, NOT_PRIVATE, PRIVATE_MATTERS, SURPRISES};
use crate::lint::reading::{Reading, Topic};
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct GivesAwaySurprise;

static META: RuleMeta = RuleMeta {
    code: "AB601",
    name: "gives-away-surprise",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/gives-away-surprise.md"),
};

impl Rule for GivesAwaySurprise {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        if context.front_matter().contact.secure_line == Some(true) {
            return;
        }
        const HELP: &str = "say who you are and ask them to call; leave health and matters of law for the call (`profile: health` wants no reason)";
        let n_before = findings.len();
        for range in reading.phrases(&SURPRISES) {
            findings.push(
                META.at(reading, range, "someone else who plays this message learns of the surprise")
                    .with_help(
                        "say \"your order\"; or set contact.secure_line: true when the line is theirs alone",
                    ),
            );
        }
        let harmless = Matches::of(&NOT_PRIVATE, reading.phrase_text());
        let is_private = |range: &Range<usize>| harmless.overlapping(range).is_none();
        for range in reading.phrases_said(&PRIVATE_MATTERS).filter(is_private) {
            findings.push(
                META.at(reading, range, "someone else who plays this message learns of a private matter")
                    .with_help(HELP),
            );
        }
        if findings.len() == n_before
            && let Some(sentence) = reading.word_odds().probable(Topic::Private).filter(is_private)
        {
            let text = "someone else who plays this message probably learns of a private matter";
            findings.push(META.at(reading, sentence, text).with_help(HELP));
        }
    }
}
