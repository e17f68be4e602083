//! `afterbeep review`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;

use super::config_files::{ConfigFiles, Flags};
use super::filling::Filling;
use super::input::Input;
use super::plot::Plot;
use super::selection::Linters;
use super::{Outcome, complain, locale_is_utf8, progress, required, standard_output, transcription};
use crate::analysis::analyse;
use crate::audio::{self, Channel};
use crate::config::ScoreWeights;
use crate::metrics::{Words, measure};
use crate::report::json_review::Shape;
use crate::report::plot::N_PEAKS;
use crate::report::{self, LintedFile, ReviewedFile};
use crate::scorecard;
use crate::script::{self, speech, speech::Speech};
use crate::transcript::Transcript;
use crate::transcript::alignment::{self, Reference, Said};
use crate::units::Seconds;

#[derive(clap::Args)]
pub struct Arguments {
    /// Recordings: WAV, MP3, M4A, FLAC, Ogg, AIFF; 8 to 192 kHz
    #[arg(required = true)]
    recordings: Vec<PathBuf>,
    /// Listen to this channel only, counted from 1; without it channels are mixed
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
    /// What was said, transcribed elsewhere: JSON of whisper.cpp, WhisperX, OpenAI or Deepgram, SRT, VTT, TextGrid, text
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    transcript: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
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
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub output_format: Format,
    /// What else is in the JSON
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    include: Vec<Include>,
    /// Draw the recording into this file, SVG or PNG by its name: waveform, pitch, intensity, words
    #[arg(long, value_name = "FILE", value_parser = Plot::parse)]
    plot: Option<Plot>,
    /// Exit with 1 when a score is below this (0 to 100), or there is none
    #[arg(long, value_name = "SCORE", value_parser = score)]
    fail_under: Option<f64>,
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
}

#[derive(Clone, Copy, ValueEnum, PartialEq)]
enum Include {
    /// Pitch, its strength and intensity every 5 ms: `contour`
    Contour,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match Prepared::new(&arguments.options).and_then(|prepared| prepared.with_transcript(arguments)) {
        Ok(prepared) => {
            let channel = arguments.channel.map_or(Channel::Mix, Channel::Only);
            review_all(&arguments.recordings, channel, &arguments.options, &prepared)
        }
        Err(error) => {
            complain(error);
            Ok(Outcome::CouldNotRun)
        }
    }
}

/// Everything a review needs besides the sound: what is wrong with it is known before anybody speaks.
pub struct Prepared {
    weights: ScoreWeights,
    pub script: Option<Script>,
    words: transcription::Words,
    /// Made elsewhere; takes the place of one of ours.
    transcript: Option<Transcript>,
}

impl Prepared {
    pub fn new(options: &Options) -> Result<Self, String> {
        let input = match &options.script {
            Some(path) => Input::File(path.clone()),
            None => Input::Standard { name: String::new() },
        };
        let linters = linters(options, &input)?;
        let script = match options.script {
            Some(_) => Some(script(options, &input, &linters)?),
            None => options.filling.refuse_without_script().map(|()| None)?,
        };
        if !options.include.is_empty() && options.output_format == Format::Full {
            return Err("--include adds to the JSON: give --output-format json or jsonl as well".to_owned());
        }
        let words = transcription::Words::prepare(&options.transcription)?;
        Ok(Self { weights: linters.governor(&input).config.score, script, words, transcript: None })
    }

    fn with_transcript(self, arguments: &Arguments) -> Result<Self, String> {
        let Some(path) = &arguments.transcript else { return Ok(self) };
        if arguments.recordings.len() > 1 {
            return Err("--transcript FILE is of one recording; review them one at a time".to_owned());
        }
        Ok(Self { transcript: Some(transcription::imported(path)?), ..self })
    }
}

