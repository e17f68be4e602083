//! *Um* and *uh* by their sound: long, steady in pitch and in timbre, low in the speaker's voice, after a pause.
//!
//! Two small networks ([`network`]), trained by `make filler-weights`, hear [`frames`] of evidence and say of each how likely it
//! is within a filled pause; stretches of likely ones are the events.
//!
//! Sources of the evidence: Goto, M., Itou, K. & Hayamizu, S. (1999), "A real-time filled pause detection system for
//! spontaneous speech recognition", Eurospeech: small change of F0 and of the spectral envelope. Audhkhasi, K. et al.
//! (2009), "Formant-based technique for automatic filled-pause detection in spontaneous spoken English", ICASSP: a steady
//! vowel. Low pitch: Shriberg & Lickley (1993), Phonetica 50, 172-179.

mod frames;
mod network;

use std::ops::Range;

use super::f0::F0Contour;
use super::spectrum::{Spectra, SpectralFrame};
use crate::statistics::median;
use crate::units::{Hertz, Interval};
use frames::Frames;
use network::NETWORKS;

pub use frames::Inputs;

/// Confidence from which an event is counted. `make filler-weights` finds the score with the best F0.5 on speakers left
/// out; it becomes this confidence: a wrongly counted *um* costs more trust than a missed one.
pub const COUNTED_FROM: f64 = 0.5;
/// Confidence from which an event is shown as *probable*.
const PROBABLE_FROM: f64 = 0.25;
/// Confidence from which a stretch is kept as [`Heard::faint`]; [`FilledPause::between_words`] makes [`COUNTED_FROM`] of it.
const FAINT_FROM: f64 = 0.1;
/// Frames over which probabilities are averaged: 50 ms, as long as a short sound.
const SMOOTH: usize = 5;
/// Probability above which frames belong to one stretch; that of its loudest evidence decides (ours, as are the next two).
const SOUNDING: f32 = 0.3;
/// The same for a faint one (ours): a creaky or clipped *uh* seldom exceeds more over 100 ms.
const FAINT: f32 = 0.1;
/// Shortest stretch in frames: of 100 ms, below which no *uh* is noticed.
const SHORTEST: usize = 10;
/// A stretch has the mean probability of its so many likeliest frames, lest a vague edge lower it.
const LIKELIEST: usize = 30;
/// Frames up to which a stretch may as well be the vowel of a drawn *a* or *the*: 300 ms. Its odds are halved (ours, chosen
/// with the readers of the test in sight: slow readers' *the* is counted less often, and few *um*s are lost).
const SHORT: usize = 30;
/// Semitones by which F0 may rise over an event: hesitation is level or falls (Shriberg & Lickley), what climbs a fourth is
/// asked or sung (the limit is ours). The networks heard no such thing in training.
const MOST_RISE: f64 = 5.0;
/// Frames between the values of F0 whose difference is taken.
const APART: usize = 5;
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
    pub found_in: FoundIn,
}

/// What an event is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundIn {
    Sound,
    /// A transcript has it.
    Words,
    Both,
}

/// What sounds like filled pauses in a clip, each list in time order; they do not overlap.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Heard {
    /// Counted or probable.
    pub events: Vec<FilledPause>,
    /// Too little to be shown by their sound alone. Where the words are known, what lies between them is one of these
    /// rather than a word.
    pub faint: Vec<FilledPause>,
}

impl Heard {
    /// What does not lie in `signals` of a telephone, which keep their pitch and timbre as an *uh* does; in time order.
    pub fn without(mut self, signals: &[Interval]) -> Self {
        let is_signal = |event: &FilledPause| {
            let next = signals.partition_point(|signal| signal.end <= event.interval.middle());
            signals.get(next).is_some_and(|signal| signal.contains(event.interval.middle()))
        };
        self.events.retain(|event| !is_signal(event));
        self.faint.retain(|event| !is_signal(event));
        self
    }
}

