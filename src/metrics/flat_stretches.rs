//! Flat stretches: 2.5 s or more of speech whose F0 stays within two semitones.
//!
//! Two semitones over a phrase is about what still sounds like movement: Mertens' glissando threshold, 0.32/T²
//! semitones a second, is below that for syllables.

use std::collections::VecDeque;

use super::{Measurement, Unmeasurable, no_speech, pitch};
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

/// In time order, not overlapping.
pub fn flat_stretches(f0: &F0Contour, speech: &[Interval]) -> Vec<Interval> {
    let frames = speech
        .iter()
        .flat_map(|interval| f0.voiced_within(*interval))
        .map(|(time, hertz)| (time, hertz.semitones_above(Hertz(1.0)).0));
    let frames = without_octave_errors(&frames.collect::<Vec<_>>(), f0.step);
    let mut stretches: Vec<Interval> = Vec::new();
    let mut window = Window::default();
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
            Some(last) if found.start <= last.end => last.end = found.end,
            _ => stretches.push(found),
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

/// `flat_stretches`: how many there are.
pub fn measurement(f0: &F0Contour, speech: &[Interval], stretches: &[Interval]) -> Measurement {
    let voiced = Seconds(f0.voiced().count() as f64 * f0.step.0);
    let value = match total_length(speech) {
        _ if speech.is_empty() => Err(no_speech()),
        total if total < MIN_LENGTH => Err(Unmeasurable(format!("only {total:.1} of speech"))),
        // A whisper has no pitch that could be flat.
        _ if voiced < pitch::MIN_VOICED => Err(Unmeasurable(format!("only {voiced:.1} of voiced speech"))),
        _ => Ok(stretches.len() as f64),
    };
    Measurement::new("flat_stretches", "", value)
}

#[cfg(test)]
mod tests {
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
        let whisper = measurement(&contour([100.0; 50]), &speech, &[]);
        assert_eq!(whisper.value.expect_err("it is a whisper").to_string(), "only 0.5 s of voiced speech");
        assert_eq!(measurement(&contour([100.0; 200]), &speech, &[]).value, Ok(0.0));
    }

    #[test]
    fn movement_and_silence_break_a_stretch() {
        let lively = contour((0..300).map(|i| 100.0 + 30.0 * (i as f64 / 40.0).sin()));
        assert_eq!(flat_stretches(&lively, &[Interval::new(0.0, 3.0)]), []);
        let two_halves = contour([100.0; 400]);
        assert_eq!(flat_stretches(&two_halves, &[Interval::new(0.0, 1.5), Interval::new(2.5, 4.0)]), []);
    }
}
