//! What parts the messages of a file: headings, labels, rules.

mod greetings;
mod notes;

pub use greetings::opens_call;
use greetings::{Greetings, beginning};
use notes::is_note;

use super::markup;
use crate::finding::Span;

/// The text between two titles.
pub struct Section {
    pub title: Option<String>,
    pub body: Span,
    /// On the line of the title.
    pub comment: Option<Span>,
    /// It is written for the caller's eyes, as its title says.
    pub is_note: bool,
    /// A line or an item of a list, one of several that each greet.
    pub is_listed: bool,
}

/// A Markdown heading starts a message, and so does a label ("Voicemail 2 (day 4):") on a line of its own, or a rule before
/// another greeting, and so does a line or an item of a list that greets anew; text before the first heading is a message of its
/// own.
pub fn sections(source: &str, start: usize) -> Vec<Section> {
    let body = Span::new(start, source.len());
    let first = Section { title: None, body, comment: None, is_note: false, is_listed: false };
    let mut sections = vec![first];
    let mut lines = Lines { before: "", is_first: true, is_code: false, notes: None };
    let mut greetings = Greetings::default();
    let mut offset = start;
    let mut comments = Comments { end: start, close: true };
    for line in source[start..].split_inclusive('\n') {
        let after = offset + line.len();
        if comments.cover(source, offset, after) {
            // A draft that was commented out has no titles, and ends none.
            lines.before = "";
        } else if let Some(title) = lines.title(line, &source[after..]) {
            if let Some(last) = sections.last_mut() {
                last.body.end = offset - title.n_bytes_before;
            }
            sections.push(Section {
                title: title
                    .text
                    .map(|text| text.split("<!--").next().unwrap_or_default().trim_end().to_owned()),
                body: Span::new(after, source.len()),
                comment: comment(line).map(|(start, end)| Span::new(offset + start, offset + end)),
                is_note: lines.notes.is_some(),
                is_listed: false,
            });
            greetings = Greetings::default();
        } else if greetings.begins_another(line)
            && let Some(last) = sections.last_mut()
        {
            last.is_listed = true;
            last.body.end = offset;
            let (body, is_note) = (Span::new(offset, source.len()), last.is_note);
            sections.push(Section { title: None, body, comment: None, is_note, is_listed: true });
        }
        offset = after;
    }
    sections
}

/// Comments of several lines.
struct Comments {
    /// Of the last one.
    end: usize,
    /// No comment is known to stay open.
    close: bool,
}

impl Comments {
    /// Does this line begin within a comment?
    fn cover(&mut self, source: &str, start: usize, end: usize) -> bool {
        let is_covered = start < self.end;
        let mut from = self.end.max(start);
        while let Some(mark) = source.get(from..end).and_then(|rest| rest.find(['<', '{'])) {
            let at = from + mark;
            from = at + 1;
            let is_html = source[at..].starts_with("<!--");
            if is_html && !self.close {
                continue;
            }
            match markup::comment_at(source, at) {
                Some(comment) => (self.end, from) = (comment.end, comment.end),
                None => self.close &= !is_html,
            }
        }
        is_covered
    }
}

/// Where the comment of a line starts and ends.
fn comment(line: &str) -> Option<(usize, usize)> {
    let start = line.find("<!--")?;
    Some((start, start + line[start..].find("-->")? + "-->".len()))
}

/// What is known of the lines so far.
struct Lines<'s> {
    before: &'s str,
    /// The line before begins a paragraph.
    is_first: bool,
    /// Between two fences.
    is_code: bool,
    /// The level of the heading over notes: what stands under it belongs to them.
    notes: Option<usize>,
}

struct Title<'s> {
    /// `None` where a rule parts two messages.
    text: Option<&'s str>,
    /// Of the line before, where that is the title.
    n_bytes_before: usize,
}

impl<'s> Lines<'s> {
    /// The title that a line is, or ends. `rest` is what follows it.
    fn title(&mut self, line: &'s str, rest: &str) -> Option<Title<'s>> {
        self.is_code ^= line.trim_start().starts_with("```");
        let title = match heading(line).filter(|_| !self.is_code) {
            Some((level, text)) => {
                self.notes = self.notes.filter(|notes| *notes < level);
                self.notes = self.notes.or(is_note(text).then_some(level));
                Some(Title { text: Some(text), n_bytes_before: 0 })
            }
            None => self.other_title(line, rest),
        };
        self.is_first = self.before.trim().is_empty();
        // What is a title begins no paragraph.
        self.before = if title.is_some() { "" } else { line };
        title
    }

    fn other_title(&self, line: &'s str, rest: &str) -> Option<Title<'s>> {
        if self.is_first && is_underlined(self.before, line) {
            return Some(Title { text: Some(self.before.trim()), n_bytes_before: self.before.len() });
        }
        if is_rule(line) && opens_call(&beginning(rest)) {
            return Some(Title { text: None, n_bytes_before: 0 });
        }
        label(line).map(|text| Title { text: Some(text), n_bytes_before: 0 })
    }
}

/// `## Second try` gives 2 and `Second try`; `#1 in sales` is no heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    Some((level, rest.trim().trim_end_matches('#').trim_end()))
}

/// A line under which a rule makes it a title, as Markdown has it: short, and no sentence.
fn is_underlined(line: &str, rule: &str) -> bool {
    let line = line.trim();
    let is_title =
        !line.is_empty() && line.len() <= LONGEST_LABEL && !line.ends_with(['.', '!', '?', ',', ';']);
    is_title && is_rule(rule) && rule.starts_with(['-', '=']) && !is_rule(line)
}

/// `---`, `* * *` and `=====` on a line of their own.
fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let Some(mark @ (b'-' | b'*' | b'_' | b'=')) = marks.next() else { return false };
    let n_more = marks.try_fold(0, |n_more, byte| (byte == mark).then_some(n_more + 1));
    n_more.is_some_and(|n_more| 2 <= n_more)
}

