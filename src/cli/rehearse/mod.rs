//! `afterbeep rehearse`.

#[cfg(feature = "record")]
mod keys;
#[cfg(feature = "record")]
mod lines;
#[cfg(feature = "record")]
mod plain;
#[cfg(feature = "record")]
mod screen;
#[cfg(feature = "record")]
mod session;
#[cfg(feature = "record")]
mod view;

use std::io;
use std::path::PathBuf;

#[cfg(feature = "record")]
use super::review::Format;
use super::{Outcome, review};

#[derive(clap::Args)]
#[command(mut_arg("output_format", |option| option.help(review::TEXT_OR_JSON).hide_possible_values(true)))]
pub struct Arguments {
    /// The script to read, as with --script
    #[arg(value_name = "SCRIPT", conflicts_with = "script")]
    read: Option<PathBuf>,
    /// Record from this device, by its id or its name (`afterbeep devices`); without it from the default one
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Stop by itself after so many seconds
    #[arg(long, value_name = "S", default_value_t = 120.0, value_parser = seconds)]
    max_seconds: f64,
    /// Record this long, without waiting for a key
    #[arg(long, visible_alias = "seconds", value_name = "S", conflicts_with = "max_seconds", value_parser = seconds)]
    duration: Option<f64>,
    /// Stop when nobody has spoken for so many seconds
    #[arg(long, value_name = "S", num_args = 0..=1, require_equals = true, default_missing_value = "2.5", value_parser = seconds)]
    until_silence: Option<f64>,
    /// Count down from this before each take; 0 begins at once
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=60))]
    countdown: u32,
    /// Do not play the beep
    #[arg(long)]
    no_beep: bool,
    /// Rehearse so many takes, and say what improved
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    takes: Option<u32>,
    /// Rehearse until the score is this (0 to 100), or --takes are done
    #[arg(long, value_name = "SCORE", value_parser = review::score)]
    target: Option<f64>,
    /// Lines instead of the full screen; as where there is no terminal
    #[arg(long)]
    plain: bool,
    /// Keep each take without asking
    #[arg(short, long)]
    yes: bool,
    /// Record even when the script has errors
    #[arg(long)]
    force: bool,
    /// Keep takes in this folder; without it in afterbeep/takes among your data (XDG_DATA_HOME)
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Do not remember scores
    #[arg(long)]
    no_history: bool,
    #[command(flatten)]
    review: review::Options,
}

/// An hour keeps a WAV file well below its 4 GB, at any rate.
const LONGEST: f64 = 3600.0;

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if 0.0 < seconds && seconds <= LONGEST => Ok(seconds),
        _ => Err(format!("a number of seconds above 0 and up to {LONGEST}")),
    }
}

#[cfg(feature = "record")]
pub fn run(mut arguments: Arguments) -> io::Result<Outcome> {
    use std::io::IsTerminal;

    if let Some(script) = arguments.read.take() {
        arguments.review.script = Some(script);
    }
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let is_plain = arguments.plain || !is_terminal || !prints_text(&arguments);
    if !matches!(arguments.review.output_format, None | Some(Format::Full | Format::Json | Format::Jsonl)) {
        super::complain(
            "a rehearsal prints full, json or jsonl; `afterbeep review` writes tables and pages of takes",
        );
        return Ok(Outcome::CouldNotRun);
    }
    let mut session = match session::Session::new(&arguments) {
        Ok(session) => session,
        Err(error) => {
            super::complain(error);
            return Ok(Outcome::CouldNotRun);
        }
    };
    if session.shows_errors()? {
        return Ok(Outcome::Findings);
    }
    if is_plain { plain::run(&mut session) } else { screen::run(&mut session) }
}

/// Text for a person, rather than JSON.
#[cfg(feature = "record")]
fn prints_text(arguments: &Arguments) -> bool {
    matches!(arguments.review.output_format, None | Some(Format::Full))
}

#[cfg(not(feature = "record"))]
pub fn run(_: Arguments) -> io::Result<Outcome> {
    super::complain("this build cannot record; build it with cargo build --features record");
    Ok(Outcome::CouldNotRun)
}
