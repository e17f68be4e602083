//! When somebody likes to be called, as people write it: `weekdays 16:00-18:00`, `Tue and Thu after 4 pm`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The hours that are named: "weekdays 16:00-18:00", "9-5", "after 4 pm", "mornings"; what stays open is `earliest` or `latest`.
/// `None` where none are, or where they end before they begin.
pub fn hours(text: &str, earliest: f64, latest: f64) -> Option<(f64, f64)> {
    if is_negated(text) {
        return None;
    }
    let text = &NOON.replace_all(text, "12:00");
    let (from, to) = between(text).or_else(|| open(text)).or_else(|| part_of_day(text))?;
    Some((from.unwrap_or(earliest), to.unwrap_or(latest))).filter(|(from, to)| from <= to)
}

/// "Not before 10", "any day but Monday": when not to call, which is not what is asked.
fn is_negated(text: &str) -> bool {
    negation(text).is_some()
}

/// Where it begins.
fn negation(text: &str) -> Option<usize> {
    NEGATION.find(text).map(|word| word.start())
}

static NEGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:not|never|no|except|but|avoid|unless|[a-z]+n't)\b")
        .expect("the pattern of negations is well formed")
});

static NOON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:noon|midday)\b").expect("the pattern of noon is well formed"));

type Ends = (Option<f64>, Option<f64>);

/// A pair of hours, or the first two times of a day.
fn between(text: &str) -> Option<Ends> {
    if let Some((from, to)) = PAIR.captures(text).and_then(|pair| of_pair(&pair)) {
        return Some((Some(from), Some(to)));
    }
    let mut times = clock_times(text, true).map(|(hour, _)| hour);
    Some((Some(times.next()?), Some(times.next()?)))
}

/// "9-5", "2 to 4 pm", "4:30 to 6 pm".
static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    const HOUR: &str = r"(2[0-3]|1[0-9]|0?[0-9])(?::([0-5][0-9]))?(?: ?([ap])\.?m\b\.?)?";
    Regex::new(&format!(r"(?i)\b{HOUR} ?(?:-|–|—|to|thru|through|till?|until|and) ?{HOUR}(?:[^0-9:a-z]|$)"))
        .expect("the pattern of hours is well formed")
});

/// The half of the day that is said once is that of both, unless the first would then come after the second.
fn of_pair(pair: &Captures) -> Option<(f64, f64)> {
    let number = |group| pair.get(group).and_then(|found| found.as_str().parse::<f64>().ok());
    let time = |group: usize| Some(number(group)? + number(group + 1).unwrap_or(0.0) / 60.0);
    let half = |group| pair.get(group).map(|found| found.as_str().eq_ignore_ascii_case("p"));
    let (from, to) = (time(1)?, time(4)?);
    let in_half = |time: f64, is_evening: bool| match (time < 12.0, is_evening) {
        (true, true) => time + 12.0,
        (false, false) if time < 13.0 => time - 12.0,
        _ => time,
    };
    // Nobody means four in the morning.
    let of_day = |time: f64| if time < 7.0 { time + 12.0 } else { time };
    let after = |from: f64, to: f64| if to < 12.0 && of_day(to) <= from { to + 12.0 } else { of_day(to) };
    Some(match (half(3), half(6)) {
        (Some(of_from), Some(of_to)) => (in_half(from, of_from), in_half(to, of_to)),
        (Some(of_from), None) => {
            let from = in_half(from, of_from);
            (from, after(from, to))
        }
        (None, Some(of_to)) => {
            let to = in_half(to, of_to);
            let same = in_half(from, of_to);
            (if same < to { same } else { from }, to)
        }
        (None, None) => {
            let from = of_day(from);
            (from, if to == 12.0 { to } else { after(from, to) })
        }
    })
}

/// "After 4 pm", "before 10:30", "evenings after 7".
fn open(text: &str) -> Option<Ends> {
    let (hour, place) = clock_times(text, true).next().or_else(|| bare_hour(text))?;
    let before = text[..place.start].trim_end().to_ascii_lowercase();
    let ends = |words: [&str; 4]| words.iter().any(|word| before.ends_with(word));
    match () {
        () if ends(["after", "from", "since", "past"]) => Some((Some(hour), None)),
        () if ends(["before", "until", "till", "by"]) => Some((None, Some(hour))),
        () => None,
    }
}

