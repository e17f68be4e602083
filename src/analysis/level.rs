//! How loud, how clipped and how noisy a recording is.

use ebur128::{EbuR128, Mode};

use super::intensity::IntensityContour;
use super::speech::{Place, Places};
use crate::audio::Clip;
use crate::units::{Decibels, Interval};

/// A sample this near to full scale may be one that was cut off: 16-bit converters clip at 32767/32768.
const FULL_SCALE: f32 = 0.999;
/// Samples in a row at full scale that mean clipping; fewer can be a peak that just fits.
const MIN_CLIPPED_RUN: usize = 3;
/// Frames (of 5 ms) without speech that make a noise level worth stating: 0.1 s.
const MIN_NOISE_FRAMES: usize = 20;

/// Levels of a clip. Each is `None` where it cannot be known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Level {
    /// Integrated loudness in LUFS (EBU R 128, ITU-R BS.1770-4); `None` below 0.4 s or −70 LUFS.
    pub loudness: Option<Decibels>,
    /// The largest sample in dB re full scale; above 0 in float recordings; `None` of digital silence.
    pub peak: Option<Decibels>,
    /// The largest value of the wave between the samples, in dB re full scale (ITU-R BS.1770-4); at least `peak`.
    pub true_peak: Option<Decibels>,
    /// Share of samples, 0 to 1, that lie in runs of at least three at full scale.
    pub clipping_ratio: f64,
    /// Mean level outside speech in dB re full scale; `None` where there is less than 0.1 s of it.
    pub noise_floor: Option<Decibels>,
    /// Mean level of speech above the noise floor; `None` without speech or without a noise floor.
    pub snr: Option<Decibels>,
}

impl Level {
    /// Of a recording as it is; its noise is not known yet.
    pub fn of(clip: &Clip) -> Self {
        let peak = clip.samples().iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        let decibels = |peak: f32| (peak > 0.0).then(|| Decibels(20.0 * f64::from(peak).log10()));
        Self {
            loudness: loudness(clip),
            peak: decibels(peak),
            true_peak: decibels(true_peak(clip, peak)),
            clipping_ratio: clipping_ratio(clip.samples()),
            noise_floor: None,
            snr: None,
        }
    }

    /// With the noise around the intervals in which somebody speaks; `intensity` is that of the clip without rumble, since
    /// rumble is not heard.
    pub fn with_noise(self, intensity: &IntensityContour, speech: &[Interval]) -> Self {
        let (loud, quiet) = levels_in_and_out(intensity, speech);
        Self {
            noise_floor: quiet.map(|db| Decibels(db - FULL_SCALE_DB)),
            snr: loud.zip(quiet).map(|(loud, quiet)| Decibels(loud - quiet)),
            ..self
        }
    }
}

/// Intensity of a constant at full scale: 10·log₁₀(1/(2·10⁻⁵)²).
const FULL_SCALE_DB: f64 = 93.979_400_086_720_37;

fn loudness(clip: &Clip) -> Option<Decibels> {
    let mut meter = EbuR128::new(1, clip.sample_rate_hz(), Mode::I).ok()?;
    meter.add_frames_f32(clip.samples()).ok()?;
    meter.loudness_global().ok().filter(|lufs| lufs.is_finite()).map(Decibels)
}

/// The largest value of the wave between samples, of which the largest is `peak`.
///
/// It is looked for only where samples reach half the peak: waves do not rise to twice the samples around their crest.
fn true_peak(clip: &Clip, peak: f32) -> f32 {
    const PART: usize = 4096;
    /// More than the meter's filter is long, so that it starts and ends in what is soft.
    const AROUND: usize = 64;
    let samples = clip.samples();
    let is_loud = |part: &&[f32]| part.iter().any(|x| 0.5 * peak <= x.abs());
    let mut highest = peak;
    let mut start = 0;
    for run in samples.chunks(PART).collect::<Vec<_>>().chunk_by(|one, other| is_loud(one) == is_loud(other))
    {
        let end = start + run.iter().map(|part| part.len()).sum::<usize>();
        if is_loud(&run[0]) {
            let around = start.saturating_sub(AROUND)..samples.len().min(end + AROUND);
            highest = highest.max(metered_peak(&samples[around], clip.sample_rate_hz()).unwrap_or_default());
        }
        start = end;
    }
    highest
}

fn metered_peak(samples: &[f32], rate: u32) -> Option<f32> {
    let mut meter = EbuR128::new(1, rate, Mode::TRUE_PEAK).ok()?;
    meter.add_frames_f32(samples).ok()?;
    Some(meter.true_peak(0).ok()? as f32)
}

fn clipping_ratio(samples: &[f32]) -> f64 {
    let at_full_scale = |x: &f32| x.abs() >= FULL_SCALE;
    let n_clipped: usize = samples
        .chunk_by(|a, b| at_full_scale(a) == at_full_scale(b) && a.signum() == b.signum())
        .filter(|run| run.len() >= MIN_CLIPPED_RUN && at_full_scale(&run[0]))
        .map(<[f32]>::len)
        .sum();
    if samples.is_empty() { 0.0 } else { n_clipped as f64 / samples.len() as f64 }
}

