//! `AB701 mixed-placeholders`: two styles in one file.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::placeholder::Style;

pub struct MixedPlaceholders;

static META: RuleMeta = RuleMeta {
    code: "AB701",
    name: "mixed-placeholders",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/mixed-placeholders.md"),
};

impl Rule for MixedPlaceholders {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, _: &[Reading], findings: &mut Vec<Finding>) {
        let messages = context.sequence.messages.iter().enumerate();
        let placeholders = messages
            .flat_map(|(index, message)| {
                message.placeholders.iter().map(move |placeholder| (index, placeholder))
            })
            // A blank to write into is no field that something fills.
            .filter(|(_, placeholder)| placeholder.style != Style::Blank)
            // `${low}` may be a price in dollars.
            .filter(|(_, placeholder)| !placeholder.span.of(context.source).starts_with("${"));
        let mut first = None;
        let mut seen = Vec::new();
        for (index, placeholder) in placeholders {
            let first = *first.get_or_insert(placeholder);
            if placeholder.style == first.style || seen.contains(&placeholder.style) {
                continue;
            }
            seen.push(placeholder.style);
            let text = format!(
                "{} is written in another style than {}",
                placeholder.span.of(context.source),
                first.span.of(context.source)
            );
            let help = "write all placeholders one way, so that whatever fills them in finds them all";
            findings.push(META.at_span(placeholder.span, text).with_help(help).in_message(index));
        }
    }
}
