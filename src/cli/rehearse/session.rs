//! What all takes of one rehearsal share: the script, the settings, the folder, the history.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::Arguments;
use crate::audio::capture::Capture;
use crate::audio::{Channel, playback};
use crate::cli::review::{self, Heard, Told};
use crate::cli::{Outcome, complain, interruption, look, paths, standard_output};
use crate::finding::Severity;
use crate::metrics::ANALYSIS_VERSION;
use crate::rehearsal::history::History;
use crate::rehearsal::live::Live;
use crate::rehearsal::name::Subject;
use crate::rehearsal::recording::{self, Arrived, End, Recorded};
use crate::rehearsal::{Entry, Number, Take, Takes};
use crate::report::{self, LintedFile, ReviewedFile, fingerprint};
use crate::units::Seconds;

pub struct Session<'a> {
    pub arguments: &'a Arguments,
    pub prepared: review::Prepared,
    pub takes: Takes,
    pub interrupted: &'static AtomicBool,
    /// The takes of this rehearsal that were kept, in order.
    pub kept: Vec<Entry>,
    /// A take that was on disk when the rehearsal was left, and is not scored.
    pub unheard: Option<PathBuf>,
    history: Option<History>,
    /// Absolute, so that it is the same from every folder.
    script: Option<PathBuf>,
    script_hash: Option<String>,
}

/// A take with its review; on disk in any case.
pub struct Reviewed {
    pub heard: Heard,
    pub entry: Entry,
    /// The take before it, to compare with.
    pub previous: Option<Entry>,
}

impl<'a> Session<'a> {
    /// Everything that can fail does so before the first word, but for what happens to the device and the disk.
    pub fn new(arguments: &'a Arguments) -> Result<Self, String> {
        let mut prepared = review::Prepared::new(&arguments.review)?;
        prepared.waits_at_end = arguments.until_silence.is_some() || arguments.duration.is_some();
        let takes = Takes::open(arguments.folder.as_deref()).map_err(|error| error.to_string())?;
        let interrupted = interruption::catch()?;
        Ok(Self {
            script: arguments.review.script.as_deref().map(paths::target),
            script_hash: prepared.script.as_ref().map(|script| fingerprint::of_text("script", &script.text)),
            history: if arguments.no_history { None } else { history() },
            arguments,
            prepared,
            takes,
            interrupted,
            kept: Vec::new(),
            unheard: None,
        })
    }

    /// Prints the errors of the script, and says whether they stand in the way.
    pub fn shows_errors(&self) -> io::Result<bool> {
        let Some(script) = &self.prepared.script else { return Ok(false) };
        let mut linted = script.linted.clone();
        linted.findings.retain(|finding| finding.severity == Severity::Error);
        if linted.findings.is_empty() {
            return Ok(false);
        }
        let files: [LintedFile; 1] = [linted];
        if self.arguments.force {
            report::full::write(&mut anstream::stderr(), &files, look())?;
            return Ok(false);
        }
        report::full::write(&mut standard_output(), &files, look())?;
        complain("mend the script first, or record it as it is with --force");
        Ok(true)
    }

    pub fn longest(&self) -> Seconds {
        Seconds(self.arguments.duration.unwrap_or(self.arguments.max_seconds))
    }

    /// Has nobody spoken for as long as `--until-silence` says?
    pub fn is_silent(&self, live: &Live) -> bool {
        let longest = self.arguments.until_silence;
        longest.is_some_and(|longest| live.silence.is_some_and(|silence| longest <= silence.0))
    }

    pub fn open_device(&self) -> Result<Capture, String> {
        Capture::open(self.arguments.device.as_deref(), self.longest()).map_err(|error| error.to_string())
    }

    /// Plays the beep. Without a loudspeaker there is none, and the rehearsal goes on.
    pub fn beep(&self) -> Result<(), String> {
        if self.arguments.no_beep {
            return Ok(());
        }
        playback::play(&playback::beep(), |_| true).map_err(|error| format!("no beep: {error}"))
    }

    /// What takes of this rehearsal are called after.
    pub fn subject(&self) -> Subject {
        match &self.arguments.review.script {
            Some(script) => Subject::message(script, self.arguments.review.message),
            None => Subject::FREE,
        }
    }

    pub fn record(
        &self,
        capture: &mut Capture,
        listener: impl FnMut(Arrived) -> ControlFlow<()>,
    ) -> Result<Recorded, String> {
        let take = self.takes.begin(&self.subject(), capture.sample_rate_hz());
        let take = take.map_err(|error| error.to_string())?;
        recording::record(capture, take, listener).map_err(|error| error.to_string())
    }

