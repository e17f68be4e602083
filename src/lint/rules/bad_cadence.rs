//! `AB805 bad-cadence`: messages too close together, or calls at an hour that is not the listener's.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity, Span};
use crate::lint::phrases::PROMISES;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::{front_matter, sentence};

pub struct BadCadence;

static META: RuleMeta = RuleMeta {
    code: "AB805",
    name: "bad-cadence",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/bad-cadence.md"),
};

impl Rule for BadCadence {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    /// A time at which the caller means to call again.
    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let text = reading.text();
        let best = context.front_matter().contact.best_time.as_deref().and_then(hours_between);
        for promise in reading.phrases(&PROMISES) {
            let Some(sentence) = sentence::ranges(&text[promise.end..]).next() else { continue };
            let rest = &text[promise.end..promise.end + sentence.end];
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
            let text = format!("{n_days} days for {} messages", readings.len());
            findings.push(META.at_span(place("days"), text).with_help("one day for each message"));
        }
        let best = front_matter.contact.best_time.as_deref().and_then(hours_between);
        if let Some((from, to)) =
            best.filter(|(from, to)| !context.is_polite(*from) || !context.is_polite(*to))
        {
            let text =
                format!("the best time, {} to {}, runs past the hours for calls", shown(from), shown(to));
            findings.push(META.at_span(place("contact"), text).with_help(context.polite_hours()));
        }
    }
}

impl LintContext<'_> {
    fn is_polite(&self, hour: f64) -> bool {
        (self.limits.earliest_hour..=self.limits.latest_hour).contains(&hour)
    }

    fn polite_hours(&self) -> String {
        let (from, to) = (shown(self.limits.earliest_hour), shown(self.limits.latest_hour));
        format!("call between {from} and {to} on the listener's clock")
    }
}

/// "weekdays 16:00-18:00", "4 pm to 6 pm": the first two times of a day.
fn hours_between(text: &str) -> Option<(f64, f64)> {
    let mut times = clock_times(text, true).map(|(hour, _)| hour);
    Some((times.next()?, times.next()?)).filter(|(from, to)| from <= to)
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b([01]?[0-9]|2[0-3])(?::([0-5][0-9])(?: ?([ap])\.?m\b)?| ?([ap])\.?m\b)")
        .expect("the pattern of times is well formed")
});

/// Times of day in hours: "9:30 pm", "16:00", "7 a.m."; "5:30" may be either half of the day, but for a clock of 24 hours.
fn clock_times(text: &str, of_24_hours: bool) -> impl Iterator<Item = (f64, std::ops::Range<usize>)> {
    TIME.captures_iter(text).filter_map(move |time| {
        let number = |group| time.get(group).and_then(|found| found.as_str().parse::<f64>().ok());
        let half = time.get(3).or(time.get(4)).map(|found| found.as_str().to_ascii_lowercase());
        let hour = number(1)?;
        let hour = match half.as_deref() {
            Some("p") if hour < 12.0 => hour + 12.0,
            Some("a") if hour == 12.0 => 0.0,
            None if hour < 13.0 && !of_24_hours => return None,
            _ => hour,
        };
        Some((hour + number(2).unwrap_or(0.0) / 60.0, time.get(0)?.range()))
    })
}

fn shown(hour: f64) -> String {
    let minutes = (hour * 60.0).round() as u32;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
