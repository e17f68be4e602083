//! What speaks for and against a stretch being a filled pause, as numbers a classifier can weigh.

use std::ops::Range;

use super::super::f0::F0Contour;
use super::super::spectrum::{N_COEFFICIENTS, Spectra, SpectralFrame};
use super::candidates;
use crate::units::{Hertz, Interval};

/// What is known of the clip as a whole: the evidence of a stretch is relative to it, so that neither the voice nor the
/// line decides.
pub struct Surroundings<'a> {
    frames: &'a [SpectralFrame],
    change: &'a [f64],
    /// The level that a frame of sound exceeds.
    pub threshold_db: f64,
    /// The edges of every sound; see [`candidates::edges`].
    pub sounds: Vec<Vec<usize>>,
    loud_db: f64,
    /// Seconds from one turn of the timbre to the next, the mean over the clip: slow speakers have long vowels.
    usual_seconds: f64,
    mean_mfcc: [f64; N_COEFFICIENTS],
    mean_log_centroid: f64,
    /// For each spectral frame: semitones above the clip's median F0, where it is voiced.
    semitones: Vec<Option<f64>>,
    /// How periodic each frame is, 0 to 1.
    strength: Vec<f64>,
}

/// Below the loud frames of the speech (95 %) at which a frame still belongs to it, and above the quiet ones (5 %).
const BELOW_LOUD_DB: f64 = 25.0;
const ABOVE_QUIET_DB: f64 = 3.0;

impl<'a> Surroundings<'a> {
    /// `None` without speech.
    pub fn of(spectra: &'a Spectra, f0: &F0Contour, speech: &[Interval]) -> Option<Self> {
        let Spectra { frames, change } = spectra;
        let loud = speech.iter().flat_map(|interval| frames[spectra.frames_within(*interval)].iter());
        let mut levels: Vec<f64> = loud.map(|frame| frame.level_db).collect();
        let loud_db = quantile(&mut levels, 0.95)?;
        let mut levels: Vec<f64> = frames.iter().map(|frame| frame.level_db).collect();
        let quiet_db = quantile(&mut levels, 0.05)?;
        let threshold_db = (loud_db - BELOW_LOUD_DB).max(quiet_db + ABOVE_QUIET_DB);
        let sounds = candidates::edges(spectra, threshold_db);
        let sounding: Vec<&SpectralFrame> =
            frames.iter().filter(|frame| frame.level_db > threshold_db).collect();
        let mean = |value: &dyn Fn(&SpectralFrame) -> f64| {
            sounding.iter().map(|frame| value(frame)).sum::<f64>() / sounding.len().max(1) as f64
        };
        let mut pitches: Vec<f64> = f0.voiced().map(|(_, f0)| f0.semitones_above(Hertz(1.0)).0).collect();
        let median = quantile(&mut pitches, 0.5)?;
        let at = |index: usize| f0.at(Spectra::time_of(index));
        let semitones = |index: usize| Some(at(index)?.f0?.semitones_above(Hertz(1.0)).0 - median);
        Some(Self {
            frames,
            change,
            threshold_db,
            loud_db,
            usual_seconds: candidates::usual_frames(&sounds) * Spectra::STEP.0,
            sounds,
            mean_mfcc: std::array::from_fn(|k| mean(&|frame| frame.mfcc[k])),
            mean_log_centroid: mean(&log_centroid),
            semitones: (0..frames.len()).map(semitones).collect(),
            strength: (0..frames.len())
                .map(|index| at(index).map_or(0.0, |frame| frame.strength.clamp(0.0, 1.0)))
                .collect(),
        })
    }

    /// The share of the frames of `range` that are quiet; what lies outside the clip is.
    fn quiet_share(&self, range: Range<isize>) -> f64 {
        let is_quiet = |index: &isize| {
            let frame = usize::try_from(*index).ok().and_then(|index| self.frames.get(index));
            frame.is_none_or(|frame| frame.level_db <= self.threshold_db)
        };
        let n = range.len().max(1);
        range.filter(is_quiet).count() as f64 / n as f64
    }

