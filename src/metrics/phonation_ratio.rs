//! Phonation ratio: the share of the time from first speech to last that is speech.

use super::{Measurement, no_speech, spoken};
use crate::units::{Interval, total_length};

pub fn phonation_ratio(speech: &[Interval]) -> Measurement {
    let value = spoken(speech).map(|spoken| total_length(speech).0 / spoken.length().0).ok_or_else(no_speech);
    Measurement::new("phonation_ratio", "", value)
}
