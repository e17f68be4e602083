//! `AB704 broken-placeholder`: brackets that nothing will fill in.

mod conditionals;
mod empty_cells;

use std::ops::Range;

use crate::finding::{Finding, Severity, Span};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::markup::{self, Kind, Piece};
use crate::script::placeholder::{Style, is_named_in_code};

pub struct BrokenPlaceholder;

static META: RuleMeta = RuleMeta {
    code: "AB704",
    name: "broken-placeholder",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/broken-placeholder.md"),
};

impl Rule for BrokenPlaceholder {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let source = context.source;
        for range in nameless(reading.text()) {
            let text = "this is what stands where a name is missing";
            findings
                .push(META.at(reading, range, text).with_help("say \"there\", or give the field a default"));
        }
        let lines = whole_lines(source, reading.message.span);
        if !lines.of(source).contains(OPENINGS) {
            return;
        }
        // What is broken breaks what stands behind it: one finding a line.
        let mut line_end = 0;
        for piece in markup::pieces(source, lines) {
            let Some((span, text)) = fault(source, piece).filter(|(span, _)| line_end <= span.start) else {
                continue;
            };
            line_end = source[span.start..].find('\n').map_or(source.len(), |length| span.start + length);
            findings.push(META.at_span(span, text).with_help("write it as one pair with a name inside"));
        }
    }

    fn check_sequence(&self, context: &LintContext, _: &[Reading], findings: &mut Vec<Finding>) {
        if let Some(table) = context.data {
            let cells = empty_cells::empty_cells(context.source, &context.sequence.messages, table);
            findings.extend(cells.into_iter().map(|(span, text)| {
                META.at_span(span, text).with_help("fill the cell, or say it only `if` there is a value")
            }));
        }
        findings.extend(conditionals::unbalanced(context.source).into_iter().map(|(span, text)| {
            META.at_span(span, text).with_help("a template that branches ends each branch where it began")
        }));
    }
}

/// Brackets, and what else a placeholder begins with that may be left open.
const OPENINGS: [char; 8] = ['{', '}', '[', ']', '<', '%', '|', '\u{ab}'];

/// "Hi null", "Your undefined is ready".
fn nameless(text: &str) -> impl Iterator<Item = Range<usize>> {
    const BEFORE: [&str; 14] = [
        "Hi ", "Hello ", "Hey ", "Dear ", "this is ", "This is ", "Your ", "your ", "the ", "The ", "at ",
        "for ", "from ", "with ",
    ];
    const LEFT: [&str; 7] = ["null", "undefined", "None", "NaN", "nil", "TBD", "#N/A"];
    BEFORE.into_iter().flat_map(move |before| {
        text.match_indices(before).filter_map(move |(at, _)| {
            let start = at + before.len();
            let left = LEFT.into_iter().find(|left| text[start..].starts_with(left))?;
            let end = start + left.len();
            (!text[end..].starts_with(|next: char| next.is_alphanumeric() || next == '\''))
                .then_some(start..end)
        })
    })
}

fn fault(source: &str, piece: Piece) -> Option<(Span, &'static str)> {
    let text = piece.span.of(source);
    match piece.kind {
        Kind::Placeholder(Style::Blank, _) => None,
        Kind::Placeholder(Style::Bracket, content) if is_task(source, piece.span, content.of(source)) => None,
        Kind::Placeholder(_, content) if content.of(source) == "object Object" => {
            Some((piece.span, "this is what a program leaves where a value is missing"))
        }
        Kind::Placeholder(_, content) if content.of(source).trim().is_empty() => {
            Some((piece.span, "these brackets hold no name"))
        }
        Kind::Placeholder(style, content) if is_nested(style, content.of(source)) => {
            Some((piece.span, "brackets within brackets: this placeholder cannot be filled in"))
        }
        Kind::Spoken => {
            let mut openings =
                text.match_indices(OPENINGS).map(|(offset, opening)| (offset, opening.as_bytes()[0]));
            let start = openings.find(|(offset, opening)| match opening {
                b'{' | b'}' | b'[' | b']' => !closes_triple(source, piece.span.start + offset),
                _ => opens_name(source, piece.span.start + offset),
            });
            let (start, bracket) = start?;
            let at = piece.span.start + start;
            let problem = match bracket {
                b'{' | b'[' | b'<' => "this bracket is opened and not closed",
                b'%' | b'|' | LEADING_GUILLEMET => "this placeholder is opened and not closed",
                _ => "this bracket is closed and not opened",
            };
            Some((Span::new(at, at + source[at..].chars().next().map_or(1, char::len_utf8)), problem))
        }
        _ => None,
    }
}

/// The first byte of `«`.
const LEADING_GUILLEMET: u8 = 0xc2;

/// `«FirstName`, `<first_name,`, `%FNAME,` and `*|FNAME*`: a name as code has it, after what opens a placeholder.
fn opens_name(source: &str, offset: usize) -> bool {
    let (before, rest) = source.split_at(offset);
    if let Some(rest) = rest.strip_prefix('\u{ab}') {
        // A quotation is closed, and begins with a word that is no name of a field.
        let name = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next();
        let is_closed = rest.lines().next().is_some_and(|line| line.contains('\u{bb}'));
        return !is_closed && name.is_some_and(is_named_in_code);
    }
    let opens = match rest.as_bytes()[0] {
        b'<' => true,
        b'%' => !before.ends_with(char::is_alphanumeric),
        b'|' => before.ends_with('*'),
        _ => return false,
    };
    let name = &rest[1..];
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let name = &name[..length];
    let is_code = name.contains('_') || 1 < length && name.bytes().all(|byte| byte.is_ascii_uppercase());
    opens && is_code && is_named_in_code(name)
}

/// `- [ ]` is a task of a list.
fn is_task(source: &str, span: Span, content: &str) -> bool {
    content.trim().is_empty() && source[..span.start].trim_end_matches(' ').ends_with(['-', '*', '+'])
}

/// `{{{x}}}` is how some templates leave a value unescaped.
fn is_nested(style: Style, content: &str) -> bool {
    let inside =
        if style == Style::DoubleBrace { content.strip_prefix('{').unwrap_or(content) } else { content };
    // Braze names what it knows of a person `${first_name}`.
    let inside = inside.replacen("${", "", 1);
    style != Style::Php && inside.contains(['{', '[']) && !inside.contains(['\'', '"'])
}

/// The third brace of a `{{{x}}}`.
fn closes_triple(source: &str, offset: usize) -> bool {
    let before = &source[..offset];
    source[offset..].starts_with('}')
        && before.ends_with("}}")
        && before
            .rfind("{{")
            .is_some_and(|open| before[..open].ends_with('{') || before[open..].starts_with("{{{"))
}

/// A bracket that is no word lies outside of the message's own span.
fn whole_lines(source: &str, span: Span) -> Span {
    let start = source[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = source[span.end..].find('\n').map_or(source.len(), |newline| span.end + newline);
    Span::new(start, end)
}
