//! What is worth changing in a recording, each with its seconds.

use super::MIN_SPEECH;
use super::catalogue::{self, FindingMeta};
use super::targets::{Band, Targets};
use super::word_findings::{self, quoted};
use crate::config::{Limits, TargetEnds};
use crate::finding::{Finding, Place};
use crate::metrics::{Measurements, endings, flat_stretches, pauses};
use crate::units::{Interval, Seconds, beside, counted};

/// Times named in one finding; the picture and the JSON have them all.
pub(super) const MAX_TIMES: usize = 6;

/// Silence before the first word, and after the last, that a listener takes for a dead line; ours.
const DEAD_AIR: Seconds = Seconds(2.0);

/// In the order of their places, those about the whole recording last.
pub fn findings(measurements: &Measurements, targets: &Targets) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(spoken) = measurements.spoken.filter(|_| !measurements.is_tonal) {
        findings.extend(places(measurements, targets));
        findings.extend(dead_air(measurements.recording, spoken));
        findings.extend(endings(measurements));
        findings.extend(WHOLE.iter().filter_map(|whole| whole.of(measurements, targets)));
        findings.extend(slow_by_sound(measurements, targets));
        findings.extend(drowned(measurements));
        findings.extend(word_findings::findings(measurements, targets));
    }
    // Each of them is told only where there are more than the target has.
    for (meta, metric) in COUNTED {
        let is_found = band(measurements, targets, metric) == Some(Band::High);
        findings.retain(|finding| is_found || finding.code != meta.code);
    }
    // Of a word or two nobody says how they were said.
    if measurements.speech < MIN_SPEECH {
        findings.retain(|finding| !OF_SPEAKING.iter().any(|meta| meta.code == finding.code));
    }
    findings.sort_by(|a, b| start(a).total_cmp(&start(b)));
    findings
}

/// What is told one by one, with the metric that counts it.
static COUNTED: [(&FindingMeta, &str); 3] = [
    (&catalogue::FLAT_STRETCH, "flat_stretches"),
    (&catalogue::RESTART, "restart_count"),
    (&catalogue::FILLER_WORD, "filler_word_count"),
];

/// What is said of pace and pitch.
const OF_SPEAKING: [&FindingMeta; 4] =
    [&catalogue::TOO_FAST, &catalogue::TOO_SLOW, &catalogue::MONOTONE, &catalogue::FLAT_STRETCH];

fn start(finding: &Finding) -> f64 {
    match finding.place {
        Place::Time(interval) => interval.start.0,
        Place::Text(_) | Place::Whole => f64::INFINITY,
    }
}

pub(super) fn finding(meta: &'static FindingMeta, place: Place, text: String, help: &str) -> Finding {
    let FindingMeta { code, name, severity, .. } = *meta;
    Finding {
        code,
        name,
        severity,
        place,
        text,
        help: Some(help.to_owned()),
        fix: None,
        message: 0,
        is_of_message: false,
    }
}

/// Findings about a stretch of the recording.
fn places(measurements: &Measurements, targets: &Targets) -> Vec<Finding> {
    let mut findings: Vec<Finding> = filled_pauses(measurements, targets).into_iter().collect();
    findings.extend(measurements.flat_stretches.iter().map(|stretch| flat_stretch(measurements, *stretch)));
    findings.extend(measurements.speed_ups.iter().map(|stretch| {
        let text = format!("{:.1} s said nearly twice as fast as the rest of the take", stretch.length().0);
        let help = "say this stretch as slowly as your first sentence";
        finding(&catalogue::TOO_FAST, Place::Time(*stretch), text, help)
    }));
    findings.extend(long_pauses(measurements, targets));
    findings
}

fn filled_pauses(measurements: &Measurements, targets: &Targets) -> Option<Finding> {
    let counted: Vec<_> = measurements.filled_pauses.iter().filter(|event| event.counted).collect();
    if band(measurements, targets, "filled_pause_count") != Some(Band::High) {
        return None;
    }
    let help = "know your next sentence before you start it; let silence stand where the um was";
    let n_known = measurements.value("filled_pause_count").unwrap_or_default() as usize;
    if counted.len() < n_known {
        let text = format!("{n_known} filled pauses (um, uh) in the transcript, which does not say when");
        return Some(finding(&catalogue::FILLED_PAUSES, Place::Whole, text, help));
    }
    let (first, last) = (counted.first()?, counted.last()?);
    let shown = counted.iter().take(MAX_TIMES);
    let mut times: Vec<String> = shown.map(|event| format!("{:.1}", event.interval.start.0)).collect();
    if MAX_TIMES < counted.len() {
        times.push("…".to_owned());
    }
    let text = format!("{} filled pauses (um, uh), at {} s", counted.len(), times.join(", "));
    let place = Place::Time(Interval { start: first.interval.start, end: last.interval.end });
    Some(finding(&catalogue::FILLED_PAUSES, place, text, help))
}

