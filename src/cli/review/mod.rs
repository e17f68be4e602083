//! `afterbeep review`.

pub mod batch;
mod cache;
mod in_order;
pub mod labelling;
mod outputs;
mod pruning;
pub mod recordings;
mod redaction;
mod sound;

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::config_files::{ConfigFiles, Flags};
use super::data_files::data_of;
use super::filling::Filling;
use super::input::Input;
use super::plot::Plot;
use super::selection::Linters;
use super::{Outcome, complain, refuse, replacing, transcription};
use crate::analysis::Hearing;
use crate::audio::{self, Channel, Extent, Listener, Peaks};
use crate::config::Config;
use crate::finding::{Finding, Place, Span};
use crate::lint::Linter;
use crate::metrics::speaking_rate::unwritten;
use crate::metrics::{Measurements, Words, measure};
use crate::report::plot::N_PEAKS;
use crate::report::record::{self, Record};
use crate::report::{LintedFile, ReviewedFile};
use crate::required;
use crate::scorecard::catalogue::TOO_SHORT;
use crate::scorecard::targets::{Allowed, Targets};
use crate::scorecard::{self, Scorecard, Standards};
use crate::script::{self, FrontMatter, Message, speech, speech::Speech};
use crate::transcript::alignment::{self, Alignment, Reference, Said};
use crate::transcript::{OutsideRecording, Transcript};
use crate::units::{Interval, Seconds, beside, counted};
pub use batch::Batch;
#[cfg(feature = "record")]
pub use outputs::terminal_width;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    recordings: recordings::Arguments,
    /// Listen to this channel only, counted from 1; without it channels are mixed
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
    /// What was said, transcribed elsewhere: JSON of whisper.cpp, WhisperX, OpenAI, Deepgram, Amazon, Google or AssemblyAI, SRT, VTT, TSV, CTM, TextGrid, text
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    transcript: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    labelling: labelling::Arguments,
    #[command(flatten)]
    outputs: outputs::Arguments,
    #[command(flatten)]
    batch: batch::Arguments,
}

/// What a review is told besides the recordings; `rehearse` takes the same.
#[derive(clap::Args)]
pub struct Options {
    /// The script that was read: its words give the pace, its lint the words' share of the score
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
    /// Which message of the script, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub message: usize,
    #[command(flatten)]
    pub filling: Filling,
    /// How results are printed; without it full, and nothing beside --report or --events
    #[arg(long, value_enum)]
    pub output_format: Option<Format>,
    /// What else is in the JSON
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    include: Vec<Include>,
    /// Draw the recording into this file, SVG or PNG by its name: waveform, pitch, intensity, words
    #[arg(long, value_name = "FILE", value_parser = Plot::parse)]
    plot: Option<Plot>,
    /// Exit with 1 when a score is below this (0 to 100), or there is none
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub fail_under: Option<f64>,
    /// Hide names, numbers and e-mail addresses of transcripts, and clients of labels and paths, in every output
    #[arg(long)]
    pub redact: bool,
    #[command(flatten)]
    transcription: transcription::ModelArguments,
    /// Take no notice of any afterbeep.toml
    #[arg(long)]
    isolated: bool,
}

/// Of the commands that print no table.
pub const TEXT_OR_JSON: &str = "How results are printed: full, json or jsonl";

#[derive(Clone, Copy, ValueEnum, PartialEq)]
pub enum Format {
    /// The picture, the score, the three changes, the numbers
    Full,
    /// One object a recording, over several lines
    Json,
    /// One object a recording, on one line
    Jsonl,
    /// A table: one row a recording, one column a metric
    Csv,
    /// The worst first, and what most often goes wrong: for a pull request or a chat
    Markdown,
    /// The page that --report writes
    Html,
    /// The table as Parquet (a build with the feature `parquet`)
    Parquet,
}

#[derive(Clone, Copy, ValueEnum, PartialEq)]
enum Include {
    /// Pitch, its strength and intensity every 5 ms: `contour`
    Contour,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match prepare(arguments) {
        Ok((prepared, batch)) => batch.run(&prepared, &arguments.outputs),
        Err(error) => Ok(refuse(error)),
    }
}

fn prepare(arguments: &Arguments) -> Result<(Prepared, Batch<'_>), String> {
    let Arguments { options, transcript, .. } = arguments;
    let prepared = Prepared::new(options)?;
    arguments.outputs.check(options)?;
    let found = arguments.recordings.find()?;
    if found.recordings.len() > 1 {
        let of_one = [(transcript.is_some(), "--transcript"), (options.plot.is_some(), "--plot")];
        if let Some((_, flag)) = of_one.iter().find(|(is_given, _)| *is_given) {
            let n = found.recordings.len();
            return Err(format!(
                "{flag} FILE is of one recording, and there are {n}; review them one at a time"
            ));
        }
    }
    refuse_overwriting(arguments, &found.recordings, &prepared)?;
    let transcript = transcript.as_deref().map(transcription::imported).transpose()?;
    let prepared = Prepared { transcript, ..prepared };
    let (labelling, channel) = (&arguments.labelling, arguments.channel);
    let batch = Batch::new(found, channel, options, labelling, &arguments.batch, &prepared)?;
    Ok((prepared, batch))
}

