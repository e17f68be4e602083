//! `afterbeep pitch`.

use std::io::{self, Write};
use std::path::PathBuf;

use super::{Outcome, complain, standard_output};
use crate::analysis::analyse;
use crate::audio::{self, Channel};
use crate::report::pitch_csv;

#[derive(clap::Args)]
pub struct Arguments {
    /// A recording: WAV, MP3, M4A, FLAC, Ogg, AIFF
    recording: PathBuf,
    /// Listen to this channel only, counted from 1
    #[arg(long, value_name = "N")]
    channel: Option<usize>,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let channel = arguments.channel.map_or(Channel::Mix, Channel::Only);
    let recording = match audio::decode(&arguments.recording, channel) {
        Ok(recording) => recording,
        Err(error) => {
            complain(error);
            return Ok(Outcome::CouldNotRun);
        }
    };
    let analysis = analyse(recording.clip);
    let mut out = standard_output();
    pitch_csv::write(&mut out, &analysis.f0, &analysis.intensity)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
