//! A message as it is to be said: tokens, placeholders as whatever may fill them, and the details that must be there.

use std::ops::Range;

use super::path::Expected;
use super::spoken_numbers;
use super::tokens::{self, Sound, Token};
use crate::script::verbalise::{self, Said};
use crate::script::{Mention, MentionKind, Message, Placeholder, Role};

/// What a voicemail is for: without these nobody can call back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailKind {
    Number,
    Email,
    WebAddress,
    /// The caller's name.
    Caller,
    Company,
    /// The listener's name.
    Recipient,
    /// What the listener is asked to do.
    Ask,
}

impl DetailKind {
    /// As printed; stable once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Email => "email",
            Self::WebAddress => "web_address",
            Self::Caller => "caller",
            Self::Company => "company",
            Self::Recipient => "recipient",
            Self::Ask => "ask",
        }
    }

    /// Whether it names somebody.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Caller | Self::Company | Self::Recipient)
    }
}

/// A detail that whoever has read the message found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    pub kind: DetailKind,
    /// Of the message's plain text.
    pub plain: Range<usize>,
}

/// Everything that is to be said.
#[derive(Debug, Default)]
pub struct Script {
    pub tokens: Vec<Expected>,
    /// Of the plain text, one for each token.
    pub places: Vec<Range<usize>>,
    pub details: Vec<ScriptDetail>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScriptDetail {
    pub kind: DetailKind,
    pub tokens: Range<usize>,
    /// As it is written; the name of a placeholder in its brackets.
    pub text: String,
    /// Of a number, `x` where it is masked; empty for anything else and for a placeholder.
    pub digits: String,
    /// The digits of the extension that follows a number.
    pub extension: Option<String>,
    pub is_placeholder: bool,
}

/// `source`: the file that `message` was read from. `required`: the names and the asks in it; numbers and addresses are
/// found here.
pub fn of(source: &str, message: &Message, required: &[Required]) -> Script {
    let mut script = Script::default();
    let mut mentions = message.mentions.iter();
    let mut placeholders = message.placeholders.iter();
    let mut texts: Vec<(&str, Range<usize>)> = Vec::new();
    for part in parts(message.plain.text()) {
        match part {
            Part::Text(text, start) => texts.push((text, start..start + text.len())),
            Part::Token(kind, plain) => {
                script.take_texts(&mut texts, message, required);
                let mention = if b"NEUM".contains(&kind) { mentions.next() } else { None };
                let literal = mention.filter(|mention| !mention.is_placeholder);
                match literal {
                    Some(mention) => script.take_mention(mention, plain, source),
                    None => script.take_placeholder(placeholders.next(), plain, source),
                }
            }
        }
    }
    script.take_texts(&mut texts, message, required);
    for detail in script.details.iter_mut().filter(|detail| !detail.digits.is_empty()) {
        let sounds = script.tokens[detail.tokens.end..].iter().map(|expected| match expected {
            Expected::Sound { sound, .. } => Some(sound),
            _ => None,
        });
        detail.extension = spoken_numbers::extension(sounds, 0).map(|(_, digits)| digits);
    }
    let details: Vec<_> =
        required.iter().filter_map(|required| script.detail(required, message, source)).collect();
    script.details.extend(details);
    script
}

enum Part<'t> {
    /// Without blanks or tokens in it, and where it starts.
    Text(&'t str, usize),
    /// The letter of its kind, and where it stands.
    Token(u8, Range<usize>),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let rest = &text[at..];
        at += match byte {
            b' ' | b'\n' => 1,
            b'{' => {
                let length = rest.find('}').map_or(rest.len(), |end| end + 1);
                parts.push(Part::Token(rest.as_bytes().get(1).copied().unwrap_or_default(), at..at + length));
                length
            }
            _ => {
                let length = rest.find([' ', '\n', '{']).unwrap_or(rest.len());
                let follows_token = text[..at].ends_with('}');
                // "{P}'s": nobody hears an apostrophe, and the ending is part of whatever fills the placeholder.
                if !(follows_token && rest.starts_with("'s")) {
                    parts.push(Part::Text(&rest[..length], at));
                }
                length
            }
        };
    }
    parts
}

impl Script {
    /// Together, since a number in words may have several.
    fn take_texts(
        &mut self,
        texts: &mut Vec<(&str, Range<usize>)>,
        message: &Message,
        required: &[Required],
    ) {
        let plain = message.plain.text();
        self.push_tokens(tokens::tokens(texts.drain(..)), |place| {
            let is_of = |detail: &Required| detail.plain.start < place.end && place.start < detail.plain.end;
            required.iter().any(|detail| detail.kind.is_name() && is_of(detail)) || has_capital(&plain[place])
        });
    }

