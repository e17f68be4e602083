//! `<!-- afterbeep: allow AB204 (their own words) -->`: on the line it speaks of or the line before it.

use super::registry;
use crate::finding::{Finding, Place, Span};

pub struct Suppressions(Vec<Suppression>);

struct Suppression {
    codes: Vec<&'static str>,
    /// `None` for the whole file.
    covers: Option<Span>,
}

impl Suppressions {
    pub fn read(source: &str, comments: &[Span]) -> Self {
        Self(comments.iter().filter_map(|comment| suppression(source, *comment)).collect())
    }

    pub fn cover(&self, finding: &Finding) -> bool {
        let Place::Text(span) = finding.place else { return false };
        self.0.iter().any(|suppression| {
            // A finding that starts earlier and runs into the line is about it too.
            let near =
                suppression.covers.is_none_or(|covers| span.start < covers.end && covers.start < span.end);
            near && suppression.codes.contains(&finding.code)
        })
    }
}

fn suppression(source: &str, comment: Span) -> Option<Suppression> {
    let body = comment.of(source).strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let order = body.strip_prefix("afterbeep:")?.trim_start();
    let (verb, rest) = order.split_once(' ')?;
    let covers = match verb {
        "allow" => Some(line_and_next(source, comment)),
        "allow-file" => None,
        _ => return None,
    };
    let names = rest.split('(').next().unwrap_or_default();
    let codes = names
        .split([',', ' '])
        .filter(|name| !name.is_empty())
        .filter_map(|name| registry::selected(name).ok())
        .flatten()
        .map(|index| registry::RULES[index].meta().code)
        .collect();
    Some(Suppression { codes, covers })
}

fn line_and_next(source: &str, comment: Span) -> Span {
    let start = source[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = end_of_line(source, comment.end);
    Span::new(start, end_of_line(source, line_end))
}

fn end_of_line(source: &str, from: usize) -> usize {
    source[from..].find('\n').map_or(source.len(), |newline| from + newline + 1)
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::lint::Linter;
    use crate::script::parse;

    fn codes(source: &str) -> Vec<&'static str> {
        let linter = Linter::new(Settings::selecting(&["AB204"])).expect("AB204 is a rule");
        linter.lint(source, &parse(source), None).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn on_the_line_or_the_line_before() {
        assert_eq!(codes("Call ASAP."), ["AB204"]);
        assert_eq!(codes("<!-- afterbeep: allow AB204 (their own words) -->\nCall ASAP."), [""; 0]);
        assert_eq!(codes("Call ASAP. <!-- afterbeep: allow commanding-tone -->"), [""; 0]);
        assert_eq!(codes("<!-- afterbeep: allow AB204 -->\nHi Ann.\nCall ASAP."), ["AB204"]);
        assert_eq!(codes("<!-- afterbeep: allow AB101 -->\nCall ASAP."), ["AB204"]);
        assert_eq!(codes("Hi Ann.\n\nCall ASAP.\n<!-- afterbeep: allow-file AB204 -->"), [""; 0]);
    }
}
