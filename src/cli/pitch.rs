//! `afterbeep pitch`.

use std::io::{self, Write};
use std::path::PathBuf;

use super::{Outcome, complain, refuse, standard_output};
use clap::ValueEnum;

use crate::analysis::{PitchMethod, contours};
use crate::audio::{self, Channel};
use crate::report::pitch_csv;

#[derive(clap::Args)]
pub struct Arguments {
    /// A recording: WAV, MP3, M4A, FLAC, Ogg, AIFF
    recording: PathBuf,
    /// Listen to this channel only, counted from 1
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
    /// How the pitch is sought
    #[arg(long, value_enum, default_value_t = Method::TwoPass)]
    method: Method,
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    /// Within the speaker's own range, found by a first pass: what `review` uses
    TwoPass,
    /// One pass from 75 to 600 Hz: Praat's raw autocorrelation with its standard settings
    Raw,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let channel = arguments.channel.map_or(Channel::Mix, Channel::Only);
    let recording = match audio::decode(&arguments.recording, channel) {
        Ok(recording) => recording,
        Err(error) => return Ok(refuse(error)),
    };
    for note in &recording.source.notes {
        complain(format_args!("{}: {note}", arguments.recording.display()));
    }
    let method = match arguments.method {
        Method::TwoPass => PitchMethod::TwoPass,
        Method::Raw => PitchMethod::Raw,
    };
    let (f0, intensity) = contours(recording.clip, method);
    let mut out = standard_output();
    pitch_csv::write(&mut out, &f0, &intensity)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
