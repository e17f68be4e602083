//! The rows that fill a script's placeholders: a CSV file with a line of names on top.

use std::collections::HashMap;

use super::Message;

/// Cells by row and by the name of the column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// Why a text is no table, with the line.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct TableError(String);

impl Table {
    /// Reads CSV (RFC 4180); a byte-order mark and blanks around a cell are no part of it.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let as_error = |error: csv::Error| TableError(error.to_string());
        let columns: Vec<String> = reader.headers().map_err(as_error)?.iter().map(str::to_owned).collect();
        if columns.iter().all(String::is_empty) {
            return Err(TableError("expected a first line with the names of the columns".to_owned()));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(as_error)?.iter().map(str::to_owned).collect());
        }
        Ok(Self { columns, rows })
    }
}

/// The message with each placeholder that has a column as that cell; the others stand as they are.
pub fn filled(source: &str, message: &Message, columns: &[String], row: &[String]) -> String {
    let cells: HashMap<&str, &str> =
        columns.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect();
    let mut filled = String::new();
    let mut offset = message.span.start;
    for placeholder in &message.placeholders {
        if let Some(cell) = cells.get(placeholder.field()).filter(|_| offset <= placeholder.span.start) {
            filled += &source[offset..placeholder.span.start];
            // A cell is words, whatever marks stand in it.
            filled += &cell.replace(['\n', '\r', '#', '{', '[', '<'], " ");
            offset = placeholder.span.end;
        }
    }
    filled + &source[offset..message.span.end.max(offset)]
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
        assert!(error.contains("line: 2"), "{error}");
        assert!(Table::parse("").is_err());
    }
}
