//! A template with its placeholders filled, as it will be said.

use super::{Message, Placeholder, Sequence};
use crate::finding::Span;

/// `source`, which `sequence` was read from, with each placeholder replaced that has a value; the others stay.
pub fn fill<'v>(source: &str, sequence: &Sequence, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let placeholders = sequence.messages.iter().flat_map(|message| &message.placeholders);
    within(source, Span::new(0, source.len()), placeholders, value)
}

/// One message of `source`, filled as in [`fill`].
pub fn fill_message<'v>(source: &str, message: &Message, value: impl Fn(&str) -> Option<&'v str>) -> String {
    within(source, message.span, &message.placeholders, value)
}

fn within<'p, 'v>(
    source: &str,
    span: Span,
    placeholders: impl IntoIterator<Item = &'p Placeholder>,
    value: impl Fn(&str) -> Option<&'v str>,
) -> String {
    let mut filled = String::new();
    let mut offset = span.start;
    for placeholder in placeholders {
        if let Some(value) = value(placeholder.field()).filter(|_| offset <= placeholder.span.start) {
            filled += &source[offset..placeholder.span.start];
            filled += &words(value);
            offset = placeholder.span.end;
        }
    }
    filled + &source[offset..span.end.max(offset)]
}

/// A value is words, whatever marks stand in it: it begins no heading, no direction and no other placeholder.
fn words(value: &str) -> String {
    let mut characters = value.chars().peekable();
    let mut words = String::with_capacity(value.len());
    // "(404) 555-0142" stays.
    let mut is_area_code = false;
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let is_mark = match character {
            '\n' | '\r' | '{' | '}' | '[' | ']' | '<' | '>' | '*' | '`' => true,
            '(' => {
                is_area_code = next.is_some_and(|next| next.is_ascii_digit());
                !is_area_code
            }
            ')' => !std::mem::take(&mut is_area_code),
            '#' => !next.is_some_and(|next| next.is_ascii_digit()),
            // "20 % off" and "$5" stay, `%off%` and `$x` would be placeholders.
            '%' => !words.trim_end().ends_with(|before: char| before.is_ascii_digit()),
            '$' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        words.push(if is_mark { ' ' } else { character });
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn what_has_a_value_is_filled_and_the_rest_stays() {
        let source = "---\nfields: [name]\n---\nHi {{name}}, this is [Your Name].\n\n# Second\nHi {{ name | upper }}, \
                      call {{number}}.\n";
        let value = |field: &str| match field {
            "name" => Some("Zoë\n# Boo"),
            "number" => Some("(404) 555-0142 (note all day) at 20% off, not %off% (#1)"),
            _ => None,
        };
        let filled = fill(source, &parse(source), value);
        let expected = "---\nfields: [name]\n---\nHi Zoë   Boo, this is [Your Name].\n\n# Second\nHi Zoë   Boo, \
                        call (404) 555-0142  note all day  at 20% off, not  off   #1.\n";
        assert_eq!(filled, expected);
        assert_eq!(fill(source, &parse(source), |_| None), source);
    }
}
