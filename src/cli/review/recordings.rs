//! The recordings a user names: files, folders, globs, lists.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::super::{complain, paths};

/// Endings of the files that are heard when a folder is named, those of the containers that `audio` decodes; and what a browser
/// calls their sound.
const CONTAINERS: [(&str, &str); 13] = [
    ("wav", "audio/wav"),
    ("wave", "audio/wav"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("mp4", "audio/mp4"),
    ("aac", "audio/aac"),
    ("flac", "audio/flac"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("aif", "audio/aiff"),
    ("aiff", "audio/aiff"),
    ("aifc", "audio/aiff"),
];

/// Endings of sound that is not decoded here, and would be missed.
const UNHEARD: [&str; 7] = ["opus", "wma", "amr", "webm", "3gp", "caf", "mka"];

#[derive(clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Recordings, folders of them, or quoted globs: WAV, MP3, M4A, FLAC, Ogg, AIFF; 8 to 192 kHz
    #[arg(required_unless_present = "files_from")]
    recordings: Vec<PathBuf>,
    /// Names of recordings from a file, one a line (or ended by NUL); - is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Leave out what this matches in folders and globs, written as in a .gitignore (may be repeated)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

/// What was named, and what of it could not be looked at.
pub struct Found {
    /// Each once, in the order named; those of a folder by path.
    pub recordings: Vec<PathBuf>,
    /// A sentence each.
    pub errors: Vec<String>,
}

impl Arguments {
    /// One path and nothing else.
    pub fn of(path: &Path) -> Self {
        Self { recordings: vec![path.to_owned()], files_from: None, exclude: Vec::new() }
    }

    /// Fails where a glob or a list cannot be read: then nobody knows what was meant.
    pub fn find(&self) -> Result<Found, String> {
        let exclude = excludes(&self.exclude)?;
        let mut found = Found { recordings: Vec::new(), errors: Vec::new() };
        for path in &self.recordings {
            if path.is_dir() {
                found.folder(path, &exclude);
            } else if fs::symlink_metadata(path).is_err() && is_glob(path) {
                found.glob(path, &exclude)?;
            } else {
                found.recordings.push(path.clone());
            }
        }
        if let Some(list) = &self.files_from {
            found.recordings.extend(listed(list)?);
        }
        let mut seen = HashSet::new();
        found.recordings.retain(|path| seen.insert(paths::place(path)));
        if found.recordings.is_empty() && found.errors.is_empty() {
            return Err("the list of recordings is empty; name files, folders or quoted globs".to_owned());
        }
        Ok(found)
    }
}

impl Found {
    fn folder(&mut self, folder: &Path, exclude: &Gitignore) {
        let before = self.recordings.len();
        let n_errors = self.errors.len();
        self.walk(folder, exclude, |path| media_type(path).is_some() || is_unheard(path));
        let n_found = self.recordings.len();
        self.recordings.retain(|path| !is_unheard(path));
        let n_unheard = n_found - self.recordings.len();
        if 0 < n_unheard {
            complain(format_args!(
                "{}: files of kinds that cannot be heard here are left out ({n_unheard} of {}); make WAV of them first",
                folder.display(),
                UNHEARD.join(", ")
            ));
        }
        if self.recordings.len() == before && self.errors.len() == n_errors {
            let endings = CONTAINERS.map(|(ending, _)| ending).join(", ");
            let left = if exclude.is_empty() { "" } else { ", that --exclude leaves" };
            self.errors
                .push(format!("{}: no recordings in it (files ending in {endings}{left})", folder.display()));
        }
    }

    fn glob(&mut self, path: &Path, exclude: &Gitignore) -> Result<(), String> {
        let pattern = path.to_string_lossy();
        let matcher = glob(&pattern).map_err(|error| format!("{pattern}: no such file, and {error}"))?;
        let before = self.recordings.len();
        self.walk(&folder_of(path), exclude, |path| matcher.is_match(path));
        if self.recordings.len() == before {
            let left = if exclude.is_empty() { "" } else { " that --exclude leaves" };
            self.errors.push(format!("{pattern}: no file{left} matches it"));
        }
        Ok(())
    }

    /// Files under a folder by path; hidden ones are left out. A link to a file is followed, one to a folder is not: so
    /// nothing goes in a circle.
    fn walk(&mut self, folder: &Path, exclude: &Gitignore, is_wanted: impl Fn(&Path) -> bool) {
        let exclude = exclude.clone();
        // Recordings are private and so often in .gitignore: it does not hide them here.
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(true)
            .filter_entry(move |entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                entry.depth() == 0 || !exclude.matched(entry.path(), is_folder).is_ignore()
            })
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.errors.push(format!("{}: could not be read: {error}", folder.display()));
                    continue;
                }
            };
            let is_file = entry
                .file_type()
                .is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file());
            let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
            if is_file && is_wanted(path) {
                self.recordings.push(path.to_owned());
            } else if is_wanted(path) && entry.path_is_symlink() && !entry.path().exists() {
                complain(format_args!("{}: a link to a file that is not there is left out", path.display()));
            }
        }
    }
}

