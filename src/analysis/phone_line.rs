//! The recording as a phone line leaves it: 300 to 3400 Hz, 8 kHz, µ-law; and what of the speech gets through.
//!
//! How much of speech can be made out is a weighted sum over octave bands, as in the Speech Intelligibility Index (ANSI
//! S3.5-1997: its band importances, and audibility rising from a band's SNR of −15 dB to +15 dB). What is ours: the speech
//! and the noise are the recording's own, taken from the frames with and without speech; the error of the µ-law code is
//! noise; a band that the line cuts counts for the part of its octave that is left; hearing thresholds and masking across
//! bands are left out.

use std::f64::consts::{PI, TAU};
use std::ops::Range;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::intensity::NOTHING_DB;
use super::level::{is_heard, samples_db};
use super::speech::{Place, Places};
use crate::audio::{Clip, at_rate};
use crate::statistics::median;
use crate::units::{Decibels, Hertz, Interval, Seconds};

/// What of a recording's speech comes out of a phone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhoneLine {
    /// Share, 0 to 0.74, of what makes speech intelligible that gets through. 0.74 is all that a phone line can pass.
    pub intelligible: f64,
    /// Level of the speech on the line less that before it; about 0 to −10 dB.
    pub level_change: Decibels,
}

/// Rate of the recording before the line, and on it.
const RATE_HZ: u32 = 16_000;
const LINE_RATE_HZ: u32 = RATE_HZ / 2;
/// The band, as in ITU-T G.712; its edges are Hann-shaped and 100 Hz wide, as in Praat's band filter.
const BAND: (Hertz, Hertz) = (Hertz(300.0), Hertz(3400.0));
const EDGE: Hertz = Hertz(100.0);
/// Samples at [`RATE_HZ`] that are filtered at once, and those at either end that the filter's ringing spoils: its edges
/// ring for 10 ms to below −60 dB.
const BLOCK: usize = 4096;
const SPOILT: usize = 512;
/// Samples of a frame on the line: 32 ms.
const FRAME: usize = 256;
/// Frames without speech that make a noise worth stating: 0.1 s.
const MIN_NOISE_FRAMES: usize = 3;

/// Centres and importances of octave bands (ANSI S3.5-1997, table 4), those that a phone line passes.
const BANDS: [(f64, f64); 5] =
    [(250.0, 0.0617), (500.0, 0.1671), (1000.0, 0.2373), (2000.0, 0.2648), (4000.0, 0.2142)];
/// A band whose speech is so far below its noise is not heard; one as far above is heard whole.
const AUDIBLE: Decibels = Decibels(15.0);

/// `clip` is without rumble; `None` without speech, or with less than 0.1 s clear of it and of `signals`, of which noise could be
/// told.
pub fn phone_line(clip: &Clip, speech: &[Interval], signals: &[Interval]) -> Option<PhoneLine> {
    let clip = at_rate(clip, RATE_HZ);
    let samples = clip.samples();
    let mut line = Line::new();
    let (mut places, mut beside_signals) = (Places::new(speech), Places::new(signals));
    let mut inside = Heard::default();
    // Of each frame without speech the power in each band: one cough is no noise.
    let (mut outside, mut n_silent): (Vec<[f64; BANDS.len()]>, usize) = (Vec::new(), 0);
    let step = BLOCK - 2 * SPOILT;
    for start in (0..samples.len()).step_by(step) {
        let before = &samples[start..samples.len().min(start + step)];
        line.carry(samples, start);
        for (index, before) in before.chunks_exact(2 * FRAME).enumerate() {
            let middle = (start + index * 2 * FRAME + FRAME) as f64 / f64::from(RATE_HZ);
            match (places.of(Seconds(middle)), beside_signals.of(Seconds(middle))) {
                (Place::Speech, _) => inside.add(before, line.frame(index)),
                (Place::Clear, Place::Clear) if is_silent(before) => n_silent += 1,
                (Place::Clear, Place::Clear) => outside.push(line.frame(index).signal),
                _ => {}
            }
        }
    }
    // Silence that was put in is no noise, unless there is hardly anything else.
    if !is_heard(outside.len(), outside.len() + n_silent) {
        outside = vec![[0.0; BANDS.len()]; n_silent];
    }
    if inside.n_frames == 0 || outside.len() < MIN_NOISE_FRAMES {
        return None;
    }
    let audible = |band: usize| {
        let noise = median(outside.iter().map(|frame| frame[band])).unwrap_or_default();
        let speech = inside.mean(inside.signal[band]);
        let noise = noise + inside.mean(inside.error[band]);
        let ratio = ((speech - noise).max(0.0) + 1e-30) / (noise + 1e-30);
        ((10.0 * ratio.log10() / AUDIBLE.0 + 1.0) / 2.0).clamp(0.0, 1.0)
    };
    let change = 10.0 * ((inside.after + 1e-30) / (inside.before + 1e-30)).log10();
    Some(PhoneLine {
        intelligible: (0..BANDS.len())
            .map(|band| BANDS[band].1 * passed(BANDS[band].0) * audible(band))
            .sum(),
        level_change: Decibels(change),
    })
}

