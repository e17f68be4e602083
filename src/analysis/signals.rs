//! What a telephone itself says: the beep after a greeting, dial, ringing and busy tones. One or two sines that keep their
//! pitch to a hair, which no voice does; keys are known by their frequencies (`dialling.rs`).
//!
//! Source of the tones: ITU-T E.180/Q.35 and its supplement of the countries' tones: 350 to 620 Hz, one or two at once. Beeps
//! are of anybody's choice. The limits are ours: in the 428 recordings of speech of `make accuracy` nothing is found.

use std::f64::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use super::peaks;
use crate::audio::Clip;
use crate::units::{Hertz, Interval, Seconds};

/// Long enough to part 440 Hz from 480 Hz.
const WINDOW: Seconds = Seconds(0.1);
const STEP: Seconds = Seconds(0.04);
/// The shortest signal in whole windows: together they are 0.26 s. A vowel may keep its pitch for less.
const MIN_WINDOWS: usize = 5;
/// Where the strongest tone lies: above most voices' fundamental, and within a telephone's band.
const LOWEST: Hertz = Hertz(300.0);
const HIGHEST: Hertz = Hertz(3_400.0);
/// From here on a tone may have harmonics: no voice that speaks is as high.
const SQUARE: Hertz = Hertz(500.0);
/// Of the window's power in its two strongest peaks; noise 15 dB below leaves as much.
const LEAST_SHARE: f64 = 0.96;
/// A second tone has at least this share, or is none.
const LEAST_SECOND: f64 = 0.05;
/// How far a tone may move over the whole signal; voices that hold a note move by more.
const MOST_DRIFT: f64 = 0.004;
/// Neighbouring harmonics of one voice, as ratios, are no two tones.
const HARMONICS: [f64; 4] = [2.0, 1.5, 4.0 / 3.0, 3.0];
const NEAR_HARMONIC: f64 = 0.02;
/// Mean square below which there is nothing: −80 dBFS.
const SILENT: f64 = 1e-8;

/// Where signals sound, in time order.
pub fn signals(clip: &Clip) -> Vec<Interval> {
    let rate = f64::from(clip.sample_rate_hz());
    let length = (WINDOW.0 * rate) as usize;
    let step = (STEP.0 * rate) as usize;
    if 2.0 * HIGHEST.0 > rate || clip.samples().len() < length {
        return Vec::new();
    }
    let mut windows = Windows::new(length, rate);
    let tones: Vec<Option<Tones>> =
        clip.samples().windows(length).step_by(step).map(|window| windows.tones(window)).collect();
    let time = |window: usize| (window * step) as f64 / rate;
    let mut found = Vec::new();
    let mut start = 0;
    while start < tones.len() {
        let first = tones[start];
        let is_same =
            |other: &&Option<Tones>| first.zip(**other).is_some_and(|(one, other)| one.is_like(&other));
        let n = tones[start..].iter().take_while(is_same).count();
        if MIN_WINDOWS <= n {
            // It may sound in a part of the windows beside these.
            let beside = 0.5 * STEP.0;
            let end = time(start + n - 1) + WINDOW.0 + beside;
            found.push(Interval {
                start: Seconds((time(start) - beside).max(0.0)),
                end: Seconds(end.min(clip.duration().0)),
            });
        }
        start += n.max(1);
    }
    found
}

/// The frequencies in Hz of the strongest tone, and of another beside it.
#[derive(Clone, Copy)]
struct Tones {
    strongest: f64,
    other: Option<f64>,
}

impl Tones {
    /// Of two equal tones now the one is stronger, now the other.
    fn is_like(&self, other: &Self) -> bool {
        let mut tones = [Some(self.strongest), self.other].into_iter().flatten();
        tones.any(|tone| (tone / other.strongest - 1.0).abs() <= MOST_DRIFT)
    }
}

struct Windows {
    transform: Arc<dyn RealToComplex<f32>>,
    weights: Vec<f32>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    power: Vec<f64>,
    bin_width: f64,
}

impl Windows {
    fn new(length: usize, rate: f64) -> Self {
        let transform = RealFftPlanner::<f32>::new().plan_fft_forward(length);
        let weight = |i: usize| (0.5 - 0.5 * (TAU * i as f64 / length as f64).cos()) as f32;
        Self {
            weights: (0..length).map(weight).collect(),
            input: transform.make_input_vec(),
            output: transform.make_output_vec(),
            power: Vec::new(),
            bin_width: rate / length as f64,
            transform,
        }
    }

