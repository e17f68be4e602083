//! Kept takes: a table with sparklines, JSON, CSV.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use anstyle::Style;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::printable;
use super::review::number;
use super::review_csv::harmless;
use crate::rehearsal::Entry;
use crate::scorecard::targets::Targets;

const BOLD: Style = Style::new().bold();

/// Columns of the table: what a speaker works on.
const COLUMNS: &[(&str, &str)] = &[
    ("pace wpm", "speaking_rate"),
    ("fillers", "filled_pause_count"),
    ("pause s", "longest_pause"),
    ("pitch st", "pitch_sd"),
    ("seconds", "duration"),
];

/// `zone`: that of the reader.
pub fn write(
    out: &mut impl Write,
    entries: &[Entry],
    targets: &Targets,
    zone: &TimeZone,
    unicode: bool,
) -> io::Result<()> {
    let heads: String = COLUMNS.iter().map(|(head, _)| format!("  {head:>8}")).collect();
    writeln!(out, "{BOLD}{:<16}  {:>5}{heads}  take{BOLD:#}", "when", "score")?;
    for entry in entries {
        let when = entry.recorded_at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let score = entry.score.map_or("n/a".to_owned(), |score| format!("{score:.0}"));
        let cell = |metric| entry.value(metric).map_or("n/a".to_owned(), number);
        let cells: String = COLUMNS.iter().map(|(_, metric)| format!("  {:>8}", cell(metric))).collect();
        writeln!(out, "{when:<16}  {score:>5}{cells}  {}", take(&entry.path))?;
    }
    let alike = like_the_last(entries);
    if alike.len() > 1 {
        writeln!(out)?;
        if alike.len() < entries.len() {
            writeln!(out, "the {} takes of the last message that were measured alike:", alike.len())?;
        }
        run(out, "score", alike.iter().map(|entry| entry.score), "higher is better", unicode)?;
        for (_, metric) in COLUMNS {
            let target = targets.of(metric).map(super::review::target_text).unwrap_or_default();
            run(out, metric, alike.iter().map(|entry| entry.value(metric)), &target, unicode)?;
        }
    }
    Ok(())
}

/// Takes whose numbers can be compared: of one message, by one version of the analysis.
fn like_the_last(entries: &[Entry]) -> Vec<&Entry> {
    let kind = |entry: &Entry| (entry.script.clone(), entry.message, entry.analysis_version);
    let Some(last) = entries.last().map(kind) else { return Vec::new() };
    entries.iter().filter(|entry| kind(entry) == last).collect()
}

fn take(path: &Path) -> String {
    printable(&path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy())
}

/// `score  ▂▄▇  62 to 71  higher is better`.
fn run(
    out: &mut impl Write,
    name: &str,
    values: impl Iterator<Item = Option<f64>> + Clone,
    remark: &str,
    unicode: bool,
) -> io::Result<()> {
    let mut known = values.clone().flatten();
    let Some(first) = known.next() else { return Ok(()) };
    let last = known.last().unwrap_or(first);
    let line = sparkline(values, unicode);
    writeln!(out, "{name:<20} {line}  {} to {}  {remark}", number(first), number(last))
}

/// One character a value, from the lowest to the highest of them; a blank where there is none.
fn sparkline(values: impl Iterator<Item = Option<f64>> + Clone, unicode: bool) -> String {
    let levels = if unicode { "▁▂▃▄▅▆▇█" } else { "_.-=+*#@" };
    let levels: Vec<char> = levels.chars().collect();
    let known = || values.clone().flatten();
    let (lowest, highest) =
        (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let level = |value: f64| {
        let share = if lowest < highest { (value - lowest) / (highest - lowest) } else { 0.5 };
        levels[(share * (levels.len() - 1) as f64).round() as usize]
    };
    values.clone().map(|value| value.map_or(' ', level)).collect()
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    takes: Vec<JsonTake<'a>>,
}

#[derive(Serialize)]
struct JsonTake<'a> {
    recorded_at: String,
    path: String,
    script: Option<String>,
    message: usize,
    script_hash: Option<&'a str>,
    analysis_version: u32,
    score: Option<f64>,
    metrics: BTreeMap<&'a str, JsonNumber<'a>>,
}

#[derive(Serialize)]
struct JsonNumber<'a> {
    value: Option<f64>,
    unit: &'a str,
    reason: Option<&'a str>,
}

pub fn write_json(out: &mut impl Write, entries: &[Entry]) -> io::Result<()> {
    let takes = entries.iter().map(|entry| JsonTake {
        recorded_at: entry.recorded_at.to_string(),
        path: entry.path.display().to_string(),
        script: entry.script.as_ref().map(|script| script.display().to_string()),
        message: entry.message,
        script_hash: entry.script_hash.as_deref(),
        analysis_version: entry.analysis_version,
        score: entry.score,
        metrics: entry
            .numbers
            .iter()
            .map(|number| {
                let reason = number.value.as_ref().err().map(String::as_str);
                let value = number.value.as_ref().ok().copied();
                (number.name.as_str(), JsonNumber { value, unit: &number.unit, reason })
            })
            .collect(),
    });
    let json = Json { version: super::json::VERSION, takes: takes.collect() };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// A column for every metric that any take has; empty cells where it could not be measured.
pub fn write_csv(out: &mut impl Write, entries: &[Entry]) -> io::Result<()> {
    let mut metrics: Vec<&str> = Vec::new();
    for number in entries.iter().flat_map(|entry| &entry.numbers) {
        if !metrics.contains(&number.name.as_str()) {
            metrics.push(&number.name);
        }
    }
    let mut writer = csv::Writer::from_writer(out);
    let first = ["recorded_at", "path", "script", "message", "analysis_version", "score"];
    writer.write_record(first.iter().chain(&metrics))?;
    for entry in entries {
        let value = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let script = entry.script.as_ref().map(|script| script.display().to_string()).unwrap_or_default();
        let mut row = vec![
            entry.recorded_at.to_string(),
            harmless(&entry.path.display().to_string()),
            harmless(&script),
            entry.message.to_string(),
            entry.analysis_version.to_string(),
            value(entry.score),
        ];
        row.extend(metrics.iter().map(|metric| value(entry.value(metric))));
        writer.write_record(row)?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparklines_go_from_the_lowest_to_the_highest() {
        let line = |values: &[Option<f64>]| sparkline(values.iter().copied(), true);
        assert_eq!(line(&[Some(1.0), None, Some(8.0), Some(4.0)]), "▁ █▄");
        assert_eq!(line(&[Some(3.0), Some(3.0)]), "▅▅");
        assert_eq!(line(&[]), "");
    }
}
