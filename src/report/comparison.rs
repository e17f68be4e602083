//! What changed between sets of recordings, as a table and as JSON.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json::VERSION;
use super::printable;
use crate::coach::comparison::{Change, MIN_N};
use crate::scorecard::targets::Targets;

/// Two sets and what changed from one to the other.
pub struct Comparison {
    pub before: String,
    pub after: String,
    /// Pairs by name, or two sets of different recordings?
    pub is_paired: bool,
    pub changes: Vec<Change>,
    /// Of the metrics, by their names; the score has none.
    pub units: BTreeMap<String, String>,
}

impl Comparison {
    fn unit(&self, change: &Change) -> Option<&str> {
        self.units.get(&change.name).map(String::as_str)
    }
}

pub fn write(out: &mut dyn Write, comparison: &Comparison, targets: &Targets) -> io::Result<()> {
    let Comparison { before, after, is_paired, changes, .. } = comparison;
    let n = changes.first().map_or(0, |change| change.n);
    let what = match (is_paired, n) {
        (true, 1) => "1 pair".to_owned(),
        (true, n) => format!("{n} pairs"),
        (false, _) => "not in pairs".to_owned(),
    };
    writeln!(out, "{} -> {}  ({what})", printable(before), printable(after))?;
    for change in changes {
        let interval = change.interval.map_or(String::new(), |(low, high)| {
            format!("95 %: {:<18} ", format!("{} to {}", signed(low), signed(high)))
        });
        writeln!(
            out,
            "  {:<25} {:>8} -> {:>8}  {:>8} {:<9}  {interval}{}",
            change.name,
            number(change.before),
            number(change.after),
            signed(change.difference()),
            comparison.unit(change).unwrap_or_default(),
            verdict(change, targets)
        )?;
    }
    Ok(())
}

/// Many comparisons at once find something by chance; each interval is of one alone.
pub fn write_chance(out: &mut dyn Write, comparisons: &[Comparison]) -> io::Result<()> {
    let changes = comparisons.iter().flat_map(|comparison| &comparison.changes);
    match changes.filter(|change| change.interval.is_some()).count() {
        0 | 1 => Ok(()),
        n => writeln!(out, "{n} values are judged; of those without a change 1 in 20 looks clear by chance"),
    }
}

fn verdict(change: &Change, targets: &Targets) -> String {
    match change.is_clear() {
        None => return format!("too few to tell ({MIN_N} are needed)"),
        Some(false) => return "no clear change".to_owned(),
        Some(true) => {}
    }
    let grade = |value: f64| match targets.of(&change.name) {
        Some(target) => target.grade(value),
        None => value,
    };
    let is_judged = change.name == "score" || targets.of(&change.name).is_some();
    let words = match grade(change.after).total_cmp(&grade(change.before)) {
        Ordering::Greater if is_judged => "better",
        Ordering::Less if is_judged => "worse",
        // Both are on target, or there is none.
        _ if change.difference() > 0.0 => "higher",
        _ => "lower",
    };
    words.to_owned()
}

fn number(value: f64) -> String {
    if value.abs() >= 30.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn signed(value: f64) -> String {
    if value.abs() >= 30.0 { format!("{value:+.0}") } else { format!("{value:+.2}") }
}

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    before: &'a str,
    after: &'a str,
    paired: bool,
    changes: Vec<ChangeObject<'a>>,
}

#[derive(Serialize)]
struct ChangeObject<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    before: f64,
    after: f64,
    difference: f64,
    n: usize,
    /// Null of too few.
    interval: Option<[f64; 2]>,
    /// Null of too few.
    clear: Option<bool>,
}

/// One object a comparison, on one line.
pub fn write_json(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let milli = |value: f64| (value * 1e3).round() / 1e3;
    let changes = comparison.changes.iter().map(|change| ChangeObject {
        name: &change.name,
        unit: comparison.unit(change),
        before: milli(change.before),
        after: milli(change.after),
        difference: milli(change.difference()),
        n: change.n,
        interval: change.interval.map(|(low, high)| [milli(low), milli(high)]),
        clear: change.is_clear(),
    });
    let object = Object {
        version: VERSION,
        before: &comparison.before,
        after: &comparison.after,
        paired: comparison.is_paired,
        changes: changes.collect(),
    };
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)
}