    /// The frames of `range`; none where more than half of them are quiet.
    fn beside(&self, range: Range<isize>) -> &'a [SpectralFrame] {
        let frames = &self.frames[self.inside(range)];
        let n_quiet = frames.iter().filter(|frame| frame.level_db <= self.threshold_db).count();
        if 2 * n_quiet > frames.len() { &[] } else { frames }
    }

    /// Decibels from the sounding frames of `range` to `level`; 0 where there are none.
    fn level_step(&self, range: Range<isize>, level: f64) -> f64 {
        match self.beside(range) {
            [] => 0.0,
            frames => level - (mean(frames, |frame| frame.level_db) - self.loud_db),
        }
    }

    /// Seconds, at most 1, for which sound goes on from `from` backwards or forwards.
    fn sound_for(&self, from: usize, direction: isize) -> f64 {
        let at = |n: isize| from as isize + if direction < 0 { -1 - n } else { n };
        let sounds = |n: &isize| {
            let frame = usize::try_from(at(*n)).ok().and_then(|index| self.frames.get(index));
            frame.is_some_and(|frame| frame.level_db > self.threshold_db)
        };
        (0..100).take_while(sounds).count() as f64 * Spectra::STEP.0
    }

    /// What of `range` lies inside the clip.
    fn inside(&self, range: Range<isize>) -> Range<usize> {
        let end = self.frames.len() as isize;
        range.start.clamp(0, end) as usize..range.end.clamp(0, end) as usize
    }

    fn largest_change(&self, range: Range<isize>) -> f64 {
        self.change[self.inside(range)]
            .iter()
            .copied()
            .filter(|change| change.is_finite())
            .fold(0.0, f64::max)
    }

    fn median_pitch(&self, range: Range<isize>) -> Option<f64> {
        let mut pitches: Vec<f64> = self.semitones[self.inside(range)].iter().copied().flatten().collect();
        quantile(&mut pitches, 0.5)
    }
}

fn log_centroid(frame: &SpectralFrame) -> f64 {
    frame.centroid.0.max(1.0).ln()
}

fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    let index = (values.len().checked_sub(1)? as f64 * share).round() as usize;
    Some(*values.select_nth_unstable_by(index, f64::total_cmp).1)
}

/// Frames at each end of a stretch that are left out of what is measured within it.
const EDGE: usize = 2;

/// Coefficients of the timbre that are looked at: the lower ones carry the vowel, the higher ones the voice.
const N_TIMBRE: usize = 8;
/// Of its movement within the vowel, and of what stands beside: the coarse shape is enough.
const N_DRIFT: usize = 4;
const N_BESIDE: usize = 6;
/// Frames beside a stretch over which that is averaged (80 ms, a short sound).
const BESIDE: isize = 8;

/// What the numbers of [`evidence`] are, in order.
pub const NAMES: [&str; N_EVIDENCE] = [
    "seconds", "relative_seconds", "steady_share", "voiced_share", "strength", "f0_height", "f0_spread",
    "f0_slope", "f0_step_in", "f0_step_out", "change_mean", "change_largest", "change_before",
    "change_after", "unrest", "level", "level_sd", "level_slope", "level_step_in", "level_step_out",
    "quiet_before_200", "quiet_before_600", "quiet_after_200", "quiet_after_600", "sound_before",
    "sound_after", "centroid", "tail_centroid", "vowel_1", "vowel_2", "vowel_3", "vowel_4", "vowel_5",
    "vowel_6", "vowel_7", "vowel_8", "tail_1", "tail_2", "tail_3", "tail_4", "tail_5", "tail_6", "tail_7",
    "tail_8", "drift_1", "drift_2", "drift_3", "drift_4", "before_1", "before_2", "before_3", "before_4",
    "before_5", "before_6", "after_1", "after_2", "after_3", "after_4", "after_5", "after_6",
];
pub const N_EVIDENCE: usize = N_SCALARS + 2 * N_TIMBRE + N_DRIFT + 2 * N_BESIDE;
const N_SCALARS: usize = 28;

