//! *Um* and *uh* by their sound: long, steady in pitch and in timbre, low in the speaker's voice, after a pause.
//!
//! [`candidates`] are steady stretches; [`evidence`] is what is known of each; a small network ([`classifier`]) trained by
//! `make filler-weights` says how likely it is a filled pause.
//!
//! Sources of the evidence: Goto, M., Itou, K. & Hayamizu, S. (1999), "A real-time filled pause detection system for
//! spontaneous speech recognition", Eurospeech: small change of F0 and of the spectral envelope. Audhkhasi, K. et al.
//! (2009), "Formant-based technique for automatic filled-pause detection in spontaneous spoken English", ICASSP: a steady
//! vowel. Low pitch: Shriberg & Lickley (1993), Phonetica 50, 172-179.

mod candidates;
mod classifier;
mod evidence;

use std::collections::BTreeMap;
use std::ops::Range;

use super::f0::F0Contour;
use super::spectrum::{Spectra, SpectralFrame};
use crate::units::{Hertz, Interval};
use evidence::Surroundings;

pub use evidence::NAMES as EVIDENCE_NAMES;

/// Confidence from which an event is counted: a wrongly counted *um* costs more trust than a missed one. Set by
/// `make filler-weights` so that fluent speech gives less than one event in five minutes.
pub const COUNTED_FROM: f64 = 0.5;
/// Confidence from which an event is shown as *probable*.
const PROBABLE_FROM: f64 = 0.25;

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

/// The filled pauses of a clip, in time order; they do not overlap.
pub fn filled_pauses(spectra: &Spectra, f0: &F0Contour, speech: &[Interval]) -> Vec<FilledPause> {
    let change = candidates::spectral_change(&spectra.frames);
    let Some(clip) = Surroundings::of(&spectra.frames, &change, f0, speech) else { return Vec::new() };
    let judged = candidates::candidates(&spectra.frames, &change, clip.threshold_db).into_iter();
    let judged =
        judged.map(|stretch| (classifier::probability(&evidence::evidence(&stretch, &clip)), stretch));
    let event = |(confidence, stretch): (f64, Range<usize>)| FilledPause {
        interval: interval_of(&stretch),
        label: if ends_in_nasal(&spectra.frames, &stretch, clip.threshold_db) { "um" } else { "uh" },
        confidence,
        counted: confidence >= COUNTED_FROM,
    };
    best(judged.filter(|(confidence, _)| *confidence >= PROBABLE_FROM)).into_iter().map(event).collect()
}

/// A candidate and its evidence.
pub type Evidence = (Interval, [f64; evidence::N_EVIDENCE]);

/// Every candidate, likely or not; they may overlap.
pub(super) fn evidence_of_candidates(
    spectra: &Spectra,
    f0: &F0Contour,
    speech: &[Interval],
) -> Vec<Evidence> {
    let change = candidates::spectral_change(&spectra.frames);
    let Some(clip) = Surroundings::of(&spectra.frames, &change, f0, speech) else { return Vec::new() };
    let found = candidates::candidates(&spectra.frames, &change, clip.threshold_db).into_iter();
    found.map(|stretch| (interval_of(&stretch), evidence::evidence(&stretch, &clip))).collect()
}

/// Of candidates that overlap the likeliest, in time order.
fn best(candidates: impl Iterator<Item = (f64, Range<usize>)>) -> Vec<(f64, Range<usize>)> {
    let mut candidates: Vec<_> = candidates.collect();
    candidates.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut kept: BTreeMap<usize, (f64, Range<usize>)> = BTreeMap::new();
    for (confidence, stretch) in candidates {
        let before = kept.range(..stretch.end).next_back();
        if before.is_none_or(|(_, (_, other))| other.end <= stretch.start) {
            kept.insert(stretch.start, (confidence, stretch));
        }
    }
    kept.into_values().collect()
}

fn interval_of(stretch: &Range<usize>) -> Interval {
    Interval { start: Spectra::time_of(stretch.start), end: Spectra::time_of(stretch.end) }
}

/// Whether the energy falls towards the end, or right after it, to where only a nasal has it: lips closed for an *m*.
fn ends_in_nasal(frames: &[SpectralFrame], stretch: &Range<usize>, threshold: f64) -> bool {
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
