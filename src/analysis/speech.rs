//! When somebody speaks, and the pauses between.
//!
//! By energy, as Praat's *silences* and de Jong & Wempe (2009, Behavior Research Methods 41(2), 385-390) do, with two
//! additions: the threshold stays clear of the recording's own noise, and a steady noise without any voice is no speech.

use super::f0::F0Contour;
use super::intensity::{IntensityContour, NOTHING_DB, SILENCE_DB};
use crate::statistics::{median, quantile};
use crate::units::{Interval, Seconds};

/// Below the loudest hundredth of frames (the 0.99 quantile, so that one click does not set the scale) by which a frame
/// is still speech: de Jong & Wempe's 25 dB.
const BELOW_LOUDEST_DB: f64 = 25.0;
/// Share of frames taken as noise: even fluent messages pause or close their lips for a twentieth of the time.
const NOISE_QUANTILE: f64 = 0.05;
/// Above the noise by which a frame stands out from its fluctuations, which reach 4 dB in windows of 30 ms.
const ABOVE_NOISE_DB: f64 = 5.0;
/// The threshold never comes closer to the loudest frames, or noisy recordings would have no speech left.
const MIN_RANGE_DB: f64 = 10.0;
/// The shortest pause; shorter silences are closures of stops (Hincks 2005: pauses are longer than 250 ms).
pub const MIN_PAUSE: Seconds = Seconds(0.25);
/// Sound shorter than this is a click or a lip smack.
const MIN_SOUND: Seconds = Seconds(0.1);
/// Voice that makes a stretch speech: 40 ms, the shortest syllables' vowels.
const MIN_VOICE: Seconds = Seconds(0.04);

/// Neither consonants nor a whispered phrase are steady for so long; ours.
const SHORTEST_NOISE: Seconds = Seconds(2.0);
/// Between the quartiles of the intensity of a noise; those of whispered phrases lie further apart. Ours.
const STEADY_DB: f64 = 1.5;
/// Below the median of the voice by which a noise is told from what may hide one; ours.
const SOFTER_DB: f64 = 6.0;

/// Speech without a voice that F0 analysis finds: a creaking, hoarse or whispered phrase in a recording that has voice
/// elsewhere. Shorter than this it is a breath or a noise.
const MIN_UNVOICED: Seconds = Seconds(0.4);

/// The stretches of speech in time order, at least [`MIN_PAUSE`] apart; empty where nothing is voiced. `signals`, in time
/// order and not overlapping, are none.
pub fn speech_intervals(intensity: &IntensityContour, f0: &F0Contour, signals: &[Interval]) -> Vec<Interval> {
    let Some(threshold) = threshold_db(intensity, f0, BELOW_LOUDEST_DB) else { return Vec::new() };
    let voice_in = |sound: &Interval| Seconds(f0.voiced_within(*sound).count() as f64 * f0.step.0);
    let is_sound = |sound: &Interval| sound.length() >= MIN_SOUND || voice_in(sound) >= MIN_VOICE;
    let sounds = stretches_above(intensity, threshold)
        .into_iter()
        .flat_map(|sound| sound.without(signals))
        .filter(is_sound);
    let is_speech = |stretch: &Interval| voice_in(stretch) >= MIN_VOICE || stretch.length() >= MIN_UNVOICED;
    let voice = median(f0.voiced().filter_map(|(time, _)| intensity.at(time))).unwrap_or_default();
    let without_noise = |stretch: Interval| stretch.without(&steady_noise(stretch, intensity, f0, voice));
    bridged(sounds).into_iter().flat_map(without_noise).filter(is_speech).collect()
}

/// Where within a stretch nobody has a voice for [`SHORTEST_NOISE`] or more, and it is as loud throughout and softer than
/// the `voice` of the recording, in dB. As loud as that it may drown a voice, or be a whisper that was levelled.
fn steady_noise(
    stretch: Interval,
    intensity: &IntensityContour,
    f0: &F0Contour,
    voice: f64,
) -> Vec<Interval> {
    let mut noises = Vec::new();
    let mut end_of_voice = stretch.start;
    let voiced: Vec<Seconds> = f0.voiced_within(stretch).map(|(time, _)| time).collect();
    let runs = voiced.chunk_by(|one, next| (*next - *one).0 < 1.5 * f0.step.0);
    let runs = runs.map(|run| (run[0], run[run.len() - 1]));
    // In noise F0 analysis finds a voice for a moment here and there.
    let runs = runs.filter(|(start, end)| MIN_VOICE.0 <= (*end - *start).0 + f0.step.0);
    for (start, end) in runs.chain([(stretch.end, stretch.end)]) {
        let gap = Interval { start: end_of_voice, end: start };
        end_of_voice = end;
        let levels = || intensity.within(gap).iter().copied();
        let is_steady = || Some(quantile(levels(), 0.75)? - quantile(levels(), 0.25)? < STEADY_DB);
        let is_soft = || Some(median(levels())? < voice - SOFTER_DB);
        if SHORTEST_NOISE <= gap.length() && is_steady() == Some(true) && is_soft() == Some(true) {
            noises.push(gap);
        }
    }
    noises
}

