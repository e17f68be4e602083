//! *Um* and *uh* by their sound: long, steady in pitch and in timbre, low in the speaker's voice, after a pause.
//!
//! Sources: Goto, M., Itou, K. & Hayamizu, S. (1999), "A real-time filled pause detection system for spontaneous speech
//! recognition", Eurospeech: small change of F0 and of the spectral envelope. Audhkhasi, K. et al. (2009),
//! "Formant-based technique for automatic filled-pause detection in spontaneous spoken English", ICASSP: a steady vowel.
//! Low pitch: Shriberg & Lickley (1993), Phonetica 50, 172-179.
//!
//! The weights are those of a logistic regression over eight labelled events and a dozen unlabelled ones of *one*
//! speaker against 22 minutes of read speech by 67 (`shared/data`), and the counting threshold gives about one false
//! event in three minutes of the latter. That is a start, not an evaluation: nothing is known of other speakers.

use super::f0::F0Contour;
use super::spectrum::{Spectra, SpectralFrame};
use crate::units::{Hertz, Interval, Seconds};

/// Confidence from which an event is counted. It is where read speech, which has almost none, gives one event in about
/// three minutes: a wrongly counted *um* costs more trust than a missed one.
pub const COUNTED_FROM: f64 = 0.5;
/// Confidence from which an event is shown as *probable*.
const PROBABLE_FROM: f64 = 0.25;

/// Frames on each side over which the spectrum is averaged to see whether it moves: 50 ms.
const SIDE: usize = 5;
/// Distance of the mean coefficients before and after (dB) below which a frame is steady.
const STEADY: f64 = 17.0;
/// Below the loud frames of the speech (95 %) at which a frame still belongs to it, and above the quiet ones (5 %).
const BELOW_LOUD_DB: f64 = 25.0;
const ABOVE_QUIET_DB: f64 = 3.0;
/// Steady stretches this close are one: the vowel and the nasal of an *um* meet in a short unsteadiness.
const JOIN: Seconds = Seconds(0.1);
/// Shorter than this a steady stretch is any vowel (its ends are cut by [`SIDE`], so the sound is 0.1 s longer).
const MIN_LENGTH: Seconds = Seconds(0.15);
/// Longer is a tone, a hum or the line, not a person.
const MAX_LENGTH: Seconds = Seconds(2.0);
/// A stretch without F0 whose energy lies above this is a fricative, not a creaking vowel.
const MAX_VOICELESS_CENTROID: Hertz = Hertz(1_500.0);
/// Semitones of F0 movement with which a vowel says something: Goto's small transition, with room for tracking errors.
const MAX_SPREAD: f64 = 4.0;
/// What is assumed of a creaking vowel, whose F0 lies below what was sought: low and steady, in semitones.
const CREAK_BELOW_MEDIAN: f64 = -3.0;
const CREAK_SPREAD: f64 = 0.6;

/// Energy of a nasal lies at its first resonance, near 250 Hz, with little above.
const MAX_NASAL_CENTROID: Hertz = Hertz(400.0);
/// Frames of nasal that are an *m* (60 ms), and how long after a steady stretch it may come (150 ms).
const NASAL_FRAMES: usize = 6;
const NASAL_AFTER: usize = 15;

/// One *um* or *uh*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FilledPause {
    pub interval: Interval,
    /// `um` where it ends in a nasal, else `uh`.
    pub label: &'static str,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether `confidence` is at least [`COUNTED_FROM`]; the others are probable, to be shown and not counted.
    pub counted: bool,
}

/// The filled pauses of a clip, in time order.
pub fn filled_pauses(spectra: &Spectra, f0: &F0Contour, speech: &[Interval]) -> Vec<FilledPause> {
    let Some(threshold) = sound_threshold_db(spectra, speech) else { return Vec::new() };
    let change = spectral_change(&spectra.frames);
    let steady = |index: usize| change[index] < STEADY && spectra.frames[index].level_db > threshold;
    let median = median_semitones(f0);
    let judge = |stretch: std::ops::Range<usize>| {
        let evidence = Evidence::of(stretch.clone(), spectra, &change, f0, median, speech)?;
        let confidence = evidence.confidence();
        let interval = interval_of(&stretch);
        let label = if ends_in_nasal(&spectra.frames, &stretch, threshold) { "um" } else { "uh" };
        (confidence >= PROBABLE_FROM).then_some(FilledPause {
            interval,
            label,
            confidence,
            counted: confidence >= COUNTED_FROM,
        })
    };
    joined(stretches(change.len(), steady)).into_iter().filter_map(judge).collect()
}

fn interval_of(stretch: &std::ops::Range<usize>) -> Interval {
    Interval { start: Spectra::time_of(stretch.start), end: Spectra::time_of(stretch.end) }
}

