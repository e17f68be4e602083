//! What holds for one script.

use std::collections::BTreeSet;

use super::layer::Layer;
use super::numbers::{Limits, SpeechRate};
use super::profile::{self, ProfileError};
use super::{Config, set};

/// Rules by the layers that turn them on and off, and everything else resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub profile: String,
    /// Who chose it; `None` where nobody did.
    pub profile_origin: Option<String>,
    /// Lowest first: each changes what those before it say.
    pub layers: Vec<Layer>,
    pub limits: Limits,
    /// The command line set `max_seconds`, so that the front matter of a script does not.
    pub max_seconds_is_final: bool,
    pub speech: SpeechRate,
    /// Where a phone number without a country code belongs: `US`, `GB`.
    pub region: String,
}

/// Where most of the guides we read come from.
const DEFAULT_REGION: &str = "US";

impl Config {
    /// What holds for a script that names `profile` in its front matter, and that the `[per-file]` entries with these
    /// indices match.
    pub fn settings(&self, profile: Option<&str>, per_file: &[usize]) -> Result<Settings, ProfileError> {
        let entries: Vec<_> = per_file.iter().filter_map(|index| self.per_file.get(*index)).collect();
        let by_flag = self.profile_flag.as_deref().map(|name| (name, "the command line"));
        let by_script = profile.map(|name| (name, "front matter"));
        let mut of_entries = entries.iter().rev();
        let by_path =
            of_entries.find_map(|entry| Some((entry.profile.as_deref()?, entry.layer.origin.as_str())));
        let origin = self.origins.get("profile").map(String::as_str).unwrap_or_default();
        let by_file = self.profile.as_deref().map(|name| (name, origin));
        let (name, profile_origin) = by_flag.or(by_script).or(by_path).or(by_file).unzip();
        let name = name.unwrap_or(profile::DEFAULT);
        let profile::Layers { built_in: mut layers, own } = profile::layers(self, name)?;
        layers.extend(self.layers.iter().cloned());
        layers.extend(own);
        layers.extend(entries.into_iter().map(|entry| entry.layer.clone()));
        layers.extend(self.flags.iter().cloned());
        let mut limits = Limits::default();
        for (limit, value) in layers.iter().flat_map(|layer| &layer.limits) {
            set(limits.get_mut(limit), *value);
        }
        Ok(Settings {
            profile: name.to_owned(),
            profile_origin: profile_origin.map(str::to_owned),
            layers,
            limits,
            max_seconds_is_final: self.flags.iter().any(|layer| layer.limits.contains_key("max_seconds")),
            speech: self.speech,
            region: self.region.clone().unwrap_or_else(|| DEFAULT_REGION.to_owned()),
        })
    }

    /// What to say in a voicemail of this profile: its own, or that of the profile it extends.
    pub fn outline(&self, profile: &str) -> Result<&'static str, ProfileError> {
        profile::outline(self, profile)
    }

    /// Every profile that a script may name.
    pub fn profile_names(&self) -> BTreeSet<&str> {
        let built_in = profile::BUILT_IN.iter().map(|built_in| built_in.name);
        built_in.chain(self.profiles.keys().map(String::as_str)).collect()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile_origin: None,
            profile: profile::DEFAULT.to_owned(),
            layers: Vec::new(),
            limits: Limits::default(),
            max_seconds_is_final: false,
            speech: SpeechRate::default(),
            region: DEFAULT_REGION.to_owned(),
        }
    }
}

impl Settings {
    /// Those rules and no others.
    pub fn selecting(rules: &[&str]) -> Self {
        let select = Some(rules.iter().map(|rule| (*rule).to_owned()).collect());
        Self { layers: vec![Layer { select, ..Layer::default() }], ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn config(text: &str) -> Config {
        let mut config = Config::default();
        config.extend(parse(text, "afterbeep.toml", ".").expect("well formed"));
        config
    }

    #[test]
    fn the_more_particular_wins() {
        let config = config(
            "[limits]\nmax_seconds = 20\n[profiles.follow-up.limits]\nmax_seconds = 25\n\
             [per-file.\"long/**\".limits]\nmax_seconds = 40\n",
        );
        let seconds = |profile, entries: &[usize]| {
            config.settings(profile, entries).expect("a profile").limits.max_seconds
        };
        assert_eq!(seconds(None, &[]), 20.0);
        assert_eq!(seconds(Some("follow-up"), &[]), 25.0);
        assert_eq!(seconds(Some("follow-up"), &[0]), 40.0);
    }

    #[test]
    fn what_a_profile_of_the_users_extends_stands_over_the_file_as_well() {
        let config = config(
            "[limits]\nmax_seconds = 40\n[profiles.base]\nlimits = { max_seconds = 10 }\n\
             [profiles.kid]\nextends = \"base\"\n",
        );
        for profile in ["base", "kid"] {
            assert_eq!(config.settings(Some(profile), &[]).expect("a profile").limits.max_seconds, 10.0);
        }
    }

    #[test]
    fn a_profile_is_named_by_flag_script_path_or_configuration() {
        let mut config =
            config("profile = \"thank-you\"\n[per-file]\n\"calls/**\" = { profile = \"cold-call\" }\n");
        let name = |config: &Config, profile, entries: &[usize]| {
            config.settings(profile, entries).expect("a profile").profile
        };
        assert_eq!(name(&config, None, &[]), "thank-you");
        assert_eq!(name(&config, None, &[0]), "cold-call");
        assert_eq!(name(&config, Some("recruiter"), &[0]), "recruiter");
        config.profile_flag = Some("health".to_owned());
        assert_eq!(name(&config, Some("recruiter"), &[0]), "health");
        config.profile_flag = Some("helth".to_owned());
        let error = config.settings(None, &[]).expect_err("no such profile").to_string();
        assert!(error.contains("did you mean `health`?"), "{error}");
    }

    #[test]
    fn a_profile_of_the_users_may_extend_another() {
        let config = config("[profiles.ours]\nextends = \"thank-you\"\nignore = [\"AB104\"]\n");
        let settings = config.settings(Some("ours"), &[]).expect("a profile");
        assert!(settings.layers.iter().any(|layer| layer.origin == "profile thank-you"), "{settings:?}");
        assert!(settings.layers.iter().any(|layer| layer.ignore == ["AB104"]), "{settings:?}");
    }

    #[test]
    fn a_profile_that_leads_back_to_itself_is_refused() {
        let config = config(
            "[profiles.a]\nextends = \"b\"\n[profiles.b]\nextends = \"a\"\n\
             [profiles.alone]\nextends = \"alone\"\n[profiles.health]\nextends = \"health\"\n",
        );
        for (name, expected) in
            [("a", "`a` extends itself by way of `b`"), ("alone", "`alone` extends itself")]
        {
            let error = config.settings(Some(name), &[]).expect_err(name).to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(config.settings(Some("health"), &[]).is_ok());
    }
}
