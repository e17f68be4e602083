//! `AB805 bad-cadence`: messages too close together, or calls at an hour that is not the listener's.

use crate::finding::{Finding, Severity, Span};
use crate::lint::phrases::PROMISES;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::best_time::{clock_times, hours, shown};
use crate::script::{front_matter, sentence};

pub struct BadCadence;

static META: RuleMeta = RuleMeta {
    code: "AB805",
    name: "bad-cadence",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/bad-cadence.md"),
};

/// Bytes after a promise in which its time stands; ours.
const NEAR: usize = 200;

impl Rule for BadCadence {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    /// A time at which the caller means to call again.
    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        let best = context.best_hours();
        for promise in reading.phrases(&PROMISES) {
            let near = &text[promise.end..text.len().min(promise.end + NEAR)];
            let Some(sentence) = sentence::ranges(near).next() else { continue };
            let rest = &near[..sentence.end];
            let Some((hour, place)) = clock_times(rest, false).next() else { continue };
            let problem = match best {
                _ if !context.is_polite(hour) => format!("{} is no hour to call", shown(hour)),
                Some((from, to)) if hour < from || to < hour => format!(
                    "{} is not the time they asked for, {} to {}",
                    shown(hour),
                    shown(from),
                    shown(to)
                ),
                _ => continue,
            };
            let place = promise.end + place.start..promise.end + place.end;
            findings.push(META.at(reading, place, problem).with_help(context.polite_hours()));
        }
    }

    fn check_sequence(&self, context: &LintContext, readings: &[Reading], findings: &mut Vec<Finding>) {
        let front_matter = context.front_matter();
        let place = |key| front_matter::value_span(context.source, key).unwrap_or(Span::new(0, 0));
        let least = context.limits.min_days_between;
        for pair in front_matter.days.windows(2) {
            let (one, next) = (pair[0], pair[1]);
            let text = match next.checked_sub(one) {
                None => format!("day {next} comes before day {one}"),
                Some(between) if f64::from(between) < least => {
                    format!("day {next} follows day {one} too soon; the least is {least} days")
                }
                Some(_) => continue,
            };
            let help = "days count from the first message; leave them time to call back";
            findings.push(META.at_span(place("days"), text).with_help(help));
        }
        let n_days = front_matter.days.len();
        if 0 < n_days && n_days != readings.len() {
            let messages = match readings.len() {
                1 => "there is one message".to_owned(),
                n => format!("there are {n} messages"),
            };
            let text = format!("`days` has {n_days}, and {messages}");
            findings.push(META.at_span(place("days"), text).with_help("one day for each message"));
        }
        let is_impolite = |(from, to): &(f64, f64)| !context.is_polite(*from) || !context.is_polite(*to);
        if let Some((from, to)) = context.best_hours().filter(is_impolite) {
            let text =
                format!("the best time, {} to {}, runs past the hours for calls", shown(from), shown(to));
            findings.push(META.at_span(place("contact"), text).with_help(context.polite_hours()));
        }
    }
}

impl LintContext<'_> {
    /// When the listener asked to be called.
    fn best_hours(&self) -> Option<(f64, f64)> {
        let best = self.front_matter().contact.best_time.as_deref()?;
        hours(best, self.limits.earliest_hour, self.limits.latest_hour)
    }

    fn is_polite(&self, hour: f64) -> bool {
        (self.limits.earliest_hour..=self.limits.latest_hour).contains(&hour)
    }

    fn polite_hours(&self) -> String {
        let (from, to) = (shown(self.limits.earliest_hour), shown(self.limits.latest_hour));
        format!("call between {from} and {to} on the listener's clock")
    }
}