/// The hour of "after 7", which nobody means in the night, nor in the morning who says "evenings".
fn bare_hour(text: &str) -> Option<(f64, Range<usize>)> {
    let found = BARE_HOUR.captures(text)?.get(1)?;
    let hour: f64 = found.as_str().parse().ok()?;
    let part = part_of_day(text).and_then(|(from, _)| from);
    let is_later = hour < 7.0 || part.is_some_and(|from| hour < from && hour < 12.0);
    Some((if is_later { hour + 12.0 } else { hour }, found.range()))
}

static BARE_HOUR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:after|from|since|past|before|until|till|by) (1[0-9]|2[0-3]|[1-9])(?: ?$| ?[,;.)]| o'clock| on| please)")
        .expect("the pattern of bare hours is well formed")
});

/// From the first to the last that is named; when one begins and another ends is ours.
fn part_of_day(text: &str) -> Option<Ends> {
    const PARTS: [(&str, Option<f64>, Option<f64>); 6] = [
        ("before lunch", None, Some(12.0)),
        ("after lunch", Some(14.0), Some(17.0)),
        ("morning", None, Some(12.0)),
        ("lunch", Some(12.0), Some(14.0)),
        ("afternoon", Some(12.0), Some(17.0)),
        ("evening", Some(17.0), None),
    ];
    let text = text.to_ascii_lowercase();
    let is_of_longer =
        |name: &str| name == "lunch" && (text.contains("before lunch") || text.contains("after lunch"));
    let mut named = PARTS.into_iter().filter(|(name, ..)| text.contains(name) && !is_of_longer(name));
    let (_, from, to) = named.next()?;
    Some((from, named.next_back().map_or(to, |(_, _, to)| to)))
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b([01]?[0-9]|2[0-3])(?::([0-5][0-9])(?: ?([ap])\.?m\b)?| ?([ap])\.?m\b)")
        .expect("the pattern of times is well formed")
});

/// Times of day in hours: "9:30 pm", "16:00", "7 a.m."; "5:30" may be either half of the day, but for a clock of 24 hours.
pub fn clock_times(text: &str, of_24_hours: bool) -> impl Iterator<Item = (f64, Range<usize>)> {
    TIME.captures_iter(text).filter_map(move |time| {
        let number = |group| time.get(group).and_then(|found| found.as_str().parse::<f64>().ok());
        let half = time.get(3).or(time.get(4)).map(|found| found.as_str().to_ascii_lowercase());
        let hour = number(1)?;
        let hour = match half.as_deref() {
            Some("p") if hour < 12.0 => hour + 12.0,
            Some("a") if hour == 12.0 => 0.0,
            None if hour < 13.0 && !of_24_hours => return None,
            _ => hour,
        };
        Some((hour + number(2).unwrap_or(0.0) / 60.0, time.get(0)?.range()))
    })
}

/// `16:00`.
pub fn shown(hour: f64) -> String {
    let minutes = (hour * 60.0).round() as u32;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Days of the week that are asked for, Monday first; `None` where no day is named.
pub fn days(text: &str) -> Option<[bool; 7]> {
    let text = &spelled_out(text);
    let Some(negation) = negation(text) else { return named_days(text) };
    // "Weekdays but Friday", "not Mondays", "any day except Sunday".
    let asked = named_days(&text[..negation]);
    let Some(excluded) = named_days(&text[negation..]) else { return asked };
    let is_any = || ANY_DAY.is_match(text);
    let mut days = asked.unwrap_or_else(|| std::array::from_fn(|day| day < 5 || is_any()));
    days.iter_mut().zip(excluded).for_each(|(day, is_excluded)| *day &= !is_excluded);
    days.contains(&true).then_some(days)
}

static ANY_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:any ?day|every ?day|daily)\b").expect("the pattern is well formed")
});

/// "M-F", "T/Th", "MWF" in whole names.
fn spelled_out(text: &str) -> Cow<'_, str> {
    LETTERS.replace_all(text, |letters: &Captures| {
        LETTER
            .replace_all(&letters[0], |letter: &Captures| {
                let day = match &letter[0] {
                    "M" => 0,
                    "T" | "Tu" => 1,
                    "W" => 2,
                    "Th" | "R" => 3,
                    "F" => 4,
                    "Sa" => 5,
                    _ => 6,
                };
                format!(" {} ", DAYS[day])
            })
            .into_owned()
    })
}

static LETTERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:MTWThF|MTWRF|MWF|MTh|TTh|TuTh|TR|(?:M|Tu|Th|T|W|F|Sa|Su)(?: ?[/,–-] ?(?:M|Tu|Th|T|W|F|Sa|Su))+)\b")
        .expect("the pattern of letters of days is well formed")
});

static LETTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("M|Tu|Th|T|W|R|F|Sa|Su").expect("the pattern of a letter is well formed"));

