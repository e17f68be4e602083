//! Cuts a message into what is spoken and what is not: placeholders, stage directions, comments, tags.

mod directions;
mod labels;
mod spins;
mod underscores;

use directions::{is_direction, is_instruction};
use labels::labelled_lines;
use spins::{other_spins, spin};
use underscores::{blank, mask};

use super::branches;
use super::placeholder::{self, Style};
use crate::finding::Span;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    pub kind: Kind,
    /// With its brackets.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Spoken,
    /// Filled in before the call; the span is of the text between the brackets.
    Placeholder(Style, Span),
    /// `[pause]`, `(smile)`, `*slowly*`: for the caller's eyes.
    Direction,
    /// `<!-- … -->`.
    Comment,
    /// SSML, HTML, emphasis marks.
    Markup,
}

/// Longest placeholder or direction looked for, in bytes; keeps unclosed brackets linear.
const LONGEST: usize = 240;

/// A mark that begins, or may begin, what is not spoken.
const IS_MARK: [bool; 256] = {
    let mut is_mark = [false; 256];
    let marks = b"<{[](%$_*`#>~|:-\xc2";
    let mut next = 0;
    while next < marks.len() {
        is_mark[marks[next] as usize] = true;
        next += 1;
    }
    is_mark
};

/// Pieces in order, without gaps.
pub fn pieces(source: &str, body: Span) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut spoken_from = body.start;
    let mut offset = body.start;
    let text = &source[..body.end];
    let mut comments_close = true;
    let mut without_mark = without_mark(source, body).into_iter().peekable();
    let mut found = Some(body.start);
    loop {
        while without_mark.next_if(|piece| piece.span.start < offset).is_some() {}
        // Sought anew only where it was passed, so that the work stays linear.
        if found.is_some_and(|found| found <= offset) {
            let mut rest = text.as_bytes()[offset..].iter();
            found = rest.position(|byte| IS_MARK[usize::from(*byte)]).map(|found| offset + found);
        }
        let next = without_mark.next_if(|piece| found.is_none_or(|found| piece.span.start <= found));
        let Some(start) = next.map(|piece| piece.span.start).or(found) else { break };
        let piece = if next.is_some() {
            next
        } else if text[start..].starts_with("<!--") && comments_close {
            let comment = comment(text, start);
            comments_close = comment.is_some();
            comment
        } else {
            special(text, start, spoken_from, body.start)
        };
        let Some(piece) = piece else {
            offset = start + 1;
            continue;
        };
        if spoken_from < piece.span.start {
            pieces.push(Piece { kind: Kind::Spoken, span: Span::new(spoken_from, piece.span.start) });
        }
        pieces.push(piece);
        offset = piece.span.end;
        spoken_from = offset;
    }
    if spoken_from < body.end {
        pieces.push(Piece { kind: Kind::Spoken, span: Span::new(spoken_from, body.end) });
    }
    pieces
}

/// Pieces that no mark begins, in order: labelled lines, and words in capitals that stand for what is filled in.
fn without_mark(source: &str, body: Span) -> Vec<Piece> {
    let lines = labelled_lines(source, body).into_iter().map(|span| Piece { kind: Kind::Direction, span });
    let capitals = capitals(source, body).into_iter();
    let capitals = capitals.map(|span| Piece { kind: Kind::Placeholder(Style::Capitals, span), span });
    let mut pieces: Vec<Piece> = lines.chain(capitals).collect();
    pieces.sort_by_key(|piece| piece.span.start);
    pieces
}