/// Both lists as one in time order; what overlaps is one.
pub fn joined(one: Vec<Interval>, other: Vec<Interval>) -> Vec<Interval> {
    let mut all = [one, other].concat();
    all.sort_by(|one, other| one.start.0.total_cmp(&other.start.0));
    let mut joined: Vec<Interval> = Vec::new();
    for next in all {
        match joined.last_mut() {
            Some(last) if next.start <= last.end => last.end = Seconds(last.end.0.max(next.end.0)),
            _ => joined.push(next),
        }
    }
    joined
}

/// The sounds that are `keys` of a telephone for more than half; a vowel is like one for a moment.
pub fn dialled(intensity: &IntensityContour, f0: &F0Contour, keys: &[Interval]) -> Vec<Interval> {
    if keys.is_empty() {
        return Vec::new();
    }
    let Some(threshold) = threshold_db(intensity, f0, BELOW_LOUDEST_DB) else { return Vec::new() };
    stretches_above(intensity, threshold).into_iter().filter(|sound| is_mostly(keys, *sound)).collect()
}

/// Whether `intervals`, in time order, are more than half of `whole`.
fn is_mostly(intervals: &[Interval], whole: Interval) -> bool {
    let first = intervals.partition_point(|interval| interval.end <= whole.start);
    let within = intervals[first..].iter().take_while(|interval| interval.start < whole.end);
    let length: f64 = within.map(|one| one.end.0.min(whole.end.0) - one.start.0.max(whole.start.0)).sum();
    whole.length().0 < 2.0 * length
}

/// Between speech and noise, left out of both: the fall of the last sound and the room's echo.
const MARGIN: Seconds = Seconds(0.05);

/// Where a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Speech,
    /// Too near to speech to be noise alone.
    Between,
    Clear,
}

/// Tells moments of speech from those clear of it; asked in the order of time, each interval is left behind once.
pub struct Places<'a> {
    ahead: &'a [Interval],
}

impl<'a> Places<'a> {
    pub fn new(speech: &'a [Interval]) -> Self {
        Self { ahead: speech }
    }

    /// `time`: no earlier than the one before.
    pub fn of(&mut self, time: Seconds) -> Place {
        while let [first, rest @ ..] = self.ahead
            && first.end.0 + MARGIN.0 < time.0
        {
            self.ahead = rest;
        }
        match self.ahead.first() {
            // Of two intervals closer than the margin both may hold the moment.
            _ if self.ahead.iter().take(2).any(|speech| speech.contains(time)) => Place::Speech,
            Some(next) if next.start.0 - MARGIN.0 <= time.0 => Place::Between,
            _ => Place::Clear,
        }
    }
}

/// The gaps between intervals of speech: between the first and the last only, for what lies outside is not a pause. A signal
/// in one parts it.
pub fn pauses(speech: &[Interval], signals: &[Interval]) -> Vec<Interval> {
    let gaps = speech.windows(2).map(|pair| Interval { start: pair[0].end, end: pair[1].start });
    gaps.flat_map(|gap| gap.without(signals)).filter(|pause| MIN_PAUSE <= pause.length()).collect()
}

/// The level above which a frame is taken as sound; `None` where no frame is voiced.
///
/// The scale is set by the voiced frames, so that a door or a car horn does not hide the speech.
pub(super) fn threshold_db(
    intensity: &IntensityContour,
    f0: &F0Contour,
    below_loudest_db: f64,
) -> Option<f64> {
    let loudest = quantile(f0.voiced().filter_map(|(time, _)| intensity.at(time)), 0.99)?;
    let noise = noise_db(intensity, f0, loudest).unwrap_or(SILENCE_DB);
    Some((loudest - below_loudest_db).max(noise + ABOVE_NOISE_DB).min(loudest - MIN_RANGE_DB))
}

