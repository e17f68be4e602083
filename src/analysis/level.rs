//! How loud, how clipped and how noisy a recording is.

use ebur128::{EbuR128, Mode};

use super::intensity::{IntensityContour, NOTHING_DB};
use super::speech::{Place, Places};
use crate::audio::{Clip, Clipping, Listener};
use crate::statistics::{median, quantile};
use crate::units::{Decibels, Interval, Seconds, total_length};

/// Frames (of 5 ms) without speech that make a noise level worth stating: 0.1 s.
const MIN_NOISE_FRAMES: usize = 20;

/// Levels of a clip. Each is `None` where it cannot be known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Level {
    /// Integrated loudness in LUFS (EBU R 128, ITU-R BS.1770-4), below the standard's −70 too; `None` below 0.4 s or of
    /// digital silence.
    pub loudness: Option<Decibels>,
    /// The largest sample in dB re full scale; above 0 in float recordings; `None` of digital silence.
    pub peak: Option<Decibels>,
    /// The largest value of the wave between the samples, in dB re full scale (ITU-R BS.1770-4); at least `peak`.
    pub true_peak: Option<Decibels>,
    /// Share of samples, 0 to 1, that lie in runs of at least three at full scale.
    pub clipping_ratio: f64,
    /// Mean level of speech above the noise: the median level outside speech, so that one cough or click is none; where that
    /// cannot be heard, the quietest speech, if it is as loud as the rest; else `None`.
    pub snr: Option<Decibels>,
    /// The noise was not heard alone.
    pub is_noise_guessed: bool,
    /// The pauses are digital silence, as a noise gate and some codecs leave: the noise is not heard in them.
    pub has_silent_pauses: bool,
    /// In each [`PART`] of the recording, samples that were cut off, and all.
    clipped: Vec<(u32, u32)>,
}

/// How closely it is known when samples were cut off: a signal is left out of a recording in whole parts.
const PART: Seconds = Seconds(0.1);

impl Level {
    /// Of a recording as it is; its noise is not known yet.
    pub fn of(clip: &Clip) -> Self {
        let mut meter = LevelMeter::new(clip.sample_rate_hz());
        meter.hear(clip.samples());
        meter.finish()
    }

    /// As it is without `signals`, which are as loud as whoever made them wished; `clip` is the recording at the rate of analysis.
    pub fn without(self, signals: &[Interval], clip: &Clip) -> Self {
        if signals.is_empty() {
            return self;
        }
        let mut loudness = Loudness::new(clip.sample_rate_hz());
        for part in Interval::new(0.0, clip.duration().0).without(signals) {
            loudness.hear(clip.slice(part));
        }
        let is_of_signal = |part: usize| {
            let part = Interval::new(part as f64 * PART.0, (part + 1) as f64 * PART.0);
            signals.iter().any(|signal| signal.start < part.end && part.start < signal.end)
        };
        let rest = self.clipped.iter().enumerate().filter(|(part, _)| !is_of_signal(*part));
        let (n_clipped, n_samples) =
            rest.fold((0, 0), |(clipped, all), (_, part)| (clipped + part.0, all + part.1));
        let clipping_ratio = f64::from(n_clipped) / f64::from(n_samples.max(1));
        Self { loudness: loudness.finish(), clipping_ratio, ..self }
    }

    /// With the noise around the intervals in which somebody speaks; `intensity` is that of the clip without rumble, since
    /// rumble is not heard. `signals` of a telephone are no noise.
    pub fn with_noise(self, intensity: &IntensityContour, speech: &[Interval], signals: &[Interval]) -> Self {
        let (loud, outside) = levels_in_and_out(intensity, speech, signals);
        let quiet = noise_of(&outside);
        let guessed =
            if quiet.is_none() { loud.and_then(|loud| drowning(intensity, speech, loud)) } else { None };
        let has_silent_pauses = quiet.is_none() && MIN_NOISE_FRAMES <= outside.len();
        let quiet = quiet.or(guessed);
        Self {
            is_noise_guessed: guessed.is_some(),
            has_silent_pauses,
            snr: loud.zip(quiet).map(|(loud, quiet)| Decibels(loud - quiet)),
            ..self
        }
    }
}

/// Where nobody seems to pause, and the quietest twentieth of what is taken for speech is hardly softer than the rest, that
/// twentieth is noise: lips that close make it 20 dB softer (ours).
fn drowning(intensity: &IntensityContour, speech: &[Interval], loud: f64) -> Option<f64> {
    const HARDLY_SOFTER_DB: f64 = 8.0;
    let within = speech.iter().flat_map(|interval| intensity.within(*interval)).copied();
    let quietest = quantile(within, 0.05)?;
    (total_length(speech) >= LIPS_CLOSED && loud - quietest < HARDLY_SOFTER_DB).then_some(quietest)
}

/// Speech without a pause in which lips have closed, so that noise as loud as the voice would have shown; ours.
pub const LIPS_CLOSED: Seconds = Seconds(2.0);

/// Intensity of a constant at full scale: 10·log₁₀(1/(2·10⁻⁵)²).
const FULL_SCALE_DB: f64 = 93.979_400_086_720_37;