/// The level a frame must exceed; `None` without speech.
fn sound_threshold_db(spectra: &Spectra, speech: &[Interval]) -> Option<f64> {
    let level = |(_, frame): (usize, &SpectralFrame)| frame.level_db;
    let in_speech = |(index, _): &(usize, &SpectralFrame)| {
        speech.iter().any(|speech| speech.contains(Spectra::time_of(*index)))
    };
    let loud = quantile(spectra.frames.iter().enumerate().filter(in_speech).map(level), 0.95)?;
    let quiet = quantile(spectra.frames.iter().enumerate().map(level), 0.05)?;
    Some((loud - BELOW_LOUD_DB).max(quiet + ABOVE_QUIET_DB))
}

fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get((values.len().checked_sub(1)? as f64 * share).round() as usize).copied()
}

/// For each frame the distance between the mean coefficients of the frames before and after it; infinite at the ends.
fn spectral_change(frames: &[SpectralFrame]) -> Vec<f64> {
    let change = |index: usize| {
        if index < SIDE || index + SIDE >= frames.len() {
            return f64::INFINITY;
        }
        let (before, after) = (&frames[index - SIDE..index], &frames[index + 1..=index + SIDE]);
        let sum = |side: &[SpectralFrame], k: usize| side.iter().map(|frame| frame.mfcc[k]).sum::<f64>();
        let difference = |k: usize| (sum(before, k) - sum(after, k)) / SIDE as f64;
        (0..frames[index].mfcc.len()).map(|k| difference(k).powi(2)).sum::<f64>().sqrt()
    };
    (0..frames.len()).map(change).collect()
}

/// Over the steady frames of a stretch only: the step from the vowel to the nasal of an *um* is no mark against it.
fn mean_steady_change(change: &[f64]) -> f64 {
    let (mut sum, mut n) = (0.0, 0);
    for change in change.iter().filter(|change| **change < STEADY) {
        (sum, n) = (sum + change, n + 1);
    }
    sum / f64::from(n.max(1))
}

fn stretches(n: usize, belongs: impl Fn(usize) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for index in (0..n).filter(|index| belongs(*index)) {
        match found.last_mut() {
            Some(last) if last.end == index => last.end = index + 1,
            _ => found.push(index..index + 1),
        }
    }
    found
}

fn joined(stretches: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    let gap = (JOIN.0 / Spectra::STEP.0).round() as usize;
    // Flecks of steadiness within running speech join nothing.
    let fleck = gap;
    let mut joined: Vec<std::ops::Range<usize>> = Vec::new();
    for stretch in stretches.into_iter().filter(|stretch| stretch.len() > fleck) {
        match joined.last_mut() {
            Some(last) if stretch.start - last.end <= gap => last.end = stretch.end,
            _ => joined.push(stretch),
        }
    }
    joined
}

fn semitones(f0: Hertz) -> f64 {
    f0.semitones_above(Hertz(1.0)).0
}

fn median_semitones(f0: &F0Contour) -> Option<f64> {
    quantile(f0.voiced().map(|(_, f0)| semitones(f0)), 0.5)
}

/// What speaks for and against a stretch.
struct Evidence {
    seconds: f64,
    /// Semitones between the 10 % and 90 % quantiles of its F0.
    f0_spread: f64,
    /// Semitones of its median F0 above the clip's.
    f0_height: f64,
    /// Mean [`spectral_change`] of its steady frames.
    change: f64,
    /// Seconds from the end of a pause (or the start of speech) to its start.
    after_pause: f64,
}

impl Evidence {
    /// `None` where the stretch cannot be a filled pause.
    fn of(
        stretch: std::ops::Range<usize>,
        spectra: &Spectra,
        change: &[f64],
        f0: &F0Contour,
        median: Option<f64>,
        speech: &[Interval],
    ) -> Option<Self> {
        let interval = interval_of(&stretch);
        let length = interval.length();
        if length < MIN_LENGTH
            || length > MAX_LENGTH
            || !speech.iter().any(|speech| speech.overlaps(interval))
        {
            return None;
        }
        let voiced: Vec<f64> =
            f0.voiced().filter(|(time, _)| interval.contains(*time)).map(|(_, f0)| semitones(f0)).collect();
        let (f0_spread, f0_height) = if voiced.len() as f64 * f0.step.0 >= 0.5 * length.0 {
            let of_stretch = |share| quantile(voiced.iter().copied(), share);
            (of_stretch(0.9)? - of_stretch(0.1)?, of_stretch(0.5)? - median?)
        } else {
            let frames = &spectra.frames[stretch.clone()];
            let centroid = frames.iter().map(|frame| frame.centroid.0).sum::<f64>() / frames.len() as f64;
            if centroid > MAX_VOICELESS_CENTROID.0 {
                return None;
            }
            (CREAK_SPREAD, CREAK_BELOW_MEDIAN)
        };
        if f0_spread > MAX_SPREAD {
            return None;
        }
        let edges = speech.iter().flat_map(|speech| [speech.start, speech.end]);
        // An end of speech counts only before the stretch: a filled pause may lie below the threshold of speech.
        let distance = |edge: Seconds| (interval.start - edge).0.abs();
        let before = speech
            .iter()
            .map(|speech| speech.start)
            .chain(edges.filter(|edge| edge.0 <= interval.start.0 + 0.05));
        Some(Self {
            seconds: length.0,
            f0_spread,
            f0_height,
            change: mean_steady_change(&change[stretch]),
            after_pause: before.map(distance).fold(9.0, f64::min),
        })
    }

