//! Underscores: blanks to fill in, emphasis, and what is text.

use super::directions::is_direction;
use super::{Kind, LONGEST, Piece, within_reach};
use crate::finding::Span;
use crate::script::placeholder::Style;

/// `____`, with words run into it (`___rep name___`) or not.
pub fn blank(text: &str, start: usize) -> Option<Piece> {
    let underscores = |from: usize| text[from..].bytes().take_while(|byte| *byte == b'_').count();
    let n_opening = underscores(start);
    if n_opening < 2 {
        return underscore(text, start);
    }
    if let Some(piece) = mask(text, start).or_else(|| strong(text, start, n_opening)) {
        return Some(piece);
    }
    let inside = start + n_opening;
    let unfilled = Kind::Placeholder(Style::Blank, Span::new(inside, inside));
    let alone = Some(Piece { kind: unfilled, span: Span::new(start, inside) });
    let reach = within_reach(text, inside);
    // "is____with____": a blank at the end of a word is none that words are run into.
    let ends_word = text[..start].ends_with(char::is_alphanumeric);
    if ends_word || !reach.starts_with(|first: char| first.is_alphanumeric()) {
        return alone;
    }
    let Some(length) =
        reach.find(['_', '\n', '.', ',', '!', '?']).filter(|length| reach[*length..].starts_with("__"))
    else {
        return alone;
    };
    let content = Span::new(inside, inside + length);
    let end = content.end + underscores(content.end);
    Some(Piece { kind: Kind::Placeholder(Style::Blank, content), span: Span::new(start, end) })
}

/// Blanks that a telephone number is written into.
pub fn mask(text: &str, start: usize) -> Option<Piece> {
    const MASKS: [&str; 6] =
        ["___-___-____", "___.___.____", "___ ___ ____", "___-____", "(___) ___-____", "(___)___-____"];
    let mask = MASKS.iter().find(|mask| text[start..].starts_with(**mask))?;
    let span = Span::new(start, start + mask.len());
    Some(Piece { kind: Kind::Placeholder(Style::Blank, span), span })
}

/// A mark before or after `__404-555-0142__`; what begins with a letter stands for what is filled in.
fn strong(text: &str, start: usize, n_marks: usize) -> Option<Piece> {
    let inside = start + n_marks;
    let is_said =
        |content: &str| content.starts_with(|first: char| first.is_ascii_digit() || "($+".contains(first));
    let opens = || is_said(within_reach(text, inside).split('\n').next()?.split_once("__")?.0).then_some(());
    let closes = || {
        let near = &text[text.floor_char_boundary(start.saturating_sub(LONGEST))..start];
        is_said(near.rsplit('\n').next()?.rsplit_once("__")?.1).then_some(())
    };
    let is_mark = n_marks == 2 && opens().or_else(closes).is_some();
    is_mark.then(|| Piece { kind: Kind::Markup, span: Span::new(start, inside) })
}

/// `_Acme_` and `_[Name]_`: the marks are dropped; inside of a word, or alone, an underscore is text.
fn underscore(text: &str, start: usize) -> Option<Piece> {
    let is_of_word = |character: char| character.is_alphanumeric();
    let before = text[..start].ends_with(|last| is_of_word(last) || matches!(last, ']' | '}' | '>'));
    let after = text[start + 1..].starts_with(|next| is_of_word(next) || matches!(next, '[' | '{' | '<'));
    if before == after {
        return None;
    }
    let reach = within_reach(text, start + 1);
    let length = reach.find(['_', '\n']).filter(|length| after && reach[*length..].starts_with('_'));
    let direction = length.filter(|length| is_direction(&reach[..*length]));
    Some(match direction {
        Some(length) => Piece { kind: Kind::Direction, span: Span::new(start, start + length + 2) },
        None => Piece { kind: Kind::Markup, span: Span::new(start, start + 1) },
    })
}
