//! The YAML between `---` lines at the top of a script.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use serde::{Deserialize, Deserializer};

use super::Problem;
use crate::finding::Span;
use crate::spelling::did_you_mean;

/// Keys a script may set, all optional.
pub const KEYS: [&str; 7] = ["profile", "max_seconds", "fields", "data", "days", "done", "contact"];
/// Keys under `contact`.
const CONTACT_KEYS: [&str; 6] =
    ["best_number", "best_time", "time_zone", "prefers_email", "email", "secure_line"];
/// Keys that other tools and people put there, and that say nothing to us though one of ours is spelled nearly so.
const OTHERS: [&str; 5] = ["name", "date", "day", "file", "files"];

/// What `lint` and `plan` both say of a value that is of no use.
pub const NO_TIME_ZONE: &str = "no time zone; expected a name such as America/New_York or Europe/London";
pub const EXPECTED_DATE: &str = "expected a date such as 2026-11-24";

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct FrontMatter {
    /// Which kind of voicemail.
    pub profile: Option<String>,
    pub max_seconds: Option<f64>,
    /// Placeholders this template may use; with none declared any is allowed.
    #[serde(deserialize_with = "names")]
    pub fields: Vec<String>,
    /// A CSV file whose rows fill the placeholders.
    pub data: Option<String>,
    /// When each message is left, in days from the first.
    #[serde(deserialize_with = "or_default")]
    pub days: Vec<u32>,
    /// On which date (`2026-11-24`) a message was left, by its number from 1.
    #[serde(deserialize_with = "or_default")]
    pub done: BTreeMap<usize, String>,
    #[serde(deserialize_with = "or_default")]
    pub contact: Contact,
}

/// A key without a value says nothing.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(value: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

/// Names of placeholders, be they written as these are: `'{{first_name}}'`.
fn names<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<String>, D::Error> {
    let written: Vec<String> = or_default(value)?;
    let is_bracket = |character: char| "{}[]<>%$".contains(character) || character.is_whitespace();
    Ok(written.into_iter().map(|name| name.trim_matches(is_bracket).to_owned()).collect())
}

/// The four questions to ask while the client is still there.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Contact {
    pub best_number: Option<String>,
    pub best_time: Option<String>,
    /// By its name in the IANA database: `America/New_York`.
    pub time_zone: Option<String>,
    pub prefers_email: Option<bool>,
    pub email: Option<String>,
    /// May a gift or a price be mentioned on this line?
    pub secure_line: Option<bool>,
}

/// Reads the front matter that starts at byte `start`, if any: its values, where the text after it starts, and what is
/// wrong with it. Front matter that cannot be read counts as absent values, never as spoken text.
pub fn read(source: &str, start: usize) -> (FrontMatter, usize, Vec<Problem>) {
    let Some((yaml, body_start)) = block(source, start) else {
        return (FrontMatter::default(), start, unclosed(source, start).into_iter().collect());
    };
    let text = yaml.of(source);
    let mut problems = unknown_keys(text, yaml.start);
    let mut front_matter = match serde_saphyr::from_str::<Option<FrontMatter>>(text) {
        Ok(front_matter) => front_matter.unwrap_or_default(),
        Err(error) => {
            problems.push(unreadable(source, yaml, &error));
            FrontMatter::default()
        }
    };
    if let Some(limit) = front_matter.max_seconds.filter(|limit| !(limit.is_finite() && 0.0 < *limit)) {
        let text =
            format!("`max_seconds: {limit}` in the front matter: expected a number of seconds above 0");
        problems.push(Problem {
            span: value_span(source, "max_seconds").unwrap_or(yaml),
            text,
            is_error: true,
        });
        front_matter.max_seconds = None;
    }
    problems.extend(unusable(&front_matter).map(|(key, text)| Problem {
        span: value_span(source, key).unwrap_or(yaml),
        text,
        is_error: false,
    }));
    (front_matter, body_start, problems)
}

