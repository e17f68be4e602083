//! Samples that were cut off at full scale.

/// A sample this near to full scale may be one that was cut off: 16-bit converters clip at 32767/32768.
const FULL_SCALE: f32 = 0.999;
/// Samples in a row at full scale that mean clipping; fewer can be a peak that just fits.
const MIN_RUN: usize = 3;
/// The highest steps of G.711 (µ-law 32124 of 32768, A-law 32256): what was cut off before it was coded stands there.
const HIGHEST_STEP: f32 = 0.98;
/// As many of the very same value there; a step is so high that a peak which fits may hold three.
const MIN_RUN_OF_STEP: usize = 4;

/// Samples in runs at full scale of one sign, or at the same highest step.
#[derive(Debug, Clone, Default)]
pub struct Clipping {
    n_samples: usize,
    n_clipped: usize,
    /// The run at hand: how many, at full scale or of one value, and the last of them.
    run: usize,
    last: f32,
}

impl Clipping {
    pub fn hear(&mut self, sample: f32) {
        self.n_samples += 1;
        let is_full = |sample: f32| FULL_SCALE <= sample.abs();
        let goes_on = is_full(sample) && is_full(self.last) && (0.0 < sample) == (0.0 < self.last)
            || sample == self.last;
        if !goes_on {
            self.n_clipped += self.at_hand();
            self.run = 0;
        }
        self.run += usize::from(HIGHEST_STEP <= sample.abs());
        self.last = sample;
    }

    /// Share of the samples, 0 to 1; 0 of none.
    pub fn ratio(&self) -> f64 {
        self.n_clipped() as f64 / self.n_samples.max(1) as f64
    }

    /// So far.
    pub fn n_clipped(&self) -> usize {
        self.n_clipped + self.at_hand()
    }

    /// Of the run at hand, the samples that were cut off.
    fn at_hand(&self) -> usize {
        let least = if FULL_SCALE <= self.last.abs() { MIN_RUN } else { MIN_RUN_OF_STEP };
        if least <= self.run { self.run } else { 0 }
    }
}