    fn push_tokens(&mut self, tokens: Vec<Token>, is_name: impl Fn(Range<usize>) -> bool) {
        for Token { sound, place } in tokens {
            let is_filled_pause = matches!(&sound, Sound::Word(word) if tokens::is_filled_pause(word));
            // An um that is written is no better than one that is not.
            if !is_filled_pause {
                self.push(Expected::Sound { sound, is_name: is_name(place.clone()) }, place);
            }
        }
    }

    fn push(&mut self, expected: Expected, place: Range<usize>) {
        self.tokens.push(expected);
        self.places.push(place);
    }

    fn take_mention(&mut self, mention: &Mention, plain: Range<usize>, source: &str) {
        let start = self.tokens.len();
        let mut digits = String::new();
        let kind = match mention.kind {
            MentionKind::Phone => {
                digits.clone_from(&mention.value);
                for digit in mention.value.bytes() {
                    let expected = match digit {
                        b'0'..=b'9' => Expected::Sound { sound: Sound::Digit(digit - b'0'), is_name: false },
                        _ => Expected::AnyDigit { is_required: true },
                    };
                    self.push(expected, plain.clone());
                }
                Some(DetailKind::Number)
            }
            MentionKind::Email | MentionKind::Url | MentionKind::Money => {
                let mut words: Vec<String> = Vec::new();
                let mut say = |said: Said| {
                    if let Said::Word(word) = said {
                        words.push(String::from_utf8_lossy(word).into_owned());
                    }
                };
                match mention.kind {
                    MentionKind::Money => verbalise::money(&mention.value, &mut say),
                    _ => verbalise::address(&mention.value, &mut say),
                }
                let said = words.iter().map(|word| (word.as_str(), plain.clone()));
                self.push_tokens(tokens::tokens(said), |_| true);
                match mention.kind {
                    MentionKind::Email => Some(DetailKind::Email),
                    MentionKind::Url => Some(DetailKind::WebAddress),
                    _ => None,
                }
            }
        };
        if let Some(kind) = kind {
            let text = mention.span.of(source).to_owned();
            let tokens = start..self.tokens.len();
            self.details.push(ScriptDetail {
                kind,
                tokens,
                text,
                digits,
                extension: None,
                is_placeholder: false,
            });
        }
    }

    fn take_placeholder(&mut self, placeholder: Option<&Placeholder>, plain: Range<usize>, source: &str) {
        let start = self.tokens.len();
        let role = placeholder.map_or(Role::Thing, |placeholder| placeholder.role);
        let (n_required, n_optional) = n_words(role);
        for index in 0..n_required + n_optional {
            let is_required = index < n_required;
            let expected = match role {
                Role::Phone => Expected::AnyDigit { is_required },
                _ => Expected::Anything { is_required },
            };
            self.push(expected, plain.clone());
        }
        let kind = match role {
            Role::Phone => DetailKind::Number,
            Role::Email => DetailKind::Email,
            Role::Url => DetailKind::WebAddress,
            _ => return,
        };
        let text = placeholder.map_or("", |placeholder| placeholder.span.of(source)).to_owned();
        let tokens = start..self.tokens.len();
        self.details.push(ScriptDetail {
            kind,
            tokens,
            text,
            digits: String::new(),
            extension: None,
            is_placeholder: true,
        });
    }

    fn detail(&self, required: &Required, message: &Message, source: &str) -> Option<ScriptDetail> {
        let overlaps =
            |place: &Range<usize>| place.start < required.plain.end && required.plain.start < place.end;
        let start = self.places.iter().position(overlaps)?;
        let n_tokens = self.places[start..].iter().take_while(|place| overlaps(place)).count();
        let tokens = start..start + n_tokens;
        // "or e-mail ann@example.com": the address tells it all.
        let has_address =
            self.details.iter().any(|detail| tokens.contains(&detail.tokens.start) && !detail.kind.is_name());
        if required.kind == DetailKind::Ask && has_address {
            return None;
        }
        let text = message.plain.source_span(required.plain.clone()).of(source);
        Some(ScriptDetail {
            kind: required.kind,
            tokens,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            digits: String::new(),
            extension: None,
            is_placeholder: message.plain.text()[required.plain.clone()].starts_with('{'),
        })
    }
}

/// Words, or digits, that a placeholder stands for: how many at least, and how many more; ours.
fn n_words(role: Role) -> (usize, usize) {
    match role {
        Role::Phone => (7, 6),
        Role::Person => (1, 2),
        Role::Company | Role::Location => (1, 4),
        Role::Date => (1, 6),
        Role::Money => (1, 7),
        Role::Email | Role::Url => (3, 9),
        Role::Thing => (1, 7),
    }
}

/// "Maria", but neither "I" nor "MBA": a name, or the first word of a sentence.
fn has_capital(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