/// Words in capitals that stand for what is filled in: "this is YOUR NAME".
fn capitals(source: &str, body: Span) -> Vec<Span> {
    let text = body.of(source);
    let mut found = in_title_case(text, body.start);
    if !["NAME", "NUMBER", "PHONE", "COMPANY", "CELL", "PROSPECT"].iter().any(|word| text.contains(word)) {
        return found;
    }
    let is_of_phrase = |byte: u8| byte.is_ascii_uppercase() || byte == b' ';
    let mut next = 0;
    for phrase in text.split_inclusive(|letter: char| !letter.is_ascii() || !is_of_phrase(letter as u8)) {
        let start = next;
        next += phrase.len();
        let words = phrase.trim_end_matches(|letter: char| !letter.is_ascii_uppercase());
        // "… CALL" of "CALLs" is no word in capitals.
        let after = &text[start + words.len()..];
        let goes_on = after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let words = match words.rsplit_once(' ') {
            Some((rest, _)) if goes_on => rest.trim_end(),
            _ if goes_on => "",
            _ => words,
        };
        let from = start + (words.len() - words.trim_start().len());
        let words = words.trim_start();
        let is_cut = text[..from].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        if !is_cut && super::placeholder::is_named_in_capitals(words) {
            found.push(Span::new(body.start + from, body.start + from + words.len()));
        }
    }
    found
}

/// "call Your Number": what stands for the caller's own in templates, within a sentence.
fn in_title_case(text: &str, start: usize) -> Vec<Span> {
    const STAND_INS: [&str; 4] =
        ["Your Number", "Your Phone Number", "Your Callback Number", "Your Direct Line"];
    let places = text.match_indices("Your ").filter(|(at, _)| {
        let before = text[..*at].trim_end_matches([' ', '\u{a0}']);
        before.len() < *at && before.ends_with(|letter: char| letter.is_lowercase() || letter == ',')
    });
    let stand_in = |at: usize| {
        let after = |name: &str| text[at + name.len()..].chars().next().unwrap_or(' ');
        STAND_INS.iter().find(|name| text[at..].starts_with(**name) && !after(name).is_alphanumeric())
    };
    places.filter_map(|(at, _)| Some(Span::new(start + at, start + at + stand_in(at)?.len()))).collect()
}

/// The comment that begins at `start`, of HTML or of a template language.
pub fn comment_at(text: &str, start: usize) -> Option<Span> {
    let rest = &text[start..];
    let piece = match () {
        () if rest.starts_with("<!--") => comment(text, start),
        () if is_comment_of_liquid(rest) => until(text, start, "endcomment", "%}"),
        () if rest.starts_with("{{!--") => until(text, start, "--}}", ""),
        () => None,
    };
    piece.map(|piece| piece.span)
}

fn comment(text: &str, start: usize) -> Option<Piece> {
    let end = start + text[start..].find("-->")? + "-->".len();
    Some(Piece { kind: Kind::Comment, span: Span::new(start, end) })
}

