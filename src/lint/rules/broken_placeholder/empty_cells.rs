//! Cells of the data that leave a hole where a placeholder stands.

use std::collections::{HashMap, HashSet};

use crate::finding::Span;
use crate::lint::rule::other_rows;
use crate::script::Message;
use crate::script::branches::tags;
use crate::table::Table;

/// What spreadsheets and databases leave where nothing is known.
const NOTHING: [&str; 8] = ["", "null", "none", "n/a", "nan", "undefined", "nil", "-"];

/// Of each placeholder that a row leaves without a value: where it stands first in each message, and in which rows. One that a
/// condition asks for may be empty.
pub fn empty_cells(source: &str, messages: &[Message], table: &Table) -> Vec<(Span, String)> {
    let asked = asked_for(source);
    let is_asked = |name: &str| words(name).all(|word| asked.contains(word));
    let columns = table.columns.iter().enumerate().filter(|(_, name)| !is_asked(name));
    let holes = columns.filter_map(|(column, name)| Some((name.as_str(), hole(table, column)?)));
    let holes: HashMap<&str, String> = holes.collect();
    let of_message = |message: &Message| {
        let mut seen = HashSet::new();
        let placeholders = message.placeholders.iter();
        let new = placeholders.filter(|placeholder| seen.insert(placeholder.field().to_owned()));
        let told = new.filter_map(|placeholder| {
            let name = placeholder.field();
            Some((placeholder.span, format!("{name} is {}", holes.get(name)?)))
        });
        told.collect::<Vec<_>>()
    };
    messages.iter().flat_map(of_message).collect()
}

/// What is said of a column that has a row without a value.
fn hole(table: &Table, column: usize) -> Option<String> {
    let cells = table.rows.iter().map(|row| row[column].as_str());
    let mut empty = cells.enumerate().filter(|(_, cell)| is_nothing(cell));
    let (row, cell) = empty.next()?;
    let others = other_rows(empty.count());
    let what = if cell.is_empty() { "empty".to_owned() } else { format!("{cell:?}") };
    Some(format!("{what} in row {} of the data{others}", row + 1))
}

/// The words of all conditions: `{% if name %}`, `{{#if name}}`, `{{#name}}`.
fn asked_for(source: &str) -> HashSet<&str> {
    let inside = tags(source).filter_map(|tag| Some(&source[tag.span.start..tag.end?]));
    inside.flat_map(words).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// "", "N/A", "#REF!".
fn is_nothing(cell: &str) -> bool {
    NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing))
        || cell.starts_with('#') && cell.ends_with(['!', '?', 'A'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    #[test]
    fn a_cell_without_a_value_is_told_with_its_row() {
        let table = Table::parse("name,piece,phone\nAnn,ring,404-555-0142\nBo,#REF!,N/A\nCy,null,\n")
            .expect("a table");
        let found = |text: &str| {
            let cells = empty_cells(text, &parse(text).messages, &table);
            cells.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(
            found("Hi {{name}}, your {{piece}} is ready."),
            ["piece is \"#REF!\" in row 2 of the data; so is one other row"]
        );
        assert_eq!(found("Hi {{name}}, call {{phone}}. That's {{phone}}.").len(), 1);
        assert_eq!(found("Hi {{name}}.{{#if piece}} Your {{piece}} is ready.{{/if}}"), [""; 0]);
    }
}
