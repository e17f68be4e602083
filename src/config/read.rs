//! Reads the text of an `afterbeep.toml`: every key is known or refused, with the line and the nearest name.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::{Layer, Level, Scope};
use super::numbers::{Limits, ScoreWeights, SpeechRate, TargetEnds};
use super::profile::Profile;
use super::{Exclude, PerFile};
use crate::spelling::did_you_mean;

/// What one file says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// A file whose settings come first, relative to this one.
    pub extend: Option<String>,
    pub layer: Layer,
    pub profiles: BTreeMap<String, Profile>,
    pub per_file: Vec<PerFile>,
    pub exclude: Vec<Exclude>,
    pub profile: Option<String>,
    pub region: Option<String>,
    pub speech: BTreeMap<String, f64>,
    pub score: BTreeMap<String, f64>,
    pub targets: BTreeMap<String, f64>,
}

/// Why a configuration was refused, with what would be accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

const LAYER_KEYS: [&str; 5] = ["select", "extend-select", "ignore", "severity", "limits"];
const FILE_KEYS: [&str; 9] =
    ["extend", "exclude", "profile", "region", "speech", "score", "targets", "per-file", "profiles"];
const PROFILE_KEYS: [&str; 3] = ["about", "source", "extends"];

/// `origin` names the file in messages; `root` is the folder that its globs are relative to.
pub fn parse(text: &str, origin: &str, root: &str) -> Result<File, ConfigError> {
    let document =
        DeTable::parse(text).map_err(|error| ConfigError(error.to_string().trim_end().to_owned()))?;
    let reader = Reader { text };
    let table = document.get_ref();
    reader.check_keys(table, "", LAYER_KEYS.iter().chain(&FILE_KEYS))?;
    let mut file = File { layer: reader.layer(table, origin)?, ..File::default() };
    file.extend = reader.string(table, "extend")?;
    file.profile = reader.string(table, "profile")?;
    file.region = reader.region(table)?;
    file.speech = reader.numbers(table, "speech", SpeechRate::NAMES)?;
    file.score = reader.numbers(table, "score", ScoreWeights::NAMES)?;
    file.targets = reader.numbers(table, "targets", TargetEnds::NAMES)?;
    let exclude = reader.strings(table, "exclude")?.unwrap_or_default();
    file.exclude = exclude.into_iter().map(|glob| Exclude { glob, root: root.to_owned() }).collect();
    // Later entries win, so that their order is that of the file.
    let mut per_file: Vec<_> = reader.table(table, "per-file")?.into_iter().flatten().collect();
    per_file.sort_by_key(|(glob, _)| glob.span().start);
    for (glob, value) in per_file {
        file.per_file.push(reader.per_file(glob.get_ref(), value, origin, root)?);
    }
    for (name, value) in reader.table(table, "profiles")?.into_iter().flatten() {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(reader.error(value, format!("[profiles] {}: expected a table", name.get_ref())));
        };
        let origin = format!("{origin} [profiles.{}]", name.get_ref());
        file.profiles.insert(name.get_ref().to_string(), reader.profile(table, &origin)?);
    }
    Ok(file)
}

/// `--config limits.max_seconds=20`; a value that is no TOML is a string.
pub fn parse_flag(flag: &str) -> Result<File, ConfigError> {
    let (key, value) = flag.split_once('=').ok_or_else(|| {
        ConfigError(format!("--config {flag}: expected KEY=VALUE, such as limits.max_seconds=20"))
    })?;
    let (key, value) = (key.trim(), value.trim());
    if key == "extend" {
        return Err(ConfigError(format!("--config {flag}: only a file can extend another")));
    }
    let text = format!("{key} = {value}");
    let text = if DeTable::parse(&text).is_ok() { text } else { format!("{key} = {value:?}") };
    parse(&text, "--config", ".").map_err(|error| {
        // A flag has no lines.
        let message = error.0.strip_prefix("line 1: ").unwrap_or(&error.0).to_owned();
        ConfigError(format!("--config {flag}: {message}"))
    })
}

