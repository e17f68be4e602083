//! What can be measured in a clip without knowing its words: F0, intensity, speech, syllable nuclei, filled pauses, level.
//!
//! [`analyse`] does all of it once; the modules do one thing each and are functions of their arguments.

mod columns;
mod dialling;
pub mod f0;
pub mod filled_pauses;
mod filter;
mod hum;
pub mod intensity;
pub mod level;
pub mod nuclei;
mod peaks;
pub mod phone_line;
pub mod rumble;
mod signals;
pub mod spectrum;
pub mod speech;
pub mod tones;

use crate::audio::{Clip, Extent, Listener, Resampling, into_rate};
use crate::units::{Interval, Seconds};

pub use columns::Columns;
pub use f0::{F0Contour, F0Frame};
pub use filled_pauses::FilledPause;
use intensity::IntensityMeter;
pub use intensity::{IntensityContour, NOTHING_DB};
pub use level::Level;
use level::LevelMeter;
pub use phone_line::PhoneLine;

/// Rate at which voices are analysed: F0 and vowels lie far below 8 kHz, and higher rates only cost time.
const ANALYSIS_RATE_HZ: u32 = 16_000;

/// All that is measured in a clip. Lists are in time order and may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub duration: Seconds,
    /// Within the speaker's own range, see [`f0::speaker_contour`] and [`f0::deep_contour`]; unvoiced where [`Self::signals`] sound.
    pub f0: F0Contour,
    /// Praat's intensity of the recording as it is, 5 ms apart.
    pub intensity: IntensityContour,
    /// The same without rumble, which nobody hears.
    pub voice_intensity: IntensityContour,
    /// That of the last 40 ms, without rumble; [`NOTHING_DB`] of digital silence.
    pub end_db: f64,
    /// [`Self::signals`] are none.
    pub speech: Vec<Interval>,
    /// Keys of a telephone, its beep and the tones of its line.
    pub signals: Vec<Interval>,
    /// What was taken for speech is tones (a fax, notes of music), or there are signals and no speech.
    pub is_tonal: bool,
    /// Between the first and the last speech.
    pub pauses: Vec<Interval>,
    /// Centres of syllables.
    pub nuclei: Vec<Seconds>,
    /// None where nobody speaks.
    pub filled_pauses: filled_pauses::Heard,
    pub level: Level,
    /// `None` without speech, or without anything beside it.
    pub phone_line: Option<PhoneLine>,
    /// Where the last sound ends, of whatever kind; what follows is silence.
    pub sound_end: Seconds,
}

/// Measures `clip`, of any rate and length, in a few milliseconds per second of sound.
///
/// It takes the clip, so that of an hour of samples no second copy is ever in memory.
pub fn analyse(clip: Clip) -> Analysis {
    let (duration, intensity, level) = (clip.duration(), standard_intensity(&clip), Level::of(&clip));
    analysis(duration, intensity, level, at_analysis_rate(clip))
}

/// [`analyse`], of a recording that comes in pieces: what is kept of it is at the rate of analysis at most.
pub struct Hearing {
    duration: Seconds,
    intensity: IntensityMeter,
    level: LevelMeter,
    voice: Resampling,
}

impl Hearing {
    /// Of a recording that is as long as `extent` says.
    pub fn new(extent: Extent) -> Self {
        let rate = extent.sample_rate_hz;
        Self {
            duration: extent.duration(),
            intensity: IntensityMeter::new(extent, intensity::STANDARD_FLOOR, intensity::STANDARD_STEP),
            level: LevelMeter::new(rate),
            voice: Resampling::new(rate, rate.min(ANALYSIS_RATE_HZ)),
        }
    }

    pub fn duration(&self) -> Seconds {
        self.duration
    }

    pub fn analyse(self) -> Analysis {
        analysis(self.duration, self.intensity.finish(), self.level.finish(), self.voice.finish())
    }
}

impl Listener for Hearing {
    fn hear(&mut self, samples: &[f32]) {
        self.intensity.hear(samples);
        self.level.hear(samples);
        self.voice.hear(samples);
    }
}

