//! The plain text of a message: the one form patterns are written against.
//!
//! - ASCII: accents are folded, quotes straightened, dashes written as ` - `, white space is one blank;
//! - each sentence ends at a newline;
//! - what is not spoken is left out;
//! - a placeholder is a token that says what it stands for: `{P}` a person, `{C}` a company, `{N}` a phone number,
//!   `{E}` an e-mail address, `{U}` a web address, `{D}` a date or time, `{M}` money, `{L}` a place, `{X}` any other
//!   thing; `me`, `you` or `other` says whose (`{Pme}`, `{Cyou}`);
//! - a phone number, address or amount that is written out is the same token.
//!
//! Braces stand for nothing else, so a script cannot forge a token.

use std::borrow::Cow;
use std::ops::Range;

use super::branches;
use super::contact::Mention;
use super::markup::{Kind, Piece};
use super::placeholder::{self, Placeholder};
use super::sentence;
use crate::finding::Span;

/// ASCII text that knows which bytes of the source it stands for.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    text: String,
    segments: Vec<Segment>,
    /// Letters of the source that are not Latin, the first of them: the text has what they sound like.
    foreign: String,
    /// Bytes of the text that stand for such letters.
    n_foreign: usize,
}

/// From `plain` on, to the next segment: either byte for byte of the source, or one unit that stands for `source`.
#[derive(Debug, Clone, Copy)]
struct Segment {
    plain: usize,
    source: Span,
    verbatim: bool,
}

impl Plain {
    /// Room for so many bytes.
    fn with_capacity(n_bytes: usize) -> Self {
        Self { text: String::with_capacity(n_bytes), ..Self::default() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Letters that are not Latin, some of them, and the share of the text that stands for such letters.
    pub fn foreign(&self) -> (&str, f64) {
        (&self.foreign, self.n_foreign as f64 / self.text.len().max(1) as f64)
    }

    /// The part of the source that `plain` stands for.
    pub fn source_span(&self, plain: Range<usize>) -> Span {
        if self.segments.is_empty() {
            return Span::default();
        }
        let start = self.source_at(plain.start.min(self.text.len().saturating_sub(1))).start;
        let last = plain.end.max(plain.start + 1).min(self.text.len()).saturating_sub(1);
        Span::new(start, self.source_at(last).end.max(start))
    }

    fn source_at(&self, plain: usize) -> Span {
        let index = self.segments.partition_point(|segment| segment.plain <= plain).saturating_sub(1);
        let segment = self.segments[index];
        if !segment.verbatim {
            return segment.source;
        }
        let start = segment.source.start + (plain - segment.plain);
        Span::new(start, start + 1)
    }

    /// ASCII that stands in the source from byte `source` on, a byte for each byte.
    fn push_verbatim(&mut self, text: &str, source: usize) {
        let continues = self.segments.last().is_some_and(|segment| {
            segment.verbatim && segment.source.start + (self.text.len() - segment.plain) == source
        });
        if !continues {
            let source = Span::new(source, source + 1);
            self.segments.push(Segment { plain: self.text.len(), source, verbatim: true });
        }
        self.text.push_str(text);
    }

    fn push_unit(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.segments.push(Segment { plain: self.text.len(), source, verbatim: false });
            self.text.push_str(text);
        }
    }

    /// At most one blank or sentence end between words; a sentence end wins.
    fn push_gap(&mut self, sentence_ends: bool, source: Span) {
        match self.text.as_bytes().last() {
            None | Some(b'\n') => {}
            Some(b' ') if sentence_ends => {
                self.text.pop();
                self.text.push('\n');
            }
            Some(b' ') => {}
            // One byte for one continues the words about it, which keeps segments few.
            Some(_) if source.end - source.start == 1 => {
                self.push_verbatim(if sentence_ends { "\n" } else { " " }, source.start);
            }
            Some(_) => self.push_unit(if sentence_ends { "\n" } else { " " }, source),
        }
    }

    fn trim_end(&mut self) {
        let length = self.text.trim_end_matches([' ', '\n']).len();
        self.text.truncate(length);
        self.segments.retain(|segment| segment.plain < length);
    }
}

/// What is written, placeholders as tokens; numbers and addresses still as they stand.
pub fn written(source: &str, pieces: &[Piece]) -> (Plain, Vec<Placeholder>) {
    let mut plain = Plain::with_capacity(pieces.iter().map(|piece| piece.span.end - piece.span.start).sum());
    let mut placeholders = Vec::new();
    for piece in pieces {
        match piece.kind {
            Kind::Spoken => push_spoken(&mut plain, source, piece.span),
            Kind::Placeholder(style, content) => {
                let (before, after) = (context(&plain.text), &source[piece.span.end..]);
                let placeholder =
                    placeholder::understand(content.of(source), style, piece.span, before, after);
                // "Hi____,this is____with": a placeholder is a word of its own.
                let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                if is_letter(plain.text.as_bytes().last()) {
                    plain.push_gap(false, piece.span);
                }
                plain.push_unit(&placeholder.token(), piece.span);
                placeholders.push(placeholder);
                if is_letter(source.as_bytes().get(piece.span.end)) {
                    plain.push_gap(false, piece.span);
                }
            }
            Kind::Direction | Kind::Comment => plain.push_gap(false, piece.span),
            // Of two branches one is said.
            Kind::Markup if branches::parts(piece.span.of(source)) => plain.push_gap(false, piece.span),
            Kind::Markup => {}
        }
    }
    plain.trim_end();
    (plain, placeholders)
}

/// The end of the text, long enough for any cue.
fn context(text: &str) -> &str {
    &text[text.len().saturating_sub(60)..]
}

fn push_spoken(plain: &mut Plain, source: &str, span: Span) {
    let text = span.of(source);
    let mut next = 0;
    while let Some(character) = text[next..].chars().next() {
        let offset = next;
        next += character.len_utf8();
        let at = Span::new(span.start + offset, span.start + next);
        match character {
            '\n' => {
                let rest = source[at.end..span.end].trim_start_matches([' ', '\t', '\r']);
                plain.push_gap(rest.starts_with('\n') || is_list_item(rest), at);
            }
            ' ' | '\t' | '\r' => plain.push_gap(false, at),
            '{' | '}' => plain.push_gap(false, at),
            '\u{2010}'..='\u{2012}' => plain.push_unit("-", at),
            '\u{2013}' if between_digits(source, at) => plain.push_unit("-", at),
            '\u{2013}'..='\u{2015}' => push_dash(plain, at),
            '-' if source[at.end..span.end].starts_with('-') => {
                next += text[next..].bytes().take_while(|byte| *byte == b'-').count();
                push_dash(plain, at);
            }
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}' => {}
            '\u{a3}' => plain.push_unit("GBP ", at),
            '\u{20ac}' => plain.push_unit("EUR ", at),
            // As Google Docs and pandoc write Markdown: "404\\-555\\-0142".
            '\\' if source[at.end..].starts_with(|mark: char| mark.is_ascii_punctuation()) => {}
            '&' => match entity(&text[offset..]) {
                Some((length, characters)) => {
                    next = offset + length;
                    push_entity(plain, &characters, Span::new(at.start, at.start + length));
                }
                None => plain.push_verbatim("&", at.start),
            },
            character if character.is_ascii_control() => {}
            character if character.is_ascii() => {
                next += text[next..].bytes().take_while(is_in_word).count();
                plain.push_verbatim(&text[offset..next], at.start);
            }
            character if character.is_whitespace() => plain.push_gap(false, at),
            character => push_folded(plain, character, at),
        }
    }
}