/// Silence that was put in.
fn is_silent(frame: &[f32]) -> bool {
    samples_db(frame) < NOTHING_DB
}

/// The share of the octave around `centre` that lies within the band of the line.
fn passed(centre: f64) -> f64 {
    let (low, high) = (centre / 2.0_f64.sqrt(), centre * 2.0_f64.sqrt());
    (high.min(BAND.1.0) / low.max(BAND.0.0)).log2().clamp(0.0, 1.0)
}

/// Sums over frames: energy before and after the line, and the power in each band on it.
#[derive(Default)]
struct Heard {
    n_frames: usize,
    before: f64,
    after: f64,
    signal: [f64; BANDS.len()],
    error: [f64; BANDS.len()],
}

/// What one frame has on the line.
struct FrameOnLine {
    energy: f64,
    signal: [f64; BANDS.len()],
    error: [f64; BANDS.len()],
}

impl Heard {
    fn add(&mut self, before: &[f32], on_line: FrameOnLine) {
        self.n_frames += 1;
        // Half as many samples a second on the line.
        self.before += before.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / 2.0;
        self.after += on_line.energy;
        for band in 0..BANDS.len() {
            self.signal[band] += on_line.signal[band];
            self.error[band] += on_line.error[band];
        }
    }

    fn mean(&self, sum: f64) -> f64 {
        sum / self.n_frames.max(1) as f64
    }
}

/// Filter, sampling at half the rate, code; block by block.
struct Line {
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    gains: Vec<f64>,
    block: Vec<f64>,
    spectrum: Vec<Complex<f64>>,
    half_spectrum: Vec<Complex<f64>>,
    /// The block at the line's rate, before the code and what the code adds.
    filtered: Vec<f64>,
    errors: Vec<f64>,
    bands: Bands,
}

impl Line {
    fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(BLOCK), planner.plan_fft_inverse(BLOCK / 2));
        let gain = |bin: usize| {
            let hertz = bin as f64 * f64::from(RATE_HZ) / BLOCK as f64;
            let rise = |from_edge: f64| 0.5 - 0.5 * (PI * (from_edge / EDGE.0 + 0.5).clamp(0.0, 1.0)).cos();
            rise(hertz - BAND.0.0) * rise(BAND.1.0 - hertz) / BLOCK as f64
        };
        Self {
            gains: (0..=BLOCK / 4).map(gain).collect(),
            block: forward.make_input_vec(),
            spectrum: forward.make_output_vec(),
            half_spectrum: inverse.make_input_vec(),
            filtered: inverse.make_output_vec(),
            errors: vec![0.0; BLOCK / 2],
            bands: Bands::new(&mut planner),
            forward,
            inverse,
        }
    }

    /// Sends on the samples from `start`, with those on either side that the filter needs.
    fn carry(&mut self, samples: &[f32], start: usize) {
        for (index, slot) in self.block.iter_mut().enumerate() {
            let at = (start + index).checked_sub(SPOILT);
            *slot = at.and_then(|at| samples.get(at)).map_or(0.0, |x| f64::from(*x));
        }
        // The only errors are wrong lengths, and the planner made these buffers.
        let _ = self.forward.process(&mut self.block, &mut self.spectrum);
        for ((half, bin), gain) in self.half_spectrum.iter_mut().zip(&self.spectrum).zip(&self.gains) {
            *half = bin * gain;
        }
        let _ = self.inverse.process(&mut self.half_spectrum, &mut self.filtered);
        for (error, sample) in self.errors.iter_mut().zip(&self.filtered) {
            *error = through_mu_law(*sample) - sample;
        }
    }

    /// Frame `index` after the start of the block that was carried last.
    fn frame(&mut self, index: usize) -> FrameOnLine {
        let start = SPOILT / 2 + index * FRAME;
        let range = start..start + FRAME;
        let signal = &self.filtered[range.clone()];
        FrameOnLine {
            energy: signal.iter().map(|x| x * x).sum(),
            signal: self.bands.of(signal),
            error: self.bands.of(&self.errors[range]),
        }
    }
}

/// The power of a frame in each of [`BANDS`].
struct Bands {
    transform: Arc<dyn RealToComplex<f64>>,
    window: Vec<f64>,
    input: Vec<f64>,
    output: Vec<Complex<f64>>,
    bins: [Range<usize>; BANDS.len()],
}

impl Bands {
    fn new(planner: &mut RealFftPlanner<f64>) -> Self {
        let transform = planner.plan_fft_forward(FRAME);
        let bin_of = |hertz: f64| (hertz * FRAME as f64 / f64::from(LINE_RATE_HZ)).round() as usize;
        let edge = 2.0_f64.sqrt();
        Self {
            window: (0..FRAME).map(|i| 0.5 - 0.5 * (TAU * (i as f64 + 0.5) / FRAME as f64).cos()).collect(),
            input: transform.make_input_vec(),
            output: transform.make_output_vec(),
            bins: BANDS.map(|(centre, _)| bin_of(centre / edge)..bin_of(centre * edge).min(FRAME / 2 + 1)),
            transform,
        }
    }

