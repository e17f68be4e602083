//! Deepgram: the best alternative of the first channel.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let channels = root.get("results")?.get("channels")?;
    let all = channels.items()?;
    let first = all.first().ok_or_else(|| channels.error("expected a channel, found an empty list"))?;
    let alternatives = first.get("alternatives")?;
    let best = alternatives.items()?;
    let best =
        best.first().ok_or_else(|| alternatives.error("expected an alternative, found an empty list"))?;
    let stretches = match best.find("words") {
        Some(words) => words.items()?.iter().map(word).collect::<Result<_, _>>()?,
        None => vec![Stretch::untimed(best.get("transcript")?.text()?)],
    };
    let several = all.len() > 1;
    let notes = several.then(|| format!("the words of channel 1 of {} were read", all.len()));
    Ok(Read { stretches, notes: notes.into_iter().collect() })
}

fn word(node: &Node) -> Result<Stretch, ImportError> {
    let text = match node.find("punctuated_word") {
        Some(word) => word,
        None => node.get("word")?,
    };
    Ok(Stretch {
        text: text.text()?.to_owned(),
        times: node.times("start", "end", 1.0)?,
        probability: node.probability(&["confidence"])?,
    })
}
