//! What the page's script draws of one recording, as JSON in an inert block.

use serde::Serialize;

use crate::report::record::{Metric, Review};
use crate::report::row::Row;
use crate::scorecard::MIN_GAIN;

#[derive(Serialize)]
struct Data<'a> {
    seconds: f64,
    sound: Option<&'a str>,
    median: Option<f64>,
    step: f64,
    envelope: &'a [u8],
    pitch: &'a [Option<i16>],
    intensity: &'a [i16],
    pauses: &'a [[f64; 2]],
    flat: &'a [[f64; 2]],
    /// Label, start, end, is it counted?
    events: Vec<(&'a str, f64, f64, bool)>,
    words: Vec<(&'a str, f64, f64)>,
    /// A transcript was given: nobody guessed at the words.
    words_given: bool,
    findings: Vec<Finding<'a>>,
    /// Name, points, weight, why there are no points.
    parts: Vec<(&'a str, Option<f64>, f64, Option<&'a str>)>,
    /// Why there is no score.
    reason: Option<&'a str>,
    /// Code, gain where one is promised, text.
    changes: Vec<(&'a str, Option<f64>, &'a str)>,
    metrics: Vec<MetricRow<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    start: Option<f64>,
    text: &'a str,
    help: Option<&'a str>,
}

/// Name, value, unit, target, band, reason.
type MetricRow<'a> =
    (&'a str, Option<f64>, &'a str, Option<[Option<f64>; 2]>, Option<&'a str>, Option<&'a str>);

/// `None` of a recording that could not be reviewed. Safe between the tags of a script.
pub fn json(row: &Row, sound: Option<&str>) -> Option<String> {
    let json = serde_json::to_string(&data(row, sound)?).ok()?;
    // The only characters that could end the block or open a comment in it.
    Some(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

fn data<'a>(row: &'a Row, sound: Option<&'a str>) -> Option<Data<'a>> {
    let review: &Review = row.result.as_ref().ok()?;
    let picture = row.picture.as_ref()?;
    let finding = |found: &'a crate::report::record::Finding| Finding {
        code: &found.code,
        name: &found.name,
        start: found.start,
        text: &found.text,
        help: found.help.as_deref(),
    };
    Some(Data {
        seconds: review.audio.seconds,
        sound,
        median: picture.median_hz,
        step: picture.step,
        envelope: &picture.envelope,
        pitch: &picture.pitch,
        intensity: &picture.intensity,
        pauses: &picture.pauses,
        flat: &picture.flat,
        events: review
            .events
            .iter()
            .map(|event| (event.label.as_str(), event.start, event.end, event.counted))
            .collect(),
        words: review
            .transcript
            .words
            .iter()
            .filter_map(|word| Some((word.text.as_str(), word.start?, word.end?)))
            .collect(),
        words_given: review.transcript.source == "import",
        findings: review.findings.iter().map(finding).collect(),
        parts: review
            .score
            .parts
            .iter()
            .map(|part| (part.name.as_str(), part.value, part.weight, part.reason.as_deref()))
            .collect(),
        reason: review.score.reason.as_deref(),
        changes: review
            .score
            .changes
            .iter()
            .map(|change| {
                let promised = Some(change.gain).filter(|gain| MIN_GAIN <= *gain);
                (change.code.as_str(), promised, change.text.as_str())
            })
            .collect(),
        metrics: review.metrics.iter().map(metric).collect(),
    })
}

fn metric<'a>((name, metric): (&'a String, &'a Metric)) -> MetricRow<'a> {
    (name, metric.value, &metric.unit, metric.target, metric.band.as_deref(), metric.reason.as_deref())
}
