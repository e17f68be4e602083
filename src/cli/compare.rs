//! `afterbeep compare`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::review::{self, Batch, Format, Prepared, batch, labelling};
use super::{Outcome, complain, paths, read_or_not, refuse, standard_output};
use crate::coach::comparison::{Sets, Values, changes};
use crate::report::comparison::{self, Comparison};
use crate::report::row::Row;
use crate::scorecard::targets::Targets;
use crate::units::counted;

#[derive(clap::Args)]
// What is of one recording, and refused here.
#[command(mut_arg("include", |option| option.hide(true)), mut_arg("plot", |option| option.hide(true)))]
#[command(mut_arg("output_format", |option| option.help(review::TEXT_OR_JSON).hide_possible_values(true)))]
pub struct Arguments {
    /// Before and after: two recordings, or two folders of them; with --by one folder
    #[arg(required = true, num_args = 1..=2, value_name = "PATH")]
    sets: Vec<PathBuf>,
    /// Compare people or weeks of one folder: each week with the one before, each rep (or other field) with all others
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// Exit with 1 when the mean score fell by more than this many points, unless so many recordings may do so by chance (of fewer
    /// than are needed to tell the mean decides)
    #[arg(long, value_name = "POINTS", value_parser = review::score)]
    max_regression: Option<f64>,
    #[command(flatten)]
    options: review::Options,
    #[command(flatten)]
    labelling: labelling::Arguments,
    #[command(flatten)]
    batch: batch::Arguments,
}

/// What is compared, the score first.
const NAMES: [&str; 11] = [
    "score",
    "duration",
    "speaking_rate",
    "articulation_rate",
    "phonation_ratio",
    "longest_pause",
    "filled_pauses_per_minute",
    "pitch_sd",
    "pitch_variation_quotient",
    "flat_stretches",
    "intensity_sd",
];

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match heard(arguments) {
        Ok(heard) => print(arguments, heard?),
        Err(error) => Ok(refuse(error)),
    }
}

/// The recordings of each set, and whether all could be reviewed.
struct Heard {
    sets: Vec<Vec<Row>>,
    /// Something that was named is not there or cannot be read.
    has_errors: bool,
    is_interrupted: bool,
    targets: Targets,
}

fn heard(arguments: &Arguments) -> Result<io::Result<Heard>, String> {
    let format = arguments.options.output_format;
    if !matches!(format, None | Some(Format::Full | Format::Json | Format::Jsonl)) {
        return Err("compare prints full, json or jsonl; review has the other formats".to_owned());
    }
    arguments.options.refuse_beside_comparison()?;
    match (arguments.sets.len(), &arguments.by) {
        (1, None) => {
            return Err(
                "one set is nothing to compare; name a second, or add --by rep or --by week".to_owned()
            );
        }
        (2, Some(_)) => return Err("--by compares within one folder; name one".to_owned()),
        _ => {}
    }
    if arguments.max_regression.is_some() && arguments.by.as_deref().is_some_and(|by| by != "week") {
        return Err("--max-regression is of a before and an after: two sets, or --by week".to_owned());
    }
    let prepared = Prepared::new(&arguments.options)?;
    let batches = arguments.sets.iter().map(|set| {
        let found = review::recordings::Arguments::of(set).find()?;
        Batch::new(found, None, &arguments.options, &arguments.labelling, &arguments.batch, &prepared)
    });
    let batches = batches.collect::<Result<Vec<_>, _>>()?;
    Ok(hear(&batches, &prepared))
}

fn hear(batches: &[Batch], prepared: &Prepared) -> io::Result<Heard> {
    let allowed = prepared.script.as_ref().map_or(prepared.allowed, |script| script.allowed);
    let targets = prepared.standards.targets.clone().allowing(allowed);
    let mut heard = Heard { sets: Vec::new(), has_errors: false, is_interrupted: false, targets };
    for batch in batches {
        let mut rows = Vec::new();
        batch.tell();
        heard.has_errors |= batch.has_errors();
        heard.is_interrupted |= !batch.hear(prepared, |path, reviewed| {
            rows.push(Row::of(path, reviewed.labels, &reviewed.record));
            Ok(())
        })?;
        heard.sets.push(rows);
    }
    Ok(heard)
}

