//! Settings: which rules are on, at which severity, with which limits. Read from `afterbeep.toml`, profiles and flags.
//!
//! A [`Config`] is what one `afterbeep.toml` says, with what it extends and what the flags change; its
//! [`Config::settings`] are what holds for one script, by its path and its profile. Settings are a list of [`Layer`]s,
//! each of which changes what those before it say: the built-in profile, the configuration (what it extends first), its
//! own `[profiles.x]`, the `[per-file]` entries that match, and the flags.

mod layer;
mod numbers;
mod profile;
mod read;
mod settings;
mod starter;

use std::collections::BTreeMap;

pub use layer::{Layer, Level, Scope};
pub use numbers::{Limits, ScoreWeights, SpeechRate, TargetEnds};
pub use profile::{BUILT_IN as PROFILES, BuiltIn, DEFAULT as DEFAULT_PROFILE, Profile, ProfileError};
pub use read::{ConfigError, File, parse, parse_flag};
pub use settings::Settings;
pub use starter::{is_no_script, starter};

/// The name of the file that is looked for, upward from each script.
pub const FILE_NAME: &str = "afterbeep.toml";

/// What holds for the scripts that one `afterbeep.toml` governs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// Of every script, lowest first; what a file extends comes before it.
    pub layers: Vec<Layer>,
    /// The user's own, and changes to built-in ones.
    pub profiles: BTreeMap<String, Vec<Profile>>,
    pub per_file: Vec<PerFile>,
    pub exclude: Vec<Exclude>,
    /// The profile of a script that names none.
    pub profile: Option<String>,
    pub region: Option<String>,
    /// Where what holds for all scripts alike was said last, by its name: `region`, `speech.syllables_per_second`.
    pub origins: BTreeMap<String, String>,
    pub speech: SpeechRate,
    pub score: ScoreWeights,
    pub targets: TargetEnds,
    /// From the command line, lowest first; over everything else.
    pub flags: Vec<Layer>,
    /// The profile that the command line asks for, whatever a script says.
    pub profile_flag: Option<String>,
}

/// `[per-file]`: what holds for the paths that a glob matches.
#[derive(Debug, Clone, PartialEq)]
pub struct PerFile {
    pub glob: String,
    /// The folder that the glob is relative to: that of the file that holds it.
    pub root: String,
    pub profile: Option<String>,
    pub layer: Layer,
}

/// A glob of paths that are not linted when a folder is.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclude {
    pub glob: String,
    /// The folder that the glob is relative to.
    pub root: String,
}

impl Config {
    /// Puts what `file` says over what is there.
    pub fn extend(&mut self, file: File) {
        let named = |table: &'static str, numbers: &BTreeMap<String, f64>| {
            numbers.keys().map(|name| format!("{table}.{name}")).collect::<Vec<_>>()
        };
        let tables = [("speech", &file.speech), ("score", &file.score), ("targets", &file.targets)];
        let said = tables.into_iter().flat_map(|(table, numbers)| named(table, numbers));
        let said = said.chain(file.profile.is_some().then(|| "profile".to_owned()));
        let said = said.chain(file.region.is_some().then(|| "region".to_owned()));
        self.origins.extend(said.map(|name| (name, file.layer.origin.clone())));
        self.layers.push(file.layer);
        for (name, profile) in file.profiles {
            self.profiles.entry(name).or_default().push(profile);
        }
        self.per_file.extend(file.per_file);
        self.exclude.extend(file.exclude);
        self.profile = file.profile.or(self.profile.take());
        self.region = file.region.or(self.region.take());
        for (name, value) in file.speech {
            set(self.speech.get_mut(&name), value);
        }
        for (name, value) in file.score {
            set(self.score.get_mut(&name), value);
        }
        for (name, value) in file.targets {
            set(self.targets.get_mut(&name), value);
        }
    }
}

/// Names were checked when they were read.
fn set(place: Option<&mut f64>, value: f64) {
    if let Some(place) = place {
        *place = value;
    }
}