/// `spoken_from`: where what is not yet in a piece begins.
fn special(text: &str, start: usize, spoken_from: usize, body_start: usize) -> Option<Piece> {
    let rest = &text[start..];
    match rest.as_bytes()[0] {
        b'<' if rest.starts_with("<?") => bracketed(text, start, "<?", "?>", Style::Php),
        b'<' if rest.starts_with("<%=") => bracketed(text, start, "<%=", "%>", Style::Erb),
        b'<' if rest.starts_with("<%") => {
            bracketed(text, start, "<%", "%>", Style::Erb).map(|piece| Piece { kind: Kind::Markup, ..piece })
        }
        b'<' if rest.starts_with("<<") => {
            bracketed(text, start, "<<", ">>", Style::DoubleAngle).or_else(|| angle(text, start))
        }
        b'<' => angle(text, start),
        b'{' if is_comment_of_liquid(rest) => until(text, start, "endcomment", "%}"),
        b'{' if rest.starts_with("{{!--") => until(text, start, "--}}", ""),
        b'{' if rest.starts_with("{{! ") => until(text, start, "}}", ""),
        b'{' if rest.starts_with("{%") => bracketed(text, start, "{%", "%}", Style::Brace)
            .map(|piece| Piece { kind: Kind::Markup, ..piece }),
        // Jinja's.
        b'{' if rest.starts_with("{# ") || rest.starts_with("{#- ") => until(text, start, "#}", ""),
        b'{' if rest.starts_with("{{{") => bracketed(text, start, "{{{", "}}}", Style::DoubleBrace)
            .or_else(|| bracketed(text, start, "{{", "}}", Style::DoubleBrace)),
        b'{' if rest.starts_with("{{") && braze(text, start).is_some() => braze(text, start),
        b'{' if rest.starts_with("{{") => {
            bracketed(text, start, "{{", "}}", Style::DoubleBrace).map(|piece| section_tag(text, piece))
        }
        b'{' if spin(text, start).is_some() => {
            Some(Piece { kind: Kind::Markup, span: Span::new(start, start + 1) })
        }
        b'{' => bracketed(text, start, "{", "}", Style::Brace),
        b'[' if rest.starts_with("[[") => bracketed(text, start, "[[", "]]", Style::DoubleBracket),
        b'[' => link_or_box(text, start).or_else(|| bracketed(text, start, "[", "]", Style::Bracket)),
        b']' => target(text, start),
        b'(' => mask(text, start).or_else(|| parenthesis(text, start)),
        0xc2 if rest.starts_with('\u{ab}') => {
            bracketed(text, start, "\u{ab}", "\u{bb}", Style::Guillemets).filter(is_mail_merge(text))
        }
        // AMPscript.
        b'%' if rest.starts_with("%%[") => until(text, start, "]%%", ""),
        b'%' if rest.starts_with("%%=") => bracketed(text, start, "%%=", "=%%", Style::DoublePercent),
        b'%' if rest.starts_with("%{") && !text[..start].ends_with(|last: char| last.is_ascii_digit()) => {
            bracketed(text, start, "%{", "}", Style::Percent)
        }
        b'%' if rest.starts_with("%%") => identifier(text, start, "%%", Style::DoublePercent),
        b'%' => identifier(text, start, "%", Style::Percent),
        b'$' => dollar(text, start),
        b'_' => variable(text, start, spoken_from).or_else(|| blank(text, start)),
        b'~' => named(text, start, "~", Style::Tilde),
        b'|' => other_spins(text, start).or_else(|| named(text, start, "|", Style::Pipe)),
        b'-' if rest.starts_with("--") => named(text, start, "--", Style::DoubleHyphen),
        b':' => colon(text, start),
        b'*' if rest.starts_with("*|") => {
            bracketed(text, start, "*|", "|*", Style::Piped).map(|piece| section_tag(text, piece))
        }
        b'*' | b'`' => emphasis(text, start),
        b'#' if rest.starts_with("#{") && !rest.starts_with("#{{") => {
            bracketed(text, start, "#{", "}", Style::HashBrace)
        }
        b'#' if rest.starts_with("##") => identifier(text, start, "##", Style::DoubleHash),
        b'#' => named(text, start, "#", Style::Hash),
        b'>' => quote_mark(text, start, body_start),
        _ => None,
    }
}

fn is_comment_of_liquid(rest: &str) -> bool {
    let tag = rest.strip_prefix("{%").map(|tag| tag.trim_start_matches(['-', ' ']));
    tag.is_some_and(|tag| tag.starts_with("comment"))
}

/// Bytes of the longest comment of a template language.
const LONGEST_COMMENT: usize = 2_000;

/// What a template language leaves out, up to `end` and, after that, `close`.
fn until(text: &str, start: usize, end: &str, close: &str) -> Option<Piece> {
    let reach = &text[start..text.floor_char_boundary(start.saturating_add(LONGEST_COMMENT).min(text.len()))];
    let end_at = reach.find(end)? + end.len();
    let length = end_at + reach[end_at..].find(close)? + close.len();
    Some(Piece { kind: Kind::Comment, span: Span::new(start, start + length) })
}

/// `{{custom_attribute.${nick}}}`, as in Braze.
fn braze(text: &str, start: usize) -> Option<Piece> {
    let inside = start + "{{".len();
    let reach = within_reach(text, inside);
    let name = reach.find("${").filter(|name| !reach[..*name].contains(['}', '\n']))?;
    let name_end = name + reach[name..].find('}')? + 1;
    let length = name_end + reach[name_end..].find("}}")?;
    let content = Span::new(inside, inside + length);
    let is_one = !content.of(text)[name_end..].contains(['{', '\n']);
    is_one.then(|| Piece {
        kind: Kind::Placeholder(Style::DoubleBrace, content),
        span: Span::new(start, content.end + "}}".len()),
    })
}

