//! Flags that fill the placeholders of a script.

use super::data_files::table;
use super::input::Input;
use crate::script::{self, fill::fill};
use crate::table::Table;

#[derive(clap::Args, Default)]
pub struct Filling {
    /// Fill a placeholder of the script, such as client_name=Ann (may be repeated)
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    set: Vec<(String, String)>,
    /// Fill the placeholders from the row of the script's `data` in which a cell is this
    #[arg(long, value_name = "CELL")]
    contact: Option<String>,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        Some((name, _)) if !name.trim().is_empty() => {
            Err(format!("{} is filled with nothing; give what is to be said", name.trim()))
        }
        _ => Err("expected NAME=VALUE, such as client_name=Ann".to_owned()),
    }
}

impl Filling {
    /// The template `source` of `input`, filled. A name that the script does not have is refused: it is mistyped.
    pub fn fill(&self, input: &Input, source: String) -> Result<String, String> {
        let sequence = script::parse(&source);
        let fields: Vec<&str> = sequence
            .messages
            .iter()
            .flat_map(|message| &message.placeholders)
            .map(script::Placeholder::field)
            .collect();
        if let Some((name, _)) = self.set.iter().find(|(name, _)| !fields.contains(&name.as_str())) {
            return Err(format!("{}: has no placeholder `{name}`; {}", input.name(), has(&fields)));
        }
        let row = match &self.contact {
            Some(contact) => self::row(input, sequence.front_matter.data.as_deref(), contact)?,
            None => Vec::new(),
        };
        let value = |field: &str| {
            let set = self.set.iter().rev().find(|(name, _)| name == field);
            set.or_else(|| row.iter().find(|(name, value)| name == field && !value.is_empty()))
                .map(|(_, value)| value.as_str())
        };
        Ok(fill(&source, &sequence, value))
    }

    pub fn is_given(&self) -> bool {
        !self.set.is_empty() || self.contact.is_some()
    }

    pub fn refuse_without_script(&self) -> Result<(), String> {
        match self.is_given() {
            false => Ok(()),
            true => Err("--set and --contact fill a script; name one".to_owned()),
        }
    }
}

fn has(fields: &[&str]) -> String {
    let mut names: Vec<&str> = fields.to_vec();
    names.sort_unstable();
    names.dedup();
    match names[..] {
        [] => "it has none".to_owned(),
        _ => format!("it has {}", names.join(", ")),
    }
}

/// Names of columns with the cells of the one row that holds `contact`.
fn row(input: &Input, data: Option<&str>, contact: &str) -> Result<Vec<(String, String)>, String> {
    let name = input.name();
    let Some(data) = data else {
        return Err(format!(
            "{name}: --contact looks into `data`, a CSV file that the front matter names; there is none"
        ));
    };
    let Table { columns, rows, .. } = table(input, data).map_err(|error| format!("{name}: {error}"))?;
    let wanted = contact.trim().to_lowercase();
    let mut found = rows.into_iter().filter(|row| row.iter().any(|cell| cell.to_lowercase() == wanted));
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(columns.into_iter().zip(row).collect()),
        (None, _) => Err(format!("{name}: no row of {data} has a cell {contact:?}")),
        (Some(_), Some(_)) => {
            Err(format!("{name}: several rows of {data} have a cell {contact:?}; give one that only one has"))
        }
    }
}
