//! `afterbeep takes`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Outcome, complain, refuse, replacing, standard_output};
use crate::audio::wav;
use crate::rehearsal::{Entry, Take, Takes};
use crate::report::printable;
use crate::report::review::number;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The folder they are kept in; without it afterbeep/takes among your data (XDG_DATA_HOME)
    #[arg(long, global = true, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Every take: its name, when, how long, its score
    List,
    /// Play a take (a build with the feature `record`)
    Play { name: String },
    /// Where a take is, and its numbers as they were measured then
    Show { name: String },
    /// Copy a take to a file
    Export {
        name: String,
        file: PathBuf,
        /// Replace the file that is there
        #[arg(long)]
        force: bool,
    },
    /// Make a take that was cut short a whole one
    Keep { name: String },
    /// Delete takes for good
    Remove {
        #[arg(required = true)]
        names: Vec<String>,
        /// Without asking
        #[arg(short, long)]
        yes: bool,
    },
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    if let Some(folder) = arguments.folder.as_deref().filter(|folder| !folder.is_dir()) {
        return Ok(refuse(format_args!("--folder {}: no such folder", folder.display())));
    }
    let takes = match Takes::open(arguments.folder.as_deref()) {
        Ok(takes) => takes,
        Err(error) => return Ok(refuse(error)),
    };
    match &arguments.command {
        Command::List => list(&takes),
        Command::Play { name } => with(&takes, name, play),
        Command::Show { name } => with(&takes, name, show),
        Command::Export { name, file, force } => with(&takes, name, |take| Ok(export(take, file, *force))),
        Command::Keep { name } => with(&takes, name, |take| Ok(keep(&takes, take))),
        Command::Remove { names, yes } => remove(&takes, names, *yes),
    }
}

fn with(
    takes: &Takes,
    name: &str,
    command: impl FnOnce(&Take) -> io::Result<Outcome>,
) -> io::Result<Outcome> {
    match takes.find(name) {
        Ok(take) => command(&take),
        Err(error) => Ok(refuse(error)),
    }
}

fn list(takes: &Takes) -> io::Result<Outcome> {
    let (whole, unfinished) = match takes.list().and_then(|whole| Ok((whole, takes.unfinished()?))) {
        Ok(found) => found,
        Err(error) => return Ok(refuse(error)),
    };
    let history = Remembered::open();
    let mut out = standard_output();
    for take in &whole {
        let entry = history.of(take);
        let score = entry.and_then(|entry| entry.score).map_or("-".to_owned(), |score| format!("{score:.0}"));
        writeln!(out, "{}  {}  {:>7}  score {score}", name(take), recorded(&take.path), length(&take.path))?;
    }
    for take in &unfinished {
        writeln!(out, "{}  {}  {:>7}  cut short", name(take), recorded(&take.path), length(&take.path))?;
    }
    out.flush()?;
    if whole.is_empty() && unfinished.is_empty() {
        complain("there are no takes yet; `afterbeep rehearse SCRIPT` records one");
    }
    Ok(Outcome::Clean)
}

fn name(take: &Take) -> String {
    format!("{:<40}", printable(&take.name.to_string()))
}

/// When the file was last written, in the time of this place.
fn recorded(path: &Path) -> String {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    let time = modified.ok().and_then(|time| Timestamp::try_from(time).ok());
    time.map_or("unknown time    ".to_owned(), |time| {
        time.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
    })
}

fn length(path: &Path) -> String {
    wav::duration(path).map_or_else(|| "no sound".to_owned(), |duration| format!("{duration:.1}"))
}

