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
        let (columns, cells) = self.table.split_first_chunk::<128>()?;
        let (cells, _) = cells.as_chunks::<2>();
        let mut state = self.starts[before(text, start)];
        let mut end = None;
        // A match shows one byte late, since what follows decides whether a word ends.
        let bytes = &text[start..text.len().min(limit + 1)];
        for (byte, offset) in bytes.iter().zip(start..) {
            let Some(row) = usize::from(state).checked_sub(1) else { return end };
            let column = usize::from(columns[usize::from(byte & 127)]);
            let target = u16::from_le_bytes(cells[row * self.n_columns + column]);
            if target & IS_MATCH != 0 {
                end = Some(offset);
            }
            state = target & !IS_MATCH;
        }
        let at_end = usize::from(state).checked_sub(1).filter(|_| text.len() == limit);
        let is_match =
            |row| u16::from_le_bytes(cells[row * self.n_columns + self.n_columns - 1]) & IS_MATCH != 0;
        at_end.filter(|row| is_match(*row)).map(|_| limit).or(end)
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
