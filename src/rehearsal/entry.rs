//! What is remembered of a take.

use std::path::PathBuf;

use jiff::Timestamp;

/// A take that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub recorded_at: Timestamp,
    pub path: PathBuf,
    /// The script that was read, by its absolute path.
    pub script: Option<PathBuf>,
    /// Which message of it, from 1.
    pub message: usize,
    /// Changes with the text of the script.
    pub script_hash: Option<String>,
    /// [`crate::metrics::ANALYSIS_VERSION`] then.
    pub analysis_version: u32,
    pub score: Option<f64>,
    pub numbers: Vec<Number>,
}

/// A metric of a take, as it was measured then.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub name: String,
    pub unit: String,
    /// Or why there is none.
    pub value: Result<f64, String>,
}

impl Entry {
    pub fn value(&self, metric: &str) -> Option<f64> {
        self.numbers.iter().find(|number| number.name == metric)?.value.as_ref().ok().copied()
    }
}
