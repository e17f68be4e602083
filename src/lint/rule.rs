//! What a rule is.

use std::ops::Range;

use super::reading::{Kind, Reading};
use super::suppression::Suppressions;
use crate::config::Limits;
use crate::finding::{Finding, Place, Severity, Span};
use crate::script::speech::Pace;
use crate::script::{FrontMatter, Sequence};
use crate::table::Table;

pub trait Rule: Sync {
    fn meta(&self) -> &'static RuleMeta;

    /// Of which kind of message does it speak? Of a greeting, or a message in another language, hardly any rule has
    /// something true to say.
    fn judges(&self, kind: Kind) -> bool {
        kind == Kind::Voicemail
    }

    /// Looks at one message and says what it finds.
    fn check(&self, _context: &LintContext, _reading: &Reading, _findings: &mut Vec<Finding>) {}

    /// Looks at the file as a whole, the messages in the order in which they are left; a finding says which message it
    /// is about.
    fn check_sequence(&self, _context: &LintContext, _readings: &[Reading], _findings: &mut Vec<Finding>) {}

    /// Looks at the suppressions when all rules have run; `has_run` says of a code whether its rule is among them.
    fn check_suppressions(
        &self,
        _suppressions: &Suppressions,
        _has_run: &dyn Fn(&str) -> bool,
        _findings: &mut Vec<Finding>,
    ) {
    }
}

/// "About 31 s", of what is over `limit`: where whole seconds would be the limit itself, "just over 30 s".
pub fn about(seconds: f64, limit: f64) -> String {
    if seconds.round() <= limit { format!("just over {limit} s") } else { format!("about {seconds:.0} s") }
}

/// "; so is one other row": what a finding of one row of the data says of the rest.
pub fn other_rows(n_others: usize) -> String {
    match n_others {
        0 => String::new(),
        1 => "; so is one other row".to_owned(),
        n_others => format!("; so are {n_others} other rows"),
    }
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
            fix: None,
            message: 0,
            is_of_message: false,
        }
    }

    /// A finding about something that is missing: it points at the first sentence, where it would be expected.
    pub fn missing(&'static self, reading: &Reading, text: impl Into<String>) -> Finding {
        let first = reading.message.sentences().next().unwrap_or(0..0);
        Finding { is_of_message: true, ..self.at(reading, first, text) }
    }

    /// A finding about all of the message.
    pub fn of_message(&'static self, reading: &Reading, text: impl Into<String>) -> Finding {
        Finding { is_of_message: true, ..self.at(reading, 0..reading.text().len(), text) }
    }
}

/// What a rule may know besides the message.
pub struct LintContext<'a> {
    pub limits: &'a Limits,
    /// How fast the script will be said.
    pub pace: &'a Pace,
    /// Where a phone number without a country code belongs: `US`, `GB`.
    pub region: &'a str,
    /// The profile of the script, its own or the default.
    pub profile: &'a str,
    /// The whole file; where a template branches, without what is not said.
    pub source: &'a str,
    pub sequence: &'a Sequence,
    /// The rows that fill the placeholders, where the front matter names a file of them.
    pub data: Option<&'a Table>,
}

impl LintContext<'_> {
    pub fn front_matter(&self) -> &FrontMatter {
        &self.sequence.front_matter
    }

    /// What stands at a place of the plain text, as it is written in the file, on one line.
    pub fn quoted(&self, reading: &Reading, plain: Range<usize>) -> String {
        let written = reading.message.plain.source_span(plain).of(self.source);
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
