//! Intensity as Praat measures it: the squared samples under a smooth window, in dB.
//!
//! Source: Praat's `Sound_to_Intensity.cpp` (Boersma & Weenink). The window is Kaiser's with β = 2π² + ½, of which the
//! side lobes are below −190 dB, so that no ripple of F0 remains in the contour.

use std::f64::consts::PI;

use crate::audio::{Clip, Extent, Listener};
use crate::units::{Hertz, Interval, Seconds};

/// Lowest F0 whose periods the contour must not show; Praat's default.
pub const STANDARD_FLOOR: Hertz = Hertz(100.0);
/// Time between frames, the same as that of F0.
pub const STANDARD_STEP: Seconds = Seconds(0.005);
/// Physical length of the window in periods of the floor; it is effectively half as long.
const PERIODS_PER_WINDOW: f64 = 6.4;
/// The square of 20 µPa, the threshold of hearing, to which dB refer; a sample of 1 is taken as 1 Pa.
const REFERENCE: f64 = 4e-10;
/// What complete silence is given in place of −∞, as in Praat.
pub const SILENCE_DB: f64 = -300.0;
/// Below it nothing was recorded: −94 dBFS, less than the last of 16 bits. Silence that was put in tells nothing of the noise.
pub const NOTHING_DB: f64 = 0.0;

/// Intensity at equal steps; empty for a clip shorter than one window (64 ms at the standard floor).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IntensityContour {
    /// Centre of the first frame.
    pub start: Seconds,
    pub step: Seconds,
    /// dB re 2·10⁻⁵; finite, [`SILENCE_DB`] at least.
    pub values_db: Vec<f64>,
}

impl IntensityContour {
    /// Centre of frame `index`.
    pub fn time_of(&self, index: usize) -> Seconds {
        Seconds(self.start.0 + index as f64 * self.step.0)
    }

    /// The value of the frame nearest to `time`; `None` where no frame's step covers it.
    pub fn at(&self, time: Seconds) -> Option<f64> {
        let index = ((time.0 - self.start.0) / self.step.0).round();
        if index >= 0.0 { self.values_db.get(index as usize).copied() } else { None }
    }

    /// The value at `time`, between frames on the straight line from one to the next; `None` outside the contour.
    pub fn interpolated(&self, time: Seconds) -> Option<f64> {
        let at = (time.0 - self.start.0) / self.step.0;
        if at < 0.0 {
            return None;
        }
        let before = *self.values_db.get(at.floor() as usize)?;
        let after = *self.values_db.get(at.ceil() as usize)?;
        Some(before + (after - before) * at.fract())
    }

    /// The values of the frames with their centre in `interval`.
    pub fn within(&self, interval: Interval) -> &[f64] {
        let index = |time: Seconds| {
            let at = ((time.0 - self.start.0) / self.step.0).ceil();
            (at.max(0.0) as usize).min(self.values_db.len())
        };
        let (start, end) = (index(interval.start), index(interval.end));
        &self.values_db[start..end.max(start)]
    }
}

/// The intensity of `clip`; `floor`, `step` above 0.
pub fn intensity_contour(clip: &Clip, floor: Hertz, step: Seconds) -> IntensityContour {
    let extent = Extent { sample_rate_hz: clip.sample_rate_hz(), n_samples: clip.samples().len() };
    let mut meter = IntensityMeter::new(extent, floor, step);
    clip.samples().chunks(PIECE).for_each(|piece| meter.hear(piece));
    meter.finish()
}

/// Samples of a clip that are looked at together: many windows, and little memory.
const PIECE: usize = 65_536;

/// [`intensity_contour`], of a recording that comes in pieces; of another length than was promised it is not that.
pub struct IntensityMeter {
    contour: IntensityContour,
    n_frames: usize,
    extent: Extent,
    window: Vec<f64>,
    /// What the next frames may need.
    samples: Vec<f32>,
    /// Samples before those.
    n_forgotten: usize,
}

impl IntensityMeter {
    /// `floor`, `step` above 0.
    pub fn new(extent: Extent, floor: Hertz, step: Seconds) -> Self {
        let rate = f64::from(extent.sample_rate_hz);
        let window_seconds = PERIODS_PER_WINDOW / floor.0;
        let spare = extent.duration().0 - window_seconds;
        let (n_frames, window) = if spare >= 0.0 && step.0 > 0.0 && floor.0 > 0.0 {
            let half = (0.5 * window_seconds * rate).floor() as isize;
            let weights = (-half..=half).map(|i| weight(i as f64 / (0.5 * window_seconds * rate)));
            // As many as fit, centred; the small number keeps a whole number of steps whole after rounding.
            ((spare / step.0 + 1e-9).floor() as usize + 1, weights.collect())
        } else {
            (0, Vec::new())
        };
        // At common rates the centres fall midway between samples, and rounding decides; the order of operations is
        // Praat's so that it decides alike.
        let start =
            0.5 * (extent.n_samples as f64 * (1.0 / rate)) - 0.5 * (n_frames as f64 * step.0) + 0.5 * step.0;
        let start = if n_frames == 0 { Seconds(0.0) } else { Seconds(start) };
        let contour = IntensityContour { start, step, values_db: Vec::new() };
        Self { contour, n_frames, extent, window, samples: Vec::new(), n_forgotten: 0 }
    }

