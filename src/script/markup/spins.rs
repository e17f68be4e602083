//! Texts that are said one way or another: `{Hi|Hello}`.

use super::{Kind, LONGEST, Piece, is_identifier, within_reach};
use crate::finding::Span;
use crate::script::placeholder::{is_named_in_code, is_named_in_parenthesis};

/// `{Hi|Hello}` is said one way or the other; `{first_name|there}` is a placeholder with what stands in for it. Where the first
/// way ends, and the bracket closes.
pub fn spin(text: &str, start: usize) -> Option<(usize, usize)> {
    let reach = within_reach(text, start + 1);
    let close = reach.find(['}', '{', '\n']).filter(|close| reach[*close..].starts_with('}'))?;
    let bar = reach[..close].find('|')?;
    let first = reach[..bar].trim();
    let is_name = is_identifier(first) && (is_named_in_code(first) || first.contains(['_', '.']))
        || first.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && is_identifier(first)
        || is_named_in_parenthesis(first);
    (!first.is_empty() && !is_name).then_some((start + 1 + bar, start + 1 + close))
}

/// `|Hello}` of `{Hi|Hello}`: the first way is the one that is read.
pub fn other_spins(text: &str, start: usize) -> Option<Piece> {
    let from = text.floor_char_boundary(start.saturating_sub(LONGEST));
    let open = from + text[from..start].rfind(['{', '}', '\n'])?;
    let (bar, close) = spin(text, open).filter(|_| text[open..].starts_with('{'))?;
    (bar == start).then(|| Piece { kind: Kind::Direction, span: Span::new(start, close + 1) })
}