fn show(take: &Take) -> io::Result<Outcome> {
    let mut out = standard_output();
    writeln!(out, "{}", printable(&take.path.display().to_string()))?;
    writeln!(out, "recorded {}, {}", recorded(&take.path), length(&take.path))?;
    match Remembered::open().of(take) {
        Some(entry) => {
            if let Some(script) = &entry.script {
                writeln!(
                    out,
                    "script {}, message {}",
                    printable(&script.display().to_string()),
                    entry.message
                )?;
            }
            let score = entry.score.map_or("no score".to_owned(), |score| format!("score {score:.0} of 100"));
            writeln!(out, "{score}")?;
            for measured in &entry.numbers {
                match &measured.value {
                    Ok(value) => {
                        writeln!(out, "  {:<25} {} {}", measured.name, number(*value), measured.unit)?
                    }
                    Err(reason) => writeln!(out, "  {:<25} n/a: {reason}", measured.name)?,
                }
            }
        }
        None => writeln!(out, "not in the history; `afterbeep review` scores it")?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn export(take: &Take, file: &Path, force: bool) -> Outcome {
    let ending = file.extension().unwrap_or_default();
    if !ending.eq_ignore_ascii_case("wav") && !ending.eq_ignore_ascii_case("wave") {
        return refuse(format_args!(
            "{}: a take is a WAV file; give it a name that ends in .wav",
            file.display()
        ));
    }
    let written =
        fs::read(&take.path).map_err(|error| format!("{}: could not be read: {error}", take.path.display()));
    let written = written.and_then(|bytes| {
        let written = if force {
            replacing::write_private(file, |out| out.write_all(&bytes))
        } else {
            replacing::write_new_private(file, &bytes, "give another name, or --force to replace it")
        };
        written.map_err(|error| format!("{}: {error}", file.display()))
    });
    match written {
        Ok(()) => Outcome::Clean,
        Err(error) => refuse(error),
    }
}

fn keep(takes: &Takes, take: &Take) -> Outcome {
    if !take.is_part() {
        return refuse(format_args!("{}: is whole already", take.path.display()));
    }
    match takes.keep(take.clone()) {
        Ok(path) => {
            complain(format_args!("kept as {}", path.display()));
            Outcome::Clean
        }
        Err(error) => refuse(error),
    }
}

fn remove(takes: &Takes, names: &[String], yes: bool) -> io::Result<Outcome> {
    // All are found before the first is gone, so that a mistyped name removes nothing.
    let found = match names.iter().map(|name| takes.find(name)).collect::<Result<BTreeSet<_>, _>>() {
        Ok(found) => found,
        Err(error) => return Ok(refuse(error)),
    };
    if !yes && !is_sure(found.len())? {
        return Ok(Outcome::CouldNotRun);
    }
    let mut outcome = Outcome::Clean;
    for take in &found {
        if let Err(error) = takes.remove(take) {
            outcome = refuse(error);
        }
    }
    Ok(outcome)
}

/// Only a person can be asked; anybody else has to say `--yes`.
fn is_sure(n_takes: usize) -> io::Result<bool> {
    if !io::stdin().is_terminal() {
        complain("nothing was removed: there is nobody to ask; --yes removes without asking");
        return Ok(false);
    }
    let what = if n_takes == 1 { "this take".to_owned() } else { format!("{n_takes} takes") };
    write!(anstream::stderr(), "Delete {what} for good? [y/N] ")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

#[cfg(feature = "record")]
fn play(take: &Take) -> io::Result<Outcome> {
    use std::sync::atomic::Ordering;

    use super::{interruption, progress};
    use crate::audio::{Channel, decode, playback};

    let clip = match decode(&take.path, Channel::Mix) {
        Ok(recording) => recording.clip,
        Err(error) => return Ok(refuse(error)),
    };
    let interrupted = match interruption::catch() {
        Ok(interrupted) => interrupted,
        Err(error) => return Ok(refuse(error)),
    };
    let bar = progress::playback(clip.duration());
    let played = playback::play(&clip, |at| {
        bar.set_position(at.0 as u64);
        !interrupted.load(Ordering::SeqCst)
    });
    bar.finish_and_clear();
    Ok(match played {
        Ok(()) if interrupted.load(Ordering::SeqCst) => Outcome::Interrupted,
        Ok(()) => Outcome::Clean,
        Err(error) => refuse(error),
    })
}

#[cfg(not(feature = "record"))]
fn play(_: &Take) -> io::Result<Outcome> {
    Ok(refuse("this build cannot play; build it with cargo build --features record"))
}

/// What the history knows of takes; nothing in a build without one.
struct Remembered(Vec<Entry>);

impl Remembered {
    #[cfg(feature = "record")]
    fn open() -> Self {
        use crate::rehearsal::history::History;

        let entries = History::open_existing().and_then(|history| match history {
            Some(history) => history.entries(None),
            None => Ok(Vec::new()),
        });
        Self(entries.unwrap_or_else(|error| {
            complain(format_args!("scores are not known: {error}"));
            Vec::new()
        }))
    }

    #[cfg(not(feature = "record"))]
    fn open() -> Self {
        Self(Vec::new())
    }

    /// The last entry of a file: names are not given twice, but files may be.
    fn of(&self, take: &Take) -> Option<&Entry> {
        self.0.iter().rev().find(|entry| entry.path == take.path)
    }
}
