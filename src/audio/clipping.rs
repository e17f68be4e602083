//! Samples that were cut off at full scale.

/// A sample this near to full scale may be one that was cut off: 16-bit converters clip at 32767/32768.
const FULL_SCALE: f32 = 0.999;
/// Samples in a row at full scale that mean clipping; fewer can be a peak that just fits.
const MIN_RUN: usize = 3;

/// Samples in runs at full scale of one sign.
#[derive(Debug, Clone, Default)]
pub struct Clipping {
    n_samples: usize,
    n_clipped: usize,
    /// The run at hand: its length, 0 below full scale, and whether it is positive.
    run: (usize, bool),
}

impl Clipping {
    pub fn hear(&mut self, sample: f32) {
        self.n_samples += 1;
        let (is_clipped, is_positive) = (sample.abs() >= FULL_SCALE, sample > 0.0);
        if !is_clipped || self.run.1 != is_positive {
            self.n_clipped += self.at_hand();
            self.run.0 = 0;
        }
        if is_clipped {
            self.run = (self.run.0 + 1, is_positive);
        }
    }

    /// Share of the samples, 0 to 1; 0 of none.
    pub fn ratio(&self) -> f64 {
        (self.n_clipped + self.at_hand()) as f64 / self.n_samples.max(1) as f64
    }

    /// Of the run at hand, the samples that were cut off.
    fn at_hand(&self) -> usize {
        if self.run.0 >= MIN_RUN { self.run.0 } else { 0 }
    }
}
