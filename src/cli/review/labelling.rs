//! Who left each recording and when, which script was read, and what was said.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::config_files::{ConfigFiles, Flags};
use super::super::filling::Filling;
use super::super::input::{self, Input};
use super::super::paths;
use super::super::selection::Linters;
use super::script::{self, Script};
use super::transcripts::Transcripts;
use crate::audio::{self, Tags};
use crate::coach::{Labels, Metadata, Pattern};

#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// Who and when from the end of a path: "{rep}/{date}_{client}.wav"; * for what does not matter
    #[arg(long, value_name = "PATTERN", value_parser = Pattern::parse)]
    pattern: Option<Pattern>,
    /// A CSV with a column `path`; every other column (rep, date, client, script …) says more of that recording
    #[arg(long, value_name = "FILE")]
    pub metadata: Option<PathBuf>,
    /// A folder of scripts: that with the name of a recording, or with that in its `script`, is the one that was read
    #[arg(long, value_name = "FOLDER", conflicts_with = "script")]
    scripts: Option<PathBuf>,
    /// A folder of transcripts, in any of the formats of review's --transcript: that with the name of a recording has its words
    #[arg(long, value_name = "FOLDER", conflicts_with = "model")]
    transcripts: Option<PathBuf>,
}

impl Arguments {
    /// Every file of the folders of scripts and transcripts; none of one that cannot be read, of which [`Labelling::new`] tells.
    pub fn files(&self) -> Vec<PathBuf> {
        let entries = self.scripts.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        let scripts = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let transcripts = self
            .transcripts
            .iter()
            .filter_map(|folder| Transcripts::in_folder(folder).ok())
            .collect::<Vec<_>>();
        scripts.chain(transcripts.iter().flat_map(Transcripts::files).cloned()).collect()
    }
}

/// Labels and scripts for every recording.
#[derive(Default)]
pub struct Labelling<'a> {
    pattern: Option<&'a Pattern>,
    metadata: Option<Metadata>,
    /// By their names without an ending.
    scripts: BTreeMap<String, Script>,
    transcripts: Transcripts,
}

impl<'a> Labelling<'a> {
    pub fn new(arguments: &'a Arguments, flags: Flags) -> Result<Self, String> {
        let metadata = arguments.metadata.as_deref().map(metadata).transpose()?;
        let scripts = arguments.scripts.as_deref().map(|folder| scripts(folder, flags)).transpose()?;
        let transcripts = arguments.transcripts.as_deref().map(Transcripts::in_folder).transpose()?;
        Ok(Self {
            pattern: arguments.pattern.as_ref(),
            metadata,
            scripts: scripts.unwrap_or_default(),
            transcripts: transcripts.unwrap_or_default(),
        })
    }

    /// What the table says goes over what the path says, and that over what the file says of itself.
    pub fn labels(&self, recording: &Path) -> Labels {
        of_tags(audio::tags(recording)).with(self.told(recording))
    }

    /// Without the file's own tags.
    fn told(&self, recording: &Path) -> Labels {
        let of_path = self.pattern.and_then(|pattern| pattern.labels(recording)).unwrap_or_default();
        let of_table =
            self.metadata.as_ref().and_then(|metadata| metadata.labels(&paths::absolute(recording)));
        of_path.with(of_table.cloned().unwrap_or_default())
    }

    /// The recordings of which nothing is known though it was said where to look.
    pub fn n_unlabelled(&self, recordings: &[PathBuf]) -> usize {
        if self.pattern.is_none() && self.metadata.is_none() {
            return 0;
        }
        let is_unknown =
            |path: &&PathBuf| self.told(path).fields.is_empty() && self.labels(path).fields.is_empty();
        recordings.iter().filter(is_unknown).count()
    }

    /// The recordings of whose client nothing is known.
    pub fn n_without_client(&self, recordings: &[PathBuf]) -> usize {
        let is_unknown = |path: &&PathBuf| {
            self.told(path).get("client").is_none() && self.labels(path).get("client").is_none()
        };
        recordings.iter().filter(is_unknown).count()
    }

