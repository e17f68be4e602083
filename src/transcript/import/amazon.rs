//! Amazon Transcribe: the best alternative of each item; a mark of punctuation is an item of its own, without times.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let results = root.get("results")?;
    let channels = match results.find("channel_labels") {
        Some(labels) => labels.get("channels")?.items()?,
        None => Vec::new(),
    };
    let items = channels.first().unwrap_or(&results).get("items")?;
    let mut stretches: Vec<Stretch> = Vec::new();
    for item in items.items()? {
        let best = item.get("alternatives")?.first("an alternative")?;
        let text = best.get("content")?.text()?;
        let is_mark = item.find("type").is_some_and(|kind| kind.text() == Ok("punctuation"));
        match stretches.last_mut() {
            Some(last) if is_mark => last.text.push_str(text),
            _ => stretches.push(Stretch {
                text: text.to_owned(),
                times: item.times("start_time", "end_time", 1.0)?,
                probability: best.probability(&["confidence"])?,
            }),
        }
    }
    Ok(Read { stretches, notes: super::note_of_channels(channels.len()) })
}
