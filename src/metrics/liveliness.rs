//! Liveliness: how fast the pitch moves, in semitones a second; the median over the voice.
//!
//! Ours. Of every two moments of voice 50 ms apart with voice between them the distance in semitones is taken, without its
//! sign; the median of those, over 50 ms. A spread (`pitch_sd`, `pitch_range`, the quotient) also grows when a voice
//! merely sinks from the beginning of a sentence to its end, or when single frames are an octave off; this does not: what
//! it hears is whether syllables rise and fall. `make accuracy liveliness` compares: of read speech and the same with its
//! pitch made half as wide, or left to sink and otherwise flattened, it tells the original from the flattened of other
//! speakers far more often than the spreads do. There is no target: nobody has rated voices by it yet.

use super::{Measured, Measurement, Unmeasurable};
use crate::analysis::F0Contour;
use crate::statistics::median;
use crate::units::{Hertz, Seconds};

/// Apart enough that frames 5 ms apart do not measure the tracker's own unrest, and well within a syllable.
const APART: Seconds = Seconds(0.05);
/// Movements of which the median is taken: a second of voice.
const MIN_VOICE: Seconds = Seconds(1.0);

/// In semitones a second.
pub fn liveliness(f0: &F0Contour) -> Measured<f64> {
    let apart = (APART.0 / f0.step.0).round().max(1.0) as usize;
    let runs = f0.frames.chunk_by(|one, other| one.f0.is_some() == other.f0.is_some());
    let mut speeds = Vec::new();
    for run in runs.filter(|run| run[0].f0.is_some()) {
        let heights: Vec<f64> = run.iter().filter_map(|frame| frame.f0).map(semitones).collect();
        let distances = heights.windows(apart + 1).map(|window| (window[apart] - window[0]).abs());
        speeds.extend(distances.map(|distance| distance / (apart as f64 * f0.step.0)));
    }
    let voice = Seconds(speeds.len() as f64 * f0.step.0);
    if voice < MIN_VOICE {
        return Err(Unmeasurable(format!("only {voice:.1} of voice that goes on for 50 ms")));
    }
    Ok(median(speeds).unwrap_or_default())
}

fn semitones(f0: Hertz) -> f64 {
    f0.semitones_above(Hertz(1.0)).0
}

/// Of a [`super::pitch::voice`].
pub fn measurement(voice: &Measured<F0Contour>) -> Measurement {
    let liveliness = voice.as_ref().map_err(Clone::clone).and_then(liveliness);
    Measurement::new("liveliness", "semitones/s", liveliness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::F0Frame;

    /// F0 in semitones above 100 Hz, by frame; `None` unvoiced.
    fn contour(semitones: impl Iterator<Item = Option<f64>>) -> F0Contour {
        let f0 = |semitones: f64| Hertz(100.0 * 2.0_f64.powf(semitones / 12.0));
        let frames = semitones.map(|semitones| F0Frame { f0: semitones.map(f0), strength: 1.0 });
        F0Contour { start: Seconds(0.0), step: Seconds(0.005), frames: frames.collect() }
    }

    #[test]
    fn a_rise_of_ten_semitones_a_second_is_ten() {
        let value = liveliness(&contour((0..400).map(|i| Some(f64::from(i) * 0.05)))).expect("2 s of voice");
        assert!((value - 10.0).abs() < 1e-6, "{value}");
        assert_eq!(liveliness(&contour((0..400).map(|_| Some(3.0)))), Ok(0.0));
    }

    #[test]
    fn syllables_that_rise_and_fall_are_livelier_than_a_voice_that_sinks_as_far() {
        let syllables = liveliness(&contour((0..800).map(|i| Some(3.0 * (f64::from(i) * 0.12).sin()))));
        let sinking = liveliness(&contour((0..800).map(|i| Some(3.0 - 6.0 * f64::from(i) / 800.0))));
        assert!(10.0 * sinking.expect("voice") < syllables.expect("voice"));
    }

    #[test]
    fn leaps_over_a_silence_or_of_an_octave_do_not_count() {
        let with_gaps =
            contour((0..800).map(|i| (i % 50 < 40).then_some(if i % 100 < 50 { 0.0 } else { 7.0 })));
        assert_eq!(liveliness(&with_gaps), Ok(0.0));
        let with_errors = contour((0..800).map(|i| Some(if i % 100 < 3 { 12.0 } else { 0.0 })));
        assert_eq!(liveliness(&with_errors), Ok(0.0));
    }

    #[test]
    fn too_little_voice_is_said() {
        let error = liveliness(&contour((0..100).map(|_| Some(0.0)))).expect_err("half a second");
        assert_eq!(error.to_string(), "only 0.5 s of voice that goes on for 50 ms");
    }
}