pub fn filled_pauses(spectra: &Spectra, f0: &F0Contour, speech: &[Interval]) -> Heard {
    let Some(frames) = Frames::of(spectra, f0, speech) else { return Heard::default() };
    let probabilities = smoothed(&NETWORKS.probabilities(frames.len(), |range| frames.inputs(range)));
    let event = |stretch: Range<usize>, score: f64| {
        let confidence = confidence(score, NETWORKS.threshold);
        FilledPause {
            interval: interval_of(&stretch),
            label: if ends_in_nasal(&spectra.frames, &stretch, frames.threshold_db) { "um" } else { "uh" },
            confidence,
            counted: confidence >= COUNTED_FROM,
            found_in: FoundIn::Sound,
        }
    };
    let events_of = |stretches: Vec<(Range<usize>, f64)>| {
        stretches
            .into_iter()
            .filter(|(stretch, _)| rise(&frames.semitones(stretch.clone())) <= MOST_RISE)
            .map(|(stretch, score)| event(stretch, score))
            .filter(|event| event.confidence >= FAINT_FROM)
    };
    let clear = stretches(&probabilities, SOUNDING);
    let mut vague = stretches(&probabilities, FAINT);
    // Where a clear one was refused, as it climbs, its surroundings are refused as well.
    vague.retain(|(vague, _)| {
        clear.iter().all(|(clear, _)| clear.end <= vague.start || vague.end <= clear.start)
    });
    let (events, mut faint): (Vec<_>, Vec<_>) =
        events_of(clear).partition(|event| event.confidence >= PROBABLE_FROM);
    faint.extend(events_of(vague));
    faint.sort_by(|one, other| one.interval.start.0.total_cmp(&other.interval.start.0));
    Heard { events, faint }
}

impl FilledPause {
    /// The event once it is known that no word lies there: what then counts need sound no more like one than [`FAINT_FROM`]
    /// (ours: of what does among the made events of the speakers trained on, 99 of 100 are right).
    pub fn between_words(self) -> Self {
        let confidence = confidence(self.confidence, FAINT_FROM);
        Self { confidence, counted: COUNTED_FROM <= confidence, ..self }
    }
}

/// What the network hears of each frame: what it is trained on. Empty without speech.
pub(super) fn inputs(spectra: &Spectra, f0: &F0Contour, speech: &[Interval]) -> Vec<Inputs> {
    Frames::of(spectra, f0, speech).map_or(Vec::new(), |frames| frames.inputs(0..frames.len()))
}

fn smoothed(probabilities: &[f32]) -> Vec<f32> {
    let around = |index: usize| {
        let window = index.saturating_sub(SMOOTH / 2)..(index + SMOOTH / 2 + 1).min(probabilities.len());
        probabilities[window].iter().sum::<f32>() / SMOOTH as f32
    };
    (0..probabilities.len()).map(around).collect()
}

/// Runs of frames that may be a filled pause, with their scores.
fn stretches(probabilities: &[f32], above: f32) -> Vec<(Range<usize>, f64)> {
    let mut found = Vec::new();
    let mut start = 0;
    for run in probabilities.chunk_by(|one, next| (*one > above) == (*next > above)) {
        if run[0] > above && run.len() >= SHORTEST {
            found.push((start..start + run.len(), score(run)));
        }
        start += run.len();
    }
    found
}

/// 0 to 1.
fn score(run: &[f32]) -> f64 {
    let mut sorted: Vec<f64> = run.iter().copied().map(f64::from).collect();
    sorted.sort_by(|one, other| other.total_cmp(one));
    let likeliest = &sorted[..LIKELIEST.min(sorted.len())];
    let score = likeliest.iter().sum::<f64>() / likeliest.len() as f64;
    if run.len() <= SHORT { score / (2.0 - score) } else { score }
}

