//! Flags that change the settings, and the linters that follow from them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use super::config_files::{ConfigFiles, Flags, Governor};
use super::data_files::{table, unused_data};
use super::input::Input;
use crate::config::{Layer, Scope};
use crate::lint::Linter;
use crate::report::position::LineIndex;
use crate::report::{LintedFile, Unread};
use crate::script;
use crate::script::front_matter;

#[derive(clap::Args)]
pub struct Selection {
    /// Only these rules: codes, prefixes or names, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    select: Option<Vec<String>>,
    /// These rules as well
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    extend_select: Vec<String>,
    /// Not these rules
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    ignore: Vec<String>,
    /// The kind of voicemail, whatever the scripts say: callback, follow-up, cold-call …
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// Longest message, in seconds
    #[arg(long, value_name = "SECONDS")]
    max_seconds: Option<f64>,
    /// Any setting of afterbeep.toml, such as limits.max_seconds=20 (may be repeated)
    #[arg(long, value_name = "KEY=VALUE")]
    config: Vec<String>,
    /// Take no notice of any afterbeep.toml
    #[arg(long)]
    isolated: bool,
}

impl Selection {
    pub fn flags(&self) -> Result<Flags, String> {
        let mut layer = Layer {
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            ..Layer::default()
        };
        if let Some(max_seconds) = self.max_seconds {
            if !max_seconds.is_finite() || max_seconds <= 0.0 {
                return Err(format!("--max-seconds {max_seconds}: expected a number of seconds above 0"));
            }
            layer.limits.insert("max_seconds".to_owned(), max_seconds);
        }
        Ok(Flags {
            isolated: self.isolated,
            profile: self.profile.clone(),
            config: self.config.clone(),
            layer,
        })
    }
}

/// A linter for every script, made when the first script needs it.
pub struct Linters {
    governors: HashMap<PathBuf, Arc<Governor>>,
    made: RwLock<HashMap<Kind, Arc<Linter>>>,
}

/// Scripts of one kind are linted alike: by one configuration, profile and list of `[per-file]` entries.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Kind {
    config: Option<PathBuf>,
    profile: Option<String>,
    per_file: Vec<usize>,
}

impl Linters {
    /// Reads the configurations that govern `inputs`; one that names an unknown rule or profile is refused at once.
    pub fn new(configs: &mut ConfigFiles, inputs: &[Input]) -> Result<Self, String> {
        let mut governors = HashMap::new();
        for folder in inputs.iter().map(Input::folder) {
            if !governors.contains_key(folder) {
                let governor = configs.for_folder(folder)?;
                check(&governor)?;
                governors.insert(folder.to_owned(), governor);
            }
        }
        Ok(Self { governors, made: RwLock::default() })
    }

    pub fn governor(&self, input: &Input) -> &Governor {
        &self.governors[input.folder()]
    }

    /// The linter for a script that names `profile` in its front matter.
    pub fn linter(&self, input: &Input, profile: Option<&str>) -> Result<Arc<Linter>, String> {
        let governor = self.governor(input);
        let per_file = governor.per_file(Path::new(&input.name()));
        let config = governor.path().map(Path::to_owned);
        let kind = Kind { config, profile: profile.map(str::to_owned), per_file };
        let poisoned = "no thread panics while it makes a linter";
        if let Some(linter) = self.made.read().expect(poisoned).get(&kind) {
            return Ok(Arc::clone(linter));
        }
        let settings = governor.config.settings(profile, &kind.per_file);
        let settings = settings.map_err(|error| error.to_string())?;
        let linter = Arc::new(Linter::new(settings).map_err(|error| error.to_string())?);
        self.made.write().expect(poisoned).insert(kind, Arc::clone(&linter));
        Ok(linter)
    }

    pub fn lint(&self, input: &Input, source: String) -> Result<LintedFile, Unread> {
        let sequence = script::parse(&source);
        let unread = |key: &str, text: String| {
            let line = front_matter::value_span(&source, key)
                .map(|span| LineIndex::new(&source).position(span.start).line);
            Unread { path: input.name(), line, text }
        };
        let linter = self
            .linter(input, sequence.front_matter.profile.as_deref())
            .map_err(|text| unread("profile", text))?;
        let data = sequence.front_matter.data.as_deref().map(|data| table(input, data)).transpose();
        let data = data.map_err(|text| unread("data", text))?;
        if let Some(text) = data.as_ref().and_then(|data| unused_data(&sequence, data)) {
            return Err(unread("data", text));
        }
        let findings = linter.lint(&source, &sequence, data.as_ref());
        let pace = *linter.pace();
        let profile = linter.settings().profile.clone();
        let rules = linter.codes();
        Ok(LintedFile { path: input.name(), source, sequence, profile, rules, pace, findings })
    }
}

/// Every profile and entry of a configuration, used or not: a mistyped rule is found before it is needed.
fn check(governor: &Governor) -> Result<(), String> {
    let config = &governor.config;
    let all: Vec<usize> = (0..config.per_file.len()).collect();
    let named = config.per_file.iter().filter_map(|entry| entry.profile.as_deref());
    for profile in config.profiles.keys().map(String::as_str).chain(named).map(Some).chain([None]) {
        let settings = config.settings(profile, &all).map_err(|error| match governor.name() {
            Some(name) => format!("{name}: {error}"),
            None => error.to_string(),
        })?;
        refuse_nothing(&settings.layers)?;
        Linter::new(settings).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// `select = []` or `ignore = ["ALL"]` with nothing after it would pass every script in silence.
fn refuse_nothing(layers: &[Layer]) -> Result<(), String> {
    let selects_nothing = |layer: &Layer| layer.select.as_ref().is_some_and(Vec::is_empty);
    // Of some paths all may be ignored.
    let ignores_all = |layer: &Layer| {
        layer.scope != Scope::PerFile && layer.ignore.iter().any(|rule| rule.eq_ignore_ascii_case("ALL"))
    };
    let is_empty = |layer: &Layer| selects_nothing(layer) || ignores_all(layer);
    let Some(at) = layers.iter().rposition(is_empty) else { return Ok(()) };
    let selects = |layer: &Layer| {
        layer.select.as_ref().is_some_and(|select| !select.is_empty()) || !layer.extend_select.is_empty()
    };
    let after = if ignores_all(&layers[at]) { at + 1 } else { at };
    if layers[after..].iter().any(selects) {
        return Ok(());
    }
    let what = if ignores_all(&layers[at]) { "ignore = [\"ALL\"]" } else { "select = []" };
    Err(format!(
        "{}: {what} turns every rule off; name the rules you want, or leave it out",
        layers[at].origin
    ))
}