/// `{{#if x}}`, `{{else}}`, `{{/if}}` of Handlebars, `*|IF:X|*` of Mailchimp are no placeholders.
fn section_tag(text: &str, piece: Piece) -> Piece {
    let Kind::Placeholder(style, content) = piece.kind else { return piece };
    let words = content.of(text).trim_start_matches(['~', ' ']);
    let may_be_tag = style == Style::Piped || words.starts_with(['#', '^', '/']) || words.starts_with("else");
    if may_be_tag && branches::tags(piece.span.of(text)).next().is_some() {
        Piece { kind: Kind::Markup, ..piece }
    } else {
        piece
    }
}

/// A Markdown quotation's `>`, at the start of a line only.
fn quote_mark(text: &str, start: usize, body_start: usize) -> Option<Piece> {
    let at_line_start = start == body_start || text[..start].ends_with('\n');
    (at_line_start && text[start..].starts_with("> "))
        .then(|| Piece { kind: Kind::Markup, span: Span::new(start, start + 1) })
}

fn bracketed(text: &str, start: usize, open: &str, close: &str, style: Style) -> Option<Piece> {
    let inside = start + open.len();
    let length = within_reach(text, inside).find(close)?;
    let content = Span::new(inside, inside + length);
    let span = Span::new(start, content.end + close.len());
    let words = content.of(text).trim();
    // "{{name}, … {{piece}}": the first was not closed.
    let is_open = match open.len() {
        1 => words.contains(['\n', '{', '[']),
        _ => words.contains(open),
    };
    if is_open {
        return None;
    }
    let kind = match style {
        Style::Bracket | Style::Brace if is_direction(words) => Kind::Direction,
        _ => Kind::Placeholder(style, content),
    };
    Some(Piece { kind, span })
}

/// What Markdown writes in brackets: a link, whose text is spoken, the box of a task, a footnote.
fn link_or_box(text: &str, start: usize) -> Option<Piece> {
    let close = start + within_reach(text, start).find(']')?;
    let words = text[start + 1..close].trim();
    let near = &text[text.floor_char_boundary(start.saturating_sub(LONGEST))..start];
    let line = near.rsplit('\n').next().unwrap_or_default().trim();
    let is_box = matches!(words, "" | "x" | "X") && matches!(line, "-" | "*" | "+");
    let end = if let Some(target) = target(text, close) {
        // Of a picture nothing is spoken.
        if near.ends_with('!') { target.span.end } else { start + 1 }
    } else if line.is_empty() && text[close..].starts_with("]:") && is_reference(words, &text[close + 2..]) {
        text[close..].find('\n').map_or(text.len(), |length| close + length)
    } else if is_box || words.starts_with('^') {
        close + 1
    } else {
        return None;
    };
    Some(Piece { kind: Kind::Markup, span: Span::new(start, end) })
}

/// `[^1]: a note`, `[//]: # (a comment)`, `[docs]: https://example.com`: what is said elsewhere on the page.
fn is_reference(label: &str, after: &str) -> bool {
    let address = after.trim_start_matches([' ', '<']);
    label.starts_with('^')
        || label == "//"
        || ["http://", "https://", "mailto:", "tel:", "/", "./", "../", "#"]
            .iter()
            .any(|lead| address.starts_with(lead))
}

/// `](https://example.com)`, the end of a link.
fn target(text: &str, close: usize) -> Option<Piece> {
    let inside = close + "](".len();
    let within = text[close..].strip_prefix("](").map(|_| within_reach(text, inside))?;
    let target = &within[..within.find(')')?];
    let is_address =
        target.contains('.') || ["/", "#", "mailto:", "tel:"].iter().any(|lead| target.starts_with(lead));
    (is_address && !target.contains(char::is_whitespace))
        .then(|| Piece { kind: Kind::Markup, span: Span::new(close, inside + target.len() + 1) })
}