fn print(arguments: &Arguments, heard: Heard) -> io::Result<Outcome> {
    if heard.is_interrupted {
        return Ok(Outcome::Interrupted);
    }
    let rows = || heard.sets.iter().flatten();
    rows().filter_map(|row| row.result.as_ref().err()).for_each(complain);
    let (comparisons, n_lost) = match (&heard.sets[..], &arguments.by) {
        ([before, after], _) => {
            let pairs = paired(&arguments.sets, before, after);
            let mut comparison = two_sets(&arguments.sets, before, after, &pairs);
            if arguments.options.redact {
                [comparison.before, comparison.after] =
                    [redacted(&arguments.sets[0], before), redacted(&arguments.sets[1], after)];
            }
            (vec![comparison], n_lost(&pairs))
        }
        ([set], Some(field)) => (by_field(set, field), 0),
        _ => Default::default(),
    };
    let comparisons: Vec<Comparison> =
        comparisons.into_iter().filter(|comparison| !comparison.changes.is_empty()).collect();
    if comparisons.is_empty() {
        complain(format_args!("nothing to compare: {}", lack(arguments, &heard.sets)));
        return Ok(Outcome::CouldNotRun);
    }
    read_or_not(write(arguments, &comparisons, &heard.targets))?;
    let last = heard.sets.last().map(Vec::as_slice).unwrap_or_default();
    let n_below = n_below(arguments, last);
    if let (Some(limit), 1..) = (arguments.options.fail_under, n_below) {
        complain(format_args!("{n_below} of {} recordings scored below {limit} (--fail-under)", last.len()));
    }
    if 0 < n_lost {
        let these = counted(n_lost, "recording", "recordings");
        complain(format_args!("{these} had a score before and none after, and are left out"));
    }
    let n_lost = if arguments.max_regression.is_some() { n_lost } else { 0 };
    let n_fallen = comparisons.iter().filter(|comparison| fell(arguments, comparison)).count();
    if let (Some(limit), 1..) = (arguments.max_regression, n_fallen) {
        complain(format_args!("the score fell by more than {limit} (--max-regression)"));
    }
    Ok(match () {
        () if heard.has_errors || rows().any(|row| row.result.is_err()) => Outcome::CouldNotRun,
        () if 0 < n_below + n_fallen + n_lost => Outcome::Findings,
        () => Outcome::Clean,
    })
}

/// What is missing for a comparison.
fn lack(arguments: &Arguments, sets: &[Vec<Row>]) -> String {
    let unscored =
        arguments.sets.iter().zip(sets).find(|(_, rows)| rows.iter().all(|row| row.score().is_none()));
    match (&arguments.by, unscored) {
        (_, Some((set, _))) => format!("no recording in {} has a score", set.display()),
        (Some(field), None) if !sets.iter().flatten().any(|row| row.labels.value_of(field).is_some()) => {
            format!("nothing says the `{field}` of a recording; --pattern and --metadata do")
        }
        (Some(field), None) => format!("all recordings are of one `{field}`"),
        (None, None) => "two sets are needed, each with a recording that has a score".to_owned(),
    }
}

fn write(arguments: &Arguments, comparisons: &[Comparison], targets: &Targets) -> io::Result<()> {
    let mut out = standard_output();
    let is_json = matches!(arguments.options.output_format, Some(Format::Json | Format::Jsonl));
    for comparison in comparisons {
        if is_json {
            comparison::write_json(&mut out, comparison)?;
        } else {
            comparison::write(&mut out, comparison, targets)?;
        }
    }
    if !is_json {
        comparison::write_chance(&mut out, comparisons)?;
    }
    out.flush()
}

fn n_below(arguments: &Arguments, after: &[Row]) -> usize {
    after.iter().filter(|row| arguments.options.fails(row.score())).count()
}

/// Of too few to tell it is the mean that counts.
fn fell(arguments: &Arguments, comparison: &Comparison) -> bool {
    let Some(limit) = arguments.max_regression else { return false };
    let score = comparison.changes.iter().find(|change| change.name == "score");
    score.is_some_and(|change| change.difference() < -limit && change.is_clear() != Some(false))
}

/// Pairs of which the first has a score and the second none: whose was lost.
fn n_lost(pairs: &[(&Row, &Row)]) -> usize {
    let is_lost = |(before, after): &(&Row, &Row)| {
        before.score().is_some() && after.result.is_ok() && after.score().is_none()
    };
    pairs.iter().filter(|pair| is_lost(pair)).count()
}

