//! What the linter's reading of a message finds in it, as details that a recording of it must have.

use std::ops::Range;

use crate::lint::reading::Reading;
use crate::script::{self, Message};
use crate::transcript::Transcript;
use crate::transcript::alignment::{DetailKind, Required};

/// The names and the asks of a message; its numbers and addresses need no reading.
pub fn of(message: &Message) -> Vec<Required> {
    let reading = Reading::new(message);
    let introduction = reading.introduction();
    let names = [
        (DetailKind::Caller, &introduction.caller),
        (DetailKind::Company, &introduction.company),
        (DetailKind::Recipient, &introduction.recipient),
    ];
    let names = names.into_iter().filter_map(|(kind, plain)| Some(Required { kind, plain: plain.clone()? }));
    let asks = asks(&reading).into_iter().map(|plain| Required { kind: DetailKind::Ask, plain });
    names.chain(asks).collect()
}

/// How often what was said asks the listener for something, in the script's words or in others.
pub fn n_asks(transcript: &Transcript) -> usize {
    let text = transcript.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    script::parse(&text).messages.iter().map(|message| asks(&Reading::new(message)).len()).sum()
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