    /// The dates that are none, of which no week is known.
    pub fn false_dates(&self, recordings: &[PathBuf]) -> Vec<String> {
        let told = recordings.iter().map(|path| self.told(path)).filter(|labels| labels.date().is_none());
        told.filter_map(|labels| labels.get("date").map(str::to_owned)).collect()
    }

    /// The paths of rows of the table that are of none of these recordings.
    pub fn without_recording(&self, recordings: &[PathBuf]) -> Vec<String> {
        let Some(metadata) = &self.metadata else { return Vec::new() };
        let whole: Vec<PathBuf> = recordings.iter().map(|path| paths::absolute(path)).collect();
        metadata.without_recording(&whole)
    }

    /// Was a folder of scripts named?
    pub fn has_scripts(&self) -> bool {
        !self.scripts.is_empty()
    }

    /// Was a folder of transcripts named?
    pub fn has_transcripts(&self) -> bool {
        !self.transcripts.is_empty()
    }

    /// The file of what was said.
    pub fn transcript(&self, recording: &Path) -> Option<&Path> {
        self.transcripts.of(recording)
    }

    /// The script of the longest name that the recording has, or begins with: `callback.md` for `callback-take-003.wav`.
    pub fn script(&self, recording: &Path, labels: &Labels) -> Option<&Script> {
        let stem = recording.file_stem().unwrap_or_default().to_string_lossy();
        let name = labels.get("script").unwrap_or(&stem);
        let fits = |script: &&String| {
            let rest = name.strip_prefix(script.as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let longest = self.scripts.keys().filter(fits).max_by_key(|script| script.len())?;
        self.scripts.get(longest)
    }
}

/// The artist is who speaks, the title says to whom; a tag that bears the name of a field says it outright. A date that
/// is no day, such as the year that music has, says nothing.
fn of_tags(tags: Tags) -> Labels {
    let standard = [("rep", tags.artist), ("client", tags.title), ("date", tags.date)];
    let own = ["rep", "client", "date", "script"].map(|field| (field, tags.own.get(field).cloned()));
    let told = standard.into_iter().chain(own).filter_map(|(field, text)| Some((field.to_owned(), text?)));
    let mut labels = Labels { fields: told.collect() };
    if labels.date().is_none() {
        labels.fields.remove("date");
    }
    labels
}

fn metadata(path: &Path) -> Result<Metadata, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("--metadata {}: could not be read: {}", path.display(), reason(&error)))?;
    Metadata::parse(&text).map_err(|error| format!("--metadata {}: {error}", path.display()))
}

/// Spreadsheets save as UTF-16 and as the system's own code page too.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidData => "it is not UTF-8; save it as \"CSV UTF-8\"".to_owned(),
        _ => error.to_string(),
    }
}

fn scripts(folder: &Path, flags: Flags) -> Result<BTreeMap<String, Script>, String> {
    if !folder.is_dir() {
        return Err(format!("--scripts {}: no such folder", folder.display()));
    }
    let mut configs = ConfigFiles::new(flags);
    let here = configs.for_folder(folder)?;
    let (inputs, errors) = input::expand(&[folder.to_owned()], None, &here);
    if let Some(error) = errors.first() {
        return Err(error.to_string());
    }
    let linters = Linters::new(&mut configs, &inputs)?;
    let mut scripts = BTreeMap::new();
    for input in &inputs {
        let Input::File(path) = input else { continue };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // The first message: a recording says which other one with --script and --message.
        let script = script::read(&Filling::default(), input, 1, &linters)?;
        if scripts.insert(name.clone(), script).is_some() {
            return Err(format!("--scripts {}: two scripts are called {name}", folder.display()));
        }
    }
    if scripts.is_empty() {
        return Err(format!("--scripts {}: no scripts in it (.md, .txt, .voicemail)", folder.display()));
    }
    Ok(scripts)
}
