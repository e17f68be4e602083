//! A script as people write it: front matter, messages, sentences, placeholders, and where each stands in the file.
//!
//! [`parse`] never fails: what it cannot make sense of it reports as a [`Problem`] beside a value that can still be
//! linted. Reading order: [`markup`] cuts the text into what is spoken and what is not, [`plain`] turns it into the one
//! form that patterns are written against, [`number`] and [`contact`] find the contact details in it, [`verbalise`]
//! turns it into what will be said, [`speech`] says how long that takes.

pub mod best_time;
pub mod branches;
pub mod contact;
pub mod fill;
pub mod front_matter;
pub mod markup;
pub mod number;
pub mod outline;
pub mod placeholder;
pub mod plain;
mod sections;
pub mod sentence;
pub mod speech;
pub mod syllables;
pub mod verbalise;

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::Span;
pub use contact::{Mention, MentionKind};
pub use front_matter::FrontMatter;
pub use placeholder::{Owner, Placeholder, Role};
use plain::Plain;
use sections::{opens_call, sections};

/// One file: the messages in the order in which they are left.
#[derive(Debug, Clone)]
pub struct Sequence {
    pub front_matter: FrontMatter,
    pub messages: Vec<Message>,
    pub problems: Vec<Problem>,
    /// Every `<!-- … -->`; those of afterbeep are suppressions.
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
    /// One of several to choose from: a line or an item of a list, without a heading.
    pub is_listed: bool,
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
    let mut comments = Vec::new();
    let (mut messages, mut notes) = (Vec::new(), Vec::new());
    for section in sections(source, body_start) {
        let pieces = markup::pieces(source, section.body);
        comments.extend(section.comment);
        comments.extend(
            pieces.iter().filter(|piece| piece.kind == markup::Kind::Comment).map(|piece| piece.span),
        );
        let message = Message { is_listed: section.is_listed, ..message(source, section.title, &pieces) };
        if !message.plain.text().is_empty() {
            if section.is_note { &mut notes } else { &mut messages }.push(message);
        }
    }
    // A script under no other title than "Email" or "Background" is one.
    if messages.is_empty() {
        notes.retain(is_spoken_to_somebody);
        messages = notes;
    }
    // Beside messages, what speaks to nobody is written for the caller's eyes; not where each has its day.
    let has_days = front_matter.days.len() == messages.len();
    if 1 < messages.len() && !has_days && messages.iter().any(is_spoken_to_somebody) {
        messages.retain(is_spoken_to_somebody);
    }
    problems.sort_by_key(|problem| problem.span);
    Sequence { front_matter, messages, problems, comments }
}

/// The text of a message without comments and the marks of Markdown, HTML and SSML; with its directions, its placeholders and
/// the tags between which one branch is said. No two empty lines follow each other.
pub fn as_said(source: &str, span: Span) -> String {
    use markup::Kind;
    let pieces = markup::pieces(source, span).into_iter();
    let said = pieces.map(|piece| match piece.kind {
        Kind::Comment => Cow::Borrowed(""),
        Kind::Markup if branches::tags(piece.span.of(source)).next().is_none() => Cow::Borrowed(""),
        Kind::Spoken => html_escape::decode_html_entities(piece.span.of(source)),
        Kind::Markup | Kind::Direction | Kind::Placeholder(..) => Cow::Borrowed(piece.span.of(source)),
    });
    let said: String = said.collect();
    let mut lines: Vec<&str> = said.trim().lines().map(str::trim_end).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n")
}

/// Does it greet, give a number, or speak of me or us to you?
fn is_spoken_to_somebody(message: &Message) -> bool {
    const ME: [&str; 14] =
        ["i", "i'm", "i'd", "i'll", "i've", "me", "my", "us", "we", "we're", "we'd", "we'll", "we've", "our"];
    const YOU: [&str; 7] = ["you", "your", "you're", "you'd", "you'll", "you've", "yours"];
    let text = message.plain.text().to_ascii_lowercase();
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'');
    let addresses = |sentence: &str| opens_call(sentence) || sentence.starts_with("your ");
    let greets = || sentence::ranges(&text).any(|sentence| addresses(&text[sentence]));
    message.phone_numbers().next().is_some()
        || greets()
        || words.clone().any(|word| ME.contains(&word)) && words.any(|word| YOU.contains(&word))
}

