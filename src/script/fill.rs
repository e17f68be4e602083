//! A template with its placeholders filled, as it will be said.

use super::Sequence;

/// `source`, which `sequence` was read from, with each placeholder replaced that has a value; the others stay. A value
/// is one line: line breaks in it become blanks, so that it can begin no heading.
pub fn fill<'v>(source: &str, sequence: &Sequence, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut placeholders: Vec<_> =
        sequence.messages.iter().flat_map(|message| &message.placeholders).collect();
    placeholders.sort_by_key(|placeholder| placeholder.span);
    let mut filled = String::with_capacity(source.len());
    let mut done = 0;
    for placeholder in placeholders {
        let (span, value) = (placeholder.span, value(placeholder.field()));
        if let Some(value) = value.filter(|_| done <= span.start) {
            filled.push_str(&source[done..span.start]);
            filled
                .extend(value.chars().map(|character| if character.is_control() { ' ' } else { character }));
            done = span.end;
        }
    }
    filled + &source[done..]
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
            "number" => Some("404-555-0142"),
            _ => None,
        };
        let filled = fill(source, &parse(source), value);
        let expected = "---\nfields: [name]\n---\nHi Zoë # Boo, this is [Your Name].\n\n# Second\nHi Zoë # Boo, \
                        call 404-555-0142.\n";
        assert_eq!(filled, expected);
        assert_eq!(fill(source, &parse(source), |_| None), source);
    }
}
