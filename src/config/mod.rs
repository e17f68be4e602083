//! Settings: which rules are on, at which severity, with which limits. Read from `afterbeep.toml`, and from flags.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Severity;

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

/// What counts as too much, in the unit the name says.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// 15 of the guides read advise 18–30 s.
    pub max_seconds: f64,
    /// Half the length most guides advise: a listener decides before that whether to go on.
    pub late_reason_seconds: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_seconds: 30.0, late_reason_seconds: 12.0 }
    }
}

/// Shares of the overall score. "15 % of the message is the words, 85 % the tonal qualities": the adviser's figure, not
/// a measured one.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScoreWeights {
    pub words: f64,
    pub delivery: f64,
}

impl Default for ScoreWeights {
    fn default() -> Self {
        Self { words: 15.0, delivery: 85.0 }
    }
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
    limits: Limits,
    score: ScoreWeights,
}

/// Keys of the top level, of `[limits]` and of `[score]`, for "did you mean".
const KEYS: [&str; 11] = [
    "select", "extend-select", "ignore", "severity", "exclude", "limits", "score", "max_seconds",
    "late_reason_seconds", "words", "delivery",
];

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
    let (limits, score) = (file.limits, file.score);
    for (name, value) in [
        ("limits.max_seconds", limits.max_seconds),
        ("limits.late_reason_seconds", limits.late_reason_seconds),
        ("score.words", score.words),
        ("score.delivery", score.delivery),
    ] {
        if !value.is_finite() || value < 0.0 {
            return Err(ConfigError(format!("{name} = {value}: expected a number of 0 or more")));
        }
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

fn nearest_key(message: &str) -> String {
    let Some(unknown) = message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next())
    else {
        return String::new();
    };
    if ["max_seconds", "late_reason_seconds"].contains(&unknown) {
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
