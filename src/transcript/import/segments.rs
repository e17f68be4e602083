//! Segments with words in them: WhisperX (`word`, `score`; numbers without times), whisper-timestamped (`text`,
//! `confidence`), openai-whisper and faster-whisper with `word_timestamps` (`word`, `probability`).

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let mut stretches = Vec::new();
    for segment in root.get("segments")?.items()? {
        match segment.find("words").map(|words| words.items()).transpose()? {
            Some(words) if !words.is_empty() => {
                for word in words {
                    stretches.push(self::word(&word)?);
                }
            }
            _ => stretches.push(whole(&segment)?),
        }
    }
    Ok(Read { stretches, notes: Vec::new() })
}

/// A word under either of its names.
pub fn word(node: &Node) -> Result<Stretch, ImportError> {
    let text = match node.find("word") {
        Some(word) => word,
        None => node.get("text")?,
    };
    Ok(Stretch {
        text: text.text()?.to_owned(),
        times: node.times("start", "end", 1.0)?,
        probability: node.probability(&["score", "confidence", "probability"])?,
    })
}

/// A segment without words.
pub fn whole(node: &Node) -> Result<Stretch, ImportError> {
    let text = node.get("text")?.text()?;
    node.get("start")?;
    node.get("end")?;
    Ok(Stretch { text: text.to_owned(), times: node.times("start", "end", 1.0)?, probability: None })
}
