//! Intensity variation: standard deviation of the intensity over speech, in decibels.

use super::{Measurement, no_speech};
use crate::analysis::{IntensityContour, NOTHING_DB};
use crate::statistics::mean_and_sd;
use crate::units::{Decibels, Interval};

pub fn intensity_sd(intensity: &IntensityContour, speech: &[Interval]) -> Measurement {
    // A noise gate, or a codec, leaves digital silence between sounds, which is of no loudness.
    let within = speech.iter().flat_map(|interval| intensity.within(*interval)).copied();
    let values: Vec<f64> = within.filter(|value| NOTHING_DB < *value).collect();
    let value = mean_and_sd(&values).map(|(_, sd)| sd).ok_or_else(no_speech);
    Measurement::new("intensity_sd", Decibels::SYMBOL, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Seconds;

    #[test]
    fn digital_silence_between_sounds_is_no_variation() {
        let sd = |values_db: Vec<f64>| {
            let intensity = IntensityContour { start: Seconds(0.0), step: Seconds(0.01), values_db };
            intensity_sd(&intensity, &[Interval::new(0.0, 1.0)]).value.expect("it is speech")
        };
        let sounds = [60.0, 66.0, 60.0, 66.0];
        let gated = [60.0, -300.0, 66.0, 60.0, -300.0, 66.0];
        assert_eq!(sd(gated.to_vec()), sd(sounds.to_vec()));
    }
}
