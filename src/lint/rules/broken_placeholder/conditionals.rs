//! Conditions of a template that are left open, or ended twice.

use crate::finding::Span;
use crate::script::branches::{TagKind, tags};

/// What is opened and not ended, and what ends nothing, in order. Of languages whose ends say what they end.
pub fn unbalanced(source: &str) -> Vec<(Span, &'static str)> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut found = Vec::new();
    for tag in tags(source).filter(|tag| tag.span.of(source).starts_with('{')) {
        if tag.end.is_none() {
            found.push((tag.span, "this tag is opened and not closed"));
        }
        match (tag.kind, open.last()) {
            (TagKind::Opens(word), _) => open.push((word, tag.span)),
            (TagKind::Parts, None) => found.push((tag.span, "no condition is open before this")),
            (TagKind::Parts, Some(_)) => {}
            (TagKind::Ends(word), Some((opened, _))) if *opened == word => drop(open.pop()),
            (TagKind::Ends(_), _) => found.push((tag.span, "nothing before this is left to be ended by it")),
        }
    }
    found.extend(open.into_iter().map(|(_, span)| (span, "this condition is never ended")));
    found.sort_by_key(|(span, _)| *span);
    found
}
