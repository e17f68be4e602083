//! Runs the rules that are on over a script.

use std::sync::Arc;

use super::branches;
use super::reading::{Kind, Reading};
use super::registry::{self, RULES};
use super::rule::{LintContext, Rule};
use super::suppression::Suppressions;
use crate::config::{Layer, Level, Limits, Settings};
use crate::finding::{Finding, Place, Severity};
use crate::script::branches::ways;
use crate::script::speech::Pace;
use crate::script::{FrontMatter, Message, Sequence};
use crate::spelling::did_you_mean;
use crate::table::Table;
use crate::units::Seconds;

pub struct Linter {
    /// With the severity that the settings give, if they do: otherwise a finding has that of its rule, or the lower one that
    /// the rule gave it.
    rules: Vec<(&'static dyn Rule, Option<Severity>)>,
    codes: Arc<[&'static str]>,
    settings: Settings,
    pace: Pace,
}

/// What the settings make of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleState<'s> {
    pub is_on: bool,
    pub severity: Severity,
    /// The settings name its severity.
    pub is_severity_set: bool,
    /// Where the last change was made; `None` where none was.
    pub origin: Option<&'s str>,
}

/// A code, prefix or name that selects no rule.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}no rule is called `{selector}`{hint} (`afterbeep rule` lists them all)")]
pub struct UnknownRule {
    pub selector: String,
    /// "; did you mean …?" where a rule is called nearly so.
    pub hint: String,
    /// Where it was named, followed by a colon; or nothing.
    pub place: String,
}

impl UnknownRule {
    pub fn new(selector: &str) -> Self {
        let names = RULES.iter().flat_map(|rule| [rule.meta().name, rule.meta().code]);
        let is_of_review = selector
            .to_ascii_uppercase()
            .strip_prefix("AD")
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        let hint = match is_of_review {
            true => "; findings of a review (AD…) are not turned on or off".to_owned(),
            false => did_you_mean(selector, names),
        };
        Self { selector: selector.to_owned(), hint, place: String::new() }
    }
}

impl Linter {
    pub fn new(settings: Settings) -> Result<Self, UnknownRule> {
        let states = rule_states(&settings)?;
        let rules = RULES.iter().zip(states).filter(|(_, state)| state.is_on);
        let rules: Vec<(&dyn Rule, _)> =
            rules.map(|(rule, state)| (*rule, state.is_severity_set.then_some(state.severity))).collect();
        let codes = rules.iter().map(|(rule, _)| rule.meta().code).collect();
        let pace = Pace {
            syllables_per_second: settings.speech.syllables_per_second,
            sentence_pause: Seconds(settings.speech.sentence_pause_seconds),
            phrase_pause: Seconds(settings.speech.phrase_pause_seconds),
        };
        Ok(Self { rules, codes, settings, pace })
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Codes of the rules that are on.
    pub fn codes(&self) -> Arc<[&'static str]> {
        Arc::clone(&self.codes)
    }

    /// Is this rule on?
    pub fn runs(&self, code: &str) -> bool {
        self.codes.contains(&code)
    }

    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Findings in the order of their places. `source` is the text that `sequence` was parsed from, `data` the rows that
    /// fill its placeholders.
    pub fn lint(&self, source: &str, sequence: &Sequence, data: Option<&Table>) -> Vec<Finding> {
        let limits = self.limits(&sequence.front_matter);
        let context = LintContext {
            limits: &limits,
            pace: &self.pace,
            region: &self.settings.region,
            profile: &self.settings.profile,
            source,
            sequence,
            data,
        };
        let suppressions = Suppressions::read(source, &sequence.comments);
        let readings: Vec<Reading> = sequence.messages.iter().map(Reading::new).collect();
        let ways = ways(source);
        let mut findings = match ways.is_empty() {
            true => self.check_messages(&context, &readings),
            false => branches::merged(source, &ways, &readings, |source, of_way| {
                self.check_messages(&LintContext { source, ..context }, of_way)
            }),
        };
        self.check_sequence(&context, &readings, &mut findings);
        suppressions.hide(&mut findings);
        let mut of_suppressions = Vec::new();
        for (rule, severity) in &self.rules {
            let from = of_suppressions.len();
            rule.check_suppressions(&suppressions, &|code| self.runs(code), &mut of_suppressions);
            give(*severity, &mut of_suppressions[from..]);
        }
        of_suppressions.iter_mut().for_each(|finding| place_in(sequence, finding));
        suppressions.hide(&mut of_suppressions);
        findings.append(&mut of_suppressions);
        findings.sort_by_key(|finding| {
            let Place::Text(span) = finding.place else { return (0, 0, finding.code) };
            (finding.message, span.start, finding.code)
        });
        findings
    }

    fn check_messages(&self, context: &LintContext, readings: &[Reading]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rule, severity) in &self.rules {
            let of_rule = findings.len();
            for (index, reading) in
                readings.iter().enumerate().filter(|(_, reading)| rule.judges(reading.kind()))
            {
                let from = findings.len();
                rule.check(context, reading, &mut findings);
                findings[from..].iter_mut().for_each(|finding| finding.message = index);
            }
            give(*severity, &mut findings[of_rule..]);
        }
        findings
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        if !readings.iter().any(|reading| reading.kind() == Kind::Voicemail) {
            return;
        }
        for (rule, severity) in &self.rules {
            let from = findings.len();
            rule.check_sequence(context, readings, findings);
            findings[from..].iter_mut().for_each(|finding| place_in(context.sequence, finding));
            give(*severity, &mut findings[from..]);
        }
    }

