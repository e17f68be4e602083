//! When to leave which message: lines, JSON, a calendar.

use std::io::{self, Write};

use icalendar::{Calendar, Component, Event, Property};
use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::printable;
use crate::plan::Step;
use crate::script::{self, Sequence};

/// A plan and what it is of.
pub struct Planned<'p> {
    pub path: &'p str,
    /// Its path from the root, which no other script has.
    pub place: &'p str,
    pub source: &'p str,
    pub sequence: &'p Sequence,
    /// One for each message.
    pub steps: &'p [Step],
    /// That of the listener.
    pub zone: &'p TimeZone,
    pub caller_zone: &'p TimeZone,
}

impl Planned<'_> {
    fn n_messages(&self) -> usize {
        self.steps.len()
    }

    /// Where the listener said they are best reached.
    fn number(&self) -> Option<&str> {
        self.sequence.front_matter.contact.best_number.as_deref().filter(|number| !number.trim().is_empty())
    }

    /// `message 2 of 3, A respectful deadline`.
    fn title(&self, index: usize) -> String {
        let title = self.sequence.messages[index].title.as_deref();
        let number = format!("message {} of {}", index + 1, self.n_messages());
        title.map_or(number.clone(), |title| format!("{number}, {}", printable(title)))
    }
}

pub fn write(out: &mut impl Write, planned: &Planned) -> io::Result<()> {
    let zone = planned.zone.iana_name().unwrap_or("your clock");
    let dial = planned.number().map_or(String::new(), |number| format!("call {}, ", printable(number)));
    writeln!(out, "{}  {dial}on the listener's clock ({zone})", printable(planned.path))?;
    let times: Vec<String> = planned.steps.iter().map(|step| time(step, planned.caller_zone)).collect();
    let width = times.iter().map(String::len).max().unwrap_or_default();
    for (index, time) in times.iter().enumerate() {
        writeln!(out, "  {time:<width$}  {}", planned.title(index))?;
    }
    Ok(())
}

fn time(step: &Step, caller_zone: &TimeZone) -> String {
    match step {
        Step::Done(date) => format!("{}  done", date.strftime("%a %Y-%m-%d")),
        Step::Skipped => "skipped".to_owned(),
        Step::Due { from, to } => {
            let yours = from.with_time_zone(caller_zone.clone());
            let differs = yours.offset() != from.offset();
            let yours =
                if differs { format!(" (yours: {})", yours.strftime("%a %H:%M")) } else { String::new() };
            format!("{}-{}{yours}", from.strftime("%a %Y-%m-%d %H:%M"), to.strftime("%H:%M"))
        }
    }
}

#[derive(Serialize)]
struct Json<'p> {
    version: u32,
    path: &'p str,
    time_zone: Option<&'p str>,
    /// To dial.
    number: Option<&'p str>,
    messages: Vec<JsonStep<'p>>,
}

#[derive(Serialize)]
struct JsonStep<'p> {
    message: usize,
    title: Option<&'p str>,
    done: Option<String>,
    /// RFC 3339, with the offset of the listener's clock.
    from: Option<String>,
    to: Option<String>,
}

pub fn write_json(out: &mut impl Write, planned: &Planned) -> io::Result<()> {
    let rfc3339 = |time: &ZonedDateTime| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let messages = planned.steps.iter().enumerate().map(|(index, step)| {
        let (done, from, to) = match step {
            Step::Done(date) => (Some(date.to_string()), None, None),
            Step::Skipped => (None, None, None),
            Step::Due { from, to } => (None, Some(rfc3339(from)), Some(rfc3339(to))),
        };
        let title = planned.sequence.messages[index].title.as_deref();
        JsonStep { message: index + 1, title, done, from, to }
    });
    let json = Json {
        version: super::json::VERSION,
        path: planned.path,
        time_zone: planned.zone.iana_name(),
        number: planned.number(),
        messages: messages.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// An event for each message that is due, with the words to say (RFC 5545). The same
/// message keeps its name, so that a calendar replaces what it has of it.
pub fn calendar(planned: &Planned) -> String {
    // The crate's own calendar has a PRODID already, and only one may be there (RFC 5545, 3.6).
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//afterbeep//plan//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(name, value));
    }
    for (index, step) in planned.steps.iter().enumerate() {
        let Step::Due { from, to } = step else { continue };
        let words = script::as_said(planned.source, planned.sequence.messages[index].span);
        let dial = planned.number().map_or(String::new(), |number| format!("Call {number}\n\n"));
        let uid = super::fingerprint::of_text("plan", &format!("{} {}", planned.place, index + 1));
        let event = Event::new()
            .uid(&format!("{uid}@afterbeep"))
            .summary(&format!("Voicemail: {}", planned.title(index)))
            .description(&format!("{dial}{words}"))
            .append_property(Property::new("DTSTART", utc(from)))
            .append_property(Property::new("DTEND", utc(to)))
            .done();
        calendar.push(event);
    }
    calendar.done().to_string()
}

fn utc(time: &ZonedDateTime) -> String {
    time.with_time_zone(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}