/// [`Level::of`], of a recording that comes in pieces.
pub struct LevelMeter {
    loudness: Loudness,
    true_peak: TruePeak,
    clipping: Clipping,
    /// Samples of a [`PART`], and of the one at hand.
    part: u32,
    n_in_part: u32,
    clipped: Vec<(u32, u32)>,
    n_clipped: usize,
}

impl LevelMeter {
    pub fn new(sample_rate_hz: u32) -> Self {
        Self {
            loudness: Loudness::new(sample_rate_hz),
            true_peak: TruePeak::new(sample_rate_hz),
            clipping: Clipping::default(),
            part: (PART.0 * f64::from(sample_rate_hz)).max(1.0) as u32,
            n_in_part: 0,
            clipped: Vec::new(),
            n_clipped: 0,
        }
    }

    fn close_part(&mut self) {
        let n_clipped = self.clipping.n_clipped();
        self.clipped.push(((n_clipped - self.n_clipped) as u32, self.n_in_part));
        (self.n_clipped, self.n_in_part) = (n_clipped, 0);
    }

    pub fn finish(mut self) -> Level {
        if 0 < self.n_in_part {
            self.close_part();
        }
        let decibels = |peak: f32| (peak > 0.0).then(|| Decibels(20.0 * f64::from(peak).log10()));
        let (peak, true_peak) = self.true_peak.finish();
        Level {
            loudness: self.loudness.finish(),
            peak: decibels(peak),
            true_peak: decibels(true_peak),
            clipping_ratio: self.clipping.ratio(),
            has_silent_pauses: false,
            snr: None,
            is_noise_guessed: false,
            clipped: self.clipped,
        }
    }
}

impl Listener for LevelMeter {
    fn hear(&mut self, samples: &[f32]) {
        self.loudness.hear(samples);
        self.true_peak.hear(samples);
        for sample in samples {
            self.clipping.hear(*sample);
            self.n_in_part += 1;
            if self.n_in_part == self.part {
                self.close_part();
            }
        }
    }
}

/// Integrated loudness. The standard counts nothing below −70 LUFS; who speaks so softly is to be told how softly.
struct Loudness {
    /// `None` at a rate that the meter refuses.
    meter: Option<EbuR128>,
    /// Of the recording made louder by [`Self::GAIN`], until a sample is as loud as [`Self::FAINT`].
    faint: Option<EbuR128>,
    louder: Vec<f32>,
}

impl Loudness {
    /// 60 dB.
    const GAIN: f32 = 1000.0;
    const GAIN_DB: f64 = 60.0;
    /// −46 dBFS: speech with such peaks lies below −60 LUFS.
    const FAINT: f32 = 0.005;

    fn new(rate: u32) -> Self {
        let meter = || EbuR128::new(1, rate, Mode::I).ok();
        Self { meter: meter(), faint: meter(), louder: Vec::new() }
    }

    fn hear(&mut self, samples: &[f32]) {
        add(&mut self.meter, samples);
        if self.faint.is_none() {
            return;
        }
        if samples.iter().any(|sample| Self::FAINT <= sample.abs()) {
            self.faint = None;
            return;
        }
        self.louder.clear();
        self.louder.extend(samples.iter().map(|sample| Self::GAIN * sample));
        add(&mut self.faint, &self.louder);
    }

    fn finish(self) -> Option<Decibels> {
        let of = |meter: EbuR128| meter.loudness_global().ok().filter(|lufs| lufs.is_finite());
        let faint = || Some(of(self.faint?)? - Self::GAIN_DB);
        // Of soft sound the gate of the standard leaves out what is softest.
        faint().or_else(|| of(self.meter?)).map(Decibels)
    }
}

/// The largest sample, and the largest value of the wave between samples.
///
/// It is looked for only where samples reach half the peak so far: waves do not rise to twice the samples around their
/// crest.
struct TruePeak {
    rate: u32,
    highest: f32,
    /// Of the samples.
    peak: f32,
    part: Vec<f32>,
    /// The end of the part before.
    before: Vec<f32>,
    /// While parts are loud.
    meter: Option<EbuR128>,
}

impl TruePeak {
    const PART: usize = 4096;
    /// More than the meter's filter is long, so that it starts and ends in what is soft.
    const AROUND: usize = 64;

    fn new(rate: u32) -> Self {
        Self { rate, highest: 0.0, peak: 0.0, part: Vec::new(), before: Vec::new(), meter: None }
    }

    fn hear(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() {
            let (now, later) = samples.split_at(samples.len().min(Self::PART - self.part.len()));
            self.part.extend_from_slice(now);
            if self.part.len() == Self::PART {
                self.measure();
            }
            samples = later;
        }
    }

    fn measure(&mut self) {
        let loudest = self.part.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        self.peak = self.peak.max(loudest);
        let is_loud = loudest > 0.0 && 0.5 * self.peak <= loudest;
        if is_loud && self.meter.is_none() {
            self.meter = EbuR128::new(1, self.rate, Mode::TRUE_PEAK).ok();
            add(&mut self.meter, &self.before);
        }
        let n_metered = if is_loud { self.part.len() } else { self.part.len().min(Self::AROUND) };
        add(&mut self.meter, &self.part[..n_metered]);
        if !is_loud {
            self.close();
        }
        self.before.clear();
        self.before.extend_from_slice(&self.part[self.part.len().saturating_sub(Self::AROUND)..]);
        self.part.clear();
    }

