//! Speed-ups: stretches said nearly twice as fast as the take as a whole, and fast.
//!
//! Ours. The local rate is that of the syllable nuclei within [`WINDOW`] of speech time; a stretch is all that windows at or
//! above [`FACTOR`] times the take's own rate cover. Pauses are left out, and filled ones: beside a held *um* all else
//! would be fast.

use super::articulation_rate::articulation_rate;
use super::{Measured, Measurement, Unmeasurable};
use crate::units::{Interval, Seconds, total_length};

/// Short phrases are said faster for no reason; two seconds are eight syllables or more.
const WINDOW: Seconds = Seconds(2.0);
const FACTOR: f64 = 1.75;
/// Syllables a second below which nobody is in a hurry: the upper end of what is usual. Halting readers who find their
/// pace for a sentence double it.
const FAST: f64 = 5.5;
/// Silence within a stretch that is still one stretch; ours.
const LONGEST_PAUSE: Seconds = Seconds(0.5);
/// Speech below which a take has no pace of its own to leave: five windows.
const MIN_SPEECH: Seconds = Seconds(10.0);

/// In time order, not overlapping, each at least [`WINDOW`] long. `speech` and `filled_pauses` are in order of time.
pub fn speed_ups(
    speech: &[Interval],
    filled_pauses: &[Interval],
    nuclei: &[Seconds],
) -> Measured<Vec<Interval>> {
    let speech: &Vec<Interval> =
        &speech.iter().flat_map(|interval| interval.without(filled_pauses)).collect();
    let timeline = Timeline::new(speech);
    // Of nuclei outside speech there is no speech time.
    let spoken: Vec<(f64, Seconds)> =
        nuclei.iter().filter_map(|time| Some((timeline.spoken_until(*time)?, *time))).collect();
    let own = articulation_rate(speech, spoken.len())?;
    let total = total_length(speech);
    if total < MIN_SPEECH {
        return Err(Unmeasurable(format!(
            "only {total:.1} of speech; a pace of one's own needs {MIN_SPEECH:.0}"
        )));
    }
    let enough = ((FACTOR * own.0).max(FAST) * WINDOW.0).ceil() as usize;
    let mut found: Vec<Interval> = Vec::new();
    for run in spoken.windows(enough.max(2)) {
        let ((first, first_time), (last, last_time)) = (run[0], run[run.len() - 1]);
        let paused = (last_time - first_time).0 - (last - first);
        if WINDOW.0 <= last - first || LONGEST_PAUSE.0 < paused {
            continue;
        }
        // Not beyond the speech in which it begins and ends.
        let start =
            timeline.time_at((first + last - WINDOW.0) / 2.0).0.max(timeline.around(first_time).start.0);
        let end = timeline.time_at((first + last + WINDOW.0) / 2.0).0.min(timeline.around(last_time).end.0);
        let (start, end) = (Seconds(start), Seconds(end));
        match found.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => found.push(Interval { start, end }),
        }
    }
    Ok(found)
}

/// How much had been said at a moment, and when so much had been said.
struct Timeline<'a> {
    speech: &'a [Interval],
    /// What had been said when each interval began.
    before: Vec<f64>,
}

impl<'a> Timeline<'a> {
    fn new(speech: &'a [Interval]) -> Self {
        let sum = |said: &mut f64, interval: &Interval| {
            let before = *said;
            *said += interval.length().0;
            Some(before)
        };
        Self { speech, before: speech.iter().scan(0.0, sum).collect() }
    }

    fn spoken_until(&self, time: Seconds) -> Option<f64> {
        let index = self.speech.partition_point(|interval| interval.end <= time);
        let interval = self.speech.get(index).filter(|interval| interval.contains(time))?;
        Some(self.before[index] + (time - interval.start).0)
    }

    /// The speech that a moment of it lies in.
    fn around(&self, time: Seconds) -> Interval {
        self.speech[self.speech.partition_point(|interval| interval.end <= time).min(self.speech.len() - 1)]
    }

    /// Held to the first and the last speech.
    fn time_at(&self, said: f64) -> Seconds {
        let index = self.before.partition_point(|before| *before <= said).saturating_sub(1);
        let Interval { start, end } = self.speech[index];
        Seconds((start.0 + said - self.before[index]).clamp(start.0, end.0))
    }
}

/// `speed_ups`: how many there are.
pub fn measurement(found: &Measured<Vec<Interval>>) -> Measurement {
    Measurement::new("speed_ups", "", found.as_ref().map(|found| found.len() as f64).map_err(Clone::clone))
}

#[cfg(test)]
mod tests {
    use super::super::no_speech;
    use super::*;

    /// Syllables at `rate(t)` a second within each interval.
    fn nuclei(speech: &[Interval], rate: impl Fn(f64) -> f64) -> Vec<Seconds> {
        let mut found = Vec::new();
        for interval in speech {
            let mut time = interval.start.0 + 0.1;
            while time < interval.end.0 {
                found.push(Seconds(time));
                time += 1.0 / rate(time);
            }
        }
        found
    }

    #[test]
    fn a_hurried_sentence_is_found_with_its_seconds() {
        let speech = [Interval::new(0.0, 10.0), Interval::new(11.0, 25.0)];
        let hurried = Interval::new(14.0, 17.0);
        let rate = |t: f64| if hurried.contains(Seconds(t)) { 8.0 } else { 4.0 };
        let found = speed_ups(&speech, &[], &nuclei(&speech, rate)).expect("24 s of speech");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            (found[0].start - hurried.start).0.abs() < 1.0 && (found[0].end - hurried.end).0.abs() < 1.0,
            "{found:?}"
        );
    }

    #[test]
    fn an_even_pace_and_pauses_have_none() {
        let speech: Vec<Interval> =
            (0..8).map(|n| Interval::new(f64::from(n) * 3.0, f64::from(n) * 3.0 + 2.0)).collect();
        assert_eq!(speed_ups(&speech, &[], &nuclei(&speech, |_| 5.0)), Ok(Vec::new()));
        assert_eq!(speed_ups(&speech, &[], &nuclei(&speech, |t| 4.5 + (7.0 * t).sin())), Ok(Vec::new()));
        let halting = |t: f64| if t < 18.0 { 2.2 } else { 4.4 };
        assert_eq!(
            speed_ups(&speech, &[], &nuclei(&speech, halting)),
            Ok(Vec::new()),
            "twice as fast, and not fast"
        );
    }

    #[test]
    fn beside_held_ums_the_rest_is_not_fast() {
        let speech = [Interval::new(0.0, 20.0)];
        let ums: Vec<Interval> =
            (0..7).map(|n| Interval::new(f64::from(n) + 1.2, f64::from(n) + 2.0)).collect();
        let is_held = |t: f64| ums.iter().any(|um| um.contains(Seconds(t)));
        let nuclei: Vec<Seconds> =
            nuclei(&speech, |_| 6.0).into_iter().filter(|time| !is_held(time.0)).collect();
        assert_eq!(speed_ups(&speech, &ums, &nuclei), Ok(Vec::new()));
        assert!(speed_ups(&speech, &[], &nuclei).is_ok());
    }

    #[test]
    fn too_little_speech_has_no_pace_of_its_own() {
        let speech = [Interval::new(0.0, 8.0)];
        let error = speed_ups(&speech, &[], &nuclei(&speech, |_| 4.0)).expect_err("8 s");
        assert_eq!(error.to_string(), "only 8.0 s of speech; a pace of one's own needs 10 s");
        assert_eq!(speed_ups(&[], &[], &[]), Err(no_speech()));
    }
}
