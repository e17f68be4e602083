//! Keys of a telephone: dual-tone multi-frequency signals (ITU-T Q.23), which have F0 and loudness and are nobody's voice.

use std::f64::consts::TAU;

use crate::audio::Clip;
use crate::units::{Interval, Seconds};

/// In Hz: a key is one of the first four and one of the others at once (Q.23).
const TONES: [f64; 8] = [697.0, 770.0, 852.0, 941.0, 1209.0, 1336.0, 1477.0, 1633.0];
const N_LOW: usize = 4;
/// Short enough that tones 1.5 % off still count, as receivers must allow (Q.24), and that two fit into its shortest key
/// (40 ms).
const WINDOW: Seconds = Seconds(0.015);
const MIN_WINDOWS: usize = 2;
/// Of the window's energy in the two tones, and in each of them at least (ours): of a vowel more lies in other harmonics.
const LEAST_OF_BOTH: f64 = 0.7;
const LEAST_OF_ONE: f64 = 0.08;
/// What the higher tones need.
const LEAST_RATE_HZ: u32 = 4_000;

/// Where keys are heard, in time order; each at least [`MIN_WINDOWS`] long.
pub fn keys(clip: &Clip) -> Vec<Interval> {
    let rate = f64::from(clip.sample_rate_hz());
    if clip.sample_rate_hz() < LEAST_RATE_HZ {
        return Vec::new();
    }
    let length = (WINDOW.0 * rate) as usize;
    let coefficients = TONES.map(|hertz| (2.0 * (TAU * hertz / rate).cos()) as f32);
    let windows: Vec<Option<usize>> =
        clip.samples().chunks_exact(length).map(|window| key_of(window, &coefficients)).collect();
    let time = |window: usize| Seconds((window * length) as f64 / rate);
    let mut found = Vec::new();
    let mut start = 0;
    for run in windows.chunk_by(|one, next| one == next) {
        let end = start + run.len();
        if run[0].is_some() && MIN_WINDOWS <= run.len() {
            // A key sounds before its first whole window and after its last.
            found.push(Interval { start: time(start.saturating_sub(1)), end: time(end + 1) });
        }
        start = end;
    }
    found
}

/// Which of the sixteen keys a window is, if it is one. By Goertzel's recurrence, for all eight tones at once.
fn key_of(window: &[f32], coefficients: &[f32; TONES.len()]) -> Option<usize> {
    let (mut last, mut before, mut energy) = ([0.0_f32; TONES.len()], [0.0_f32; TONES.len()], 0.0_f32);
    for sample in window {
        energy += sample * sample;
        for k in 0..TONES.len() {
            let next = sample + coefficients[k] * last[k] - before[k];
            (before[k], last[k]) = (last[k], next);
        }
    }
    let share = |k: usize| {
        let power = last[k] * last[k] + before[k] * before[k] - coefficients[k] * last[k] * before[k];
        f64::from(power) * 2.0 / (window.len() as f64 * f64::from(energy))
    };
    let strongest = |group: std::ops::Range<usize>| {
        group.map(|k| (k, share(k))).max_by(|one, other| one.1.total_cmp(&other.1))
    };
    let ((low, low_share), (high, high_share)) = (strongest(0..N_LOW)?, strongest(N_LOW..TONES.len())?);
    let is_key = LEAST_OF_BOTH <= low_share + high_share && LEAST_OF_ONE <= low_share.min(high_share);
    is_key.then_some(TONES.len() * low + high)
}

#[cfg(test)]
mod tests {
    use super::super::analyse;
    use super::super::f0::tests::noise;
    use super::*;
    use crate::audio::{Channel, decode};

    /// Ten seconds of keys, each for `on` seconds and silent for `off`, their tones `detuned` times what they should be.
    fn dialled(rate: u32, on: f64, off: f64, detuned: f64) -> Vec<f32> {
        let sound = |(index, noise): (usize, f64)| {
            let t = index as f64 / f64::from(rate);
            let key = (t / (on + off)) as usize;
            let tone = |number: usize| 0.2 * (TAU * detuned * TONES[number] * t).sin();
            let is_on = t % (on + off) < on;
            (noise + if is_on { tone(key % 4) + tone(4 + key / 4 % 3) } else { 0.0 }) as f32
        };
        noise(10 * rate as usize, 1e-3).into_iter().enumerate().map(sound).collect()
    }

    #[test]
    fn dialling_is_no_speech_however_fast_and_whatever_the_rate() {
        for (rate, on, off, detuned) in [
            (16_000, 0.05, 0.05, 1.0),
            (16_000, 0.15, 0.15, 1.0),
            (16_000, 0.15, 0.15, 1.014),
            (8_000, 0.1, 0.1, 0.986),
            (44_100, 0.25, 0.75, 1.0),
            (48_000, 0.5, 0.5, 1.0),
        ] {
            let analysis = analyse(Clip::new(dialled(rate, on, off, detuned), rate));
            assert_eq!(analysis.speech, [], "{rate} Hz, {on} s and {off} s");
            // The edges of a key may seem voiced; too little to measure.
            assert!(analysis.f0.voiced().count() < 20, "{}", analysis.f0.voiced().count());
        }
    }

    #[test]
    fn a_message_stays_what_it_was_when_keys_follow() {
        let lively = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/lively.wav");
        let message = decode(&lively, Channel::Mix).expect("it is a fixture").clip;
        assert_eq!(keys(&message), []);
        let rate = message.sample_rate_hz();
        let mut samples = message.samples().to_vec();
        samples.extend(dialled(rate, 0.15, 0.15, 1.0));
        let (alone, followed) = (analyse(message), analyse(Clip::new(samples, rate)));
        assert_eq!(alone.speech.len(), followed.speech.len());
        assert_eq!(alone.nuclei.len(), followed.nuclei.len());
        assert!((alone.speech.last().unwrap().end - followed.speech.last().unwrap().end).0.abs() < 0.05);
    }

    #[test]
    fn two_tones_that_are_no_key_one_alone_and_silence_are_none() {
        let sound = |tones: &[f64]| {
            let at = |index: u32| {
                tones.iter().map(|hertz| (TAU * hertz * f64::from(index) / 8e3).sin()).sum::<f64>()
            };
            keys(&Clip::new((0..8_000).map(|index| at(index) as f32).collect(), 8_000))
        };
        assert_eq!(sound(&[770.0, 1336.0]).len(), 1);
        for tones in [&[350.0, 440.0][..], &[480.0, 620.0], &[770.0], &[1336.0], &[770.0, 852.0], &[]] {
            assert_eq!(sound(tones), [], "{tones:?}");
        }
        assert_eq!(keys(&Clip::new(vec![1.0; 100], 1)), []);
    }
}
