//! Praat's TextGrid, as text, in its long or its short form: Praat itself reads only what stands free in either, which
//! are texts in quotes, numbers, and flags in angles.

use super::stretch::{Stretch, Times};
use super::{ImportError, Read};

pub fn read(text: &str) -> Result<Read, ImportError> {
    let mut reader = Reader { tokens: tokens(text)?, next: 0, last_line: text.lines().count() };
    for expected in ["ooTextFile", "TextGrid"] {
        reader.text(expected)?;
    }
    reader.number("the start of the grid")?;
    reader.number("its end")?;
    reader.next += usize::from(matches!(reader.tokens.get(reader.next), Some((_, Token::Flag))));
    let n_tiers = reader.number("the number of tiers")? as usize;
    let mut tiers = Vec::new();
    for _ in 0..n_tiers {
        tiers.push(tier(&mut reader)?);
    }
    let names: Vec<String> = tiers.iter().map(|tier| format!("\"{}\"", tier.name)).collect();
    let stretches = words_of(tiers).ok_or_else(|| {
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        ImportError::at_line(
            1,
            format!("expected a tier of intervals called \"words\", found {names}; rename the one that has the words"),
        )
    })?;
    Ok(Read { stretches, notes: Vec::new() })
}

struct Tier {
    name: String,
    is_of_intervals: bool,
    stretches: Vec<Stretch>,
}

/// Labels of silence, noise and what could not be aligned.
const NOT_SAID: &[&str] =
    &["", "sil", "sp", "spn", "<eps>", "<sil>", "<p:>", "<unk>", "silent", "noise", "#"];

fn tier(reader: &mut Reader) -> Result<Tier, ImportError> {
    let is_of_intervals = reader.text("the class of a tier")? == "IntervalTier";
    let name = reader.text("the name of a tier")?;
    reader.number("the start of the tier")?;
    reader.number("its end")?;
    let n_labels = reader.number("the number of its labels")? as usize;
    let mut stretches = Vec::new();
    for _ in 0..n_labels {
        let line = reader.line();
        let start = reader.number("the time of a label")?;
        let end = if is_of_intervals { reader.number("the end of an interval")? } else { start };
        let label = reader.text("a label")?;
        let times = Times { start, end };
        times.check().map_err(|text| ImportError::at_line(line, text))?;
        if !NOT_SAID.contains(&label.trim().to_lowercase().as_str()) {
            stretches.push(Stretch::timed(&label, times));
        }
    }
    Ok(Tier { name, is_of_intervals, stretches })
}

/// The tier of words, or the only one there is.
fn words_of(tiers: Vec<Tier>) -> Option<Vec<Stretch>> {
    let mut tiers: Vec<Tier> = tiers.into_iter().filter(|tier| tier.is_of_intervals).collect();
    let named = tiers.iter().position(|tier| tier.name.to_lowercase().contains("word"));
    let index = named.or((tiers.len() == 1).then_some(0))?;
    Some(tiers.swap_remove(index).stretches)
}

enum Token {
    Text(String),
    Number(f64),
    Flag,
}

/// With the line of each, from 1.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ImportError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' => {
                let (label, length) = quoted(rest)
                    .ok_or_else(|| ImportError::at_line(line, "a text without a closing quote"))?;
                tokens.push((line, Token::Text(label)));
                length
            }
            '!' => rest.find('\n').unwrap_or(rest.len()),
            first if first.is_whitespace() => first.len_utf8(),
            _ => {
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let word = &rest[..length];
                if word.starts_with('<') && word.ends_with('>') {
                    tokens.push((line, Token::Flag));
                } else if let Ok(number) = word.parse::<f64>() {
                    tokens.push((line, Token::Number(number)));
                }
                length
            }
        };
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    Ok(tokens)
}

/// A quote within is doubled. Gives the text and the bytes that it takes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut label = String::new();
    let mut at = 1;
    loop {
        let end = at + text[at..].find('"')?;
        label.push_str(&text[at..end]);
        if !text[end + 1..].starts_with('"') {
            return Some((label, end + 1));
        }
        label.push('"');
        at = end + 2;
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    next: usize,
    last_line: usize,
}

impl Reader {
    fn line(&self) -> usize {
        self.tokens.get(self.next).map_or(self.last_line, |(line, _)| *line)
    }

    fn text(&mut self, expected: &str) -> Result<String, ImportError> {
        match self.tokens.get(self.next) {
            Some((_, Token::Text(text))) => {
                self.next += 1;
                Ok(text.clone())
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn number(&mut self, expected: &str) -> Result<f64, ImportError> {
        match self.tokens.get(self.next) {
            Some((_, Token::Number(number))) => {
                self.next += 1;
                Ok(*number)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn unexpected(&self, expected: &str) -> ImportError {
        let found = match self.tokens.get(self.next) {
            None => "the end of the file".to_owned(),
            Some((_, Token::Text(text))) => format!("\"{text}\""),
            Some((_, Token::Number(number))) => format!("{number}"),
            Some((_, Token::Flag)) => "a flag".to_owned(),
        };
        ImportError::at_line(self.line(), format!("expected {expected}, found {found}"))
    }
}