/// `&nbsp;` and `&#39;`, with their length: a script copied out of a web page or a CRM.
fn entity(text: &str) -> Option<(usize, Cow<'_, str>)> {
    /// Bytes; the longest that people's tools write is `&#x1F600;`.
    const LONGEST: usize = 10;
    let length = text.bytes().take(LONGEST).position(|byte| byte == b';')? + 1;
    let written = &text[..length];
    let characters = html_escape::decode_html_entities(written);
    (characters != written).then_some((length, characters))
}

fn push_entity(plain: &mut Plain, characters: &str, at: Span) {
    for character in characters.chars() {
        match character {
            '\u{2013}'..='\u{2015}' => push_dash(plain, at),
            character if character.is_whitespace() || character.is_control() => plain.push_gap(false, at),
            character => push_folded(plain, character, at),
        }
    }
}

/// Never written in another form, whatever stands beside it.
fn is_in_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b',' | b'.')
}

fn is_list_item(line: &str) -> bool {
    // "1. ", "2) ": no more digits, for a line may begin with the end of a number.
    let numbered = || {
        let rest = line.trim_start_matches(|first: char| first.is_ascii_digit());
        (1..=2).contains(&(line.len() - rest.len())) && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    ["- ", "* ", "+ ", "\u{2022} "].iter().any(|mark| line.starts_with(mark)) || numbered()
}

fn between_digits(source: &str, at: Span) -> bool {
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    digit(source[..at.start].chars().next_back()) && digit(source[at.end..].chars().next())
}

fn push_dash(plain: &mut Plain, at: Span) {
    plain.push_gap(false, at);
    plain.push_unit("-", at);
    plain.push_gap(false, at);
}

fn push_folded(plain: &mut Plain, character: char, at: Span) {
    /// Bytes; enough to tell a language by.
    const SAMPLE: usize = 256;
    let is_latin = matches!(character, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let folded = deunicode::deunicode_char(character).unwrap_or("");
    if !is_latin && character.is_alphabetic() {
        plain.n_foreign += folded.len();
        if plain.foreign.len() < SAMPLE {
            plain.foreign.push(character);
        }
    }
    let folded: String =
        folded.chars().map(|letter| if matches!(letter, '{' | '}' | '\n') { ' ' } else { letter }).collect();
    plain.push_unit(&folded, at);
}

/// `written` with each mention as its token, cut into sentences.
pub fn spoken(written: &Plain, mentions: &[Mention]) -> Plain {
    let mut plain = Plain {
        foreign: written.foreign.clone(),
        n_foreign: written.n_foreign,
        ..Plain::with_capacity(written.text.len())
    };
    let mut mentions = mentions.iter().filter(|mention| !mention.is_placeholder).peekable();
    let mut offset = 0;
    let text = &written.text;
    while offset < text.len() {
        if let Some(mention) = mentions.next_if(|mention| mention.plain.start <= offset) {
            if mention.plain.start == offset {
                plain.push_unit(mention.kind.token(), written.source_span(mention.plain.clone()));
                offset = mention.plain.end;
            }
            continue;
        }
        let end = mentions.peek().map_or(text.len(), |mention| mention.plain.start);
        copy_range(&mut plain, written, offset..end);
        offset = end;
    }
    plain.trim_end();
    plain
}

fn copy_range(plain: &mut Plain, written: &Plain, range: Range<usize>) {
    let mut index =
        written.segments.partition_point(|segment| segment.plain <= range.start).saturating_sub(1);
    let mut next = range.start;
    while next < range.end {
        let offset = next;
        while written.segments.get(index + 1).is_some_and(|next| next.plain <= offset) {
            index += 1;
        }
        let segment = written.segments[index];
        let segment_end = written.segments.get(index + 1).map_or(range.end, |next| next.plain.min(range.end));
        let source = if segment.verbatim {
            let start = segment.source.start + (offset - segment.plain);
            Span::new(start, start + 1)
        } else {
            segment.source
        };
        let is_gap = |byte: &u8| matches!(byte, b' ' | b'\n');
        let text = &written.text[offset..segment_end];
        next += text.bytes().take_while(|byte| !is_gap(byte)).count();
        if next == offset {
            let follows = written.text.as_bytes().get(offset + 1).copied().unwrap_or(b' ');
            let ends = text.starts_with('\n') || sentence::ends(last_word(&plain.text), char::from(follows));
            plain.push_gap(ends, source);
            next += 1;
        } else if segment.verbatim {
            plain.push_verbatim(&written.text[offset..next], source.start);
        } else {
            plain.push_unit(&written.text[offset..next], source);
        }
    }
}

/// Enough of the end to see an abbreviation or an ellipsis.
fn last_word(text: &str) -> &str {
    &text[text.len().saturating_sub(24)..]
}

/// Words as people count them: anything with a letter, a digit or a token in it.
pub fn count_words(text: &str) -> usize {
    text.split([' ', '\n']).filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric())).count()
}

