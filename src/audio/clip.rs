//! A stretch of mono sound in memory.

use crate::units::{Interval, Seconds};

/// Largest magnitude kept in a clip. Full scale is 1; float files written in integer units reach 2³¹, and whatever
/// is beyond that is not sound but would overflow the squares of single-precision filters.
pub const MAX_MAGNITUDE: f32 = 2_147_483_648.0;

/// Mono samples, full scale ±1 (float recordings may exceed it), at a constant rate.
///
/// Invariants: every sample is finite and at most [`MAX_MAGNITUDE`] in magnitude; the rate is at least 1 Hz.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    samples: Vec<f32>,
    sample_rate_hz: u32,
}

impl Clip {
    /// Samples that are not numbers become silence, those beyond [`MAX_MAGNITUDE`] are held to it; a rate of 0 is
    /// taken as 1 Hz, so that times stay finite.
    pub fn new(mut samples: Vec<f32>, sample_rate_hz: u32) -> Self {
        for sample in &mut samples {
            *sample = as_kept(*sample);
        }
        Self { samples, sample_rate_hz: sample_rate_hz.max(1) }
    }

    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    pub fn into_samples(self) -> Vec<f32> {
        self.samples
    }

    pub fn sample_rate_hz(&self) -> u32 {
        self.sample_rate_hz
    }

    pub fn duration(&self) -> Seconds {
        Seconds(self.samples.len() as f64 / f64::from(self.sample_rate_hz))
    }

    /// The samples whose times lie within `interval`; what lies outside the clip is left out.
    pub fn slice(&self, interval: Interval) -> &[f32] {
        let index = |time: Seconds| {
            let at = (time.0 * f64::from(self.sample_rate_hz)).round();
            (at.max(0.0) as usize).min(self.samples.len())
        };
        let (start, end) = (index(interval.start), index(interval.end));
        &self.samples[start..end.max(start)]
    }
}

/// A sample as clips keep it.
pub(crate) fn as_kept(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-MAX_MAGNITUDE, MAX_MAGNITUDE) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_number_becomes_silence() {
        let clip = Clip::new(vec![f32::NAN, f32::INFINITY, -0.5, f32::MAX], 0);
        assert_eq!(clip.samples(), [0.0, 0.0, -0.5, MAX_MAGNITUDE]);
        assert_eq!(clip.duration(), Seconds(4.0));
    }

    #[test]
    fn slices_stay_inside() {
        let clip = Clip::new((0..10).map(|n| n as f32).collect(), 10);
        assert_eq!(clip.slice(Interval::new(0.2, 0.4)), [2.0, 3.0]);
        assert_eq!(clip.slice(Interval::new(-3.0, 0.1)), [0.0]);
        assert_eq!(clip.slice(Interval::new(5.0, 9.0)), [0.0_f32; 0]);
    }
}
