//! Lines that part the messages of a file: headings, labels, rules.

/// Words of titles over what is written for the caller's eyes, at their start.
const NOTES: &[&str] = &[
    "about this script", "after the call", "background", "before the call", "before you call",
    "best practice", "best practices", "cadence", "changelog", "checklist", "coaching", "delivery",
    "do's and don'ts", "dos and don'ts", "fields", "further reading", "goal", "goals", "guidelines",
    "how to use", "if they", "instructions", "internal", "license", "links", "notes and tips",
    "notes for the rep", "objective", "overview", "placeholders", "pro tip", "pro tips", "purpose",
    "references", "rep notes", "resources", "results", "revision history", "sources", "table of contents",
    "tips", "usage", "variables", "when to use", "why this works", "why it works",
];
/// The same, of the whole of a title: "Notes for Ann" is a message.
const WHOLE_NOTES: &[&str] = &["contents", "history", "note", "notes", "tip", "timing", "schedule"];

/// "📝 **Notes** (internal):" and "3. Tips for delivery".
pub fn is_note(title: &str) -> bool {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let is_number = |letter: char| letter.is_ascii_digit() || is_mark(letter);
    let title = title.trim_start_matches(is_number).to_ascii_lowercase();
    let title = match title.split_once('(') {
        Some((title, _)) if !title.trim().is_empty() => title,
        _ => title.as_str(),
    };
    let title = title.trim_end_matches(is_mark);
    let begins = |note: &&&str| {
        title.strip_prefix(**note).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    WHOLE_NOTES.contains(&title) || NOTES.iter().any(|note| begins(&note))
}

/// `## Second try` gives 2 and `Second try`; `#1 in sales` is no heading.
pub fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    Some((level, rest.trim().trim_end_matches('#').trim_end()))
}

/// A line under which a rule makes it a title, as Markdown has it: short, and no sentence.
pub fn is_underlined(line: &str, rule: &str) -> bool {
    let line = line.trim();
    let is_title =
        !line.is_empty() && line.len() <= LONGEST_LABEL && !line.ends_with(['.', '!', '?', ',', ';']);
    is_title && is_rule(rule) && rule.starts_with(['-', '=']) && !is_rule(line)
}

/// `---`, `* * *` and `=====` on a line of their own.
pub fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let Some(mark @ (b'-' | b'*' | b'_' | b'=')) = marks.next() else { return false };
    let n_more = marks.try_fold(0, |n_more, byte| (byte == mark).then_some(n_more + 1));
    n_more.is_some_and(|n_more| 2 <= n_more)
}

/// Bytes; a longer line is a sentence.
const LONGEST_LABEL: usize = 60;

/// `Voicemail 2 (day 4):` gives `Voicemail 2 (day 4)`: a numbered message, with an aside or none, and a colon at the end,
/// unless it can be nothing else: `VM #1 - New lead`.
pub fn label(line: &str) -> Option<&str> {
    const SURE: [&str; 3] = ["voicemail", "voice mail", "vm"];
    const KINDS: [&str; 9] =
        ["message", "attempt", "call", "touch", "script", "day", "option", "template", "version"];
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
    let is_marked = line.ends_with(':') || sure.is_some();
    (is_numbered && is_aside && is_marked && title.len() <= LONGEST_LABEL).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_notes_are_told_from_those_of_messages() {
        for title in [
            "Notes", "3. Notes", "\u{1f4dd} Notes", "**Notes**", "Notes (internal)", "Tips:", "Rep notes",
            "Delivery tips", "Pro tips", "Before you call", "If they call back", "How to use this page",
            "Do's and don'ts", "Cadence", "Revision history",
        ] {
            assert!(is_note(title), "{title}");
        }
        for title in
            ["Notes for Ann", "Day 1", "Goalkeepers", "First try", "Script", "Message for the Links", ""]
        {
            assert!(!is_note(title), "{title}");
        }
    }

    #[test]
    fn labels_of_messages_stand_alone() {
        for line in
            ["Voicemail 1", "VM #1 - New lead", "**Day 1:**", "Option A:", "Template 2:", "call 3 (noon):"]
        {
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