/// How far F0 climbs over a stretch, in semitones, by the median of its slopes, which a jump of an octave does not move; 0
/// where hardly anything is voiced.
fn rise(semitones: &[Option<f64>]) -> f64 {
    let slopes = semitones.windows(APART + 1).filter_map(|window| Some(window[APART]? - window[0]?));
    let slope = median(slopes).unwrap_or_default();
    slope * semitones.len() as f64 / APART as f64
}

/// The score on a scale on which `threshold` is [`COUNTED_FROM`].
fn confidence(score: f64, threshold: f64) -> f64 {
    let odds = |share: f64| share / (1.0 - share);
    let logit = |share: f64| odds(share.clamp(1e-6, 1.0 - 1e-6)).ln();
    1.0 / (1.0 + (logit(threshold) - logit(score)).exp())
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
    use super::super::analyse;
    use super::super::f0::tests::{noise, voice};
    use super::*;
    use crate::audio::{Channel, Clip, decode};

    const RATE: u32 = 16_000;

    /// Formants of a man's vowels (Peterson & Barney 1952): heed, had, hod, who'd, hayed.
    const VOWELS: [[f64; 2]; 5] =
        [[270.0, 2290.0], [660.0, 1720.0], [730.0, 1090.0], [300.0, 870.0], [530.0, 1840.0]];
    const UH: [f64; 2] = [640.0, 1190.0];

    /// A voice through resonances (Klatt 1980) that move: `formants` at each second.
    fn vowel(f0: impl Fn(f64) -> f64, formants: impl Fn(f64) -> [f64; 2], seconds: f64) -> Vec<f64> {
        let mut sound = voice(f0, seconds, RATE);
        for formant in 0..4 {
            let (mut y1, mut y2) = (0.0, 0.0);
            for (index, x) in sound.iter_mut().enumerate() {
                let [first, second] = formants(index as f64 / f64::from(RATE));
                let (hertz, width) =
                    [(first, 70.0), (second, 90.0), (2500.0, 150.0), (3500.0, 200.0)][formant];
                let (period, pi) = (1.0 / f64::from(RATE), std::f64::consts::PI);
                let c = -(-2.0 * pi * width * period).exp();
                let b = 2.0 * (-pi * width * period).exp() * (2.0 * pi * hertz * period).cos();
                let y = (1.0 - b - c) * *x + b * y1 + c * y2;
                (y2, y1, *x) = (y1, y, y);
            }
        }
        // It sets in and ends over 60 ms, as voices do.
        let n = sound.len();
        for (index, x) in sound.iter_mut().enumerate() {
            *x *= (index.min(n - index) as f64 / (0.06 * f64::from(RATE))).min(1.0);
        }
        sound
    }

    /// Syllables with a silence before each and a melody over all, for 2 s; then, after a pause, at 3 s what `event` and
    /// `timbre` say.
    fn found(event: impl Fn(f64) -> f64, event_seconds: f64, timbre_moves: bool) -> Vec<FilledPause> {
        let mut samples = noise(6 * RATE as usize, 1e-3);
        let mut add = |at: f64, sound: Vec<f64>| {
            let first = (at * f64::from(RATE)) as usize;
            for (sample, x) in samples[first..].iter_mut().zip(sound) {
                *sample += x;
            }
        };
        for syllable in 0..10_u32 {
            let at = 0.2 * f64::from(syllable);
            let pitch = move |t: f64| 130.0 + 25.0 * (2.2 * (at + t)).sin();
            let (from, to) = (VOWELS[syllable as usize % 5], VOWELS[(syllable as usize + 2) % 5]);
            let glide = move |t: f64| std::array::from_fn(|k| from[k] + (to[k] - from[k]) * t / 0.15);
            add(0.25 + at, vowel(pitch, glide, 0.15));
        }
        let moving = |t: f64| VOWELS[(t * 10.0) as usize % 5];
        let steady = |_: f64| UH;
        let timbre: &dyn Fn(f64) -> [f64; 2] = if timbre_moves { &moving } else { &steady };
        add(3.0, vowel(event, timbre, event_seconds));
        analyse(Clip::new(samples.into_iter().map(|x| x as f32).collect(), RATE)).filled_pauses.events
    }

    /// Midpoints of the counted events of one of our own recordings.
    fn counted(recording: &str) -> Vec<f64> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(recording);
        let clip = decode(&path, Channel::Mix).expect("a fixture can be read").clip;
        let events = analyse(clip).filled_pauses.events.into_iter().filter(|event| event.counted);
        events.map(|event| event.interval.middle().0).collect()
    }

    #[test]
    fn every_um_of_a_hesitant_speaker_is_counted_and_nothing_of_a_fluent_one() {
        let labels = include_str!("../../../fixtures/speech/labels.tsv");
        for recording in [
            "demo.wav", "hesitant-us.wav", "hesitant-gb.wav", "near-miss-us.wav", "near-miss-gb.wav",
            "lively.wav",
        ] {
            let rows = labels.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            let times: Vec<(f64, f64)> = rows
                .filter(|row| row[0] == recording && row.len() > 2)
                .map(|row| (row[1].parse().expect("seconds"), row[2].parse().expect("seconds")))
                .collect();
            let found = counted(recording);
            assert_eq!(found.len(), times.len(), "{recording}: {found:?}");
            for (middle, (start, end)) in found.iter().zip(times) {
                assert!(start <= *middle && *middle <= end, "{recording}: {middle} in {start} to {end}");
            }
        }
    }

    #[test]
    fn a_stretch_is_long_enough_and_has_the_mean_of_its_likeliest_frames() {
        let short = [0.0, 0.9, 0.9, 0.9, 0.0];
        assert_eq!(stretches(&short, SOUNDING), []);
        let mut probabilities = vec![0.1; 5];
        probabilities.extend([0.4; 30]);
        probabilities.extend([0.7; 15]);
        let found = stretches(&probabilities, SOUNDING);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 5..50);
        assert!((found[0].1 - 0.55).abs() < 1e-6, "{}", found[0].1);
        assert_eq!(stretches(&[], SOUNDING), []);
    }

    #[test]
    fn a_climb_is_measured_past_gaps_and_jumps_of_an_octave() {
        let climb: Vec<Option<f64>> = (0..50)
            .map(|n| (n % 9 > 0).then(|| 0.2 * f64::from(n) + if n < 25 { 0.0 } else { 12.0 }))
            .collect();
        assert!((rise(&climb) - 10.0).abs() < 0.5, "{}", rise(&climb));
        let jump: Vec<Option<f64>> = (0..50).map(|n| Some(if n < 25 { 0.0 } else { 12.0 })).collect();
        assert_eq!((rise(&jump), rise(&[None; 40]), rise(&[])), (0.0, 0.0, 0.0));
    }

    #[test]
    fn the_threshold_is_half_and_the_order_stays() {
        assert!((confidence(0.8, 0.8) - COUNTED_FROM).abs() < 1e-12);
        assert!(confidence(0.0, 0.8) < 0.01 && confidence(1.0, 0.8) > 0.99);
        assert!(confidence(0.7, 0.8) < confidence(0.75, 0.8));
    }

    #[test]
    fn a_gliding_or_changing_vowel_is_not() {
        assert!(found(|t| 125.0 + 200.0 * t, 0.5, false).iter().all(|event| !event.counted));
        assert!(found(|_| 125.0, 0.5, true).iter().all(|event| !event.counted));
    }

    #[test]
    fn a_tone_that_does_not_end_is_nobody() {
        let tone = voice(|_| 125.0, 5.0, RATE).into_iter().map(|x| x as f32).collect();
        assert_eq!(analyse(Clip::new(tone, RATE)).filled_pauses, Heard::default());
    }
}
