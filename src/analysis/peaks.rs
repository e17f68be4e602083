//! Peaks of a spectrum with Hann's window before it: steady tones.

use std::ops::Range;

/// Bins on either side of a peak that are of it: the main lobe of the window.
const LOBE: usize = 2;

/// The bins of the peak at `bin`, within a spectrum of `n_bins`.
pub fn lobe(bin: usize, n_bins: usize) -> Range<usize> {
    bin.saturating_sub(LOBE).min(n_bins)..(bin + LOBE + 1).min(n_bins)
}

/// Where the peak at `bin` is, in bins: at the top of a parabola through the logarithms, as for any bell. It has a bin on either
/// side.
pub fn top(power: &[f64], bin: usize) -> f64 {
    let log = |bin: usize| power[bin].max(1e-30).ln();
    let (before, at, after) = (log(bin - 1), log(bin), log(bin + 1));
    let offset = 0.5 * (before - after) / (before - 2.0 * at + after);
    bin as f64 + if offset.is_finite() { offset } else { 0.0 }
}
