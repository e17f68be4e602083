//! Contact details and amounts: where a message gives a phone number, an e-mail or web address, or names a price.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::number;
use super::placeholder::{Placeholder, Role};
use super::plain::Plain;
use crate::finding::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub kind: MentionKind,
    /// Where in the source; empty until [`Self::located`].
    pub span: Span,
    /// Digits of a phone number, `x` where it is masked; the name of a placeholder; otherwise as written.
    pub value: String,
    pub is_placeholder: bool,
    pub(super) plain: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    Phone,
    Email,
    Url,
    Money,
}

impl MentionKind {
    pub(super) fn token(self) -> &'static str {
        match self {
            Self::Phone => "{N}",
            Self::Email => "{E}",
            Self::Url => "{U}",
            Self::Money => "{M}",
        }
    }
}

impl Mention {
    /// The digits that both have decide: "555-0142" repeats "404-555-0142". A placeholder or a mask may be any number.
    pub fn is_same_number(&self, other: &Self) -> bool {
        /// Without a country's code or the 0 of a trunk.
        const LONGEST: usize = 10;
        let pairs = self.value.bytes().rev().zip(other.value.bytes().rev()).take(LONGEST);
        let is_any = self.is_placeholder || other.is_placeholder;
        is_any || pairs.into_iter().all(|(one, other)| one == other || one == b'x' || other == b'x')
    }

    pub(super) fn located(mut self, written: &Plain) -> Self {
        self.span = written.source_span(self.plain.clone());
        self
    }
}

/// Finds them all in the written text, in order and not overlapping; the more certain kind wins an overlap.
pub(super) fn find(written: &Plain, placeholders: &[Placeholder]) -> Vec<Mention> {
    let text = written.text();
    let mut found = Vec::new();
    let cues = Cues::of(text);
    for (has_cue, pattern, kind) in [
        (cues.email, &EMAIL, MentionKind::Email),
        (cues.url, &URL, MentionKind::Url),
        (cues.money, &MONEY, MentionKind::Money),
    ] {
        if !has_cue {
            continue;
        }
        let is_site = |end: usize| text[end..].starts_with(" slash ");
        let matches = pattern
            .find_iter(text)
            .filter(|m| kind != MentionKind::Email || !says_where(m.as_str()) && !is_site(m.end()));
        found.extend(matches.map(|m| {
            // "It's A-N-N at …": the end of a contraction is no letter of it.
            let is_cut = text[..m.start()].ends_with('\'');
            let start = if is_cut { m.as_str().find(' ').map_or(0, |blank| blank + 1) } else { 0 };
            literal(kind, m.start() + start..m.end(), m.as_str()[start..].to_owned())
        }));
    }
    found.extend(
        number::find(text).into_iter().map(|number| literal(MentionKind::Phone, number.range, number.digits)),
    );
    found.sort_by_key(|mention| (mention.plain.start, mention.kind == MentionKind::Phone));
    let mut end = 0;
    found.retain(|mention| {
        let free = end <= mention.plain.start;
        if free {
            end = mention.plain.end;
        }
        free
    });
    found.extend(from_placeholders(text, placeholders));
    found.sort_by_key(|mention| mention.plain.start);
    found
}

/// "Visit us at example dot com": a web address, and not the mailbox of an "us".
fn says_where(email: &str) -> bool {
    const BEFORE_A_SITE: [&str; 14] = [
        "us", "me", "it", "them", "look", "online", "here", "more", "site", "website", "page", "find", "see",
        "visit",
    ];
    let local = email.split_once(" at ").or_else(|| email.split_once(" @ "));
    local.is_some_and(|(local, _)| BEFORE_A_SITE.iter().any(|word| word.eq_ignore_ascii_case(local)))
}

/// What every match of a pattern holds: without it the pattern is neither compiled nor tried.
#[derive(Default)]
struct Cues {
    email: bool,
    url: bool,
    money: bool,
}

impl Cues {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut cues = Self::default();
        let mut before = b' ';
        for (offset, byte) in bytes.iter().enumerate() {
            let rest = &bytes[offset..];
            match byte {
                b'@' => cues.email = true,
                b'$' => cues.money = true,
                b':' => cues.url |= rest.starts_with(b"://"),
                b'.' => cues.url |= rest.get(1).is_some_and(u8::is_ascii_alphanumeric),
                byte if byte.is_ascii_alphabetic() && !before.is_ascii_alphabetic() => {
                    let starts = |word: &str| {
                        rest.get(..word.len())
                            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
                    };
                    let says_dot = starts("dot");
                    cues.email |= says_dot;
                    cues.url |= says_dot;
                    cues.money |= MONEY_WORDS.into_iter().any(starts);
                }
                _ => {}
            }
            before = *byte;
        }
        cues
    }
}

const MONEY_WORDS: [&str; 9] = ["dollars", "bucks", "pounds", "euros", "cents", "quid", "usd", "gbp", "eur"];

fn literal(kind: MentionKind, plain: Range<usize>, value: String) -> Mention {
    Mention { kind, span: Span::default(), value, is_placeholder: false, plain }
}