/// The text of a profile: that of a `[profiles.x]`, without the heading.
pub(super) fn profile(text: &str, origin: &str) -> Result<Profile, ConfigError> {
    let document = DeTable::parse(text).map_err(|error| ConfigError(error.to_string()))?;
    Reader { text }.profile(document.get_ref(), origin)
}

struct Reader<'t> {
    text: &'t str,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'t> {
    fn layer(&self, table: &DeTable, origin: &str) -> Result<Layer, ConfigError> {
        let mut severity = BTreeMap::new();
        for (rule, value) in self.table(table, "severity")?.into_iter().flatten() {
            let level = value.get_ref().as_str().and_then(Level::from_name).ok_or_else(|| {
                let rule = rule.get_ref();
                self.error(
                    value,
                    format!("[severity] {rule}: expected \"error\", \"warning\", \"advice\" or \"off\""),
                )
            })?;
            severity.insert(rule.get_ref().to_string(), level);
        }
        Ok(Layer {
            origin: origin.to_owned(),
            scope: Scope::default(),
            select: self.strings(table, "select")?,
            extend_select: self.strings(table, "extend-select")?.unwrap_or_default(),
            ignore: self.strings(table, "ignore")?.unwrap_or_default(),
            severity,
            limits: self.numbers(table, "limits", Limits::NAMES)?,
        })
    }

    fn profile(&self, table: &DeTable, origin: &str) -> Result<Profile, ConfigError> {
        self.check_keys(table, "a profile", LAYER_KEYS.iter().chain(&PROFILE_KEYS))?;
        Ok(Profile {
            about: self.string(table, "about")?.unwrap_or_default(),
            source: self.string(table, "source")?.unwrap_or_default(),
            extends: self.string(table, "extends")?,
            layer: self.layer(table, origin)?,
        })
    }

    /// `"archive/**" = ["AB104"]` ignores; a table says more.
    fn per_file(&self, glob: &str, value: &Value, origin: &str, root: &str) -> Result<PerFile, ConfigError> {
        let origin = format!("{origin} [per-file] {glob}");
        let (profile, mut layer) = match value.get_ref() {
            DeValue::Table(table) => {
                self.check_keys(table, "[per-file]", LAYER_KEYS.iter().chain(&["profile"]))?;
                (self.string(table, "profile")?, self.layer(table, &origin)?)
            }
            _ => (None, Layer { origin, ignore: self.string_list(glob, value)?, ..Layer::default() }),
        };
        layer.scope = Scope::PerFile;
        Ok(PerFile { glob: glob.to_owned(), root: root.to_owned(), profile, layer })
    }

    fn check_keys<'k>(
        &self,
        table: &DeTable,
        place: &str,
        known: impl Iterator<Item = &'k &'static str> + Clone,
    ) -> Result<(), ConfigError> {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.clone().any(|known| *known == name) {
                let hint = match Limits::NAMES.contains(&name) {
                    true => "; it belongs under [limits]".to_owned(),
                    false => did_you_mean(name, known.clone().copied()),
                };
                // A table has few keys; those of a whole file are a page.
                let hint = match hint.is_empty() && !place.is_empty() {
                    true => format!("; there are {}", known.clone().copied().collect::<Vec<_>>().join(", ")),
                    false => hint,
                };
                let place = if place.is_empty() { String::new() } else { format!(" in {place}") };
                return Err(self.error_at(key.span().start, format!("unknown key `{name}`{place}{hint}")));
            }
        }
        Ok(())
    }

    fn table<'v>(&self, table: &'v DeTable<'t>, key: &str) -> Result<Option<&'v DeTable<'t>>, ConfigError> {
        let Some(value) = table.get(key) else { return Ok(None) };
        value
            .get_ref()
            .as_table()
            .map(Some)
            .ok_or_else(|| self.error(value, format!("{key}: expected a table")))
    }

    fn string(&self, table: &DeTable, key: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let string = value.get_ref().as_str().map(str::to_owned);
        string.map(Some).ok_or_else(|| self.error(value, format!("{key}: expected a string")))
    }

    /// A country whose numbers are known.
    fn region(&self, table: &DeTable) -> Result<Option<String>, ConfigError> {
        let region = self.string(table, "region")?;
        match (&region, table.get("region")) {
            (Some(name), Some(value)) if name.parse::<phonenumber::country::Id>().is_err() => Err(self
                .error(
                    value,
                    format!("region: `{name}` is no country; expected two capitals, such as \"GB\""),
                )),
            _ => Ok(region),
        }
    }

    fn strings(&self, table: &DeTable, key: &str) -> Result<Option<Vec<String>>, ConfigError> {
        table.get(key).map(|value| self.string_list(key, value)).transpose()
    }

    fn string_list(&self, key: &str, value: &Value) -> Result<Vec<String>, ConfigError> {
        let strings = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        strings.ok_or_else(|| {
            self.error(value, format!("{key}: expected a list of strings, such as [\"AB104\"]"))
        })
    }

    fn numbers(
        &self,
        table: &DeTable,
        key: &str,
        names: &[&str],
    ) -> Result<BTreeMap<String, f64>, ConfigError> {
        let mut numbers = BTreeMap::new();
        for (name, value) in self.table(table, key)?.into_iter().flatten() {
            let name = name.get_ref().as_ref();
            if !names.contains(&name) {
                let hint = did_you_mean(name, names.iter().copied());
                return Err(self.error(value, format!("[{key}] has no `{name}`{hint}")));
            }
            let number = match value.get_ref() {
                DeValue::Integer(integer) => {
                    i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64)
                }
                DeValue::Float(float) => float.as_str().parse().ok(),
                _ => None,
            };
            let number = number.filter(|number: &f64| number.is_finite());
            let wrong = match number {
                Some(number) => out_of_range(key, name, number),
                None => Some("expected a number"),
            };
            if let Some(wrong) = wrong {
                return Err(self.error(value, format!("{key}.{name}: {wrong}")));
            }
            numbers.extend(number.map(|number| (name.to_owned(), number)));
        }
        Ok(numbers)
    }

    fn error(&self, value: &Value, message: String) -> ConfigError {
        self.error_at(value.span().start, message)
    }

    fn error_at(&self, offset: usize, message: String) -> ConfigError {
        let line = self.text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
        ConfigError(format!("line {line}: {message}"))
    }
}

