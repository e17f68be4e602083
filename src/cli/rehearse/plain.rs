//! A rehearsal in lines: for pipes, for CI, and for who likes it so.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::lines::Lines;
use super::session::{Reviewed, Session, early_end, listen, losses};
use crate::audio::capture::Capture;
use crate::audio::wav;
use crate::cli::review::{Format, terminal_width};
use crate::cli::{Outcome, complain, locale_is_utf8, progress::LevelMeter, standard_output};
use crate::rehearsal::live::LiveAnalysis;
use crate::rehearsal::recording::{End, Recorded};
use crate::report::{self, printable};

pub fn run(session: &mut Session) -> io::Result<Outcome> {
    tell_of_unfinished(session);
    tell_the_script(session);
    let lines = Lines::start();
    loop {
        let (recorded, path) = match take(session, &lines) {
            Ok(ControlFlow::Continue(recorded)) => recorded,
            Ok(ControlFlow::Break(outcome)) => return Ok(outcome),
            Err(error) => {
                complain(error);
                return Ok(Outcome::CouldNotRun);
            }
        };
        let reviewed = match listen(&path, &session.prepared) {
            Ok(heard) => session.reviewed(&path, heard),
            Err(error) => {
                complain(error);
                return Ok(Outcome::CouldNotRun);
            }
        };
        print(session, &reviewed)?;
        let keeps = asks_to_keep(session, &lines);
        let kept = if keeps { session.keep(reviewed.entry) } else { session.discard(&reviewed.entry) };
        if let Err(error) = kept {
            complain(error);
        }
        if matches!(recorded.end, End::Broke(_) | End::Unwritable(_)) {
            return Ok(Outcome::CouldNotRun);
        }
        if session.is_over() {
            break;
        }
    }
    tell_what_improved(session)?;
    Ok(session.outcome())
}

/// Records one take: it, or how the program ends without.
fn take(
    session: &Session,
    lines: &Lines,
) -> Result<ControlFlow<Outcome, (Recorded, std::path::PathBuf)>, String> {
    let mut capture = session.open_device()?;
    if count_down(session).is_break() {
        return Ok(ControlFlow::Break(Outcome::Interrupted));
    }
    if let Err(no_beep) = session.beep() {
        complain(no_beep);
    }
    let recorded = record(session, &mut capture, lines)?;
    // The Ctrl-C that ended the take is not to end the review as well.
    session.interrupted.store(false, Ordering::SeqCst);
    if let Some(path) = &recorded.path {
        say(format_args!("Saved {:.1}: {}\n", recorded.duration, path.display()));
    }
    losses(&capture).iter().for_each(complain);
    if let Some(reason) = early_end(&recorded) {
        complain(reason);
    }
    if matches!(recorded.end, End::Full) && session.arguments.duration.is_none() {
        let longest = session.longest().0;
        complain(format_args!("stopped after {longest} s; --max-seconds sets how long a take may be"));
    }
    Ok(match recorded.path.clone() {
        Some(path) => ControlFlow::Continue((recorded, path)),
        None => ControlFlow::Break(Outcome::CouldNotRun),
    })
}

fn count_down(session: &Session) -> ControlFlow<()> {
    const STEP: Duration = Duration::from_millis(50);
    const STEPS: u32 = 20;
    for n in (1..=session.arguments.countdown).rev() {
        say(format_args!("{n}..."));
        for _ in 0..STEPS {
            if session.interrupted.load(Ordering::SeqCst) {
                return ControlFlow::Break(());
            }
            thread::sleep(STEP);
        }
    }
    ControlFlow::Continue(())
}

fn record(session: &Session, capture: &mut Capture, lines: &Lines) -> Result<Recorded, String> {
    let arguments = session.arguments;
    match (arguments.duration, arguments.until_silence) {
        (Some(seconds), _) => {
            say(format_args!("Recording for {seconds} s: Enter or Ctrl-C stops it earlier"))
        }
        (None, Some(_)) => say("Recording: fall silent, press Enter or Ctrl-C to stop"),
        (None, None) => say("Recording: press Enter or Ctrl-C to stop"),
    }
    lines.forget();
    let live = arguments.until_silence.map(|_| LiveAnalysis::start(capture.sample_rate_hz()));
    let mut meter = LevelMeter::new();
    let recorded = session.record(capture, |heard| {
        meter.show(heard.duration, heard.peak);
        let is_silent = live.as_ref().is_some_and(|live| {
            live.hear(heard.samples);
            session.is_silent(&live.latest())
        });
        if is_silent || lines.is_entered() || session.interrupted.load(Ordering::SeqCst) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    meter.clear();
    recorded
}

fn print(session: &Session, reviewed: &Reviewed) -> io::Result<()> {
    let mut out = standard_output();
    match session.arguments.review.output_format {
        Some(format @ (Format::Json | Format::Jsonl)) => {
            reviewed.heard.record().write_json(&mut out, format == Format::Json)?;
        }
        _ => {
            report::review::write(&mut out, &reviewed.heard.file, terminal_width(), locale_is_utf8())?;
            if let Some(previous) = &reviewed.previous {
                report::rehearsal::write_change(
                    &mut out,
                    &reviewed.heard.file.targets,
                    previous,
                    &reviewed.entry,
                )?;
            }
        }
    }
    out.flush()
}

/// Where nobody can be asked the take stays: it can always be removed later.
fn asks_to_keep(session: &Session, lines: &Lines) -> bool {
    if session.arguments.yes || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return true;
    }
    loop {
        let _ = write!(anstream::stderr(), "Keep this take? [Y/n] ");
        lines.forget();
        let answer = lines.next(|| session.interrupted.load(Ordering::SeqCst));
        match answer.as_deref().map(str::trim).map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "y" | "yes") => return true,
            Some("n" | "no") => return false,
            Some(_) => say("y keeps it, n deletes it."),
        }
    }
}

fn tell_what_improved(session: &Session) -> io::Result<()> {
    if !super::prints_text(session.arguments) {
        return Ok(());
    }
    let mut out = standard_output();
    report::rehearsal::write_drill(&mut out, &session.prepared.standards.targets, &session.kept)?;
    out.flush()
}

fn tell_the_script(session: &Session) {
    let Some(script) = &session.prepared.script else { return };
    say(format_args!("{}\n", script.text.lines().map(printable).collect::<Vec<_>>().join("\n")));
    if !script.unfilled.is_empty() {
        let names = printable(&script.unfilled.join(", "));
        say(format_args!("Not filled: {names} (--set NAME=VALUE)\n"));
    }
}

fn tell_of_unfinished(session: &Session) {
    let unfinished = match session.takes.unfinished() {
        Ok(unfinished) => unfinished,
        Err(error) => return complain(error),
    };
    for take in unfinished {
        let path = take.path.display();
        let length = wav::duration(&take.path)
            .map_or_else(|| "no sound".to_owned(), |duration| format!("{duration:.1}"));
        complain(format_args!(
            "an earlier take was cut short and is kept ({length}): {path}\n  `afterbeep takes keep {name}` makes it a whole one, `afterbeep takes remove {name}` deletes it",
            name = take.name
        ));
    }
}

/// For the person at the microphone; standard output is for the review.
fn say(message: impl std::fmt::Display) {
    // Nothing is left to do when standard error is gone.
    let _ = writeln!(anstream::stderr(), "{message}");
}
