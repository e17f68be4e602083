//! `afterbeep review`.

pub mod batch;
mod cache;
mod heard;
mod in_order;
pub mod labelling;
mod outputs;
mod pruning;
pub mod recordings;
mod redaction;
mod script;
mod sound;
mod transcripts;

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::script::{Script, allowed, linters};
use super::data_files::data_of;
use super::filling::Filling;
use super::input::Input;
use super::plot::Plot;
use super::{Outcome, complain, refuse, replacing, transcription};
use crate::config::Config;
use crate::scorecard::Standards;
use crate::scorecard::targets::{Allowed, Targets};
use crate::script::FrontMatter;
use crate::transcript::Transcript;
use crate::units::beside;
pub use batch::Batch;
pub use heard::{Told, review};
pub use script::unfilled;
#[cfg(feature = "record")]
pub use {heard::Heard, outputs::terminal_width};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    recordings: recordings::Arguments,
    /// Listen to this channel only, counted from 1; without it channels are mixed
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
    /// What was said, transcribed elsewhere: JSON of whisper.cpp, WhisperX, OpenAI, Deepgram, Amazon, Google or AssemblyAI, SRT, VTT, TSV, CTM, TextGrid, text
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "transcripts"])]
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
        let n = found.recordings.len();
        let of_one = |flag, instead| format!("{flag} FILE is of one recording, and there are {n}; {instead}");
        if transcript.is_some() {
            return Err(of_one("--transcript", "--transcripts FOLDER has one for each, by its name"));
        }
        if options.plot.is_some() {
            return Err(of_one("--plot", "review them one at a time"));
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
    let of_labels = labelling.files();
    let inputs = recordings.iter().chain(read.into_iter().flatten()).chain(&of_script).chain(&of_labels);
    replacing::refuse_overwriting(&outputs, inputs.map(PathBuf::as_path))?;
    // What a shell makes of `--report *.wav`.
    match outputs.iter().find(|(_, path)| recordings::media_type(path).is_some()) {
        Some((flag, path)) => Err(format!(
            "{flag} {}: that is the name of a recording; name a file to write to",
            path.display()
        )),
        None => Ok(()),
    }
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
            Some(_) => Some(script::read(&options.filling, &input, options.message, &linters)?),
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
