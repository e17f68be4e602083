//! Finds and reads `afterbeep.toml`, upward from a script, and says what it makes of each script.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::paths;
use crate::config::{self, Config, FILE_NAME, Layer, is_no_script};

/// A configuration, where it was found, and its globs made ready.
pub struct Governor {
    pub config: Config,
    /// The file, if there is one, and those it extends.
    pub files: Vec<PathBuf>,
    exclude: Vec<Glob>,
    per_file: Vec<Glob>,
}

struct Glob {
    root: PathBuf,
    matcher: Gitignore,
}

/// Configurations by the folder that asks, so that each file is read once.
#[derive(Default)]
pub struct ConfigFiles {
    /// What the command line changes.
    flags: Flags,
    file_of: HashMap<PathBuf, Option<PathBuf>>,
    governors: HashMap<Option<PathBuf>, Result<Arc<Governor>, String>>,
}

/// What the command line says about settings.
#[derive(Default, Clone)]
pub struct Flags {
    /// Take no notice of any `afterbeep.toml`.
    pub isolated: bool,
    pub profile: Option<String>,
    /// `KEY=VALUE`, as in the file.
    pub config: Vec<String>,
    /// Over everything else.
    pub layer: Layer,
}

impl ConfigFiles {
    pub fn new(flags: Flags) -> Self {
        Self { flags, ..Self::default() }
    }

    /// What governs the scripts of a folder: the nearest file above them, or the defaults.
    pub fn for_folder(&mut self, folder: &Path) -> Result<Arc<Governor>, String> {
        let file = if self.flags.isolated { None } else { self.nearest(paths::absolute(folder)) };
        let flags = &self.flags;
        let governor = self.governors.entry(file);
        governor.or_insert_with_key(|file| governor_of(file.as_deref(), flags).map(Arc::new)).clone()
    }

    fn nearest(&mut self, folder: PathBuf) -> Option<PathBuf> {
        self.file_of.entry(folder).or_insert_with_key(|folder| nearest(folder)).clone()
    }
}

fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|above| above.join(FILE_NAME)).find(|candidate| candidate.is_file())
}

fn governor_of(path: Option<&Path>, flags: &Flags) -> Result<Governor, String> {
    let (mut config, mut files) = (Config::default(), Vec::new());
    if let Some(path) = path {
        read_into(&mut config, path, &mut files)?;
    }
    let mut given = Layer::default();
    for flag in &flags.config {
        let file = config::parse_flag(flag).map_err(|error| error.to_string())?;
        let mut layer = file.layer.clone();
        merge(&mut given, &mut layer);
        config.extend(config::File { layer: of_command_line(Layer::default()), ..file });
    }
    config.flags = vec![of_command_line(given), of_command_line(flags.layer.clone())];
    config.profile_flag.clone_from(&flags.profile);
    let of_one_root = config.exclude.chunk_by(|one, other| one.root == other.root);
    let exclude = of_one_root.map(|globs| {
        let lines: Vec<&str> = globs.iter().map(|exclude| exclude.glob.as_str()).collect();
        Glob::new("exclude", &lines, &globs[0].root)
    });
    let exclude = exclude.collect::<Result<_, _>>()?;
    let per_file = config.per_file.iter().map(|entry| Glob::new("[per-file]", &[&entry.glob], &entry.root));
    let per_file = per_file.collect::<Result<_, _>>()?;
    Ok(Governor { config, files, exclude, per_file })
}

fn of_command_line(layer: Layer) -> Layer {
    Layer { origin: "the command line".to_owned(), ..layer }
}

/// Puts one layer of flags over another.
fn merge(under: &mut Layer, over: &mut Layer) {
    under.select = over.select.take().or(under.select.take());
    under.extend_select.append(&mut over.extend_select);
    under.ignore.append(&mut over.ignore);
    under.severity.append(&mut over.severity);
    under.limits.append(&mut over.limits);
}

/// Reads a file after what it extends. `seen` are the files on the way here, and in the end all that were read.
fn read_into(config: &mut Config, path: &Path, seen: &mut Vec<PathBuf>) -> Result<(), String> {
    let name = shown(path);
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: could not be read: {error}"))?;
    let root = path.parent().unwrap_or(Path::new(".")).to_owned();
    let file =
        config::parse(&text, &name, &root.to_string_lossy()).map_err(|error| format!("{name}: {error}"))?;
    seen.push(path.to_owned());
    if let Some(extend) = &file.extend {
        let extended = normal(&root.join(extend));
        if seen.contains(&extended) {
            return Err(format!("{name}: extend = {extend:?}: the files extend each other in a circle"));
        }
        if !extended.is_file() {
            return Err(format!("{name}: extend = {extend:?}: there is no file {}", shown(&extended)));
        }
        read_into(config, &extended, seen)?;
    }
    config.extend(file);
    Ok(())
}

/// Without `.` and `..`, so that a circle of files is noticed.
fn normal(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Relative to where the user stands, if it lies there.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

impl Governor {
    /// The file, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.files.first().map(PathBuf::as_path)
    }

    /// How the file is called in messages; nothing where there is none.
    pub fn name(&self) -> Option<String> {
        self.path().map(shown)
    }

    /// [`Self::excludes`], of what is met on the way: another configuration decides over what lies under it.
    pub fn leaves_out(&self, path: &Path, is_folder: bool) -> bool {
        let place = paths::absolute(path);
        let folder = if is_folder { Some(place.as_path()) } else { place.parent() };
        let governs =
            || self.path().is_none_or(|own| folder.and_then(nearest).is_none_or(|file| file == own));
        names_no_script(path) || self.excludes(path, is_folder) && governs()
    }

    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        names_no_script(path) || self.exclude.iter().any(|globs| globs.matches(path, is_folder))
    }

    /// Indices of the `[per-file]` entries that match.
    pub fn per_file(&self, path: &Path) -> Vec<usize> {
        let matching = self.per_file.iter().enumerate().filter(|(_, glob)| glob.matches(path, false));
        matching.map(|(index, _)| index).collect()
    }
}

fn names_no_script(path: &Path) -> bool {
    is_no_script(&path.file_name().unwrap_or_default().to_string_lossy())
}

impl Glob {
    /// As lines of a `.gitignore`: "!keep.md" takes back what an earlier one says.
    fn new(key: &str, lines: &[&str], root: &str) -> Result<Self, String> {
        let root = paths::absolute(Path::new(root));
        let mut builder = GitignoreBuilder::new(&root);
        let malformed = |glob: &str, error: ignore::Error| format!("{key} {glob:?}: {error}");
        for glob in lines {
            builder.add_line(None, glob).map_err(|error| malformed(glob, error))?;
        }
        let matcher = builder.build().map_err(|error| malformed(&lines.join(", "), error))?;
        Ok(Self { root, matcher })
    }

    fn matches(&self, path: &Path, is_folder: bool) -> bool {
        let Ok(relative) = paths::absolute(path).strip_prefix(&self.root).map(Path::to_owned) else {
            return false;
        };
        self.matcher.matched_path_or_any_parents(&relative, is_folder).is_ignore()
    }
}
