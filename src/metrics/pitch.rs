//! Pitch: its median in hertz, and how far it moves in semitones.
//!
//! Semitones make voices comparable: the standard deviation is alike across sexes (Traunmüller & Eriksson 1995).

use super::{Measured, Measurement, Unmeasurable};
use crate::analysis::F0Contour;
use crate::statistics::{mean_and_sd, median, quantile};
use crate::units::{Hertz, Seconds, Semitones};

/// Least voiced time for a statistic of pitch; ours.
pub const MIN_VOICED: Seconds = Seconds(1.0);

/// Frames further from the median than this are taken for octave errors; nobody talks over two octaves.
pub const MAX_FROM_MEDIAN: Semitones = Semitones(12.0);

/// `pitch_median`, `pitch_sd` and `pitch_range` (10th to 90th percentile).
pub fn pitch(f0: &F0Contour) -> [Measurement; 3] {
    let voiced = guarded(f0);
    let of = |value: &dyn Fn(&Voiced) -> Option<f64>| -> Measured<f64> {
        let voiced = voiced.as_ref().map_err(Clone::clone)?;
        value(voiced).ok_or_else(|| Unmeasurable("too little voice".to_owned()))
    };
    let spread = |voiced: &Voiced| {
        let quantile = |share| quantile(voiced.semitones.iter().copied(), share);
        Some(quantile(0.9)? - quantile(0.1)?)
    };
    [
        Measurement::new("pitch_median", Hertz::SYMBOL, of(&|voiced| Some(voiced.median.0))),
        Measurement::new(
            "pitch_sd",
            Semitones::SYMBOL,
            of(&|voiced| mean_and_sd(&voiced.semitones).map(|(_, sd)| sd)),
        ),
        Measurement::new("pitch_range", Semitones::SYMBOL, of(&spread)),
    ]
}

/// Voiced frames without octave errors.
struct Voiced {
    median: Hertz,
    /// From the median, in rising order.
    semitones: Vec<f64>,
}

fn guarded(f0: &F0Contour) -> Measured<Voiced> {
    let hertz: Vec<f64> = f0.voiced().map(|(_, hertz)| hertz.0).collect();
    let voiced = Seconds(hertz.len() as f64 * f0.step.0);
    if voiced < MIN_VOICED {
        return Err(Unmeasurable(format!("only {voiced:.1} of voiced speech")));
    }
    let median = Hertz(median(hertz.iter().copied()).unwrap_or_default());
    let semitones = hertz.into_iter().map(|hertz| Hertz(hertz).semitones_above(median).0);
    Ok(Voiced {
        median,
        semitones: semitones.filter(|semitones| semitones.abs() <= MAX_FROM_MEDIAN.0).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::F0Frame;

    pub(crate) fn contour(hertz: impl IntoIterator<Item = f64>) -> F0Contour {
        let frames =
            hertz.into_iter().map(|hertz| F0Frame { f0: Some(Hertz(hertz)), strength: 1.0 }).collect();
        F0Contour { start: Seconds(0.0), step: Seconds(0.01), frames }
    }

    fn values(f0: &F0Contour) -> Vec<f64> {
        pitch(f0).into_iter().map(|measurement| measurement.value.expect("enough voice")).collect()
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
        let [median, ..] = pitch(&contour([120.0; 50]));
        assert_eq!(median.value.expect_err("half a second").to_string(), "only 0.5 s of voiced speech");
    }
}
