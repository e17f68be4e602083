//! Who left a recording, when, for whom: from its path, or from a table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use regex::Regex;

use crate::table::Table;

/// Names and what they are for one recording: `rep`, `date`, `client`, `script`, and whatever else somebody tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    pub fields: BTreeMap<String, String>,
}

impl Labels {
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// The day, where `date` begins with one: `2026-11-25`, `2026.11.25` or `20261125`, a time of day after it or not.
    pub fn date(&self) -> Option<Date> {
        let text = self.get("date")?.as_bytes();
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0, |number, digit| {
                digit.is_ascii_digit().then(|| 10 * number + i16::from(digit - b'0'))
            })
        };
        let (year, month, day) = match text {
            [_, _, _, _, b'-' | b'.' | b'_' | b'/', _, _, b'-' | b'.' | b'_' | b'/', _, _, rest @ ..]
                if !rest.first().is_some_and(u8::is_ascii_digit) =>
            {
                (&text[..4], &text[5..7], &text[8..10])
            }
            [_, _, _, _, _, _, _, _, ..] => (&text[..4], &text[4..6], &text[6..8]),
            _ => return None,
        };
        Date::new(number(year)?, number(month)? as i8, number(day)? as i8).ok()
    }

    /// The ISO week of [`Labels::date`], such as `2026-W48`.
    pub fn week(&self) -> Option<String> {
        let week = self.date()?.iso_week_date();
        Some(format!("{}-W{:02}", week.year(), week.week()))
    }

    /// A field, or what follows from one: `week`.
    pub fn value_of(&self, field: &str) -> Option<String> {
        if field == "week" { self.week() } else { self.get(field).map(str::to_owned) }
    }

    /// What `over` says wins.
    pub fn with(mut self, over: Self) -> Self {
        self.fields.extend(over.fields);
        self
    }
}

/// `{rep}/{date}_{client}.wav`: fields in braces, `*` for what does not matter; it has to match the end of a path.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut regex = String::from("(?s)(?:^|/)");
        let mut rest = text;
        let mut fields: Vec<&str> = Vec::new();
        while let Some(at) = rest.find(['{', '*']) {
            regex.push_str(&regex::escape(&rest[..at]));
            if let Some(after) = rest[at..].strip_prefix('*') {
                regex.push_str("[^/]*?");
                rest = after;
                continue;
            }
            let Some((field, after)) = rest[at + 1..].split_once('}') else {
                return Err(format!("{text}: a brace is opened and not closed"));
            };
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if field.is_empty()
                || !field.chars().all(is_name)
                || field.starts_with(|c: char| c.is_ascii_digit())
            {
                return Err(format!("{text}: {{{field}}} is no name; a field is letters, digits and _"));
            }
            if fields.contains(&field) {
                return Err(format!("{text}: {{{field}}} stands twice"));
            }
            fields.push(field);
            regex.push_str(&format!("(?P<{field}>[^/]+?)"));
            rest = after;
        }
        if fields.is_empty() {
            return Err(format!("{text}: names no field; write one as {{rep}}, {{date}} or {{client}}"));
        }
        regex.push_str(&regex::escape(rest));
        regex.push('$');
        let regex = Regex::new(&regex).map_err(|error| format!("{text}: {error}"))?;
        Ok(Self { regex })
    }

    /// `None` where the end of the path is not like it.
    pub fn labels(&self, path: &Path) -> Option<Labels> {
        let path = slashed(path);
        let found = self.regex.captures(&path)?;
        let names = self.regex.capture_names().flatten();
        let field = |name: &str| Some((name.to_owned(), found.name(name)?.as_str().trim().to_owned()));
        Some(Labels { fields: names.filter_map(field).collect() })
    }
}

/// A table with a column `path`; every other column is a field.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// By the parts of their paths, the last first, so that longer ones follow shorter ones with the same end.
    rows: BTreeMap<Vec<String>, Labels>,
}

impl Metadata {
    /// `text`: as [`Table`] reads it; the error says what and in which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Table { columns, rows: cells, lines } = Table::parse(text).map_err(|error| error.to_string())?;
        let head: Vec<String> = columns.iter().map(|name| name.to_lowercase()).collect();
        let Some(path) = head.iter().position(|name| name == "path") else {
            let has = head.join(", ");
            return Err(format!(
                "has no column `path` (it has: {has}); its first line must name the columns"
            ));
        };
        if let Some((_, twice)) = head.iter().enumerate().find(|(at, name)| head[..*at].contains(name)) {
            return Err(format!("the column `{twice}` stands twice"));
        }
        let mut rows = BTreeMap::new();
        for (row, line) in cells.into_iter().zip(lines) {
            let parts = reversed_parts(&row[path]);
            if parts.is_empty() {
                return Err(format!("line {line}: its path is empty"));
            }
            let named = head.iter().cloned().zip(row).enumerate();
            let fields = named.filter(|(index, (_, value))| *index != path && !value.is_empty());
            let fields = fields.map(|(_, field)| field).collect();
            if rows.insert(parts, Labels { fields }).is_some() {
                return Err(format!("line {line}: the same path stands in a line before it"));
            }
        }
        Ok(Self { rows })
    }

    /// The row whose path is the longest end of `path`: `dana/1.wav` before `1.wav`.
    pub fn labels(&self, path: &Path) -> Option<&Labels> {
        self.row(path).map(|(_, labels)| labels)
    }

    fn row(&self, path: &Path) -> Option<(&Vec<String>, &Labels)> {
        let parts = reversed_parts(&slashed(path));
        (1..=parts.len()).rev().find_map(|n_parts| self.rows.get_key_value(&parts[..n_parts]))
    }

    /// The paths of rows that are of none of these recordings.
    pub fn without_recording(&self, recordings: &[PathBuf]) -> Vec<String> {
        let used: BTreeSet<&Vec<String>> =
            recordings.iter().filter_map(|path| Some(self.row(path)?.0)).collect();
        let path = |parts: &Vec<String>| parts.iter().rev().cloned().collect::<Vec<_>>().join("/");
        self.rows.keys().filter(|parts| !used.contains(parts)).map(path).collect()
    }
}

