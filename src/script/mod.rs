//! A script as people write it: front matter, messages, sentences, placeholders, and where each stands in the file.
//!
//! [`parse`] never fails: what it cannot make sense of it reports as a [`Problem`] beside a value that can still be
//! linted. Reading order: [`markup`] cuts the text into what is spoken and what is not, [`plain`] turns it into the one
//! form that patterns are written against, [`number`] and [`contact`] find the contact details in it, [`verbalise`]
//! turns it into what will be said, [`speech`] says how long that takes.

pub mod best_time;
pub mod contact;
pub mod data;
pub mod fill;
pub mod front_matter;
pub mod markup;
pub mod number;
pub mod outline;
pub mod placeholder;
pub mod plain;
pub mod sentence;
pub mod speech;
pub mod syllables;
pub mod verbalise;

use std::ops::Range;

use crate::finding::Span;
pub use contact::{Mention, MentionKind};
pub use front_matter::FrontMatter;
pub use placeholder::{Owner, Placeholder, Role};
use plain::Plain;

/// One file: the messages in the order in which they are left.
#[derive(Debug, Clone)]
pub struct Sequence {
    pub front_matter: FrontMatter,
    pub messages: Vec<Message>,
    pub problems: Vec<Problem>,
    /// The lines on which `<!-- afterbeep: … -->` stands, for suppressions.
    pub comments: Vec<Span>,
}

/// Something wrong with the file rather than with what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub span: Span,
    pub text: String,
    /// Something was meant that could not be read, so that the findings may be wrong.
    pub is_error: bool,
}

/// One voicemail.
#[derive(Debug, Clone)]
pub struct Message {
    /// The Markdown heading over it, without the hashes.
    pub title: Option<String>,
    /// From the first to the last spoken byte; where a finding about the whole message points.
    pub span: Span,
    pub placeholders: Vec<Placeholder>,
    pub mentions: Vec<Mention>,
    /// What is spoken, in the form patterns are written against. See [`plain`].
    pub plain: Plain,
}

impl Message {
    /// Sentences as ranges of [`Self::plain`]; never empty ones.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        sentence::ranges(self.plain.text())
    }

    /// Words as people count them: a placeholder, a number or an address is one.
    pub fn n_words(&self) -> usize {
        plain::count_words(self.plain.text())
    }

    /// Every place where a telephone number is given, in order.
    pub fn phone_numbers(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| mention.kind == MentionKind::Phone)
    }
}

/// Reads a script. `source` is the whole file, with or without a byte-order mark, with LF or CRLF.
pub fn parse(source: &str) -> Sequence {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (front_matter, body_start, mut problems) = front_matter::read(source, start);
    let sections = sections(source, body_start);
    let mut comments = Vec::new();
    let mut messages = Vec::new();
    for section in sections {
        let pieces = markup::pieces(source, section.body);
        comments.extend(
            pieces.iter().filter(|piece| piece.kind == markup::Kind::Comment).map(|piece| piece.span),
        );
        let is_note = section.title.as_deref().is_some_and(is_note);
        let message = message(source, section.title, &pieces);
        if !is_note && !message.plain.text().is_empty() {
            messages.push(message);
        }
    }
    problems.sort_by_key(|problem| problem.span);
    Sequence { front_matter, messages, problems, comments }
}

/// Titles over what is written for the caller's eyes.
const NOTES: &[&str] = &[
    "about this script",
    "background",
    "best practices",
    "changelog",
    "checklist",
    "guidelines",
    "how to use",
    "how to use this script",
    "instructions",
    "license",
    "note",
    "notes",
    "references",
    "sources",
    "tip",
    "tips",
    "usage",
    "when to use",
    "when to use this script",
    "why this works",
    "why it works",
];

fn is_note(title: &str) -> bool {
    let title = title.trim_end_matches([':', '.', '!']).trim().to_ascii_lowercase();
    NOTES.contains(&title.as_str())
}

struct Section {
    title: Option<String>,
    body: Span,
}

