//! What tests of the program share.
#![allow(dead_code, reason = "each file of tests is a program of its own, which uses a part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The program that was built for the tests, with a cache that is not the user's.
pub fn afterbeep() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterbeep"));
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What was printed, as JSON.
#[track_caller]
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", stdout(output), stderr(output)))
}

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A recording of `fixtures/speech`.
pub fn speech(name: &str) -> PathBuf {
    root().join("fixtures/speech").join(name)
}

/// A folder that holds these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

pub fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder is made");
    fs::write(path, bytes).expect("the file is written");
}

/// The recordings of `docs/coach.md`, `calls/{rep}/{date}_{client}.wav`: copies of those in `fixtures/speech`.
pub fn calls(folder: &Path) {
    let table = fs::read_to_string(root().join("fixtures/calls.csv")).expect("a table");
    for row in table.lines().skip(1) {
        let (path, recording) = row.split_once(',').expect("two columns");
        write(folder, path, &fs::read(speech(recording)).expect("a recording"));
    }
}

/// Are pages and pictures of `docs` to be written as they are now? (`make coach-page`)
pub fn overwrites() -> bool {
    std::env::var_os("AFTERBEEP_OVERWRITE").is_some()
}
