//! What the built-in profiles make of a rule, for its page.

use std::collections::BTreeMap;

use super::linter::rule_states;
use super::registry::RULES;
use super::rule::RuleMeta;
use crate::config::{Config, Limits, PROFILES, Settings};

/// "Off in `health` and `thank-you`; `limits.max_seconds` is 20 in `cold-call`." Of the limits, those that `options` name. `None`
/// where no profile changes anything.
pub fn in_profiles(meta: &RuleMeta, options: &str) -> Option<String> {
    let mut profiles_of: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for profile in PROFILES {
        let settings = Config::default().settings(Some(profile.name), &[]).ok()?;
        let changes = state(meta, &settings).into_iter().chain(limits(options, &settings.limits));
        changes.for_each(|change| profiles_of.entry(change).or_default().push(profile.name));
    }
    let change = |(change, profiles): (String, Vec<&str>)| {
        let names: Vec<String> = profiles.into_iter().map(|name| format!("`{name}`")).collect();
        format!("{change} in {}", names.join(", "))
    };
    let changes: Vec<String> = profiles_of.into_iter().map(change).collect();
    (!changes.is_empty()).then(|| format!("By profile: {}.", changes.join("; ")))
}

/// On, off or at another severity than without a profile.
fn state(meta: &RuleMeta, settings: &Settings) -> Option<String> {
    let states = rule_states(settings).ok()?;
    let (_, state) = RULES.iter().zip(states).find(|(rule, _)| rule.meta().code == meta.code)?;
    match (state.is_on, meta.on_by_default) {
        (false, true) => Some("off".to_owned()),
        (true, false) => Some("on".to_owned()),
        (true, true) if state.severity != meta.severity => Some(state.severity.name().to_owned()),
        _ => None,
    }
}

fn limits(options: &str, limits: &Limits) -> Vec<String> {
    let defaults = Limits::default();
    let changed = limits.entries().zip(defaults.entries()).filter(|(own, default)| own != default);
    let named = changed.filter(|((name, _), _)| options.contains(&format!("`limits.{name}`")));
    named.map(|((name, value), _)| format!("`limits.{name}` {value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::registry;
    use super::*;

    #[test]
    fn a_page_says_what_the_profiles_say() {
        let said =
            |code: &str, options: &str| in_profiles(registry::find(code).expect("a rule").meta(), options);
        let reason = said("AB203", "None.").expect("some turn it off");
        assert!(reason.starts_with("By profile: off in ") && reason.contains("`health`"), "{reason}");
        let limit = said("AB301", "`limits.max_seconds` in …").expect("some have another");
        assert!(limit.contains("`limits.max_seconds` 20 in `email-directed`, `cold-call`"), "{limit}");
        assert!(said("limited-content", "").is_some_and(|text| text.contains("on in")));
        assert_eq!(said("AB001", "None."), None);
    }
}