/// The evidence of a stretch of frames. All numbers are finite.
pub fn evidence(stretch: &Range<usize>, clip: &Surroundings) -> [f64; N_EVIDENCE] {
    let (start, end) = (stretch.start as isize, stretch.end as isize);
    let length = stretch.len();
    // The edges are halfway into what stands beside.
    let core = stretch.start + EDGE..stretch.end - EDGE;
    let frames = &clip.frames[core.clone()];
    let n = frames.len();
    // The vowel comes first; what an *um* closes its lips for, last.
    let vowel = &frames[..(n * 6).div_ceil(10)];
    let tail = &frames[n - (n * 3).div_ceil(10)..];
    let changes: Vec<f64> = clip.change[core.clone()].iter().copied().filter(|c| c.is_finite()).collect();
    let pitch = Pitch::of(&clip.semitones[core.clone()]);
    let levels: Vec<f64> = frames.iter().map(|frame| frame.level_db - clip.loud_db).collect();
    let (level, level_sd) = mean_and_deviation(&levels);
    let step = |before: Option<f64>, after: Option<f64>| match (before, after) {
        (Some(before), Some(after)) => (after - before).clamp(-12.0, 12.0),
        _ => 0.0,
    };
    let (head, foot) = (clip.median_pitch(start..start + BESIDE), clip.median_pitch(end - BESIDE..end));
    let seconds = length as f64 * Spectra::STEP.0;
    let timed_levels =
        levels.iter().copied().enumerate().map(|(index, level)| (index as f64 * Spectra::STEP.0, level));
    let scalars: [f64; N_SCALARS] = [
        seconds.min(1.2),
        (seconds / clip.usual_seconds).min(12.0),
        changes.iter().filter(|change| **change < 12.0).count() as f64 / n as f64,
        pitch.voiced_share,
        clip.strength[core.clone()].iter().sum::<f64>() / n as f64,
        pitch.height,
        pitch.spread,
        pitch.slope,
        step(clip.median_pitch(start - 20..start), head),
        step(foot, clip.median_pitch(end..end + 20)),
        changes.iter().sum::<f64>() / changes.len().max(1) as f64,
        clip.largest_change(start + 4..end - 4).min(60.0),
        clip.largest_change(start - 10..start + 3).min(60.0),
        clip.largest_change(end - 3..end + 10).min(60.0),
        unrest(vowel),
        level,
        level_sd,
        slope(timed_levels).clamp(-100.0, 100.0),
        clip.level_step(start - 30..start, level),
        clip.level_step(end..end + 30, level),
        clip.quiet_share(start - 20..start),
        clip.quiet_share(start - 60..start),
        clip.quiet_share(end..end + 20),
        clip.quiet_share(end..end + 60),
        clip.sound_for(stretch.start, -1),
        clip.sound_for(stretch.end, 1),
        mean(vowel, log_centroid) - clip.mean_log_centroid,
        mean(tail, log_centroid) - clip.mean_log_centroid,
    ];
    let (first, second) = vowel.split_at(vowel.len() / 2);
    let (before, after) = (clip.beside(start - BESIDE..start), clip.beside(end..end + BESIDE));
    let coefficient = |frames: &[SpectralFrame], k: usize| mean(frames, |frame| frame.mfcc[k]);
    let relative = |frames: &[SpectralFrame], k: usize| match frames {
        [] => 0.0,
        frames => coefficient(frames, k) - clip.mean_mfcc[k],
    };
    let numbers = scalars.into_iter();
    let numbers = numbers.chain((0..N_TIMBRE).map(|k| relative(vowel, k)));
    let numbers = numbers.chain((0..N_TIMBRE).map(|k| relative(tail, k)));
    let numbers = numbers.chain((0..N_DRIFT).map(|k| coefficient(second, k) - coefficient(first, k)));
    let numbers = numbers.chain((0..N_BESIDE).map(|k| relative(before, k)));
    let mut numbers = numbers.chain((0..N_BESIDE).map(|k| relative(after, k)));
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

/// How far the coefficients of frames spread, in dB: the root of the mean squared distance from their mean.
fn unrest(frames: &[SpectralFrame]) -> f64 {
    let variance = |k: usize| {
        let middle = mean(frames, |frame| frame.mfcc[k]);
        mean(frames, |frame| (frame.mfcc[k] - middle).powi(2))
    };
    (0..N_COEFFICIENTS).map(variance).sum::<f64>().sqrt()
}

fn mean(frames: &[SpectralFrame], value: impl Fn(&SpectralFrame) -> f64) -> f64 {
    frames.iter().map(value).sum::<f64>() / frames.len().max(1) as f64
}

fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt())
}

/// Of the least-squares line; 0 for fewer than two points.
fn slope(points: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let n = points.clone().count().max(1) as f64;
    let mean_x = points.clone().map(|(x, _)| x).sum::<f64>() / n;
    let spread: f64 = points.clone().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let product: f64 = points.map(|(x, y)| (x - mean_x) * y).sum();
    if spread > 0.0 { product / spread } else { 0.0 }
}

/// F0 over a stretch, in semitones around the clip's median; zeros where hardly anything is voiced.
#[derive(Default)]
struct Pitch {
    voiced_share: f64,
    height: f64,
    /// Between the 10 % and 90 % quantiles.
    spread: f64,
    /// A second.
    slope: f64,
}

impl Pitch {
    fn of(semitones: &[Option<f64>]) -> Self {
        let voiced =
            semitones.iter().enumerate().filter_map(|(index, pitch)| Some((index as f64, (*pitch)?)));
        let mut pitches: Vec<f64> = voiced.clone().map(|(_, pitch)| pitch).collect();
        let voiced_share = pitches.len() as f64 / semitones.len().max(1) as f64;
        let mut at = |share| quantile(&mut pitches, share);
        match (at(0.1), at(0.5), at(0.9)) {
            (Some(low), Some(middle), Some(high)) if voiced_share > 0.2 => Self {
                voiced_share,
                height: middle.clamp(-12.0, 12.0),
                spread: (high - low).min(12.0),
                slope: slope(voiced.map(|(x, y)| (x * Spectra::STEP.0, y))).clamp(-40.0, 40.0),
            },
            _ => Self { voiced_share, ..Self::default() },
        }
    }
}
