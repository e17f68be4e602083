//! Profiles: kinds of voicemail, as data in the shape of a `[profiles.x]` of `afterbeep.toml`.

use super::Config;
use super::layer::{Layer, Scope};
use super::read;
use crate::spelling::nearest;

/// The profile of a script that names none.
pub const DEFAULT: &str = "callback";

/// A profile that afterbeep brings.
#[derive(Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    /// As a `[profiles.x]`.
    settings: &'static str,
    /// What to say, with placeholders; `afterbeep new` writes it.
    pub outline: &'static str,
}

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            settings: include_str!(concat!("profiles/", $name, ".toml")),
            outline: include_str!(concat!("outlines/", $name, ".md")),
        }),+]
    };
}

/// The default first.
pub const BUILT_IN: &[BuiltIn] = built_in![
    "callback", "follow-up", "email-directed", "cold-call", "appointment-reminder", "limited-content",
    "health", "recruiter", "thank-you",
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

/// A profile that has no settings.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProfileError {
    /// Neither afterbeep nor the configuration has it. `hint`: "; did you mean …?", or the names there are.
    #[error("there is no profile `{name}`{hint}")]
    Unknown { name: String, hint: String },
    /// What it extends leads back to itself.
    #[error("the profile `{name}` extends itself by way of `{by}`; one of them has to start from nothing")]
    Circular { name: String, by: String },
}

impl Profile {
    /// The built-in profile of that name.
    pub fn built_in(name: &str) -> Option<Self> {
        let built_in = BUILT_IN.iter().find(|built_in| built_in.name == name)?;
        let mut profile = read::profile(built_in.settings, &format!("profile {name}"))
            .expect("a test reads every built-in profile");
        profile.layer.scope = Scope::BuiltIn(built_in.name);
        Some(profile)
    }
}

/// What a profile and those it extends say, lowest first.
pub(super) struct Layers {
    /// Under what the file says of every script.
    pub built_in: Vec<Layer>,
    /// Of the user's `[profiles.x]`, over it.
    pub own: Vec<Layer>,
}

pub(super) fn layers(config: &Config, name: &str) -> Result<Layers, ProfileError> {
    let mut layers = Layers { built_in: Vec::new(), own: Vec::new() };
    let mut next = Some(name.to_owned());
    let mut seen: Vec<String> = Vec::new();
    while let Some(current) = next.take() {
        if let Some(by) = seen.last().filter(|_| seen.contains(&current)).cloned() {
            // `[profiles.health]` may say that it extends `health`: that is what it does anyway.
            if by == current && Profile::built_in(&current).is_some() {
                break;
            }
            return Err(ProfileError::Circular { name: current, by });
        }
        let own = config.profiles.get(&current).map(Vec::as_slice).unwrap_or_default();
        let built_in = Profile::built_in(&current);
        if own.is_empty() && built_in.is_none() {
            return Err(unknown(config, &current));
        }
        next = own.iter().rev().find_map(|profile| profile.extends.clone());
        layers.own.extend(own.iter().rev().map(|profile| profile.layer.clone()));
        layers.built_in.extend(built_in.map(|profile| profile.layer));
        seen.push(current);
    }
    layers.built_in.reverse();
    layers.own.reverse();
    Ok(layers)
}

/// The outline of the built-in profile that `name` is or extends; that of the default where it extends none.
pub(super) fn outline(config: &Config, name: &str) -> Result<&'static str, ProfileError> {
    let layers = layers(config, name)?.built_in;
    let of_layer = |layer: &Layer| match layer.scope {
        Scope::BuiltIn(name) => BUILT_IN.iter().find(|built_in| built_in.name == name),
        Scope::Scripts | Scope::PerFile => None,
    };
    // The nearest comes last.
    let nearest = layers.iter().rev().find_map(of_layer);
    Ok(nearest.unwrap_or(&BUILT_IN[0]).outline)
}

fn unknown(config: &Config, name: &str) -> ProfileError {
    let names = config.profile_names();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; there are {}", names.into_iter().collect::<Vec<_>>().join(", ")),
    };
    ProfileError::Unknown { name: name.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::super::numbers::Limits;
    use super::*;

    #[test]
    fn every_built_in_profile_is_read_and_says_what_for_and_why() {
        for BuiltIn { name, settings, .. } in BUILT_IN {
            let profile = read::profile(settings, name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!profile.about.is_empty() && !profile.source.is_empty(), "{name}");
        }
        assert_eq!(BUILT_IN[0].name, DEFAULT);
    }

    #[test]
    fn the_readme_has_each_with_its_longest_message() {
        let readme = include_str!("../../README.md");
        for BuiltIn { name, .. } in BUILT_IN {
            let limits = Profile::built_in(name).expect("it is built in").layer.limits;
            let longest = limits.get("max_seconds").copied().unwrap_or(Limits::default().max_seconds);
            let row = readme.lines().find(|line| line.starts_with(&format!("| `{name}`")));
            assert!(row.is_some_and(|row| row.ends_with(&format!("| {longest} s |"))), "{name}: {row:?}");
        }
    }
}