fn from_placeholders<'a>(
    text: &'a str,
    placeholders: &'a [Placeholder],
) -> impl Iterator<Item = Mention> + 'a {
    let tokens = text.match_indices('{').map(|(start, _)| start);
    tokens.zip(placeholders).filter_map(|(start, placeholder)| {
        let kind = match placeholder.role {
            Role::Phone => MentionKind::Phone,
            Role::Email => MentionKind::Email,
            Role::Url => MentionKind::Url,
            Role::Money => MentionKind::Money,
            _ => return None,
        };
        let end = start + text[start..].find('}')? + 1;
        let value = placeholder.name.to_lowercase();
        Some(Mention { kind, span: Span::default(), value, is_placeholder: true, plain: start..end })
    })
}

/// Written, or as it is said: "ann dot lee at example dot com".
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[A-Za-z0-9._%+-]+(?:@| @ )[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b",
        // "[counselor]@example.com", "____@____".
        r"|(?:\{[A-Z][a-z]*\}|\b[A-Za-z0-9._%+-]+)@\{[A-Z][a-z]*\}|\{[A-Z][a-z]*\}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b",
        r"|(?i:\b[a-z0-9]+(?:-[a-z0-9]+)*(?:(?: (?:dot|underscore|dash|hyphen|point) | )[a-z0-9]\b|(?: (?:dot|underscore|dash|hyphen|point) )[a-z0-9]+)*",
        // "Ann, a-n-n, at example dot com".
        r"(?:,? [a-z](?:[ -][a-z]){2,},?)?",
        r" at,? [a-z0-9]+(?:-[a-z0-9]+)*(?: (?:dash|hyphen) [a-z0-9]+| [a-z0-9]+)?(?: (?:dash|hyphen) [a-z0-9]+)*(?:,? dot,? [a-z]+)*,? dot,? (?:com|net|org|co|io|edu|gov|uk|us|ca|au|biz|info|law|example|test)\b)",
    ))
});
static URL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?i:https?://[^\s"'<>]+|\bwww\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[a-z0-9_/?=&.-]*[a-z0-9/])?"#,
        r"|\b[a-z0-9-]+\.(?:com|net|org|co\.uk|co|io|edu|gov|biz|info|shop|store|example|test)\b(?:/[a-z0-9_/?=&.-]*[a-z0-9/])?",
        // "bit.ly/3xKq9Z": more endings, with a path.
        r"|\b[a-z0-9-]+\.(?:ly|gl|gd|cc|tv|uk|app|link|page|ai|dev|gg|eu)/[a-z0-9_/?=&.-]*[a-z0-9/]",
        r"|\b(?:www dot )?[a-z0-9-]+ dot (?:com|net|org|co dot uk|co|io|edu|gov|biz|info|example)\b(?: slash [a-z0-9-]+)?)",
    ))
});
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\$|US\$|GBP |EUR |USD )\d[\d,]*(?:\.\d+)?(?:\s?(?:[kKmM]\b|thousand|million|billion))?",
        r"|(?i:\b\d[\d,]*(?:\.\d+)?\s?(?:k |thousand |million |billion )?(?:dollars|bucks|pounds|euros|cents|usd|quid)\b)",
        r"|(?i:\b(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen",
        r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|and|a)",
        r"[ -])+(?:dollars|bucks|pounds|euros|cents|quid)\b)",
    ))
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern of this file is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    fn mentions(source: &str) -> Vec<(MentionKind, String)> {
        let sequence = parse(source);
        let message = &sequence.messages[0];
        message.mentions.iter().map(|m| (m.kind, m.span.of(source).to_owned())).collect()
    }

    #[test]
    fn details_are_found_where_they_stand() {
        use MentionKind::{Email, Money, Phone, Url};
        for (source, expected) in [
            ("mail ann.lee@example.com.", vec![(Email, "ann.lee@example.com")]),
            ("mail ann dot lee at example dot com", vec![(Email, "ann dot lee at example dot com")]),
            (
                "see example.com/rings, or example dot org",
                vec![(Url, "example.com/rings"), (Url, "example dot org")],
            ),
            (
                "send it to ann, a-n-n, at blue-heron dot example",
                vec![(Email, "ann, a-n-n, at blue-heron dot example")],
            ),
            ("that's w-e-s at tin dot example", vec![(Email, "w-e-s at tin dot example")]),
            ("it's all at example dot com slash bridge", vec![(Url, "example dot com slash bridge")]),
            ("visit us at example dot com", vec![(Url, "example dot com")]),
            ("it is \u{a3}1,200.50 now", vec![(Money, "\u{a3}1,200.50")]),
            ("two thousand four hundred dollars", vec![(Money, "two thousand four hundred dollars")]),
            ("[email] or [Your Number]", vec![(Email, "[email]"), (Phone, "[Your Number]")]),
            ("good at mail, look at the dot", vec![]),
            ("call 1-800-555-HELP today", vec![(Phone, "1-800-555-HELP")]),
            ("call (404) 555-0142 or 404.555.0142", vec![(Phone, "(404) 555-0142"), (Phone, "404.555.0142")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
            assert_eq!(mentions(source), expected, "{source}");
        }
    }
}
