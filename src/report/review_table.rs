//! Many reviews as a table of typed columns: what CSV and Parquet print.

use std::collections::BTreeSet;

use super::record::Review;
use super::row::Row;

pub struct Column {
    pub name: String,
    pub cells: Cells,
}

/// One cell a row; `None` where nothing is known.
pub enum Cells {
    Text(Vec<Option<String>>),
    Number(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
}

/// One row a recording, those that could not be reviewed with their error.
pub fn recordings(rows: &[Row]) -> Vec<Column> {
    let mut columns = vec![
        text("path", rows, |row| Some(row.path.clone())),
        text("error", rows, |row| row.result.as_ref().err().cloned()),
    ];
    let n_first = columns.len();
    columns.push(number("seconds", rows, |review| Some(review.audio.seconds)));
    columns.push(number("score", rows, |review| review.score.overall));
    for name in names(rows, |review| review.score.parts.iter().map(|part| part.name.as_str()).collect()) {
        let value = |review: &Review| review.score.parts.iter().find(|part| part.name == name)?.value;
        columns.push(number(&format!("part_{}", name.replace(' ', "_")), rows, value));
    }
    for name in names(rows, |review| review.metrics.keys().map(String::as_str).collect()) {
        columns.push(number(&name, rows, |review| review.metrics.get(&name)?.value));
    }
    columns.push(text("findings", rows, |row| {
        let findings = &row.result.as_ref().ok()?.findings;
        Some(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>().join(" "))
    }));
    columns.push(text("first_change", rows, |row| {
        Some(row.result.as_ref().ok()?.score.changes.first()?.text.clone())
    }));
    columns.push(text("no_score", rows, |row| row.result.as_ref().ok()?.score.reason.clone()));
    columns.push(text("notes", rows, |row| {
        Some(row.result.as_ref().ok()?.audio.notes.join("; ")).filter(|notes| !notes.is_empty())
    }));
    let labels = labels(&rows.iter().collect::<Vec<&Row>>(), &columns);
    columns.splice(n_first..n_first, labels);
    columns
}

/// One row a filled pause, pause, flat stretch or finding, in the order of recordings and of time.
pub fn events(rows: &[Row]) -> Vec<Column> {
    let events: Vec<(&Row, Event)> =
        rows.iter().flat_map(|row| events_of(row).into_iter().map(move |event| (row, event))).collect();
    let mut columns = vec![Column {
        name: "path".to_owned(),
        cells: Cells::Text(events.iter().map(|(row, _)| Some(row.path.clone())).collect()),
    }];
    let n_first = columns.len();
    let text = |name: &str, value: &dyn Fn(&Event) -> Option<String>| Column {
        name: name.to_owned(),
        cells: Cells::Text(events.iter().map(|(_, event)| value(event)).collect()),
    };
    let number = |name: &str, value: &dyn Fn(&Event) -> Option<f64>| Column {
        name: name.to_owned(),
        cells: Cells::Number(events.iter().map(|(_, event)| value(event)).collect()),
    };
    columns.push(text("kind", &|event| Some(event.kind.clone())));
    columns.push(text("label", &|event| Some(event.label.clone())));
    columns.push(number("start", &|event| event.start));
    columns.push(number("end", &|event| event.end));
    columns.push(number("confidence", &|event| event.confidence));
    columns.push(Column {
        name: "counted".to_owned(),
        cells: Cells::Flag(events.iter().map(|(_, event)| event.counted).collect()),
    });
    columns.push(text("text", &|event| event.text.clone()));
    let labels = labels(&events.iter().map(|(row, _)| *row).collect::<Vec<&Row>>(), &columns);
    columns.splice(n_first..n_first, labels);
    columns
}

struct Event {
    kind: String,
    label: String,
    /// `None` of what is about the whole recording.
    start: Option<f64>,
    end: Option<f64>,
    confidence: Option<f64>,
    counted: Option<bool>,
    text: Option<String>,
}

fn events_of(row: &Row) -> Vec<Event> {
    let Ok(review) = &row.result else { return Vec::new() };
    let stretch = |kind: &str, [start, end]: [f64; 2]| Event {
        kind: kind.to_owned(),
        label: String::new(),
        start: Some(start),
        end: Some(end),
        confidence: None,
        counted: None,
        text: None,
    };
    let mut events: Vec<Event> = review
        .events
        .iter()
        .map(|event| Event {
            label: event.label.clone(),
            confidence: Some(event.confidence),
            counted: Some(event.counted),
            ..stretch(&event.kind, [event.start, event.end])
        })
        .collect();
    if let Some(picture) = &row.picture {
        events.extend(picture.pauses.iter().map(|times| stretch("pause", *times)));
        events.extend(picture.flat.iter().map(|times| stretch("flat_stretch", *times)));
    }
    events.extend(review.findings.iter().map(|finding| Event {
        label: finding.code.clone(),
        start: finding.start,
        end: finding.end,
        text: Some(finding.text.clone()),
        ..stretch("finding", [0.0; 2])
    }));
    events.sort_by(|a, b| a.start.unwrap_or_default().total_cmp(&b.start.unwrap_or_default()));
    events
}

/// A column a field that any of the recordings has; none takes the place of a column of ours.
fn labels(rows: &[&Row], ours: &[Column]) -> Vec<Column> {
    let is_ours = |field: &str| ours.iter().any(|column| column.name == field);
    let fields: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.labels.fields.keys()).map(String::as_str).collect();
    let column = |field: &str| Column {
        name: if is_ours(field) { format!("label_{field}") } else { field.to_owned() },
        cells: Cells::Text(rows.iter().map(|row| row.labels.get(field).map(str::to_owned)).collect()),
    };
    fields.into_iter().map(column).collect()
}

/// Names that any review has, in the order of the first that has them.
fn names<'r>(rows: &'r [Row], of: impl Fn(&'r Review) -> Vec<&'r str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in rows.iter().filter_map(|row| row.result.as_ref().ok()).flat_map(of) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn text(name: &str, rows: &[Row], value: impl Fn(&Row) -> Option<String>) -> Column {
    Column { name: name.to_owned(), cells: Cells::Text(rows.iter().map(value).collect()) }
}

fn number(name: &str, rows: &[Row], value: impl Fn(&Review) -> Option<f64>) -> Column {
    let cells = rows.iter().map(|row| row.result.as_ref().ok().and_then(&value)).collect();
    Column { name: name.to_owned(), cells: Cells::Number(cells) }
}
