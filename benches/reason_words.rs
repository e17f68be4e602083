//! Prints the words that `reason_words` would look at in each script of the standard input (a JSON string a line), for
//! `benches/reason_words.py` to train on: the words of a script on a line, with blanks between.

use std::collections::BTreeSet;
use std::io;

use afterbeep::lint::reading::reason_words::words;
use afterbeep::script::parse;

fn main() -> io::Result<()> {
    for line in io::stdin().lines() {
        let script: String = serde_json::from_str(&line?)?;
        let sequence = parse(&script);
        let text = sequence.messages.first().map_or("", |message| message.plain.text());
        let lower = text.to_ascii_lowercase();
        let words: BTreeSet<&str> = words(&lower).collect();
        let words: Vec<&str> = words.into_iter().collect();
        println!("{}", words.join(" "));
    }
    Ok(())
}
