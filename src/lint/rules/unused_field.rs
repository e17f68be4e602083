//! `AB703 unused-field`: a declared field that no message uses.

use std::collections::HashSet;

use crate::finding::{Finding, Severity, Span};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::front_matter;

pub struct UnusedField;

static META: RuleMeta = RuleMeta {
    code: "AB703",
    name: "unused-field",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unused-field.md"),
};

impl Rule for UnusedField {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, _: &[Reading], findings: &mut Vec<Finding>) {
        let fields = &context.front_matter().fields;
        if fields.is_empty() {
            return;
        }
        let messages = context.sequence.messages.iter();
        let used: HashSet<&str> = messages
            .flat_map(|message| &message.placeholders)
            .map(|placeholder| placeholder.field())
            .collect();
        let Some(declared) = front_matter::value_span(context.source, "fields") else { return };
        for field in fields.iter().filter(|field| !used.contains(field.as_str())) {
            let text = format!("no message uses the field `{field}`");
            let help = "use it, or take it out of `fields`";
            findings.push(META.at_span(place(context.source, declared, field), text).with_help(help));
        }
    }
}

/// Where the field is named.
fn place(source: &str, declared: Span, field: &str) -> Span {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let text = declared.of(source);
    let whole = text.match_indices(field).find(|(start, found)| {
        !text[..*start].ends_with(is_part) && !text[start + found.len()..].starts_with(is_part)
    });
    whole.map_or(declared, |(start, found)| {
        Span::new(declared.start + start, declared.start + start + found.len())
    })
}
