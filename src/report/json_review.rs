//! The JSON of a review: one object a recording (`docs/review.schema.json`).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::ReviewedFile;
use super::json::VERSION;
use crate::analysis::filled_pauses::FoundIn;
use crate::analysis::{Analysis, FilledPause};
use crate::finding::{Finding, Place};
use crate::metrics::Measurement;
use crate::scorecard::targets::Targets;
use crate::transcript::alignment::Alignment;
use crate::transcript::{Source, Transcript};

#[derive(Serialize)]
struct Review<'a> {
    version: u32,
    path: &'a str,
    /// Why the recording could not be reviewed; everything below is then null.
    error: Option<&'a str>,
    audio: Option<Audio<'a>>,
    transcript: Option<Words<'a>>,
    /// Null without a script, or without a transcript.
    script: Option<Script<'a>>,
    speech: Option<Vec<[f64; 2]>>,
    events: Option<Vec<Event>>,
    /// Only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    contour: Option<Contour>,
    metrics: Option<BTreeMap<&'a str, Metric<'a>>>,
    findings: Option<Vec<ReviewFinding<'a>>>,
    score: Option<Score<'a>>,
}

#[derive(Serialize)]
struct Audio<'a> {
    seconds: f64,
    sample_rate_hz: u32,
    channels: usize,
    codec: &'a str,
    notes: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Words<'a> {
    source: &'static str,
    model: Option<&'a str>,
    /// Of an import.
    format: Option<&'static str>,
    timing: &'static str,
    notes: &'a [String],
    words: Vec<Word<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    text: &'a str,
    /// Null where the transcript has no times.
    start: Option<f64>,
    end: Option<f64>,
    probability: Option<f64>,
}

#[derive(Serialize)]
struct Script<'a> {
    coverage: f64,
    word_error_rate: f64,
    details: Vec<Detail<'a>>,
    stretches: Vec<Stretch<'a>>,
    /// In order of the script; empty where words have no times.
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    kind: &'static str,
    start: f64,
    end: f64,
    words: usize,
    words_per_minute: f64,
}

#[derive(Serialize)]
struct Detail<'a> {
    kind: &'static str,
    script: &'a str,
    status: &'static str,
    heard: &'a str,
    start: Option<f64>,
    end: Option<f64>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    kind: &'static str,
    script: &'a str,
    heard: &'a str,
    start: Option<f64>,
    end: Option<f64>,
}

#[derive(Serialize)]
struct Event {
    kind: &'static str,
    label: &'static str,
    start: f64,
    end: f64,
    confidence: f64,
    evidence: &'static str,
    counted: bool,
}

/// Lists of one length; the first values are those at `start`, the others follow every `step` seconds.
#[derive(Serialize)]
struct Contour {
    start: f64,
    step: f64,
    /// Null where unvoiced.
    f0_hz: Vec<Option<f64>>,
    strength: Vec<f64>,
    /// Null where the contour does not reach: near the ends.
    intensity_db: Vec<Option<f64>>,
}

#[derive(Serialize)]
struct Metric<'a> {
    value: Option<f64>,
    unit: &'a str,
    target: Option<[Option<f64>; 2]>,
    band: Option<&'static str>,
    reason: Option<String>,
}

#[derive(Serialize)]
struct ReviewFinding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    start: Option<f64>,
    end: Option<f64>,
    text: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Score<'a> {
    overall: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    parts: Vec<Part>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Part {
    name: &'static str,
    value: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    weight: f64,
}

#[derive(Serialize)]
struct Change<'a> {
    code: &'static str,
    gain: f64,
    text: &'a str,
}

/// The object of a recording, as it is printed; `contour`: with the contours of F0 and intensity.
pub fn object(file: &ReviewedFile, has_contour: bool) -> Value {
    let contour = has_contour.then(|| contour(&file.analysis));
    json!(Review { contour, ..review(file) })
}

/// The object of a recording that could not be reviewed.
pub fn error_object(path: &str, error: &str) -> Value {
    json!(Review {
        version: VERSION,
        path,
        error: Some(error),
        audio: None,
        transcript: None,
        script: None,
        speech: None,
        events: None,
        contour: None,
        metrics: None,
        findings: None,
        score: None,
    })
}

/// One object; `pretty` over several lines, else on one.
pub fn write_object(out: &mut impl Write, object: &Value, pretty: bool) -> io::Result<()> {
    if pretty {
        serde_json::to_writer_pretty(&mut *out, object)?;
    } else {
        serde_json::to_writer(&mut *out, object)?;
    }
    writeln!(out)
}

