//! A review that outlives its sound: the object of the JSON, and a picture small enough to keep. The shape of the cache.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ReviewedFile, json_review};
use crate::analysis::{Analysis, Columns};
use crate::coach::Labels;
use crate::metrics::Measurements;
use crate::units::{Hertz, Interval, Seconds};

/// What is kept of a recording that was reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// As `--output-format json` prints it.
    object: Value,
    /// `None` of a recording that could not be read.
    pub picture: Option<Picture>,
}

/// Curves of a recording in columns of equal length, and the stretches that the JSON does not have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Seconds a column.
    pub step: f64,
    /// The median that `pitch` is around; `None` without a voice.
    pub median_hz: Option<f64>,
    /// Largest magnitude, in hundredths of the largest of the recording.
    pub envelope: Vec<u8>,
    /// Tenths of a semitone above the median; `None` where there is no voice.
    pub pitch: Vec<Option<i16>>,
    /// dB below the loudest column, 0 or less.
    pub intensity: Vec<i16>,
    pub pauses: Vec<[f64; 2]>,
    pub flat: Vec<[f64; 2]>,
}

/// What the tables and pages read of the object.
#[derive(Debug, Clone, Deserialize)]
pub struct Review {
    pub audio: Audio,
    pub transcript: Words,
    pub events: Vec<Event>,
    pub metrics: std::collections::BTreeMap<String, Metric>,
    pub findings: Vec<Finding>,
    pub score: Score,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Audio {
    pub seconds: f64,
    /// What is wrong with the file, or strange in it.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// Who says what was said: `whisper`, `import` or `none`.
    pub source: String,
    pub words: Vec<Word>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Word {
    pub text: String,
    /// Null in a transcript without times.
    pub start: Option<f64>,
    pub end: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    pub kind: String,
    pub label: String,
    pub start: f64,
    pub end: f64,
    pub confidence: f64,
    pub counted: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Metric {
    pub value: Option<f64>,
    pub unit: String,
    pub target: Option<[Option<f64>; 2]>,
    pub band: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Finding {
    pub code: String,
    pub name: String,
    pub severity: String,
    pub start: Option<f64>,
    pub end: Option<f64>,
    pub text: String,
    pub help: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Score {
    pub overall: Option<f64>,
    /// Why there is none.
    pub reason: Option<String>,
    pub parts: Vec<Part>,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Part {
    pub name: String,
    pub value: Option<f64>,
    /// Why there is none.
    pub reason: Option<String>,
    pub weight: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    pub code: String,
    pub gain: f64,
    pub text: String,
}

impl Record {
    /// `peaks`: the largest magnitude in each of [`n_columns`] equal parts of the recording.
    pub fn of(file: &ReviewedFile, peaks: &[f32], has_contour: bool) -> Self {
        let picture = Picture::of(&file.analysis, &file.measurements, peaks);
        Self { object: json_review::object(file, has_contour), picture: Some(picture) }
    }

    pub fn failed(path: &str, error: &str) -> Self {
        Self { object: json_review::error_object(path, error), picture: None }
    }

    /// The same recording under the name by which it is known in this run.
    pub fn named(mut self, path: &str) -> Self {
        self.object["path"] = path.into();
        self
    }

    /// With who and when, where anything is known of it; no part of what is kept.
    pub fn labelled(mut self, labels: &Labels) -> Self {
        if !labels.fields.is_empty() {
            self.object["labels"] =
                labels.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        }
        self
    }

    pub fn path(&self) -> &str {
        self.object["path"].as_str().unwrap_or_default()
    }

    /// What can be read back; `None` of a recording that could not be reviewed, or of another shape.
    pub fn review(&self) -> Option<Review> {
        Review::deserialize(&self.object).ok()
    }

    /// Why it could not be reviewed.
    pub fn error(&self) -> Option<&str> {
        self.object["error"].as_str()
    }

    pub fn write_json(&self, out: &mut impl Write, pretty: bool) -> io::Result<()> {
        json_review::write_object(out, &self.object, pretty)
    }

    /// Reads what [`Record::to_bytes`] gave; `None` where that is not what it is.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let record: Self = serde_json::from_slice(bytes).ok()?;
        (record.review().is_some() && record.picture.is_some()).then_some(record)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Columns of the picture of a recording: twenty a second show every syllable, and six hundred fill a wide screen.
pub fn n_columns(length: Seconds) -> usize {
    ((length.0 * 20.0) as usize).clamp(1, 600)
}

/// Below this nothing is drawn; a range that speech over a quiet room fills.
const MIN_INTENSITY_DB: f64 = -60.0;

impl Picture {
    fn of(analysis: &Analysis, measurements: &Measurements, peaks: &[f32]) -> Self {
        let n = peaks.len().max(1);
        let columns = Columns { n, length: analysis.duration };
        let median = measurements.value("pitch_median");
        let pitch = median.map_or_else(|| vec![None; n], |median| columns.pitch(&analysis.f0, Hertz(median)));
        let tenths = |semitones: f64| (semitones * 10.0).round() as i16;
        let level =
            |below: Option<f64>| below.unwrap_or(MIN_INTENSITY_DB).max(MIN_INTENSITY_DB).round() as i16;
        let largest = peaks.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        Self {
            step: analysis.duration.0 / n as f64,
            median_hz: median,
            envelope: peaks.iter().map(|peak| (peak / largest * 100.0).round() as u8).collect(),
            pitch: pitch.into_iter().map(|semitones| semitones.map(tenths)).collect(),
            intensity: columns.loudness(&analysis.intensity).into_iter().map(level).collect(),
            pauses: measurements.pauses.iter().map(times).collect(),
            flat: measurements.flat_stretches.iter().map(times).collect(),
        }
    }
}

fn times(interval: &Interval) -> [f64; 2] {
    [interval.start.0, interval.end.0].map(|seconds| (seconds * 1e3).round() / 1e3)
}

#[cfg(test)]
pub(super) mod tests;