    fn tones(&mut self, window: &[f32]) -> Option<Tones> {
        let energy: f64 = window.iter().map(|sample| f64::from(sample * sample)).sum();
        if energy < SILENT * window.len() as f64 {
            return None;
        }
        for ((slot, sample), weight) in self.input.iter_mut().zip(window).zip(&self.weights) {
            *slot = sample * weight;
        }
        // The only error is a wrong length, and the planner made these buffers.
        let _ = self.transform.process(&mut self.input, &mut self.output);
        self.power.clear();
        self.power.extend(self.output.iter().map(|bin| f64::from(bin.norm_sqr())));
        let total: f64 = self.power.iter().sum();
        let (strongest, share) = self.take_peak(total)?;
        if SQUARE.0 <= strongest && LEAST_SHARE <= share + self.overtones(strongest, total) {
            return (strongest < HIGHEST.0).then_some(Tones { strongest, other: None });
        }
        let (other, other_share) = self.take_peak(total)?;
        let in_band = (LOWEST.0..HIGHEST.0).contains(&strongest);
        let other = (LEAST_SECOND <= other_share).then_some(other);
        let is_voice = other.is_some_and(|other| is_harmonic(strongest, other));
        (in_band && LEAST_SHARE <= share + other_share && !is_voice).then_some(Tones { strongest, other })
    }

    /// The share of the odd harmonics of a tone, which a beep has that was cut off or made by switching.
    fn overtones(&self, tone: f64, total: f64) -> f64 {
        let bins =
            (3..).step_by(2).map(|number| (f64::from(number) * tone / self.bin_width).round() as usize);
        let lobes = bins.take_while(|bin| *bin < self.power.len());
        let lobe = |bin: usize| peaks::lobe(bin, self.power.len());
        lobes.map(|bin| self.power[lobe(bin)].iter().sum::<f64>()).sum::<f64>() / total
    }

    /// The frequency of the strongest peak, and its share; it is taken out.
    fn take_peak(&mut self, total: f64) -> Option<(f64, f64)> {
        let inner = 1..self.power.len().checked_sub(1)?;
        let peak = inner.max_by(|one, other| self.power[*one].total_cmp(&self.power[*other]))?;
        let frequency = peaks::top(&self.power, peak) * self.bin_width;
        let lobe = peaks::lobe(peak, self.power.len());
        let share = self.power[lobe.clone()].iter().sum::<f64>() / total;
        self.power[lobe].fill(0.0);
        Some((frequency, share))
    }
}

fn is_harmonic(one: f64, other: f64) -> bool {
    let ratio = one.max(other) / one.min(other).max(1.0);
    HARMONICS.iter().any(|harmonic| (ratio / harmonic - 1.0).abs() < NEAR_HARMONIC)
}

#[cfg(test)]
mod tests {
    use super::super::analyse;
    use super::super::f0::tests::{noise, voice};
    use super::*;
    use crate::audio::{Channel, decode};

    /// `tones` from second 1 on for `seconds`, 15 dB above noise, in 5 s.
    fn sounding(tones: &[f64], seconds: f64, rate: u32) -> Clip {
        let sound = |(index, noise): (usize, f64)| {
            let t = index as f64 / f64::from(rate);
            let is_on = (1.0..1.0 + seconds).contains(&t);
            let tone: f64 = tones.iter().map(|hertz| (TAU * hertz * t).sin()).sum();
            (noise + if is_on { 0.1 * tone } else { 0.0 }) as f32
        };
        Clip::new(noise(5 * rate as usize, 0.02).into_iter().enumerate().map(sound).collect(), rate)
    }

    #[test]
    fn beeps_and_the_tones_of_a_line_are_found_where_they_sound() {
        for rate in [8_000, 16_000] {
            for tones in
                [&[350.0, 440.0][..], &[480.0, 620.0], &[440.0, 480.0], &[425.0], &[1000.0], &[1400.0]]
            {
                for seconds in [0.3, 1.0, 3.0] {
                    let found = signals(&sounding(tones, seconds, rate));
                    let [one] = found[..] else {
                        panic!("{tones:?} for {seconds} s at {rate} Hz: {found:?}")
                    };
                    assert!((one.start.0 - 1.0).abs() < 0.05, "{tones:?}: {one:?}");
                    assert!((one.end.0 - 1.0 - seconds).abs() < 0.05, "{tones:?}: {one:?}");
                }
            }
        }
    }

