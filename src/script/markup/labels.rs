//! Lines that are noted of a script and not said in it.

use crate::finding::Span;

/// Before a colon at the start of a line: what is noted of a script and not said in it.
const LABELS: &[&str] = &[
    "audience", "bcc", "cc", "coach note", "coach notes", "coaching note", "coaching notes", "coaching tip",
    "goal", "last updated", "objective", "owner", "rep note", "rep notes", "sent", "status", "subject",
    "tags", "tone", "when to use",
];
/// The same of an e-mail, where its subject stands below.
const HEADERS: &[&str] = &["from", "to", "date", "fw", "fwd"];

/// Lines such as "**When to use:** after a visit", "Owner: Ann | Status: live", "Page 1 of 3".
pub fn labelled_lines(source: &str, body: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut offset = body.start;
    for line in body.of(source).split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let words = line.trim_start_matches(['*', '_', '>', ' ', '-', '#']);
        let label = words.split([':', '*', '_']).next().unwrap_or_default();
        let is_page = || {
            words.starts_with("Page ")
                && words.contains(" of ")
                && words.trim().len() <= "Page 10 of 10".len()
        };
        // Few labels are longer; most lines have no colon at all.
        const LONGEST: usize = 16;
        let is_label = label.len() <= LONGEST && label.len() < words.trim_end().len() && {
            let label = label.trim().to_ascii_lowercase();
            let has_subject = || {
                let below =
                    &source[offset..source.floor_char_boundary((offset + LONGEST * LONGEST).min(body.end))];
                below.lines().take(4).any(|line| line.starts_with("Subject:"))
            };
            words[label.len().min(words.len())..].contains(':')
                && (LABELS.contains(&label.as_str()) || HEADERS.contains(&label.as_str()) && has_subject())
        };
        if is_label || is_page() {
            found.push(Span::new(start, start + line.trim_end().len()));
        }
    }
    found
}
