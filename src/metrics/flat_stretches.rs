//! Flat stretches: 2.5 s or more of speech whose F0 stays within two semitones.
//!
//! Ours: no source was found for a stretch of a message. Of a syllable of 0.16 s two semitones are what is heard to move at all
//! (Mertens' glissando threshold, 0.32/T² semitones a second).

use std::collections::VecDeque;

use super::{Measured, Measurement, Unmeasurable, no_speech};
use crate::analysis::F0Contour;
use crate::units::{Hertz, Interval, Seconds, Semitones, total_length};

/// Shortest stretch that is noticed; ours.
pub const MIN_LENGTH: Seconds = Seconds(2.5);
pub const MAX_MOVEMENT: Semitones = Semitones(2.0);
/// A stretch does not run across a silence longer than this; ours, twice the shortest pause.
pub const MAX_GAP: Seconds = Seconds(0.5);
/// Least share of a stretch that is voiced; ours: about half of fluent speech is.
pub const MIN_VOICED: f64 = 0.4;

/// No voice moves so far between two frames: F0 was taken for its half or its double. Ours.
const LEAP: Semitones = Semitones(9.0);
/// Longest such error that is passed over; ours, half a short syllable.
const LONGEST_ERROR: Seconds = Seconds(0.06);

/// In time order, not overlapping; the pitch of each stays within [`MAX_MOVEMENT`].
pub fn flat_stretches(f0: &F0Contour, speech: &[Interval]) -> Vec<Interval> {
    let frames = speech
        .iter()
        .flat_map(|interval| f0.voiced_within(*interval))
        .map(|(time, hertz)| (time, hertz.semitones_above(Hertz(1.0)).0));
    let frames = without_octave_errors(&frames.collect::<Vec<_>>(), f0.step);
    let mut stretches: Vec<Interval> = Vec::new();
    let mut window = Window::default();
    // Where the window began in which the last stretch lies.
    let mut of_last = None;
    for (index, (time, _)) in frames.iter().enumerate() {
        if index > 0 && MAX_GAP < *time - frames[index - 1].0 {
            window = Window { start: index, ..Window::default() };
        }
        window.push(&frames, index);
        let found = Interval { start: frames[window.start].0, end: *time };
        let voiced = (index - window.start + 1) as f64 * f0.step.0;
        if found.length() < MIN_LENGTH || voiced < MIN_VOICED * found.length().0 {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if of_last == Some(window.start) => last.end = found.end,
            last => {
                let start = last.map_or(found.start, |last| Seconds(last.end.0.max(found.start.0)));
                let rest = Interval { start, ..found };
                if MIN_LENGTH <= rest.length() {
                    stretches.push(rest);
                    of_last = Some(window.start);
                }
            }
        }
    }
    stretches
}

/// The frames but for short runs between two leaps.
fn without_octave_errors(frames: &[(Seconds, f64)], step: Seconds) -> Vec<(Seconds, f64)> {
    let runs: Vec<_> = frames.chunk_by(|one, next| (next.1 - one.1).abs() < LEAP.0).collect();
    let is_error = |index: usize| {
        0 < index && index + 1 < runs.len() && runs[index].len() as f64 * step.0 <= LONGEST_ERROR.0
    };
    let kept = runs.iter().enumerate().filter(|(index, _)| !is_error(*index));
    kept.flat_map(|(_, run)| run.iter().copied()).collect()
}

/// The longest run of frames up to the current one that stays within the movement allowed.
#[derive(Default)]
struct Window {
    start: usize,
    /// Indices with falling and rising values: the first is the highest and the lowest of the window.
    highest: VecDeque<usize>,
    lowest: VecDeque<usize>,
}

impl Window {
    fn push(&mut self, frames: &[(Seconds, f64)], index: usize) {
        let value = frames[index].1;
        while self.highest.back().is_some_and(|last| frames[*last].1 <= value) {
            self.highest.pop_back();
        }
        while self.lowest.back().is_some_and(|last| value <= frames[*last].1) {
            self.lowest.pop_back();
        }
        self.highest.push_back(index);
        self.lowest.push_back(index);
        while let (Some(highest), Some(lowest)) = (self.highest.front(), self.lowest.front()) {
            if frames[*highest].1 - frames[*lowest].1 <= MAX_MOVEMENT.0 {
                break;
            }
            self.start = (*highest).min(*lowest) + 1;
            for indices in [&mut self.highest, &mut self.lowest] {
                while indices.front().is_some_and(|index| *index < self.start) {
                    indices.pop_front();
                }
            }
        }
    }
}