/// A Markdown heading starts a message, and so does a label ("Voicemail 2 (day 4):") on a line of its own; text before the
/// first heading is a message of its own.
fn sections(source: &str, start: usize) -> Vec<Section> {
    let mut sections = vec![Section { title: None, body: Span::new(start, source.len()) }];
    let mut offset = start;
    for line in source[start..].split_inclusive('\n') {
        if let Some(title) = heading(line).or_else(|| label(line)) {
            if let Some(last) = sections.last_mut() {
                last.body.end = offset;
            }
            let body = Span::new(offset + line.len(), source.len());
            sections.push(Section { title: Some(title.to_owned()), body });
        }
        offset += line.len();
    }
    sections
}

/// `## Second try` gives `Second try`; `#1 in sales` is no heading.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    Some(rest.trim().trim_end_matches('#').trim_end())
}

/// Bytes; a longer line is a sentence.
const LONGEST_LABEL: usize = 60;

/// `Voicemail 2 (day 4):` gives `Voicemail 2 (day 4)`: a numbered message, with an aside or none, and a colon at the end.
fn label(line: &str) -> Option<&str> {
    const KINDS: [&str; 8] =
        ["voicemail", "voice mail", "vm", "message", "attempt", "call", "touch", "script"];
    let title = line.trim().trim_matches('*').strip_suffix(':')?.trim_end();
    let kind = KINDS
        .iter()
        .find(|kind| title.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind)))?;
    let rest = title[kind.len()..].trim_start().trim_start_matches('#');
    let number = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let aside = number.trim();
    let is_aside = aside.is_empty() || aside.starts_with(['(', '-', '\u{2013}', '\u{2014}', ',']);
    let n_digits = rest.len() - number.len();
    ((1..=2).contains(&n_digits) && is_aside && title.len() <= LONGEST_LABEL).then_some(title)
}

fn message(source: &str, title: Option<String>, pieces: &[markup::Piece]) -> Message {
    let (written, placeholders) = plain::written(source, pieces);
    let mentions = contact::find(&written, &placeholders);
    let plain = plain::spoken(&written, &mentions);
    let span = plain.source_span(0..plain.text().len());
    let mentions = mentions.into_iter().map(|mention| mention.located(&written)).collect();
    Message { title, span, placeholders, mentions, plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_starts_a_message_and_names_it() {
        let sequence = parse("Before.\n\n# First try\nHi.\n\n## Second #\nHello again.\n#1 in sales.\n");
        let titles: Vec<_> = sequence.messages.iter().map(|message| message.title.as_deref()).collect();
        assert_eq!(titles, [None, Some("First try"), Some("Second")]);
        assert!(sequence.messages[2].plain.text().contains("#1 in sales"));
    }

    #[test]
    fn a_numbered_label_on_its_line_starts_a_message() {
        let titles = |source: &str| -> Vec<Option<String>> {
            parse(source).messages.into_iter().map(|message| message.title).collect()
        };
        let two = "Voicemail 1:\nHi Sam, call me.\n\n**Voicemail 2 (day 4):**\nHi Sam, it's me again.\n";
        assert_eq!(titles(two), [Some("Voicemail 1".to_owned()), Some("Voicemail 2 (day 4)".to_owned())]);
        for one in ["Call 555:\nHi.", "Message 2 of them came:\nHi.", "My number:\n555-0142.", "Call 5"] {
            assert_eq!(titles(one), [None], "{one}");
        }
    }

    #[test]
    fn a_section_of_notes_is_no_message() {
        let sequence =
            parse("# Notes for Ann\nHi Ann.\n\n## Tips:\nSmile.\n\n## When to use\nAfter a visit.\n");
        let titles: Vec<_> = sequence.messages.iter().map(|message| message.title.as_deref()).collect();
        assert_eq!(titles, [Some("Notes for Ann")]);
    }

    #[test]
    fn an_empty_file_has_no_message() {
        for source in ["", "\u{feff}", " \r\n\r\n", "# Only a heading\n", "<!-- nothing -->"] {
            assert!(parse(source).messages.is_empty(), "{source:?}");
        }
    }

    #[test]
    fn spans_survive_bom_crlf_and_wide_characters() {
        let source = "\u{feff}Hé Zoë — it’s Renée.\r\nCall 404–555–0142.\r\n";
        let message = &parse(source).messages[0];
        assert!(message.span.of(source).starts_with("Hé"));
        let number = message.phone_numbers().next().expect("a number");
        assert_eq!(number.span.of(source), "404–555–0142");
    }
}
