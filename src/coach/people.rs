//! Each person of a team: how they do, whether it got better, what they most often do.

use jiff::civil::Date;

use super::team::{Common, common};
use crate::statistics::median;

/// What is known of one recording of somebody.
pub struct Entry<'a> {
    pub person: &'a str,
    pub date: Option<Date>,
    pub score: f64,
    /// Codes and names of its findings.
    pub findings: Vec<(&'a str, &'a str)>,
}

pub struct Person {
    pub name: String,
    /// In the order of their dates, those without one first; scores of the same day in the order given.
    pub scores: Vec<(Option<Date>, f64)>,
    pub median: f64,
    /// Medians of the earlier and of the later half, where there are enough with a date to tell.
    pub halves: Option<(f64, f64)>,
    pub common: Option<Common>,
}

/// Recordings in each half from which a median says something; ours.
const MIN_HALF: usize = 3;

/// Recordings with one finding from which it is what somebody does most often; ours: once is no habit.
const MIN_COMMON: usize = 2;

/// The lowest median first.
pub fn people(entries: &[Entry]) -> Vec<Person> {
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.person).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&str| {
        let mut own: Vec<&Entry> = entries.iter().filter(|entry| entry.person == *name).collect();
        own.sort_by_key(|entry| entry.date);
        let scores: Vec<(Option<Date>, f64)> = own.iter().map(|entry| (entry.date, entry.score)).collect();
        Person {
            name: (*name).to_owned(),
            median: median(scores.iter().map(|(_, score)| *score)).unwrap_or_default(),
            halves: halves(&scores),
            common: common(own.iter().map(|entry| entry.findings.clone()))
                .into_iter()
                .next()
                .filter(|common| MIN_COMMON <= common.n_recordings),
            scores,
        }
    };
    let mut people: Vec<Person> = names.iter().map(of).collect();
    people.sort_by(|a, b| a.median.total_cmp(&b.median));
    people
}

fn halves(scores: &[(Option<Date>, f64)]) -> Option<(f64, f64)> {
    let dated: Vec<f64> = scores.iter().filter(|(date, _)| date.is_some()).map(|(_, score)| *score).collect();
    let (early, late) = dated.split_at(dated.len() / 2);
    let median = |half: &[f64]| median(half.iter().copied());
    (MIN_HALF <= early.len()).then(|| Some((median(early)?, median(late)?)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_first_and_each_in_the_order_of_time() {
        let entry = |person, day, score| Entry {
            person,
            date: Date::new(2026, 11, day).ok(),
            score,
            findings: vec![("AD104", "monotone")],
        };
        let mut entries: Vec<Entry> = (1..=6).map(|day| entry("Ann", 7 - day, f64::from(70 - day))).collect();
        entries.push(entry("Bo", 1, 50.0));
        let people = people(&entries);
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Bo", "Ann"]);
        assert_eq!((people[0].halves, people[1].halves), (None, Some((65.0, 68.0))));
        assert!(people[1].scores.is_sorted_by_key(|(date, _)| *date));
        assert_eq!(people[1].common.as_ref().map(|found| found.n_recordings), Some(6));
    }
}
