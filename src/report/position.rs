//! Lines and columns of byte offsets.

/// Finds lines and columns of one source; building it is linear, each question logarithmic.
pub struct LineIndex<'s> {
    source: &'s str,
    line_starts: Vec<usize>,
    /// Characters before every [`STRIDE`]th byte, so that a column on a line of megabytes is not counted from its start.
    characters_before: Vec<usize>,
}

const STRIDE: usize = 4096;

/// Both count from 1; a column is a character (a Unicode scalar value), as editors and code hosts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl<'s> LineIndex<'s> {
    pub fn new(source: &'s str) -> Self {
        let newlines =
            source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        let line_starts = std::iter::once(0).chain(newlines).collect();
        let mut characters_before = vec![0];
        let mut n_characters = 0;
        for chunk in source.as_bytes().chunks(STRIDE) {
            n_characters += chunk.iter().filter(|byte| is_start_of_character(**byte)).count();
            characters_before.push(n_characters);
        }
        Self { source, line_starts, characters_before }
    }

    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let column = self.characters_up_to(offset) - self.characters_up_to(start) + 1;
        // No editor counts the byte-order mark.
        let n_marks = usize::from(line == 1 && 0 < offset && self.source.starts_with('\u{feff}'));
        Position { line, column: column - n_marks }
    }

    /// As [`position`](Self::position), with a column that counts the bytes of UTF-8.
    pub fn byte_position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        Position { line, column: offset - self.line_starts[line - 1] + 1 }
    }

    /// The bytes of a line, counted from 1, without its line end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.line_starts[line - 1];
        let end = self.line_starts.get(line).copied().unwrap_or(self.source.len());
        start..start + self.source[start..end].trim_end_matches(['\n', '\r']).len()
    }

    fn characters_up_to(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = &self.source.as_bytes()[stride * STRIDE..offset];
        self.characters_before[stride] + rest.iter().filter(|byte| is_start_of_character(**byte)).count()
    }
}

fn is_start_of_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = "aé\r\nZoë!\n";
        let index = LineIndex::new(source);
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(source.find('!').expect("it is there")), Position { line: 2, column: 4 });
        assert_eq!(index.byte_position(source.find('!').expect("it is there")).column, 5);
        assert_eq!(&source[index.line_range(1)], "aé");
        assert_eq!(index.position(source.len()), Position { line: 3, column: 1 });
    }

    #[test]
    fn long_lines_are_no_different() {
        let source = "é".repeat(10_000);
        assert_eq!(LineIndex::new(&source).position(2 * 9_999).column, 10_000);
    }
}