/// What is wrong with a number; a level in LUFS is below 0.
fn out_of_range(key: &str, name: &str, number: f64) -> Option<&'static str> {
    match () {
        () if number < 0.0 && !(key == "targets" && name.starts_with("level")) => {
            Some("expected a number of 0 or more")
        }
        () if name.ends_with("_hour") && 24.0 < number => Some("expected an hour of the day, 0 to 24"),
        () if number == 0.0 && (key == "speech" && name.ends_with("per_second") || name == "max_seconds") => {
            Some("expected more than 0")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    fn read(text: &str) -> Result<File, ConfigError> {
        parse(text, "afterbeep.toml", ".")
    }

    #[test]
    fn a_flag_extends_nothing() {
        assert!(parse_flag("extend=other.toml").is_err_and(|error| error.0.contains("only a file")));
    }

    #[test]
    fn everything_a_file_may_say() {
        let file = read(concat!(
            "extend = \"../base.toml\"\nselect = [\"AB1\"]\nextend-select = [\"AB207\"]\nignore = [\"AB104\"]\n",
            "exclude = [\"archive\"]\nprofile = \"follow-up\"\nregion = \"GB\"\n",
            "[limits]\nmax_seconds = 20\n[severity]\nAB203 = \"advice\"\nAB204 = \"off\"\n",
            "[speech]\nsyllables_per_second = 4\n[score]\nwords = 50\n[targets]\nlevel_low = -40\n",
            "[per-file]\n\"old/**\" = [\"AB1\"]\n\"new/**\" = { profile = \"health\", limits = { max_seconds = 9 } }\n",
            "[profiles.ours]\nabout = \"Ours.\"\nextends = \"callback\"\n",
        ))
        .expect("well formed");
        assert_eq!(file.extend.as_deref(), Some("../base.toml"));
        assert_eq!(file.layer.select, Some(vec!["AB1".to_owned()]));
        assert_eq!(file.layer.severity["AB203"], Level::On(Severity::Advice));
        assert_eq!(file.layer.severity["AB204"], Level::Off);
        assert_eq!((file.layer.limits["max_seconds"], file.targets["level_low"]), (20.0, -40.0));
        assert_eq!(file.per_file[0].layer.ignore, ["AB1"]);
        assert_eq!(file.per_file[1].profile.as_deref(), Some("health"));
        assert_eq!(file.profiles["ours"].extends.as_deref(), Some("callback"));
        assert_eq!(read("").expect("empty is fine").layer.limits, BTreeMap::new());
    }

    #[test]
    fn what_is_refused_says_where_and_what_would_do() {
        for (text, expected) in [
            ("# hello\ningore = []", "line 2: unknown key `ingore`; did you mean `ignore`?"),
            ("[limits]\nmax_second = 3", "line 2: [limits] has no `max_second`; did you mean `max_seconds`?"),
            ("max_seconds = 3", "unknown key `max_seconds`; it belongs under [limits]"),
            ("[limits]\nmax_seconds = -3", "limits.max_seconds: expected a number of 0 or more"),
            ("[limits]\nmax_seconds = \"3\"", "limits.max_seconds: expected a number"),
            ("[limits]\nmax_seconds = nan", "limits.max_seconds: expected a number"),
            ("[targets]\npitch_sd_low = -1", "targets.pitch_sd_low: expected a number of 0 or more"),
            ("[targets]\npitch_sd = 1", "[targets] has no `pitch_sd`; did you mean `pitch_sd_low`?"),
            ("[limits]\nmax_seconds = 0", "limits.max_seconds: expected more than 0"),
            ("[speech]\nsyllables_per_second = 0", "speech.syllables_per_second: expected more than 0"),
            ("[limits]\nlatest_hour = 30", "limits.latest_hour: expected an hour of the day"),
            ("[severity]\nAB203 = \"fatal\"", "expected \"error\", \"warning\", \"advice\" or \"off\""),
            ("ignore = \"AB1\"", "ignore: expected a list of strings"),
            ("limits = 3", "limits: expected a table"),
            ("\nregion = \"XX\"", "line 2: region: `XX` is no country; expected two capitals"),
            ("region = \"gb\"", "`gb` is no country"),
            ("[profiles.x]\nabot = \"\"", "unknown key `abot` in a profile; did you mean `about`?"),
            ("[per-file.x]\nprofil = \"\"", "unknown key `profil` in [per-file]; did you mean `profile`?"),
            ("[per-file.x]\nregion = \"GB\"", "unknown key `region` in [per-file]; there are select, "),
            ("ignore = [", "line 1"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_flag_is_a_key_and_a_value() {
        assert_eq!(parse_flag("limits.max_seconds=20").expect("a number").layer.limits["max_seconds"], 20.0);
        assert_eq!(parse_flag("region=GB").expect("a bare string").region.as_deref(), Some("GB"));
        assert_eq!(parse_flag("ignore=[\"AB1\"]").expect("a list").layer.ignore, ["AB1"]);
        for (flag, expected) in [
            ("region", "expected KEY=VALUE"),
            ("regoin=GB", "--config regoin=GB: unknown key `regoin`; did you mean `region`?"),
            ("limits.max_seconds=soon", "limits.max_seconds: expected a number"),
        ] {
            let error = parse_flag(flag).expect_err(flag).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
