//! One recording of many, as tables and pages have it.

use std::path::{Path, PathBuf};

use super::record::{Picture, Record, Review};
use crate::coach::Labels;

pub struct Row {
    /// As it is shown.
    pub path: String,
    /// As it is opened.
    pub file: PathBuf,
    pub labels: Labels,
    /// Or why it could not be reviewed.
    pub result: Result<Review, String>,
    pub picture: Option<Picture>,
}

impl Row {
    pub fn of(path: &Path, labels: Labels, record: &Record) -> Self {
        let error = || record.error().unwrap_or("its review could not be read back").to_owned();
        Self {
            path: record.path().to_owned(),
            file: path.to_owned(),
            labels,
            result: record.review().ok_or_else(error),
            picture: record.picture.clone(),
        }
    }

    /// `None` of a recording without a score, for whatever reason.
    pub fn score(&self) -> Option<f64> {
        self.result.as_ref().ok()?.score.overall
    }

    pub fn metric(&self, name: &str) -> Option<f64> {
        self.result.as_ref().ok()?.metrics.get(name)?.value
    }
}

/// The worst first; those without a score before all, for nobody knows how bad they are. Equal ones stay in order.
pub fn worst_first(rows: &[Row]) -> Vec<&Row> {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by(|a, b| match (a.score(), b.score()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    sorted
}
