//! What is worth changing in a recording, each with its seconds.

use super::catalogue::{self, FindingMeta};
use super::targets::{Band, Target};
use super::word_findings::{self, quoted};
use crate::finding::{Finding, Place};
use crate::metrics::{Measurements, pauses};
use crate::units::{Interval, Seconds};

/// Times named in one finding; the picture and the JSON have them all.
pub(super) const MAX_TIMES: usize = 6;

/// Silence before the first word, and after the last, that a listener takes for a dead line; ours.
const DEAD_AIR: Seconds = Seconds(2.0);

/// In the order of their places, those about the whole recording last.
pub fn findings(measurements: &Measurements) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(spoken) = measurements.spoken.filter(|_| !measurements.is_tonal) {
        findings.extend(places(measurements));
        findings.extend(dead_air(measurements.recording, spoken));
        findings.extend(endings(measurements));
        findings.extend(whole(measurements));
        findings.extend(slow_by_sound(measurements));
        findings.extend(word_findings::findings(measurements));
    }
    findings.sort_by(|a, b| start(a).total_cmp(&start(b)));
    findings
}

fn start(finding: &Finding) -> f64 {
    match finding.place {
        Place::Time(interval) => interval.start.0,
        Place::Text(_) | Place::Whole => f64::INFINITY,
    }
}

pub(super) fn finding(meta: &'static FindingMeta, place: Place, text: String, help: &str) -> Finding {
    let FindingMeta { code, name, severity, .. } = *meta;
    Finding { code, name, severity, place, text, help: Some(help.to_owned()), fix: None, message: 0 }
}

/// Findings about a stretch of the recording.
fn places(measurements: &Measurements) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counted: Vec<_> = measurements.filled_pauses.iter().filter(|event| event.counted).collect();
    if band(measurements, "filled_pause_count") == Some(Band::High)
        && let (Some(first), Some(last)) = (counted.first(), counted.last())
    {
        let shown = counted.iter().take(MAX_TIMES);
        let mut times: Vec<String> = shown.map(|event| format!("{:.1}", event.interval.start.0)).collect();
        if MAX_TIMES < counted.len() {
            times.push("…".to_owned());
        }
        let text = format!("{} filled pauses (um, uh), at {} s", counted.len(), times.join(", "));
        let place = Place::Time(Interval { start: first.interval.start, end: last.interval.end });
        findings.push(finding(
            &catalogue::FILLED_PAUSES,
            place,
            text,
            "know your next sentence before you start it; let silence stand where the um was",
        ));
    }
    for stretch in &measurements.flat_stretches {
        let length = stretch.length().0;
        let text = match measurements.words_in(*stretch) {
            words if words.is_empty() => {
                format!("{length:.1} s on one note: the pitch stays within 2 semitones")
            }
            words => {
                format!("{length:.1} s on one note, {}: the pitch stays within 2 semitones", quoted(&words))
            }
        };
        findings.push(finding(
            &catalogue::FLAT_STRETCH,
            Place::Time(*stretch),
            text,
            "pick the one word of this stretch that matters and lift it",
        ));
    }
    for stretch in &measurements.speed_ups {
        let text =
            format!("{:.1} s said more than half again as fast as the rest of the take", stretch.length().0);
        findings.push(finding(
            &catalogue::TOO_FAST,
            Place::Time(*stretch),
            text,
            "say this stretch as slowly as your first sentence",
        ));
    }
    let limit = Target::of("longest_pause").and_then(|target| target.high).unwrap_or(f64::INFINITY);
    for pause in pauses::longer_than(&measurements.pauses, Seconds(limit)) {
        let text =
            format!("a silence of {:.1} s; over {limit} s a listener thinks you are gone", pause.length().0);
        findings.push(finding(
            &catalogue::LONG_PAUSE,
            Place::Time(pause),
            text,
            "join these sentences, or write down how the second begins",
        ));
    }
    findings
}

fn dead_air(recording: Interval, spoken: Interval) -> Vec<Finding> {
    let ends = [
        (Interval { start: recording.start, end: spoken.start }, "before you speak"),
        (Interval { start: spoken.end, end: recording.end }, "after your last word"),
    ];
    let silent = ends.into_iter().filter(|(silence, _)| DEAD_AIR < silence.length());
    silent
        .map(|(silence, when)| {
            let text = format!("{:.1} s of silence {when}", silence.length().0);
            finding(
                &catalogue::DEAD_AIR,
                Place::Time(silence),
                text,
                "start at the beep and hang up when you are done",
            )
        })
        .collect()
}

