//! `AB702 unknown-placeholder`: a placeholder that the front matter does not declare.

use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::Placeholder;
use crate::script::placeholder::Style;
use crate::spelling::did_you_mean;

pub struct UnknownPlaceholder;

static META: RuleMeta = RuleMeta {
    code: "AB702",
    name: "unknown-placeholder",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unknown-placeholder.md"),
};

impl Rule for UnknownPlaceholder {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check_sequence(&self, context: &LintContext, _: &[Reading], findings: &mut Vec<Finding>) {
        let fields = &context.front_matter().fields;
        if fields.is_empty() {
            return;
        }
        let known: HashSet<&str> = fields.iter().map(String::as_str).collect();
        let mut seen = HashSet::new();
        for (index, message) in context.sequence.messages.iter().enumerate() {
            for placeholder in message.placeholders.iter().filter(|placeholder| is_field(placeholder)) {
                let name = placeholder.field();
                if known.contains(name) || !seen.insert(name) {
                    continue;
                }
                let is_compared = seen.len() <= MOST_HINTS;
                let hint = did_you_mean(name, fields.iter().map(String::as_str).filter(|_| is_compared));
                let text = format!("`{name}` is not among the fields of this template{hint}");
                let help = "add it to `fields` in the front matter, or write one of those";
                findings.push(META.at_span(placeholder.span, text).with_help(help).in_message(index));
            }
        }
    }
}

/// Ours: whoever mistyped more names of one template has other fields in mind.
const MOST_HINTS: usize = 20;

/// Not a blank, a mask or an empty pair of brackets.
fn is_field(placeholder: &Placeholder) -> bool {
    placeholder.style != Style::Blank && !placeholder.field().is_empty()
}
