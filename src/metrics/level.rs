//! The recording itself: loudness (EBU R128), peaks, clipping, noise.

use super::{Measurement, Unmeasurable};
use crate::analysis::Level;

/// `level` (LUFS), `peak` (dBFS), `true_peak` (dBTP, ITU-R BS.1770-4), `clipping_ratio` and `snr` (dB).
pub fn level(level: &Level) -> [Measurement; 5] {
    let known = |value: Option<f64>, reason: &str| value.ok_or_else(|| Unmeasurable(reason.to_owned()));
    [
        Measurement::new(
            "level",
            "LUFS",
            known(level.loudness.map(|level| level.0), "too short for EBU R128, or silence"),
        ),
        Measurement::new("peak", "dBFS", known(level.peak.map(|peak| peak.0), "silence")),
        Measurement::new("true_peak", "dBTP", known(level.true_peak.map(|peak| peak.0), "silence")),
        Measurement::new("clipping_ratio", "", Ok(level.clipping_ratio)),
        Measurement::new(
            "snr",
            "dB",
            known(
                level.snr.map(|snr| snr.0),
                match level.has_silent_pauses {
                    true => "the pauses are digital silence, as of a noise gate: no noise is heard alone",
                    false => "needs speech and a pause to compare it with",
                },
            ),
        )
        .indicative(
            level
                .is_noise_guessed
                .then(|| "no noise is heard alone: from the quietest of the speech".to_owned()),
        ),
    ]
}