/// Values that `plan` will refuse, each with its key.
fn unusable(front_matter: &FrontMatter) -> impl Iterator<Item = (&'static str, String)> {
    let zone = front_matter.contact.time_zone.as_deref();
    let zone = zone
        .filter(|name| TimeZoneDatabase::bundled().get(name).is_err())
        .map(|name| ("contact", format!("`time_zone: {name}` in the front matter is {NO_TIME_ZONE}")));
    let dates = front_matter.done.iter().filter(|(_, date)| date.parse::<Date>().is_err());
    let dates = dates.map(|(message, date)| {
        ("done", format!("`done` in the front matter says {date:?} of message {message}; {EXPECTED_DATE}"))
    });
    zone.into_iter().chain(dates)
}

/// What the values of keys look like that are easily written otherwise.
const EXPECTED: [(&str, &str); 5] = [
    ("fields", "a list of names, such as [first_name, day]"),
    ("days", "a list of days, such as [0, 4, 11]"),
    ("max_seconds", "a number of seconds above 0"),
    ("contact", "keys on lines of their own under it, such as `best_number: 404-555-0142`"),
    ("done", "dates by message, such as {1: 2026-11-24}"),
];

/// The reason without the parser's own count of lines, which begins under the first `---`.
fn unreadable(source: &str, yaml: Span, error: &serde_saphyr::Error) -> Problem {
    let reason = error.to_string();
    let reason = reason.lines().find(|line| !line.trim().is_empty()).unwrap_or("not YAML");
    let without_line = reason.strip_prefix("error: line ").and_then(|rest| rest.split_once(": "));
    let reason = without_line.map_or(reason, |(_, reason)| reason);
    // What follows is advice to who calls the library.
    let reason = reason.split(", set DuplicateKeyPolicy").next().unwrap_or(reason);
    let n_before = error.location().map_or(0, |location| location.line().saturating_sub(1)) as usize;
    let before: usize = yaml.of(source).split_inclusive('\n').take(n_before).map(str::len).sum();
    let start = (yaml.start + before).min(yaml.end);
    // In the parser's words a list is a sequence, and what is no number invalid.
    let is_of_type = ["expected", "invalid"].iter().any(|start| reason.starts_with(start));
    let key = source[start..yaml.end].split(':').next().unwrap_or_default().trim();
    let form = EXPECTED.iter().find(|(name, _)| is_of_type && *name == key);
    let reason = form.map_or(reason.to_owned(), |(name, form)| format!("`{name}`: expected {form}"));
    let text = format!("the front matter cannot be read: {reason}");
    Problem { span: Span::new(start, yaml.end), text, is_error: true }
}

/// Where the front matter says `key`, up to the last line of its value; comments after that belong to what follows.
pub fn value_span(source: &str, key: &str) -> Option<Span> {
    let (yaml, _) = block(source, source.len() - source.trim_start_matches('\u{feff}').len())?;
    let mut offset = yaml.start;
    let mut found: Option<Span> = None;
    for line in yaml.of(source).split_inclusive('\n') {
        let end = offset + line.trim_end().len();
        let is_key = line.starts_with(|first: char| first.is_alphabetic());
        let is_comment = line.trim_start().starts_with('#');
        match &mut found {
            None if is_key && line.split(':').next().is_some_and(|name| name.trim_end() == key) => {
                found = Some(Span::new(offset, end));
            }
            Some(_) if is_key => break,
            Some(span) if offset < end && !is_comment => span.end = end,
            _ => {}
        }
        offset += line.len();
    }
    found
}

/// `source` with a line `key: value` in its front matter, in the place of the lines that say `key`, or before the closing
/// line. `None` without front matter.
pub fn with_value(source: &str, key: &str, value: &str) -> Option<String> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let (yaml, _) = block(source, start)?;
    let place = value_span(source, key).unwrap_or(Span::new(yaml.end, yaml.end));
    let comment =
        place.of(source).lines().next().and_then(|line| line.find(" #").map(|start| &line[start..]));
    let line = format!("{key}: {value}{}", comment.unwrap_or_default());
    let end = if place.start == place.end {
        if yaml.of(source).contains("\r\n") { "\r\n" } else { "\n" }
    } else {
        ""
    };
    Some(format!("{}{line}{end}{}", &source[..place.start], &source[place.end..]))
}

/// The YAML's own span and the byte after the closing `---` line.
fn block(source: &str, start: usize) -> Option<(Span, usize)> {
    let text = &source[start..];
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut offset = start + first.len();
    let yaml_start = offset;
    for line in source[offset..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((Span::new(yaml_start, offset), offset + line.len()));
        }
        offset += line.len();
    }
    None
}

