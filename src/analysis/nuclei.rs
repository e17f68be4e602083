//! Syllable nuclei: where the vowels are, without knowing the words.
//!
//! Source: de Jong, N. H. & Wempe, T. (2009), "Praat script to detect syllable nuclei and measure speech rate
//! automatically", Behavior Research Methods 41(2), 385-390: peaks of intensity above a threshold, with a dip before the
//! next, that are voiced. As in Mermelstein, P. (1975), "Automatic segmentation of speech into syllabic units", JASA
//! 58(4), 880-883, and Pfitzinger et al. (1996), ICSLP, the intensity is that of the band in which vowels are strong: there
//! nasals, voiced stops and hisses are dips, which over all frequencies they often are not.
//!
//! The band, the window and the dip were chosen on half of the speakers of `shared/data/read-speech`; on the others
//! (`make accuracy syllables` reports them apart) the count per utterance is nearer to the text than the paper's values.
//! They speak English as a second language, syllable by syllable. How far below the loudest a vowel may lie was chosen
//! beside them on native speech, whose unstressed vowels are weaker.

use super::f0::F0Contour;
use super::filter::{Section, filtered};
use super::intensity::intensity_contour;
use super::speech::threshold_db;
use crate::audio::Clip;
use crate::units::{Hertz, Interval, Seconds};

/// From the first formants of closed vowels to the second of front ones; a phone line passes all of it.
const BAND: (Hertz, Hertz) = (Hertz(300.0), Hertz(3000.0));
/// Lowest F0 of the contour that is searched: its window, effectively 50 ms, smooths over flaps and trills within a
/// syllable.
const FLOOR: Hertz = Hertz(62.0);
const STEP: Seconds = Seconds(0.01);
/// Below the loudest hundredth of voiced frames by which a peak may lie; the paper's 25 dB is over all frequencies.
const BELOW_LOUDEST_DB: f64 = 20.0;
/// Above that threshold by which a peak within speech is a vowel though no F0 is found there: creak.
const CLEAR_DB: f64 = 10.0;
/// How far from a peak its voice may be: at the edge of a short vowel F0 analysis hesitates.
const NEAR: Seconds = Seconds(0.02);
/// What parts two nuclei: the paper's value for clean recordings.
const MIN_DIP_DB: f64 = 4.0;

/// Times of the syllable nuclei of `clip`, in which somebody with this `f0` speaks in the intervals `speech`, in order.
///
/// Against dictionary syllables of read speech some are missed: vowels in hiatus and reduced vowels have no dip.
pub fn syllable_nuclei(clip: Clip, f0: &F0Contour, speech: &[Interval]) -> Vec<Seconds> {
    let clip = filtered(clip, |rate| Section::high_pass(BAND.0, rate));
    let clip = filtered(clip, |rate| Section::low_pass(BAND.1, rate));
    let contour = intensity_contour(&clip, FLOOR, STEP);
    let Some(threshold) = threshold_db(&contour, f0, BELOW_LOUDEST_DB) else { return Vec::new() };
    let is_voiced = |time: Seconds| {
        let near = Interval { start: time - NEAR, end: time + NEAR };
        f0.voiced_within(near).next().is_some()
    };
    let is_spoken = |time: Seconds| {
        let next = speech.partition_point(|interval| interval.end <= time);
        speech.get(next).is_some_and(|interval| interval.contains(time))
    };
    let is_vowel = |index: &usize| {
        let (time, level) = (contour.time_of(*index), contour.values_db[*index]);
        is_voiced(time) || threshold + CLEAR_DB < level && is_spoken(time)
    };
    let peaks = parted_peaks(&contour.values_db, threshold).into_iter().filter(is_vowel);
    peaks.map(|index| contour.time_of(index)).collect()
}

/// Indices of the peaks above `threshold` that a dip of [`MIN_DIP_DB`] parts from the one before; of two peaks without
/// such a dip between them the higher stays.
fn parted_peaks(values: &[f64], threshold: f64) -> Vec<usize> {
    let mut peaks: Vec<usize> = Vec::new();
    let mut lowest = f64::NEG_INFINITY;
    for (index, window) in values.windows(3).enumerate().map(|(before, window)| (before + 1, window)) {
        let value = window[1];
        lowest = lowest.min(value);
        if !(window[0] < value && value >= window[2] && value > threshold) {
            continue;
        }
        match peaks.last_mut() {
            Some(last) if values[*last].min(value) - lowest < MIN_DIP_DB => {
                if value > values[*last] {
                    *last = index;
                    lowest = value;
                }
            }
            _ => {
                peaks.push(index);
                lowest = value;
            }
        }
    }
    peaks
}

#[cfg(test)]
mod tests {
    use super::super::f0;
    use super::super::f0::tests::{noise, voice};
    use super::*;
    use std::f64::consts::TAU;

    fn nuclei(samples: Vec<f64>) -> Vec<Seconds> {
        let clip = Clip::new(samples.into_iter().map(|x| x as f32).collect(), 16_000);
        let f0 = f0::f0_contour(&clip, &f0::Parameters::default());
        syllable_nuclei(clip, &f0, &[])
    }

    #[test]
    fn a_voice_that_swells_five_times_a_second_has_five_nuclei_a_second() {
        let swelling = voice(|_| 120.0, 3.0, 16_000)
            .into_iter()
            .enumerate()
            .map(|(i, x)| x * (0.55 - 0.45 * (TAU * 5.0 * i as f64 / 16_000.0).cos()))
            .collect();
        let found = nuclei(swelling);
        assert_eq!(found.len(), 15);
        for (n, time) in found.iter().enumerate() {
            assert!((time.0 - (0.1 + 0.2 * n as f64)).abs() < 0.02, "{time}");
        }
    }

    #[test]
    fn peaks_without_a_dip_are_one() {
        assert_eq!(parted_peaks(&[0.0, 60.0, 57.0, 61.0, 50.0, 60.0, 0.0], 40.0), [3, 5]);
        assert_eq!(parted_peaks(&[0.0, 60.0, 55.0, 59.5, 56.0, 59.0, 0.0], 40.0), [1, 3]);
        assert_eq!(parted_peaks(&[0.0, 30.0, 0.0], 40.0), [0_usize; 0]);
        assert_eq!(parted_peaks(&[], 40.0), [0_usize; 0]);
    }

    #[test]
    fn noise_and_silence_have_none() {
        assert_eq!(nuclei(noise(32_000, 0.3)), []);
        assert_eq!(nuclei(vec![0.0; 32_000]), []);
        assert_eq!(nuclei(vec![0.5]), []);
    }
}
