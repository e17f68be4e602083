//! The outline of a script to fill in: the four contact questions, and what to say.

use std::fmt::Write;

use super::placeholder::{Owner, Placeholder, Role};
use super::{Sequence, parse};
use crate::table::Table;

/// Rows that will fill the placeholders, and the path that the script names them by.
#[derive(Debug, Clone, Copy)]
pub struct Data<'d> {
    pub path: &'d str,
    pub table: &'d Table,
}

/// Front matter over `body`. With `data`, a placeholder of the listener's becomes the column that stands for the same.
pub fn outline(profile: &str, body: &str, data: Option<Data>) -> String {
    let columns = data.map(|data| data.table.columns.as_slice()).unwrap_or_default();
    let matched = matches(&parse(body), columns);
    let mut body = body.to_owned();
    for (name, column) in &matched {
        body = body.replace(&format!("{{{{{name}}}}}"), &format!("{{{{{column}}}}}"));
    }
    let fields = names(&parse(&body));
    let listed: Vec<String> = fields.iter().map(|field| yaml_word(field)).collect();
    let mut text = format!("---\nprofile: {profile}\nfields: [{}]\n", listed.join(", "));
    if let Some(data) = data {
        let _ = writeln!(text, "data: {}", yaml_string(data.path));
        let unused: Vec<&str> = columns
            .iter()
            .map(String::as_str)
            .filter(|column| !column.trim().is_empty() && !fields.iter().any(|field| field == column))
            .collect();
        if !unused.is_empty() {
            let _ = writeln!(text, "# It also has: {}", unused.join(", ").replace(['\n', '\r'], " "));
        }
    }
    text + CONTACT_QUESTIONS + "---\n\n" + &body
}

/// What to ask while the client is still there, and so never to leave a voicemail (the adviser on voicemail strategy).
const CONTACT_QUESTIONS: &str = "\
# The four questions to ask while you still have them there:
contact:
  best_number:      # Which number reaches you best?
  best_time:        # At what time of day? weekdays 16:00-18:00
  time_zone:        # also: on whose clock? America/New_York
  prefers_email:    # Would you rather have an e-mail? true or false
  email:            # At which address?
  secure_line:      # also: is it yours alone? true or false: may a gift or a price be mentioned?
";

/// Placeholders of the outline with the columns that stand for the same; each column once.
fn matches(sequence: &Sequence, columns: &[String]) -> Vec<(String, String)> {
    let mut free: Vec<Placeholder> = columns.iter().filter_map(|column| understood(column)).collect();
    let mut matched: Vec<(String, String)> = Vec::new();
    for placeholder in sequence.messages.iter().flat_map(|message| &message.placeholders) {
        let is_listeners = placeholder.owner != Owner::Caller && !placeholder.name.starts_with("what_");
        if !is_listeners || matched.iter().any(|(name, _)| *name == placeholder.name) {
            continue;
        }
        let same_name = free.iter().position(|column| column.name.eq_ignore_ascii_case(&placeholder.name));
        let same_role = || free.iter().position(|column| stands_for(column, placeholder));
        if let Some(index) = same_name.or_else(same_role) {
            matched.push((placeholder.name.clone(), free.remove(index).name));
        }
    }
    matched
}

/// A column that says what it is, and no more, can only stand for a person or a day of the outline.
fn stands_for(column: &Placeholder, placeholder: &Placeholder) -> bool {
    let may_stand = match column.role {
        Role::Person | Role::Date => true,
        Role::Thing => !OF_RECORDS.contains(&column.name.trim().to_lowercase().as_str()),
        _ => false,
    };
    may_stand && column.role == placeholder.role
}

/// What every export of clients has, and nobody was called about.
const OF_RECORDS: &[&str] = &[
    "comment", "comments", "department", "description", "id", "industry", "job title", "lead source", "note",
    "notes", "owner", "position", "rating", "record id", "role", "salutation", "source", "stage", "status",
    "tag", "tags", "title", "type",
];

/// What a column's name stands for; nothing for a name that cannot be written as a placeholder.
fn understood(column: &str) -> Option<Placeholder> {
    let sequence = parse(&format!("For {{{{{column}}}}}."));
    let placeholder = sequence.messages.first()?.placeholders.first()?;
    (placeholder.name == column).then(|| placeholder.clone())
}

/// Names of placeholders in the order in which they are first used.
fn names(sequence: &Sequence) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for placeholder in sequence.messages.iter().flat_map(|message| &message.placeholders) {
        if !names.contains(&placeholder.name) {
            names.push(placeholder.name.clone());
        }
    }
    names
}

/// As it stands where YAML reads it so.
fn yaml_word(text: &str) -> String {
    let is_plain =
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ' | b'.' | b'-'))
            && text.starts_with(|first: char| first.is_ascii_alphabetic());
    if is_plain { text.to_owned() } else { yaml_string(text) }
}

/// In quotes, with what would end them escaped: YAML reads a JSON string.
fn yaml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "Hi {{first_name}}, it's {{your_name}}. Your {{piece}} is ready; call {{your_number}} by {{day}}.\n";

    #[test]
    fn the_fields_are_those_of_the_body() {
        let text = outline("callback", BODY, None);
        let front_matter = parse(&text).front_matter;
        assert_eq!(front_matter.fields, ["first_name", "your_name", "piece", "your_number", "day"]);
        assert_eq!(front_matter.profile.as_deref(), Some("callback"));
        assert_eq!(parse(&text).problems, []);
    }

    #[test]
    fn no_column_of_an_export_is_taken_for_what_the_call_is_about() {
        let table = Table::parse("First Name,Title,Notes\n").expect("well formed");
        let text = outline("callback", BODY, Some(Data { path: "crm.csv", table: &table }));
        assert!(text.contains("Hi {{First Name}}") && text.contains("Your {{piece}} is ready"), "{text}");
    }

    #[test]
    fn columns_take_the_place_of_what_they_stand_for() {
        let table = Table::parse("phone,Client Name,jewel,pick-up date,price\n").expect("well formed");
        let text = outline("callback", BODY, Some(Data { path: "my \"clients\".csv", table: &table }));
        let front_matter = parse(&text).front_matter;
        assert_eq!(front_matter.fields, ["Client Name", "your_name", "jewel", "your_number", "pick-up date"]);
        assert_eq!(front_matter.data.as_deref(), Some("my \"clients\".csv"));
        assert!(text.contains("Hi {{Client Name}}, it's {{your_name}}."), "{text}");
        assert!(text.contains("# It also has: phone, price\n"), "{text}");
    }
}