fn refuse_overwriting(
    arguments: &Arguments,
    recordings: &[PathBuf],
    prepared: &Prepared,
) -> Result<(), String> {
    let plot = arguments.options.plot.iter().map(|plot| ("--plot", plot.path()));
    let outputs: Vec<(&str, &Path)> = arguments.outputs.files().chain(plot).collect();
    let Arguments { options, transcript, labelling, .. } = arguments;
    let read = [&options.script, transcript, &labelling.metadata, &arguments.recordings.files_from];
    let of_script = prepared.script.as_ref().and_then(|script| {
        let front_matter = &script.linted.sequence.front_matter;
        data_of(&Input::File(options.script.clone()?), front_matter)
    });
    let scripts = labelling.script_files();
    let inputs = recordings.iter().chain(read.into_iter().flatten()).chain(&of_script).chain(&scripts);
    replacing::refuse_overwriting(&outputs, inputs.map(PathBuf::as_path))
}

/// Everything a review needs besides the sound: what is wrong with it is known before anybody speaks.
pub struct Prepared {
    pub standards: Standards,
    /// What no script decides.
    pub allowed: Allowed,
    pub script: Option<Script>,
    words: transcription::Words,
    /// Made elsewhere; takes the place of one of ours.
    transcript: Option<Transcript>,
    redacts: bool,
    has_contour: bool,
    plot: Option<Plot>,
    /// The recording goes on until nobody has spoken for a while.
    pub waits_at_end: bool,
}

impl Prepared {
    pub fn new(options: &Options) -> Result<Self, String> {
        let input = match &options.script {
            Some(path) => Input::File(path.clone()),
            None => Input::Standard { name: String::new() },
        };
        let linters = linters(options, &input)?;
        if options.script.is_none() && options.message != 1 {
            return Err("--message is of a script: name it with --script".to_owned());
        }
        let script = match options.script {
            Some(_) => Some(script(&options.filling, &input, options.message, &linters)?),
            None => options.filling.refuse_without_script().map(|()| None)?,
        };
        let is_json = matches!(options.output_format, Some(Format::Json | Format::Jsonl));
        if !options.include.is_empty() && !is_json {
            return Err("--include adds to the JSON: give --output-format json or jsonl as well".to_owned());
        }
        let linter = linters.linter(&input, None).map_err(|error| error.to_string())?;
        Ok(Self {
            allowed: allowed(&linter, &FrontMatter::default()),
            standards: standards(&linters.governor(&input).config)?,
            script,
            words: transcription::Words::prepare(&options.transcription)?,
            transcript: None,
            redacts: options.redact,
            has_contour: options.include.contains(&Include::Contour),
            plot: options.plot.clone(),
            waits_at_end: false,
        })
    }

    /// Does a review give nothing but what is kept of it?
    fn may_be_kept(&self) -> bool {
        self.transcript.is_none() && !self.has_contour && self.plot.is_none()
    }
}

pub fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=100.0).contains(&score) => Ok(score),
        _ => Err("a number from 0 to 100".to_owned()),
    }
}

impl Options {
    /// Is this score below `--fail-under`? What could not be graded has not passed either.
    pub fn fails(&self, score: Option<f64>) -> bool {
        self.fail_under.is_some_and(|limit| score.is_none_or(|score| score < limit))
    }

    /// A score that is printed as high as `--fail-under` and is below it.
    fn tell_of_rounding(&self, path: &str, score: Option<f64>) {
        if let (Some(limit), Some(score)) = (self.fail_under, score)
            && score < limit
            && limit <= score.round()
        {
            complain(format_args!("{path}: scored {}, which is below {limit}", beside(score, limit, 1)));
        }
    }

    /// What is said of one recording, and nothing of a comparison.
    pub fn refuse_beside_comparison(&self) -> Result<(), String> {
        match () {
            () if self.plot.is_some() => {
                Err("compare draws no recording; `afterbeep review` has --plot".to_owned())
            }
            () if !self.include.is_empty() => {
                Err("--include is of one recording; `afterbeep review` has it".to_owned())
            }
            () => Ok(()),
        }
    }
}

/// # Errors
///
/// Where a target ends before it begins.
pub fn standards(config: &Config) -> Result<Standards, String> {
    Ok(Standards { weights: config.score, targets: Targets::new(&config.targets)? })
}

/// Settings as `lint` would have them for the script, or for one beside which the user stands.
fn linters(options: &Options, input: &Input) -> Result<Linters, String> {
    Linters::new(&mut ConfigFiles::new(linter_flags(options)), std::slice::from_ref(input))
}

