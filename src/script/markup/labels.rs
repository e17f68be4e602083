//! Lines that are noted of a script and not said in it.

use crate::finding::Span;

/// Lines such as "**When to use:** after a visit", "Owner: Ann | Status: live", "Page 1 of 3".
pub fn labelled_lines(source: &str, body: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut offset = body.start;
    for line in body.of(source).split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        if is_labelled(line.trim_end(), &source[offset..body.end]) {
            // A comment that begins in it may go on.
            let length = line.find("<!--").unwrap_or(line.trim_end().len());
            found.push(Span::new(start, start + length));
        } else if let Some(length) = part_label(line) {
            found.push(Span::new(start, start + length));
        }
    }
    found
}

/// Before a colon at the start of a line.
const LABELS: &[&str] = &[
    "audience", "bcc", "cc", "coach note", "coach notes", "coaching note", "coaching notes", "coaching tip",
    "goal", "last updated", "objective", "owner", "rep note", "rep notes", "sent", "status", "subject",
    "tags", "tone", "when to use",
];
/// The same where they begin with a capital.
const REMARKS: &[&str] = &["Note", "NOTE", "Notes", "NOTES", "Tip", "TIP", "Tips", "TIPS"];
/// The same of an e-mail, where its subject stands below.
const HEADERS: &[&str] = &["from", "to", "date", "fw", "fwd"];
const LINES_OF_HEADERS: usize = 4;
/// Bytes of the longest label, and a little more.
const LONGEST: usize = 16;
const LONGEST_PAGE: usize = "Page 10 of 10".len();

/// What a script or a part of it is called, before a colon at the start of a line; what stands after it is said.
const PARTS: &[&str] = &[
    "agent", "ask", "body", "call to action", "caller", "close", "closing", "cta", "greeting", "hook",
    "intro", "me", "message", "opener", "opening", "reason", "reason for call", "rep", "salesperson",
    "script", "sdr", "sign off", "sign-off", "value prop", "vm", "voicemail", "voicemail message",
    "voicemail script", "vm script",
];

/// Length of "CTA:" and "**Opening:**".
fn part_label(line: &str) -> Option<usize> {
    let (label, said) = line.split_once(':').filter(|(label, _)| label.len() <= LONGEST + 4)?;
    let name = label.trim_matches(['*', '_', ' ', '-']).to_ascii_lowercase();
    let n_marks = said.len() - said.trim_start_matches(['*', '_']).len();
    PARTS.contains(&name.as_str()).then_some(label.len() + 1 + n_marks)
}

/// "Example 4", before what the script is called, where the script itself is quoted below.
fn is_numbered(label: &str) -> bool {
    const KINDS: [&str; 5] = ["example", "script", "sample", "template", "version"];
    let mut words = label.split(' ');
    let kind = words.next().unwrap_or_default().to_ascii_lowercase();
    let number = words.next().unwrap_or_default().trim_start_matches('#');
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    KINDS.contains(&kind.as_str()) && is_number && words.next().is_none()
}

fn begins_with_quote(below: &str) -> bool {
    below.trim_start().starts_with(['"', '\u{201c}', '\''])
}

fn is_labelled(line: &str, below: &str) -> bool {
    let words = line.trim_start_matches(['*', '_', '>', ' ', '-', '#']);
    if words.starts_with("Page ") && words.contains(" of ") && words.len() <= LONGEST_PAGE {
        return true;
    }
    let Some((label, title)) = words.split_once(':').filter(|(label, _)| label.len() <= LONGEST) else {
        return false;
    };
    if is_numbered(label) && !title.trim().is_empty() && begins_with_quote(below) {
        return true;
    }
    let label = label.trim_end_matches(['*', '_', ' ']);
    if REMARKS.contains(&label) {
        return true;
    }
    let label = label.to_ascii_lowercase();
    let has_subject = || below.lines().take(LINES_OF_HEADERS).any(|line| line.starts_with("Subject:"));
    LABELS.contains(&label.as_str()) || HEADERS.contains(&label.as_str()) && has_subject()
}
