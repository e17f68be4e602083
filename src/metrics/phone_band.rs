//! What a phone leaves: the share of what makes speech intelligible, and the change of its level in dB.
//!
//! Definition and sources: [`crate::analysis::phone_line`]. `phone_band` weighs octave bands by their importance (ANSI
//! S3.5-1997); 0.74 is all that a line of 300 to 3400 Hz can pass, and noise in the band, or a recording so soft that the
//! code's steps drown it, take from that. `phone_band_level` is 0 where all of the energy lies in the band; a low voice
//! close to the microphone loses 5 dB and more, mostly boom.

use super::{Measurement, Unmeasurable};
use crate::analysis::PhoneLine;
use crate::units::Decibels;

/// `phone_band` (0 to 0.74) and `phone_band_level` (dB).
pub fn phone_band(line: Option<PhoneLine>) -> [Measurement; 2] {
    let known = |value: Option<f64>| {
        value.ok_or_else(|| Unmeasurable("needs speech and a pause to compare it with".to_owned()))
    };
    [
        Measurement::new("phone_band", "", known(line.map(|line| line.intelligible))),
        Measurement::new("phone_band_level", Decibels::SYMBOL, known(line.map(|line| line.level_change.0))),
    ]
}