    /// The logistic function of the weighted evidence; the intercept puts the counting threshold at ½.
    fn confidence(&self) -> f64 {
        let logit = INTERCEPT + 3.0 * self.seconds.min(0.5)
            - 0.67 * self.f0_spread.min(3.0)
            - 0.54 * self.change
            - 0.43 * self.f0_height.clamp(-4.0, 4.0)
            + 1.92 * (-self.after_pause / 0.2).exp();
        1.0 / (1.0 + (-logit).exp())
    }
}

const INTERCEPT: f64 = 2.9;

/// Whether the energy falls towards the end, or right after it, to where only a nasal has it: lips closed for an *m*.
fn ends_in_nasal(frames: &[SpectralFrame], stretch: &std::ops::Range<usize>, threshold: f64) -> bool {
    let centroid =
        |part: &[SpectralFrame]| part.iter().map(|frame| frame.centroid.0).sum::<f64>() / part.len() as f64;
    let third = (stretch.len() / 3).max(1);
    let head = centroid(&frames[stretch.start..stretch.start + third]);
    let limit = (stretch.end + NASAL_AFTER).min(frames.len());
    let tail = &frames[stretch.end - third..limit];
    let sounding = tail.iter().take_while(|frame| frame.level_db > threshold).count();
    tail[..sounding].windows(NASAL_FRAMES).any(|part| centroid(part) < MAX_NASAL_CENTROID.0.min(0.75 * head))
}

#[cfg(test)]
mod tests {
    use super::super::f0::tests::{noise, voice};
    use super::super::{analyse, filled_pauses::FilledPause};
    use crate::audio::Clip;

    const RATE: u32 = 16_000;

    /// Speech-like sound: a voice that glides and whose timbre changes five times a second, for 2 s; then, after a pause,
    /// what `event` adds at 3 s.
    fn found(event: impl Fn(f64) -> f64, event_seconds: f64, timbre_moves: bool) -> Vec<FilledPause> {
        let mut samples = noise(6 * RATE as usize, 1e-3);
        let speech = voice(|t| 140.0 + 25.0 * (7.0 * t).sin(), 2.0, RATE);
        let mut previous = 0.0;
        for (i, x) in speech.iter().enumerate() {
            // A first-order low-pass whose pole swings: bright, dark, bright.
            let pole = 0.5 + 0.49 * (31.0 * i as f64 / f64::from(RATE)).sin();
            previous = pole * previous + (1.0 - pole) * x;
            samples[i + RATE as usize / 4] += previous;
        }
        previous = 0.0;
        for (i, x) in voice(event, event_seconds, RATE).iter().enumerate() {
            let swing = if timbre_moves { 0.49 * (31.0 * i as f64 / f64::from(RATE)).sin() } else { 0.0 };
            previous = (0.5 + swing) * previous + (0.5 - swing) * x;
            samples[i + 3 * RATE as usize] += previous;
        }
        analyse(&Clip::new(samples.into_iter().map(|x| x as f32).collect(), RATE)).filled_pauses
    }

    #[test]
    fn a_long_low_level_vowel_after_a_pause_is_counted() {
        let found = found(|_| 125.0, 0.5, false);
        let event = found.iter().find(|event| event.counted).expect("the vowel is found");
        assert!((event.interval.middle().0 - 3.25).abs() < 0.1, "{event:?}");
    }

    #[test]
    fn a_gliding_or_changing_vowel_is_not() {
        assert!(found(|t| 125.0 + 200.0 * t, 0.5, false).iter().all(|event| !event.counted));
        assert!(found(|_| 125.0, 0.5, true).iter().all(|event| !event.counted));
    }

    #[test]
    fn a_tone_that_does_not_end_is_nobody() {
        let tone = voice(|_| 125.0, 5.0, RATE).into_iter().map(|x| x as f32).collect();
        assert_eq!(analyse(&Clip::new(tone, RATE)).filled_pauses, []);
    }
}
