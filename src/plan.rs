//! Polite persistence: when to leave which message of a sequence.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::{ToSpan, ZonedDateTime};

/// When the listener may be called, on the listener's clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Monday first; at least one.
    pub days: [bool; 7],
    pub from: Time,
    /// After `from`.
    pub to: Time,
}

/// Without a word of the listener's: the days on which offices work. Ours.
pub const WORKING_DAYS: [bool; 7] = [true, true, true, true, true, false, false];

#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Done(Date),
    /// A later message was left before it: it is of no use any more.
    Skipped,
    Due {
        from: ZonedDateTime,
        to: ZonedDateTime,
    },
}

/// A step for each of `days`, which count from the first message as in the front matter. A message that is late is due
/// now, and those after it keep their distance from it. `done`: by the number of the message, from 1. `now`: on the
/// listener's clock. `start`: the day of the first message, when it is not done.
///
/// # Errors
///
/// Beyond the year 9999.
pub fn plan(
    days: &[u32],
    done: &BTreeMap<usize, Date>,
    window: &Window,
    now: &ZonedDateTime,
    start: Date,
) -> Result<Vec<Step>, jiff::Error> {
    let mut steps = Vec::new();
    let mut before: Option<(u32, Date)> = None;
    let last_done = done.keys().next_back().copied().unwrap_or(0);
    for (index, &day) in days.iter().enumerate() {
        let date = match done.get(&(index + 1)) {
            Some(&date) => {
                steps.push(Step::Done(date));
                date
            }
            None if index + 1 < last_done => {
                steps.push(Step::Skipped);
                continue;
            }
            None => {
                let (day_before, date_before) = before.unwrap_or((days[0], start));
                let apart = jiff::Span::new().try_days(day.saturating_sub(day_before))?;
                let wanted = date_before.checked_add(apart)?;
                let step = due(wanted, window, now)?;
                let date = step.0.date();
                steps.push(Step::Due { from: step.0, to: step.1 });
                date
            }
        };
        before = Some((day, date));
    }
    Ok(steps)
}

/// The first time in the window that is neither before `wanted` nor past.
fn due(
    wanted: Date,
    window: &Window,
    now: &ZonedDateTime,
) -> Result<(ZonedDateTime, ZonedDateTime), jiff::Error> {
    let zone = now.time_zone();
    let mut date = wanted.max(now.date());
    loop {
        let is_day = window.days[date.weekday().to_monday_zero_offset() as usize];
        let to = date.to_datetime(window.to).to_zoned_datetime(zone.clone())?;
        if is_day && *now < to {
            let from = date.to_datetime(window.from).to_zoned_datetime(zone.clone())?;
            return Ok((from.max(now.clone()), to));
        }
        date = date.checked_add(1.day())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(steps: &[Step]) -> Vec<String> {
        let show = |step: &Step| match step {
            Step::Done(date) => format!("done {date}"),
            Step::Skipped => "skipped".to_owned(),
            Step::Due { from, to } => {
                format!("{} to {}", from.strftime("%a %F %H:%M %Z"), to.strftime("%H:%M"))
            }
        };
        steps.iter().map(show).collect()
    }

    fn planned(now: &str, done: &[(usize, &str)], start: &str) -> Vec<String> {
        let window = Window {
            days: WORKING_DAYS,
            from: jiff::civil::time(16, 0, 0, 0),
            to: jiff::civil::time(18, 0, 0, 0),
        };
        let done = done.iter().map(|(n, date)| (*n, date.parse().expect("a date"))).collect();
        let now: ZonedDateTime = now.parse().expect("a time");
        shown(&plan(&[0, 4, 11], &done, &window, &now, start.parse().expect("a date")).expect("in this age"))
    }

    #[test]
    fn days_count_from_the_first_and_weekends_are_skipped() {
        // 24 November 2026 is a Tuesday; four days later is a Saturday.
        assert_eq!(
            planned("2026-11-24T09:00[America/New_York]", &[], "2026-11-24"),
            [
                "Tue 2026-11-24 16:00 EST to 18:00",
                "Mon 2026-11-30 16:00 EST to 18:00",
                "Mon 2026-12-07 16:00 EST to 18:00"
            ]
        );
    }

    #[test]
    fn what_is_late_is_due_now_and_the_rest_follows() {
        assert_eq!(
            planned("2026-11-24T17:20[Europe/London]", &[(1, "2026-11-12")], "2026-11-24"),
            ["done 2026-11-12", "Tue 2026-11-24 17:20 GMT to 18:00", "Tue 2026-12-01 16:00 GMT to 18:00"]
        );
        assert_eq!(
            planned("2026-11-24T18:00[Europe/London]", &[(1, "2026-11-12")], "2026-11-24")[1],
            "Wed 2026-11-25 16:00 GMT to 18:00",
            "the hour is over for today"
        );
    }

    #[test]
    fn what_a_later_message_came_before_is_skipped() {
        assert_eq!(
            planned("2026-11-24T09:00[Europe/London]", &[(2, "2026-11-20")], "2026-11-24"),
            ["skipped", "done 2026-11-20", "Fri 2026-11-27 16:00 GMT to 18:00"]
        );
    }

    #[test]
    fn the_clock_is_that_of_the_day_it_is_for() {
        // Summer time begins on 8 March 2026 in New York.
        let planned = planned("2026-03-05T09:00[America/New_York]", &[], "2026-03-05");
        assert_eq!(planned[..2], ["Thu 2026-03-05 16:00 EST to 18:00", "Mon 2026-03-09 16:00 EDT to 18:00"]);
    }
}
