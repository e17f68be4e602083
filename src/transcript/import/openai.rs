//! OpenAI's transcription service with `response_format=verbose_json`: words beside the segments, or segments only.

use super::json::Node;
use super::stretch::Stretch;
use super::{ImportError, Read, segments};

pub fn read(root: &Node) -> Result<Read, ImportError> {
    let stretches: Vec<Stretch> = if let Some(words) = root.find("words") {
        words.items()?.iter().map(segments::word).collect::<Result<_, _>>()?
    } else if let Some(whole) = root.find("segments") {
        whole.items()?.iter().map(segments::whole).collect::<Result<_, _>>()?
    } else {
        vec![Stretch::untimed(root.get("text")?.text()?)]
    };
    Ok(Read { stretches, notes: Vec::new() })
}