/// `clip`: at the rate of analysis or below; the rest is of the recording as it is.
fn analysis(duration: Seconds, intensity: IntensityContour, level: Level, clip: Clip) -> Analysis {
    let voice = Voice::of(clip);
    let whole_f0 = voice.whole_f0();
    let Voice { clip: voice, intensity: voice_intensity, f0, speech, signals } = voice;
    // Where the voice is at another rate its nuclei come first, so that there are never three hours of samples for one.
    let (voice, nuclei) = if voice.sample_rate_hz() == ANALYSIS_RATE_HZ {
        (voice, None)
    } else {
        let nuclei = nuclei::syllable_nuclei(voice.clone(), &f0, &speech);
        (into_rate(voice, ANALYSIS_RATE_HZ), Some(nuclei))
    };
    let level = level.without(&signals, &voice);
    let (sound_end, end_db) = (sound_end(&voice), end_db(&voice));
    let phone_line = phone_line::phone_line(&voice, &speech, &signals);
    let spectra = spectrum::spectra(&voice);
    let nuclei = nuclei.unwrap_or_else(|| nuclei::syllable_nuclei(voice, &f0, &speech));
    let is_tonal = tones::is_tonal(&spectra, &speech) || speech.is_empty() && !signals.is_empty();
    let filled_pauses = match is_tonal {
        true => filled_pauses::Heard::default(),
        false => filled_pauses::filled_pauses(&spectra, &f0, &speech).without(&signals),
    };
    Analysis {
        duration,
        is_tonal,
        pauses: speech::pauses(&speech, &signals),
        nuclei,
        filled_pauses,
        level: level.with_noise(&voice_intensity, &speech, &signals),
        f0: whole_f0,
        intensity,
        voice_intensity,
        end_db,
        phone_line,
        speech,
        signals,
        sound_end,
    }
}

/// Where the last sample is that is more than a hundredth (−40 dB) of the loudest.
fn sound_end(clip: &Clip) -> Seconds {
    const FAINT: f32 = 0.01;
    let peak = clip.samples().iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let last = clip.samples().iter().rposition(|sample| FAINT * peak < sample.abs());
    Seconds(last.map_or(0.0, |last| (last + 1) as f64 / f64::from(clip.sample_rate_hz())))
}

/// Intensity of the end of a clip, which the contour does not reach: its frames lie half a window within.
fn end_db(clip: &Clip) -> f64 {
    const END: Seconds = Seconds(0.04);
    let end = Interval { start: Seconds((clip.duration() - END).0.max(0.0)), end: clip.duration() };
    level::samples_db(clip.slice(end)).max(NOTHING_DB)
}

/// How [`contours`] seeks F0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PitchMethod {
    /// As [`analyse`] does: within the speaker's own range, without rumble; see [`f0::speaker_contour`].
    TwoPass,
    /// One pass from 75 to 600 Hz over the recording as it is: Praat's raw autocorrelation with its standard settings.
    Raw,
}

/// F0 and intensity alone, as [`analyse`] has them where `method` is [`PitchMethod::TwoPass`].
pub fn contours(clip: Clip, method: PitchMethod) -> (F0Contour, IntensityContour) {
    let intensity = standard_intensity(&clip);
    let f0 = match method {
        PitchMethod::TwoPass => Voice::of(at_analysis_rate(clip)).whole_f0(),
        PitchMethod::Raw => f0::f0_contour(&at_analysis_rate(clip), &f0::Parameters::default()),
    };
    (f0, intensity)
}

/// What the network for filled pauses hears of each frame (10 ms): what it is trained on. Empty without speech.
pub fn filled_pause_frames(clip: Clip) -> Vec<filled_pauses::Inputs> {
    let voice = Voice::of(at_analysis_rate(clip));
    filled_pauses::inputs(&spectrum::spectra(&voice.clip), &voice.f0, &voice.speech)
}

/// What is left of a clip without rumble at the rate of analysis, and what all else starts from.
struct Voice {
    /// Without rumble, signals and hum.
    clip: Clip,
    /// With a hum: it is noise.
    intensity: IntensityContour,
    f0: F0Contour,
    speech: Vec<Interval>,
    signals: Vec<Interval>,
}

