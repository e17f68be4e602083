//! AssemblyAI: words, with times in milliseconds.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let words = root.get("words")?.items()?;
    let stretches = words.iter().map(|word| {
        Ok(Stretch {
            text: word.get("text")?.text()?.to_owned(),
            times: word.times("start", "end", 0.001)?,
            probability: word.probability(&["confidence"])?,
        })
    });
    Ok(Read { stretches: stretches.collect::<Result<_, _>>()?, notes: Vec::new() })
}