/// Mean powers, in dB, of the frames in speech and of those clear of it.
fn levels_in_and_out(intensity: &IntensityContour, speech: &[Interval]) -> (Option<f64>, Option<f64>) {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let mut places = Places::new(speech);
    for (index, &db) in intensity.values_db.iter().enumerate() {
        match places.of(intensity.time_of(index)) {
            Place::Speech => inside.push(db),
            Place::Clear => outside.push(db),
            Place::Between => {}
        }
    }
    (mean_power_db(&inside, 1), mean_power_db(&outside, MIN_NOISE_FRAMES))
}

/// Of levels in dB the level of their mean power; `None` of fewer than `at_least`, which is 1 or more.
pub(crate) fn mean_power_db(values: &[f64], at_least: usize) -> Option<f64> {
    let power = values.iter().map(|db| 10.0_f64.powf(db / 10.0)).sum::<f64>() / values.len() as f64;
    (values.len() >= at_least).then(|| 10.0 * power.max(1e-30).log10())
}

#[cfg(test)]
mod tests {
    use super::super::f0::tests::noise;
    use super::super::intensity::{STANDARD_FLOOR, STANDARD_STEP, intensity_contour};
    use super::*;
    use std::f64::consts::TAU;

    fn measured(samples: impl Iterator<Item = f64>, rate: u32, speech: &[Interval]) -> Level {
        let clip = Clip::new(samples.map(|x| x as f32).collect(), rate);
        Level::of(&clip).with_noise(&intensity_contour(&clip, STANDARD_FLOOR, STANDARD_STEP), speech)
    }

    #[test]
    fn a_sine_of_1_khz_at_minus_20_dbfs_has_the_loudness_the_standard_says() {
        let sine = (0..96_000).map(|i| 0.1 * (TAU * 997.0 * f64::from(i) / 48_000.0).sin());
        let level = measured(sine, 48_000, &[]);
        // BS.1770: 0 dBFS at 997 Hz in one channel is −3.01 LUFS.
        assert!((level.loudness.unwrap().0 + 23.01).abs() < 0.1, "{:?}", level.loudness);
        assert!((level.peak.unwrap().0 + 20.0).abs() < 0.01);
        assert_eq!(level.clipping_ratio, 0.0);
    }

    #[test]
    fn the_true_peak_is_that_of_the_wave_and_not_of_its_samples() {
        // A quarter of the rate, sampled 45° beside its crests: each sample is 3.01 dB below them.
        let sine = (0..48_000).map(|i| 0.5 * (TAU * (f64::from(i) / 4.0 + 0.125)).sin());
        let level = measured(sine, 48_000, &[]);
        assert!((level.peak.unwrap().0 + 9.03).abs() < 0.02, "{:?}", level.peak);
        assert!((level.true_peak.unwrap().0 + 6.02).abs() < 0.3, "{:?}", level.true_peak);
    }

    #[test]
    fn clipping_is_runs_at_full_scale_of_one_sign() {
        assert_eq!(clipping_ratio(&[1.0, 1.0, 1.0, 0.0, 1.0, 0.5, -1.0, -1.0, 0.2, 0.1]), 0.3);
        assert_eq!(clipping_ratio(&[1.0, -1.0, 1.0, -1.0]), 0.0, "loud, not clipped");
        assert_eq!(clipping_ratio(&[]), 0.0);
        let level =
            measured((0..8_000).map(|i| (2.0 * (f64::from(i) * 0.1).sin()).clamp(-1.0, 1.0)), 8_000, &[]);
        assert!((level.clipping_ratio - 2.0 / 3.0).abs() < 0.05, "{}", level.clipping_ratio);
    }

    #[test]
    fn the_noise_is_what_is_between_the_speech() {
        let speech = [Interval::new(1.0, 2.0)];
        let samples = noise(48_000, 0.01).into_iter().enumerate().map(|(i, x)| {
            let loud = (16_000..32_000).contains(&i);
            if loud { (i as f64 * 0.1).sin() * 0.1 } else { x }
        });
        let level = measured(samples, 16_000, &speech);
        // Uniform noise of amplitude a has power a²/3.
        assert!((level.noise_floor.unwrap().0 + 44.8).abs() < 0.5, "{:?}", level.noise_floor);
        assert!((level.snr.unwrap().0 - 21.8).abs() < 0.7, "{:?}", level.snr);
    }

    #[test]
    fn what_cannot_be_known_is_none() {
        assert_eq!(measured(std::iter::empty(), 8_000, &[]), Level::default());
        let silence = measured((0..16_000).map(|_| 0.0), 8_000, &[]);
        assert_eq!((silence.loudness, silence.peak, silence.snr), (None, None, None));
        assert!(silence.noise_floor.unwrap().0.is_finite());
        assert_eq!(measured((0..100).map(|_| 0.1), 8_000, &[]).loudness, None);
    }
}
