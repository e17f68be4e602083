//! Finds and reads `afterbeep.toml`, upward from a script.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{self, Config, FILE_NAME};

/// Configurations by the folder that asks, so that each file is read once.
#[derive(Default)]
pub struct ConfigFiles {
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
    by_file: HashMap<PathBuf, Result<Config, String>>,
}

impl ConfigFiles {
    /// The configuration for scripts in a folder: that of the nearest file above them, or the default.
    pub fn for_folder(&mut self, folder: &Path) -> Result<Config, String> {
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let file = self.by_folder.entry(absolute).or_insert_with_key(|folder| {
            folder.ancestors().map(|above| above.join(FILE_NAME)).find(|candidate| candidate.is_file())
        });
        let Some(file) = file else { return Ok(Config::default()) };
        self.by_file.entry(file.clone()).or_insert_with_key(|file| read(file)).clone()
    }
}

fn read(path: &Path) -> Result<Config, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{}: could not be read: {error}", path.display()))?;
    config::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}
