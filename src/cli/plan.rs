//! `afterbeep plan`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::config_files::{ConfigFiles, Flags};
use super::data_files::data_of;
use super::filling::Filling;
use super::input::Input;
use super::selection::Linters;
use super::{Outcome, complain, paths, refuse, replacing, review, standard_output};
use crate::config::Limits;
use crate::plan::{Step, WORKING_DAYS, Window, plan};
use crate::report::{self, plan::Planned, printable};
use crate::script::best_time::{days, hours};
use crate::script::front_matter::{self, EXPECTED_DATE, NO_TIME_ZONE};
use crate::script::{self, FrontMatter, Sequence};
use crate::units::counted;

#[derive(clap::Args)]
pub struct Arguments {
    /// A script of several messages, with `days` in its front matter
    file: PathBuf,
    /// Mark this message as left, by its number from 1: it is written into the front matter
    #[arg(long, value_name = "N")]
    done: Option<usize>,
    /// On this date (2026-11-24); without it today
    #[arg(long, value_name = "DATE", value_parser = date, requires = "done")]
    on: Option<Date>,
    /// The day of the first message; without it today
    #[arg(long, value_name = "DATE", value_parser = date)]
    start: Option<Date>,
    /// The listener's time zone, over that of the front matter: America/New_York
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Write what is due to a calendar file as well
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    #[command(flatten)]
    filling: Filling,
    /// How the plan is printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// Take no notice of any afterbeep.toml
    #[arg(long)]
    isolated: bool,
    /// As if it were this time (2026-11-24T09:00[Europe/Paris]); for tests
    #[arg(long, value_name = "TIME", hide = true)]
    now: Option<ZonedDateTime>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Full,
    Json,
}

