//! Duration: the recording without the silence at its ends and a telephone's signals, in seconds.

use super::{Measurement, Message, no_speech};
use crate::units::Seconds;

pub(super) fn duration(message: Message) -> Measurement {
    let value = message.length().map(|length| length.0).ok_or_else(no_speech);
    Measurement::new("duration", Seconds::SYMBOL, value)
}
