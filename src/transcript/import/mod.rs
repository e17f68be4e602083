//! Transcripts made elsewhere: one file a format, told apart by what is in them.

mod afterbeep;
mod amazon;
mod assembly_ai;
mod columns;
mod cues;
mod deepgram;
mod google;
mod json;
mod openai;
mod segments;
mod speakers;
mod srt;
mod stretch;
mod text_grid;
mod vtt;
mod whisper_cpp;

use serde_json::Value;

use self::json::Node;
use self::stretch::Stretch;
use super::{Source, Transcript};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `afterbeep transcribe --output-format json`, or the JSON of a review.
    Afterbeep,
    /// `whisper-cli -ojf`, or `-oj` or what it prints, which have no times of words.
    WhisperCpp,
    /// Segments with words: WhisperX, whisper-timestamped, openai-whisper, faster-whisper.
    Segments,
    /// `response_format=verbose_json` of OpenAI's service.
    OpenAi,
    Deepgram,
    /// Amazon Transcribe.
    Amazon,
    AssemblyAi,
    /// Google Cloud Speech-to-Text.
    Google,
    Srt,
    Vtt,
    /// Praat's, as text, long or short.
    TextGrid,
    /// That of openai-whisper.
    Tsv,
    /// NIST's: a line a word.
    Ctm,
    Text,
}

impl Format {
    /// As printed in JSON; stable once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Afterbeep => "afterbeep",
            Self::WhisperCpp => "whisper.cpp",
            Self::Segments => "segments",
            Self::OpenAi => "openai",
            Self::Deepgram => "deepgram",
            Self::Amazon => "amazon",
            Self::AssemblyAi => "assemblyai",
            Self::Google => "google",
            Self::Srt => "srt",
            Self::Vtt => "vtt",
            Self::TextGrid => "textgrid",
            Self::Tsv => "tsv",
            Self::Ctm => "ctm",
            Self::Text => "text",
        }
    }
}

/// Why a file is no transcript, and where in it: a line, a byte, or a path into its JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {text}")]
pub struct ImportError {
    pub place: String,
    pub text: String,
}

impl ImportError {
    fn at_line(line: usize, text: impl Into<String>) -> Self {
        Self { place: format!("line {line}"), text: text.into() }
    }
}

/// What a format has, before its words get their times.
#[derive(Debug, Default)]
struct Read {
    stretches: Vec<Stretch>,
    notes: Vec<String>,
}