fn review(file: &ReviewedFile) -> Review<'_> {
    let measurements = &file.measurements;
    Review {
        version: VERSION,
        path: &file.path,
        error: None,
        audio: Some(Audio {
            seconds: milli(file.analysis.duration.0),
            sample_rate_hz: file.sample_rate_hz,
            channels: file.channels,
            codec: &file.codec,
            notes: &file.notes,
        }),
        transcript: Some(words(file.transcript.as_ref())),
        script: measurements.said.as_ref().and_then(|said| said.against_script.as_ref()).map(script),
        speech: Some(
            file.analysis.speech.iter().map(|speech| [milli(speech.start.0), milli(speech.end.0)]).collect(),
        ),
        events: Some(measurements.filled_pauses.iter().map(event).collect()),
        contour: None,
        metrics: Some(
            measurements
                .list
                .iter()
                .map(|measurement| (measurement.name, metric(&file.targets, measurement)))
                .collect(),
        ),
        findings: Some(file.findings.iter().map(finding).collect()),
        score: Some(Score {
            overall: file.scorecard.score().map(milli),
            reason: file.scorecard.overall.as_ref().err().map(ToString::to_string),
            parts: file
                .scorecard
                .parts
                .iter()
                .map(|part| Part {
                    name: part.name,
                    value: part.points().map(milli),
                    reason: part.value.as_ref().err().map(ToString::to_string),
                    weight: milli(part.weight),
                })
                .collect(),
            changes: file
                .scorecard
                .changes
                .iter()
                .map(|change| Change {
                    code: change.finding.code,
                    gain: milli(change.gain),
                    text: &change.finding.text,
                })
                .collect(),
        }),
    }
}

pub(super) fn words(transcript: Option<&Transcript>) -> Words<'_> {
    let Some(transcript) = transcript else {
        return Words {
            source: "none",
            model: None,
            format: None,
            timing: "none",
            notes: &[],
            words: Vec::new(),
        };
    };
    let (source, model, format) = match &transcript.source {
        Source::Whisper { model } => ("whisper", Some(model.as_str()), None),
        Source::Import { format } => ("import", None, Some(format.name())),
    };
    let words = transcript.words.iter().map(|word| Word {
        text: &word.text,
        start: word.interval.map(|interval| milli(interval.start.0)),
        end: word.interval.map(|interval| milli(interval.end.0)),
        probability: word.probability.map(milli),
    });
    let timing = transcript.timing.name();
    Words { source, model, format, timing, notes: &transcript.notes, words: words.collect() }
}

fn script(alignment: &Alignment) -> Script<'_> {
    let details = alignment.details.iter().map(|detail| Detail {
        kind: detail.kind.name(),
        script: &detail.text,
        status: detail.status.name(),
        heard: &detail.heard,
        start: detail.interval.map(|interval| milli(interval.start.0)),
        end: detail.interval.map(|interval| milli(interval.end.0)),
    });
    let stretches = alignment.stretches.iter().map(|stretch| Stretch {
        kind: stretch.kind.name(),
        script: &stretch.script,
        heard: &stretch.heard,
        start: stretch.interval.map(|interval| milli(interval.start.0)),
        end: stretch.interval.map(|interval| milli(interval.end.0)),
    });
    let sections = alignment.sections.iter().map(|section| Section {
        kind: section.kind.name(),
        start: milli(section.interval.start.0),
        end: milli(section.interval.end.0),
        words: section.n_words,
        words_per_minute: milli(section.words_per_minute()),
    });
    Script {
        coverage: milli(alignment.coverage),
        word_error_rate: milli(alignment.word_error_rate),
        details: details.collect(),
        stretches: stretches.collect(),
        sections: sections.collect(),
    }
}

fn event(event: &FilledPause) -> Event {
    Event {
        kind: "filled_pause",
        label: event.label,
        start: milli(event.interval.start.0),
        end: milli(event.interval.end.0),
        confidence: milli(event.confidence),
        evidence: match event.found_in {
            FoundIn::Sound => "acoustic",
            FoundIn::Words => "transcript",
            FoundIn::Both => "both",
        },
        counted: event.counted,
    }
}

fn contour(analysis: &Analysis) -> Contour {
    let Analysis { f0, intensity, .. } = analysis;
    let centi = |value: f64| (value * 1e2).round() / 1e2;
    let intensity_at = |index: usize| intensity.interpolated(f0.time_of(index)).map(centi);
    Contour {
        // To a microsecond: a thousandth is too coarse for what 720,000 steps are added to.
        start: (f0.start.0 * 1e6).round() / 1e6,
        step: f0.step.0,
        f0_hz: f0.frames.iter().map(|frame| frame.f0.map(|hertz| centi(hertz.0))).collect(),
        strength: f0.frames.iter().map(|frame| milli(frame.strength)).collect(),
        intensity_db: (0..f0.frames.len()).map(intensity_at).collect(),
    }
}

fn metric<'a>(targets: &Targets, measurement: &'a Measurement) -> Metric<'a> {
    let target = targets.of(measurement.name);
    let value = measurement.value.as_ref().ok().copied();
    let band = value.and_then(|value| match &measurement.indicative {
        Some(_) => Some("indicative"),
        None => target.map(|target| target.band(value).name()),
    });
    let reason = match &measurement.value {
        Err(reason) => Some(reason.to_string()),
        Ok(_) => measurement.indicative.clone(),
    };
    let target = target.map(|target| [target.low, target.high]);
    Metric {
        value: value.map(|value| (value * 1e4).round() / 1e4),
        unit: measurement.unit,
        target,
        band,
        reason,
    }
}

fn finding(finding: &Finding) -> ReviewFinding<'_> {
    let interval = match finding.place {
        Place::Time(interval) => Some(interval),
        Place::Text(_) | Place::Whole => None,
    };
    ReviewFinding {
        code: finding.code,
        name: finding.name,
        severity: finding.severity.name(),
        start: interval.map(|interval| milli(interval.start.0)),
        end: interval.map(|interval| milli(interval.end.0)),
        text: &finding.text,
        help: finding.help.as_deref(),
    }
}

/// To a thousandth.
fn milli(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
