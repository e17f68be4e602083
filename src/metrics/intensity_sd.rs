//! Intensity variation: standard deviation of the intensity over speech, in decibels.

use super::statistics::mean_and_sd;
use super::{Measurement, no_speech};
use crate::analysis::IntensityContour;
use crate::units::{Decibels, Interval};

pub fn intensity_sd(intensity: &IntensityContour, speech: &[Interval]) -> Measurement {
    let values: Vec<f64> = speech.iter().flat_map(|interval| intensity.within(*interval)).copied().collect();
    let value = mean_and_sd(&values).map(|(_, sd)| sd).ok_or_else(no_speech);
    Measurement::new("intensity_sd", Decibels::SYMBOL, value)
}
