//! What afterbeep has to say: the same type for line 3 of a script and second 7.4 of a recording.

use crate::units::Interval;

/// One thing worth changing, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable once released: `AB…` for scripts, `AD…` for recordings.
    pub code: &'static str,
    /// Stable once released, in kebab case.
    pub name: &'static str,
    pub severity: Severity,
    pub place: Place,
    /// What is wrong, in one sentence a caller understands.
    pub text: String,
    /// What to do instead.
    pub help: Option<String>,
    /// A change that cannot change the meaning.
    pub fix: Option<Fix>,
    /// Index of the message in its sequence; 0 for a recording.
    pub message: usize,
    /// It is about the message, whatever its words are: its place is only where to look first.
    pub is_of_message: bool,
}

impl Finding {
    /// Says what to do instead.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers a change that cannot change the meaning.
    pub fn with_fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Says which message of the sequence it is about.
    pub fn in_message(mut self, index: usize) -> Self {
        self.message = index;
        self
    }

    /// Is it as bad as the lowest severity that fails a run? `None` fails none.
    pub fn fails(&self, fail_on: Option<Severity>) -> bool {
        fail_on.is_some_and(|fail_on| fail_on <= self.severity)
    }
}

/// Puts `replacement` in the place of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
}

/// In rising order, so that `severity >= fail_on` reads as it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Advice,
    Warning,
    Error,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Advice, Self::Warning, Self::Error];

    pub fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    Text(Span),
    Time(Interval),
    /// About the recording as a whole: its length, its level.
    Whole,
}

/// Bytes `start..end` of a source text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span cannot end before it starts: {start} > {end}");
        Self { start, end }
    }

    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    pub fn of(self, source: &str) -> &str {
        &source[self.start..self.end]
    }
}
