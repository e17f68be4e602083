//! Articulation rate: syllables per second of speech, pauses left out.
//!
//! Source: de Jong & Wempe (2009), Behavior Research Methods 41(2), 385-390.

use super::{Measured, Measurement, Unmeasurable, no_speech};
use crate::units::{Interval, Seconds, SyllablesPerSecond, counted, total_length};

/// Shortest total of speech that gives a usable rate; ours: three syllables or so.
pub const MIN_SPEECH: Seconds = Seconds(1.0);

/// Fewer syllables a second than this is nobody's speech: the detector missed them (a creaky voice, noise) or it is no
/// speech. Ours.
pub const MIN_PLAUSIBLE: SyllablesPerSecond = SyllablesPerSecond(2.0);

/// So few that it is a siren, a dog, an instrument: of 277 utterances of read speech, children's among them, the slowest
/// has 1.5 a second. Ours.
const LEAST_OF_ANYBODY: SyllablesPerSecond = SyllablesPerSecond(1.2);
/// Speech from which so few syllables tell; ours.
const ENOUGH_TO_TELL: Seconds = Seconds(3.0);

/// Has what was taken for speech too few syllables to be anybody's?
pub fn is_nobodys(speech: &[Interval], n_syllables: usize) -> bool {
    let total = total_length(speech);
    ENOUGH_TO_TELL <= total && (n_syllables as f64) < LEAST_OF_ANYBODY.0 * total.0
}

/// `speech`: intervals in time order, not overlapping; may be empty.
pub fn articulation_rate(speech: &[Interval], n_syllables: usize) -> Measured<SyllablesPerSecond> {
    let total = total_length(speech);
    match () {
        () if speech.is_empty() => Err(no_speech()),
        () if total < MIN_SPEECH => Err(Unmeasurable(format!("only {total:.1} of speech"))),
        () if (n_syllables as f64) < MIN_PLAUSIBLE.0 * total.0 => Err(Unmeasurable(format!(
            "only {} made out in {total:.1} of speech; is it noisy, creaky, or no speech?",
            counted(n_syllables, "syllable was", "syllables were")
        ))),
        () => Ok(SyllablesPerSecond(n_syllables as f64 / total.0)),
    }
}

pub fn measurement(speech: &[Interval], n_syllables: usize) -> Measurement {
    let value = articulation_rate(speech, n_syllables).map(|rate| rate.0);
    Measurement::new("articulation_rate", SyllablesPerSecond::SYMBOL, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siren_is_nobody_and_a_slow_reader_somebody() {
        let speech = [Interval::new(0.0, 20.0)];
        assert!(is_nobodys(&speech, 10) && !is_nobodys(&speech, 30));
        assert!(!is_nobodys(&[Interval::new(0.0, 2.0)], 1) && !is_nobodys(&[], 0));
    }

    #[test]
    fn pauses_do_not_count() {
        let speech = [Interval::new(0.0, 1.0), Interval::new(3.0, 4.0)];
        assert_eq!(articulation_rate(&speech, 8), Ok(SyllablesPerSecond(4.0)));
    }

    #[test]
    fn too_little_speech_is_said_and_not_guessed() {
        assert_eq!(articulation_rate(&[], 0), Err(no_speech()));
        let error = articulation_rate(&[Interval::new(0.0, 0.5)], 2).expect_err("too short");
        assert_eq!(error.to_string(), "only 0.5 s of speech");
    }

    #[test]
    fn a_tone_is_no_slow_speaker() {
        let error = articulation_rate(&[Interval::new(0.0, 10.0)], 3).expect_err("no speech has so few");
        assert!(error.to_string().starts_with("only 3 syllables"), "{error}");
    }
}
