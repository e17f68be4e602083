//! A value of a JSON document that knows its path, so that an error can name it.

use serde_json::Value;

use super::ImportError;
use super::stretch::Times;

pub struct Node<'v> {
    value: &'v Value,
    /// `segments[2].words[0].start`; empty at the root.
    path: String,
}

impl<'v> Node<'v> {
    pub fn root(value: &'v Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The value of a key; `None` where there is none, or null.
    pub fn find(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Self { value, path })
    }

    pub fn get(&self, key: &str) -> Result<Self, ImportError> {
        self.find(key).ok_or_else(|| self.error(&format!("expected the key \"{key}\"")))
    }

    pub fn items(&self) -> Result<Vec<Self>, ImportError> {
        let items = self.value.as_array().ok_or_else(|| self.unexpected("a list"))?.iter().enumerate();
        Ok(items.map(|(index, value)| Self { value, path: format!("{}[{index}]", self.path) }).collect())
    }

    /// The first of a list; `expected`: what it is, as an error names it.
    pub fn first(&self, expected: &str) -> Result<Self, ImportError> {
        let items = self.items()?;
        items
            .into_iter()
            .next()
            .ok_or_else(|| self.error(&format!("expected {expected}, found an empty list")))
    }

    pub fn text(&self) -> Result<&'v str, ImportError> {
        self.value.as_str().ok_or_else(|| self.unexpected("a text"))
    }

    /// A number, or one as a text: "0.04" of Amazon, "1.300s" of Google.
    pub fn number(&self) -> Result<f64, ImportError> {
        let of_text =
            |text: &str| text.strip_suffix('s').unwrap_or(text).parse().ok().filter(|n: &f64| n.is_finite());
        let number = self.value.as_f64().or_else(|| self.value.as_str().and_then(of_text));
        number.ok_or_else(|| self.unexpected("a number"))
    }

    /// Seconds under two keys; `None` where either is missing. `scale`: seconds of one unit.
    pub fn times(&self, start: &str, end: &str, scale: f64) -> Result<Option<Times>, ImportError> {
        let (Some(start), Some(end)) = (self.find(start), self.find(end)) else { return Ok(None) };
        let times = Times { start: start.number()? * scale, end: end.number()? * scale };
        times.check().map_err(|text| end.error(&text))?;
        Ok(Some(times))
    }

    /// 0 to 1 under one of these keys.
    pub fn probability(&self, keys: &[&str]) -> Result<Option<f64>, ImportError> {
        let found = keys.iter().find_map(|key| self.find(key));
        Ok(found.map(|node| node.number()).transpose()?.map(|probability| probability.clamp(0.0, 1.0)))
    }

    pub fn error(&self, text: &str) -> ImportError {
        let place =
            if self.path.is_empty() { "the JSON document".to_owned() } else { format!("at {}", self.path) };
        ImportError { place, text: text.to_owned() }
    }

    fn unexpected(&self, expected: &str) -> ImportError {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.error(&format!("expected {expected}, found {found}"))
    }
}
