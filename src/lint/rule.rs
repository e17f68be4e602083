//! What a rule is.

use std::ops::Range;

use super::reading::Reading;
use crate::config::Limits;
use crate::finding::{Finding, Place, Severity, Span};
use crate::script::FrontMatter;

pub trait Rule: Sync {
    fn meta(&self) -> &'static RuleMeta;

    /// Looks at one message and says what it finds.
    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>);
}

/// What every rule must tell about itself.
#[derive(Debug)]
pub struct RuleMeta {
    /// Stable once released.
    pub code: &'static str,
    /// Stable once released; its page is `fixtures/rules/<name>.md`, its code `rules/<name with _>.rs`.
    pub name: &'static str,
    pub severity: Severity,
    /// Off unless a profile or the configuration turns it on.
    pub on_by_default: bool,
    /// The page: what it does, why, an example, what to use instead, tests.
    pub explanation: &'static str,
}

impl RuleMeta {
    /// A finding at a range of the message's plain text.
    pub fn at(&'static self, reading: &Reading, plain: Range<usize>, text: impl Into<String>) -> Finding {
        self.at_span(reading.message.plain.source_span(plain), text)
    }

    /// A finding at a place in the source.
    pub fn at_span(&'static self, span: Span, text: impl Into<String>) -> Finding {
        Finding {
            code: self.code,
            name: self.name,
            severity: self.severity,
            place: Place::Text(span),
            text: text.into(),
            help: None,
            message: 0,
        }
    }

    /// A finding about something that is missing: it points at the first sentence, where it would be expected.
    pub fn missing(&'static self, reading: &Reading, text: impl Into<String>) -> Finding {
        let first = reading.message.sentences().next().unwrap_or(0..0);
        self.at(reading, first, text)
    }
}

impl Finding {
    /// Says what to do instead.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What a rule may know besides the message.
pub struct LintContext<'a> {
    pub limits: Limits,
    pub front_matter: &'a FrontMatter,
}