    fn close(&mut self) {
        let highest = self.meter.take().and_then(|meter| meter.true_peak(0).ok());
        self.highest = self.highest.max(highest.unwrap_or_default() as f32);
    }

    /// Of the samples, and of the wave: at least that.
    fn finish(mut self) -> (f32, f32) {
        self.measure();
        self.close();
        (self.peak, self.highest.max(self.peak))
    }
}

/// One that refuses samples is of no use any more.
fn add(meter: &mut Option<EbuR128>, samples: &[f32]) {
    if meter.as_mut().is_some_and(|meter| meter.add_frames_f32(samples).is_err()) {
        *meter = None;
    }
}

/// In dB, the mean power of the frames in speech, and each of those clear of it and of the telephone's signals.
fn levels_in_and_out(
    intensity: &IntensityContour,
    speech: &[Interval],
    signals: &[Interval],
) -> (Option<f64>, Vec<f64>) {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let (mut places, mut beside_signals) = (Places::new(speech), Places::new(signals));
    for (index, &db) in intensity.values_db.iter().enumerate() {
        let time = intensity.time_of(index);
        match (places.of(time), beside_signals.of(time)) {
            (Place::Speech, _) => inside.push(db),
            (Place::Clear, Place::Clear) => outside.push(db),
            _ => {}
        }
    }
    (mean_power_db(&inside, 1), outside)
}

/// The median, without silence that was put in; `None` where there is hardly anything else.
fn noise_of(outside: &[f64]) -> Option<f64> {
    let recorded: Vec<f64> = outside.iter().copied().filter(|db| NOTHING_DB < *db).collect();
    let is_heard = MIN_NOISE_FRAMES <= recorded.len() && is_heard(recorded.len(), outside.len());
    is_heard.then(|| median(recorded))?
}

/// Is the noise heard in so many of all frames without speech, the others of which are silence that was put in? A quarter is
/// ours: fewer may be the ends of words.
pub(super) fn is_heard(n_recorded: usize, n_outside: usize) -> bool {
    n_outside <= 4 * n_recorded
}

/// Intensity of a stretch of samples: that of their mean power, without a window.
pub(super) fn samples_db(samples: &[f32]) -> f64 {
    let power = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>();
    10.0 * (power / samples.len().max(1) as f64 + 1e-30).log10() + FULL_SCALE_DB
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
        Level::of(&clip).with_noise(&intensity_contour(&clip, STANDARD_FLOOR, STANDARD_STEP), speech, &[])
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
    fn what_is_softer_than_the_standard_listens_to_still_has_a_loudness() {
        for gain in [1e-3, 1e-4] {
            let sine = (0..96_000).map(|i| gain * (TAU * 997.0 * f64::from(i) / 48_000.0).sin());
            let expected = 20.0 * f64::log10(gain) - 3.01;
            let loudness = measured(sine, 48_000, &[]).loudness.unwrap();
            assert!((loudness.0 - expected).abs() < 0.1, "{loudness:?} {expected}");
        }
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
        let clipping_ratio = |samples: &[f32]| {
            let mut clipping = Clipping::default();
            samples.iter().for_each(|sample| clipping.hear(*sample));
            clipping.ratio()
        };
        assert_eq!(clipping_ratio(&[1.0, 1.0, 1.0, 0.0, 1.0, 0.5, -1.0, -1.0, 0.2, 0.1]), 0.3);
        assert_eq!(clipping_ratio(&[0.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0]), 7.0 / 8.0);
        assert_eq!(clipping_ratio(&[1.0, -1.0, 1.0, -1.0]), 0.0, "loud, not clipped");
        let of_mu_law = 32_124.0 / 32_768.0;
        assert_eq!(clipping_ratio(&[of_mu_law; 5]), 1.0, "what was cut off before it was coded");
        assert_eq!(
            clipping_ratio(&[of_mu_law, of_mu_law, of_mu_law, 0.9, of_mu_law]),
            0.0,
            "a peak that fits"
        );
        assert_eq!(clipping_ratio(&[0.985, 0.984, 0.983, 0.982, 0.981]), 0.0);
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
        // Uniform noise of amplitude a has power a²/3, the sine 0.1²/2.
        assert!((level.snr.unwrap().0 - 21.8).abs() < 0.7, "{:?}", level.snr);
    }

    #[test]
    fn what_cannot_be_known_is_none() {
        assert_eq!(measured(std::iter::empty(), 8_000, &[]), Level::default());
        let silence = measured((0..16_000).map(|_| 0.0), 8_000, &[]);
        assert_eq!((silence.loudness, silence.peak, silence.snr), (None, None, None));
        assert!(silence.has_silent_pauses);
        assert_eq!(measured((0..100).map(|_| 0.1), 8_000, &[]).loudness, None);
    }
}
