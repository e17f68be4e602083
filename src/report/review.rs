//! The scorecard of a recording, as a salesperson reads it.

use std::io::{self, Write};

use anstyle::Style;

use super::{ReviewedFile, picture, printable};
use crate::finding::{Finding, Place};
use crate::scorecard::MIN_GAIN;
use crate::scorecard::targets::Target;
use crate::transcript::alignment::{Alignment, SaidSection, Status, StretchKind};
use crate::transcript::{Source, Transcript};
use crate::units::{beside, counted, is_beside};

const BOLD: Style = Style::new().bold();

/// `width`: characters of a line of the terminal.
pub fn write(out: &mut impl Write, file: &ReviewedFile, width: usize, unicode: bool) -> io::Result<()> {
    header(out, file)?;
    for note in &file.notes {
        writeln!(out, "  note: {}", printable(note))?;
    }
    let picture = picture::lines(&file.analysis, &file.measurements, width.min(MAX_WIDTH), unicode);
    if !picture.is_empty() {
        writeln!(out, "\n{}", picture.join("\n"))?;
    }
    if let Some(transcript) = &file.transcript {
        heard(out, transcript, width.min(MAX_WIDTH))?;
    }
    if let Some(alignment) = file.measurements.said.as_ref().and_then(|said| said.against_script.as_ref()) {
        against_script(out, alignment)?;
    }
    score(out, file, unicode)?;
    changes(out, file)?;
    numbers(out, file)
}

/// Beyond this a picture of half a minute only gets emptier.
const MAX_WIDTH: usize = 100;

fn header(out: &mut impl Write, file: &ReviewedFile) -> io::Result<()> {
    let channels = match file.channels {
        1 => "mono".to_owned(),
        2 => "stereo".to_owned(),
        n => format!("{n} channels"),
    };
    let seconds = file.analysis.duration.0;
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}  {seconds:.1} s, {} Hz, {channels}, {}",
        printable(&file.path),
        file.sample_rate_hz,
        file.codec
    )
}

/// What a recogniser made of it: probable, and said to be so.
fn heard(out: &mut impl Write, transcript: &Transcript, width: usize) -> io::Result<()> {
    let (title, by) = match &transcript.source {
        Source::Whisper { model } => ("Probably said", format!("heard by whisper {model}")),
        Source::Import { format } => ("Said", format!("by the transcript given, {}", format.name())),
    };
    if transcript.words.is_empty() {
        return writeln!(out, "\n{BOLD}{title}{BOLD:#} ({}): no words", printable(&by));
    }
    writeln!(out, "\n{BOLD}{title}{BOLD:#} ({})", printable(&by))?;
    let mut line = String::from(" ");
    for word in &transcript.words {
        let word = printable(&word.text);
        if line.trim_start().len() > 1 && width < line.len() + 1 + word.len() {
            writeln!(out, "{line}")?;
            line = String::from(" ");
        }
        line.push(' ');
        line.push_str(&word);
    }
    writeln!(out, "{line}")?;
    transcript.notes.iter().try_for_each(|note| writeln!(out, "  note: {}", printable(note)))
}