    #[test]
    fn a_beep_that_is_cut_off_and_one_in_the_middle_are_not_the_speakers() {
        let lively = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/lively.wav");
        let message = decode(&lively, Channel::Mix).expect("it is a fixture").clip;
        let rate = message.sample_rate_hz();
        let beep: Vec<f32> = (0..rate)
            .map(|i| (1.4 * (TAU * 1000.0 * f64::from(i) / f64::from(rate)).sin()).clamp(-1.0, 1.0) as f32)
            .collect();
        let rest = vec![0.0; (0.6 * f64::from(rate)) as usize];
        let samples = [message.samples(), &rest, &beep, &rest, message.samples()].concat();
        let analysis = analyse(Clip::new(samples, rate));
        assert_eq!(analysis.signals.len(), 1, "{:?}", analysis.signals);
        assert_eq!(analysis.level.clipping_ratio, 0.0);
        assert!(0.0 < super::super::Level::of(&Clip::new(beep, rate)).clipping_ratio);
        let longest = analysis.pauses.iter().map(|pause| pause.length().0).fold(0.0, f64::max);
        assert!(longest < 1.5, "{longest}: the beep parts the silence about it");
    }

    #[test]
    fn a_square_wave_is_a_beep() {
        let rate = 16_000;
        for hertz in [800.0, 1000.0] {
            let square = |i: usize| {
                // Between samples, so that none lies where the wave is at nothing.
                let t = (i as f64 + 0.3) / f64::from(rate);
                let is_on = (1.0..1.8).contains(&t);
                if is_on { (0.2 * (TAU * hertz * t).sin().signum()) as f32 } else { 0.0 }
            };
            let found = signals(&Clip::new((0..3 * rate as usize).map(square).collect(), rate));
            assert_eq!(found.len(), 1, "{hertz} Hz");
        }
    }

    #[test]
    fn voices_are_none_even_where_they_hold_a_note() {
        for hertz in [110.0, 220.0, 330.0] {
            let samples = voice(|_| hertz, 2.0, 16_000).into_iter().map(|x| x as f32).collect();
            assert_eq!(signals(&Clip::new(samples, 16_000)), [], "{hertz} Hz");
        }
        // A hum: hardly anything but the first two harmonics.
        let hum = (0..32_000).map(|i| {
            let t = TAU * f64::from(i) / 16_000.0;
            (0.3 * (210.0 * t).sin() + 0.2 * (420.0 * t).sin()) as f32
        });
        assert_eq!(signals(&Clip::new(hum.collect(), 16_000)), []);
        for recording in ["demo.wav", "flat.wav", "lively.wav", "hesitant-gb.wav", "phone.wav"] {
            let path =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(recording);
            assert_eq!(signals(&decode(&path, Channel::Mix).expect("a fixture").clip), [], "{recording}");
        }
    }

    #[test]
    fn a_message_stays_what_it_was_after_a_beep_and_before_the_line_is_dead() {
        let lively = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/lively.wav");
        let message = decode(&lively, Channel::Mix).expect("it is a fixture").clip;
        let rate = f64::from(message.sample_rate_hz());
        let tones = |hertz: &[f64], seconds: f64| {
            let tone = |t: f64| hertz.iter().map(|hertz| 0.2 * (TAU * hertz * t).sin()).sum::<f64>();
            (0..(seconds * rate) as usize).map(|i| tone(i as f64 / rate) as f32).collect::<Vec<f32>>()
        };
        let rest = vec![0.0; (0.4 * rate) as usize];
        let samples =
            [&tones(&[1000.0], 0.8)[..], &rest, message.samples(), &rest, &tones(&[350.0, 440.0], 5.0)]
                .concat();
        let alone = analyse(message.clone());
        let between = analyse(Clip::new(samples, message.sample_rate_hz()));
        assert_eq!(alone.speech.len(), between.speech.len());
        assert_eq!((alone.nuclei.len(), alone.is_tonal), (between.nuclei.len(), between.is_tonal));
        assert_eq!(alone.filled_pauses.events.len(), between.filled_pauses.events.len());
        let snr = |level: &super::super::Level| level.snr.expect("it speaks").0;
        assert!((snr(&alone.level) - snr(&between.level)).abs() < 3.0);
        let loudness = |level: &super::super::Level| level.loudness.expect("it speaks").0;
        assert!((loudness(&alone.level) - loudness(&between.level)).abs() < 0.5, "tones are no speech");
        assert_eq!(between.signals.len(), 2);
    }
}
