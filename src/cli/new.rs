//! `afterbeep new`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config_files::{ConfigFiles, Flags};
use super::input::text_of;
use super::{Outcome, complain, paths, refuse, replacing, standard_output};
use crate::config::DEFAULT_PROFILE;
use crate::script::outline::{self, Data};
use crate::table::Table;

#[derive(clap::Args)]
pub struct Arguments {
    /// The script to write; without one, or with `-`, the outline is printed
    file: Option<PathBuf>,
    /// The kind of voicemail: callback, follow-up, cold-call …
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// Clients whose columns fill the placeholders: a CSV file with a line of names on top
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Replace the file that is there
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let text = match outline(arguments) {
        Ok(text) => text,
        Err(error) => return Ok(refuse(error)),
    };
    let Some(path) = arguments.file.as_deref().filter(|path| *path != Path::new("-")) else {
        let mut out = standard_output();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(Outcome::Clean);
    };
    let written = if arguments.force {
        replacing::write(path, text.as_bytes())
    } else {
        replacing::write_new(path, text.as_bytes(), "give another name, or --force to replace it")
    };
    Ok(match written {
        Ok(()) => {
            let name = path.display();
            complain(format_args!("wrote {name}; fill it in, then run `afterbeep lint {name}`"));
            Outcome::Clean
        }
        Err(error) => {
            complain(format_args!("{}: {error}", path.display()));
            Outcome::CouldNotRun
        }
    })
}

fn outline(arguments: &Arguments) -> Result<String, String> {
    let folder = arguments.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let governor = ConfigFiles::new(Flags::default()).for_folder(folder)?;
    let config = &governor.config;
    let profile = arguments.profile.as_deref().or(config.profile.as_deref()).unwrap_or(DEFAULT_PROFILE);
    let body = config.outline(profile).map_err(|error| error.to_string())?;
    let Some(path) = &arguments.from else { return Ok(outline::outline(profile, body, None)) };
    let name = path.display();
    let text = text_of(path).map_err(|error| format!("{name}: {error}"))?;
    let table = Table::parse(&text).map_err(|error| format!("{name}: {error}"))?;
    // As a script in its folder names it.
    let path = paths::relative(path, folder).unwrap_or_else(|| path.clone());
    let path = path.to_string_lossy();
    Ok(outline::outline(profile, body, Some(Data { path: &path, table: &table })))
}