/// Reads a transcript of any [`Format`], found out from its content.
pub fn read(bytes: &[u8]) -> Result<Transcript, ImportError> {
    let (text, mut notes) = decode(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    let (format, mut read) = match () {
        () if start.is_empty() => {
            return Err(ImportError::at_line(1, "the file is empty; expected a transcript"));
        }
        () if start.starts_with(['{', '[']) && !is_annotation(start) && !columns::is_printed(start) => {
            of_json(text)?
        }
        () if start.starts_with("WEBVTT") => (Format::Vtt, vtt::read(text)?),
        () if is_text_grid(start) => (Format::TextGrid, text_grid::read(text)?),
        () if start.starts_with('<') => {
            return Err(ImportError::at_line(1, format!("this looks like HTML or XML; {EXPECTED}")));
        }
        () if start.lines().take(2).any(|line| line.contains("-->")) && !columns::is_printed(start) => {
            (Format::Srt, srt::read(text)?)
        }
        () => match columns::read(text) {
            Some(read) => read?,
            None => (Format::Text, Read { stretches: vec![Stretch::untimed(text)], notes: Vec::new() }),
        },
    };
    notes.extend(speakers::leave_out(&mut read.stretches));
    let (words, timing, note) = stretch::words(read.stretches);
    notes.extend(read.notes);
    notes.extend(note);
    Ok(Transcript { source: Source::Import { format }, timing, notes, words })
}

const EXPECTED: &str = "expected JSON of whisper.cpp, WhisperX, OpenAI, Deepgram, Amazon, Google, AssemblyAI or afterbeep, SRT, VTT, TSV, CTM, a TextGrid or plain text";

/// "[music] Hi there" in plain text.
fn is_annotation(text: &str) -> bool {
    let inside = text.trim_start_matches('[');
    text.starts_with('[')
        && inside.starts_with(|next: char| next.is_alphabetic())
        && !inside.starts_with("null")
}

fn is_text_grid(text: &str) -> bool {
    let head: String = text.lines().take(3).collect();
    head.contains("ooTextFile") && head.contains("TextGrid")
}

/// UTF-8, or UTF-16 with its mark, as Praat writes it.
fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), ImportError> {
    let at_byte =
        |byte: usize, text: &str| ImportError { place: format!("byte {byte}"), text: text.to_owned() };
    let utf16 = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        let characters: Result<String, _> = char::decode_utf16(units).collect();
        characters.map_err(|_| at_byte(2, "not the UTF-16 that its first bytes promise; save it as UTF-8"))
    };
    match bytes {
        [0xff, 0xfe, ..] => Ok((utf16(u16::from_le_bytes)?, Vec::new())),
        [0xfe, 0xff, ..] => Ok((utf16(u16::from_be_bytes)?, Vec::new())),
        _ => match (std::str::from_utf8(bytes), bytes.iter().position(|byte| *byte == 0)) {
            (_, Some(byte)) => Err(at_byte(
                byte,
                &format!("a zero byte: this is no text, but perhaps a recording; {EXPECTED}"),
            )),
            (Ok(text), None) => Ok((text.to_owned(), Vec::new())),
            // whisper.cpp cuts a character that two tokens share in half.
            (Err(_), None) if bytes.trim_ascii_start().starts_with(b"{") => Ok((
                String::from_utf8_lossy(bytes).into_owned(),
                vec!["some letters of the transcript are no UTF-8 and were replaced".to_owned()],
            )),
            (Err(error), None) => {
                Err(at_byte(error.valid_up_to(), "not UTF-8; save the transcript as UTF-8"))
            }
        },
    }
}

/// What is said where a recording has several channels, of which the first is read.
fn note_of_channels(n_channels: usize) -> Vec<String> {
    if n_channels < 2 {
        return Vec::new();
    }
    vec![format!("the words of channel 1 of {n_channels} were read")]
}

fn of_json(text: &str) -> Result<(Format, Read), ImportError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ImportError {
        place: format!("line {}, column {}", error.line(), error.column()),
        text: format!("not JSON that can be read: {error}"),
    })?;
    let root = Node::root(&value);
    let has = |key: &str| value.get(key).is_some();
    let is_ours = has("version") && (has("transcript") || has("words"));
    let (format, read) = match () {
        () if is_ours => (Format::Afterbeep, afterbeep::read(&root)?),
        () if has("transcription") => (Format::WhisperCpp, whisper_cpp::read(&root)?),
        () if value["results"].is_array() || value["response"]["results"].is_array() => {
            (Format::Google, google::read(&root)?)
        }
        () if value["results"].get("items").is_some() => (Format::Amazon, amazon::read(&root)?),
        () if has("results") => (Format::Deepgram, deepgram::read(&root)?),
        () if has("words") && has("audio_url") => (Format::AssemblyAi, assembly_ai::read(&root)?),
        () if has("words") || (has("task") && has("text")) => (Format::OpenAi, openai::read(&root)?),
        () if has("segments") => (Format::Segments, segments::read(&root)?),
        () if value.get("text").is_some_and(Value::is_string) => (
            Format::OpenAi,
            Read { stretches: vec![Stretch::untimed(root.get("text")?.text()?)], notes: Vec::new() },
        ),
        () => {
            return Err(root.error(
                "no key of a transcript is here (transcription, results, words, segments, transcript); is it the output of whisper.cpp, WhisperX, OpenAI, Deepgram, Amazon, Google, AssemblyAI or afterbeep?",
            ));
        }
    };
    Ok((format, read))
}

#[cfg(test)]
mod tests;
