//! Small pictures of many recordings, as SVG: each has a title that says the same in words.

use crate::statistics;
use jiff::Unit;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::coach::people::Person;
use crate::report::row::Row;

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 80.0;
/// Room for the largest dot at the edges.
const EDGE: f64 = 5.0;

/// Scores over time, 0 at the bottom and 100 at the top, with the median of the team.
pub fn over_time(person: &Person, team: f64) -> Markup {
    let y = |score: f64| HEIGHT - EDGE - score / 100.0 * (HEIGHT - 2.0 * EDGE);
    let places = places(&person.scores);
    let dots: Vec<(f64, f64)> = places
        .iter()
        .zip(&person.scores)
        .map(|(place, (_, score))| (EDGE + place * (WIDTH - 2.0 * EDGE), y(*score)))
        .collect();
    let line = dots.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    let scores: Vec<String> = person.scores.iter().map(|(_, score)| format!("{score:.0}")).collect();
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label={ "Scores in the order of time: " (scores.join(", ")) } {
            line.axis x1="0" x2=(WIDTH) y1=(HEIGHT - 0.5) y2=(HEIGHT - 0.5) {}
            line.median x1="0" x2=(WIDTH) y1=(format!("{:.1}", y(team))) y2=(format!("{:.1}", y(team))) {}
            polyline.trend points=(line) {}
            @for (x, y) in &dots { circle.dot cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="3" {} }
        }
    }
}

/// Where each lies between the first and the last, 0 to 1: by its day where all have one, else by its number.
fn places(scores: &[(Option<Date>, f64)]) -> Vec<f64> {
    let days: Option<Vec<f64>> = scores.iter().map(|(date, _)| Some(day(*(date.as_ref()?)))).collect();
    let values = days.unwrap_or_else(|| (0..scores.len()).map(|index| index as f64).collect());
    let first = values.first().copied().unwrap_or_default();
    let length = values.last().copied().unwrap_or_default() - first;
    values.into_iter().map(|value| if length > 0.0 { (value - first) / length } else { 0.5 }).collect()
}

/// Days since some day; only differences mean something.
fn day(date: Date) -> f64 {
    let days = Date::ZERO.until((Unit::Day, date)).map_or(0, |span| span.get_days());
    f64::from(days)
}

/// Bars of a histogram; narrow enough for forty recordings, wide enough for a thousand.
const N_BARS: usize = 16;

/// `None` where no recording has the metric. `score` is one as well.
pub fn distribution(rows: &[&Row], metric: &str, title: &str) -> Option<Markup> {
    let value = |row: &&Row| if metric == "score" { row.score() } else { row.metric(metric) };
    let values: Vec<f64> = rows.iter().filter_map(value).collect();
    let median = statistics::median(values.iter().copied())?;
    let target = rows
        .iter()
        .filter_map(|row| row.result.as_ref().ok())
        .find_map(|review| review.metrics.get(metric)?.target);
    let (low, high) = range(&values, metric);
    let n_values = values.len();
    let counts = counts(&values, low, high);
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    let x = |value: f64| ((value - low) / (high - low)).clamp(0.0, 1.0) * WIDTH;
    let bar = WIDTH / N_BARS as f64;
    let within = |[low, high]: [Option<f64>; 2]| {
        let is_within =
            |value: &&f64| low.is_none_or(|low| low <= **value) && high.is_none_or(|high| **value <= high);
        values.iter().filter(is_within).count()
    };
    let words = match target {
        Some(target) => format!("median {}, {} of {n_values} on target", short(median), within(target)),
        None => format!("median {}, of {n_values}", short(median)),
    };
    Some(html! {
        h3 { (title) }
        svg viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + 14.0)) role="img" aria-label={ (title) ": " (words) ", from " (short(low)) " to " (short(high)) } {
            @if let Some([from, to]) = target {
                @let (from, to) = (x(from.unwrap_or(low)), x(to.unwrap_or(high)));
                rect.aim x=(format!("{from:.1}")) y="0" width=(format!("{:.1}", (to - from).max(1.0))) height=(HEIGHT) {}
            }
            @for (index, count) in counts.iter().enumerate() {
                @let height = *count as f64 / most * (HEIGHT - 4.0);
                rect.bar x=(format!("{:.1}", index as f64 * bar + 1.0)) y=(format!("{:.1}", HEIGHT - height)) width=(format!("{:.1}", bar - 2.0)) height=(format!("{height:.1}")) {}
            }
            line.axis x1="0" x2=(WIDTH) y1=(HEIGHT) y2=(HEIGHT) {}
            text x="0" y=(HEIGHT + 12.0) { (short(low)) }
            text x=(WIDTH) y=(HEIGHT + 12.0) text-anchor="end" { (short(high)) }
        }
        p { (words) }
    })
}

/// Scores are shown from 0 to 100, all else from the least to the most.
fn range(values: &[f64], metric: &str) -> (f64, f64) {
    if metric == "score" {
        return (0.0, 100.0);
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high > low {
        return (low, high);
    }
    // No count is below none.
    if (0.0..0.5).contains(&low) { (0.0, 1.0) } else { (low - 0.5, high + 0.5) }
}

fn counts(values: &[f64], low: f64, high: f64) -> [usize; N_BARS] {
    let mut counts = [0; N_BARS];
    for value in values {
        let index = ((value - low) / (high - low) * N_BARS as f64) as usize;
        counts[index.min(N_BARS - 1)] += 1;
    }
    counts
}

fn short(value: f64) -> String {
    if value.abs() >= 20.0 || value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_a_bar() {
        let values = [0.0, 1.0, 50.0, 99.9, 100.0];
        assert_eq!(counts(&values, 0.0, 100.0).iter().sum::<usize>(), 5);
        let (low, high) = range(&[3.0, 3.0], "duration");
        assert_eq!(counts(&[3.0, 3.0], low, high).iter().sum::<usize>(), 2);
    }

    #[test]
    fn days_apart_are_apart() {
        let on = |day| (Date::new(2026, 11, day).ok(), 50.0);
        assert_eq!(places(&[on(1), on(3), on(5)]), [0.0, 0.5, 1.0]);
        assert_eq!(places(&[on(1), (None, 1.0), on(5)]), [0.0, 0.5, 1.0]);
        assert_eq!(places(&[on(1)]), [0.5]);
    }
}
