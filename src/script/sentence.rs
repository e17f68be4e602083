//! Sentences of the plain text, in which each ends at a newline.

use std::ops::Range;

/// Ranges of the sentences, without the newlines; never empty ones.
pub fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split('\n').filter_map(move |sentence| {
        let range = start..start + sentence.len();
        start = range.end + 1;
        (!range.is_empty()).then_some(range)
    })
}

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "jr", "sr", "prof", "rev", "hon", "inc", "co", "corp", "ltd", "dept",
    "ext", "no", "vs", "approx", "appt", "e.g", "i.e", "u.s", "p.s",
];

/// Words with which no sentence ends.
const GO_ON: &[&str] = &[
    "a", "an", "and", "at", "but", "for", "from", "i'm", "is", "it's", "my", "of", "or", "our", "the", "to",
    "with", "your",
];

/// Does a sentence end after `before`, which ends in its closing punctuation, when `next` is the next character?
pub fn ends(before: &str, next: char) -> bool {
    let body = before.trim_end_matches(['"', '\'', ')']);
    let stops = body.len() - body.trim_end_matches(['.', '!', '?']).len();
    if stops == 0 {
        return false;
    }
    let only_dots = body.ends_with('.') && body[body.len() - stops..].bytes().all(|byte| byte == b'.');
    if !only_dots {
        return true;
    }
    if stops > 1 {
        // An ellipsis is a breath; only a capital after it begins something new, and not after "this is…".
        let word = body[..body.len() - stops].rsplit([' ', '\n']).next().unwrap_or_default();
        return next.is_ascii_uppercase() && !GO_ON.contains(&word.to_ascii_lowercase().as_str());
    }
    let word = body[..body.len() - 1].rsplit([' ', '\n']).next().unwrap_or_default();
    let word = word.trim_start_matches(['"', '\'', '(']).to_ascii_lowercase();
    let initial = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && word != "i";
    // "J.P. from Kestrel".
    let initials = word.len() == 3 && word.as_bytes()[1] == b'.';
    let clock = matches!(word.as_str(), "a.m" | "p.m");
    if clock {
        return next.is_ascii_uppercase();
    }
    let goes_on = initials && next.is_ascii_lowercase();
    !initial && !goes_on && !ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_initials_and_breaths_do_not_end_a_sentence() {
        for (before, next, expected) in [
            ("Call me.", 'T', true),
            ("Call me!", 't', true),
            ("for Mr.", 'J', false),
            ("J.", 'S', false),
            ("J.P.", 'f', false),
            ("in D.C.", 'T', true),
            ("and so...", 'i', false),
            ("and so...", 'I', true),
            ("at 9 a.m.", 't', false),
            ("at 9 a.m.", 'T', true),
            ("he said \"call.\"", 'T', true),
            ("comma,", 'T', false),
        ] {
            assert_eq!(ends(before, next), expected, "{before:?} before {next:?}");
        }
    }

    #[test]
    fn an_empty_line_is_no_sentence() {
        assert_eq!(ranges("ab\n\nf").collect::<Vec<_>>(), [0..2, 4..5]);
    }
}
