//! A hum of the mains, a fan or a fridge, which F0 analysis takes for a voice wherever nothing louder sounds.

use super::f0::{F0Contour, F0Frame, Parameters, f0_contour};
use super::intensity::IntensityContour;
use crate::audio::Clip;
use crate::statistics::{median, quantile};
use crate::units::{Hertz, Interval, Seconds, Semitones};

/// Time without speech in which a hum shows itself, and the most that is listened to; ours.
const MIN_HEARD: Seconds = Seconds(0.3);
const MOST_HEARD: Seconds = Seconds(10.0);
/// A shorter pause has too little of a hum, for the windows in which F0 is sought.
const SHORTEST_REST: Seconds = Seconds(0.1);
/// Share of that time that has an F0; ours.
const MOSTLY: f64 = 0.5;
/// How far the middle four fifths of that F0 may lie apart: no voice holds a note so exactly (ours).
const STEADY: Semitones = Semitones(0.5);
/// Above the hum's own level, below which a frame has more of the hum than of a voice, and below which one at about the hum's F0
/// has; ours.
const OF_HUM_DB: f64 = 6.0;
const HARDLY_LOUDER_DB: f64 = 12.0;
const ABOUT: Semitones = Semitones(1.0);

/// What hums where nobody speaks.
pub struct Hum {
    f0: Hertz,
    level_db: f64,
    /// Where nobody speaks.
    rest: Vec<Interval>,
}

impl Hum {
    /// `None` where nothing hums. `signals` of a telephone are no hum.
    pub fn of(
        clip: &Clip,
        intensity: &IntensityContour,
        speech: &[Interval],
        signals: &[Interval],
    ) -> Option<Self> {
        let mut taken = [speech, signals].concat();
        taken.sort_by(|one, other| one.start.0.total_cmp(&other.start.0));
        let rest = Interval { start: Seconds(0.0), end: clip.duration() }.without(&taken);
        let (mut heard, mut n_frames, mut levels) = (Vec::new(), 0, Vec::new());
        let mut listened = 0.0;
        for part in rest.iter().filter(|part| SHORTEST_REST <= part.length()) {
            if MOST_HEARD.0 <= listened {
                break;
            }
            let part =
                Interval { end: Seconds(part.end.0.min(part.start.0 + MOST_HEARD.0 - listened)), ..*part };
            let contour = sought(clip, part);
            heard.extend(contour.voiced().map(|(_, f0)| f0.0));
            n_frames += contour.frames.len();
            levels.extend_from_slice(intensity.within(part));
            listened += part.length().0;
        }
        let is_voiced = MOSTLY * n_frames as f64 <= heard.len() as f64;
        let share = |share| quantile(heard.iter().copied(), share).map(Hertz);
        let is_steady = share(0.9)?.semitones_above(share(0.1)?).0 < STEADY.0;
        let f0 = Hertz(median(heard.iter().copied())?);
        (MIN_HEARD.0 <= listened && is_voiced && is_steady).then_some(Self {
            f0,
            level_db: median(levels)?,
            rest,
        })
    }

    /// The contour without all that is not speech, and without the frames of speech that are hardly louder than the hum.
    pub fn removed_from(&self, f0: F0Contour, intensity: &IntensityContour) -> F0Contour {
        let mut f0 = f0.without(&self.rest);
        for index in 0..f0.frames.len() {
            let is_about = |f0: Hertz| f0.semitones_above(self.f0).0.abs() < ABOUT.0;
            let above = intensity.at(f0.time_of(index)).map_or(0.0, |db| db - self.level_db);
            let is_at_hum = f0.frames[index].f0.is_some_and(is_about);
            if above < OF_HUM_DB || is_at_hum && above < HARDLY_LOUDER_DB {
                f0.frames[index] = F0Frame { f0: None, strength: 0.0 };
            }
        }
        f0
    }
}

/// F0 of a part of the clip, however soft it is.
fn sought(clip: &Clip, part: Interval) -> F0Contour {
    let rate = f64::from(clip.sample_rate_hz());
    let index = |time: Seconds| ((time.0 * rate) as usize).min(clip.samples().len());
    let samples = clip.samples()[index(part.start)..index(part.end)].to_vec();
    let parameters = Parameters { silence_threshold: 0.0, ..Parameters::default() };
    f0_contour(&Clip::new(samples, clip.sample_rate_hz()), &parameters)
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::analysis::f0::tests::voice;
    use crate::audio::Clip;
    use crate::metrics::pitch;
    use crate::units::total_length;

    /// A lively voice about 200 Hz with pauses, and a hum of 100 Hz under all of it.
    fn median_f0(hum: f64) -> f64 {
        let rate = 16_000;
        let mut samples: Vec<f64> =
            (0..6 * rate).map(|i| hum * (628.318 * f64::from(i) / f64::from(rate)).sin()).collect();
        for second in [0, 2, 4] {
            let start = (second * rate + 4_000) as usize;
            let spoken = voice(|t| 200.0 + 20.0 * (6.0 * t).sin(), 1.0, rate as u32);
            samples[start..].iter_mut().zip(spoken).for_each(|(sample, voice)| *sample += voice);
        }
        let analysis = analyse(Clip::new(samples.into_iter().map(|x| x as f32).collect(), rate as u32));
        let voice = pitch::voice(&analysis.f0, total_length(&analysis.speech));
        let [median, ..] = pitch::pitch(&voice);
        median.value.expect("there is a voice")
    }

    #[test]
    fn a_hum_is_nobodys_voice() {
        let clean = median_f0(0.0);
        assert!((median_f0(0.01) - clean).abs() < 2.0, "{} and {clean}", median_f0(0.01));
    }
}
