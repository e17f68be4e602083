//! How phrases end, and how the recording does: sinking below hearing, or cut off.
//!
//! Limits are ours. In 160 utterances of fluent read speech the ends of phrases lie a median 3 dB below the phrase and
//! 1 in 100 lies more than 14 dB below it; none of those recordings ends in the middle of a sound.

use crate::analysis::level::{LIPS_CLOSED, mean_power_db};
use crate::analysis::{Analysis, F0Contour, IntensityContour};
use crate::statistics::median;
use crate::units::{Decibels, Interval, Seconds, total_length};

/// A shorter stretch of speech is no phrase whose end could be compared with the rest of it.
const SHORTEST_PHRASE: Seconds = Seconds(1.0);
/// What is taken as its end: the last stressed syllable or two.
const END: Seconds = Seconds(0.3);
/// Voiced frames an end needs: 30 ms, or it is a consonant and says nothing of the voice.
const MIN_VOICE: Seconds = Seconds(0.03);
/// Below the voice of its phrase by which an end is no longer heard.
pub const FAINT: Decibels = Decibels(14.0);

/// What is left after the last sound of a recording that was ended and not cut (60 ms: a release or a breath).
const MIN_RELEASE: Seconds = Seconds(0.06);
/// Silence after it: it was not cut in the middle.
const MIN_SILENCE: Seconds = Seconds(0.02);
/// Below the median of the voice, within which the last 40 ms are of a sound that is still in full swing.
const IN_FULL_SWING: Decibels = Decibels(10.0);

/// The ends of phrases, `speech`, whose voice lies far below that of the phrase, in time order.
pub fn trailing(intensity: &IntensityContour, f0: &F0Contour, speech: &[Interval]) -> Vec<Interval> {
    let nexts = speech.iter().skip(1).map(|next| next.start).chain([Seconds(f64::INFINITY)]);
    let phrases = speech.iter().zip(nexts).filter(|(phrase, _)| SHORTEST_PHRASE <= phrase.length());
    let ends = phrases.filter_map(|(phrase, next)| {
        let voice_end = voice_end(f0, *phrase, next);
        let end = Interval { start: voice_end - END, end: voice_end };
        let whole = median(voiced_levels(intensity, f0, *phrase))?;
        let last = voiced_levels(intensity, f0, end);
        let is_voiced = MIN_VOICE.0 <= last.len() as f64 * f0.step.0;
        (is_voiced && whole - mean_power_db(&last, 1)? > FAINT.0).then_some(end)
    });
    ends.collect()
}

/// The last stretch of speech, where the recording ends in the middle of a sound; else `None`. In loud noise every end is as
/// loud as the voice, and in two seconds without a pause nobody knows how loud it is: nothing is said of either.
pub fn cut_off(analysis: &Analysis) -> Option<Interval> {
    let Analysis { voice_intensity, end_db, f0, speech, duration: length, sound_end, level, .. } = analysis;
    let is_noise_known =
        level.snr.is_some() || level.has_silent_pauses || LIPS_CLOSED <= total_length(speech);
    if level.is_noise_guessed || !is_noise_known {
        return None;
    }
    let (length, sound_end) = (*length, *sound_end);
    let last = *speech.last()?;
    let voice = median(voiced_levels(voice_intensity, f0, Interval { start: Seconds(0.0), end: length }))?;
    let goes_on = length - last.end < MIN_RELEASE
        && length - sound_end < MIN_SILENCE
        && voice - end_db < IN_FULL_SWING.0;
    goes_on.then(|| Interval { start: Seconds(last.start.0.max(last.end.0 - END.0)), end: last.end })
}

/// Where the voice of a phrase has died away: it may go on below what is taken for speech.
fn voice_end(f0: &F0Contour, phrase: Interval, next: Seconds) -> Seconds {
    let mut end = phrase.end;
    for (time, _) in
        f0.voiced_within(Interval { start: end, end: Seconds(next.0.min((phrase.end + LONGEST_FADE).0)) })
    {
        if MOST_UNVOICED < time - end {
            break;
        }
        end = time;
    }
    end
}

/// A voice that goes on for longer is another sound; ours.
const LONGEST_FADE: Seconds = Seconds(1.5);
/// Of a voice that goes on: a stop's closure.
const MOST_UNVOICED: Seconds = Seconds(0.06);

fn voiced_levels(intensity: &IntensityContour, f0: &F0Contour, interval: Interval) -> Vec<f64> {
    let times = f0.voiced_within(interval).map(|(time, _)| time);
    times.filter_map(|time| intensity.at(time)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::analysis::f0::tests::voice;
    use crate::audio::Clip;

    const RATE: u32 = 16_000;

    /// A voice of `seconds` whose loudness over time is `gain`, with half a second of silence before and `after` behind.
    fn recorded(gain: impl Fn(f64) -> f64, seconds: f64, after: f64) -> Clip {
        let silence = |seconds: f64| vec![0.0_f32; (seconds * f64::from(RATE)) as usize];
        let samples = voice(|t| 120.0 + 10.0 * (3.0 * t).sin(), seconds, RATE);
        let loud = samples.iter().enumerate().map(|(i, x)| (x * gain(i as f64 / f64::from(RATE))) as f32);
        Clip::new([silence(0.5), loud.collect(), silence(after)].concat(), RATE)
    }

    #[test]
    fn a_phrase_that_fades_is_found_and_one_that_ends_is_not() {
        let of = |clip: &Clip| {
            let analysis = analyse(clip.clone());
            trailing(&analysis.intensity, &analysis.f0, &analysis.speech).len()
        };
        assert_eq!(of(&recorded(|t| if t < 1.6 { 0.5 } else { 0.05 }, 2.0, 0.5)), 1);
        assert_eq!(of(&recorded(|t| 0.5 - 0.1 * t, 2.0, 0.5)), 0);
        let sinks_below_speech = |t: f64| 0.5 * 10.0_f64.powf(-1.8 * (t - 1.2).clamp(0.0, 0.8));
        assert_eq!(of(&recorded(sinks_below_speech, 2.0, 0.5)), 1);
    }

    #[test]
    fn a_recording_that_stops_in_a_sound_is_cut_off() {
        let of = |clip: &Clip| cut_off(&analyse(clip.clone())).is_some();
        assert!(of(&recorded(|_| 0.5, 2.0, 0.0)));
        assert!(!of(&recorded(|_| 0.5, 2.0, 0.3)));
        assert!(!of(&recorded(|_| 0.5, 2.0, 0.05)), "silence is all that follows");
        assert!(!of(&recorded(|t| 0.5 * (2.0 - t).min(0.1) * 10.0, 2.0, 0.1)));
        assert!(!of(&Clip::new(vec![0.0; 16_000], RATE)));
    }
}
