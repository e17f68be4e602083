//! Taking away what lies below any voice: wind, handling, traffic, mains hum, offsets.
//!
//! A recording's rumble can be louder than its speech without anybody hearing it; left in, it sets the scale by which
//! frames are silent, and hides the pauses.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use crate::audio::Clip;
use crate::units::Hertz;

/// −6 dB here after both runs; −1.8 dB at the lowest F0 sought (75 Hz), nothing to speak of at 120 Hz. Mains hum at 50 Hz
/// loses 10 dB, infrasound all.
const CORNER: Hertz = Hertz(60.0);

/// `clip` without what lies below 60 Hz, every other moment kept in its place: a Butterworth high-pass of second order
/// is run forwards and backwards, so that its delays cancel.
///
/// In place: an hour of samples is too much to have twice. What the first run leaves is rounded to single precision,
/// 150 dB below the rumble itself.
pub fn without_rumble(clip: Clip) -> Clip {
    let rate = clip.sample_rate_hz();
    let filter = HighPass::new(CORNER, rate);
    let mut samples = clip.into_samples();
    filter.run(samples.iter_mut());
    filter.run(samples.iter_mut().rev());
    Clip::new(samples, rate)
}

/// A second-order section (R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients").
struct HighPass {
    b: f64,
    a1: f64,
    a2: f64,
}

impl HighPass {
    fn new(corner: Hertz, rate: u32) -> Self {
        // Below four times the corner there is nothing to keep; the filter stays stable up to half the rate.
        let angle = (2.0 * PI * corner.0 / f64::from(rate)).min(0.5 * PI);
        let alpha = angle.sin() * FRAC_1_SQRT_2;
        let a0 = 1.0 + alpha;
        Self { b: 0.5 * (1.0 + angle.cos()) / a0, a1: -2.0 * angle.cos() / a0, a2: (1.0 - alpha) / a0 }
    }

    /// Starts as if the first sample had lasted for ever: a constant gives 0 from the start.
    fn run<'a>(&self, samples: impl Iterator<Item = &'a mut f32>) {
        let mut samples = samples.peekable();
        let first = samples.peek().map_or(0.0, |x| f64::from(**x));
        let (mut x1, mut x2, mut y1, mut y2) = (first, first, 0.0, 0.0);
        for sample in samples {
            let x = f64::from(*sample);
            let y = self.b * (x - 2.0 * x1 + x2) - self.a1 * y1 - self.a2 * y2;
            (x2, x1, y2, y1) = (x1, x, y1, y);
            *sample = y as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    #[test]
    fn rumble_goes_and_a_voice_stays_in_its_place() {
        for rate in [8_000, 16_000, 48_000] {
            let tone = |hertz: f64, i: u32| (TAU * hertz * f64::from(i) / f64::from(rate)).sin();
            let noisy =
                (0..rate).map(|i| (0.7 + 2.0 * tone(10.0, i) + 0.1 * tone(200.0, i)) as f32).collect();
            let clean = without_rumble(Clip::new(noisy, rate));
            for i in rate / 4..rate * 3 / 4 {
                let error = f64::from(clean.samples()[i as usize]) - 0.1 * tone(200.0, i);
                assert!(error.abs() < 0.004, "{error} at {i} of {rate}");
            }
        }
    }

    #[test]
    fn a_constant_is_nothing() {
        let clip = without_rumble(Clip::new(vec![0.5; 100], 8_000));
        assert!(clip.samples().iter().all(|x| x.abs() < 1e-6));
        assert!(without_rumble(Clip::new(vec![], 1)).is_empty());
        assert_eq!(without_rumble(Clip::new(vec![1e9; 3], 1)).samples().len(), 3);
    }
}