/// Phrases that fade from which it is a habit: one faint end in a message is nobody's fault; ours.
const MIN_TRAILING: usize = 2;

/// Phrases that sink below hearing, and a recording that stops in the middle of a sound.
fn endings(measurements: &Measurements) -> Vec<Finding> {
    let mut findings = Vec::new();
    if MIN_TRAILING <= measurements.trailing.len() {
        for end in &measurements.trailing {
            findings.push(finding(
                &catalogue::TRAILING_OFF,
                Place::Time(*end),
                match measurements.words_in(*end) {
                    words if words.is_empty() => {
                        "the end of this sentence sinks below the rest of it by more than 14 dB".to_owned()
                    }
                    words => {
                        format!("{} sinks below the rest of its sentence by more than 14 dB", quoted(&words))
                    }
                },
                "breathe before the sentence, and say its last word to somebody across the room",
            ));
        }
    }
    if let Some(end) = measurements.cut_off {
        findings.push(finding(
            &catalogue::CUT_OFF,
            Place::Time(end),
            "the recording ends in the middle of a sound".to_owned(),
            "wait for a breath after your last word before you stop or hang up",
        ));
    }
    findings
}

/// Findings about the recording as a whole, from its metrics.
fn whole(measurements: &Measurements) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut about = |meta, metric: &str, wanted: Band, text: &dyn Fn(f64) -> String, help: &str| {
        // What is only estimated is no ground for advice, but for a rate too high although syllables were missed.
        let estimated = metric == "speaking_rate" && measurements.is_estimated_pace();
        if let Some(value) = measurements.value(metric)
            && !(estimated && wanted == Band::Low)
            && band(measurements, metric) == Some(wanted)
        {
            findings.push(finding(meta, Place::Whole, text(value), help));
        }
    };
    about(
        &catalogue::TOO_FAST,
        "speaking_rate",
        Band::High,
        &|rate| format!("{rate:.0} words a minute; over 165 is hard to note down from"),
        "breathe at every full stop",
    );
    about(
        &catalogue::TOO_SLOW,
        "speaking_rate",
        Band::Low,
        &|rate| format!("{rate:.0} words a minute; under 120 sounds unsure"),
        SLOW_HELP,
    );
    about(
        &catalogue::MONOTONE,
        "pitch_sd",
        Band::Low,
        &|sd| format!("the pitch varies by {sd:.1} semitones; lively speech by 2.6 or more"),
        "smile, and say it as you would to a friend across the table",
    );
    about(
        &catalogue::TOO_LONG,
        "duration",
        Band::High,
        &|length| format!("{length:.0} s long; most guides say 30 s at most"),
        "keep who, why, what next and the number",
    );
    about(
        &catalogue::TOO_SHORT,
        "duration",
        Band::Low,
        &|length| format!("{length:.0} s long; most guides say 18 s or more"),
        "say who you are, why you call, what you ask for, and your number twice",
    );
    about(
        &catalogue::CLIPPED,
        "clipping_ratio",
        Band::High,
        &|ratio| format!("{:.2} % of the samples are clipped", ratio * 100.0),
        "move away from the microphone or turn its gain down",
    );
    about(
        &catalogue::TOO_QUIET,
        "level",
        Band::Low,
        &|level| format!("{level:.0} LUFS is quieter than most voicemail"),
        "come closer to the microphone",
    );
    about(
        &catalogue::NOISY,
        "snr",
        Band::Low,
        &|snr| format!("speech is only {snr:.0} dB above the noise"),
        "call from a quieter place",
    );
    findings
}

/// Of the syllables of slow speech, those that are found by sound; ours, from the median utterance of `make accuracy`.
const FOUND: f64 = 0.85;

/// Where no words are known, speech is slow if its syllables would be too few even with those that sound alone misses.
fn slow_by_sound(measurements: &Measurements) -> Option<Finding> {
    let low = Target::of("articulation_rate")?.low?;
    let rate = measurements.value("articulation_rate")?;
    (measurements.is_estimated_pace() && rate < FOUND * low).then(|| {
        let text = format!("some {rate:.1} syllables a second, pauses left out; under {low} sounds unsure");
        finding(&catalogue::TOO_SLOW, Place::Whole, text, SLOW_HELP)
    })
}

const SLOW_HELP: &str = "say each sentence in one go";

fn band(measurements: &Measurements, metric: &str) -> Option<Band> {
    Some(Target::of(metric)?.band(measurements.value(metric)?))
}
