//! The shape of the spectrum frame by frame: mel bands and cepstral coefficients.
//!
//! Source: Davis, S. & Mermelstein, P. (1980), IEEE Trans. ASSP 28(4), 357-366; mel scale 2595·log₁₀(1 + f/700).

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use realfft::RealFftPlanner;
use realfft::num_complex::Complex;

use crate::audio::{Clip, at_rate};
use crate::units::{Hertz, Interval, Seconds};

/// Rate at which spectra are taken.
const RATE_HZ: u32 = 16_000;
/// Samples in a frame: 25 ms.
const WINDOW: usize = 400;
/// Samples between frames: 10 ms.
const HOP: usize = 160;
const FFT: usize = 512;
/// Mel bands from [`LOWEST`] to [`HIGHEST`].
pub const N_BANDS: usize = 32;
const LOWEST: Hertz = Hertz(80.0);
/// What telephones leave, so that the same voice has the same shape with and without one.
const HIGHEST: Hertz = Hertz(4_000.0);
/// Cepstral coefficients kept, from the first; the zeroth is the level.
pub const N_COEFFICIENTS: usize = 12;
/// Power below which a band is as good as empty, digital silence being empty: below the noise of 16-bit samples.
const EMPTY: f64 = 1e-10;
/// A band this far below the frame's total (60 dB) is not heard; held there, its shape does not depend on the gain.
const UNHEARD: f64 = 1e-6;

/// One frame.
#[derive(Debug, Clone, PartialEq)]
pub struct SpectralFrame {
    /// Power in dB of all bands together; an arbitrary reference.
    pub level_db: f64,
    /// Cepstral coefficients 1 to 12 of the bands in dB (orthonormal DCT).
    pub mfcc: [f64; N_COEFFICIENTS],
    /// Mean frequency of the bands weighted by power: about 300 Hz in nasals, 500 to 1000 Hz in vowels.
    pub centroid: Hertz,
}

/// Frames of 25 ms every 10 ms; empty for a clip shorter than one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spectra {
    pub frames: Vec<SpectralFrame>,
    /// For each frame the distance in dB between the mean coefficients of the 50 ms before and after it; infinite at the
    /// ends of the clip.
    pub change: Vec<f64>,
}

impl Spectra {
    /// Time between frames.
    pub const STEP: Seconds = Seconds(HOP as f64 / RATE_HZ as f64);

    /// Centre of frame `index`.
    pub fn time_of(index: usize) -> Seconds {
        Seconds((index * HOP) as f64 / f64::from(RATE_HZ) + 0.5 * WINDOW as f64 / f64::from(RATE_HZ))
    }

    /// The frames whose centres lie in an interval.
    pub fn frames_within(&self, interval: Interval) -> Range<usize> {
        let index = |time: Seconds| ((time - Self::time_of(0)).0 / Self::STEP.0).ceil().max(0.0) as usize;
        let end = index(interval.end).min(self.frames.len());
        index(interval.start).min(end)..end
    }
}

/// The spectra of `clip`, brought to 16 kHz if need be.
pub fn spectra(clip: &Clip) -> Spectra {
    let clip = at_rate(clip, RATE_HZ);
    let samples = clip.samples();
    let bands = MelBands::new();
    let transform = RealFftPlanner::<f64>::new().plan_fft_forward(FFT);
    let weights: Vec<f64> =
        (0..WINDOW).map(|i| 0.5 - 0.5 * (TAU * i as f64 / (WINDOW - 1) as f64).cos()).collect();
    let cosines = cosine_table();
    let (mut input, mut output) = (transform.make_input_vec(), transform.make_output_vec());
    let frame = |window: &[f32]| {
        input.fill(0.0);
        for ((slot, &sample), weight) in input.iter_mut().zip(window).zip(&weights) {
            *slot = f64::from(sample) * weight;
        }
        // The only error is a wrong length, and the planner made these buffers.
        let _ = transform.process(&mut input, &mut output);
        bands.frame(&output, &cosines)
    };
    let frames: Vec<SpectralFrame> = samples.windows(WINDOW).step_by(HOP).map(frame).collect();
    Spectra { change: change(&frames), frames }
}

/// Frames on each side over which the spectrum is averaged to see whether it moves: 50 ms.
const SIDE: usize = 5;

fn change(frames: &[SpectralFrame]) -> Vec<f64> {
    let change = |index: usize| {
        if index < SIDE || index + SIDE >= frames.len() {
            return f64::INFINITY;
        }
        let (before, after) = (&frames[index - SIDE..index], &frames[index + 1..=index + SIDE]);
        let sum = |side: &[SpectralFrame], k: usize| side.iter().map(|frame| frame.mfcc[k]).sum::<f64>();
        let difference = |k: usize| (sum(before, k) - sum(after, k)) / SIDE as f64;
        (0..N_COEFFICIENTS).map(|k| difference(k).powi(2)).sum::<f64>().sqrt()
    };
    (0..frames.len()).map(change).collect()
}

