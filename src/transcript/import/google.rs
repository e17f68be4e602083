//! Google Cloud Speech-to-Text, version 1 or 2, as it answers or as an operation: the best alternative of each result.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let answer = root.find("response");
    let mut stretches = Vec::new();
    for result in answer.as_ref().unwrap_or(root).get("results")?.items()? {
        let Some(alternatives) = result.find("alternatives") else { continue };
        let best = alternatives.first("an alternative")?;
        // Where speakers are told apart, one result more has all words again, and no transcript.
        let Some(transcript) = best.find("transcript") else { continue };
        match best.find("words") {
            Some(words) => {
                for word in words.items()? {
                    stretches.push(self::word(&word)?);
                }
            }
            None => stretches.push(Stretch::untimed(transcript.text()?)),
        }
    }
    Ok(Read { stretches, notes: Vec::new() })
}

fn word(node: &Node) -> Result<Stretch, ImportError> {
    let times = match node.times("startTime", "endTime", 1.0)? {
        Some(times) => Some(times),
        None => node.times("startOffset", "endOffset", 1.0)?,
    };
    Ok(Stretch {
        text: node.get("word")?.text()?.to_owned(),
        times,
        probability: node.probability(&["confidence"])?,
    })
}