/// Reviews and prints each recording; those that cannot be read are reported and the rest still done.
pub fn review_all(
    recordings: &[PathBuf],
    channel: Channel,
    options: &Options,
    prepared: &Prepared,
) -> io::Result<Outcome> {
    if options.plot.is_some() && recordings.len() > 1 {
        complain(format_args!("--plot draws one recording, and {} were named", recordings.len()));
        return Ok(Outcome::CouldNotRun);
    }
    let words = &prepared.words;
    let bar = progress::recordings(recordings.len());
    let review = |path: &PathBuf| {
        let result = review(path, channel, options, prepared);
        bar.inc(1);
        result
    };
    let mut session = Session { options, n_recordings: recordings.len(), outcome: Outcome::Clean };
    // In chunks, so that two hundred recordings are never all in memory and results appear as they are ready.
    // One at a time where whisper takes every core for itself.
    let n_at_once = if words.uses_all_cores() { 1 } else { rayon::current_num_threads().max(1) };
    for paths in recordings.chunks(n_at_once) {
        let results: Vec<_> = paths.par_iter().map(review).collect();
        bar.suspend(|| paths.iter().zip(results).try_for_each(|(path, result)| session.print(path, result)))?;
        if words.is_interrupted() {
            break;
        }
    }
    bar.finish_and_clear();
    if let (Some(hint), Format::Full, None) =
        (options.transcription.hint(), options.output_format, &prepared.transcript)
    {
        complain(hint);
    }
    Ok(if words.is_interrupted() { Outcome::Interrupted } else { session.outcome })
}

/// What was printed so far, and how it ends.
struct Session<'a> {
    options: &'a Options,
    n_recordings: usize,
    outcome: Outcome,
}

impl Session<'_> {
    fn print(&mut self, path: &Path, result: Result<ReviewedFile, String>) -> io::Result<()> {
        let mut out = standard_output();
        let format = self.options.output_format;
        let pretty = format == Format::Json;
        match (result, format) {
            (Ok(file), Format::Full) => {
                let width = terminal_width();
                report::review::write(&mut out, &file, width, locale_is_utf8())?;
                if self.n_recordings > 1 {
                    writeln!(out)?;
                }
                self.judge(&file);
            }
            (Ok(file), Format::Json | Format::Jsonl) => {
                report::json_review::write(&mut out, &file, self.options.shape())?;
                self.judge(&file);
            }
            (Err(error), format) => {
                if format != Format::Full {
                    report::json_review::write_error(&mut out, &path.display().to_string(), &error, pretty)?;
                }
                out.flush()?;
                complain(error);
                self.outcome = Outcome::CouldNotRun;
            }
        }
        out.flush()
    }

    fn judge(&mut self, file: &ReviewedFile) {
        if self.options.fails(file.scorecard.overall) && self.outcome == Outcome::Clean {
            self.outcome = Outcome::Findings;
        }
    }
}

impl Options {
    /// How the JSON is printed.
    pub fn shape(&self) -> Shape {
        let contour = self.include.contains(&Include::Contour);
        Shape { pretty: self.output_format == Format::Json, contour }
    }

    /// Is this score below `--fail-under`? What could not be graded has not passed either.
    pub fn fails(&self, score: Option<f64>) -> bool {
        self.fail_under.is_some_and(|limit| score.is_none_or(|score| score < limit))
    }
}

pub fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=100.0).contains(&score) => Ok(score),
        _ => Err("a number from 0 to 100".to_owned()),
    }
}

