//! `afterbeep init`.

use std::io;
use std::path::PathBuf;

use super::{Outcome, complain, replacing};
use crate::config;

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder whose scripts it is for
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Replace the afterbeep.toml that is there
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let path = arguments.folder.join(config::FILE_NAME);
    let path = path.strip_prefix(".").unwrap_or(&path);
    let text = config::starter();
    let written = if arguments.force {
        replacing::write(path, text.as_bytes())
    } else {
        replacing::write_new(path, text.as_bytes(), "--force replaces it")
    };
    Ok(match written {
        Ok(()) => {
            complain(format_args!("wrote {}; every setting in it is explained", path.display()));
            Outcome::Clean
        }
        Err(error) => {
            complain(format_args!("{}: {error}", path.display()));
            Outcome::CouldNotRun
        }
    })
}
