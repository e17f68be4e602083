//! The rows that fill a script's placeholders: a CSV file with a line of names on top.

use crate::units::counted;

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
        // The reader counts no line of those that Excel ends.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let as_error = |error: csv::Error| match error.kind() {
            csv::ErrorKind::UnequalLengths { pos: Some(place), expected_len, len } => {
                let (cells, line) = (counted(*len as usize, "cell", "cells"), place.line());
                TableError(format!("line {line} has {cells}, and the first line {expected_len}"))
            }
            _ => TableError(error.to_string()),
        };
        let columns: Vec<String> = reader.headers().map_err(as_error)?.iter().map(str::to_owned).collect();
        if columns.iter().all(String::is_empty) {
            return Err(TableError("expected a first line with the names of the columns".to_owned()));
        }
        if columns.len() == 1 && columns[0].contains(['\t', ';']) {
            let message = "expected commas between the cells; this looks like tabs or semicolons";
            return Err(TableError(message.to_owned()));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(as_error)?.iter().map(str::to_owned).collect());
        }
        Ok(Self { columns, rows })
    }
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
        let tabs = Table::parse("name\tpiece\nAnn\tring\n").expect_err("tabs").to_string();
        assert!(tabs.contains("expected commas"), "{tabs}");
    }
}