fn flat_stretch(measurements: &Measurements, stretch: Interval) -> Finding {
    let words = measurements.words_in(stretch);
    let said = if words.is_empty() { String::new() } else { format!(", {}", quoted(&words)) };
    let length = stretch.length().0;
    let within = flat_stretches::MAX_MOVEMENT.0;
    let text = format!("{length:.1} s on one note{said}: the pitch stays within {within} semitones");
    let help = "pick the one word of this stretch that matters and lift it";
    finding(&catalogue::FLAT_STRETCH, Place::Time(stretch), text, help)
}

fn long_pauses(measurements: &Measurements, targets: &Targets) -> impl Iterator<Item = Finding> {
    let limit = targets.of("longest_pause").and_then(|target| target.high).unwrap_or(f64::INFINITY);
    pauses::longer_than(&measurements.pauses, Seconds(limit)).into_iter().map(move |pause| {
        let length = beside(pause.length().0, limit, 1);
        let text = format!("a silence of {length} s; over {limit} s a listener thinks you are gone");
        let help = "join these sentences, or write down how the second begins";
        finding(&catalogue::LONG_PAUSE, Place::Time(pause), text, help)
    })
}

fn dead_air(recording: Interval, spoken: Interval) -> Vec<Finding> {
    let ends = [
        (Interval { start: recording.start, end: spoken.start }, "before you speak"),
        (Interval { start: spoken.end, end: recording.end }, "after your last word"),
    ];
    let silent = ends.into_iter().filter(|(silence, _)| DEAD_AIR < silence.length());
    silent
        .map(|(silence, when)| {
            let text = format!("nobody speaks for {:.1} s {when}", silence.length().0);
            finding(
                &catalogue::DEAD_AIR,
                Place::Time(silence),
                text,
                "start at the beep and hang up when you are done",
            )
        })
        .collect()
}

/// Is it the silence after the last word?
pub fn is_silence_at_end(finding: &Finding, measurements: &Measurements) -> bool {
    let is_after = |silence: Interval| measurements.spoken.is_some_and(|spoken| spoken.end <= silence.start);
    finding.code == catalogue::DEAD_AIR.code && matches!(finding.place, Place::Time(at) if is_after(at))
}

/// Phrases that fade from which it is a habit: one faint end in a message is nobody's fault; ours.
const MIN_TRAILING: usize = 2;

