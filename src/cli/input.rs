//! The scripts a user names: files, folders, standard input.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::config_files::Governor;
use super::paths;
use crate::report::Unread;

/// Endings of the files that are linted when a folder is named.
const ENDINGS: [&str; 3] = ["md", "txt", "voicemail"];

/// The name of what has none.
pub const STANDARD_INPUT: &str = "<stdin>";

#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    File(PathBuf),
    Standard { name: String },
}

impl Input {
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Standard { name } => name.clone(),
        }
    }

    /// Whose configuration it follows.
    pub fn folder(&self) -> &Path {
        let path = match self {
            Self::File(path) => path,
            Self::Standard { name } => Path::new(name),
        };
        path.parent().unwrap_or(Path::new(""))
    }

    pub fn read(&self) -> Result<String, Unread> {
        self.text(self.bytes()?).map_err(|(unread, _)| unread)
    }

    pub fn bytes(&self) -> Result<Vec<u8>, Unread> {
        match self {
            Self::File(path) => fs::read(path).map_err(|error| self.unread(unreadable(&error))),
            Self::Standard { .. } => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(|error| self.unread(format!("standard input could not be read: {error}")))?;
                Ok(bytes)
            }
        }
    }

    /// The text that [`Self::bytes`] are.
    ///
    /// # Errors
    ///
    /// Where they are none that can be linted; with the bytes.
    pub fn text(&self, bytes: Vec<u8>) -> Result<String, (Unread, Vec<u8>)> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let unread = self.unread(not_utf8(&error));
            (unread, error.into_bytes())
        })?;
        if text.trim_end().contains('\r') && !text.contains('\n') {
            let told = "its lines end with a carriage return alone; save it with LF or CRLF".to_owned();
            return Err((self.unread(told), text.into_bytes()));
        }
        match unmerged(&text) {
            Some(line) => {
                let told = "a merge left its marks here (`<<<<<<<`); choose one of the two texts".to_owned();
                Err((Unread { line: Some(line), ..self.unread(told) }, text.into_bytes()))
            }
            None => Ok(text),
        }
    }

    fn unread(&self, text: String) -> Unread {
        Unread { path: self.name(), line: None, text }
    }
}

/// The line, counted from 1, on which git's first mark of two versions stands.
fn unmerged(text: &str) -> Option<usize> {
    let lines = || text.lines().enumerate();
    let (number, _) = lines().find(|(_, line)| line.starts_with("<<<<<<< "))?;
    let has = |mark: &str| lines().skip(number).any(|(_, line)| line.starts_with(mark));
    (has("=======") && has(">>>>>>> ")).then_some(number + 1)
}

/// The text of a file that goes with scripts, or why there is none.
pub fn text_of(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    String::from_utf8(bytes).map_err(|error| not_utf8(&error))
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the spelling and the folder".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder; give the path of one file".to_owned(),
        _ => format!("could not be read: {error}"),
    }
}

fn not_utf8(error: &std::string::FromUtf8Error) -> String {
    let at = error.utf8_error().valid_up_to();
    let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let utf16 = error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]);
    // A ZIP archive, which .docx, .odt and .pages are, and Word's older format.
    let is_document =
        [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0"].iter().any(|start| error.as_bytes().starts_with(start));
    let hint = match () {
        () if utf16 => "it looks like UTF-16; save it as UTF-8",
        () if is_document => "it looks like a document of Word or the like; save it as plain text",
        () => "expected UTF-8 text; save it as UTF-8",
    };
    format!("not UTF-8 at byte {at} (line {line}); {hint}")
}

/// Everything the paths stand for, in order and once; what cannot be found is an error beside the rest.
pub fn expand(
    named: &[PathBuf],
    stdin_filename: Option<&str>,
    here: &Arc<Governor>,
) -> (Vec<Input>, Vec<Unread>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for path in named {
        if path.as_os_str() == "-" {
            inputs.push(Input::Standard { name: stdin_filename.unwrap_or(STANDARD_INPUT).to_owned() });
        } else if path.is_dir() {
            let (files, unreadable) = walk(path, here);
            inputs.extend(files.into_iter().map(Input::File));
            errors.extend(unreadable);
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    if 1 < named.len() {
        let mut seen = HashSet::new();
        let mut has_standard_input = false;
        inputs.retain(|input| match input {
            Input::File(path) => seen.insert(paths::absolute(path)),
            Input::Standard { .. } => !std::mem::replace(&mut has_standard_input, true),
        });
    }
    (inputs, errors)
}

/// Scripts under a folder, sorted; hidden files and what `.gitignore` names are left out. A link to a script is followed,
/// one to a folder is not: so nothing goes in a circle.
fn walk(folder: &Path, here: &Arc<Governor>) -> (Vec<PathBuf>, Vec<Unread>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    let governor = Arc::clone(here);
    let walk = WalkBuilder::new(folder)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !governor.leaves_out(entry.path(), is_folder)
        })
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let is_script = entry
                    .path()
                    .extension()
                    .is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)));
                let is_file = entry
                    .file_type()
                    .is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file());
                if is_script && is_file {
                    files.push(entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned());
                }
            }
            Err(error) => errors.push(not_walked(folder, error)),
        }
    }
    (files, errors)
}

fn not_walked(folder: &Path, error: ignore::Error) -> Unread {
    match error {
        ignore::Error::WithPath { path, err } => not_walked(&path, *err),
        ignore::Error::WithDepth { err, .. } => not_walked(folder, *err),
        error => Unread {
            path: folder.display().to_string(),
            line: None,
            text: format!("could not be read: {error}"),
        },
    }
}