/// Bytes; a longer line is a sentence.
const LONGEST_LABEL: usize = 60;

/// `Voicemail 2 (day 4):` gives `Voicemail 2 (day 4)`: a numbered message, with an aside or none, and a colon at the end,
/// unless it can be nothing else: `VM #1 - New lead`.
fn label(line: &str) -> Option<&str> {
    const SURE: [&str; 3] = ["voicemail", "voice mail", "vm"];
    const KINDS: [&str; 9] =
        ["message", "attempt", "call", "touch", "script", "day", "option", "template", "version"];
    let is_bold = line.trim().strip_prefix("**").is_some_and(|rest| rest.trim_end().ends_with("**"));
    let line = line.trim().trim_matches('*');
    let title = line.trim_end_matches(':').trim_end();
    let starts = |kind: &&&str| title.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
    let sure = SURE.iter().find(starts);
    let kind = sure.or_else(|| KINDS.iter().find(starts))?;
    let rest = title[kind.len()..].trim_start().trim_start_matches('#');
    let number = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let letter = || number.strip_prefix(['A', 'B', 'C', 'D', 'E']).filter(|_| rest.len() == number.len());
    let after = letter().unwrap_or(number);
    let aside = after.trim();
    let is_parted = letter().is_none() || !after.starts_with('-');
    let is_aside =
        aside.is_empty() || is_parted && aside.starts_with(['(', '-', '\u{2013}', '\u{2014}', ',']);
    let is_numbered = (1..=2).contains(&(rest.len() - number.len())) || letter().is_some();
    let is_marked = line.ends_with(':') || sure.is_some() || is_bold;
    (is_numbered && is_aside && is_marked && title.len() <= LONGEST_LABEL).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_notes_are_told_from_those_of_messages() {
        for title in [
            "Notes",
            "3. Notes",
            "\u{1f4dd} Notes",
            "**Notes**",
            "Notes (internal)",
            "Tips:",
            "Rep notes",
            "Delivery tips",
            "Pro tips",
            "Before you call",
            "How to use this page",
            "Do's and don'ts",
            "Cadence",
            "Revision history",
            "Day 3 - Email",
            "Touch 2: LinkedIn message",
            "Email 1",
            "SMS template",
            "Step 4 (e-mail)",
            "Follow-up email",
            "Email (Day 1)",
            "Step 1 \u{2013} LinkedIn InMail (Day 1)",
            "Step 5 \u{2013} Text",
            "Text #2",
            "Step 2 (Day 3, email)",
            "Day 3: Send the email",
            "Email + LinkedIn",
            "If the gatekeeper answers",
            "If they answer",
        ] {
            assert!(is_note(title), "{title}");
        }
        for title in [
            "Notes for Ann",
            "Day 1",
            "Results are in",
            "Delivery reminder",
            "Background check",
            "Script",
            "",
            "Email follow-up",
            "Call 2 (email)",
            "LinkedIn lead",
            "Voicemail (after email)",
            "VM - email",
            "Day 2",
            "Text",
            "Emailed quote",
        ] {
            assert!(!is_note(title), "{title}");
        }
    }

    #[test]
    fn a_line_that_greets_anew_begins_a_message_and_a_second_hello_none() {
        let n = |source: &str| sections(source, 0).len();
        let listed =
            "- Hi Sam, this is Dana from Acme. Call 404-555-0142.\n- Hi Sam, it's Dana again. Call me.\n";
        assert_eq!(
            (n(listed), n(&listed.replace("- ", "")), n(&listed.replace("- ", "1. \u{201c}"))),
            (2, 2, 2)
        );
        assert!(sections(listed, 0).iter().all(|section| section.is_listed));
        for source in [
            "Hi Sam, this is Dana from Acme.\nHi there again, call me.\n",
            "Hi Sam,\nthis is Dana from Acme.\nCall me.\n",
            "Hello?\nHi Sam, this is Dana from Acme.\n",
            "Hi Sam, this is Dana, and I say\nhello from all of us.\n",
        ] {
            assert_eq!(n(source), 1, "{source}");
        }
    }

    #[test]
    fn labels_of_messages_stand_alone() {
        for line in [
            "Voicemail 1",
            "VM #1 - New lead",
            "**Day 1:**",
            "Option A:",
            "Template 2:",
            "call 3 (noon):",
            "**Day 4**",
            "**Attempt 2 - no reply**",
        ] {
            assert!(label(line).is_some(), "{line}");
        }
        for line in [
            "Call 555:",
            "Message 2 of them came:",
            "Call 5",
            "Day 1",
            "My number:",
            "Voicemail A-Z",
            "Option Apple:",
            "Voicemail 1 is the best of them.",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }

    #[test]
    fn rules_are_three_marks_or_more() {
        for (line, expected) in
            [("---\n", true), ("* * *", true), ("=====", true), ("--", false), ("-- -a", false), ("", false)]
        {
            assert_eq!(is_rule(line), expected, "{line}");
        }
    }
}
