//! Filled pauses: *um*, *uh*. Only the certain ones are counted.
//!
//! Source: Laske & DiGennaro Reed (2024), Journal of Applied Behavior Analysis: 12 a minute harmed a talk, 0, 2 and 5
//! did not.

use super::{Measurement, Unmeasurable, no_speech, spoken};
use crate::analysis::FilledPause;
use crate::units::{Interval, PerMinute, Seconds};

/// Below this a single *um* would be a rate of more than six a minute; ours.
pub const MIN_DURATION_FOR_RATE: Seconds = Seconds(10.0);

/// `filled_pause_count` and `filled_pauses_per_minute`. `n_written`: those of a transcript that does not say when they were said;
/// of some of them it is known by ear.
pub fn filled_pauses(speech: &[Interval], events: &[FilledPause], n_written: usize) -> [Measurement; 2] {
    let n_heard = events.iter().filter(|event| event.counted).count();
    let n_counted = n_heard.max(n_written) as f64;
    let (count, rate) = match spoken(speech).map(|spoken| spoken.length()) {
        None => (Err(no_speech()), Err(no_speech())),
        Some(length) if length < MIN_DURATION_FOR_RATE => {
            (Ok(n_counted), Err(Unmeasurable(format!("{length:.1} is too short for a rate"))))
        }
        Some(length) => (Ok(n_counted), Ok(n_counted / length.0 * 60.0)),
    };
    [
        Measurement::new("filled_pause_count", "", count),
        Measurement::new("filled_pauses_per_minute", PerMinute::SYMBOL, rate),
    ]
}