/// Text from `from` on, no further than a placeholder can reach and cut at a character.
fn within_reach(text: &str, from: usize) -> &str {
    &text[from..text.floor_char_boundary(from.saturating_add(LONGEST).min(text.len()))]
}

/// SSML 1.1 and Amazon's and Google's additions, and the HTML people paste.
const TAGS: &[&str] = &[
    "a", "amazon", "audio", "b", "blockquote", "body", "br", "break", "center", "code", "dd", "del",
    "details", "div", "dl", "dt", "em", "emphasis", "figure", "font", "footer", "google", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "lang", "li", "mark", "mstts", "nav", "ol",
    "p", "par", "phoneme", "pre", "prosody", "s", "say-as", "say", "section", "small", "span", "speak",
    "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
    "voice",
];

fn angle(text: &str, start: usize) -> Option<Piece> {
    let piece = bracketed(text, start, "<", ">", Style::Angle)?;
    let Kind::Placeholder(_, content) = piece.kind else { return None };
    let words = content.of(text);
    let name = words.trim_start_matches('/').split([' ', '/', ':', '\t']).next().unwrap_or_default();
    if TAGS.contains(&name.to_ascii_lowercase().as_str()) {
        return Some(Piece { kind: Kind::Markup, ..piece });
    }
    let is_link = words.contains("://");
    let spelled = words.starts_with(char::is_alphabetic) && !is_link && !words.contains(['\n', '@', '=']);
    spelled.then_some(piece)
}

/// `(insert name)`, `(day/date)`, `(Optional exit line)`; any other aside is spoken.
fn parenthesis(text: &str, start: usize) -> Option<Piece> {
    let piece = bracketed(text, start, "(", ")", Style::Parenthesis)?;
    let Kind::Placeholder(_, content) = piece.kind else { return None };
    let words = content.of(text).trim();
    if is_direction(words) || is_instruction(words) {
        return Some(Piece { kind: Kind::Direction, ..piece });
    }
    super::placeholder::is_named_in_parenthesis(words).then_some(piece)
}

/// [`identifier`], of marks that stand in other texts as well: its name says what is filled in, and no word, address or
/// further cell of a table touches it.
fn named(text: &str, start: usize, mark: &str, style: Style) -> Option<Piece> {
    let piece = bracketed(text, start, mark, mark, style)?;
    let Kind::Placeholder(_, content) = piece.kind else { return None };
    // "#OFFICE TEL#" beside "#FIRST_NAME#"; "|First name|" is a cell of a table.
    let mut words = content.of(text).split(' ');
    let is_name = if mark == "#" { words.all(is_identifier) } else { is_identifier(content.of(text)) };
    let is_touched = text[..start].ends_with(|letter: char| letter.is_alphanumeric() || letter == '/')
        || text[piece.span.end..].starts_with(char::is_alphanumeric);
    (is_name && !is_touched && super::placeholder::is_named_in_code(content.of(text))).then_some(piece)
}

/// `candidate_name` and `FIRST_NAME`: words that underscores join, as in code, of which one says what is filled in. Its
/// first underscore is at `start`.
fn variable(text: &str, start: usize, spoken_from: usize) -> Option<Piece> {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let before = &text.as_bytes()[spoken_from.max(start.saturating_sub(LONGEST))..start];
    let first = start - before.iter().rev().take_while(|byte| is_of_word(byte)).count();
    let end =
        first + text.as_bytes()[first..].iter().take(LONGEST).take_while(|byte| is_of_word(byte)).count();
    let name = &text[first..end];
    // Of an address or a path.
    let marks = ['@', '/', '\\', '.', ':', '=', '#', '-', '&'];
    let is_joined = text[..first].ends_with(marks)
        || text[end..].starts_with(['@', '/', '\\', '='])
        || text[end..].starts_with(['.', '-', ':']) && text[end + 1..].starts_with(char::is_alphanumeric);
    let is_variable = first < start
        && name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !name.ends_with('_')
        && !name.contains("__");
    let span = Span::new(first, end);
    (is_variable && !is_joined && super::placeholder::is_named_in_code(name))
        .then_some(Piece { kind: Kind::Placeholder(Style::Variable, span), span })
}

