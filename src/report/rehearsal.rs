//! What changed from take to take, as a speaker reads it.

use std::io::{self, Write};

use anstyle::Style;

use super::review::number;
use crate::rehearsal::Entry;
use crate::scorecard::comparison::{Difference, differences};
use crate::scorecard::targets::Targets;

const BOLD: Style = Style::new().bold();

/// How many changes are worth telling.
const N_SHOWN: usize = 4;

/// The take against the one before it.
pub fn write_change(
    out: &mut impl Write,
    targets: &Targets,
    before: &Entry,
    after: &Entry,
) -> io::Result<()> {
    writeln!(out, "\n{BOLD}Since the take before{BOLD:#}: {}", score_change(before, after))?;
    write_differences(out, targets, before, after)
}

/// The last take of a drill against the first, with all scores between; nothing of a single take.
pub fn write_drill(out: &mut impl Write, targets: &Targets, takes: &[Entry]) -> io::Result<()> {
    let [first, .., last] = takes else { return Ok(()) };
    writeln!(out, "\n{BOLD}What improved over {} takes{BOLD:#}: {}", takes.len(), score_change(first, last))?;
    writeln!(out, "  scores: {}", takes.iter().map(score).collect::<Vec<_>>().join(", "))?;
    write_differences(out, targets, first, last)
}

fn write_differences(
    out: &mut impl Write,
    targets: &Targets,
    before: &Entry,
    after: &Entry,
) -> io::Result<()> {
    let found = differences(targets, |metric| before.value(metric), |metric| after.value(metric));
    if found.is_empty() {
        return writeln!(out, "  no number changed much");
    }
    for difference in found.iter().take(N_SHOWN) {
        writeln!(out, "  {}", difference_line(difference, after))?;
    }
    Ok(())
}

/// `pitch_sd 1.7 to 2.6 semitones: better`.
pub fn difference_line(difference: &Difference, after: &Entry) -> String {
    let Difference { metric, before, after: now, gain } = *difference;
    let unit = after.numbers.iter().find(|number| number.name == metric).map_or("", |number| &number.unit);
    let space = if unit.is_empty() { "" } else { " " };
    let judged = if gain > 0.0 { "better" } else { "worse" };
    format!("{metric} {} to {}{space}{unit}: {judged}", number(before), number(now))
}

/// `score 62 to 71 (+9)`.
fn score_change(before: &Entry, after: &Entry) -> String {
    match (before.score, after.score) {
        (Some(was), Some(is)) => {
            format!("score {was:.0} to {is:.0} ({:+.0})", is.round() - was.round())
        }
        (None, None) => "no score, as before".to_owned(),
        _ => format!("score {} to {}", score(before), score(after)),
    }
}

fn score(entry: &Entry) -> String {
    entry.score.map_or_else(|| "n/a".to_owned(), |score| format!("{score:.0}"))
}