/// Every detail of the script with what became of it, then where the speech parts from it.
fn against_script(out: &mut impl Write, alignment: &Alignment) -> io::Result<()> {
    let (coverage, errors) = (100.0 * alignment.coverage, 100.0 * alignment.word_error_rate);
    writeln!(
        out,
        "\n{BOLD}Against the script{BOLD:#}: {coverage:.0} % of it was said; {errors:.0} % of the words differ"
    )?;
    if alignment.is_of_another_script() {
        return writeln!(out, "  is it the script that was read?");
    }
    for detail in &alignment.details {
        let heard = match detail.status {
            Status::Changed if !detail.heard.is_empty() => format!("; heard: {}", printable(&detail.heard)),
            Status::Changed => "; in other words".to_owned(),
            Status::Said | Status::Missing => String::new(),
        };
        let name = detail.kind.name().replace('_', " ");
        writeln!(out, "  {name:<12} {:<8} {}{heard}", detail.status.name(), printable(&detail.text))?;
    }
    if !alignment.sections.is_empty() {
        let pace =
            |section: &SaidSection| format!("{} {:.0}", section.kind.name(), section.words_per_minute());
        let paces: Vec<String> = alignment.sections.iter().map(pace).collect();
        writeln!(out, "  words/min    {}", paces.join(", "))?;
    }
    for stretch in alignment.stretches.iter().take(MAX_STRETCHES) {
        let at = stretch.interval.map(|at| format!("{:.1} s: ", at.start.0)).unwrap_or_default();
        let (script, heard) = (short(&stretch.script), short(&stretch.heard));
        let text = match stretch.kind {
            StretchKind::Omitted => format!("left out: {script}"),
            StretchKind::AdLibbed => format!("put in: {heard}"),
            StretchKind::Repeated => format!("said twice: {heard}"),
            StretchKind::Changed => format!("{script} -> {heard}"),
        };
        writeln!(out, "  {at}{}", printable(&text))?;
    }
    match alignment.stretches.len().saturating_sub(MAX_STRETCHES) {
        0 => Ok(()),
        n => writeln!(
            out,
            "  and {} (--output-format json has them all)",
            counted(n, "more place", "more places")
        ),
    }
}

/// Places where speech and script part that are worth a line; who has more has not read it out.
const MAX_STRETCHES: usize = 10;