pub fn terminal_width() -> usize {
    const WITHOUT_TERMINAL: usize = 80;
    terminal_size::terminal_size_of(io::stdout()).map_or(WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
}

/// Settings as `lint` would have them for the script, or for one beside which the user stands.
fn linters(options: &Options, input: &Input) -> Result<Linters, String> {
    let flags = Flags { isolated: options.isolated, ..Flags::default() };
    Linters::new(&mut ConfigFiles::new(flags), std::slice::from_ref(input))
}

/// The script that was read, filled and cut to the message in question, and what the linter says of it.
pub struct Script {
    /// With `findings` and the message only.
    pub linted: LintedFile,
    /// As the message will be said, stage directions and all.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal shows it"))]
    pub text: String,
    /// Names of its placeholders that have no value.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal tells of them"))]
    pub unfilled: Vec<String>,
    /// How long it may take.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal shows it"))]
    pub limit: Seconds,
    pub speech: Speech,
}

fn script(options: &Options, input: &Input, linters: &Linters) -> Result<Script, String> {
    let template = input.read().map_err(|unread| unread.to_string())?;
    let source = options.filling.fill(input, template)?;
    let mut sequence = script::parse(&source);
    let n_messages = sequence.messages.len();
    let index = options.message.wrapping_sub(1);
    if n_messages <= index {
        let has = if n_messages == 1 { "1 message".to_owned() } else { format!("{n_messages} messages") };
        return Err(format!(
            "{}: has {has}, and --message asks for number {}",
            input.name(),
            options.message
        ));
    }
    sequence.messages = vec![sequence.messages.swap_remove(index)];
    let profile = sequence.front_matter.profile.as_deref();
    let linter = linters.linter(input, profile).map_err(|error| format!("{}: {error}", input.name()))?;
    let findings = linter.lint(&source, &sequence, None);
    let limit = Seconds(linter.limits(&sequence.front_matter).max_seconds);
    let message = &sequence.messages[0];
    let speech = speech::of(message, linter.pace());
    let text = message.span.of(&source).trim().to_owned();
    let mut unfilled: Vec<String> = Vec::new();
    for placeholder in &message.placeholders {
        if !unfilled.contains(&placeholder.name) {
            unfilled.push(placeholder.name.clone());
        }
    }
    let (profile, pace) = (linter.settings().profile.clone(), *linter.pace());
    let linted = LintedFile { path: input.name(), source, sequence, profile, pace, findings };
    Ok(Script { linted, text, unfilled, limit, speech })
}

pub fn review(
    path: &Path,
    channel: Channel,
    options: &Options,
    prepared: &Prepared,
) -> Result<ReviewedFile, String> {
    let Prepared { weights, script, words, transcript } = prepared;
    let script = script.as_ref();
    let recording = audio::decode(path, channel).map_err(|error| error.to_string())?;
    let transcript = match transcript {
        Some(transcript) => {
            let within = transcript.clone().within(recording.clip.duration());
            Some(within.map_err(|error| format!("{}: {error}", path.display()))?)
        }
        None => words.transcribe(path, &recording.clip)?,
    };
    let peaks = options.plot.as_ref().map(|_| recording.clip.peaks(N_PEAKS)).unwrap_or_default();
    let analysis = analyse(recording.clip);
    let transcript = transcript.map(|transcript| transcript.refined(&analysis.speech));
    let said = transcript.as_ref().map(|transcript| said(transcript, script));
    let source = match (transcript.as_ref().zip(said.as_ref()), script) {
        (Some((transcript, said)), _) => Words::Transcript { transcript, said },
        (None, Some(script)) => Words::Script { n_spoken: script.speech.n_words },
        (None, None) => Words::Unknown,
    };
    let measurements = measure(&analysis, source);
    let findings = scorecard::findings(&measurements);
    let script_findings = script.map(|script| script.linted.findings.as_slice());
    let scorecard = scorecard::grade(&measurements, script_findings, &findings, *weights);
    let file = ReviewedFile {
        path: path.display().to_string(),
        sample_rate_hz: recording.sample_rate_hz,
        channels: recording.channels,
        codec: recording.codec,
        notes: recording.notes,
        script: script.map(|script| script.linted.sequence.clone()),
        transcript,
        analysis,
        measurements,
        findings,
        scorecard,
    };
    if let Some(plot) = &options.plot {
        plot.write(&file, &peaks)?;
    }
    Ok(file)
}

/// What was said, beside the script that was read.
fn said(transcript: &Transcript, script: Option<&Script>) -> Said {
    let message = script.and_then(|script| script.linted.sequence.messages.first().zip(Some(script)));
    let required = message.map(|(message, _)| required::of(message)).unwrap_or_default();
    let reference = message.map(|(message, script)| Reference {
        source: &script.linted.source,
        message,
        required: &required,
    });
    alignment::said(transcript, reference, required::n_asks(transcript))
}
