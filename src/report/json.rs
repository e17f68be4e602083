//! The JSON that other programs read: its keys are promises (`docs/lint.schema.json`, `docs/review.schema.json`).

use std::io::{self, Write};

use serde::Serialize;

use super::position::LineIndex;
use super::statistics::{self, Count};
use super::{Counts, LintRun, LintedFile, Unread};
use crate::finding::{Finding, Fix, Span};
use crate::script::branches::ways;
use crate::script::speech::{self, Pace};
use crate::script::{self, Message, Sequence};

/// The version of the shape; it changes when a reader would break.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Lint<'a> {
    version: u32,
    findings: Vec<LintFinding<'a>>,
    scripts: Vec<Script<'a>>,
    errors: Vec<Error<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<Statistic>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Error<'a> {
    path: &'a str,
    line: Option<usize>,
    text: &'a str,
}

#[derive(Serialize)]
struct Statistic {
    code: &'static str,
    name: &'static str,
    count: usize,
    fixable: usize,
}

#[derive(Serialize)]
pub(super) struct LintFinding<'a> {
    path: &'a str,
    message: usize,
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    text: &'a str,
    help: Option<&'a str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    fix: Option<LintFix<'a>>,
}

#[derive(Serialize)]
struct LintFix<'a> {
    replacement: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Script<'a> {
    path: &'a str,
    profile: &'a str,
    messages: Vec<ScriptMessage<'a>>,
}

#[derive(Serialize)]
struct ScriptMessage<'a> {
    title: Option<&'a str>,
    words: usize,
    spoken_words: usize,
    seconds: Range,
}

#[derive(Serialize)]
struct Range {
    low: f64,
    expected: f64,
    high: f64,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
}

/// `with_statistics`: how often each rule fired, as an array of its own.
pub fn write_lint(out: &mut impl Write, run: &LintRun, with_statistics: bool) -> io::Result<()> {
    let counts = Counts::of(run.files);
    let report = Lint {
        version: VERSION,
        findings: run.files.iter().flat_map(lint_findings).collect(),
        scripts: run.files.iter().map(script).collect(),
        errors: run.unread.iter().map(error).collect(),
        statistics: with_statistics
            .then(|| statistics::by_rule(run.files).into_iter().map(statistic).collect()),
        summary: Summary {
            files: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
            advice: counts.advice,
        },
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn error(unread: &Unread) -> Error<'_> {
    Error { path: &unread.path, line: unread.line, text: &unread.text }
}

fn statistic(count: Count) -> Statistic {
    Statistic { code: count.code, name: count.name, count: count.count, fixable: count.fixable }
}

pub(super) fn lint_findings(file: &LintedFile) -> Vec<LintFinding<'_>> {
    let index = LineIndex::new(&file.source);
    file.located().map(|(finding, span)| lint_finding(&file.path, &index, finding, span)).collect()
}

fn lint_finding<'a>(path: &'a str, index: &LineIndex, finding: &'a Finding, span: Span) -> LintFinding<'a> {
    let (start, end) = (index.position(span.start), index.position(span.end));
    LintFinding {
        path,
        message: finding.message,
        code: finding.code,
        name: finding.name,
        severity: finding.severity.name(),
        text: &finding.text,
        help: finding.help.as_deref(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        fix: finding.fix.as_ref().map(|fix| lint_fix(index, fix)),
    }
}

fn lint_fix<'a>(index: &LineIndex, fix: &'a Fix) -> LintFix<'a> {
    let (start, end) = (index.position(fix.span.start), index.position(fix.span.end));
    LintFix {
        replacement: &fix.replacement,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

fn script(file: &LintedFile) -> Script<'_> {
    let ways: Vec<Sequence> = ways(&file.source).iter().map(|way| script::parse(&way.text)).collect();
    let messages = file.sequence.messages.iter().map(|message| {
        // Of a template that branches, as the longest way says it.
        let said = ways.iter().filter_map(|way| way.messages.iter().find(|said| overlap(said, message)));
        let expected = |message: &&Message| speech::of(message, &file.pace).expected.0;
        let longest = said.max_by(|one, other| expected(one).total_cmp(&expected(other)));
        script_message(message, longest.unwrap_or(message), &file.pace)
    });
    Script { path: &file.path, profile: &file.profile, messages: messages.collect() }
}

fn overlap(one: &Message, other: &Message) -> bool {
    one.span.start < other.span.end && other.span.start < one.span.end
}

fn script_message<'a>(message: &'a Message, said: &Message, pace: &Pace) -> ScriptMessage<'a> {
    let speech = speech::of(said, pace);
    ScriptMessage {
        title: message.title.as_deref(),
        words: said.n_words(),
        spoken_words: speech.n_words,
        seconds: Range {
            low: rounded(speech.low.0),
            expected: rounded(speech.expected.0),
            high: rounded(speech.high.0),
        },
    }
}

/// To a tenth: an estimate has no more digits than that.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
