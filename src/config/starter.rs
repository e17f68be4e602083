//! The `afterbeep.toml` to start from: every setting with its default, commented out.

use std::fmt::Write;

use super::numbers::{Limits, ScoreWeights, SpeechRate, TargetEnds};
use super::profile;

/// What stands beside scripts and is none: not linted where a folder is.
const NO_SCRIPTS: [&str; 10] = [
    "README.*", "CHANGELOG.*", "CONTRIBUTING.*", "CODE_OF_CONDUCT.*", "SECURITY.*", "LICENSE.*", "AGENTS.md",
    "CLAUDE.md", "requirements.txt", "node_modules",
];

/// Is a file or folder of this name one of [`NO_SCRIPTS`], in any case?
pub fn is_no_script(name: &str) -> bool {
    NO_SCRIPTS.iter().any(|no_script| match no_script.strip_suffix(".*") {
        Some(stem) => {
            let first = name.split('.').next().unwrap_or_default();
            first.len() < name.len() && first.eq_ignore_ascii_case(stem)
        }
        None => name.eq_ignore_ascii_case(no_script),
    })
}

pub fn starter() -> String {
    let no_scripts = NO_SCRIPTS.map(|name| format!("{name:?}")).join(", ");
    let profiles: Vec<&str> = profile::BUILT_IN.iter().map(|built_in| built_in.name).collect();
    let mut text = format!(
        r#"# How afterbeep lints the scripts in this folder and in those under it.
# A setting behind a `#` shows its default or an example: take the `#` away to change it.
# `afterbeep lint --show-settings SCRIPT` prints what holds for a script, and who says so.

# Not linted when a folder is (globs, as in .gitignore), besides {no_scripts}.
# exclude = ["archive/**"]

# A file whose settings come first, relative to this one.
# extend = "../afterbeep.toml"

# The kind of voicemail of a script that does not name one:
# {}.
# profile = "{}"

# Where a phone number without a country code belongs.
# region = "US"

# Rules by code, prefix or name; `afterbeep rule` lists them all. `select` runs these and no others.
# select = ["AB1", "missing-reason"]
# extend-select = ["no-question"]
# ignore = ["AB104"]

# What a rule weighs: "error", "warning", "advice" or "off".
[severity]
# no-time-frame = "warning"

"#,
        profiles.join(", "),
        profile::DEFAULT,
    );
    text.push_str("[limits]\n");
    numbers(&mut text, Limits::default().entries(), Limits::MEANINGS);
    text.push_str("# How fast a script will be said.\n[speech]\n");
    numbers(&mut text, SpeechRate::default().entries(), SpeechRate::MEANINGS);
    text.push_str("# What makes up the score of a review.\n[score]\n");
    numbers(&mut text, ScoreWeights::default().entries(), ScoreWeights::MEANINGS);
    text.push_str("# Where a review wants each of its numbers, `low` and `high` included; `max_seconds` is the longest message.\n[targets]\n");
    numbers(&mut text, TargetEnds::default().entries(), TargetEnds::MEANINGS);
    text.push_str(
        r#"# Other settings for some paths; a list alone is what to ignore there: "old/**" = ["AB104"] below [per-file].
# [per-file."reminders/**"]
# profile = "appointment-reminder"

# A profile of your own.
# [profiles.showroom]
# extends = "follow-up"
# ignore = ["price-mentioned"]
# limits = { max_seconds = 25 }
"#,
    );
    text
}

fn numbers(text: &mut String, entries: impl Iterator<Item = (&'static str, f64)>, meanings: &[&str]) {
    for ((name, value), meaning) in entries.zip(meanings) {
        let _ = writeln!(text, "#{meaning}\n# {name} = {value}");
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::{Config, parse};
    use super::*;

    #[test]
    fn it_is_read_as_it_stands_and_changes_nothing() {
        let file = parse(&starter(), "afterbeep.toml", ".").expect("well formed");
        assert!(file.exclude.is_empty());
        let mut config = Config::default();
        config.extend(file);
        let layer = &config.layers[0];
        assert!(layer.select.is_none() && layer.severity.is_empty() && layer.limits.is_empty(), "{layer:?}");
    }

    #[test]
    fn without_the_comment_marks_it_is_read_and_the_numbers_are_the_defaults() {
        let is_setting = |line: &&str| {
            let key = line.split(['=', '.', ']']).next().unwrap_or_default().trim().trim_start_matches('[');
            line.starts_with('[')
                || line.contains(" = ")
                    && !key.is_empty()
                    && key.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
        };
        let text = starter();
        let settings: Vec<&str> =
            text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).filter(is_setting).collect();
        let text = settings.join("\n");
        let file = parse(&text, "afterbeep.toml", ".").unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(file.layer.limits.len(), Limits::NAMES.len());
        for (name, value) in Limits::default().entries() {
            assert_eq!(file.layer.limits.get(name), Some(&value), "{name}");
        }
        assert_eq!(
            (file.speech.len(), file.score.len(), file.targets.len()),
            (SpeechRate::NAMES.len(), ScoreWeights::NAMES.len(), TargetEnds::NAMES.len())
        );
        assert_eq!(file.profile.as_deref(), Some(profile::DEFAULT));
        assert!(file.profiles.contains_key("showroom") && file.per_file.len() == 1);
    }
}
