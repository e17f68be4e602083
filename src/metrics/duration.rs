//! Duration: the recording without the silence at its ends, in seconds.

use super::{Measurement, no_speech, spoken};
use crate::units::{Interval, Seconds};

pub fn duration(speech: &[Interval]) -> Measurement {
    let value = spoken(speech).map(|spoken| spoken.length().0).ok_or_else(no_speech);
    Measurement::new("duration", Seconds::SYMBOL, value)
}
