//! `lint --show-settings`: what holds for each script, and who says so.

use std::io::{self, Write};
use std::sync::Arc;

use super::input::Input;
use super::selection::Linters;
use super::{Outcome, complain, standard_output};
use crate::config::{Config, Limits, Profile, Settings};
use crate::lint::Linter;
use crate::lint::linter::rule_states;
use crate::lint::registry::RULES;
use crate::report::Unread;
use crate::script;

/// Scripts that one linter serves.
struct Group<'a> {
    linter: Arc<Linter>,
    config: &'a Config,
    /// The name of the file that says it.
    config_name: Option<String>,
    /// With those of the scripts' front matter.
    limits: Limits,
    scripts: Vec<String>,
}

pub fn run(inputs: &[Input], linters: &Linters, mut errors: Vec<Unread>) -> io::Result<Outcome> {
    let mut groups: Vec<Group> = Vec::new();
    for input in inputs {
        let made = input.read().and_then(|source| {
            let sequence = script::parse(&source);
            let linter = linters.linter(input, sequence.front_matter.profile.as_deref());
            let linter = linter.map_err(|text| Unread { path: input.name(), line: None, text })?;
            let limits = linter.limits(&sequence.front_matter);
            Ok((linter, limits))
        });
        match made {
            Ok((linter, limits)) => match groups
                .iter_mut()
                .find(|group| Arc::ptr_eq(&group.linter, &linter) && group.limits == limits)
            {
                Some(group) => group.scripts.push(input.name()),
                None => {
                    let governor = linters.governor(input);
                    let (config, config_name) = (&governor.config, governor.name());
                    groups.push(Group { linter, config, config_name, limits, scripts: vec![input.name()] });
                }
            },
            Err(error) => errors.push(error),
        }
    }
    let mut out = standard_output();
    for (index, group) in groups.iter().enumerate() {
        if 0 < index {
            writeln!(out)?;
        }
        show(&mut out, group)?;
    }
    out.flush()?;
    errors.iter().for_each(complain);
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::CouldNotRun })
}

/// In the form of an `afterbeep.toml`, with the origin of what is not the default in a comment.
fn show(out: &mut impl Write, group: &Group) -> io::Result<()> {
    const SHOWN: usize = 5;
    let settings = group.linter.settings();
    for script in group.scripts.iter().take(SHOWN) {
        writeln!(out, "# {}", crate::report::printable(script))?;
    }
    if SHOWN < group.scripts.len() {
        writeln!(out, "# and {} more", group.scripts.len() - SHOWN)?;
    }
    let config = group.config_name.as_deref().unwrap_or("none");
    writeln!(out, "# configuration: {config}")?;
    if let Some(profile) = Profile::built_in(&settings.profile) {
        writeln!(out, "# profile {}: {}", settings.profile, profile.about)?;
    }
    let origin_of = |name: &str| group.config.origins.get(name).map(String::as_str);
    writeln!(out, "profile = {:?}{}", settings.profile, comment(settings.profile_origin.as_deref()))?;
    writeln!(out, "region = {:?}{}", settings.region, comment(origin_of("region")))?;
    writeln!(out, "\n[limits]")?;
    for ((name, value), (_, of_settings)) in group.limits.entries().zip(settings.limits.entries()) {
        let origin = if value == of_settings { limit_origin(settings, name) } else { Some("front matter") };
        writeln!(out, "{name} = {value}{}", comment(origin))?;
    }
    let speech = settings.speech.entries().collect::<Vec<_>>();
    let score = group.config.score.entries().collect::<Vec<_>>();
    let targets = group.config.targets.entries().collect::<Vec<_>>();
    for (table, entries) in [("speech", speech), ("score", score), ("targets", targets)] {
        writeln!(out, "\n[{table}]")?;
        for (name, value) in entries {
            writeln!(out, "{name} = {value}{}", comment(origin_of(&format!("{table}.{name}"))))?;
        }
    }
    writeln!(out, "\n[severity]")?;
    let states = rule_states(settings).unwrap_or_default();
    for (rule, state) in RULES.iter().zip(states) {
        let level = if state.is_on { state.severity.name() } else { "off" };
        writeln!(out, "{} = {level:?}{}", rule.meta().name, comment(state.origin))?;
    }
    Ok(())
}

fn limit_origin<'s>(settings: &'s Settings, name: &str) -> Option<&'s str> {
    debug_assert!(Limits::NAMES.contains(&name));
    let layer = settings.layers.iter().rev().find(|layer| layer.limits.contains_key(name));
    layer.map(|layer| layer.origin.as_str())
}

fn comment(origin: Option<&str>) -> String {
    origin.map(|origin| format!("  # {origin}")).unwrap_or_default()
}
