//! `AB501 unspeakable`: what the eye reads and the mouth cannot.

use std::ops::Range;

use crate::english::WEEKDAYS;
use crate::finding::{Finding, Severity, Span};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::{MentionKind, Message, markup};

pub struct Unspeakable;

static META: RuleMeta = RuleMeta {
    code: "AB501",
    name: "unspeakable",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/unspeakable.md"),
};

impl Rule for Unspeakable {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        for (range, help) in marks(text) {
            let words = context.quoted(reading, range.clone());
            findings.push(
                META.at(reading, range, format!("\"{words}\" cannot be said as it is written"))
                    .with_help(help),
            );
        }
        for mention in &reading.message.mentions {
            if mention.kind == MentionKind::Url && !mention.is_placeholder && is_long_address(&mention.value)
            {
                let text = format!("nobody can take down \"{}\" by ear", mention.value);
                findings.push(META.at_span(mention.span, text).with_help(
                    "say the name alone, \"kestrelgems dot com\", and offer to send the rest as a text",
                ));
            }
        }
        for span in emoji(context.source, reading.message) {
            findings.push(
                META.at_span(span, "an emoji cannot be said").with_help("say it in words, or smile: [smile]"),
            );
        }
    }
}

/// "https://", or a path after the name.
fn is_long_address(address: &str) -> bool {
    address.contains('/')
}

/// Bytes before a mark in which its word is looked for, and the longest aside; they keep a run of marks linear.
const NEARBY: usize = 60;
const LONGEST_ASIDE: usize = 240;

/// Marks of the plain text, with what to write instead; phone numbers, addresses and placeholders are tokens there.
fn marks(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let mut closed = 0;
    (0..bytes.len()).filter_map(move |offset| match bytes[offset] {
        b'/' => slash(text, offset),
        b'&' => ampersand(text, offset),
        b'#' => hashtag(text, offset),
        b'(' if closed <= offset => {
            let aside = aside(text, offset)?;
            closed = aside.0.end;
            Some(aside)
        }
        b')' if closed <= offset && offset > 0 => face(text, offset),
        _ => None,
    })
}

fn slash(text: &str, offset: usize) -> Option<(Range<usize>, &'static str)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    let start = offset - bytes[..offset].iter().rev().take_while(|byte| is_part(byte)).count();
    let end = offset + 1 + bytes[offset + 1..].iter().take_while(|byte| is_part(byte)).count();
    let word = text[start..end].to_ascii_lowercase();
    if word.split('/').all(is_day) {
        // Of "Mon/Wed/Fri" the first two say it.
        return (!text[..start].ends_with('/'))
            .then_some((start..end, "say the days with \"and\" or \"to\" between them"));
    }
    let help = match word.as_str() {
        "24/7" => "say \"at any hour\" or \"day and night\"",
        "w/" | "w/o" | "b/c" => "write the word out: \"with\", \"without\", \"because\"",
        "and/or" => "choose one: \"or\" is nearly always what is meant",
        "he/she" | "she/he" | "him/her" | "her/him" | "his/her" | "his/hers" | "s/he" => {
            "write the one that is meant, or \"they\""
        }
        word if word.starts_with("w/") => "write the word out: \"with\"",
        _ => return None,
    };
    Some((start..end, help))
}

/// "mon", "thurs", "friday".
fn is_day(word: &str) -> bool {
    3 <= word.len() && WEEKDAYS.iter().any(|day| day.starts_with(word))
}

/// Between words; in a name both neighbours are capitals: "O'Brien & Sons", "AT&T".
fn ampersand(text: &str, offset: usize) -> Option<(Range<usize>, &'static str)> {
    let before = text[offset.saturating_sub(NEARBY)..offset].trim_end_matches(' ');
    let after = text[offset + 1..].trim_start_matches(' ');
    let word_before = &before[before.rfind([' ', '\n']).map_or(0, |blank| blank + 1)..];
    let opens_name = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_uppercase() || first == '{' || first.is_ascii_digit())
    };
    let word_after = after.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let are_days = || [word_before, word_after].iter().all(|word| is_day(&word.to_ascii_lowercase()));
    let is_name = opens_name(word_before) && opens_name(after) && !are_days();
    let is_mark = word_before.is_empty() || after.is_empty() || is_name;
    (!is_mark).then_some((offset..offset + 1, "write \"and\""))
}

fn hashtag(text: &str, offset: usize) -> Option<(Range<usize>, &'static str)> {
    let rest = &text[offset + 1..];
    let is_tag = rest.starts_with(|first: char| first.is_ascii_alphabetic());
    let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    is_tag.then_some((offset..offset + 1 + length, "leave it out: a hashtag is for the eye"))
}

/// Parentheses that are neither a direction nor a placeholder nor part of a phone number.
fn aside(text: &str, offset: usize) -> Option<(Range<usize>, &'static str)> {
    let reach = &text[offset..text.len().min(offset + LONGEST_ASIDE)];
    let end = reach.find([')', '\n']).filter(|end| reach[*end..].starts_with(')'))? + 1;
    let has_words = reach[1..end].bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'{');
    has_words.then_some((
        offset..offset + end,
        "make it a sentence of its own or leave it out; a note to the speaker goes in brackets: [pause]",
    ))
}

/// ":-)"
fn face(text: &str, offset: usize) -> Option<(Range<usize>, &'static str)> {
    let eyes = [":-", ":", ";-", ";"].into_iter().find(|eyes| text[..offset].ends_with(eyes))?;
    Some((offset - eyes.len()..offset + 1, "say it in words, or smile: [smile]"))
}

/// Where emoji are to be spoken.
fn emoji(source: &str, message: &Message) -> Vec<Span> {
    let text = message.span.of(source);
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: Vec<Span> = Vec::new();
    for (offset, letter) in text.char_indices().filter(|(_, letter)| is_emoji(*letter)) {
        let span = Span::new(message.span.start + offset, message.span.start + offset + letter.len_utf8());
        match found.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => found.push(span),
        }
    }
    if !found.is_empty() {
        let pieces = markup::pieces(source, message.span);
        let is_spoken = |span: &Span| {
            let index = pieces.partition_point(|piece| piece.span.end <= span.start);
            pieces.get(index).is_some_and(|piece| piece.kind == markup::Kind::Spoken)
        };
        found.retain(is_spoken);
    }
    found
}

/// Pictographs, and the miscellaneous symbols and dingbats that are drawn as such (Unicode blocks).
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}')
}
