//! The script parser never panics, and what it finds lies within the text.
#![no_main]

use afterbeep::script;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let sequence = script::parse(source);
    for message in &sequence.messages {
        assert!(!message.span.of(source).is_empty());
        assert!(message.plain.text().is_ascii());
        for sentence in message.sentences() {
            let _ = message.plain.source_span(sentence).of(source);
        }
        let mentions = message.mentions.iter().map(|mention| mention.span);
        for span in mentions.chain(message.placeholders.iter().map(|placeholder| placeholder.span)) {
            let _ = span.of(source);
        }
    }
    for problem in &sequence.problems {
        let _ = problem.span.of(source);
    }
});
