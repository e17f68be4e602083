//! Rows under names: of clients that fill a script, of recordings and who left them.

use crate::units::counted;

/// Cells by row and by the name of the column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<String>>,
    /// In which line of the text each row begins, from 1.
    pub lines: Vec<usize>,
}

/// Why a text is no table, with the line.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct TableError(String);

impl Table {
    /// Reads CSV (RFC 4180), or the like with semicolons or tabs, as spreadsheets save it; a byte-order mark and blanks around a
    /// cell are no part of it.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        // The reader counts no line of those that Excel ends.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.trim(csv::Trim::All).delimiter(delimiter(&text)).from_reader(text.as_bytes());
        let columns: Vec<String> = reader.headers().map_err(of_reader)?.iter().map(str::to_owned).collect();
        if columns.iter().all(String::is_empty) {
            return Err(TableError("expected a first line with the names of the columns".to_owned()));
        }
        let has_open_quote = text.matches('"').count() % 2 == 1;
        let mut table = Self { columns, ..Self::default() };
        let (mut line, mut counted) = (1, 0);
        for record in reader.records() {
            let record = record.map_err(of_reader)?;
            // The reader's own count leaves empty lines out.
            let start = record.position().map_or(counted, |place| place.byte() as usize);
            let start = start + text[start..].bytes().take_while(|byte| *byte == b'\n').count();
            line += text[counted..start].matches('\n').count();
            counted = start;
            if has_open_quote && record.iter().any(|cell| cell.contains('\n')) {
                return Err(TableError(format!("line {line}: a quotation mark is opened and not closed")));
            }
            table.rows.push(record.iter().map(str::to_owned).collect());
            table.lines.push(line);
        }
        Ok(table)
    }
}

fn of_reader(error: csv::Error) -> TableError {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos: Some(place), expected_len, len } => {
            let (cells, line) = (counted(*len as usize, "cell", "cells"), place.line());
            TableError(format!("line {line} has {cells}, and the first line {expected_len}"))
        }
        _ => TableError(error.to_string()),
    }
}

/// What parts the names of the columns; a name may hold one of the others between quotation marks.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let outside = || head.split('"').step_by(2).flat_map(str::bytes);
    let n_of = |byte: u8| outside().filter(|other| *other == byte).count();
    // Of as many, the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|byte| n_of(*byte)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_cells_under_their_names() {
        let table = Table::parse("\u{feff}name, piece\nAnn,\"a ring, blue\"\n").expect("well formed");
        assert_eq!(table.columns, ["name", "piece"]);
        assert_eq!(table.rows, [["Ann", "a ring, blue"]]);
    }

    #[test]
    fn a_short_row_is_an_error_with_its_line() {
        let error = Table::parse("name,piece\nAnn\n").expect_err("one cell is missing").to_string();
        assert_eq!(error, "line 2 has 1 cell, and the first line 2");
        let error = Table::parse("a,b\r\n1,2\r\n3,4\r\n5,6,7\r\n").expect_err("one is too many").to_string();
        assert_eq!(error, "line 4 has 3 cells, and the first line 2");
        assert!(Table::parse("").is_err());
        let open = Table::parse("a,b\n1,2\n3,\"4\n5,6\n").expect_err("never closed").to_string();
        assert_eq!(open, "line 3: a quotation mark is opened and not closed");
    }

    #[test]
    fn whatever_a_spreadsheet_puts_between_cells() {
        for text in ["name;\"ring, or\"\nAnn;gold, 9 ct\n", "name\t\"ring, or\"\r\n\r\nAnn\tgold, 9 ct\r\n"] {
            let table = Table::parse(text).expect("well formed");
            assert_eq!(
                (table.columns, table.rows),
                (vec!["name".into(), "ring, or".into()], vec![vec!["Ann".into(), "gold, 9 ct".into()]])
            );
        }
        assert_eq!(Table::parse("a;b\n1;2\n\n3;4\n").expect("well formed").lines, [2, 4]);
    }
}
