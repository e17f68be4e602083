//! What pictures draw: a recording in columns of equal time, the middle of the pitch and the loudest moment of each.

use super::intensity::SILENCE_DB;
use super::{F0Contour, IntensityContour};
use crate::statistics::median;
use crate::units::{Hertz, Interval, Seconds};

/// `n`, at least 1, over a `length` above 0.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    pub n: usize,
    pub length: Seconds,
}

impl Columns {
    /// That of a moment; the last, of one at the end or beyond.
    pub fn at(self, time: Seconds) -> usize {
        ((time.0 / self.length.0 * self.n as f64) as usize).min(self.n - 1)
    }

    /// The median pitch of each, in semitones above `reference`; `None` where nothing is voiced.
    pub fn pitch(self, f0: &F0Contour, reference: Hertz) -> Vec<Option<f64>> {
        let mut semitones = vec![Vec::new(); self.n];
        for (time, hertz) in f0.voiced() {
            semitones[self.at(time)].push(hertz.semitones_above(reference).0);
        }
        semitones.into_iter().map(median).collect()
    }

    /// The loudest of each in dB under the loudest of all; `None` where no frame lies, and of silence.
    pub fn loudness(self, intensity: &IntensityContour) -> Vec<Option<f64>> {
        let loudest_in = |column| intensity.within(self.interval(column)).iter().copied().reduce(f64::max);
        let levels: Vec<Option<f64>> = (0..self.n).map(loudest_in).collect();
        let loudest = levels.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        let below = |level: Option<f64>| Some(level? - loudest).filter(|_| SILENCE_DB < loudest);
        levels.into_iter().map(below).collect()
    }

    fn interval(self, column: usize) -> Interval {
        let step = self.length.0 / self.n as f64;
        Interval::new(column as f64 * step, (column + 1) as f64 * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::F0Frame;

    #[test]
    fn each_column_has_its_own() {
        let columns = Columns { n: 3, length: Seconds(3.0) };
        let frame = |index| F0Frame { f0: (index < 20).then_some(Hertz(200.0)), strength: 1.0 };
        let f0 = F0Contour { start: Seconds(0.05), step: Seconds(0.1), frames: (0..30).map(frame).collect() };
        assert_eq!(columns.pitch(&f0, Hertz(100.0)), [Some(12.0), Some(12.0), None]);
        let contour = |values_db| IntensityContour { start: Seconds(0.5), step: Seconds(1.0), values_db };
        assert_eq!(columns.loudness(&contour(vec![60.0, 70.0])), [Some(-10.0), Some(0.0), None]);
        assert_eq!(columns.loudness(&contour(vec![SILENCE_DB; 3])), [None; 3]);
        assert_eq!((columns.at(Seconds(0.0)), columns.at(Seconds(9.0))), (0, 2));
    }
}
