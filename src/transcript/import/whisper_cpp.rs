//! whisper.cpp: `whisper-cli -ojf` has tokens with times, `-oj` segments only. Times in milliseconds.

use super::json::Node;
use super::stretch::{Stretch, Times};
use super::{ImportError, Read};
use crate::transcript::words::{Token, words_of};
use crate::units::Seconds;

const MILLISECOND: f64 = 1e-3;

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let mut stretches = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    for segment in root.get("transcription")?.items()? {
        if let Some(found) = segment.find("tokens") {
            let mut starts_segment = true;
            for node in found.items()? {
                if let Some(mut token) = token(&node)? {
                    token.starts_segment = starts_segment;
                    starts_segment = false;
                    tokens.push(token);
                }
            }
        } else {
            let times = segment.get("offsets")?.times("from", "to", MILLISECOND)?;
            stretches.push(Stretch {
                text: segment.get("text")?.text()?.to_owned(),
                times,
                probability: None,
            });
        }
    }
    stretches.extend(words_of(&tokens, Seconds(f64::INFINITY)).into_iter().map(|word| {
        let times = word.interval.map(|interval| Times { start: interval.start.0, end: interval.end.0 });
        Stretch { text: word.text, times, probability: word.probability }
    }));
    Ok(Read { stretches, notes: Vec::new() })
}

/// `None` for what is not said, such as `[_BEG_]` and `[_TT_50]`.
fn token(node: &Node) -> Result<Option<Token>, ImportError> {
    let text = node.get("text")?.text()?;
    if text.starts_with("[_") {
        return Ok(None);
    }
    // The times of tokens may be out of order; `words_of` puts them right.
    let offsets = node.get("offsets")?;
    let time = |key: &str| Ok(Seconds(offsets.get(key)?.number()? * MILLISECOND));
    Ok(Some(Token {
        bytes: text.as_bytes().to_vec(),
        interval: (time("from")?, time("to")?),
        probability: node.probability(&["p"])?.unwrap_or(0.0),
        starts_segment: false,
    }))
}
