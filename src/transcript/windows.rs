//! Which parts of a recording a recogniser is given: speech, cut in pauses into pieces that it takes at once.
//!
//! Whisper looks at 30 s at a time. Left to itself it cuts where it thinks a segment ended, now and then in the middle of a
//! word, and over long silences it writes words that nobody said.

use crate::units::{Interval, Seconds};

/// How much shorter than what the model looks at a window is at least: the last times of a model are its worst.
/// No window needs to be shorter than this, either. Ours.
const SPARE: Seconds = Seconds(2.0);
/// A window is cut in the longest pause that leaves it at least this part of the longest. Ours.
const SHORTEST_CUT: f64 = 0.5;
/// A pause of this length is not listened to: what costs a window more is less than what whisper invents in it. Ours.
const SILENCE: Seconds = Seconds(4.0);
/// Kept before and after speech, for the soft sounds that speech activity misses. Ours.
const MARGIN: Seconds = Seconds(0.5);

/// Windows over all of `speech` (in time order, within the `duration`), in time order; they do not overlap. `room` is what
/// the model looks at: none of them is longer.
pub fn windows(speech: &[Interval], duration: Seconds, room: Seconds) -> Vec<Interval> {
    let longest = Seconds((room - SPARE).0.max(SPARE.0));
    let mut windows: Vec<Interval> = Vec::new();
    let mut rest = speech;
    while let Some(first) = rest.first() {
        // Where a stretch was too long for a window, the next one begins in it.
        let start = Seconds(windows.last().map_or(first.start.0, |last| first.start.0.max(last.end.0)));
        let (n_taken, end) = taken(rest, start, longest);
        windows.push(Interval { start, end });
        rest = &rest[n_taken..];
    }
    with_margins(&windows, duration)
}

/// How many stretches of `speech` a window from `start` takes, and where it ends: in the last of them or in the one after
/// it, where that is too long for any window.
fn taken(speech: &[Interval], start: Seconds, longest: Seconds) -> (usize, Seconds) {
    let pause = |index: usize| speech[index + 1].start - speech[index].end;
    let ends_in_silence = |index: usize| index + 1 == speech.len() || SILENCE <= pause(index);
    let mut n_fitting = 0;
    while speech[n_fitting].end <= start + longest {
        n_fitting += 1;
        if ends_in_silence(n_fitting - 1) {
            return (n_fitting, speech[n_fitting - 1].end);
        }
    }
    let is_late = |index: &usize| start.0 + SHORTEST_CUT * longest.0 <= speech[*index].end.0;
    let best = (0..n_fitting).filter(is_late).max_by(|one, other| pause(*one).0.total_cmp(&pause(*other).0));
    match best.or(n_fitting.checked_sub(1)) {
        Some(index) => (index + 1, speech[index].end),
        None => (0, start + longest),
    }
}

/// Each window with what may be heard around it, as far as the middle of the pause to its neighbour.
fn with_margins(windows: &[Interval], duration: Seconds) -> Vec<Interval> {
    let middle = |before: &Interval, after: &Interval| (before.end.0 + after.start.0) / 2.0;
    let of = |index: usize| {
        let window = windows[index];
        let earliest = index.checked_sub(1).map_or(0.0, |before| middle(&windows[before], &window));
        let latest = windows.get(index + 1).map_or(duration.0, |after| middle(&window, after));
        let start = (window.start - MARGIN).0.max(earliest);
        Interval::new(start, (window.end + MARGIN).0.min(latest).max(start))
    };
    (0..windows.len()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(speech: &[(f64, f64)], duration: f64, expected: &[(f64, f64)]) {
        check_in(Seconds(30.0), speech, duration, expected);
    }

    #[track_caller]
    fn check_in(room: Seconds, speech: &[(f64, f64)], duration: f64, expected: &[(f64, f64)]) {
        let speech: Vec<Interval> = speech.iter().map(|(start, end)| Interval::new(*start, *end)).collect();
        let found: Vec<(f64, f64)> = windows(&speech, Seconds(duration), room)
            .iter()
            .map(|window| (window.start.0, window.end.0))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn no_speech_no_window() {
        check(&[], 60.0, &[]);
    }

    #[test]
    fn a_short_message_is_one_window_with_margins() {
        check(&[(1.0, 5.0), (6.0, 12.0)], 14.0, &[(0.5, 12.5)]);
        check(&[(0.2, 5.0)], 5.1, &[(0.0, 5.1)]);
    }

    #[test]
    fn a_long_silence_parts_windows() {
        check(&[(1.0, 5.0), (9.0, 12.0)], 20.0, &[(0.5, 5.5), (8.5, 12.5)]);
    }

    #[test]
    fn a_long_message_is_cut_in_its_longest_late_pause() {
        let speech = [(0.0, 10.0), (12.0, 16.0), (17.5, 22.0), (22.5, 26.0), (26.4, 40.0)];
        check(&speech, 40.0, &[(0.0, 16.5), (17.0, 40.0)]);
    }

    #[test]
    fn speech_without_a_pause_is_cut_all_the_same() {
        check(&[(0.0, 70.0)], 70.0, &[(0.0, 28.0), (28.0, 56.0), (56.0, 70.0)]);
        check(&[(0.0, 5.0), (5.5, 50.0)], 50.0, &[(0.0, 5.25), (5.25, 33.5), (33.5, 50.0)]);
    }

    #[test]
    fn a_model_that_looks_at_less_has_shorter_windows() {
        let speech = [(0.5, 3.0), (3.5, 6.0), (7.0, 8.0), (8.2, 14.0)];
        check_in(Seconds(10.0), &speech, 14.0, &[(0.0, 6.5), (6.5, 14.0)]);
        check_in(Seconds(0.1), &[(0.0, 5.0)], 5.0, &[(0.0, 2.0), (2.0, 4.0), (4.0, 5.0)]);
    }

    #[test]
    fn windows_fit_whisper_and_hold_all_speech() {
        let speech: Vec<Interval> = (0..400)
            .map(|index| {
                let start = f64::from(index) * 3.7 + f64::from(index * 7 % 5) * 0.3;
                Interval::new(start, start + 0.4 + f64::from(index * 11 % 9) * 0.35)
            })
            .scan(0.0, |end, interval| {
                let start = interval.start.0.max(*end + 0.1);
                *end = interval.end.0.max(start + 0.2);
                Some(Interval::new(start, *end))
            })
            .collect();
        let duration = speech.last().expect("some").end;
        let windows = windows(&speech, duration, Seconds(30.0));
        assert!(windows.iter().all(|window| window.length().0 <= 30.0), "{windows:?}");
        assert!(windows.windows(2).all(|pair| pair[0].end <= pair[1].start), "{windows:?}");
        for interval in &speech {
            let heard: f64 = windows
                .iter()
                .map(|window| window.end.0.min(interval.end.0) - window.start.0.max(interval.start.0))
                .filter(|length| 0.0 < *length)
                .sum();
            assert!((heard - interval.length().0).abs() < 1e-9, "{interval:?} in {windows:?}");
        }
    }
}