fn date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| EXPECTED_DATE)
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let prepared = Script::read(arguments).map_err(|error| named(&arguments.file, error));
    let prepared = prepared.and_then(|script| {
        refuse_overwriting(arguments, &script)?;
        let input = Input::File(arguments.file.clone());
        let filled = arguments.filling.fill(&input, script.source.clone())?;
        let steps = script.steps(arguments).map_err(|error| named(&arguments.file, error))?;
        Ok((script, filled, steps))
    });
    let (script, filled, steps) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Ok(refuse(error)),
    };
    let sequence = script::parse(&filled);
    tell_of_unfilled(arguments, &sequence);
    let planned = Planned {
        path: &arguments.file.display().to_string(),
        place: &paths::absolute(&arguments.file).display().to_string(),
        source: &filled,
        sequence: &sequence,
        steps: &steps,
        zone: &script.zone,
        caller_zone: script.now.time_zone(),
    };
    if let Err(error) = save(arguments, &planned, &script.source) {
        return Ok(refuse(error));
    }
    let mut out = standard_output();
    match arguments.output_format {
        Format::Full => report::plan::write(&mut out, &planned)?,
        Format::Json => report::plan::write_json(&mut out, &planned)?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn refuse_overwriting(arguments: &Arguments, script: &Script) -> Result<(), String> {
    let ics: Vec<(&str, &Path)> = arguments.ics.iter().map(|ics| ("--ics", ics.as_path())).collect();
    let data = data_of(&Input::File(arguments.file.clone()), &script.sequence.front_matter);
    let read = [Some(arguments.file.as_path()), data.as_deref()];
    replacing::refuse_overwriting(&ics, read.into_iter().flatten())
}

fn tell_of_unfilled(arguments: &Arguments, sequence: &Sequence) {
    let unfilled = review::unfilled(&sequence.messages).join(", ");
    if arguments.filling.is_given() && !unfilled.is_empty() {
        complain(format_args!(
            "not filled: {} (--set NAME=VALUE, or a cell of `data`)",
            printable(&unfilled)
        ));
    }
}

/// The calendar, and after it the script with its mark: where the first fails, nothing was marked.
fn save(arguments: &Arguments, planned: &Planned, marked: &str) -> Result<(), String> {
    let is_due = planned.steps.iter().any(|step| matches!(step, Step::Due { .. }));
    match &arguments.ics {
        None => {}
        Some(ics) if !is_due => {
            complain(format_args!("nothing is due, so {} was not written", ics.display()));
        }
        Some(ics) => {
            // It holds the words and the name of a client.
            let calendar = report::plan::calendar(planned);
            replacing::write_private(ics, |out| out.write_all(calendar.as_bytes()))
                .map_err(|error| named(ics, error))?;
        }
    }
    match arguments.done {
        Some(_) => replacing::write(&arguments.file, marked.as_bytes())
            .map_err(|error| named(&arguments.file, error)),
        None => Ok(()),
    }
}

/// A sequence that can be planned, with `--done` in its text.
struct Script {
    source: String,
    sequence: Sequence,
    limits: Limits,
    zone: TimeZone,
    /// On the caller's clock.
    now: ZonedDateTime,
}

impl Script {
    fn read(arguments: &Arguments) -> Result<Self, String> {
        let now = arguments.now.clone().unwrap_or_else(ZonedDateTime::now);
        let input = Input::File(arguments.file.clone());
        let mut source = input.read().map_err(|unread| unread.text)?;
        let mut sequence = script::parse(&source);
        check(&sequence)?;
        if let Some(message) = arguments.done {
            let date = arguments.on.unwrap_or(now.date());
            if now.date() < date {
                return Err(format!("--on {date} is still to come; a message is marked once it was left"));
            }
            source = marked(&source, &sequence, message, date)?;
            sequence = script::parse(&source);
            check(&sequence)?;
        }
        let flags = Flags { isolated: arguments.isolated, ..Flags::default() };
        let linters = Linters::new(&mut ConfigFiles::new(flags), std::slice::from_ref(&input))?;
        let linter = linters.linter(&input, sequence.front_matter.profile.as_deref())?;
        let limits = linter.limits(&sequence.front_matter);
        let zone = zone(arguments.time_zone.as_deref(), &sequence.front_matter, &now)?;
        Ok(Self { source, sequence, limits, zone, now })
    }

    fn steps(&self, arguments: &Arguments) -> Result<Vec<Step>, String> {
        let front_matter = &self.sequence.front_matter;
        let window = window(front_matter, &self.limits)?;
        let now = self.now.with_time_zone(self.zone.clone());
        let start = arguments.start.unwrap_or(now.date());
        let done = done(front_matter)?;
        if let (Some(_), Some(first)) = (arguments.start, done.get(&1)) {
            complain(format_args!(
                "--start is not needed: the first message was left on {first}, and the others follow it"
            ));
        }
        if start < now.date() && !done.contains_key(&1) {
            complain(format_args!("--start {start} is past: the first message is due now"));
        }
        plan(&front_matter.days, &done, &window, &now, start)
            .map_err(|error| format!("`days` cannot be counted from {start}: {error}"))
    }
}

fn check(sequence: &Sequence) -> Result<(), String> {
    let (n_days, n_messages) = (sequence.front_matter.days.len(), sequence.messages.len());
    match sequence.problems.iter().find(|problem| problem.is_error) {
        Some(problem) => Err(problem.text.clone()),
        None if n_days == 0 => {
            Err("its front matter has no `days`; say when each message is left, such as `days: [0, 4, 11]`"
                .to_owned())
        }
        None if n_days != n_messages => {
            let entries = counted(n_days, "entry", "entries");
            let messages = counted(n_messages, "message", "messages");
            Err(format!("`days` has {entries} for {messages}; give one for each"))
        }
        None if !sequence.front_matter.days.is_sorted_by(|day, next| day < next) => {
            Err("`days` do not rise; each message is left on a later day than the one before it".to_owned())
        }
        None => Ok(()),
    }
}

/// The text of the script with the note that a message was left.
fn marked(source: &str, sequence: &Sequence, message: usize, date: Date) -> Result<String, String> {
    let n_messages = sequence.messages.len();
    if message == 0 || n_messages < message {
        return Err(format!("has {n_messages} messages, and --done asks for number {message}"));
    }
    let mut done = done(&sequence.front_matter)?;
    let earlier = done.range(..message).find(|(_, other)| date < **other);
    let later = done.range(message + 1..).find(|(_, other)| **other < date);
    if let Some((other, when)) = earlier.or(later) {
        let order = if *other < message { "before" } else { "after" };
        return Err(format!("message {message} was not left on {date}, {order} message {other} ({when})"));
    }
    done.insert(message, date);
    let entries: Vec<String> = done.iter().map(|(message, date)| format!("{message}: {date}")).collect();
    let value = format!("{{{}}}", entries.join(", "));
    front_matter::with_value(source, "done", &value)
        .ok_or_else(|| "has no front matter to mark it in; put it between two lines of `---`".to_owned())
}

fn done(front_matter: &FrontMatter) -> Result<BTreeMap<usize, Date>, String> {
    let date = |(message, date): (&usize, &String)| match date.parse() {
        Ok(date) => Ok((*message, date)),
        Err(_) => Err(format!("`done` says {date:?} of message {message}; {EXPECTED_DATE}")),
    };
    front_matter.done.iter().map(date).collect()
}

/// The listener's zone; the caller's where nobody says.
fn zone(flag: Option<&str>, front_matter: &FrontMatter, now: &ZonedDateTime) -> Result<TimeZone, String> {
    let name = flag.or(front_matter.contact.time_zone.as_deref());
    let Some(name) = name else {
        complain(
            "the listener's time zone is not known (contact.time_zone, or --time-zone): their clock is taken for yours",
        );
        return Ok(now.time_zone().clone());
    };
    TimeZone::get(name).map_err(|_| format!("{name:?} is {NO_TIME_ZONE}"))
}

/// The best time of the contact, within the hours for calls.
fn window(front_matter: &FrontMatter, limits: &Limits) -> Result<Window, String> {
    let best = front_matter.contact.best_time.as_deref().unwrap_or_default();
    let (earliest, latest) = (limits.earliest_hour, limits.latest_hour);
    let (named_hours, named_days) = (hours(best, earliest, latest), days(best));
    let (from, to) = named_hours.unwrap_or((earliest, latest));
    // Of "weekdays" alone nothing was left out.
    let is_understood =
        named_hours.is_some() || named_days.is_some() && !best.bytes().any(|byte| byte.is_ascii_digit());
    if !best.trim().is_empty() && !is_understood {
        complain(format_args!(
            "the hours of the best time, {best}, are not understood (as `weekdays 16:00-18:00` is); any hour for calls is taken"
        ));
    }
    let (mut from, mut to) = (from.max(earliest), to.min(latest));
    if to <= from {
        complain(format_args!("the best time, {best}, is no hour for calls; any such hour is taken instead"));
        (from, to) = (earliest, latest);
    }
    let time = |hour: f64| {
        let minutes = ((hour * 60.0).round() as i16).clamp(0, 24 * 60 - 1);
        Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).map_err(|error| error.to_string())
    };
    let window = Window { days: named_days.unwrap_or(WORKING_DAYS), from: time(from)?, to: time(to)? };
    if window.from < window.to {
        Ok(window)
    } else {
        Err("the hours for calls are none; see limits.earliest_hour".to_owned())
    }
}

fn named(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
