//! What is heard in one recording, and what is made of it.

use std::path::Path;

use super::super::transcription;
use super::script::Script;
use super::{Prepared, redaction};
use crate::analysis::Hearing;
use crate::audio::{self, Channel, Extent, Listener, Peaks};
use crate::finding::Finding;
use crate::metrics::speaking_rate::unwritten;
use crate::metrics::{Measurements, Unmeasurable, Words, measure};
use crate::report::ReviewedFile;
use crate::report::plot::N_PEAKS;
use crate::report::record::{self, Record};
use crate::required;
use crate::scorecard::catalogue::TOO_SHORT;
use crate::scorecard::{self, Scorecard, Standards};
use crate::transcript::alignment::{self, Alignment, Reference, Said};
use crate::transcript::{OutsideRecording, Transcript};
use crate::units::{Interval, Seconds};

/// What was heard in a recording.
pub struct Heard {
    pub file: ReviewedFile,
    /// Largest magnitudes, for a picture.
    peaks: Vec<f32>,
    has_contour: bool,
}

impl Heard {
    pub fn record(&self) -> Record {
        Record::of(&self.file, &self.peaks, self.has_contour)
    }
}

/// What is known of a recording besides its sound.
pub struct Told<'a> {
    /// The one that was read, which need not be that of [`Prepared`].
    pub script: Option<&'a Script>,
    /// Made elsewhere; takes the place of one of ours.
    pub transcript: Option<Transcript>,
}

/// `shown`: what the recording is called in every output.
pub fn review(
    path: &Path,
    shown: &str,
    channel: Channel,
    told: Told,
    prepared: &Prepared,
) -> Result<Heard, String> {
    let Told { script, transcript } = told;
    let (mut file, ear) = audio::decode_to(path, channel, |extent| Ear::new(extent, prepared))
        .map_err(|error| error.to_string())?;
    let Ear { hearing, sound, peaks, fine_peaks } = ear;
    let peaks = peaks.into_values();
    let imported =
        transcript.map(|transcript| imported(transcript, prepared, hearing.duration())).transpose();
    let imported = imported.map_err(|error| format!("{}: {error}", path.display()))?;
    let analysis = hearing.analyse();
    file.notes.extend(note_of_signals(&analysis.signals));
    let heard = sound.map(|sound| prepared.words.transcribe(path, sound, &analysis.speech)).transpose()?;
    let transcript = imported.or(heard).map(|transcript| {
        let mut transcript = transcript.refined(&analysis.speech);
        transcript.notes.extend(note_of_unwritten(&transcript, &analysis.speech));
        transcript
    });
    let said = transcript.as_ref().map(|transcript| said(transcript, script));
    let source = match (transcript.as_ref().zip(said.as_ref()), script) {
        (Some((transcript, said)), _) => Words::Transcript { transcript, said },
        (None, Some(script)) => Words::Script { n_spoken: script.speech.n_words },
        (None, None) => Words::Unknown,
    };
    let measurements = measure(&analysis, source);
    let allowed = script.map_or(prepared.allowed, |script| script.allowed);
    let Standards { weights, targets } = prepared.standards.clone();
    let length = measurements.spoken.map(Interval::length);
    let standards = Standards { weights, targets: targets.allowing(allowed).lasting(length) };
    let (findings, scorecard) = judged(&measurements, script, file.is_incomplete, prepared, &standards);
    let mut file = ReviewedFile {
        path: shown.to_owned(),
        sample_rate_hz: file.sample_rate_hz,
        channels: file.channels,
        codec: file.codec,
        notes: file.notes,
        script: script.map(|script| script.linted.sequence.clone()),
        transcript,
        analysis,
        measurements,
        targets: standards.targets,
        findings,
        scorecard,
    };
    if prepared.redacts {
        redaction::redact(&mut file);
    }
    if let Some((plot, peaks)) = prepared.plot.as_ref().zip(fine_peaks) {
        plot.write(&file, &peaks.into_values())?;
    }
    Ok(Heard { file, peaks, has_contour: prepared.has_contour })
}

/// The transcript that was made elsewhere, of a recording that is so long.
fn imported(
    transcript: Transcript,
    prepared: &Prepared,
    duration: Seconds,
) -> Result<Transcript, OutsideRecording> {
    transcript.within(duration).map_err(|error| match prepared.redacts {
        true => OutsideRecording { text: HIDDEN.to_owned(), ..error },
        false => error,
    })
}

