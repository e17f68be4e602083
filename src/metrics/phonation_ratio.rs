//! Phonation ratio: the share of the time from first speech to last, without a telephone's signals, that is speech.

use super::{Measurement, Message, no_speech};
use crate::units::total_length;

pub(super) fn phonation_ratio(message: Message) -> Measurement {
    let value = message.length().map(|length| total_length(message.speech).0 / length.0);
    Measurement::new("phonation_ratio", "", value.ok_or_else(no_speech))
}
