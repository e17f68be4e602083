//! Settings: which rules are on, at which severity, with which limits. Read from `afterbeep.toml`, and from flags.

mod numbers;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Severity;
pub use numbers::{Limits, ScoreWeights, SpeechRate};

/// The name of the file that is looked for, upward from each script.
pub const FILE_NAME: &str = "afterbeep.toml";

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// Codes, prefixes (`AB4`) or names; `None` for every rule that is on by default.
    pub select: Option<Vec<String>>,
    pub extend_select: Vec<String>,
    pub ignore: Vec<String>,
    pub severity: BTreeMap<String, Severity>,
    /// Globs of paths that are not linted when a folder is.
    pub exclude: Vec<String>,
    pub limits: Limits,
    pub score: ScoreWeights,
}

/// Why a configuration was refused, with what would be accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    select: Option<Vec<String>>,
    extend_select: Vec<String>,
    ignore: Vec<String>,
    severity: BTreeMap<String, String>,
    exclude: Vec<String>,
    limits: BTreeMap<String, f64>,
    score: BTreeMap<String, f64>,
}

/// Keys of the top level, for "did you mean".
const KEYS: [&str; 7] = ["select", "extend-select", "ignore", "severity", "exclude", "limits", "score"];

/// Reads the text of an `afterbeep.toml`.
pub fn parse(text: &str) -> Result<Config, ConfigError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let message = error.to_string();
        ConfigError(format!("{}{}", message.trim_end(), nearest_key(&message)))
    })?;
    let mut severity = BTreeMap::new();
    for (rule, name) in file.severity {
        let Some(value) = Severity::from_name(&name) else {
            return Err(ConfigError(format!(
                "[severity] {rule} = \"{name}\": expected error, warning or advice"
            )));
        };
        severity.insert(rule, value);
    }
    let (mut limits, mut score) = (Limits::default(), ScoreWeights::default());
    for (name, value) in &file.limits {
        set(limits.get_mut(name), "limits", name, *value, Limits::NAMES)?;
    }
    for (name, value) in &file.score {
        set(score.get_mut(name), "score", name, *value, ScoreWeights::NAMES)?;
    }
    Ok(Config {
        select: file.select,
        extend_select: file.extend_select,
        ignore: file.ignore,
        severity,
        exclude: file.exclude,
        limits,
        score,
    })
}

fn set(
    place: Option<&mut f64>,
    table: &str,
    name: &str,
    value: f64,
    names: &[&str],
) -> Result<(), ConfigError> {
    let Some(place) = place else {
        let hint = nearest(name, names.iter().copied()).map(|name| format!("; did you mean `{name}`?"));
        return Err(ConfigError(format!("[{table}] has no `{name}`{}", hint.unwrap_or_default())));
    };
    if !value.is_finite() || value < 0.0 {
        return Err(ConfigError(format!("{table}.{name} = {value}: expected a number of 0 or more")));
    }
    *place = value;
    Ok(())
}

fn nearest_key(message: &str) -> String {
    let Some(unknown) = message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next())
    else {
        return String::new();
    };
    if Limits::NAMES.contains(&unknown) {
        return format!("\n`{unknown}` belongs under [limits]");
    }
    nearest(unknown, KEYS).map(|key| format!("\ndid you mean `{key}`?")).unwrap_or_default()
}

/// The candidate that is a few keystrokes away, if one is.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(candidate, word), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).max(1))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changes_only_what_it_names() {
        let config =
            parse("ignore = [\"AB104\"]\n[limits]\nmax_seconds = 20\n[severity]\nAB203 = \"advice\"\n");
        let config = config.expect("well formed");
        assert_eq!(config.ignore, ["AB104"]);
        assert_eq!(config.limits, Limits { max_seconds: 20.0, ..Limits::default() });
        assert_eq!(config.severity["AB203"], Severity::Advice);
        assert_eq!(parse("").expect("empty is fine"), Config::default());
    }

    #[test]
    fn what_is_refused_says_what_would_do() {
        for (text, expected) in [
            ("ingore = []", "did you mean `ignore`?"),
            ("[limits]\nmax_second = 3", "did you mean `max_seconds`?"),
            ("max_seconds = 3", "`max_seconds` belongs under [limits]"),
            ("[limits]\nmax_seconds = -3", "limits.max_seconds = -3: expected a number of 0 or more"),
            ("[severity]\nAB203 = \"fatal\"", "expected error, warning or advice"),
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
