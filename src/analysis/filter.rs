//! Filters that leave every moment in its place.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use crate::audio::Clip;
use crate::units::Hertz;

/// `clip` through the section that suits its rate, forwards and then backwards, so that the delays cancel. In place.
pub fn filtered(clip: Clip, section: impl Fn(u32) -> Section) -> Clip {
    let rate = clip.sample_rate_hz();
    let section = section(rate);
    let mut samples = clip.into_samples();
    section.run(samples.iter_mut());
    section.run(samples.iter_mut().rev());
    Clip::new(samples, rate)
}

/// A section of second order, Butterworth's or a notch (R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
/// coefficients"); after both runs Butterworth's is −6 dB at its corner.
pub struct Section {
    b: f64,
    /// The weight of the sample before, in units of `b`: −2 or 2, or between for a notch.
    middle: f64,
    a1: f64,
    a2: f64,
}

impl Section {
    /// Below four times the corner there is nothing to keep; the filter stays stable up to half the rate.
    pub fn high_pass(corner: Hertz, rate: u32) -> Self {
        Self::new(corner, 0.5, rate, |cosine| (0.5 * (1.0 + cosine), -2.0))
    }

    /// Passes nearly all where the corner comes near half the rate.
    pub fn low_pass(corner: Hertz, rate: u32) -> Self {
        Self::new(corner, 0.95, rate, |cosine| (0.5 * (1.0 - cosine), 2.0))
    }

    /// Takes out a tone and what lies within `width` about it, less and less (−3 dB at its ends in one run).
    pub fn notch(centre: Hertz, width: Hertz, rate: u32) -> Self {
        let angle = (2.0 * PI * centre.0 / f64::from(rate)).min(0.95 * PI);
        let alpha = angle.sin() * width.0 / (2.0 * centre.0);
        let a0 = 1.0 + alpha;
        let middle = -2.0 * angle.cos();
        Self { b: 1.0 / a0, middle, a1: middle / a0, a2: (1.0 - alpha) / a0 }
    }

    /// `highest`: what the corner is held to, as a share of half the rate.
    fn new(corner: Hertz, highest: f64, rate: u32, weights: impl Fn(f64) -> (f64, f64)) -> Self {
        let angle = (2.0 * PI * corner.0 / f64::from(rate)).min(highest * PI);
        let alpha = angle.sin() * FRAC_1_SQRT_2;
        let a0 = 1.0 + alpha;
        let (b, middle) = weights(angle.cos());
        Self { b: b / a0, middle, a1: -2.0 * angle.cos() / a0, a2: (1.0 - alpha) / a0 }
    }

    /// Starts as if the first sample had lasted for ever.
    fn run<'a>(&self, samples: impl Iterator<Item = &'a mut f32>) {
        let mut samples = samples.peekable();
        let first = samples.peek().map_or(0.0, |x| f64::from(**x));
        let lasting = first * self.b * (2.0 + self.middle) / (1.0 + self.a1 + self.a2);
        let (mut x1, mut x2, mut y1, mut y2) = (first, first, lasting, lasting);
        for sample in samples {
            let x = f64::from(*sample);
            let y = self.b * (x + self.middle * x1 + x2) - self.a1 * y1 - self.a2 * y2;
            (x2, x1, y2, y1) = (x1, x, y1, y);
            *sample = y as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// The level of a tone after the filter, in dB, away from the ends.
    fn level(hertz: f64, rate: u32, section: impl Fn(u32) -> Section) -> f64 {
        let tone = (0..rate).map(|i| (TAU * hertz * f64::from(i) / f64::from(rate)).sin() as f32);
        let clip = filtered(Clip::new(tone.collect(), rate), section);
        let middle = &clip.samples()[rate as usize / 4..rate as usize * 3 / 4];
        let power = middle.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / middle.len() as f64;
        10.0 * (2.0 * power).log10()
    }

    #[test]
    fn a_corner_is_at_minus_six_decibels_and_far_from_it_all_or_nothing_passes() {
        for rate in [8_000, 16_000, 44_100] {
            let low = |rate| Section::low_pass(Hertz(1000.0), rate);
            let high = |rate| Section::high_pass(Hertz(1000.0), rate);
            for section in [&low as &dyn Fn(u32) -> Section, &high] {
                assert!((level(1000.0, rate, section) + 6.02).abs() < 0.05);
            }
            assert!(level(100.0, rate, low).abs() < 0.01 && level(3900.0, rate, low) < -40.0);
            assert!(level(3900.0, rate, high).abs() < 0.1 && level(100.0, rate, high) < -75.0);
        }
    }

    #[test]
    fn a_notch_takes_a_tone_and_leaves_its_neighbours() {
        for rate in [8_000, 16_000] {
            let notch = |rate| Section::notch(Hertz(120.0), Hertz(6.0), rate);
            let (at, beside) = (level(120.0, rate, notch), level(121.0, rate, notch));
            assert!(at < -35.0 && beside < -15.0, "{at} {beside}");
            assert!(level(100.0, rate, notch).abs() < 0.3 && level(240.0, rate, notch).abs() < 0.05);
        }
    }

    #[test]
    fn a_constant_passes_a_low_pass_from_the_start() {
        let clip = filtered(Clip::new(vec![0.5; 100], 8_000), |rate| Section::low_pass(Hertz(3000.0), rate));
        assert!(clip.samples().iter().all(|x| (x - 0.5).abs() < 1e-6));
        assert!(
            filtered(Clip::new(vec![], 1), |rate| Section::low_pass(Hertz(3000.0), rate))
                .samples()
                .is_empty()
        );
    }
}
