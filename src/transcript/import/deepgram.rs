//! Deepgram: the best alternative of the first channel.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let channels = root.get("results")?.get("channels")?;
    let best = channels.first("a channel")?.get("alternatives")?.first("an alternative")?;
    let stretches = match best.find("words") {
        Some(words) => words.items()?.iter().map(word).collect::<Result<_, _>>()?,
        None => vec![Stretch::untimed(best.get("transcript")?.text()?)],
    };
    Ok(Read { stretches, notes: super::note_of_channels(channels.items()?.len()) })
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