type CosineTable = [[f64; N_BANDS]; N_COEFFICIENTS];

/// Rows 1 to 12 of the orthonormal discrete cosine transform.
fn cosine_table() -> CosineTable {
    let scale = (2.0 / N_BANDS as f64).sqrt();
    std::array::from_fn(|k| {
        std::array::from_fn(|n| scale * (PI * (k + 1) as f64 * (n as f64 + 0.5) / N_BANDS as f64).cos())
    })
}

/// Triangular filters of equal width in mel.
struct MelBands {
    /// First bin and weights of each.
    filters: Vec<(usize, Vec<f64>)>,
    centres: Vec<f64>,
}

impl MelBands {
    fn new() -> Self {
        let mel = |hertz: f64| 2595.0 * (1.0 + hertz / 700.0).log10();
        let (low, high) = (mel(LOWEST.0), mel(HIGHEST.0));
        let edge = |n: usize| {
            let mel = low + (high - low) * n as f64 / (N_BANDS + 1) as f64;
            700.0 * (10.0_f64.powf(mel / 2595.0) - 1.0)
        };
        let bin_width = f64::from(RATE_HZ) / FFT as f64;
        let filter = |n: usize| {
            let (left, centre, right) = (edge(n), edge(n + 1), edge(n + 2));
            let first = (left / bin_width).ceil() as usize;
            let weight = |bin: usize| {
                let hertz = bin as f64 * bin_width;
                ((hertz - left) / (centre - left)).min((right - hertz) / (right - centre)).max(0.0)
            };
            (first, (first..=(right / bin_width) as usize).map(weight).collect())
        };
        Self { filters: (0..N_BANDS).map(filter).collect(), centres: (1..=N_BANDS).map(edge).collect() }
    }

    fn frame(&self, spectrum: &[Complex<f64>], cosines: &CosineTable) -> SpectralFrame {
        let power = |(first, weights): &(usize, Vec<f64>)| -> f64 {
            spectrum[*first..].iter().zip(weights).map(|(bin, weight)| bin.norm_sqr() * weight).sum()
        };
        let powers: Vec<f64> = self.filters.iter().map(power).collect();
        let total: f64 = powers.iter().sum();
        let decibels: Vec<f64> =
            powers.iter().map(|power| 10.0 * power.max(UNHEARD * total).max(EMPTY).log10()).collect();
        let moment: f64 =
            powers.iter().zip(&self.centres).map(|(power, centre)| (power + EMPTY) * centre).sum();
        SpectralFrame {
            level_db: 10.0 * (total + EMPTY).log10(),
            mfcc: cosines.map(|row| row.iter().zip(&decibels).map(|(cosine, db)| cosine * db).sum()),
            centroid: Hertz(moment / (total + EMPTY * N_BANDS as f64)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::f0::tests::voice;
    use super::*;

    fn of(samples: Vec<f64>, rate: u32) -> Spectra {
        spectra(&Clip::new(samples.into_iter().map(|x| x as f32).collect(), rate))
    }

    #[test]
    fn a_steady_tone_has_its_frequency_as_centroid_and_a_steady_shape() {
        for rate in [8_000, 16_000, 44_100] {
            let tone = (0..rate).map(|i| (TAU * 1000.0 * f64::from(i) / f64::from(rate)).sin()).collect();
            let spectra = of(tone, rate as u32);
            assert_eq!(spectra.frames.len(), 98);
            for frame in &spectra.frames[2..95] {
                assert!((frame.centroid.0 - 1000.0).abs() < 60.0, "{}", frame.centroid);
            }
        }
    }

    #[test]
    fn gain_moves_the_level_and_not_the_shape() {
        let loud = of(voice(|_| 120.0, 0.5, 16_000), 16_000);
        let soft = of(voice(|_| 120.0, 0.5, 16_000).into_iter().map(|x| x * 0.1).collect(), 16_000);
        for (loud, soft) in loud.frames.iter().zip(&soft.frames) {
            assert!((loud.level_db - soft.level_db - 20.0).abs() < 0.1);
            let distance: f64 = loud.mfcc.iter().zip(soft.mfcc).map(|(a, b)| (a - b).powi(2)).sum();
            assert!(distance.sqrt() < 1.0, "{distance}");
        }
    }

    #[test]
    fn silence_and_short_clips_are_finite() {
        for n in [0, 1, 399, 400, 401] {
            let spectra = of(vec![0.0; n], 16_000);
            assert_eq!(spectra.frames.len(), usize::from(n >= 400));
            assert!(
                spectra.frames.iter().all(|frame| frame.centroid.0.is_finite() && frame.level_db.is_finite())
            );
        }
        assert!(of(vec![1e9; 1000], 8_000).frames.iter().all(|frame| frame.level_db.is_finite()));
    }
}
