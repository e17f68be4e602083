//! Runs a pattern's automaton, a table that the build script made.

use super::format::IS_MATCH;

/// See `Table` in `build.rs`.
pub struct Automaton {
    /// The column of each ASCII byte, then rows of two-byte cells.
    pub table: &'static [u8],
    /// The last is for the end of the text.
    pub n_columns: usize,
    pub starts: [u16; 4],
}

impl Automaton {
    /// Where the match ends that begins at `start` and lies before `limit`; of several, that which the pattern prefers.
    pub fn end_of_match(&self, text: &[u8], start: usize, limit: usize) -> Option<usize> {
        let (columns, rows) = self.table.split_at(128);
        let mut state = self.starts[before(text, start)];
        let mut end = None;
        // A match shows one byte late, since what follows decides whether a word ends.
        for offset in start..=limit {
            let Some(row) = usize::from(state).checked_sub(1) else { break };
            let column = match text.get(offset) {
                Some(byte) => usize::from(columns[usize::from(byte & 127)]),
                None => self.n_columns - 1,
            };
            let cell = 2 * (row * self.n_columns + column);
            let target = u16::from_le_bytes([rows[cell], rows[cell + 1]]);
            if target & IS_MATCH != 0 {
                end = Some(offset);
            }
            state = target & !IS_MATCH;
        }
        end
    }
}

/// What stands before, as an index of the starts.
fn before(text: &[u8], start: usize) -> usize {
    match start.checked_sub(1).map(|before| text[before]) {
        None => 0,
        Some(b'\n') => 1,
        Some(byte) if byte.is_ascii_alphanumeric() || byte == b'_' => 2,
        Some(_) => 3,
    }
}