#[cfg(test)]
mod tests {
    use crate::script::parse;

    fn plain(source: &str) -> String {
        parse(source)
            .messages
            .iter()
            .map(|message| message.plain.text().to_owned())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    #[test]
    fn one_form_for_many_ways_to_write() {
        for (source, expected) in [
            ("Hi [First Name],  it\u{2019}s\r\nDana.", "Hi {Pyou}, it's Dana."),
            ("Call me\u{2014}404\u{2013}555\u{2013}0142.", "Call me - {N}."),
            ("Zo\u{eb} called. Ring her.", "Zoe called.\nRing her."),
            ("For Mr. Jones. Thanks!", "For Mr. Jones.\nThanks!"),
            ("One\n\nTwo", "One\nTwo"),
            ("So [pause] hello", "So hello"),
            ("It is {{x", "It is x"),
            ("Call 404\\-555\\-0142\\. I'm from \\[Company\\]\\!", "Call {N}.\nI'm from {C}!"),
            (
                "Ann&#39;s ring &amp; Bo&rsquo;s,&nbsp;&eacute;&ndash;&#123;N&#125; &x; AT&T",
                "Ann's ring & Bo's, e - N &x; AT&T",
            ),
            ("Mail ann@example.com or see www.example.com.", "Mail {E} or see {U}."),
            ("That is $1,200 or 90 dollars.", "That is {M} or {M}."),
            ("call me @ xxx-xxxx.", "call me @ {N}."),
        ] {
            assert_eq!(plain(source), expected, "{source:?}");
        }
    }

    #[test]
    fn every_word_knows_its_place() {
        let source = "Hé [Name] — call 404-555-0142 now, Zoë!";
        let sequence = parse(source);
        let plain = &sequence.messages[0].plain;
        for (word, expected) in
            [("{P}", "[Name]"), ("{N}", "404-555-0142"), ("now", "now"), ("Zoe", "Zoë"), ("He", "Hé")]
        {
            let start = plain.text().find(word).expect("the word is there");
            assert_eq!(plain.source_span(start..start + word.len()).of(source), expected);
        }
    }
}
