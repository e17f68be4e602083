//! SubRip: a number, times, text; blank lines between.

use super::{ImportError, Read, cues};

pub fn read(text: &str) -> Result<Read, ImportError> {
    let mut stretches = Vec::new();
    for block in with_their_rest(cues::blocks(text)) {
        stretches.extend(cues::cue(&block)?);
    }
    Ok(Read { stretches, notes: Vec::new() })
}

/// A blank line within a cue makes two blocks of it, of which the second has neither number nor times.
fn with_their_rest(blocks: Vec<cues::Block>) -> Vec<cues::Block> {
    let mut cues: Vec<cues::Block> = Vec::new();
    for block in blocks {
        let is_rest = block[0].1.contains(char::is_alphabetic)
            && !block.iter().take(2).any(|(_, line)| line.contains("->"));
        match cues.last_mut() {
            Some(cue) if is_rest => cue.extend(block),
            _ => cues.push(block),
        }
    }
    cues
}