    fn of(&mut self, samples: &[f64]) -> [f64; BANDS.len()] {
        for ((slot, sample), weight) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *slot = sample * weight;
        }
        let _ = self.transform.process(&mut self.input, &mut self.output);
        std::array::from_fn(|band| {
            self.output[self.bins[band].clone()].iter().map(|bin| bin.norm_sqr()).sum()
        })
    }
}

/// What ITU-T G.711's µ-law makes of a sample: eight segments a side, sixteen steps each, twice as wide from one segment
/// to the next. Full scale is 1; what lies beyond is cut off.
fn through_mu_law(sample: f64) -> f64 {
    const BIAS: f64 = 33.0;
    const LARGEST: f64 = 8158.0;
    /// What full scale is in the code's own units.
    const FULL_SCALE: f64 = 8159.0;
    let biased = (sample.abs() * FULL_SCALE).min(LARGEST) + BIAS;
    // Segments begin at 2⁵, 2⁶ …; each is cut into sixteen.
    let step = f64::from(1_u32 << ((biased as u32).ilog2() - 4));
    let decoded = ((biased / step).floor() + 0.5) * step - BIAS;
    decoded.copysign(sample) / FULL_SCALE
}

#[cfg(test)]
mod tests {
    use super::super::f0::tests::noise;
    use super::*;

    const SPEECH: [Interval; 1] = [Interval { start: Seconds(1.0), end: Seconds(3.0) }];

    /// Two seconds of `sound` in four of noise.
    fn measured(sound: impl Fn(f64) -> f64, noise_amplitude: f64) -> PhoneLine {
        let mut samples = noise(4 * RATE_HZ as usize, noise_amplitude);
        for (index, sample) in
            samples.iter_mut().enumerate().skip(RATE_HZ as usize).take(2 * RATE_HZ as usize)
        {
            *sample += sound(index as f64 / f64::from(RATE_HZ));
        }
        let clip = Clip::new(samples.into_iter().map(|x| x as f32).collect(), RATE_HZ);
        phone_line(&clip, &SPEECH, &[]).expect("there is speech, and noise")
    }

    fn tone(hertz: f64) -> impl Fn(f64) -> f64 {
        move |t| 0.1 * (TAU * hertz * t).sin()
    }

    #[test]
    fn tones_within_the_band_keep_their_level_and_others_lose_it() {
        for hertz in [400.0, 1000.0, 3000.0] {
            assert!(measured(tone(hertz), 1e-5).level_change.0.abs() < 0.05, "{hertz}");
        }
        for hertz in [100.0, 230.0, 3700.0, 6000.0] {
            assert!(measured(tone(hertz), 1e-5).level_change.0 < -30.0, "{hertz}");
        }
        let both = measured(|t| tone(100.0)(t) + tone(1000.0)(t), 1e-5);
        assert!((both.level_change.0 + 3.01).abs() < 0.05, "{both:?}");
    }

    #[test]
    fn a_clear_voice_is_as_intelligible_as_the_line_allows_and_noise_takes_from_it() {
        let whole: f64 = BANDS.iter().map(|(centre, importance)| importance * passed(*centre)).sum();
        assert!((whole - 0.741).abs() < 1e-3, "{whole}");
        // Harmonics of one level, so that no band of it is faint.
        let harmonics =
            |t: f64| (1..28).map(|k| tone(125.0 * f64::from(k))(t + 0.01 * f64::from(k * k))).sum::<f64>();
        let of = |gain: f64, noise: f64| measured(|t| gain * harmonics(t), noise).intelligible;
        let (clear, noisy, drowned) = (of(0.3, 1e-5), of(0.3, 0.1), of(0.003, 0.3));
        assert!((clear - whole).abs() < 0.01, "{clear}");
        assert!(noisy < clear - 0.05 && drowned < 0.1, "{clear} {noisy} {drowned}");
        // So soft that the code's steps are as large as the voice.
        assert!(of(2e-4, 1e-9) < clear - 0.1, "{}", of(2e-4, 1e-9));
    }

    #[test]
    fn the_code_is_that_of_g711() {
        // Its table of decoder values, in units of 1/8159.
        for (value, decoded) in
            [(0.0, 0.0), (2.4, 2.0), (30.0, 30.0), (32.0, 33.0), (100.0, 99.0), (8158.0, 8031.0)]
        {
            assert_eq!((through_mu_law(value / 8159.0) * 8159.0).round(), decoded, "{value}");
            assert_eq!((through_mu_law(-value / 8159.0) * 8159.0).round(), -decoded);
        }
        assert_eq!((through_mu_law(2.0) * 8159.0).round(), 8031.0);
    }

    #[test]
    fn without_speech_or_without_noise_nothing_is_known() {
        let clip = Clip::new(vec![0.1; 32_000], RATE_HZ);
        assert_eq!(phone_line(&clip, &[], &[]), None);
        assert_eq!(phone_line(&clip, &[Interval::new(0.0, 2.0)], &[]), None);
        assert_eq!(phone_line(&Clip::new(vec![], 8_000), &SPEECH, &[]), None);
    }
}