/// Phrases that sink below hearing, and a recording that stops in the middle of a sound.
fn endings(measurements: &Measurements) -> Vec<Finding> {
    let mut findings = Vec::new();
    if MIN_TRAILING <= measurements.trailing.len() {
        for end in &measurements.trailing {
            let (what, whole) = match measurements.words_in(*end) {
                words if words.is_empty() => ("the end of this sentence".to_owned(), "it"),
                words => (quoted(&words), "its sentence"),
            };
            let faint = endings::FAINT.0;
            findings.push(finding(
                &catalogue::TRAILING_OFF,
                Place::Time(*end),
                format!("{what} sinks below the rest of {whole} by more than {faint} dB"),
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

/// A finding about the recording as a whole where a metric lies on one side of its target.
struct Whole {
    meta: &'static FindingMeta,
    metric: &'static str,
    side: Band,
    /// Of the value and the limit that it is beyond.
    text: fn(&Measurements, f64, f64) -> String,
    help: &'static str,
}

static WHOLE: &[Whole] = &[
    Whole {
        meta: &catalogue::TOO_FAST,
        metric: "speaking_rate",
        side: Band::High,
        text: |it, rate, limit| format!("{}; over {limit} is hard to note down from", pace(it, rate, limit)),
        help: "breathe at every full stop",
    },
    Whole {
        meta: &catalogue::TOO_SLOW,
        metric: "speaking_rate",
        side: Band::Low,
        text: |it, rate, limit| format!("{}; under {limit} sounds unsure", pace(it, rate, limit)),
        help: SLOW_HELP,
    },
    Whole {
        meta: &catalogue::MONOTONE,
        metric: "pitch_sd",
        side: Band::Low,
        text: |_, sd, limit| {
            let sd = beside(sd, limit, 1);
            format!("the pitch varies by {sd} semitones; lively speech by {limit} or more")
        },
        help: "smile, and say it as you would to a friend across the table",
    },
    Whole {
        meta: &catalogue::LONG_PAUSE,
        metric: "phonation_ratio",
        side: Band::Low,
        text: |it, ratio, limit| {
            let silence = beside(100.0 * (1.0 - ratio), 100.0 * (1.0 - limit), 0);
            let pauses = counted(it.pauses.len(), "pause", "pauses");
            format!(
                "{silence} % of the time nobody speaks, in {pauses}; {:.0} % at most is usual",
                100.0 * (1.0 - limit)
            )
        },
        help: "join what belongs together, and pause after who you are, the reason and the number",
    },
    Whole {
        meta: &catalogue::NO_PAUSES,
        metric: "phonation_ratio",
        side: Band::High,
        text: |_, ratio, limit| {
            format!(
                "hardly a pause: somebody speaks {} % of the time",
                beside(100.0 * ratio, 100.0 * limit, 0)
            )
        },
        help: "stop after who you are, after the reason, and around the number: half a second each",
    },
    Whole {
        meta: &catalogue::TOO_LONG,
        metric: "duration",
        side: Band::High,
        text: |_, length, limit| {
            let length = beside(length, limit, 0);
            match limit == Limits::default().max_seconds {
                true => format!("{length} s long; most guides say {limit} s at most"),
                false => format!("{length} s long; it may take {limit} s"),
            }
        },
        help: "keep who, why, what next and the number",
    },
    Whole {
        meta: &catalogue::TOO_SHORT,
        metric: "duration",
        side: Band::Low,
        text: |_, length, limit| {
            let length = beside(length, limit, 0);
            match limit == TargetEnds::default().duration_low {
                true => format!("{length} s long; most guides say {limit} s or more"),
                false => format!("{length} s long; {limit} s or more are asked for"),
            }
        },
        help: "say who you are, why you call, what you ask for, and your number twice",
    },
    Whole {
        meta: &catalogue::CLIPPED,
        metric: "clipping_ratio",
        side: Band::High,
        text: |_, ratio, limit| {
            format!("{} % of the samples are clipped", beside(100.0 * ratio, 100.0 * limit, 2))
        },
        help: "move away from the microphone or turn its gain down",
    },
    Whole {
        meta: &catalogue::TOO_LOUD,
        metric: "level",
        side: Band::High,
        text: |_, level, limit| format!("{} LUFS is louder than most voicemail", beside(level, limit, 0)),
        help: "move away from the microphone or turn its gain down",
    },
    Whole {
        meta: &catalogue::TOO_QUIET,
        metric: "level",
        side: Band::Low,
        text: |_, level, limit| format!("{} LUFS is quieter than most voicemail", beside(level, limit, 0)),
        help: "come closer to the microphone",
    },
    Whole {
        meta: &catalogue::NOISY,
        metric: "snr",
        side: Band::Low,
        text: |measurements, snr, limit| {
            let is_guessed = measurements.get("snr").is_some_and(|snr| snr.indicative.is_some());
            let probably = if is_guessed { "probably " } else { "" };
            format!("speech is {probably}only {} dB above the noise", beside(snr, limit, 0))
        },
        help: "call from a quieter place",
    },
];

impl Whole {
    fn of(&self, measurements: &Measurements, targets: &Targets) -> Option<Finding> {
        let target = targets.of(self.metric)?;
        let value = measurements.value(self.metric)?;
        // What is only estimated is no ground for advice, but for a rate too high although syllables were missed.
        let is_guessed =
            self.metric == "speaking_rate" && self.side == Band::Low && measurements.is_estimated_pace();
        // Half a message is no short one.
        let is_half = self.meta.code == catalogue::TOO_SHORT.code && measurements.cut_off.is_some();
        // A sentence is said in one breath.
        let is_breath = self.meta.code == catalogue::NO_PAUSES.code
            && measurements.spoken.is_none_or(|spoken| spoken.length() < ONE_BREATH);
        let is_found = target.band(value) == self.side
            && !is_guessed
            && !is_half
            && !is_breath
            && !self.is_mended_by_pace(measurements, targets, value)
            && !self.is_told_by_one(measurements, targets);
        let limit = target.limit_beyond(value).filter(|_| is_found)?;
        Some(finding(self.meta, Place::Whole, (self.text)(measurements, value, limit), self.help))
    }

    /// Is there a single pause that is told?
    fn is_told_by_one(&self, measurements: &Measurements, targets: &Targets) -> bool {
        self.meta.code == catalogue::LONG_PAUSE.code
            && band(measurements, targets, "longest_pause") == Some(Band::High)
    }

    /// Would the length be right at the right pace?
    fn is_mended_by_pace(&self, measurements: &Measurements, targets: &Targets, length: f64) -> bool {
        let Some((pace, target)) = measurements.value("speaking_rate").zip(targets.of("speaking_rate"))
        else {
            return false;
        };
        let Some(limit) = target.limit_beyond(pace).filter(|_| self.metric == "duration") else {
            return false;
        };
        let length = targets.of("duration").map(|duration| duration.band(length * pace / limit));
        length != Some(self.side) && (self.side == Band::Low) == (target.band(pace) == Band::High)
    }
}

/// What can be said in one; ours.
const ONE_BREATH: Seconds = Seconds(10.0);

/// Speech whose syllables cannot be told apart, and nothing beside it to say how loud the noise is.
fn drowned(measurements: &Measurements) -> Option<Finding> {
    let is_known = |name| measurements.value(name).is_some();
    (MIN_SYLLABLES_SPEECH <= measurements.speech && !is_known("snr") && !is_known("articulation_rate")).then(
        || {
            let text = "hardly a syllable can be made out: probably noise covers the speech".to_owned();
            finding(&catalogue::NOISY, Place::Whole, text, "call from a quieter place")
        },
    )
}

/// Speech in which syllables are sure to be; ours.
const MIN_SYLLABLES_SPEECH: Seconds = Seconds(5.0);

/// Of the syllables of slow speech, those that are found by sound; ours, from the median utterance of `make accuracy`.
const FOUND: f64 = 0.85;
/// Speech in which errors of single syllables even out: of read utterances of 2 to 9 s that seemed so slow, one in eight was
/// not.
const LONG_ENOUGH: Seconds = Seconds(8.0);

/// Where no words are known, speech is slow if its syllables would be too few even with those that sound alone misses.
fn slow_by_sound(measurements: &Measurements, targets: &Targets) -> Option<Finding> {
    let low = targets.of("articulation_rate")?.low?;
    let rate = measurements.value("articulation_rate")?;
    // A held *um* is one syllable of many.
    let held = measurements.filled_pauses.iter().filter(|event| event.counted).map(|event| event.interval);
    let (n_held, held) = (held.clone().count() as f64, held.map(|event| event.length().0).sum::<f64>());
    let fluent = measurements.speech.0 - held;
    let fluent_rate = (rate * measurements.speech.0 - n_held) / fluent;
    let is_slow = rate.max(fluent_rate) < FOUND * low;
    (measurements.is_estimated_pace() && LONG_ENOUGH.0 <= fluent && is_slow).then(|| {
        let text = format!("some {rate:.1} syllables a second, pauses left out; under {low} sounds unsure");
        finding(&catalogue::TOO_SLOW, Place::Whole, text, SLOW_HELP)
    })
}

/// A rate and what it rests on.
fn pace(measurements: &Measurements, rate: f64, limit: f64) -> String {
    let rate = beside(rate, limit, 0);
    let basis = measurements.get("speaking_rate").and_then(|rate| rate.indicative.as_deref());
    match basis {
        None => format!("{rate} words a minute"),
        Some(_) if measurements.is_estimated_pace() => format!("some {rate} words a minute"),
        Some(basis) => format!("{rate} words a minute {basis}"),
    }
}

const SLOW_HELP: &str = "say each sentence in one go";

fn band(measurements: &Measurements, targets: &Targets, metric: &str) -> Option<Band> {
    Some(targets.of(metric)?.band(measurements.value(metric)?))
}
