//! What a take is called: `callback-message-2-take-003.wav`, or `take-003.wav` when no script was read.

use std::fmt;
use std::path::Path;

/// Bytes of a script's name that are kept; file systems allow 255 for the whole.
const MAX_SCRIPT_BYTES: usize = 100;

/// Of takes of the same thing, the higher number is the later one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakeName {
    pub of: Subject,
    pub number: u32,
}

/// What was rehearsed: a message of a script, counted from 1, or nothing in particular.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject(Option<(String, usize)>);

impl Subject {
    pub const FREE: Self = Self(None);

    /// `message`: counted from 1. Of the script's name only what every file system takes is kept.
    pub fn message(script: &Path, message: usize) -> Self {
        let stem = script.file_stem().unwrap_or_default().to_string_lossy();
        let mut slug = String::new();
        for character in stem.chars() {
            if slug.len() + character.len_utf8() > MAX_SCRIPT_BYTES {
                break;
            }
            if character.is_alphanumeric() || character == '_' {
                slug.push(character);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(Some((if slug.is_empty() { "script" } else { slug }.to_owned(), message)))
    }
}

impl TakeName {
    /// The ending of a take that is whole.
    pub const WHOLE: &str = ".wav";
    /// The ending of a take in the making, or of one that was cut short.
    pub const PART: &str = ".part.wav";

    /// Reads a file name without its ending; `None` for files that are no takes.
    pub fn parse(stem: &str) -> Option<Self> {
        let (subject, number) = match stem.rsplit_once("-take-") {
            Some((subject, number)) => {
                let (script, message) = subject.rsplit_once("-message-")?;
                (Subject(Some((script.to_owned(), message.parse().ok()?))), number)
            }
            None => (Subject::FREE, stem.strip_prefix("take-")?),
        };
        Some(Self { of: subject, number: number.parse().ok()? })
    }

    /// The name after all that are `taken`.
    pub fn next<'a>(subject: &Subject, taken: impl IntoIterator<Item = &'a Self>) -> Self {
        let of_subject = taken.into_iter().filter(|name| name.of == *subject);
        let highest = of_subject.map(|name| name.number).max().unwrap_or(0);
        Self { of: subject.clone(), number: highest.saturating_add(1) }
    }
}

impl fmt::Display for TakeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((script, message)) = &self.of.0 {
            write!(formatter, "{script}-message-{message}-")?;
        }
        write!(formatter, "take-{:03}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for (script, message, number, text) in [
            ("callback.md", 1, 3, "callback-message-1-take-003"),
            ("a/b/Großkunde (v2).md", 12, 1, "Großkunde-v2-message-12-take-001"),
            ("../..", 1, 1, "script-message-1-take-001"),
            ("x-message-7-take-1.txt", 2, 1000, "x-message-7-take-1-message-2-take-1000"),
        ] {
            let name = TakeName { of: Subject::message(Path::new(script), message), number };
            assert_eq!(name.to_string(), text);
            assert_eq!(TakeName::parse(text), Some(name));
        }
        let free = TakeName { of: Subject::FREE, number: 7 };
        assert_eq!(free.to_string(), "take-007");
        assert_eq!(TakeName::parse("take-007"), Some(free));
    }

    #[test]
    fn other_files_are_no_takes() {
        for stem in
            ["", "take", "take-", "take-x", "notes", "a-take-1", "a-message-x-take-1", "a-message-1-take-"]
        {
            assert_eq!(TakeName::parse(stem), None, "{stem:?}");
        }
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let Subject(Some((script, _))) = Subject::message(Path::new(&"ß".repeat(200)), 1) else { panic!() };
        assert_eq!(script, "ß".repeat(50));
    }

    #[test]
    fn numbers_grow_for_each_subject() {
        let subject = Subject::message(Path::new("a.md"), 1);
        let taken = ["a-message-1-take-002", "a-message-1-take-009", "a-message-2-take-020", "take-030"]
            .map(|stem| TakeName::parse(stem).unwrap());
        assert_eq!(TakeName::next(&subject, &taken).number, 10);
        assert_eq!(TakeName::next(&Subject::FREE, &taken).number, 31);
        assert_eq!(TakeName::next(&subject, []).number, 1);
    }
}