fn short(text: &str) -> String {
    const MAX_WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let start = words.by_ref().take(MAX_WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { format!("{start} …") } else { start }
}

fn score(out: &mut impl Write, file: &ReviewedFile, unicode: bool) -> io::Result<()> {
    writeln!(out)?;
    let overall = match &file.scorecard.overall {
        Ok(overall) => overall,
        Err(reason) => return writeln!(out, "{BOLD}No score{BOLD:#}: {reason}."),
    };
    writeln!(out, "{BOLD}Score {overall:.0} of 100{BOLD:#}")?;
    for part in &file.scorecard.parts {
        match &part.value {
            Ok(value) => {
                let weight = part.weight * 100.0;
                writeln!(
                    out,
                    "  {:<16} {} {value:>4.0}   weight {weight:>2.0} %",
                    part.name,
                    bar(value / 100.0, BAR, unicode)
                )?;
            }
            Err(reason) => writeln!(out, "  {:<16} n/a: {reason}", part.name)?,
        }
    }
    if file.scorecard.parts.iter().any(|part| part.value.is_err()) {
        writeln!(out, "  (parts that are n/a are left out; the others share their weight)")?;
    }
    if *overall < 100.0 {
        writeln!(out, "  (the worse a part, the more it costs: good ones do not make up for a bad one)")?;
    }
    Ok(())
}

/// Characters of the bar of a part of the score.
const BAR: usize = 20;

/// `length` characters, of which `share` (0 to 1) are full.
pub fn bar(share: f64, length: usize, unicode: bool) -> String {
    let n_full = (share.clamp(0.0, 1.0) * length as f64).round() as usize;
    let (full, empty) = if unicode { ("█", "░") } else { ("#", ".") };
    full.repeat(n_full) + &empty.repeat(length - n_full)
}

fn changes(out: &mut impl Write, file: &ReviewedFile) -> io::Result<()> {
    if file.scorecard.overall.is_err() {
        return Ok(());
    }
    if file.scorecard.changes.is_empty() {
        return writeln!(out, "\nNo single change stands out.");
    }
    let title = match file.scorecard.changes.len() {
        1 => "What to change first",
        2 => "The two changes to make first",
        _ => "The three changes to make first",
    };
    writeln!(out, "\n{BOLD}{title}{BOLD:#}")?;
    for (index, change) in file.scorecard.changes.iter().enumerate() {
        let finding = &change.finding;
        writeln!(
            out,
            "  {}. {}{} [{} {}{}]",
            index + 1,
            place(finding),
            printable(&finding.text),
            finding.code,
            finding.name,
            if MIN_GAIN <= change.gain { format!("; up to +{:.0}", change.gain) } else { String::new() }
        )?;
        if let Some(help) = &finding.help {
            writeln!(out, "     {}", printable(help))?;
        }
    }
    Ok(())
}

fn place(finding: &Finding) -> String {
    match finding.place {
        // Where words are missing, which take no time.
        Place::Time(interval) if interval.length().0 < 0.05 => format!("at {:.1} s: ", interval.start.0),
        Place::Time(interval) => format!("{:.1}-{:.1} s: ", interval.start.0, interval.end.0),
        Place::Text(_) => "script: ".to_owned(),
        Place::Whole => String::new(),
    }
}

fn numbers(out: &mut impl Write, file: &ReviewedFile) -> io::Result<()> {
    writeln!(out, "\n{BOLD}In numbers{BOLD:#}")?;
    for measurement in &file.measurements.list {
        let name = measurement.name;
        match &measurement.value {
            Err(reason) => writeln!(out, "  {name:<25} n/a: {reason}")?,
            Ok(value) => {
                let target = file.targets.of(name);
                let number = format!("{} {}", number_beside(*value, target), measurement.unit);
                let judged =
                    |target: &Target| format!("{:<5} {}", target.band(*value).name(), target_text(target));
                let judged = target.map(judged).unwrap_or_default();
                let basis =
                    measurement.indicative.as_ref().map(|basis| format!(" ({basis})")).unwrap_or_default();
                let line = format!("  {name:<25} {number:<18} {judged}{basis}");
                writeln!(out, "{}", line.trim_end())?;
            }
        }
    }
    Ok(())
}

pub fn target_text(target: &Target) -> String {
    match (target.low, target.high) {
        (Some(low), Some(high)) => format!("target {low} to {high}"),
        (Some(low), None) => format!("target {low} or more"),
        (None, Some(0.0)) => "target 0".to_owned(),
        (None, Some(high)) => format!("target {high} or less"),
        (None, None) => String::new(),
    }
}

/// With so many digits that a value beyond a limit does not look like the limit.
fn number_beside(value: f64, target: Option<&Target>) -> String {
    let text = number(value);
    match target.and_then(|target| target.limit_beyond(value)) {
        Some(limit) if !is_beside(&text, value, limit) => beside(value, limit, 2),
        _ => text,
    }
}

/// As many digits as mean something: counts without, ratios with two.
pub fn number(value: f64) -> String {
    match value.abs() {
        _ if value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 30.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.1}"),
        size if size >= 0.01 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::targets::Targets;
    use crate::transcript::{Timing, Word};

    #[test]
    fn a_value_beyond_a_limit_does_not_look_like_it() {
        let targets = Targets::default();
        let target = targets.of("number_rate").expect("it has a target");
        let high = target.high.expect("a limit");
        assert_eq!(number_beside(high, Some(target)), "2.5");
        assert_eq!(number_beside(high + 0.04, Some(target)), "2.54");
        assert_eq!(number_beside(high + 0.4, Some(target)), "2.9");
        assert_eq!(number_beside(high + 0.04, None), "2.5");
    }

    #[test]
    fn words_are_wrapped_and_no_word_is_lost() {
        let word = |text: &str| Word { text: text.to_owned(), interval: None, probability: None };
        let words = ["Hi", "Sam,", "this", "is", "Dana."].map(word).to_vec();
        let source = Source::Whisper { model: "tiny".to_owned() };
        let transcript = Transcript { source, timing: Timing::Absent, notes: Vec::new(), words };
        let mut out = Vec::new();
        heard(&mut out, &transcript, 14).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(lines, ["  Hi Sam, this", "  is Dana."]);
    }
}
