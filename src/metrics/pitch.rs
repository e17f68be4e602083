//! Pitch: its median in hertz, and how far it moves in semitones.
//!
//! Semitones make voices comparable: the standard deviation is alike across sexes (Traunmüller & Eriksson 1995).

use super::{Measured, Measurement, Unmeasurable};
use crate::analysis::{F0Contour, F0Frame};
use crate::statistics::{mean_and_sd, median, quantile};
use crate::units::{Hertz, Interval, Seconds, Semitones, total_length};

/// Least voiced time for a statistic of pitch; ours.
pub const MIN_VOICED: Seconds = Seconds(1.0);

/// Frames further from the median than this are taken for octave errors; nobody talks over two octaves.
pub const MAX_FROM_MEDIAN: Semitones = Semitones(12.0);

/// Least share of the speech that has a voice; ours: of 310 recordings of people who speak aloud none but a creaking one has less
/// than 0.4, whispers have 0.15, in which F0 analysis finds a voice by chance.
const MIN_SHARE_VOICED: f64 = 0.25;

/// What can be told of a voice: its F0 in `speech` without octave errors, where enough of it has any. Who is heard far off,
/// and is not taken for speech, is another.
pub fn voice(f0: &F0Contour, speech: &[Interval]) -> Measured<F0Contour> {
    let whole = Interval { start: Seconds(f64::NEG_INFINITY), end: Seconds(f64::INFINITY) };
    let f0 = f0.clone().without(&whole.without(speech));
    let hertz: Vec<f64> = f0.voiced().map(|(_, hertz)| hertz.0).collect();
    let voiced = Seconds(hertz.len() as f64 * f0.step.0);
    if voiced < MIN_VOICED {
        return Err(Unmeasurable(format!("only {voiced:.1} of voiced speech")));
    }
    let share = voiced.0 / total_length(speech).0;
    if share < MIN_SHARE_VOICED {
        let share = 100.0 * share;
        let reason =
            format!("only {share:.0} % of the speech is voiced: whispered, creaking, or lost in noise");
        return Err(Unmeasurable(reason));
    }
    let median = Hertz(median(hertz).unwrap_or_default());
    let is_near = |f0: &Hertz| f0.semitones_above(median).0.abs() <= MAX_FROM_MEDIAN.0;
    let frames = f0.frames.iter().map(|frame| F0Frame { f0: frame.f0.filter(is_near), ..*frame });
    Ok(F0Contour { frames: frames.collect(), ..f0 })
}

/// `pitch_median`, `pitch_sd` and `pitch_range` (10th to 90th percentile) of a [`voice`].
pub fn pitch(voice: &Measured<F0Contour>) -> [Measurement; 3] {
    let voiced = voice.as_ref().map_err(Clone::clone).and_then(|voice| {
        let hertz = voice.voiced().map(|(_, hertz)| hertz.0);
        let median = Hertz(median(hertz).ok_or_else(|| Unmeasurable("too little voice".to_owned()))?);
        let semitones = voice.voiced().map(|(_, hertz)| hertz.semitones_above(median).0);
        Ok((median, semitones.collect::<Vec<f64>>()))
    });
    let of = |value: &dyn Fn(&Hertz, &[f64]) -> Option<f64>| -> Measured<f64> {
        let (median, semitones) = voiced.as_ref().map_err(Clone::clone)?;
        value(median, semitones).ok_or_else(|| Unmeasurable("too little voice".to_owned()))
    };
    let spread = |_: &Hertz, semitones: &[f64]| {
        let quantile = |share| quantile(semitones.iter().copied(), share);
        Some(quantile(0.9)? - quantile(0.1)?)
    };
    let deviation = |_: &Hertz, semitones: &[f64]| mean_and_sd(semitones).map(|(_, sd)| sd);
    [
        Measurement::new("pitch_median", Hertz::SYMBOL, of(&|median, _| Some(median.0))),
        Measurement::new("pitch_sd", Semitones::SYMBOL, of(&deviation)),
        Measurement::new("pitch_range", Semitones::SYMBOL, of(&spread)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn contour(hertz: impl IntoIterator<Item = f64>) -> F0Contour {
        let frames =
            hertz.into_iter().map(|hertz| F0Frame { f0: Some(Hertz(hertz)), strength: 1.0 }).collect();
        F0Contour { start: Seconds(0.0), step: Seconds(0.01), frames }
    }

    fn values(f0: &F0Contour) -> Vec<f64> {
        pitch(&voice(f0, &[Interval::new(0.0, 0.01 * f0.frames.len() as f64)]))
            .into_iter()
            .map(|measurement| measurement.value.expect("enough voice"))
            .collect()
    }

    #[test]
    fn a_steady_voice_has_no_spread() {
        assert_eq!(values(&contour([120.0; 200])), [120.0, 0.0, 0.0]);
    }

    #[test]
    fn octave_errors_do_not_make_a_voice_lively() {
        let clean = values(&contour((0..400).map(|i| 120.0 + (i % 20) as f64)));
        let with_errors =
            values(&contour((0..400).map(|i| if i % 25 == 0 { 290.0 } else { 120.0 + (i % 20) as f64 })));
        assert!((clean[1] - with_errors[1]).abs() < 0.05, "{clean:?} {with_errors:?}");
    }

    #[test]
    fn too_little_voice_is_said() {
        let [median, ..] = pitch(&voice(&contour([120.0; 50]), &[Interval::new(0.0, 1.0)]));
        assert_eq!(median.value.expect_err("half a second").to_string(), "only 0.5 s of voiced speech");
        let [median, ..] = pitch(&voice(&contour([120.0; 150]), &[Interval::new(0.0, 10.0)]));
        let reason = median.value.expect_err("a whisper").to_string();
        assert!(reason.starts_with("only 15 % of the speech is voiced"), "{reason}");
    }
}
