//! `afterbeep transcribe`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Outcome, complain, refuse, standard_output, transcription};
use crate::analysis::analyse;
use crate::audio::{self, Channel, Listener};
use crate::report::transcript;
use crate::transcript::{Timing, Transcript};
use crate::units::Seconds;

#[derive(clap::Args)]
pub struct Arguments {
    /// A recording: WAV, MP3, M4A, FLAC, Ogg, AIFF; 8 to 192 kHz
    recording: PathBuf,
    /// Listen to this channel only, counted from 1; without it channels are mixed
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
    /// Take the words from this transcript instead, in any format that `review --transcript` reads
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    transcript: Option<PathBuf>,
    /// How the words are printed
    #[arg(long, value_enum, default_value_t = Format::Txt)]
    output_format: Format,
    #[command(flatten)]
    transcription: transcription::ModelArguments,
}

#[derive(Clone, Copy, ValueEnum, PartialEq)]
enum Format {
    /// The words, a sentence a line
    Txt,
    /// Words with times and probabilities
    Json,
    /// SubRip subtitles
    Srt,
    /// WebVTT subtitles
    Vtt,
    /// Praat's, with a tier of words
    #[value(name = "textgrid")]
    TextGrid,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let words = transcription::Words::prepare(&arguments.transcription);
    match words.as_ref().map_err(Clone::clone).and_then(|words| transcribe(arguments, words)) {
        Ok((transcript, duration)) => print(arguments, &transcript, duration),
        Err(_) if words.is_ok_and(|words| words.is_interrupted()) => Ok(Outcome::Interrupted),
        Err(error) => Ok(refuse(error)),
    }
}

fn transcribe(arguments: &Arguments, words: &transcription::Words) -> Result<(Transcript, Seconds), String> {
    let channel = arguments.channel.map_or(Channel::Mix, Channel::Only);
    let path = &arguments.recording;
    let clip = audio::decode(path, channel).map_err(|error| error.to_string())?.clip;
    let duration = clip.duration();
    let transcript = match &arguments.transcript {
        Some(transcript) => transcription::imported(transcript)?
            .within(duration)
            .map_err(|error| format!("{}: {error}", path.display()))?,
        None => {
            let mut sound = words
                .listen(clip.sample_rate_hz())
                .ok_or("no model and no transcript was given; add --model FILE or --transcript FILE")?;
            sound.hear(clip.samples());
            let speech = analyse(clip).speech;
            words.transcribe(path, sound, &speech)?.refined(&speech)
        }
    };
    let needs_times = matches!(arguments.output_format, Format::Srt | Format::Vtt | Format::TextGrid);
    if needs_times && transcript.timing == Timing::Absent {
        return Err(
            "the transcript has no times, which this format is made of; print it as txt or json".to_owned()
        );
    }
    Ok((transcript, duration))
}

fn print(arguments: &Arguments, transcript: &Transcript, duration: Seconds) -> io::Result<Outcome> {
    let mut out = standard_output();
    let path = arguments.recording.display().to_string();
    match arguments.output_format {
        Format::Txt => transcript::text::write(&mut out, transcript)?,
        Format::Json => transcript::json::write(&mut out, &path, transcript)?,
        Format::Srt => transcript::srt::write(&mut out, transcript)?,
        Format::Vtt => transcript::vtt::write(&mut out, transcript)?,
        Format::TextGrid => transcript::text_grid::write(&mut out, transcript, duration)?,
    }
    out.flush()?;
    transcript.notes.iter().for_each(complain);
    Ok(Outcome::Clean)
}