/// What is heard in the quietest twentieth of the time. Silence that was put there tells nothing of it, nor does a voice that
/// sinks; `None` where hardly anything else is.
fn noise_db(intensity: &IntensityContour, f0: &F0Contour, loudest: f64) -> Option<f64> {
    let nothing = NOTHING_DB.max(loudest - QUIETEST_ROOM_DB);
    let (mut n_frames, mut unvoiced) = (0, Vec::new());
    for (index, &db) in intensity.values_db.iter().enumerate().filter(|(_, db)| nothing < **db) {
        n_frames += 1;
        if f0.at(intensity.time_of(index)).is_none_or(|frame| frame.f0.is_none()) {
            unvoiced.push(db);
        }
    }
    let share = NOISE_QUANTILE * f64::from(n_frames) / unvoiced.len() as f64;
    (share <= 1.0).then(|| quantile(unvoiced, share))?
}

/// Below the loudest voice by which no room is quieter: what is has no room in it (ours; a studio has 60 dB below speech).
pub(super) const QUIETEST_ROOM_DB: f64 = 60.0;

fn stretches_above(intensity: &IntensityContour, threshold: f64) -> Vec<Interval> {
    let half = 0.5 * intensity.step.0;
    let mut stretches: Vec<Interval> = Vec::new();
    let mut open: Option<Seconds> = None;
    for (index, &value) in intensity.values_db.iter().enumerate() {
        let edge = Seconds(intensity.time_of(index).0 - half);
        match open {
            None if value > threshold => open = Some(edge),
            Some(start) if value <= threshold => {
                stretches.push(Interval { start, end: edge });
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        stretches
            .push(Interval { start, end: Seconds(intensity.time_of(intensity.values_db.len()).0 - half) });
    }
    stretches
}

/// Joins what silences shorter than [`MIN_PAUSE`] part.
fn bridged(sounds: impl Iterator<Item = Interval>) -> Vec<Interval> {
    let mut joined: Vec<Interval> = Vec::new();
    for sound in sounds {
        match joined.last_mut() {
            Some(last) if sound.start - last.end < MIN_PAUSE => last.end = sound.end,
            _ => joined.push(sound),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::f0::tests::{noise, voice};
    use super::super::{f0, intensity};
    use super::*;
    use crate::audio::Clip;

    const RATE: u32 = 16_000;

    fn speech_in(samples: &[f64]) -> Vec<Interval> {
        let clip = Clip::new(samples.iter().map(|&x| x as f32).collect(), RATE);
        let contour =
            intensity::intensity_contour(&clip, intensity::STANDARD_FLOOR, intensity::STANDARD_STEP);
        speech_intervals(&contour, &f0::f0_contour(&clip, &f0::Parameters::default()), &[])
    }

    /// Voice in `bursts` of a recording `seconds` long, over noise.
    fn bursts(bursts: &[(f64, f64)], seconds: f64, noise_amplitude: f64) -> Vec<f64> {
        let mut samples = noise((seconds * f64::from(RATE)) as usize, noise_amplitude);
        for &(start, end) in bursts {
            let at = (start * f64::from(RATE)) as usize;
            for (sample, x) in samples[at..].iter_mut().zip(voice(|_| 130.0, end - start, RATE)) {
                *sample += x;
            }
        }
        samples
    }

    #[test]
    fn bursts_are_found_where_they_are_loud_or_soft_clean_or_noisy() {
        let truth = [(0.5, 1.5), (2.0, 2.4), (3.0, 4.0)];
        for (gain, noise_amplitude) in [(1.0, 1e-5), (1.0, 0.01), (0.01, 0.01), (1.0, 0.05)] {
            let samples: Vec<f64> = bursts(&truth, 5.0, noise_amplitude).iter().map(|x| x * gain).collect();
            let found = speech_in(&samples);
            assert_eq!(found.len(), 3, "{found:?}");
            for (found, truth) in found.iter().zip(truth) {
                assert!(
                    (found.start.0 - truth.0).abs() < 0.05 && (found.end.0 - truth.1).abs() < 0.05,
                    "{found:?}"
                );
            }
            let pauses = pauses(&found, &[]);
            assert_eq!(pauses.len(), 2);
            assert!((pauses[1].length().0 - 0.6).abs() < 0.1, "{pauses:?}");
        }
    }

    #[test]
    fn short_silences_are_no_pauses() {
        assert_eq!(speech_in(&bursts(&[(0.5, 1.0), (1.15, 2.0)], 3.0, 1e-4)).len(), 1);
    }

    #[test]
    fn silence_noise_and_nothing_are_no_speech() {
        assert_eq!(speech_in(&vec![0.0; 32_000]), []);
        assert_eq!(speech_in(&noise(32_000, 0.3)), []);
        assert_eq!(speech_in(&[]), []);
        assert_eq!(speech_in(&[0.5]), []);
        assert_eq!(pauses(&[], &[]), []);
    }
}
