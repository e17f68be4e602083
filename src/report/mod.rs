//! Results in print: one file a format, no computation of its own. Scripts first, then recordings.

pub mod checkstyle;
pub mod comparison;
pub mod concise;
pub mod fingerprint;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod history;
pub mod json;
pub mod json_baseline;
pub mod json_review;
pub mod jsonl;
pub mod junit;
mod picture;
pub mod pitch_csv;
pub mod plan;
pub mod plot;
pub mod position;
pub mod rdjson;
mod recognition;
pub mod record;
pub mod rehearsal;
pub mod review;
pub mod review_csv;
pub mod review_html;
pub mod review_markdown;
#[cfg(feature = "parquet")]
pub mod review_parquet;
pub mod review_table;
pub mod row;
pub mod rules;
pub mod sarif;
pub mod statistics;
pub mod transcript;
pub mod uri;
mod xml;

use std::sync::Arc;

pub use recognition::is_report;

use crate::analysis::Analysis;
use crate::finding::{Finding, Place, Severity, Span};
use crate::metrics::Measurements;
use crate::scorecard::Scorecard;
use crate::scorecard::targets::Targets;
use crate::script::Sequence;
use crate::script::speech::Pace;
use crate::transcript::Transcript;
use crate::units::counted;

/// A script that was read, and what was found in it.
#[derive(Clone)]
pub struct LintedFile {
    /// As the user named it, or as the walk found it.
    pub path: String,
    pub source: String,
    pub sequence: Sequence,
    /// The profile it was linted by.
    pub profile: String,
    /// Codes of the rules that looked at it.
    pub rules: Arc<[&'static str]>,
    /// How fast it will be said.
    pub pace: Pace,
    pub findings: Vec<Finding>,
}

impl LintedFile {
    /// The findings that point at text, as those of a script do, in the order of the file.
    fn located(&self) -> impl Iterator<Item = (&Finding, Span)> {
        self.findings.iter().filter_map(|finding| match finding.place {
            Place::Text(span) => Some((finding, span)),
            Place::Time(_) | Place::Whole => None,
        })
    }
}

/// A script, or a folder of them, that could not be read or not be understood: why the exit code is 2.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    pub path: String,
    /// From 1, where it is known.
    pub line: Option<usize>,
    pub text: String,
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.text),
            None => write!(f, "{}: {}", self.path, self.text),
        }
    }
}

/// All that a run of the linter has to say.
#[derive(Clone, Copy)]
pub struct LintRun<'r> {
    pub files: &'r [LintedFile],
    pub unread: &'r [Unread],
    /// The lowest severity that fails the run; `None` where none does.
    pub fail_on: Option<Severity>,
}

/// A recording that was heard, and what was found in it.
pub struct ReviewedFile {
    pub path: String,
    pub sample_rate_hz: u32,
    pub channels: usize,
    pub codec: String,
    /// What was odd about the file and has been lived with.
    pub notes: Vec<String>,
    pub script: Option<Sequence>,
    pub transcript: Option<Transcript>,
    pub analysis: Analysis,
    pub measurements: Measurements,
    /// What it was graded by.
    pub targets: Targets,
    pub findings: Vec<Finding>,
    pub scorecard: Scorecard,
}

/// How many of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    pub files: usize,
    /// Files in which nothing is said: empty ones, front matter alone.
    pub silent: usize,
    /// Files whose front matter has an error.
    pub flawed: usize,
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
}

impl Counts {
    pub fn of(files: &[LintedFile]) -> Self {
        let is_silent = |file: &&LintedFile| file.sequence.messages.is_empty();
        let silent = files.iter().filter(is_silent).count();
        let is_flawed = |file: &&LintedFile| file.sequence.problems.iter().any(|problem| problem.is_error);
        let flawed = files.iter().filter(is_flawed).count();
        let mut counts = Self { files: files.len(), silent, flawed, ..Self::default() };
        for finding in files.iter().flat_map(|file| &file.findings) {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Advice => counts.advice += 1,
            }
        }
        counts
    }

    /// "1 error, 2 warnings in 3 scripts; 1 of them has no message".
    pub fn sentence(self) -> String {
        let silent = match self.silent {
            0 => String::new(),
            1 if self.files == 1 => "; it has no message".to_owned(),
            1 => "; 1 of them has no message".to_owned(),
            n => format!("; {n} of them have no message"),
        };
        let flawed = match self.flawed {
            0 => String::new(),
            1 if self.files == 1 => "; its front matter could not be read".to_owned(),
            n => format!("; the front matter of {n} could not be read"),
        };
        format!("{}{silent}{flawed}", self.of_findings())
    }

    fn of_findings(self) -> String {
        let scripts = counted(self.files, "script", "scripts");
        if self.files == 0 {
            return "no script was checked".to_owned();
        }
        if self.errors + self.warnings + self.advice == 0 {
            return format!("nothing to change in {scripts}");
        }
        let parts = [
            (self.errors, counted(self.errors, "error", "errors")),
            (self.warnings, counted(self.warnings, "warning", "warnings")),
            (self.advice, format!("{} advice", self.advice)),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        format!("{} in {scripts}", parts.join(", "))
    }
}

/// What is wrong and what to do instead, on one line.
fn sentence(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}; {help}", finding.text),
        None => finding.text.clone(),
    }
}

/// A path as code hosts name files, whatever the system.
pub fn slashed(path: &str) -> String {
    let path = if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

/// Text from a script or a file name, safe to print on a terminal: control and bidirectional characters are shown, not
/// obeyed.
pub fn printable(text: &str) -> String {
    let hidden = |character: char| {
        character.is_control() && character != '\t'
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(hidden) {
        return text.to_owned();
    }
    text.chars()
        .map(
            |character| {
                if hidden(character) {
                    format!("\\u{{{:x}}}", character as u32)
                } else {
                    character.to_string()
                }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_a_sentence() {
        assert_eq!(
            Counts { files: 1, errors: 1, warnings: 2, ..Counts::default() }.sentence(),
            "1 error, 2 warnings in 1 script"
        );
        assert_eq!(Counts { files: 2, ..Counts::default() }.sentence(), "nothing to change in 2 scripts");
        assert_eq!(
            Counts { files: 2, silent: 1, ..Counts::default() }.sentence(),
            "nothing to change in 2 scripts; 1 of them has no message"
        );
    }

    #[test]
    fn escape_sequences_are_shown() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
    }
}
