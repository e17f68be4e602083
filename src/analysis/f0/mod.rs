//! The fundamental frequency of speech, by Boersma's autocorrelation method, as in Praat's *raw autocorrelation*.
//!
//! Source: Boersma, P. (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise
//! ratio of a sampled sound", Proceedings of the Institute of Phonetic Sciences 17, 97-110; and what Praat's
//! `Sound_to_Pitch.cpp` and `Pitch.cpp` add to it.
//!
//! 1. Each frame, three periods of the lowest F0 long, has its mean removed and is weighted by a Hanning window.
//! 2. Its autocorrelation is divided by that of the window (eq. 9), which removes the window's preference for short
//!    lags; the peaks of the quotient are candidates for the period, and their heights say how periodic the frame is.
//! 3. Dynamic programming takes one candidate, or *unvoiced*, for each frame, so that the sum of strengths less the
//!    costs of jumps and of changes of voicing is greatest over the whole clip (eq. 26-27).

mod candidates;
mod path;
mod speaker;

use std::ops::Range;

use crate::audio::Clip;
use crate::units::{Hertz, Interval, Seconds};
pub use speaker::{deep_contour, speaker_contour};

/// What to look for, and what to prefer. Times in seconds, frequencies in hertz; the rest has no unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Lowest F0 sought; the window is three of its periods. Above 0; 75 suits most voices, creak lies below.
    pub floor: Hertz,
    /// Highest F0 sought; above `floor`, held to half the sample rate. Standard 600.
    pub ceiling: Hertz,
    /// Time between frames; above 0. Standard 0.005.
    pub step: Seconds,
    /// Candidates a frame, the unvoiced one among them; 2 to 256. Standard 15.
    pub max_candidates: usize,
    /// Frames whose peak is below this share of the clip's peak are probably silent; 0 to 1. Standard 0.03.
    pub silence_threshold: f64,
    /// Strength of the unvoiced candidate: the periodicity below which a frame is unvoiced; 0 to 1. Standard 0.45.
    pub voicing_threshold: f64,
    /// How much each octave up is favoured: guards against half the F0, whose autocorrelation is as high. Standard 0.01.
    pub octave_cost: f64,
    /// What an octave's jump between frames 10 ms apart costs. Standard 0.35.
    pub octave_jump_cost: f64,
    /// What a change of voicing between frames 10 ms apart costs. Standard 0.14.
    pub voiced_unvoiced_cost: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            floor: Hertz(75.0),
            ceiling: Hertz(600.0),
            step: Seconds(0.005),
            max_candidates: 15,
            silence_threshold: 0.03,
            voicing_threshold: 0.45,
            octave_cost: 0.01,
            octave_jump_cost: 0.35,
            voiced_unvoiced_cost: 0.14,
        }
    }
}

/// One frame of a contour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct F0Frame {
    /// `None` where unvoiced.
    pub f0: Option<Hertz>,
    /// Height of the autocorrelation peak taken, 0 to 1; 0 where unvoiced.
    pub strength: f64,
}

/// F0 at equal steps; empty for a clip shorter than one window (40 ms at the standard floor).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct F0Contour {
    /// Centre of the first frame.
    pub start: Seconds,
    pub step: Seconds,
    pub frames: Vec<F0Frame>,
}

impl F0Contour {
    /// Centre of frame `index`.
    pub fn time_of(&self, index: usize) -> Seconds {
        Seconds(self.start.0 + index as f64 * self.step.0)
    }

    /// The frame whose centre is nearest to `time`; `None` where no frame's step covers it.
    pub fn at(&self, time: Seconds) -> Option<&F0Frame> {
        let index = ((time.0 - self.start.0) / self.step.0).round();
        if index >= 0.0 { self.frames.get(index as usize) } else { None }
    }

    /// Centres and F0 of the voiced frames.
    pub fn voiced(&self) -> impl Iterator<Item = (Seconds, Hertz)> + '_ {
        self.frames.iter().enumerate().filter_map(|(index, frame)| Some((self.time_of(index), frame.f0?)))
    }

    /// Centres and F0 of the voiced frames with their centre in `interval`; no others are looked at, for a long recording
    /// has many intervals to ask of.
    pub fn voiced_within(&self, interval: Interval) -> impl Iterator<Item = (Seconds, Hertz)> + '_ {
        self.frames_within(interval).filter_map(|index| Some((self.time_of(index), self.frames[index].f0?)))
    }

    /// The contour with `others` unvoiced: what sounds there is nobody's voice.
    pub fn without(mut self, others: &[Interval]) -> Self {
        for other in others {
            let frames = self.frames_within(*other);
            self.frames[frames].fill(F0Frame { f0: None, strength: 0.0 });
        }
        self
    }

    /// The frames with their centre in `interval`.
    fn frames_within(&self, interval: Interval) -> Range<usize> {
        let index = |time: Seconds| {
            let at = ((time - self.start).0 / self.step.0 - 1e-9).ceil().max(0.0);
            (at as usize).min(self.frames.len())
        };
        index(interval.start)..index(interval.end)
    }
}

/// The F0 contour of a clip.
///
/// Frames are as many as fit and are centred in the clip. Every F0 lies between 0 and the ceiling and is finite.
pub fn f0_contour(clip: &Clip, parameters: &Parameters) -> F0Contour {
    let Some(frames) = candidates::find(clip, parameters) else {
        return F0Contour { step: parameters.step, ..F0Contour::default() };
    };
    F0Contour { start: frames.start, step: parameters.step, frames: path::best(&frames, parameters) }
}

#[cfg(test)]
pub(crate) mod tests;