fn judged(
    measurements: &Measurements,
    script: Option<&Script>,
    is_incomplete: bool,
    prepared: &Prepared,
    standards: &Standards,
) -> (Vec<Finding>, Scorecard) {
    let mut findings = scorecard::findings(measurements, &standards.targets);
    if prepared.waits_at_end {
        findings.retain(|finding| !scorecard::is_silence_at_end(finding, measurements));
    }
    // Of half a file nobody knows how long the message was.
    findings.retain(|finding| !is_incomplete || finding.code != TOO_SHORT.code);
    // The words of a script that nobody read are no part of the score.
    let script_findings = match script {
        None => Err("no script was given (--script FILE)"),
        Some(_) if !was_read(measurements) => Err("probably another script was read than the one given"),
        Some(script) => Ok(script.linted.findings.as_slice()),
    };
    let script_findings = script_findings.map_err(|reason| Unmeasurable(reason.to_owned()));
    let scorecard = scorecard::grade(measurements, script_findings, &findings, standards);
    (findings, scorecard)
}

/// Is the script given probably the one that was read? What was heard is of it; where no words are known, as many fit.
fn was_read(measurements: &Measurements) -> bool {
    match &measurements.said {
        Some(said) => !said.against_script.as_ref().is_some_and(Alignment::is_of_another_script),
        None => measurements.value("speaking_rate").is_some(),
    }
}

/// What was said, beside the script that was read.
fn said(transcript: &Transcript, script: Option<&Script>) -> Said {
    let message = script.and_then(|script| script.linted.sequence.messages.first().zip(Some(script)));
    let (required, sections) = message.map(|(message, _)| required::of(message)).unwrap_or_default();
    let reference = message.map(|(message, script)| Reference {
        source: &script.linted.source,
        message,
        required: &required,
        sections: &sections,
    });
    let n_asks = required::n_asks(transcript, message.map(|(message, _)| message));
    alignment::said(transcript, reference, n_asks)
}

/// What a review makes of a recording while it is decoded.
struct Ear<'a> {
    hearing: Hearing,
    sound: Option<transcription::Sound<'a>>,
    peaks: Peaks,
    /// For a plot.
    fine_peaks: Option<Peaks>,
}

impl<'a> Ear<'a> {
    fn new(extent: Extent, prepared: &'a Prepared) -> Self {
        let peaks = |n_parts| Peaks::new(extent.n_samples, n_parts);
        Self {
            hearing: Hearing::new(extent),
            sound: prepared.words.listen(extent.sample_rate_hz),
            peaks: peaks(record::n_columns(extent.duration())),
            fine_peaks: prepared.plot.as_ref().map(|_| peaks(N_PEAKS)),
        }
    }
}

impl Listener for Ear<'_> {
    fn hear(&mut self, samples: &[f32]) {
        self.hearing.hear(samples);
        self.peaks.hear(samples);
        if let Some(sound) = &mut self.sound {
            sound.hear(samples);
        }
        if let Some(peaks) = &mut self.fine_peaks {
            peaks.hear(samples);
        }
    }
}

/// Signals that a note names one by one.
const MAX_SIGNALS: usize = 4;

/// In the place of a word that is not shown.
const HIDDEN: &str = "…";

/// What is left out of every number is said.
fn note_of_signals(signals: &[Interval]) -> Option<String> {
    let shown = signals.iter().take(MAX_SIGNALS);
    let mut times: Vec<String> = shown.map(|one| format!("{:.1}–{:.1}", one.start.0, one.end.0)).collect();
    if MAX_SIGNALS < signals.len() {
        times.push("…".to_owned());
    }
    (!signals.is_empty())
        .then(|| format!("a beep, keys or a line's tones are left out, at {} s", times.join(", ")))
}

fn note_of_unwritten(transcript: &Transcript, speech: &[Interval]) -> Option<String> {
    let unwritten = unwritten(transcript, speech);
    let times: Vec<String> =
        unwritten.iter().map(|gap| format!("{:.1}–{:.1}", gap.start.0, gap.end.0)).collect();
    (!times.is_empty()).then(|| {
        let times = times.join(", ");
        format!("it has no words at {times} s, where somebody speaks; is it all that was said?")
    })
}