fn reversed_parts(path: &str) -> Vec<String> {
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    parts.reverse();
    parts
}

fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        pattern.labels(Path::new(path)).map(|labels| labels.fields.into_iter().collect())
    }

    #[test]
    fn a_pattern_matches_the_end_of_a_path() {
        let found =
            labels("{rep}/{date}_{client}.wav", "calls/dana/2026-11-25_Sam Ode_x.wav").expect("it matches");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(found, [pair("client", "Sam Ode_x"), pair("date", "2026-11-25"), pair("rep", "dana")]);
        assert_eq!(labels("{rep}/{date}_{client}.wav", "dana/25.wav"), None);
        assert_eq!(labels("{rep}-*.*", "x/dana-7.flac").map(|found| found.len()), Some(1));
    }

    #[test]
    fn patterns_that_mean_nothing_are_refused() {
        for pattern in ["", "x.wav", "{rep", "{}", "{rep}{rep}", "{1}", "{a b}"] {
            assert!(Pattern::parse(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn dates_in_the_two_ways_they_are_written() {
        let date = |text: &str| {
            let labels = Labels { fields: BTreeMap::from([("date".to_owned(), text.to_owned())]) };
            (labels.date().map(|date| date.to_string()), labels.week())
        };
        assert_eq!(date("2026-11-25"), (Some("2026-11-25".to_owned()), Some("2026-W48".to_owned())));
        assert_eq!(date("20261125T0930").0, Some("2026-11-25".to_owned()));
        assert_eq!(date("2026.11.25 09:30").0, Some("2026-11-25".to_owned()));
        assert_eq!(date("2027-01-01").1, Some("2026-W53".to_owned()));
        for text in
            ["", "today", "2026-13-01", "2026-02-30", "12", "é2026-11-25", "2026-1-1 09:30", "2026-11-2512"]
        {
            assert_eq!(date(text), (None, None), "{text}");
        }
    }

    #[test]
    fn the_longest_end_of_a_path_wins() {
        let table =
            Metadata::parse("\u{feff}path,rep,team\n1.wav,Ann,\nbo/1.wav,Bo,north\n").expect("a table");
        let rep = |path: &str| table.labels(Path::new(path)).and_then(|labels| labels.get("rep"));
        assert_eq!((rep("x/1.wav"), rep("calls/bo/1.wav"), rep("2.wav")), (Some("Ann"), Some("Bo"), None));
        let team = table.labels(Path::new("1.wav")).and_then(|labels| labels.get("team"));
        assert_eq!(team, None, "an empty cell says nothing");
    }

    #[test]
    fn tables_of_spreadsheets_are_read() {
        for text in
            ["path;rep\n1.wav;Ann, B\n", "path\trep\n../x/1.wav\tAnn, B\n", "path,rep\nx/1.wav,\"Ann, B\"\n"]
        {
            let table = Metadata::parse(text).expect(text);
            let labels = table.labels(Path::new("/home/x/1.wav")).expect(text);
            assert_eq!(labels.get("rep"), Some("Ann, B"), "{text}");
        }
        let quoted = Metadata::parse("path,note\n1.wav,\"two\nlines\"\n").expect("a table");
        assert!(quoted.labels(Path::new("1.wav")).is_some());
    }

    #[test]
    fn bad_tables_are_refused_with_their_line() {
        let error = |text: &str| Metadata::parse(text).expect_err("a bad table");
        assert!(error("file,rep\n").contains("no column `path`"));
        assert!(error("path,rep\na,b\n,c\n").contains("line 3"));
        assert!(error("path,rep\na,b\n./a,c\n").contains("line 3"));
        assert!(error("path,rep\r\na,b\r\n./a,c\r\n").contains("line 3"));
        assert!(error("path,rep\na\n").contains("line 2 has 1 cell"));
        assert!(error("path,rep,Rep\na,b,c\n").contains("`rep` stands twice"));
        assert!(error("path,rep\na,b\nc,\"d\ne,f\n").starts_with("line 3: a quotation mark"));
    }
}
