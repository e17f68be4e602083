//! Taking away what lies below any voice: wind, handling, traffic, mains hum, offsets.
//!
//! A recording's rumble can be louder than its speech without anybody hearing it; left in, it sets the scale by which
//! frames are silent, and hides the pauses.

use super::filter::{Section, filtered};
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
    filtered(clip, |rate| Section::high_pass(CORNER, rate))
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
        assert!(without_rumble(Clip::new(vec![], 1)).samples().is_empty());
        assert_eq!(without_rumble(Clip::new(vec![1e9; 3], 1)).samples().len(), 3);
    }
}
