//! What the network hears of each frame: relative to the clip, so that neither the voice nor the line decides.

use std::ops::Range;

use super::super::f0::F0Contour;
use super::super::spectrum::{N_COEFFICIENTS, Spectra, SpectralFrame};
use super::super::speech::QUIETEST_ROOM_DB;
use crate::statistics::quantile;
use crate::units::{Hertz, Interval};

/// Numbers a frame: level, cepstral coefficients, strength of the voice, whether there is one, and its F0.
pub const N_INPUTS: usize = N_COEFFICIENTS + 4;
pub type Inputs = [f32; N_INPUTS];

/// The frames of a clip in which somebody speaks.
pub struct Frames<'a> {
    spectra: &'a [SpectralFrame],
    f0: &'a F0Contour,
    /// The level that a frame of sound exceeds.
    pub threshold_db: f64,
    loud_db: f64,
    /// Of the frames of sound.
    mean_mfcc: [f64; N_COEFFICIENTS],
    /// Above 1 Hz.
    median_semitones: f64,
}

/// Below the loud frames of the speech (95 %) at which a frame still belongs to it, and above the quiet ones (5 %).
const BELOW_LOUD_DB: f64 = 25.0;
const ABOVE_QUIET_DB: f64 = 3.0;

// By these the inputs are brought to about -1 to 1, as training wants them; what lies farther than FARTHEST says no more.
const LEVEL_SPREAD_DB: f64 = 15.0;
const LOUD_LEVEL: f64 = 0.7;
const LEVELS: (f64, f64) = (-2.3, 1.7);
const MFCC_SPREADS: [f64; N_COEFFICIENTS] = [18.0, 14.0, 12.0, 10.0, 9.0, 8.0, 7.0, 7.0, 6.0, 6.0, 5.0, 5.0];
const SEMITONE_SPREAD: f64 = 4.0;
const MOST_SEMITONES: f64 = 12.0;
const FARTHEST: f64 = 4.0;

impl<'a> Frames<'a> {
    /// `None` without speech.
    pub fn of(spectra: &'a Spectra, f0: &'a F0Contour, speech: &[Interval]) -> Option<Self> {
        let spoken = speech.iter().flat_map(|interval| &spectra.frames[spectra.frames_within(*interval)]);
        let loud_db = quantile(spoken.map(|frame| frame.level_db), 0.95)?;
        // Silence that was put in tells nothing of the noise.
        let recorded =
            spectra.frames.iter().map(|frame| frame.level_db).filter(|db| loud_db - QUIETEST_ROOM_DB < *db);
        let quiet_db = quantile(recorded, 0.05)?;
        let threshold_db = (loud_db - BELOW_LOUD_DB).max(quiet_db + ABOVE_QUIET_DB);
        let sounding = || spectra.frames.iter().filter(|frame| frame.level_db > threshold_db);
        let n = sounding().count().max(1) as f64;
        Some(Self {
            spectra: &spectra.frames,
            f0,
            threshold_db,
            loud_db,
            mean_mfcc: std::array::from_fn(|k| sounding().map(|frame| frame.mfcc[k]).sum::<f64>() / n),
            median_semitones: quantile(f0.voiced().map(|(_, f0)| f0.semitones_above(Hertz(1.0)).0), 0.5)?,
        })
    }

    pub fn len(&self) -> usize {
        self.spectra.len()
    }

    pub fn inputs(&self, range: Range<usize>) -> Vec<Inputs> {
        range.map(|index| self.input(index)).collect()
    }

    /// F0 of each frame above the clip's median; `None` where unvoiced.
    pub fn semitones(&self, range: Range<usize>) -> Vec<Option<f64>> {
        range.map(|index| self.semitones_at(index)).collect()
    }

    fn semitones_at(&self, index: usize) -> Option<f64> {
        let f0 = self.f0.at(Spectra::time_of(index))?.f0?;
        Some(f0.semitones_above(Hertz(1.0)).0 - self.median_semitones)
    }

    fn input(&self, index: usize) -> Inputs {
        let frame = &self.spectra[index];
        let voice = self.f0.at(Spectra::time_of(index));
        let strength = voice.map_or(0.0, |voice| voice.strength.clamp(0.0, 1.0));
        let semitones = self.semitones_at(index);
        let level = (frame.level_db - self.loud_db) / LEVEL_SPREAD_DB + LOUD_LEVEL;
        let timbre = (0..N_COEFFICIENTS).map(|k| (frame.mfcc[k] - self.mean_mfcc[k]) / MFCC_SPREADS[k]);
        let mut numbers = std::iter::once(level.clamp(LEVELS.0, LEVELS.1)).chain(timbre).chain([
            2.0 * strength - 1.0,
            if semitones.is_some() { 1.0 } else { -1.0 },
            semitones.unwrap_or(0.0).clamp(-MOST_SEMITONES, MOST_SEMITONES) / SEMITONE_SPREAD,
        ]);
        std::array::from_fn(|_| numbers.next().unwrap_or_default().clamp(-FARTHEST, FARTHEST) as f32)
    }
}