/// A first line of `---` or `+++` with a known key under it was meant as front matter.
fn unclosed(source: &str, start: usize) -> Option<Problem> {
    let at = start + (source[start..].len() - source[start..].trim_start().len());
    let mut lines = source[at..].lines();
    let mark = lines.next()?.trim_end();
    if !matches!(mark, "---" | "+++") {
        return None;
    }
    let is_comment = |line: &&str| line.trim().is_empty() || line.starts_with('#');
    let key = lines.by_ref().find(|line| !is_comment(line))?.split([':', '=']).next()?.trim_end();
    let closes = lines.any(|line| line.trim_end() == mark);
    let problem = match (mark, closes) {
        ("---", false) => "has no closing `---`",
        ("---", true) if at != start => "must begin on the first line",
        ("+++", _) => "is TOML; write YAML between two lines of `---`",
        _ => return None,
    };
    KEYS.contains(&key).then(|| Problem {
        span: Span::new(at, at + mark.len()),
        text: format!("the front matter {problem}; it is read as part of the message"),
        is_error: false,
    })
}

/// Keys that look like one of ours; other tools have keys of their own.
fn unknown_keys(yaml: &str, start: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut offset = start;
    let mut is_in_contact = false;
    for line in yaml.split_inclusive('\n') {
        if let Some((key, _)) = line.split_once(':').filter(|(key, _)| !key.trim_start().starts_with('#')) {
            let is_top_level = line.starts_with(|first: char| first.is_alphabetic());
            let indent = key.len() - key.trim_start().len();
            let key = key.trim();
            let hint = match () {
                () if is_top_level => hint(key),
                () if is_in_contact && !CONTACT_KEYS.contains(&key) => did_you_mean(key, CONTACT_KEYS),
                () => String::new(),
            };
            if !hint.is_empty() {
                let place = if is_top_level { "the front matter" } else { "`contact`" };
                problems.push(Problem {
                    span: Span::new(offset + indent, offset + indent + key.len()),
                    text: format!("unknown key `{key}` in {place}{hint}"),
                    is_error: false,
                });
            }
            is_in_contact = if is_top_level { key == "contact" } else { is_in_contact };
        }
        offset += line.len();
    }
    problems
}