fn message(source: &str, title: Option<String>, pieces: &[markup::Piece]) -> Message {
    let (written, placeholders) = plain::written(source, pieces);
    let mentions = contact::find(&written, &placeholders);
    let plain = plain::spoken(&written, &mentions);
    let span = plain.source_span(0..plain.text().len());
    let mentions = mentions.into_iter().map(|mention| mention.located(&written)).collect();
    Message { title, is_listed: false, span, placeholders, mentions, plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_starts_a_message_and_names_it() {
        let sequence = parse("Hi before.\n\n# First try\nHi.\n\n## Second #\nHello again.\n#1 in sales.\n");
        let titles: Vec<_> = sequence.messages.iter().map(|message| message.title.as_deref()).collect();
        assert_eq!(titles, [None, Some("First try"), Some("Second")]);
        assert!(sequence.messages[2].plain.text().contains("#1 in sales"));
    }

    #[test]
    fn what_is_commented_out_has_no_titles() {
        let said = "Hi Sam, this is Dana.";
        for comment in [
            "<!--\n# Old draft\nUm, call ASAP.\n-->",
            "<!-- old:\n---\nHello Bob, this is Ann.\n-->",
            "<!--\nVoicemail 2:\nHello Bob.\n--> <!-- and\n# more\n-->",
            "{% comment %}\n# Old\nUm.\n{% endcomment %}",
            "{{!--\n## Old\nUm.\n--}}",
            "Note: <!-- not\nsaid at all -->",
        ] {
            let sequence = parse(&format!("{comment}\n{said}\n"));
            let texts: Vec<_> = sequence.messages.iter().map(|message| message.plain.text()).collect();
            assert_eq!(texts, [said], "{comment}");
        }
        let underlined = parse("Hé\n<!--\n\n-->\n=====\nHi Sam, this is Dana.\n");
        assert_eq!(underlined.messages[0].title, None, "the comment stands between");
        let open = parse("<!-- open\n# One\nHi Sam.\n");
        assert_eq!(open.messages[0].title.as_deref(), Some("One"), "it is no comment");
        let hello = "Hi Sam, this is Dana from Kestrel.\nHello from the whole team! Call me.\n";
        assert_eq!(parse(hello).messages.len(), 1);
    }

    #[test]
    fn messages_are_parted_by_rules_and_underlined_titles_too() {
        let titles = |source: &str| -> Vec<Option<String>> {
            parse(source).messages.into_iter().map(|message| message.title).collect()
        };
        let title = |title: &str| Some(title.to_owned());
        assert_eq!(titles("Hi Sam, call me.\n\n---\n\nHi Sam, me again.\n"), [None, None]);
        assert_eq!(titles("Hi Sam.\n\n---\n\nCall me on 404-555-0142.\n"), [None]);
        let underlined = "Day 1\n-----\nHi Sam, call me.\n\nDay 4\n=====\nHi Sam, me again.\n";
        assert_eq!(titles(underlined), [title("Day 1"), title("Day 4")]);
    }

    #[test]
    fn what_speaks_to_nobody_is_no_message_beside_one_that_does() {
        let titles = |source: &str| -> Vec<Option<String>> {
            parse(source).messages.into_iter().map(|message| message.title).collect()
        };
        let script = "Hi {{name}}, this is {{rep}}. Call me at {{phone}}.\n";
        let playbook = format!(
            "# Playbook\nOwner: RevOps\n\n## Script\n{script}\n## Rep notes\nSmile.\n\n### Timing\nSay hi \
             slowly, I told you.\n\n## The number\nSlow down.\n\n```yaml\n# a comment\n```\n"
        );
        assert_eq!(titles(&playbook), [Some("Script".to_owned())]);
        assert_eq!(titles("# One\nSmile.\n"), [Some("One".to_owned())]);
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
