//! Cells of the data that leave a hole where a placeholder stands.

use crate::finding::Span;
use crate::lint::rule::other_rows;
use crate::script::Message;
use crate::script::data::Table;

/// What spreadsheets and databases leave where nothing is known.
const NOTHING: [&str; 8] = ["", "null", "none", "n/a", "nan", "undefined", "nil", "-"];

/// Of each placeholder that a row leaves without a value: where it stands first, and in which rows. One that a condition asks
/// for may be empty.
pub fn empty_cells(source: &str, message: &Message, table: &Table) -> Vec<(Span, String)> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for placeholder in &message.placeholders {
        let name = placeholder.field();
        let Some(column) = table.columns.iter().position(|column| column == name) else { continue };
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        if is_asked_for(source, name) {
            continue;
        }
        let cells = table.rows.iter().map(|row| row[column].as_str());
        let mut empty = cells.enumerate().filter(|(_, cell)| is_nothing(cell));
        let Some((row, cell)) = empty.next() else { continue };
        let others = other_rows(empty.count());
        let what = if cell.is_empty() { "empty".to_owned() } else { format!("{cell:?}") };
        found.push((placeholder.span, format!("{name} is {what} in row {} of the data{others}", row + 1)));
    }
    found
}

/// `{% if name %}`, `{{#if name}}`, `{{#name}}`.
fn is_asked_for(source: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    source.match_indices(name).any(|(start, _)| {
        let before = &source[source.floor_char_boundary(start.saturating_sub(40))..start];
        let tag = before.rsplit('{').next().filter(|tag| tag.len() < before.len()).unwrap_or("}");
        let is_tag = !tag.contains('}') && tag.trim_start_matches('~').starts_with(['%', '#', '^']);
        is_tag && ends(&source[start + name.len()..])
    })
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
            let cells = empty_cells(text, &parse(text).messages[0], &table);
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
