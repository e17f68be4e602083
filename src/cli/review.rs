//! `afterbeep review`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;

use super::config_files::{ConfigFiles, Flags};
use super::input::Input;
use super::selection::{self, Linters};
use super::{Outcome, complain, locale_is_utf8, progress, required, standard_output, transcription};
use crate::analysis::analyse;
use crate::audio::{self, Channel};
use crate::config::ScoreWeights;
use crate::finding::Finding;
use crate::metrics::{Words, measure};
use crate::report::{self, ReviewedFile};
use crate::scorecard;
use crate::script::{self, Sequence, speech};
use crate::transcript::Transcript;
use crate::transcript::alignment::{self, Reference, Said};

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
    #[arg(long, value_name = "N", default_value_t = 1, requires = "script")]
    pub message: usize,
    /// Which row of the script's data filled its placeholders, counted from 1; without it anything may have
    #[arg(long, value_name = "N", requires = "script")]
    row: Option<usize>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
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
enum Format {
    /// The picture, the score, the three changes, the numbers
    Full,
    /// One object a recording, over several lines
    Json,
    /// One object a recording, on one line
    Jsonl,
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
        let script = if options.script.is_some() { Some(script(options, &input, &linters)?) } else { None };
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
    let words = &prepared.words;
    let bar = progress::recordings(recordings.len());
    let review = |path: &PathBuf| {
        let result = review(path, channel, prepared);
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
                report::json_review::write(&mut out, &file, pretty)?;
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
        // What could not be graded has not passed either.
        let score = file.scorecard.overall;
        let below = self.options.fail_under.is_some_and(|limit| score.is_none_or(|score| score < limit));
        if below && self.outcome == Outcome::Clean {
            self.outcome = Outcome::Findings;
        }
    }
}

fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=100.0).contains(&score) => Ok(score),
        _ => Err("a number from 0 to 100".to_owned()),
    }
}

fn terminal_width() -> usize {
    const WITHOUT_TERMINAL: usize = 80;
    terminal_size::terminal_size_of(io::stdout()).map_or(WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
}

/// Settings as `lint` would have them for the script, or for one beside which the user stands.
fn linters(options: &Options, input: &Input) -> Result<Linters, String> {
    let flags = Flags { isolated: options.isolated, ..Flags::default() };
    Linters::new(&mut ConfigFiles::new(flags), std::slice::from_ref(input))
}

/// The script that was read, cut to the message in question, and what the linter says of it.
pub struct Script {
    /// The message in question, as it is written.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal shows it"))]
    pub text: String,
    /// The whole file.
    source: String,
    sequence: Sequence,
    findings: Vec<Finding>,
    n_spoken_words: usize,
}

fn script(options: &Options, input: &Input, linters: &Linters) -> Result<Script, String> {
    let source = input.read().map_err(|unread| unread.to_string())?;
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
    let (source, sequence) = match options.row {
        Some(row) => filled(&source, &sequence, row, input)?,
        None => (source, sequence),
    };
    let message = &sequence.messages[0];
    let n_spoken_words = speech::of(message, linter.pace()).n_words;
    let text = message.span.of(&source).trim().to_owned();
    Ok(Script { text, source, sequence, findings, n_spoken_words })
}

/// The message as a row of the script's data fills it.
fn filled(
    source: &str,
    sequence: &Sequence,
    row: usize,
    input: &Input,
) -> Result<(String, Sequence), String> {
    let name = input.name();
    let Some(data) = &sequence.front_matter.data else {
        return Err(format!(
            "{name}: --row asks for a row of its data, and its front matter has no `data: FILE`"
        ));
    };
    let table = selection::table(input, data).map_err(|error| format!("{name}: {error}"))?;
    let Some(cells) = row.checked_sub(1).and_then(|index| table.rows.get(index)) else {
        return Err(format!(
            "{name}: its data has {} rows, and --row asks for number {row}",
            table.rows.len()
        ));
    };
    let source = script::data::filled(source, &sequence.messages[0], &table.columns, cells);
    let mut filled = script::parse(&source);
    // A cell cannot begin a message of its own; one that is all there is may leave none.
    if filled.messages.is_empty() {
        return Err(format!("{name}: filled with row {row} of its data it says nothing"));
    }
    filled.messages.truncate(1);
    Ok((source, filled))
}

fn review(path: &Path, channel: Channel, prepared: &Prepared) -> Result<ReviewedFile, String> {
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
    let analysis = analyse(&recording.clip);
    let transcript = transcript.map(|transcript| transcript.refined(&analysis.speech));
    let said = transcript.as_ref().map(|transcript| said(transcript, script));
    let source = match (transcript.as_ref().zip(said.as_ref()), script) {
        (Some((transcript, said)), _) => Words::Transcript { transcript, said },
        (None, Some(script)) => Words::Script { n_spoken: script.n_spoken_words },
        (None, None) => Words::Unknown,
    };
    let measurements = measure(&analysis, source);
    let findings = scorecard::findings(&measurements);
    let script_findings = script.map(|script| script.findings.as_slice());
    let scorecard = scorecard::grade(&measurements, script_findings, &findings, *weights);
    Ok(ReviewedFile {
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
    })
}

/// What was said, beside the script that was read.
fn said(transcript: &Transcript, script: Option<&Script>) -> Said {
    let message = script.and_then(|script| script.sequence.messages.first().zip(Some(script)));
    let required = message.map(|(message, _)| required::of(message)).unwrap_or_default();
    let reference =
        message.map(|(message, script)| Reference { source: &script.source, message, required: &required });
    alignment::said(transcript, reference, required::n_asks(transcript))
}
