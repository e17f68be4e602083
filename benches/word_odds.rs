//! Prints what `word_odds` would look at in each script of the standard input (a JSON string a line), for
//! `benches/word_odds.py` to train on: a JSON list of the sentences of a script on a line, each with its `terms` (words and pairs of words) and where
//! it stands in the script, `start` and `end` in bytes.

use std::io;

use afterbeep::lint::reading::word_odds::terms;
use afterbeep::script::parse;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    for line in io::stdin().lines() {
        let script: String = serde_json::from_str(&line?)?;
        let sequence = parse(&script);
        let sentences = sequence.messages.first().into_iter().flat_map(|message| {
            message.sentences().map(|range| {
                let span = message.plain.source_span(range.clone());
                let lower = message.plain.text()[range].to_ascii_lowercase();
                json!({ "terms": terms(&lower).collect::<Vec<&str>>(), "start": span.start, "end": span.end })
            })
        });
        println!("{}", Value::from_iter(sentences));
    }
    Ok(())
}