fn hint(key: &str) -> String {
    match () {
        () if KEYS.contains(&key) || OTHERS.contains(&key) => String::new(),
        () if CONTACT_KEYS.contains(&key) && key != "email" => "; it belongs under `contact`".to_owned(),
        () => did_you_mean(key, KEYS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_replaced_and_comments_stay() {
        let source = "---\ndone: {1: 2026-01-02} # by Ann\n# The four questions:\n\ncontact:\n  email: a@b.example\n---\nHi.\n";
        let expected = source.replace("{1: 2026-01-02}", "{2: 2026-01-06}");
        assert_eq!(with_value(source, "done", "{2: 2026-01-06}").as_deref(), Some(expected.as_str()));
    }

    fn read_all(source: &str) -> (FrontMatter, &str, Vec<String>) {
        let (front_matter, start, problems) = read(source, 0);
        (front_matter, &source[start..], problems.into_iter().map(|problem| problem.text).collect())
    }

    #[test]
    fn values_are_read_and_the_rest_is_the_script() {
        let source =
            "---\r\nprofile: follow-up\r\nmax_seconds: 25\r\ncontact:\r\n  secure_line: false\r\n---\r\nHi.";
        let (front_matter, body, problems) = read_all(source);
        assert_eq!(front_matter.profile.as_deref(), Some("follow-up"));
        assert_eq!(front_matter.max_seconds, Some(25.0));
        assert_eq!(front_matter.contact.secure_line, Some(false));
        assert_eq!(body, "Hi.");
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn keys_of_other_tools_are_theirs() {
        let problems = |yaml: &str| read_all(&format!("---\n{yaml}\n---\nHi.")).2;
        assert!(problems("owner: RevOps\nstatus: live\nlast_updated: May\nlayout: page").is_empty());
        assert_eq!(
            problems("secure_line: true"),
            ["unknown key `secure_line` in the front matter; it belongs under `contact`"]
        );
        assert_eq!(
            problems("contact:\n  secure_lin: true"),
            ["unknown key `secure_lin` in `contact`; did you mean `secure_line`?"]
        );
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let (_, _, problems) = read_all("---\nmax_second: 25\n---\nHi.");
        assert_eq!(problems, ["unknown key `max_second` in the front matter; did you mean `max_seconds`?"]);
    }

    #[test]
    fn a_value_is_found_with_the_lines_under_its_key() {
        let source = "---\nprofile: x\nfields:\n  - a\n  - b\ndays: [0]\n---\nHi.";
        let span = |key| value_span(source, key).map(|span| span.of(source));
        assert_eq!(span("fields"), Some("fields:\n  - a\n  - b"));
        assert_eq!((span("days"), span("data")), (Some("days: [0]"), None));
        assert_eq!(value_span("Hi.", "days"), None);
    }

    #[test]
    fn fields_may_be_written_as_placeholders() {
        let source = "---\nfields: ['{{first_name}}', '[Day]', '${ our_number }', '%city%', plan]\n---\nHi.";
        let (front_matter, _, problems) = read(source, 0);
        assert_eq!(front_matter.fields, ["first_name", "Day", "our_number", "city", "plan"], "{problems:?}");
    }

    #[test]
    fn a_value_is_set_and_the_rest_stays() {
        let source = "---\r\ndays: [0, 4]\r\n# why not\r\n---\r\nHi.";
        let once = with_value(source, "done", "{1: 2026-11-24}").expect("it has front matter");
        assert_eq!(once, "---\r\ndays: [0, 4]\r\n# why not\r\ndone: {1: 2026-11-24}\r\n---\r\nHi.");
        let twice = with_value(&once, "done", "{1: 2026-11-24, 2: 2026-11-28}").expect("it has front matter");
        assert_eq!(twice, once.replace("24}", "24, 2: 2026-11-28}"));
        assert_eq!(read_all(&twice).0.done[&2], "2026-11-28");
        assert_eq!(with_value("Hi.", "done", "{}"), None);
    }

    #[test]
    fn a_wrong_value_is_a_problem_and_not_spoken() {
        let (front_matter, body, problems) = read_all("---\nmax_seconds: soon\n---\nHi.");
        assert_eq!((front_matter, body, problems.len()), (FrontMatter::default(), "Hi.", 1));
        for limit in ["-3", "0", ".nan", ".inf"] {
            let (front_matter, _, problems) = read_all(&format!("---\nmax_seconds: {limit}\n---\nHi."));
            assert_eq!((front_matter.max_seconds, problems.len()), (None, 1), "{limit}: {problems:?}");
        }
    }

    #[test]
    fn a_time_zone_that_is_none_and_a_date_that_is_none_are_problems() {
        let problems = |yaml: &str| read_all(&format!("---\n{yaml}\n---\nHi.")).2;
        assert_eq!(problems("contact:\n  time_zone: Europe/London\ndone: {1: 2026-11-24}"), [""; 0]);
        let zone = problems("contact:\n  time_zone: Mars");
        assert!(zone.len() == 1 && zone[0].starts_with("`time_zone: Mars`"), "{zone:?}");
        let date = problems("done: {2: 2026-11-31}");
        assert!(date.len() == 1 && date[0].contains("\"2026-11-31\" of message 2"), "{date:?}");
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_line() {
        let source = "---\nmax_seconds: 20\nprofile: [a\n---\nHi.";
        let (_, _, problems) = read(source, 0);
        let [problem] = problems.as_slice() else { panic!("one problem: {problems:?}") };
        assert!(problem.span.of(source).starts_with("profile"), "{problem:?}");
        assert!(!problem.text.contains("line"), "{problem:?}");
    }

    #[test]
    fn without_a_closing_line_there_is_no_front_matter() {
        assert_eq!(read_all("---\nHi there.").1, "---\nHi there.");
        let (_, body, problems) = read_all("---\nmax_seconds: 5\n\nHi.");
        assert_eq!((body.len(), problems.len()), (23, 1), "{problems:?}");
        assert_eq!(read_all("---\n---\nHi.").1, "Hi.");
    }
}