/// Recordings that lie at the same place in both sets, or the one of each.
fn paired<'r>(names: &[PathBuf], before: &'r [Row], after: &'r [Row]) -> Vec<(&'r Row, &'r Row)> {
    if let ([before], [after]) = (before, after) {
        return vec![(before, after)];
    }
    // "./before" finds "before/1.wav".
    let place = |row: &Row, set: &Path| paths::relative(&row.file, set).unwrap_or_else(|| row.file.clone());
    let placed: BTreeMap<PathBuf, &Row> = after.iter().map(|row| (place(row, &names[1]), row)).collect();
    before.iter().filter_map(|row| Some((row, *placed.get(&place(row, &names[0]))?))).collect()
}

/// In pairs where there are any.
fn two_sets(names: &[PathBuf], before: &[Row], after: &[Row], pairs: &[(&Row, &Row)]) -> Comparison {
    let is_paired = !pairs.is_empty();
    let units = units(before.iter().chain(after));
    let sets = if is_paired {
        let n_alone = before.len() + after.len() - 2 * pairs.len();
        if n_alone > 0 {
            let these = counted(n_alone, "recording", "recordings");
            complain(format_args!("left out: {these} without one of the same name in the other set"));
        }
        Sets::Paired(pairs.iter().map(|(before, after)| (values(before), values(after))).collect())
    } else {
        Sets::Apart(before.iter().map(values).collect(), after.iter().map(values).collect())
    };
    let [before, after] = [&names[0], &names[1]].map(|path| path.display().to_string());
    Comparison { before, after, is_paired, changes: changes(&sets, &NAMES), units }
}

/// As much of the path of one of its recordings, which names no client, as the path of the set is long.
fn redacted(set: &Path, rows: &[Row]) -> String {
    let Some(row) = rows.first() else { return "a set without recordings".to_owned() };
    let shown: PathBuf = Path::new(&row.path).components().take(set.components().count()).collect();
    shown.display().to_string()
}

fn by_field(rows: &[Row], field: &str) -> Vec<Comparison> {
    let mut groups: BTreeMap<String, Vec<Values>> = BTreeMap::new();
    for row in rows {
        if let Some(name) = row.labels.value_of(field) {
            groups.entry(name).or_default().push(values(row));
        }
    }
    let compare = |before: (String, Vec<Values>), after: (String, Vec<Values>)| Comparison {
        before: before.0,
        after: after.0,
        is_paired: false,
        changes: changes(&Sets::Apart(before.1, after.1), &NAMES),
        units: units(rows),
    };
    if field == "week" {
        let groups: Vec<_> = groups.into_iter().collect();
        return groups.windows(2).map(|pair| compare(pair[0].clone(), pair[1].clone())).collect();
    }
    let others = |name: &String| {
        let rest = groups.iter().filter(|(other, _)| *other != name);
        ("all others".to_owned(), rest.flat_map(|(_, values)| values.clone()).collect())
    };
    groups.iter().map(|(name, set)| compare(others(name), (name.clone(), set.clone()))).collect()
}

/// By the names of the metrics.
fn units<'r>(rows: impl IntoIterator<Item = &'r Row>) -> BTreeMap<String, String> {
    let metrics = rows.into_iter().filter_map(|row| Some(&row.result.as_ref().ok()?.metrics)).flatten();
    metrics.map(|(name, metric)| (name.clone(), metric.unit.clone())).collect()
}

fn values(row: &Row) -> Values {
    let Ok(review) = &row.result else { return Values::default() };
    let metrics = review.metrics.iter().filter_map(|(name, metric)| Some((name.clone(), metric.value?)));
    let score = review.score.overall.map(|score| ("score".to_owned(), score));
    Values(metrics.chain(score).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::Clip;
    use crate::metrics::{Words, measure};

    #[test]
    fn what_is_compared_is_measured() {
        let measurements = measure(&analyse(Clip::new(vec![0.0; 16_000], 16_000)), Words::Unknown);
        for name in NAMES.into_iter().filter(|name| *name != "score") {
            assert!(measurements.get(name).is_some(), "{name}");
        }
    }
}
