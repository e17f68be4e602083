//! Runs the rules that are on over a script.

use super::reading::Reading;
use super::registry::{self, RULES};
use super::rule::{LintContext, Rule};
use super::suppression::Suppressions;
use crate::config::{Config, Limits, nearest};
use crate::finding::{Finding, Place, Severity};
use crate::script::Sequence;
use crate::script::speech::Pace;

pub struct Linter {
    rules: Vec<(&'static dyn Rule, Severity)>,
    limits: Limits,
}

/// A code, prefix or name that selects no rule.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("no rule is called `{selector}`{hint} (`afterbeep rule` lists them all)")]
pub struct UnknownRule {
    pub selector: String,
    /// "; did you mean …?" where a rule is called nearly so.
    pub hint: String,
}

impl UnknownRule {
    pub fn new(selector: &str) -> Self {
        let names = RULES.iter().flat_map(|rule| [rule.meta().name, rule.meta().code]);
        let hint =
            nearest(selector, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        Self { selector: selector.to_owned(), hint }
    }
}

impl Linter {
    pub fn new(config: &Config) -> Result<Self, UnknownRule> {
        let mut is_on = vec![false; RULES.len()];
        for (is_on, rule) in is_on.iter_mut().zip(RULES) {
            *is_on = config.select.is_none() && rule.meta().on_by_default;
        }
        for selector in config.select.iter().flatten().chain(&config.extend_select) {
            for index in registry::selected(selector)? {
                is_on[index] = true;
            }
        }
        for selector in &config.ignore {
            for index in registry::selected(selector)? {
                is_on[index] = false;
            }
        }
        let mut severities: Vec<Severity> = RULES.iter().map(|rule| rule.meta().severity).collect();
        for (selector, severity) in &config.severity {
            for index in registry::selected(selector)? {
                severities[index] = *severity;
            }
        }
        let rules = RULES.iter().zip(severities).zip(is_on).filter(|(_, is_on)| *is_on);
        Ok(Self {
            rules: rules.map(|((rule, severity), _)| (*rule, severity)).collect(),
            limits: config.limits,
        })
    }

    /// Findings in the order of their places. `source` is the text that `sequence` was parsed from.
    pub fn lint(&self, source: &str, sequence: &Sequence) -> Vec<Finding> {
        let context = LintContext {
            limits: &self.limits,
            pace: &Pace::default(),
            region: "US",
            profile: sequence.front_matter.profile.as_deref().unwrap_or("callback"),
            source,
            sequence,
            data: None,
        };
        let suppressions = Suppressions::read(source, &sequence.comments);
        let mut findings = Vec::new();
        let readings: Vec<Reading> = sequence.messages.iter().map(Reading::new).collect();
        for (rule, severity) in &self.rules {
            let from_rule = findings.len();
            for (index, reading) in readings.iter().enumerate() {
                let from = findings.len();
                rule.check(&context, reading, &mut findings);
                findings[from..].iter_mut().for_each(|finding| finding.message = index);
            }
            rule.check_sequence(&context, &readings, &mut findings);
            findings[from_rule..].iter_mut().for_each(|finding| finding.severity = *severity);
        }
        findings.retain(|finding| !suppressions.cover(finding));
        findings.sort_by_key(|finding| {
            let Place::Text(span) = finding.place else { return (0, 0, finding.code) };
            (finding.message, span.start, finding.code)
        });
        findings
    }
}
