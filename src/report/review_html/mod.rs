//! Many reviews as one page that opens offline: an overview, a table, and each recording with its sound on request.
//!
//! Everything is escaped by maud or is JSON in an inert block; a content security policy lets nothing run but the script
//! of this page, and nothing load but recordings.

mod charts;
mod data;

use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::printable;
use super::review_markdown::common_findings;
use super::row::{Row, worst_first};
use crate::coach::people::{Entry, Person, people};
use crate::scorecard::targets::Band;
use crate::statistics;
use crate::units::beside;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How a page comes to the sound of a recording.
pub enum Sound {
    /// It has none.
    None,
    /// A relative reference, percent-encoded.
    Link(String),
    /// The file itself, with its media type.
    Embedded { media_type: &'static str, bytes: Vec<u8> },
}

/// Writes the page; `sound` is asked once a recording, so that only one at a time is in memory.
pub fn write(out: &mut dyn Write, rows: &[Row], mut sound: impl FnMut(&Row) -> Sound) -> io::Result<()> {
    let rows = worst_first(rows);
    out.write_all(head(rows.len()).into_string().as_bytes())?;
    out.write_all(b"<body>")?;
    out.write_all(body(&rows).into_string().as_bytes())?;
    for (id, row) in rows.iter().enumerate() {
        let link = match sound(row) {
            Sound::None => None,
            Sound::Link(link) => Some(link),
            Sound::Embedded { media_type, bytes } => {
                write!(out, "<script type=\"text/plain\" id=\"a{id}\" data-type=\"{media_type}\">")?;
                write_base64(out, &bytes)?;
                writeln!(out, "</script>")?;
                None
            }
        };
        if let Some(json) = data::json(row, link.as_deref()) {
            writeln!(out, "<script type=\"application/json\" id=\"r{id}\">{json}</script>")?;
        }
    }
    writeln!(out, "<script>{SCRIPT}</script></body></html>")
}

/// In pieces of whole triples, so that the text is never in memory beside the bytes.
fn write_base64(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    bytes.chunks(3 << 14).try_for_each(|chunk| out.write_all(BASE64_STANDARD.encode(chunk).as_bytes()))
}

fn head(n_recordings: usize) -> Markup {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    // `file:` because a page that was opened from a disk is not the origin of the files beside it.
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; media-src 'self' file: blob:; \
         base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            title { "Voicemails: " (n_recordings) " reviewed" }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn body(rows: &[&Row]) -> Markup {
    html! {
        a.skip href="#recordings" { "Skip to the recordings" }
        header { (summary(rows)) }
        main {
            (who(rows))
            (most_often(rows))
            (distributions(rows))
            (recordings(rows))
        }
        footer {
            p {
                "Made by afterbeep " (env!("CARGO_PKG_VERSION")) " on your own machine; nothing was sent anywhere. \
                 This page holds what people said: treat it as you treat the recordings."
            }
        }
    }
}

fn summary(rows: &[&Row]) -> Markup {
    let scores: Vec<f64> = rows.iter().filter_map(|row| row.score()).collect();
    let n_failed = rows.iter().filter(|row| row.result.is_err()).count();
    let n_ungraded = rows.len() - n_failed - scores.len();
    let dates = || rows.iter().filter_map(|row| row.labels.date());
    html! {
        h1 { (rows.len()) " recording" @if rows.len() != 1 { "s" } }
        p {
            @if let Some(median) = statistics::median(scores.iter().copied()) { "Median score " strong { (format!("{median:.0}")) } " of 100. " }
            @if let (Some(first), Some(last)) = (dates().min(), dates().max()) { "From " (first) " to " (last) ". " }
            @if n_ungraded > 0 { (n_ungraded) " without a score. " }
            @if n_failed > 0 { (n_failed) " could not be reviewed." }
        }
    }
}

fn who(rows: &[&Row]) -> Markup {
    let entries: Vec<Entry> = rows.iter().filter_map(|row| entry(row)).collect();
    let people = people(&entries);
    let Some(team) = statistics::median(entries.iter().map(|entry| entry.score)) else {
        return html! {
            @if rows.len() > 1 {
                p.faint { "With --pattern or --metadata this page shows each person over time." }
            }
        };
    };
    html! {
        section aria-labelledby="who" {
            h2 id="who" { "Who needs what" }
            p.faint {
                "The lowest median first. Dots are recordings in the order of their dates, from 0 to 100; the dashed line is \
                 the median of all of these, " (format!("{team:.0}")) "."
            }
            ul.cards { @for person in &people { li.card { (card(person, team, n_unscored(rows, &person.name))) } } }
        }
    }
}

fn entry(row: &Row) -> Option<Entry<'_>> {
    let review = row.result.as_ref().ok()?;
    Some(Entry {
        person: row.labels.get("rep")?,
        date: row.labels.date(),
        score: review.score.overall?,
        findings: review.findings.iter().map(|found| (found.code.as_str(), found.name.as_str())).collect(),
    })
}

/// Recordings of somebody that have no score, for whatever reason.
fn n_unscored(rows: &[&Row], person: &str) -> usize {
    rows.iter().filter(|row| row.score().is_none() && row.labels.get("rep") == Some(person)).count()
}

fn card(person: &Person, team: f64, n_unscored: usize) -> Markup {
    let n = person.scores.len();
    html! {
        h3 { button type="button" data-person=(printable(&person.name)) { (printable(&person.name)) } }
        p { "Median " strong { (format!("{:.0}", person.median)) } " of " (n) " recording" @if n != 1 { "s" }
            @if n_unscored > 0 { "; " (n_unscored) " more without a score" }
        }
        (charts::over_time(person, team))
        @if let Some((earlier, later)) = person.halves {
            p { "Earlier half " (format!("{earlier:.0}")) ", later half " strong { (format!("{later:.0}")) } }
        }
        @if let Some(common) = &person.common {
            p { "Most often: " (common.name.replace('-', " ")) " (" (common.n_recordings) " of " (n) ")" }
        }
    }
}

fn most_often(rows: &[&Row]) -> Markup {
    let common = common_findings(rows.iter().copied());
    let n_heard = rows.iter().filter(|row| row.result.is_ok()).count();
    html! {
        @if !common.is_empty() {
            section aria-labelledby="often" {
                h2 id="often" { "What most often goes wrong" }
                ul.common {
                    @for found in &common {
                        li {
                            button type="button" data-finding=(found.code) { (found.code) " " (found.name) }
                            meter min="0" max=(n_heard) value=(found.n_recordings)
                                aria-label={ "recordings with " (found.name) } {}
                            span { (found.n_recordings) " of " (n_heard) " recordings" }
                        }
                    }
                }
            }
        }
    }
}

fn distributions(rows: &[&Row]) -> Markup {
    const SHOWN: [(&str, &str); 6] = [
        ("score", "Score"),
        ("duration", "Seconds spoken"),
        ("speaking_rate", "Words a minute"),
        ("pitch_sd", "Pitch variation (semitones)"),
        ("filled_pauses_per_minute", "Um and uh a minute"),
        ("longest_pause", "Longest pause (seconds)"),
    ];
    let charts = SHOWN.iter().filter_map(|(metric, title)| charts::distribution(rows, metric, title));
    html! {
        section aria-labelledby="spread" {
            h2 id="spread" { "How it is spread" }
            p.faint { "One bar a range of values; what is shaded is the target." }
            ul.cards { @for chart in charts { li.card { (chart) } } }
        }
    }
}

/// Columns of the table: title, is it a number?
const COLUMNS: [(&str, bool); 10] = [
    ("Score", true),
    ("Recording", false),
    ("Who", false),
    ("When", false),
    ("Seconds", true),
    ("Words/min", true),
    ("Pitch (st)", true),
    ("Um, uh", true),
    ("Longest pause", true),
    ("What to change first", false),
];

fn recordings(rows: &[&Row]) -> Markup {
    let mut people: Vec<&str> = rows.iter().filter_map(|row| row.labels.get("rep")).collect();
    people.sort_unstable();
    people.dedup();
    html! {
        section aria-labelledby="recordings" {
            h2 id="recordings" tabindex="-1" { "Recordings, the worst first" }
            form id="filter" {
                div { label for="find" { "Find" } input id="find" type="search" autocomplete="off"; }
                @if !people.is_empty() {
                    div { label for="person" { "Who" } select id="person" {
                        option value="" { "everybody" }
                        @for person in people { option value=(printable(person)) { (printable(person)) } }
                    } }
                }
                div { label for="finding" { "Finding" } select id="finding" {
                    option value="" { "any or none" }
                    @for found in common_findings(rows.iter().copied()) {
                        option value=(found.code) { (found.code) " " (found.name) }
                    }
                } }
                button.plain type="reset" { "Show all" }
            }
            p.hidden id="status" role="status" {}
            div.wide role="region" aria-label="Table of recordings" tabindex="0" {
                table id="table" {
                    thead { tr {
                        @for (title, is_number) in COLUMNS {
                            th scope="col" .number[is_number] aria-sort=[(title == "Score").then_some("ascending")] {
                                button type="button" { (title) }
                            }
                        }
                    } }
                    tbody { @for (id, row) in rows.iter().enumerate() { (table_row(id, row)) } }
                }
            }
            noscript { p { "Sorting, filtering and the single recordings need the script of this page." } }
        }
    }
}

fn table_row(id: usize, row: &Row) -> Markup {
    let path = printable(&row.path);
    let label = |field: &str| printable(row.labels.get(field).unwrap_or_default());
    let codes = match &row.result {
        Ok(review) => review.findings.iter().map(|found| found.code.as_str()).collect::<Vec<_>>().join(" "),
        Err(_) => String::new(),
    };
    html! {
        tr data-id=(id) data-rep=(label("rep")) data-codes=(codes) {
            (number(row, row.score(), None, 0))
            td.name {
                @if row.result.is_ok() { button type="button" aria-expanded="false" { (path) } } @else { (path) }
            }
            td { (label("rep")) }
            td.when { (label("date")) }
            (number(row, row.metric("duration"), Some("duration"), 1))
            (number(row, row.metric("speaking_rate"), Some("speaking_rate"), 0))
            (number(row, row.metric("pitch_sd"), Some("pitch_sd"), 1))
            (number(row, row.metric("filled_pause_count"), Some("filled_pause_count"), 0))
            (number(row, row.metric("longest_pause"), Some("longest_pause"), 1))
            @match &row.result {
                Ok(review) => td {
                    @if let Some(change) = review.score.changes.first() { (printable(&change.text)) }
                    @else if let Some(reason) = &review.score.reason { "No score: " (printable(reason)) }
                    @for note in &review.audio.notes { br; span.faint { "note: " (printable(note)) } }
                },
                Err(error) => td.off { "Could not be reviewed: " (printable(error)) },
            }
        }
    }
}

/// A cell; off target it says so in words for those who do not see its colour.
fn number(row: &Row, value: Option<f64>, metric: Option<&str>, digits: usize) -> Markup {
    let target = || row.result.as_ref().ok()?.metrics.get(metric?)?.target;
    let off = value.zip(target()).and_then(|(value, target)| beyond(value, target));
    html! {
        @match value {
            Some(value) => td.number .off[off.is_some()] data-value=(value) {
                (off.map_or_else(|| format!("{value:.digits$}"), |(_, limit)| beside(value, limit, digits)))
                @if let Some((band, _)) = off { span.hidden { " (" (band.name()) ")" } }
            },
            None => td.number.unknown data-value="" { "n/a" },
        }
    }
}

/// On which side of its target a value lies, and the end of it; `None` on target.
fn beyond(value: f64, [low, high]: [Option<f64>; 2]) -> Option<(Band, f64)> {
    let low = low.filter(|low| value < *low).map(|low| (Band::Low, low));
    low.or(high.filter(|high| *high < value).map(|high| (Band::High, high)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::coach::Labels;
    use crate::report::record::Record;
    use crate::report::record::tests::record;

    fn page(rows: &[Row]) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, rows, |_| Sound::Link("a%20b.wav".to_owned())).expect("memory takes everything");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn no_name_label_or_error_becomes_markup() {
        let evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        let fields = ["rep", "date", "client"].map(|field| (field.to_owned(), evil.to_owned()));
        let labels = || Labels { fields: fields.clone().into() };
        let page = page(&[
            Row::of(Path::new(evil), labels(), &record().named(evil)),
            Row::of(Path::new("b"), labels(), &Record::failed("b", evil)),
        ]);
        assert!(!page.contains("<img") && !page.contains("<script>alert"));
        // One that runs, and one a recording that was reviewed.
        assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (2, 2));
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "the policy lets no attribute run");
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_that_are_there() {
        let page = page(&[Row::of(Path::new("a.wav"), Labels::default(), &record())]);
        for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
            let text =
                page.split_once(open).and_then(|(_, rest)| rest.split_once(close)).expect("it is there").0;
            let hash = BASE64_STANDARD.encode(Sha256::digest(text));
            assert!(page.contains(&format!("'sha256-{}'", hash)), "{open}");
        }
        assert!(
            !page.contains("http://") || page.matches("http://").count() == SCRIPT.matches("http://").count()
        );
        assert!(!page.contains("https://"));
    }

    #[test]
    fn embedded_sound_is_whole() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|i| (i * 7) as u8).collect();
        let mut text = Vec::new();
        write_base64(&mut text, &bytes).expect("memory takes everything");
        assert_eq!(BASE64_STANDARD.decode(text).expect("base64"), bytes);
    }
}