    /// A script knows best how long it may be, but for the person at the command line.
    pub fn limits(&self, front_matter: &FrontMatter) -> Limits {
        let mut limits = self.settings.limits;
        if let Some(max_seconds) = front_matter.max_seconds.filter(|_| !self.settings.max_seconds_is_final) {
            limits.max_seconds = max_seconds;
        }
        limits
    }
}

/// In the message that begins last before it.
fn place_in(sequence: &Sequence, finding: &mut Finding) {
    if let Place::Text(span) = finding.place {
        let begins_before = |message: &&Message| message.span.start <= span.start;
        finding.message = sequence.messages.iter().take_while(begins_before).count().saturating_sub(1);
    }
}

fn give(severity: Option<Severity>, findings: &mut [Finding]) {
    if let Some(severity) = severity {
        findings.iter_mut().for_each(|finding| finding.severity = severity);
    }
}

/// For each of [`RULES`], what the layers make of it.
pub fn rule_states(settings: &Settings) -> Result<Vec<RuleState<'_>>, UnknownRule> {
    let default = |rule: &&dyn Rule| RuleState {
        is_on: rule.meta().on_by_default,
        severity: rule.meta().severity,
        is_severity_set: false,
        origin: None,
    };
    let mut states: Vec<RuleState> = RULES.iter().map(default).collect();
    for layer in &settings.layers {
        apply(layer, &mut states)
            .map_err(|error| UnknownRule { place: format!("{}: ", layer.origin), ..error })?;
    }
    Ok(states)
}

fn apply<'s>(layer: &'s Layer, states: &mut [RuleState<'s>]) -> Result<(), UnknownRule> {
    let origin = Some(layer.origin.as_str());
    if layer.select.is_some() {
        states.iter_mut().for_each(|state| *state = RuleState { is_on: false, origin, ..*state });
    }
    for selector in layer.select.iter().flatten().chain(&layer.extend_select) {
        for index in registry::selected(selector)? {
            states[index] = RuleState { is_on: true, origin, ..states[index] };
        }
    }
    for selector in &layer.ignore {
        for index in registry::selected(selector)? {
            states[index] = RuleState { is_on: false, origin, ..states[index] };
        }
    }
    let severities =
        layer.severity.iter().map(|(selector, level)| Ok((registry::selected(selector)?, *level)));
    let mut severities: Vec<(Vec<usize>, Level)> = severities.collect::<Result<_, UnknownRule>>()?;
    // What is said of one rule stands over what is said of many.
    severities.sort_by_key(|(indices, _)| std::cmp::Reverse(indices.len()));
    for (indices, level) in severities {
        let is_one = indices.len() == 1;
        for index in indices {
            let state = states[index];
            states[index] = match level {
                Level::Off => RuleState { is_on: false, origin, ..state },
                // Whoever weighs one rule wants it, where nobody turned it off.
                Level::On(severity) => {
                    let is_on = state.is_on || is_one && state.origin.is_none();
                    RuleState { is_on, severity, is_severity_set: true, origin }
                }
            };
        }
    }
    Ok(())
}
