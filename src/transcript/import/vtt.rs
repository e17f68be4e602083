//! WebVTT: a heading, notes and styles, and cues that may have a name and times within their text.

use super::{ImportError, Read, cues};

pub fn read(text: &str) -> Result<Read, ImportError> {
    let mut stretches = Vec::new();
    for block in cues::blocks(text) {
        let is_cue = block.iter().take(2).any(|(_, line)| line.contains("-->"));
        let is_other =
            ["WEBVTT", "NOTE", "STYLE", "REGION"].iter().any(|start| block[0].1.starts_with(start));
        if is_cue || !is_other {
            stretches.extend(cues::cue(&block)?);
        }
    }
    Ok(Read { stretches, notes: Vec::new() })
}
