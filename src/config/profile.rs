//! Profiles: kinds of voicemail, as data in the shape of a `[profiles.x]` of `afterbeep.toml`.

use super::layer::Layer;
use super::read;
use super::{Config, nearest};

/// The profile of a script that names none.
pub const DEFAULT: &str = "callback";

/// Name and text, the default first.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("callback", include_str!("profiles/callback.toml")),
    ("follow-up", include_str!("profiles/follow-up.toml")),
    ("email-directed", include_str!("profiles/email-directed.toml")),
    ("cold-call", include_str!("profiles/cold-call.toml")),
    ("appointment-reminder", include_str!("profiles/appointment-reminder.toml")),
    ("limited-content", include_str!("profiles/limited-content.toml")),
    ("health", include_str!("profiles/health.toml")),
    ("recruiter", include_str!("profiles/recruiter.toml")),
    ("thank-you", include_str!("profiles/thank-you.toml")),
];

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// What kind of voicemail it is for.
    pub about: String,
    /// Where its choices come from.
    pub source: String,
    /// The profile it starts from.
    pub extends: Option<String>,
    pub layer: Layer,
}

/// A profile that neither afterbeep nor the configuration has.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("there is no profile `{name}`{hint}")]
pub struct UnknownProfile {
    pub name: String,
    /// "; did you mean …?", or the names there are.
    pub hint: String,
}

impl Profile {
    /// The built-in profile of that name.
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name)?;
        Some(read::profile(text, &format!("profile {name}")).expect("a test reads every built-in profile"))
    }
}

/// The layers under a profile's own `[profiles.x]`: of the built-in profile, and of the profiles it extends.
pub(super) fn built_in_layers(config: &Config, name: &str) -> Result<Vec<Layer>, UnknownProfile> {
    let mut layers = Vec::new();
    let mut next = Some(name.to_owned());
    let mut seen: Vec<String> = Vec::new();
    while let Some(current) = next.take().filter(|current| !seen.contains(current)) {
        let own = config.profiles.get(&current).map(Vec::as_slice).unwrap_or_default();
        let built_in = Profile::built_in(&current);
        if own.is_empty() && built_in.is_none() {
            return Err(unknown(config, &current));
        }
        next = own.iter().rev().find_map(|profile| profile.extends.clone());
        // The named profile's own layers stand over those of the file; the extended ones' under them.
        if !seen.is_empty() {
            layers.extend(own.iter().rev().map(|profile| profile.layer.clone()));
        }
        layers.extend(built_in.map(|profile| profile.layer));
        seen.push(current);
    }
    layers.reverse();
    Ok(layers)
}

fn unknown(config: &Config, name: &str) -> UnknownProfile {
    let names = config.profile_names();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; there are {}", names.into_iter().collect::<Vec<_>>().join(", ")),
    };
    UnknownProfile { name: name.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_is_read_and_says_what_for_and_why() {
        for (name, text) in BUILT_IN {
            let profile = read::profile(text, name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!profile.about.is_empty() && !profile.source.is_empty(), "{name}");
        }
        assert_eq!(BUILT_IN[0].0, DEFAULT);
    }
}