impl Voice {
    /// Of a clip at the rate of analysis or below.
    fn of(clip: Clip) -> Self {
        let clip = rumble::without_rumble(clip);
        let intensity = standard_intensity(&clip);
        let tones = signals::signals(&clip);
        let keys = dialling::keys(&clip);
        let (clip, voice_intensity) = match hum::tones(&clip).as_slice() {
            [] => (clip, None),
            hum => {
                let clip = hum::without(clip, hum);
                let intensity = standard_intensity(&clip);
                (clip, Some(intensity))
            }
        };
        // A loud beep would make soft speech silence.
        let clip = without_sound(clip, &tones);
        let f0 = f0::speaker_contour(&clip, &tones);
        let of_voice = voice_intensity.as_ref().unwrap_or(&intensity);
        let dialled = speech::dialled(of_voice, &f0, &keys);
        let signals = speech::joined(tones, dialled);
        let f0 = f0.without(&signals);
        let speech = speech::speech_intervals(of_voice, &f0, &signals);
        Self { clip, intensity, f0, speech, signals }
    }

    /// With what a deep voice has below the standard floor.
    fn whole_f0(&self) -> F0Contour {
        let deep = f0::deep_contour(&self.clip, &self.f0).map(|contour| contour.without(&self.signals));
        deep.unwrap_or_else(|| self.f0.clone())
    }
}

/// Silent in these intervals.
fn without_sound(clip: Clip, intervals: &[Interval]) -> Clip {
    if intervals.is_empty() {
        return clip;
    }
    let rate = clip.sample_rate_hz();
    let mut samples = clip.into_samples();
    let index = |time: Seconds, n: usize| ((time.0 * f64::from(rate)) as usize).min(n);
    for interval in intervals {
        let range = index(interval.start, samples.len())..index(interval.end, samples.len());
        samples[range].fill(0.0);
    }
    Clip::new(samples, rate)
}

fn standard_intensity(clip: &Clip) -> IntensityContour {
    intensity::intensity_contour(clip, intensity::STANDARD_FLOOR, intensity::STANDARD_STEP)
}

fn at_analysis_rate(clip: Clip) -> Clip {
    // Lower rates stay as they are: there is nothing above to be had.
    if clip.sample_rate_hz() > ANALYSIS_RATE_HZ { into_rate(clip, ANALYSIS_RATE_HZ) } else { clip }
}

#[cfg(test)]
mod tests {
    use super::f0::tests::{noise, voice};
    use super::*;

    fn clip(samples: impl IntoIterator<Item = f64>, rate: u32) -> Clip {
        Clip::new(samples.into_iter().map(|x| x as f32).collect(), rate)
    }

    #[test]
    fn silence_that_was_put_in_moves_no_pause_and_hides_no_noise() {
        let mut samples: Vec<f64> = noise(96_000, 0.02);
        for second in [0, 2, 4] {
            let start = second * 16_000 + 4_000;
            let voice = voice(|t| 120.0 + 20.0 * (6.0 * t).sin(), 1.0, 16_000);
            samples[start..start + 16_000].iter_mut().zip(voice).for_each(|(sample, voice)| *sample += voice);
        }
        let silence = vec![0.0; 16_000];
        let padded = analyse(clip([silence.clone(), samples.clone(), silence].concat(), 16_000));
        let alone = analyse(clip(samples, 16_000));
        assert_eq!(alone.speech.len(), 3);
        assert_eq!(padded.speech.len(), 3);
        for (one, other) in alone.speech.iter().zip(&padded.speech) {
            assert!((other.start.0 - one.start.0 - 1.0).abs() < 0.02, "{one:?} and {other:?}");
            assert!((other.end.0 - one.end.0 - 1.0).abs() < 0.02, "{one:?} and {other:?}");
        }
        let snr = |analysis: &Analysis| analysis.level.snr.expect("there are pauses").0;
        assert!((snr(&alone) - snr(&padded)).abs() < 0.5, "{} and {}", snr(&alone), snr(&padded));
    }

    #[test]
    fn where_nobody_pauses_loud_noise_is_guessed_and_a_clear_voice_has_none() {
        let samples = voice(|t| 120.0 + 20.0 * (6.0 * t).sin(), 4.0, 16_000);
        let in_noise: Vec<f64> =
            samples.iter().zip(noise(64_000, 0.4)).map(|(voice, noise)| voice + noise).collect();
        let level = analyse(clip(in_noise, 16_000)).level;
        assert!(level.snr.is_none_or(|snr| level.is_noise_guessed && snr.0 < 8.0), "{level:?}");
        let swelling = samples.iter().enumerate().map(|(i, x)| x * (0.55 - 0.45 * (i as f64 * 0.002).cos()));
        let level = analyse(clip(swelling.collect::<Vec<f64>>(), 16_000)).level;
        assert!(!level.is_noise_guessed, "{level:?}");
    }