    pub fn finish(self) -> IntensityContour {
        self.contour
    }

    /// Under the window of frame `n`: the first sample, the one after the last, and the weight of the first.
    fn samples_of(&self, n: usize) -> (usize, usize, usize) {
        let half = (self.window.len() / 2) as isize;
        let dx = 1.0 / f64::from(self.extent.sample_rate_hz);
        let time = self.contour.time_of(n).0;
        let middle = ((time - 0.5 * dx) / dx + 1.5).floor() as isize - 1;
        let first = (middle - half).max(0);
        let end = ((middle + half + 1).max(0) as usize).min(self.extent.n_samples);
        ((first as usize).min(end), end, (first - (middle - half)) as usize)
    }
}

impl Listener for IntensityMeter {
    fn hear(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
        while self.contour.values_db.len() < self.n_frames {
            let (first, end, weight) = self.samples_of(self.contour.values_db.len());
            if self.n_forgotten + self.samples.len() < end {
                let n_done = (first - self.n_forgotten).min(self.samples.len());
                self.samples.drain(..n_done);
                self.n_forgotten += n_done;
                return;
            }
            let heard = &self.samples[first - self.n_forgotten..end - self.n_forgotten];
            self.contour.values_db.push(decibels(heard, &self.window[weight..]));
        }
        self.samples.clear();
    }
}

/// The window at `x`, −1 to 1 from end to end.
fn weight(x: f64) -> f64 {
    bessel_i0((2.0 * PI * PI + 0.5) * (1.0 - x * x).max(0.0).sqrt())
}

/// The modified Bessel function of order 0, by its power series, which converges fast at the sizes used here.
fn bessel_i0(x: f64) -> f64 {
    let quarter_square = x * x / 4.0;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while term > 1e-12 * sum {
        term *= quarter_square / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

fn decibels(samples: &[f32], weights: &[f64]) -> f64 {
    let mean = samples.iter().map(|&x| f64::from(x)).sum::<f64>() / samples.len() as f64;
    let (mut power, mut total) = (0.0, 0.0);
    for (&sample, weight) in samples.iter().zip(weights) {
        let pressure = f64::from(sample) - mean;
        power += pressure * pressure * weight;
        total += weight;
    }
    let intensity = power / total / REFERENCE;
    // Also catches what is not a number, of no samples.
    if intensity > 1e-30 { 10.0 * intensity.log10() } else { SILENCE_DB }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn contour(samples: impl Iterator<Item = f64>, rate: u32) -> IntensityContour {
        intensity_contour(
            &Clip::new(samples.map(|x| x as f32).collect(), rate),
            STANDARD_FLOOR,
            STANDARD_STEP,
        )
    }

    #[test]
    fn a_sine_has_the_level_of_its_mean_square() {
        for (rate, offset) in [(8_000, 0.0), (44_100, 0.2)] {
            let sine = (0..rate).map(|i| 0.1 * (TAU * 200.0 * f64::from(i) / f64::from(rate)).sin() + offset);
            // 0.1²/2 against (2·10⁻⁵)² is 70.97 dB.
            for value in contour(sine, rate as u32).values_db {
                assert!((value - 70.97).abs() < 0.05, "{value}");
            }
        }
    }

    #[test]
    fn silence_and_short_clips_are_finite() {
        assert!(contour((0..8_000).map(|_| 0.0), 8_000).values_db.iter().all(|&x| x == SILENCE_DB));
        assert!(contour((0..8_000).map(|_| 0.5), 8_000).values_db.iter().all(|&x| x < -100.0));
        for n in [0, 1, 2, 511, 512, 513] {
            assert!(contour((0..n).map(f64::from), 8_000).values_db.iter().all(|x| x.is_finite()));
        }
    }

    #[test]
    fn frames_are_found_by_time() {
        let contour =
            IntensityContour { start: Seconds(0.1), step: Seconds(0.1), values_db: vec![1.0, 2.0, 3.0, 4.0] };
        assert_eq!(contour.at(Seconds(0.29)), Some(3.0));
        assert_eq!(contour.at(Seconds(0.0)), None);
        assert!(contour.interpolated(Seconds(0.25)).is_some_and(|value| (value - 2.5).abs() < 1e-9));
        assert_eq!((contour.interpolated(Seconds(0.09)), contour.interpolated(Seconds(0.41))), (None, None));
        assert_eq!(contour.within(Interval::new(0.15, 0.35)), [2.0, 3.0]);
    }
}