/// `:rep_name`, as in SQL.
fn colon(text: &str, start: usize) -> Option<Piece> {
    let content = Span::new(start + 1, end_of_path(text, start + 1));
    // ":phone:" is a picture.
    let stands_alone = !text[..start].ends_with(|letter: char| letter.is_alphanumeric() || letter == ':')
        && !text[content.end..].starts_with(':');
    let is_named = is_identifier(content.of(text)) && super::placeholder::is_named_in_code(content.of(text));
    (stands_alone && is_named).then(|| Piece {
        kind: Kind::Placeholder(Style::Colon, content),
        span: Span::new(start, content.end),
    })
}

/// `%name%` and `##NAME##`: the same mark on both sides, and a name alone between them.
fn identifier(text: &str, start: usize, mark: &str, style: Style) -> Option<Piece> {
    let piece = bracketed(text, start, mark, mark, style)?;
    let Kind::Placeholder(_, content) = piece.kind else { return None };
    is_identifier(content.of(text)).then_some(piece)
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// Where "user.phone" ends that begins at `start`; not with the stop of a sentence.
fn end_of_path(text: &str, start: usize) -> usize {
    let bytes = &text.as_bytes()[start..];
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_of_path = |at: usize| {
        is_of_name(bytes[at])
            || bytes[at] == b'.' && at > 0 && bytes.get(at + 1).is_some_and(|next| is_of_name(*next))
    };
    start + (0..bytes.len().min(LONGEST)).take_while(|at| is_of_path(*at)).count()
}

/// `${x}`, `$x` and `$X$`; `$5` and `${low}` as a price of `{low}` dollars read alike to a caller.
fn dollar(text: &str, start: usize) -> Option<Piece> {
    let rest = &text[start..];
    if rest.starts_with("${{") {
        // "${{amount}}" is a dollar sign before a placeholder, as "#{{order}}" is a number sign.
        let piece = bracketed(text, start, "${{", "}}", Style::DoubleBrace)?;
        let Kind::Placeholder(_, content) = piece.kind else { return None };
        return placeholder::is_of_somebody(content.of(text)).then_some(piece);
    }
    if rest.starts_with("${") {
        return bracketed(text, start, "${", "}", Style::Dollar);
    }
    let content = Span::new(start + 1, end_of_path(text, start + 1));
    let end = content.end + usize::from(text[content.end..].starts_with('$'));
    is_identifier(content.of(text))
        .then(|| Piece { kind: Kind::Placeholder(Style::Dollar, content), span: Span::new(start, end) })
}

/// `«First_Name»`, as in Word, and not a quotation.
fn is_mail_merge(text: &str) -> impl Fn(&Piece) -> bool {
    move |piece| matches!(piece.kind, Kind::Placeholder(_, content) if is_identifier(content.of(text)))
}

/// `*slowly*` is a direction; around any other words the marks alone are dropped.
fn emphasis(text: &str, start: usize) -> Option<Piece> {
    let mark = &text[start..=start];
    let n_marks = text[start..].bytes().take_while(|byte| byte == &mark.as_bytes()[0]).count();
    let inside = start + n_marks;
    let reach = within_reach(text, inside);
    // "**Ann**, [pause] this is **Dana**": what follows a closing mark is not between two.
    let opens = reach.starts_with(char::is_alphanumeric);
    if let Some(length) = reach.find(mark).filter(|_| opens)
        && is_direction(&reach[..length])
    {
        return Some(Piece {
            kind: Kind::Direction,
            span: Span::new(start, inside + length + n_marks.min(1)),
        });
    }
    Some(Piece { kind: Kind::Markup, span: Span::new(start, inside) })
}

#[cfg(test)]
mod tests;