/// Of a recording by its ending.
pub fn media_type(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?;
    CONTAINERS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, media_type)| *media_type)
}

fn is_unheard(path: &Path) -> bool {
    path.extension().is_some_and(|ending| UNHEARD.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn excludes(globs: &[String]) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new("");
    for glob in globs {
        builder.add_line(None, glob).map_err(|error| format!("--exclude {glob}: {error}"))?;
    }
    builder.build().map_err(|error| format!("--exclude: {error}"))
}

fn glob(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    Ok(GlobBuilder::new(pattern).literal_separator(true).build()?.compile_matcher())
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The folder above the first part that holds a wild card.
fn folder_of(glob: &Path) -> PathBuf {
    let is_plain = |part: &Component| !is_glob(Path::new(part.as_os_str()));
    let folder: PathBuf = glob.components().take_while(is_plain).collect();
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

fn listed(list: &Path) -> Result<Vec<PathBuf>, String> {
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("--files-from {}: could not be read: {error}", list.display()))?;
    // `find -print0`: such names may hold a newline.
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|byte| *byte == end);
    let names = names.map(|name| if end == b'\n' { name.strip_suffix(b"\r").unwrap_or(name) } else { name });
    Ok(names.filter(|name| !name.is_empty()).map(|name| PathBuf::from(os_string(name))).collect())
}

#[cfg(unix)]
fn os_string(name: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(name.to_owned())
}

#[cfg(not(unix))]
fn os_string(name: &[u8]) -> OsString {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &Path, recordings: &[&str], exclude: &[&str]) -> (Vec<String>, Vec<String>) {
        let arguments = Arguments {
            recordings: recordings.iter().map(|name| folder.join(name)).collect(),
            files_from: None,
            exclude: exclude.iter().map(|glob| (*glob).to_owned()).collect(),
        };
        let found = arguments.find().expect("globs are well formed");
        let below = |path: &PathBuf| path.strip_prefix(folder).expect("below").display().to_string();
        (found.recordings.iter().map(below).collect(), found.errors)
    }

    fn folder_with(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            fs::write(path, "").expect("it is written");
        }
        folder
    }

    #[test]
    fn folders_are_walked_by_path_and_only_for_recordings() {
        let folder = folder_with(&["b/2.WAV", "b/1.mp3", "a.flac", "notes.txt", ".hidden/x.wav"]);
        let (names, errors) = found(folder.path(), &["b", ""], &[]);
        assert_eq!((names, errors.len()), (vec!["b/1.mp3".into(), "b/2.WAV".into(), "a.flac".into()], 0));
    }

    #[test]
    fn globs_and_excludes() {
        let folder = folder_with(&["a/1.wav", "a/old/2.wav", "b/3.wav", "b/3.txt"]);
        assert_eq!(found(folder.path(), &["*/*.wav"], &[]).0, ["a/1.wav", "b/3.wav"]);
        assert_eq!(found(folder.path(), &["**/*.wav"], &["old/"]).0, ["a/1.wav", "b/3.wav"]);
        assert_eq!(found(folder.path(), &["{a,b}/[13].*"], &["*.txt"]).0, ["a/1.wav", "b/3.wav"]);
        let (names, errors) = found(folder.path(), &["c/*.wav", "b/*.mp3"], &[]);
        assert_eq!((names.len(), errors.len()), (0, 3), "{errors:?}");
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_not_followed_and_links_to_files_are() {
        let folder = folder_with(&["a/1.wav"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/loop")).expect("a link");
        std::os::unix::fs::symlink("1.wav", folder.path().join("a/2.wav")).expect("a link");
        assert_eq!(found(folder.path(), &[""], &[]), (vec!["a/1.wav".into(), "a/2.wav".into()], vec![]));
    }
}
