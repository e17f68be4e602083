//! `afterbeep init`.

use std::io;
use std::path::PathBuf;

use super::{Outcome, complain, new_file};
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
    Ok(match new_file::write(path, &config::starter(), arguments.force, "--force replaces it") {
        Ok(()) => {
            complain(format_args!("wrote {}; every setting in it is explained", path.display()));
            Outcome::Clean
        }
        Err(error) => {
            complain(error);
            Outcome::CouldNotRun
        }
    })
}
