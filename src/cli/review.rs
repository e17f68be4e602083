//! `afterbeep review`.

pub mod batch;
mod cache;
mod in_order;
pub mod labelling;
mod outputs;
pub mod recordings;
mod redaction;
mod sound;

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::config_files::{ConfigFiles, Flags};
use super::input::Input;
use super::selection::Linters;
use super::{Outcome, complain, transcription};
use crate::analysis::analyse;
use crate::audio::{self, Channel};
use crate::config::ScoreWeights;
use crate::finding::Finding;
use crate::metrics::{Words, measure};
use crate::report::ReviewedFile;
use crate::report::record::{self, Record};
use crate::scorecard;
use crate::script::{self, Sequence, speech};
pub use batch::Batch;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    recordings: recordings::Arguments,
    /// Listen to this channel only, counted from 1; without it channels are mixed
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
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
    #[arg(long, value_name = "N", default_value_t = 1, requires = "script")]
    pub message: usize,
    /// How results are printed; without it full, and nothing beside --report or --events
    #[arg(long, value_enum)]
    pub output_format: Option<Format>,
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

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match prepare(arguments) {
        Ok((prepared, batch)) => batch.run(&prepared, Some(&arguments.outputs)),
        Err(error) => {
            complain(error);
            Ok(Outcome::CouldNotRun)
        }
    }
}

fn prepare(arguments: &Arguments) -> Result<(Prepared, Batch<'_>), String> {
    let prepared = Prepared::new(&arguments.options)?;
    arguments.outputs.check(&arguments.options)?;
    let batch = Batch::new(
        arguments.recordings.find()?,
        arguments.channel,
        &arguments.options,
        &arguments.labelling,
        &arguments.batch,
        &prepared,
    )?;
    Ok((prepared, batch))
}

/// Everything a review needs besides the sound: what is wrong with it is known before anybody speaks.
pub struct Prepared {
    weights: ScoreWeights,
    pub script: Option<Script>,
    words: transcription::Words,
    redacts: bool,
}

impl Prepared {
    pub fn new(options: &Options) -> Result<Self, String> {
        let input = match &options.script {
            Some(path) => Input::File(path.clone()),
            None => Input::Standard { name: String::new() },
        };
        let linters = linters(options, &input)?;
        let script =
            if options.script.is_some() { Some(script(&input, options.message, &linters)?) } else { None };
        let words = transcription::Words::prepare(&options.transcription)?;
        Ok(Self { weights: linters.governor(&input).config.score, script, words, redacts: options.redact })
    }
}

/// Reviews and prints each recording; those that cannot be read are reported and the rest still done.
#[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal reviews so"))]
pub fn review_all(
    recordings: &[PathBuf],
    channel: Channel,
    options: &Options,
    prepared: &Prepared,
) -> io::Result<Outcome> {
    Batch::of(recordings, channel, options).run(prepared, None)
}

pub fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=100.0).contains(&score) => Ok(score),
        _ => Err("a number from 0 to 100".to_owned()),
    }
}

/// Settings as `lint` would have them for the script, or for one beside which the user stands.
fn linters(options: &Options, input: &Input) -> Result<Linters, String> {
    Linters::new(&mut ConfigFiles::new(linter_flags(options)), std::slice::from_ref(input))
}

fn linter_flags(options: &Options) -> Flags {
    Flags { isolated: options.isolated, ..Flags::default() }
}

/// The script that was read, cut to the message in question, and what the linter says of it.
pub struct Script {
    /// The message in question, as it is written.
    pub text: String,
    sequence: Sequence,
    findings: Vec<Finding>,
    n_spoken_words: usize,
}

impl Script {
    /// All that a review takes from it.
    fn fingerprint(&self) -> String {
        format!("{}\n{}\n{:?}", self.n_spoken_words, self.text, self.findings)
    }
}

fn script(input: &Input, message: usize, linters: &Linters) -> Result<Script, String> {
    let source = input.read().map_err(|unread| unread.to_string())?;
    let mut sequence = script::parse(&source);
    let n_messages = sequence.messages.len();
    let index = message.wrapping_sub(1);
    if n_messages <= index {
        let has = if n_messages == 1 { "1 message".to_owned() } else { format!("{n_messages} messages") };
        return Err(format!("{}: has {has}, and --message asks for number {message}", input.name()));
    }
    sequence.messages = vec![sequence.messages.swap_remove(index)];
    let profile = sequence.front_matter.profile.as_deref();
    let linter = linters.linter(input, profile).map_err(|error| format!("{}: {error}", input.name()))?;
    let findings = linter.lint(&source, &sequence, None);
    let message = &sequence.messages[0];
    let n_spoken_words = speech::of(message, linter.pace()).n_words;
    let text = message.span.of(&source).trim().to_owned();
    Ok(Script { text, sequence, findings, n_spoken_words })
}

/// What was heard in a recording.
struct Heard {
    file: ReviewedFile,
    /// Largest magnitudes, for a picture.
    peaks: Vec<f32>,
}

impl Heard {
    fn record(&self) -> Record {
        Record::of(&self.file, &self.peaks)
    }
}

fn review(
    path: &Path,
    channel: Channel,
    script: Option<&Script>,
    prepared: &Prepared,
) -> Result<Heard, String> {
    let recording = audio::decode(path, channel).map_err(|error| error.to_string())?;
    let transcript = prepared.words.transcribe(path, &recording.clip)?;
    let analysis = analyse(&recording.clip);
    let source = match (&transcript, script) {
        (Some(transcript), _) => Words::Transcript(transcript),
        (None, Some(script)) => Words::Script { n_spoken: script.n_spoken_words },
        (None, None) => Words::Unknown,
    };
    let measurements = measure(&analysis, source);
    let findings = scorecard::findings(&measurements);
    let script_findings = script.map(|script| script.findings.as_slice());
    let scorecard = scorecard::grade(&measurements, script_findings, &findings, prepared.weights);
    let peaks = recording.clip.peaks(record::n_columns(recording.clip.duration()));
    let mut file = ReviewedFile {
        path: path.display().to_string(),
        sample_rate_hz: recording.sample_rate_hz,
        channels: recording.channels,
        codec: recording.codec,
        notes: recording.notes,
        script: script.map(|script| script.sequence.clone()),
        transcript,
        analysis,
        measurements,
        findings,
        scorecard,
    };
    if prepared.redacts {
        redaction::redact(&mut file);
    }
    Ok(Heard { file, peaks })
}
