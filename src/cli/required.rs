//! What the linter's reading of a message finds in it, as details that a recording of it must have.

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
    let asks = reading.asks().iter().map(|ask| Required { kind: DetailKind::Ask, plain: ask.range.clone() });
    names.chain(asks).collect()
}

/// Does what was said ask the listener for anything, in the script's words or in others?
pub fn asks_something(transcript: &Transcript) -> bool {
    let text = transcript.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    script::parse(&text).messages.iter().any(|message| !Reading::new(message).asks().is_empty())
}
