//! SubRip: a number, times, text; blank lines between.

use super::{ImportError, Read, cues};

pub fn read(text: &str) -> Result<Read, ImportError> {
    let mut stretches = Vec::new();
    for block in cues::blocks(text) {
        stretches.extend(cues::cue(&block)?);
    }
    Ok(Read { stretches, notes: Vec::new() })
}
