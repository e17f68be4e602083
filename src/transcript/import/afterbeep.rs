//! Our own: what `transcribe --output-format json` writes, or the object of a review.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let transcript = root.find("transcript");
    let words = transcript.as_ref().unwrap_or(root).get("words")?;
    let word = |node: &Node| {
        Ok(Stretch {
            text: node.get("text")?.text()?.to_owned(),
            times: node.times("start", "end", 1.0)?,
            probability: node.probability(&["probability"])?,
        })
    };
    let stretches = words.items()?.iter().map(word).collect::<Result<_, _>>()?;
    Ok(Read { stretches, notes: Vec::new() })
}
