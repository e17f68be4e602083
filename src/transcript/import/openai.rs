//! OpenAI's transcription service with `response_format=verbose_json`: words beside the segments, or segments only.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read, segments};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let (list, of): (_, fn(&Node) -> Result<Stretch, ImportError>) = match root.find("words") {
        Some(words) => (words, segments::word),
        None => match root.find("segments") {
            Some(segments) => (segments, segments::whole),
            None => {
                let stretches = vec![Stretch::untimed(root.get("text")?.text()?)];
                return Ok(Read { stretches, notes: Vec::new() });
            }
        },
    };
    let stretches = list.items()?.iter().map(of).collect::<Result<_, _>>()?;
    Ok(Read { stretches, notes: Vec::new() })
}
