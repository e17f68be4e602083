//! Reviews as Markdown, for a pull request or a chat: the worst first, then what most often goes wrong.

use std::io::{self, Write};

use super::printable;
use super::row::{Row, worst_first};
use crate::coach::team;
use crate::statistics;

pub fn write(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let n_failed = rows.iter().filter(|row| row.result.is_err()).count();
    let scores: Vec<f64> = rows.iter().filter_map(Row::score).collect();
    let n = rows.len();
    write!(out, "**{n} recording{}**", if n == 1 { "" } else { "s" })?;
    if let Some(median) = statistics::median(scores.iter().copied()) {
        write!(out, ", median score {median:.0} of 100")?;
        if scores.len() < n - n_failed {
            write!(out, " (of the {} that have one)", scores.len())?;
        }
    }
    if n_failed > 0 {
        write!(out, ", {n_failed} could not be reviewed")?;
    }
    writeln!(out, "\n\n| score | recording | who | when | what to change first |\n|--:|---|---|---|---|")?;
    for row in worst_first(rows) {
        let score = row.score().map_or("n/a".to_owned(), |score| format!("{score:.0}"));
        let label = |field: &str| text(row.labels.get(field).unwrap_or_default());
        let change = match &row.result {
            Ok(review) => {
                let first = review.score.changes.first().map(|change| &change.text);
                let first = first.or(review.score.reason.as_ref());
                let all = first
                    .cloned()
                    .into_iter()
                    .chain(review.audio.notes.iter().map(|note| format!("note: {note}")));
                text(&all.collect::<Vec<_>>().join("; "))
            }
            Err(error) => format!("**could not be reviewed**: {}", text(error)),
        };
        let (rep, date) = (label("rep"), label("date"));
        writeln!(out, "| {score} | {} | {rep} | {date} | {change} |", text(&row.path))?;
    }
    let common = common_findings(rows.iter());
    if !common.is_empty() {
        writeln!(out, "\n| what most often goes wrong | recordings |\n|---|--:|")?;
        for finding in common {
            writeln!(out, "| {} {} | {} |", finding.code, text(&finding.name), finding.n_recordings)?;
        }
    }
    Ok(())
}

/// The kinds of findings, those of most recordings first.
pub fn common_findings<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<team::Common> {
    let heard = rows.filter_map(|row| row.result.as_ref().ok());
    team::common(heard.map(|review| {
        review.findings.iter().map(|finding| (finding.code.as_str(), finding.name.as_str())).collect()
    }))
}

/// On one line, and nothing in it is a mark, a link, a mention or HTML.
fn text(text: &str) -> String {
    let mut escaped = String::new();
    for character in printable(text).chars() {
        match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A chat or a code host would call whoever is named so.
            '@' => escaped.push_str("&#64;"),
            '\t' => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::coach::Labels;
    use crate::report::record::Record;
    use crate::report::record::tests::record;

    #[test]
    fn a_row_a_recording_whatever_its_name() {
        let rows = [
            Row::of(Path::new("a.wav"), Labels::default(), &record()),
            Row::of(
                Path::new("<b>|\n@c.wav"),
                Labels::default(),
                &Record::failed("<b>|\n@c.wav", "is empty"),
            ),
        ];
        let mut bytes = Vec::new();
        write(&mut bytes, &rows).expect("memory takes everything");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            text.contains(
                "| n/a | &lt;b&gt;\\|\\\\u\\{a\\}&#64;c.wav |  |  | **could not be reviewed**: is empty |\n"
            ),
            "{text}"
        );
        let table = text.lines().filter(|line| line.starts_with("| ") && line.contains(".wav"));
        assert_eq!(table.count(), 2);
    }
}
