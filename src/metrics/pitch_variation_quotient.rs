//! Pitch variation quotient: standard deviation over mean of F0, in hertz, per 10 s window, averaged.
//!
//! Source: Hincks (2004, 2005): below 0.15 monotone, up to 0.25 lively, above very lively; r = .83 with rated
//! liveliness (n = 18). The study had nine windows a talk; a voicemail has two or three.

use super::{Measured, Measurement, Unmeasurable};
use crate::analysis::F0Contour;
use crate::statistics::mean_and_sd;
use crate::units::Seconds;

/// Hincks's window.
pub const WINDOW: Seconds = Seconds(10.0);
/// Least voiced time in a window that counts; ours.
pub const MIN_VOICED_IN_WINDOW: Seconds = Seconds(1.0);
/// With fewer windows the value is indicative.
pub const MIN_WINDOWS: usize = 3;

/// The quotient and the number of windows it is the mean of. The first begins with the voice, and of what is left at the end
/// less than half a window is none: as much as ten seconds it would count.
pub fn pitch_variation_quotient(f0: &F0Contour) -> Measured<(f64, usize)> {
    let start = f0.voiced().next().map_or(Seconds(0.0), |(time, _)| time);
    let end = f0.voiced().last().map_or(start, |(time, _)| time);
    let n_windows = ((end - start).0 / WINDOW.0).round().max(1.0) as usize;
    let mut windows: Vec<Vec<f64>> = vec![Vec::new(); n_windows];
    for (time, hertz) in f0.voiced() {
        if let Some(window) = windows.get_mut(((time - start).0 / WINDOW.0) as usize) {
            window.push(hertz.0);
        }
    }
    let long_enough = |window: &&Vec<f64>| MIN_VOICED_IN_WINDOW.0 <= window.len() as f64 * f0.step.0;
    let quotients: Vec<f64> = windows
        .iter()
        .filter(long_enough)
        .filter_map(|window| mean_and_sd(window).map(|(mean, sd)| sd / mean))
        .collect();
    if quotients.is_empty() {
        return Err(Unmeasurable("no 10 s window has 1 s of voiced speech".to_owned()));
    }
    Ok((quotients.iter().sum::<f64>() / quotients.len() as f64, quotients.len()))
}

/// Of a [`super::pitch::voice`].
pub fn measurement(voice: &Measured<F0Contour>) -> Measurement {
    let quotient = voice.as_ref().map_err(Clone::clone).and_then(pitch_variation_quotient);
    let n_windows = quotient.as_ref().map_or(0, |(_, n_windows)| *n_windows);
    let few = (n_windows < MIN_WINDOWS)
        .then(|| format!("{n_windows} of the {MIN_WINDOWS} windows of 10 s that it wants"));
    Measurement::new("pitch_variation_quotient", "", quotient.map(|(value, _)| value)).indicative(few)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::F0Frame;
    use crate::units::Hertz;

    fn alternating(n_frames: usize) -> F0Contour {
        let frame = |index: usize| F0Frame {
            f0: Some(Hertz(if index.is_multiple_of(2) { 90.0 } else { 110.0 })),
            strength: 1.0,
        };
        F0Contour { start: Seconds(0.0), step: Seconds(0.01), frames: (0..n_frames).map(frame).collect() }
    }

    #[test]
    fn ten_percent_either_side_is_a_tenth() {
        let (value, n_windows) = pitch_variation_quotient(&alternating(3000)).expect("30 s of voice");
        assert!((value - 0.1).abs() < 1e-3);
        assert_eq!(n_windows, 3);
    }

    #[test]
    fn windows_begin_with_the_voice_and_a_short_rest_is_none() {
        let mut late = alternating(2200);
        late.start = Seconds(7.0);
        assert_eq!(pitch_variation_quotient(&late).expect("22 s of voice").1, 2);
        assert_eq!(pitch_variation_quotient(&alternating(2600)).expect("26 s of voice").1, 3);
        assert_eq!(pitch_variation_quotient(&alternating(200)).expect("2 s of voice").1, 1);
    }

    #[test]
    fn few_windows_are_indicative() {
        assert!(measurement(&Ok(alternating(2000))).indicative.is_some());
        assert!(measurement(&Ok(alternating(3000))).indicative.is_none());
        assert!(measurement(&Ok(alternating(50))).value.is_err());
    }
}
