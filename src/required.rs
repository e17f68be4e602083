//! What the linter's reading of a message finds in it, as details that a recording of it must have and as its parts.

use std::ops::Range;

use crate::lint::reading::Reading;
use crate::script::{self, Message, sentence};
use crate::transcript::Transcript;
use crate::transcript::alignment::{DetailKind, Required, ScriptSection, SectionKind};

/// The names and the asks of a message (its numbers and addresses need no reading), and what its parts are there for.
pub fn of(message: &Message) -> (Vec<Required>, Vec<ScriptSection>) {
    let reading = Reading::new(message);
    let asks = asks(&reading);
    let sections = sections(&reading, &asks);
    let introduction = reading.introduction();
    let names = [
        (DetailKind::Caller, &introduction.caller),
        (DetailKind::Company, &introduction.company),
        (DetailKind::Recipient, &introduction.recipient),
    ];
    let names = names.into_iter().filter_map(|(kind, plain)| Some(Required { kind, plain: plain.clone()? }));
    let asks = asks.into_iter().map(|plain| Required { kind: DetailKind::Ask, plain });
    (names.chain(asks).collect(), sections)
}

/// How often what was said asks the listener for something, in the words of the `script` or in others. What the script has too
/// and does not ask with, "I would like to show you two ways", is no ask.
pub fn n_asks(transcript: &Transcript, script: Option<&Message>) -> usize {
    let text = transcript.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let script = script.map(Reading::new);
    let is_asked = |words: &str| script.as_ref().is_none_or(|script| !has_beside_asks(script, words));
    let n_of_message = |message: &Message| {
        let reading = Reading::new(message);
        asks(&reading).into_iter().filter(|ask| is_asked(&reading.text()[ask.clone()])).count()
    };
    script::parse(&text).messages.iter().map(n_of_message).sum()
}

/// Are these words in a script where it asks for nothing?
fn has_beside_asks(script: &Reading, words: &str) -> bool {
    let text = script.text().to_ascii_lowercase();
    let Some(start) = text.find(&words.to_ascii_lowercase()) else { return false };
    let place = start..start + words.len();
    !script.asks().iter().any(|ask| ask.range.start < place.end && place.start < ask.range.end)
}

/// What its sentences are there for: the opening goes on until caller and company are named; a sentence that asks for
/// something is an ask, whatever reason it gives. Sentences that are neither are left out.
fn sections(reading: &Reading, asks: &[Range<usize>]) -> Vec<ScriptSection> {
    let introduction = reading.introduction();
    let names = [&introduction.caller, &introduction.company].into_iter().flatten();
    let introduced = names.map(|name| name.end).max().unwrap_or(0);
    let asks_in = |sentence: &Range<usize>| asks.iter().any(|ask| sentence.contains(&ask.start));
    let reasons_in = |sentence: &Range<usize>| {
        reading.reasons().iter().any(|reason| sentence.contains(&reason.range.start))
    };
    let mut sections: Vec<ScriptSection> = Vec::new();
    for plain in sentence::ranges(reading.text()) {
        let kind = match () {
            _ if plain.start < introduced => SectionKind::Opening,
            _ if asks_in(&plain) => SectionKind::Ask,
            _ if reasons_in(&plain) => SectionKind::Reason,
            _ => continue,
        };
        match sections.last_mut() {
            // Nothing but the newline between two sentences.
            Some(last) if last.kind == kind && last.plain.end + 1 == plain.start => {
                last.plain.end = plain.end
            }
            _ => sections.push(ScriptSection { kind, plain }),
        }
    }
    sections
}

/// Of those that overlap the longest.
fn asks(reading: &Reading) -> Vec<Range<usize>> {
    let asks = reading.asks();
    let is_within =
        |one: &Range<usize>, other: &Range<usize>| other.start <= one.start && one.end <= other.end;
    let is_part =
        |ask: &Range<usize>| asks.iter().any(|other| *ask != other.range && is_within(ask, &other.range));
    let mut ranges: Vec<Range<usize>> =
        asks.iter().map(|ask| ask.range.clone()).filter(|ask| !is_part(ask)).collect();
    ranges.dedup();
    ranges
}