fn n_apart(stretches: &[Interval]) -> usize {
    stretches.chunk_by(|one, next| one.end == next.start).count()
}

/// `flat_stretches`: how many there are, those that touch as one; a whisper has no pitch that could be flat.
pub fn measurement(voice: &Measured<F0Contour>, speech: &[Interval], stretches: &[Interval]) -> Measurement {
    let value = match total_length(speech) {
        _ if speech.is_empty() => Err(no_speech()),
        total if total < MIN_LENGTH => Err(Unmeasurable(format!("only {total:.1} of speech"))),
        // A slow glide is one fault, though no part of it moves as far as the whole.
        _ => voice.as_ref().map(|_| n_apart(stretches) as f64).map_err(Clone::clone),
    };
    Measurement::new("flat_stretches", "", value)
}

#[cfg(test)]
mod tests {
    use super::super::pitch;
    use super::*;
    use crate::analysis::F0Frame;

    fn contour(hertz: impl IntoIterator<Item = f64>) -> F0Contour {
        let frames =
            hertz.into_iter().map(|hertz| F0Frame { f0: Some(Hertz(hertz)), strength: 1.0 }).collect();
        F0Contour { start: Seconds(0.0), step: Seconds(0.01), frames }
    }

    #[test]
    fn three_flat_seconds_are_one_stretch() {
        let flat = contour((0..300).map(|i| 100.0 + (i % 3) as f64));
        assert_eq!(flat_stretches(&flat, &[Interval::new(0.0, 3.0)]).len(), 1);
    }

    #[test]
    fn an_octave_error_of_a_few_frames_does_not_part_a_stretch_and_a_syllable_does() {
        let leaping = |n_frames| {
            contour((0..300).map(move |i| if (150..150 + n_frames).contains(&i) { 200.0 } else { 100.0 }))
        };
        let found = |n_frames| flat_stretches(&leaping(n_frames), &[Interval::new(0.0, 3.0)]).len();
        assert_eq!((found(1), found(6), found(20)), (1, 1, 0));
    }

    #[test]
    fn a_whisper_has_none_to_count() {
        let speech = [Interval::new(0.0, 9.0)];
        let whisper = measurement(&pitch::voice(&contour([100.0; 150]), &speech), &speech, &[]);
        let reason = whisper.value.expect_err("it is a whisper").to_string();
        assert!(reason.starts_with("only 17 % of the speech is voiced"), "{reason}");
        let voice = pitch::voice(&contour([100.0; 300]), &speech);
        assert_eq!(measurement(&voice, &speech, &[]).value, Ok(0.0));
    }

    #[test]
    fn a_glide_is_no_note_and_no_stretch_claims_more_than_its_own() {
        // Two semitones in four seconds, on and on.
        let glide = |semitones_per_second: f64| {
            contour((0..1000).map(move |i| 100.0 * 2.0_f64.powf(semitones_per_second * i as f64 / 1200.0)))
        };
        let found = |speed| flat_stretches(&glide(speed), &[Interval::new(0.0, 10.0)]);
        assert_eq!(found(1.0), []);
        let slow = found(0.5);
        // Half a semitone a second for four seconds.
        assert!(!slow.is_empty() && slow.iter().all(|stretch| stretch.length().0 < 4.1), "{slow:?}");
    }

    #[test]
    fn a_stretch_goes_on_after_a_moment_that_is_too_high() {
        let peak = contour((0..1000).map(|i| match i {
            0..100 => 100.0,
            400..420 => 113.0,
            _ => 104.0,
        }));
        let found = flat_stretches(&peak, &[Interval::new(0.0, 10.0)]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].end <= found[1].start && 9.9 < found[1].end.0, "{found:?}");
    }

    #[test]
    fn movement_and_silence_break_a_stretch() {
        let lively = contour((0..300).map(|i| 100.0 + 30.0 * (i as f64 / 40.0).sin()));
        assert_eq!(flat_stretches(&lively, &[Interval::new(0.0, 3.0)]), []);
        let two_halves = contour([100.0; 400]);
        assert_eq!(flat_stretches(&two_halves, &[Interval::new(0.0, 1.5), Interval::new(2.5, 4.0)]), []);
    }
}