fn named_days(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    let mut before: Option<(usize, usize)> = None;
    for name in DAY.captures_iter(text) {
        let Some(found) = name.get(0) else { continue };
        let word = found.as_str().to_ascii_lowercase();
        match DAYS.iter().position(|day| word.starts_with(day)) {
            Some(day) => {
                let joins = before.map(|(end, first)| (text[end..found.start()].trim(), first));
                let first = match joins {
                    Some(("-" | "–" | "—" | "to" | "through" | "thru" | "till" | "til" | "until", first)) => {
                        first
                    }
                    _ => day,
                };
                // Friday to Monday goes over Sunday.
                (0..7)
                    .map(|step| (first + step) % 7)
                    .take((day + 7 - first) % 7 + 1)
                    .for_each(|day| days[day] = true);
                before = Some((found.end(), day));
            }
            None if word.starts_with("weekend") => days[5..].fill(true),
            None => days[..5].fill(true),
        }
    }
    days.contains(&true).then_some(days)
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:mon(?:days?)?|tues?(?:days?)?|wed(?:nesdays?)?|thu(?:rs?)?(?:days?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|weekdays?|weekends?|work(?:ing)? ?days?)\b",
    )
    .expect("the pattern of days is well formed")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let named = |text| {
            days(text).map(|days| days.iter().map(|&day| if day { 'x' } else { '-' }).collect::<String>())
        };
        for (text, expected) in [
            ("weekdays 16:00-18:00", "xxxxx--"),
            ("Mon-Thu after 4 pm", "xxxx---"),
            ("Tuesdays and Thursdays", "-x-x---"),
            ("Friday to Monday, 10:00", "x---xxx"),
            ("Saturday", "-----x-"),
            ("weekends or Wed", "--x--xx"),
            ("any working day", "xxxxx--"),
            ("Mon thru Fri 9-5", "xxxxx--"),
            ("Mon — Wed", "xxx----"),
            ("M-F 9-5", "xxxxx--"),
            ("T/Th after 3pm", "-x-x---"),
            ("MWF 9-5", "x-x-x--"),
            ("any day but Monday, after 4 pm", "-xxxxxx"),
            ("not Mondays", "-xxxx--"),
            ("weekdays except Fri", "xxxx---"),
            ("Tuesdays, but not before 10", "-x-----"),
        ] {
            assert_eq!(named(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(named("16:00-18:00, not on my sunny terrace"), None);
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, expected) in [
            ("weekdays 16:00-18:00", (16.0, 18.0)),
            ("9:30 am to 1 pm", (9.5, 13.0)),
            ("Mon-Fri 9-5", (9.0, 17.0)),
            ("2 to 4 pm", (14.0, 16.0)),
            ("10-12", (10.0, 12.0)),
            ("11-1", (11.0, 13.0)),
            ("16-18", (16.0, 18.0)),
            ("Tue after 4 pm", (16.0, 21.0)),
            ("before 10:30", (8.0, 10.5)),
            ("weekday mornings", (8.0, 12.0)),
            ("lunchtime", (12.0, 14.0)),
            ("afternoons and evenings", (12.0, 21.0)),
            ("weekdays between 9 and 5", (9.0, 17.0)),
            ("before noon", (8.0, 12.0)),
            ("after lunch", (14.0, 17.0)),
            ("weekdays 7-9 pm", (19.0, 21.0)),
            ("8 to 9 pm", (20.0, 21.0)),
            ("4:30 to 6 pm", (16.5, 18.0)),
            ("1:30-3:30 pm", (13.5, 15.5)),
            ("9-5:30", (9.0, 17.5)),
            ("11 to 1 pm", (11.0, 13.0)),
            ("9 am-5", (9.0, 17.0)),
            ("9 a.m. to 12 p.m.", (9.0, 12.0)),
            ("08:30—12:00", (8.5, 12.0)),
            ("evenings after 7", (19.0, 21.0)),
            ("Tuesdays after 5, please", (17.0, 21.0)),
            ("mornings after 9", (9.0, 21.0)),
            ("before 10", (8.0, 10.0)),
            ("5-7 Pacific", (17.0, 19.0)),
        ] {
            assert_eq!(hours(text, 8.0, 21.0), Some(expected), "{text}");
        }
        for text in [
            "",
            "weekdays",
            "when the shop is closed",
            "not at 4 pm",
            "6 pm to 9 am",
            "never after 5 pm",
            "after 2 weeks",
            "from 12/3 on",
            "except Fridays, 9-5",
        ] {
            assert_eq!(hours(text, 8.0, 21.0), None, "{text}");
        }
    }
}