    /// Sets a take that was listened to beside the one before it.
    pub fn reviewed(&self, path: &Path, heard: Heard) -> Reviewed {
        let entry = self.entry(path, &heard.file);
        Reviewed { heard, entry, previous: self.previous() }
    }

    fn entry(&self, path: &Path, file: &ReviewedFile) -> Entry {
        let numbers = file.measurements.list.iter().map(|measurement| Number {
            name: measurement.name.to_owned(),
            unit: measurement.unit.to_owned(),
            value: measurement.value.clone().map_err(|reason| reason.to_string()),
        });
        Entry {
            recorded_at: Timestamp::now(),
            path: path.to_owned(),
            script: self.script.clone(),
            message: self.arguments.review.message,
            script_hash: self.script_hash.clone(),
            analysis_version: ANALYSIS_VERSION,
            score: file.scorecard.score(),
            numbers: numbers.collect(),
        }
    }

    /// The take before: of this rehearsal, or of an earlier one. What another version of the analysis measured is not
    /// compared.
    fn previous(&self) -> Option<Entry> {
        let of_history = || {
            let latest = self.history.as_ref()?.latest(self.script.as_deref(), self.arguments.review.message);
            latest.unwrap_or_else(|error| {
                complain(error);
                None
            })
        };
        let previous = self.kept.last().cloned().or_else(of_history);
        previous.filter(|entry| entry.analysis_version == ANALYSIS_VERSION)
    }

    /// Remembers a take. It is kept even when it cannot be remembered: then the reason is given.
    pub fn keep(&mut self, entry: Entry) -> Result<(), String> {
        let remembered = self.history.as_mut().map_or(Ok(()), |history| history.add(&entry));
        self.kept.push(entry);
        remembered.map_err(|error| error.to_string())
    }

    pub fn discard(&self, entry: &Entry) -> Result<(), String> {
        let stem = entry.path.file_name().unwrap_or_default().to_string_lossy();
        let take: Take = self.takes.find(&stem).map_err(|error| error.to_string())?;
        self.takes.remove(&take).map_err(|error| error.to_string())
    }

    /// Is a drill over, or was it none?
    pub fn is_over(&self) -> bool {
        let enough = self.arguments.takes.is_some_and(|wanted| wanted as usize <= self.kept.len());
        let is_drill = self.arguments.takes.is_some() || self.arguments.target.is_some();
        enough || self.has_reached_target() || !is_drill
    }

    fn has_reached_target(&self) -> bool {
        let score = self.kept.last().and_then(|entry| entry.score);
        self.arguments.target.is_some_and(|target| score.is_some_and(|score| target <= score))
    }

    /// How it ends, by the score of the last take.
    pub fn outcome(&self) -> Outcome {
        let Some(last) = self.kept.last() else { return Outcome::Clean };
        let has_missed = self.arguments.target.is_some() && !self.has_reached_target();
        if has_missed || self.arguments.review.fails(last.score) { Outcome::Findings } else { Outcome::Clean }
    }
}

/// Listens to a take.
pub fn listen(path: &Path, prepared: &review::Prepared) -> Result<Heard, String> {
    let told = Told { script: prepared.script.as_ref(), transcript: None };
    review::review(path, &path.display().to_string(), Channel::Mix, told, prepared)
}

/// Takes are kept without a history where there can be none.
fn history() -> Option<History> {
    match History::open() {
        Ok((history, damaged)) => {
            if let Some(aside) = damaged {
                complain(format_args!(
                    "the history was damaged; it is kept as {}, and a new one is begun",
                    aside.display()
                ));
            }
            Some(history)
        }
        Err(error) => {
            complain(format_args!("scores are not remembered: {error}"));
            None
        }
    }
}

/// What was lost of a take, one sentence each.
pub fn losses(capture: &Capture) -> Vec<String> {
    let mut losses = Vec::new();
    let lost = capture.n_dropped() as f64 / f64::from(capture.sample_rate_hz());
    if lost > 0.0 {
        losses.push(format!("{lost:.2} s of sound were lost because the disk was too slow"));
    }
    if capture.n_overruns() > 0 {
        let n_overruns = capture.n_overruns();
        let times = if n_overruns == 1 { "once".to_owned() } else { format!("{n_overruns} times") };
        losses.push(format!("sound was lost {times} because the computer was too busy"));
    }
    losses
}

/// Why a take ended early, if it did.
pub fn early_end(recorded: &Recorded) -> Option<String> {
    match &recorded.end {
        End::Broke(error) => Some(error.to_string()),
        End::Unwritable(error) => Some(error.to_string()),
        End::Asked | End::Full if recorded.path.is_none() => {
            Some("nothing was recorded: it was stopped before any sound arrived".to_owned())
        }
        End::Asked | End::Full => None,
    }
}
