//! The rows that fill a script: the file that its front matter names.

use std::path::PathBuf;

use super::input::{Input, text_of};
use crate::script::{FrontMatter, Placeholder, Sequence};
use crate::table::Table;

/// Where the data is that the front matter of a script names: relative to the script.
pub fn data_path(input: &Input, data: &str) -> PathBuf {
    input.folder().join(data)
}

/// The file of rows that the front matter of a script names.
pub fn data_of(input: &Input, front_matter: &FrontMatter) -> Option<PathBuf> {
    Some(data_path(input, front_matter.data.as_deref()?))
}

/// The rows that the front matter of a script names.
pub fn table(input: &Input, data: &str) -> Result<Table, String> {
    let path = data_path(input, data);
    let name = path.display();
    let text = text_of(&path).map_err(|error| format!("its data, {name}, could not be read: {error}"))?;
    Table::parse(&text).map_err(|error| format!("its data, {name}: {error}"))
}

/// Why the data would fill nothing, or not what it seems to.
pub fn unused_data(sequence: &Sequence, Table { columns, .. }: &Table) -> Option<String> {
    let placeholders = sequence.messages.iter().flat_map(|message| &message.placeholders);
    let fields: Vec<&str> = placeholders.map(Placeholder::field).collect();
    let fills = |column: &String| fields.contains(&column.as_str());
    let spelled = |name: &str| -> String {
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let meant = columns.iter().filter(|column| !fills(column)).find_map(|column| {
        let is_meant = |field: &&&str| !spelled(column).is_empty() && spelled(field) == spelled(column);
        let field = fields.iter().find(is_meant)?;
        (!columns.iter().any(|column| column == field)).then_some((column, field))
    });
    match meant {
        Some((column, field)) => Some(format!(
            "its data: the column `{column}` fills nothing, for the placeholder is called `{field}`; give both one name"
        )),
        None if fields.is_empty() || columns.iter().any(fills) => None,
        None => Some(format!(
            "its data fills nothing: no placeholder of the script is called {}",
            columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
        )),
    }
}