    #[test]
    fn a_steady_noise_that_is_softer_than_the_voice_is_no_speech() {
        let voiced = voice(|t| 120.0 + 20.0 * (6.0 * t).sin(), 2.0, 16_000);
        let end_of_speech = |amplitude: f64| {
            let samples = [voiced.clone(), noise(64_000, amplitude)].concat();
            analyse(clip(samples, 16_000)).speech.last().expect("somebody speaks").end.0
        };
        assert!(end_of_speech(0.08) < 2.2, "{}", end_of_speech(0.08));
        assert!(5.0 < end_of_speech(0.6), "as loud as the voice it may hide one: {}", end_of_speech(0.6));
    }

    #[test]
    fn clips_of_any_length_rate_and_size_are_measured_without_a_panic() {
        for n in [0, 1, 2, 100, 700, 5_000] {
            for rate in [8_000, 16_000, 44_100, 192_000] {
                for amplitude in [0.0, 1e-9, 1.0, 1e9] {
                    let analysis = analyse(clip(noise(n, amplitude), rate));
                    assert!(analysis.intensity.values_db.iter().all(|db| db.is_finite()));
                    assert!(analysis.level.snr.is_none_or(|snr| snr.0.is_finite()));
                }
            }
        }
    }

    #[test]
    fn silence_and_noise_have_nothing_in_them() {
        for samples in [vec![0.0; 48_000], noise(48_000, 0.2), vec![0.3; 48_000]] {
            let analysis = analyse(clip(samples, 16_000));
            assert_eq!((analysis.speech, analysis.nuclei.len()), (vec![], 0));
            assert_eq!(analysis.filled_pauses, filled_pauses::Heard::default());
        }
    }

    #[test]
    fn the_contours_alone_are_those_of_the_analysis_and_the_raw_one_keeps_what_the_speaker_cannot_say() {
        // A low voice, and for a moment something high: a whistle, or somebody else.
        let mut samples = voice(|t| 100.0 + 5.0 * t, 4.0, 16_000);
        samples.extend(voice(|_| 400.0, 0.15, 16_000));
        let clip = clip(samples, 16_000);
        let analysis = analyse(clip.clone());
        assert_eq!(contours(clip.clone(), PitchMethod::TwoPass), (analysis.f0.clone(), analysis.intensity));
        let highest = |f0: &F0Contour| f0.voiced().map(|(_, hertz)| hertz.0).fold(0.0, f64::max);
        let (raw, _) = contours(clip, PitchMethod::Raw);
        assert!(
            highest(&analysis.f0) < 250.0 && highest(&raw) > 390.0,
            "{} {}",
            highest(&analysis.f0),
            highest(&raw)
        );
    }

    #[test]
    fn what_comes_in_pieces_is_the_same() {
        for rate in [8_000, 16_000, 44_100] {
            let mut samples = noise(rate as usize, 1e-3);
            samples.extend(voice(|t| 120.0 + 30.0 * t, 1.5, rate).iter().map(|x| 1.5 * x));
            samples.extend(noise(rate as usize / 2, 1e-3));
            let clip = clip(samples, rate);
            for length in [1, 1_152, 100_000] {
                let mut hearing =
                    Hearing::new(Extent { sample_rate_hz: rate, n_samples: clip.samples().len() });
                clip.samples().chunks(length).for_each(|piece| hearing.hear(piece));
                assert!(hearing.analyse() == analyse(clip.clone()), "{rate} Hz in pieces of {length}");
            }
        }
    }

    #[test]
    fn everything_is_in_order_and_inside_the_clip() {
        let mut samples = noise(80_000, 1e-4);
        for (start, seconds) in [(8_000, 1.0), (32_000, 0.6), (56_000, 1.0)] {
            for (sample, x) in samples[start..].iter_mut().zip(voice(|t| 120.0 + 40.0 * t, seconds, 16_000)) {
                *sample += x;
            }
        }
        let analysis = analyse(clip(samples, 16_000));
        assert_eq!((analysis.speech.len(), analysis.pauses.len()), (3, 2));
        assert_eq!(analysis.nuclei.len(), 3);
        assert!(
            analysis.speech.iter().all(|speech| speech.start < speech.end && speech.end <= analysis.duration)
        );
        assert!(analysis.level.snr.unwrap().0 > 40.0);
    }
}
