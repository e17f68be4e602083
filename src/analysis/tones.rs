//! Is it speech at all? Tones, a fax or notes of music have F0 and loudness, and nothing that could be graded.
//!
//! Speech never keeps its timbre for long; tones keep it but for their onsets. Limits are ours, with room on both sides: of
//! 277 utterances of read speech the median change of the spectrum over 50 ms is 15 or more and the lower quartile 8.7
//! or more; of a dial tone, busy and ringing tones, a fax, chords and a melody one of the two is below 6 and 4.
//! Recorded music with voices in it is not told apart; keys of a telephone are known one by one (`dialling.rs`).

use super::spectrum::Spectra;
use crate::statistics::{median, quantile};
use crate::units::Interval;

const LEAST_MEDIAN: f64 = 9.0;
const LEAST_QUARTILE: f64 = 4.0;

/// Whether what was taken for speech keeps its timbre as only tones do; `false` without any.
pub fn is_tonal(spectra: &Spectra, speech: &[Interval]) -> bool {
    let changes: Vec<f64> = speech
        .iter()
        .flat_map(|interval| spectra.change[spectra.frames_within(*interval)].iter().copied())
        .filter(|change| change.is_finite())
        .collect();
    let quartile = quantile(changes.iter().copied(), 0.25);
    let median = median(changes);
    quartile.is_some_and(|quartile| quartile < LEAST_QUARTILE)
        || median.is_some_and(|median| median < LEAST_MEDIAN)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::super::analyse;
    use super::super::f0::tests::noise;
    use crate::audio::{Channel, Clip, decode};

    const RATE: u32 = 16_000;

    /// Ten seconds in which tones sound: at each second, how loud and which.
    fn is_tonal(tones: impl Fn(f64) -> (f64, Vec<f64>)) -> bool {
        let sound = |(index, noise): (usize, f64)| {
            let t = index as f64 / f64::from(RATE);
            let (loudness, tones) = tones(t);
            (noise + loudness * tones.iter().map(|hertz| (TAU * hertz * t).sin()).sum::<f64>()) as f32
        };
        let samples = noise(10 * RATE as usize, 1e-3).into_iter().enumerate().map(sound);
        let analysis = analyse(Clip::new(samples.collect(), RATE));
        assert!(!analysis.speech.is_empty() || !analysis.signals.is_empty(), "else it is no question");
        assert!(!analysis.is_tonal || analysis.filled_pauses.events.is_empty(), "nobody hesitates");
        analysis.is_tonal
    }

    #[test]
    fn signals_of_the_telephone_and_notes_are_tonal() {
        assert!(is_tonal(|_| (0.2, vec![350.0, 440.0])), "dial tone");
        assert!(is_tonal(|t| (if t % 1.0 < 0.5 { 0.2 } else { 0.0 }, vec![480.0, 620.0])), "busy");
        assert!(is_tonal(|t| (if t % 3.0 < 1.0 { 0.2 } else { 0.0 }, vec![440.0, 480.0])), "ringing");
        let note = |t: f64| 220.0 * [1.0, 1.25, 1.5, 1.875, 2.0][(2.0 * t) as usize % 5];
        let harmonics = |t: f64| (1..6).map(|k| f64::from(k) * note(t)).collect();
        assert!(is_tonal(|t| (0.1 * (-3.0 * (t % 0.5)).exp(), harmonics(t))), "a melody");
    }

    #[test]
    fn speech_is_not() {
        for recording in ["demo.wav", "flat.wav", "lively.wav", "hesitant-gb.wav", "phone.wav"] {
            let path =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(recording);
            let clip = decode(&path, Channel::Mix).expect("a fixture can be read").clip;
            assert!(!analyse(clip).is_tonal, "{recording}");
        }
    }
}
