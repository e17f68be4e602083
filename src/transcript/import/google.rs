//! Google Cloud Speech-to-Text, version 1 or 2, as it answers or as an operation: the best alternative of each result.

use super::json::Node;
use super::stretch::{Stretch, Times};
use super::{ImportError, Read};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let answer = root.find("response");
    let mut stretches = Vec::new();
    for result in answer.as_ref().unwrap_or(root).get("results")?.items()? {
        let Some(alternatives) = result.find("alternatives") else { continue };
        let best = alternatives.first("an alternative")?;
        // Where speakers are told apart, one result more has all words again, and no transcript.
        let Some(transcript) = best.find("transcript") else { continue };
        match best.find("words").map(|words| words.items()).transpose()? {
            Some(words) if !words.is_empty() => {
                for word in words {
                    stretches.push(self::word(&word)?);
                }
            }
            _ => stretches.push(Stretch::untimed(transcript.text()?)),
        }
    }
    Ok(Read { stretches, notes: Vec::new() })
}

fn word(node: &Node) -> Result<Stretch, ImportError> {
    let times = |start: &str, end: &str| -> Result<Option<Times>, ImportError> {
        match (node.find(start), node.find(end)) {
            // Of a time that is 0 nothing is written.
            (None, Some(end)) => Ok(Some(Times { start: 0.0, end: end.number()? })),
            _ => node.times(start, end, 1.0),
        }
    };
    let times = match times("startTime", "endTime")? {
        Some(times) => Some(times),
        None => times("startOffset", "endOffset")?,
    };
    Ok(Stretch {
        text: node.get("word")?.text()?.to_owned(),
        times,
        probability: node.probability(&["confidence"])?,
    })
}
