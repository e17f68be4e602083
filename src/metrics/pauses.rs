//! Pauses: silences of 250 ms or more between speech.
//!
//! Source: Hincks (2005), Computer Assisted Language Learning 18(3), for the 250 ms.

use super::{Measurement, no_speech};
use crate::units::{Interval, Seconds};

/// `pause_count` and `longest_pause`.
pub fn pauses(speech: &[Interval], pauses: &[Interval]) -> [Measurement; 2] {
    let longest = pauses.iter().map(|pause| pause.length().0).fold(0.0, f64::max);
    let known = |value: f64| if speech.is_empty() { Err(no_speech()) } else { Ok(value) };
    [
        Measurement::new("pause_count", "", known(pauses.len() as f64)),
        Measurement::new("longest_pause", Seconds::SYMBOL, known(longest)),
    ]
}

/// Pauses longer than a limit, the longest first.
pub fn longer_than(pauses: &[Interval], limit: Seconds) -> Vec<Interval> {
    let mut long: Vec<Interval> = pauses.iter().copied().filter(|pause| limit < pause.length()).collect();
    long.sort_by(|a, b| b.length().0.total_cmp(&a.length().0));
    long
}
