//! `afterbeep rehearse`.

use std::path::PathBuf;

use super::review;

#[derive(clap::Args)]
pub struct Arguments {
    /// Record from this device, by its id or its name; without it from the default one
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// List the input devices, and do nothing else
    #[arg(long)]
    list_devices: bool,
    /// Stop by itself after so many seconds
    #[arg(long, value_name = "S", default_value_t = 120.0, value_parser = seconds)]
    max_seconds: f64,
    /// Record this long, without waiting for Enter
    #[arg(long, value_name = "S", conflicts_with = "max_seconds", value_parser = seconds)]
    seconds: Option<f64>,
    /// Keep takes in this folder; without it in afterbeep/takes among your data (XDG_DATA_HOME)
    #[arg(long, value_name = "FOLDER")]
    takes: Option<PathBuf>,
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
pub use with_microphone::run;
#[cfg(not(feature = "record"))]
pub use without_microphone::run;

#[cfg(feature = "record")]
mod with_microphone {
    use std::io::{self, IsTerminal, Write};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::{Arguments, review};
    use crate::audio::Channel;
    use crate::audio::capture::{self, Capture};
    use crate::audio::{self, decode};
    use crate::cli::{Outcome, complain, interruption, progress::LevelMeter, standard_output};
    use crate::rehearsal::Takes;
    use crate::rehearsal::name::Subject;
    use crate::rehearsal::recording::{self, End, Recorded};
    use crate::report::printable;
    use crate::units::Seconds;

    pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
        if arguments.list_devices {
            return list_devices();
        }
        match rehearse(arguments) {
            Ok((recorded, prepared)) => review_take(recorded, arguments, &prepared),
            Err(error) => {
                complain(error);
                Ok(Outcome::CouldNotRun)
            }
        }
    }

    fn list_devices() -> io::Result<Outcome> {
        let devices = match capture::input_devices() {
            Ok(devices) => devices,
            Err(error) => {
                complain(error);
                return Ok(Outcome::CouldNotRun);
            }
        };
        let mut out = standard_output();
        for device in &devices {
            writeln!(out, "{:<30} {}", printable(&device.id), printable(&device.name))?;
        }
        out.flush()?;
        if devices.is_empty() {
            complain("there are no input devices; plug a microphone in or switch it on");
        }
        Ok(Outcome::Clean)
    }

    /// Everything that can fail does so before the first word, but for what happens to the device and the disk.
    fn rehearse(arguments: &Arguments) -> Result<(Recorded, review::Prepared), String> {
        let prepared = review::Prepared::new(&arguments.review)?;
        let takes = Takes::open(arguments.takes.as_deref()).map_err(|error| error.to_string())?;
        tell_of_unfinished(&takes)?;
        let interrupted = interruption::catch()?;
        if let Some(script) = &prepared.script {
            say(format_args!("{}\n", script.text.lines().map(printable).collect::<Vec<_>>().join("\n")));
        }
        let recorded = record(arguments, &takes, interrupted)?;
        // The Ctrl-C that ended the take is not to end the review as well.
        interrupted.store(false, Ordering::SeqCst);
        Ok((recorded, prepared))
    }

    fn record(arguments: &Arguments, takes: &Takes, interrupted: &AtomicBool) -> Result<Recorded, String> {
        let longest = Seconds(arguments.seconds.unwrap_or(arguments.max_seconds));
        let subject = match &arguments.review.script {
            Some(script) => Subject::message(script, arguments.review.message),
            None => Subject::FREE,
        };
        let device = arguments.device.as_deref();
        let mut capture = Capture::start(device, longest).map_err(|error| error.to_string())?;
        let take = takes.begin(&subject, capture.sample_rate_hz()).map_err(|error| error.to_string())?;
        match arguments.seconds {
            Some(seconds) => say(format_args!("Recording for {seconds} s: Enter or Ctrl-C stops it earlier")),
            None => say("Recording: press Enter or Ctrl-C to stop"),
        }
        let enter = on_enter();
        let is_stopped = || enter.load(Ordering::SeqCst) || interrupted.load(Ordering::SeqCst);
        let mut meter = LevelMeter::new();
        let recorded =
            recording::record(&mut capture, take, is_stopped, |recorded, peak| meter.show(recorded, peak));
        meter.clear();
        let recorded = recorded.map_err(|error| error.to_string())?;
        tell_of_take(&recorded);
        tell_of_losses(&capture);
        if matches!(recorded.end, End::Full) && arguments.seconds.is_none() {
            complain(format_args!(
                "stopped after {} s; --max-seconds sets how long a take may be",
                longest.0
            ));
        }
        Ok(recorded)
    }

    fn review_take(
        recorded: Recorded,
        arguments: &Arguments,
        prepared: &review::Prepared,
    ) -> io::Result<Outcome> {
        let broke = match &recorded.end {
            End::Broke(error) => {
                complain(error);
                true
            }
            End::Asked | End::Full => false,
        };
        let Some(path) = recorded.path else {
            if !broke {
                complain("nothing was recorded: it was stopped before any sound arrived");
            }
            return Ok(Outcome::CouldNotRun);
        };
        let outcome = review::review_all(&[path], Channel::Mix, &arguments.review, prepared)?;
        Ok(if broke { Outcome::CouldNotRun } else { outcome })
    }

    /// Set when Enter is pressed. The thread is left behind in its wait; it ends with the program.
    fn on_enter() -> Arc<AtomicBool> {
        let pressed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&pressed);
        std::thread::spawn(move || {
            let n_bytes = io::stdin().read_line(&mut String::new()).unwrap_or(0);
            // Without a terminal the end of the input is no key: the take then ends in one of the other ways.
            if n_bytes > 0 || io::stdin().is_terminal() {
                flag.store(true, Ordering::SeqCst);
            }
        });
        pressed
    }

    fn tell_of_unfinished(takes: &Takes) -> Result<(), String> {
        for take in takes.unfinished().map_err(|error| error.to_string())? {
            let path = take.path.display();
            let length = match decode(&take.path, audio::Channel::Mix) {
                Ok(recording) => format!("{:.1}", recording.clip.duration()),
                Err(_) => "no sound".to_owned(),
            };
            complain(format_args!(
                "an earlier take was cut short and is kept ({length}): {path}\n  review it with `afterbeep review`, then rename or delete it"
            ));
        }
        Ok(())
    }

    fn tell_of_take(recorded: &Recorded) {
        if let Some(path) = &recorded.path {
            say(format_args!("Saved {:.1}: {}\n", recorded.duration, path.display()));
        }
    }

    fn tell_of_losses(capture: &Capture) {
        let lost = capture.n_dropped() as f64 / f64::from(capture.sample_rate_hz());
        if lost > 0.0 {
            complain(format_args!("{lost:.2} s of sound were lost because the disk was too slow"));
        }
        if capture.n_overruns() > 0 {
            let n_overruns = capture.n_overruns();
            complain(format_args!("sound was lost {n_overruns} times because the computer was too busy"));
        }
    }

    /// For the person at the microphone; standard output is for the review.
    fn say(message: impl std::fmt::Display) {
        // Nothing is left to do when standard error is gone.
        let _ = writeln!(anstream::stderr(), "{message}");
    }
}

#[cfg(not(feature = "record"))]
mod without_microphone {
    use std::io;

    use super::Arguments;
    use crate::cli::{Outcome, complain};

    pub fn run(_: &Arguments) -> io::Result<Outcome> {
        complain("this build cannot record; build it with cargo build --features record");
        Ok(Outcome::CouldNotRun)
    }
}