fn linter_flags(options: &Options) -> Flags {
    Flags { isolated: options.isolated, ..Flags::default() }
}

/// The script that was read, filled and cut to the message in question, and what the linter says of it.
pub struct Script {
    /// With `findings` and the message only.
    pub linted: LintedFile,
    /// As the message will be said, stage directions and all.
    pub text: String,
    /// Names of its placeholders that have no value.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal tells of them"))]
    pub unfilled: Vec<String>,
    /// How long it may take.
    pub allowed: Allowed,
    pub speech: Speech,
}

impl Script {
    /// All that a review takes from it.
    fn fingerprint(&self) -> String {
        let Self { speech, text, linted, allowed, .. } = self;
        format!("{}\n{allowed:?}\n{text}\n{:?}", speech.n_words, linted.findings)
    }
}

fn script(filling: &Filling, input: &Input, message: usize, linters: &Linters) -> Result<Script, String> {
    let template = input.read().map_err(|unread| unread.to_string())?;
    let source = filling.fill(input, template)?;
    let mut sequence = script::parse(&source);
    let n_messages = sequence.messages.len();
    let index = message.wrapping_sub(1);
    if n_messages == 0 {
        return Err(format!("{}: has no message in it; write what is to be said", input.name()));
    }
    if n_messages <= index {
        let has = counted(n_messages, "message", "messages");
        return Err(format!("{}: has {has}, and --message asks for number {message}", input.name()));
    }
    let profile = sequence.front_matter.profile.as_deref();
    let linter = linters.linter(input, profile).map_err(|error| format!("{}: {error}", input.name()))?;
    let mut findings = linter.lint(&source, &sequence, None);
    sequence.messages = vec![sequence.messages.swap_remove(index)];
    let whole = sequence.messages[0].span;
    // What the file says of itself, its fields and its days, is no fault of what was said.
    let is_said = |span: Span| span.start < whole.end && whole.start < span.end;
    findings.retain(|finding| matches!(finding.place, Place::Text(span) if is_said(span)));
    findings.iter_mut().for_each(|finding| finding.message = 0);
    let allowed = allowed(&linter, &sequence.front_matter);
    let message = &sequence.messages[0];
    let speech = speech::of(message, linter.pace());
    let text = message.span.of(&source).trim().to_owned();
    let unfilled = unfilled([message]);
    let (profile, rules, pace) = (linter.settings().profile.clone(), linter.codes(), *linter.pace());
    let linted = LintedFile { path: input.name(), source, sequence, profile, rules, pace, findings };
    Ok(Script { linted, text, unfilled, allowed, speech })
}

/// Where the rules ask for no reason, a message may be as short as it likes.
fn allowed(linter: &Linter, front_matter: &FrontMatter) -> Allowed {
    let longest = Seconds(linter.limits(front_matter).max_seconds);
    Allowed { longest, may_be_short: !linter.runs("AB203") }
}

/// Names of the placeholders that have no value, each once.
pub fn unfilled<'m>(messages: impl IntoIterator<Item = &'m Message>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for placeholder in messages.into_iter().flat_map(|message| &message.placeholders) {
        if !names.contains(&placeholder.name) {
            names.push(placeholder.name.clone());
        }
    }
    names
}

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

/// In the place of a word that is not shown.
const HIDDEN: &str = "…";

/// Signals that a note names one by one.
const MAX_SIGNALS: usize = 4;

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

/// `shown`: what the recording is called in every output. `script`: the one that was read, which need not be that of
/// `prepared`.
pub fn review(
    path: &Path,
    shown: &str,
    channel: Channel,
    script: Option<&Script>,
    prepared: &Prepared,
) -> Result<Heard, String> {
    let (mut file, ear) = audio::decode_to(path, channel, |extent| Ear::new(extent, prepared))
        .map_err(|error| error.to_string())?;
    let Ear { hearing, sound, peaks, fine_peaks } = ear;
    let peaks = peaks.into_values();
    let within = |transcript: &Transcript| transcript.clone().within(hearing.duration());
    let transcript = prepared.transcript.as_ref().map(within).transpose();
    let transcript = transcript.map_err(|error| match prepared.redacts {
        true => format!("{}: {}", path.display(), OutsideRecording { text: HIDDEN.to_owned(), ..error }),
        false => format!("{}: {error}", path.display()),
    })?;
    let analysis = hearing.analyse();
    file.notes.extend(note_of_signals(&analysis.signals));
    let heard = sound.map(|sound| prepared.words.transcribe(path, sound, &analysis.speech)).transpose()?;
    let transcript = transcript.or(heard).map(|transcript| {
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
    let read = script.filter(|_| was_read(measurements));
    let script_findings = read.map(|script| script.linted.findings.as_slice());
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
