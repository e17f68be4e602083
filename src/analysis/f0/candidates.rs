//! Candidate periods of each frame: the peaks of its normalised autocorrelation.

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::Parameters;
use crate::audio::Clip;
use crate::statistics::quantile;
use crate::units::Seconds;

/// Window length in periods of the floor: three are needed for a reliable peak at the longest lag (section 3.2).
const PERIODS_PER_WINDOW: f64 = 3.0;
/// Samples of the autocorrelation used on each side of a point between them. Praat refines with 70 and screens with
/// 30; on the FDA recordings 30 for both changes no decision and halves the time.
const SINC_DEPTH: usize = 30;

/// What a byte can number; at 16 kHz no window has as many peaks.
const MOST_CANDIDATES: usize = 256;

/// A possible period of a frame. `frequency` is 0 for "unvoiced".
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub frequency: f64,
    pub strength: f64,
}

/// The candidates of all frames in one list: an hour has 720,000 frames of some three each.
pub(super) struct Frames {
    /// Centre of the first.
    pub start: Seconds,
    /// Peak of each frame against that of the clip, 0 to 1.
    pub intensities: Vec<f32>,
    all: Vec<Candidate>,
    /// Where each frame's candidates end in `all`.
    ends: Vec<u32>,
}

impl Frames {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Of frame `index`; the first is the unvoiced one.
    pub fn candidates(&self, index: usize) -> &[Candidate] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.all[start as usize..self.ends[index] as usize]
    }
}

/// `None` for a clip shorter than a window, or parameters that leave nothing to look for.
pub(super) fn find(clip: &Clip, parameters: &Parameters) -> Option<Frames> {
    let samples = clip.samples();
    let rate = f64::from(clip.sample_rate_hz());
    let (window_seconds, step) = (PERIODS_PER_WINDOW / parameters.floor.0, parameters.step.0);
    let spare = samples.len() as f64 / rate - window_seconds;
    if !(spare >= 0.0 && step > 0.0 && parameters.ceiling.0 > parameters.floor.0) {
        return None;
    }
    let mut search = Search::new(rate, parameters)?;
    // As many as fit, centred; the small number keeps a whole number of steps whole after rounding.
    let n_frames = (spare / step + 1e-9).floor() as usize + 1;
    // Sample i lies at (i + ½)/rate, so the middle of the clip is at half its duration.
    let start = 0.5 * (samples.len() as f64 / rate - (n_frames - 1) as f64 * step);

    let mut all = Vec::new();
    let (mut peaks, mut ends) = (Vec::with_capacity(n_frames), Vec::with_capacity(n_frames));
    for n in 0..n_frames {
        peaks.push(search.frame(samples, start + n as f64 * step, &mut all));
        ends.push(all.len() as u32);
    }
    let peak = speech_peak(samples, &peaks, parameters.silence_threshold);
    let share = |own: f64| if peak > 0.0 { (own / peak).min(1.0) } else { 0.0 };
    let intensities = peaks.into_iter().map(|own| share(own) as f32).collect();
    Some(Frames { start: Seconds(start), intensities, all, ends })
}

/// The peak that silence is judged against: the clip's, as in Praat, unless that is a click or a knock.
///
/// One knock far above the speech would have Praat call most of the speech silent. So the peak is held to twice that
/// of the loudest twentieth of frames, silent ones left out; in clean speech the clip's peak is below that.
fn speech_peak(samples: &[f32], frame_peaks: &[f64], silence_threshold: f64) -> f64 {
    let mean = samples.iter().map(|&x| f64::from(x)).sum::<f64>() / samples.len() as f64;
    let peak = samples.iter().fold(0.0_f64, |peak, &x| peak.max((f64::from(x) - mean).abs()));
    let sounding = frame_peaks.iter().copied().filter(|&frame| frame > silence_threshold * peak);
    quantile(sounding, 0.95).map_or(peak, |loud| peak.min(2.0 * loud))
}

/// Sizes, windows and buffers that all frames share.
struct Search<'a> {
    parameters: &'a Parameters,
    rate: f64,
    /// Samples in the longest period.
    period: usize,
    half_window: usize,
    window: Vec<f64>,
    /// The window's own autocorrelation, 1 at lag 0.
    window_autocorrelation: Vec<f64>,
    max_lag: usize,
    /// Lags at which the quotient is still reliable: half a window.
    reliable: usize,
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    /// Of the transform's length, which keeps the lags below `reliable` free of wrap-around.
    time: Vec<f64>,
    spectrum: Vec<Complex<f64>>,
    /// Normalised autocorrelation at lags −`reliable` … `reliable`.
    r: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(rate: f64, parameters: &'a Parameters) -> Option<Self> {
        let period = (rate / parameters.floor.0).floor() as usize;
        let half_window =
            ((PERIODS_PER_WINDOW * rate / parameters.floor.0).floor() as usize / 2).checked_sub(1)?;
        let n = 2 * half_window;
        let reliable = n / 2;
        if reliable < 4 {
            return None;
        }
        let window: Vec<f64> =
            (1..=n).map(|i| 0.5 - 0.5 * (TAU * i as f64 / (n as f64 + 1.0)).cos()).collect();
        let n_fft = (n + reliable).next_power_of_two();
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(n_fft), planner.plan_fft_inverse(n_fft));
        let spectrum = forward.make_output_vec();
        let max_lag = ((n as f64 / PERIODS_PER_WINDOW) as usize + 2).min(n);
        let mut search = Self {
            parameters,
            rate,
            period,
            half_window,
            window_autocorrelation: Vec::new(),
            max_lag,
            reliable,
            forward,
            inverse,
            time: vec![0.0; n_fft],
            spectrum,
            r: vec![0.0; 2 * reliable + 1],
            window,
        };
        search.time[..n].copy_from_slice(&search.window);
        search.autocorrelate();
        let at_zero = search.time[0];
        search.window_autocorrelation = search.time[..=reliable].iter().map(|x| x / at_zero).collect();
        Some(search)
    }

    /// Replaces `time` by its autocorrelation, up to a factor.
    fn autocorrelate(&mut self) {
        // The only errors are wrong lengths, and the planner made these buffers.
        let _ = self.forward.process(&mut self.time, &mut self.spectrum);
        for bin in &mut self.spectrum {
            *bin = Complex::new(bin.norm_sqr(), 0.0);
        }
        let _ = self.inverse.process(&mut self.spectrum, &mut self.time);
    }

    /// Adds the frame's candidates to `all`; returns its peak.
    fn frame(&mut self, samples: &[f32], centre: f64, all: &mut Vec<Candidate>) -> f64 {
        let first = all.len();
        all.push(Candidate { frequency: 0.0, strength: 0.0 });
        let peak = self.cut(samples, centre);
        if peak > 0.0 {
            self.autocorrelate();
            self.normalise();
            self.peaks(all, first);
        }
        peak
    }

    /// Fills `time` with the weighted samples around `centre`, less their mean; returns the peak of the middle period.
    fn cut(&mut self, samples: &[f32], centre: f64) -> f64 {
        let sample = |index: isize| -> f64 {
            usize::try_from(index).ok().and_then(|index| samples.get(index)).map_or(0.0, |&x| f64::from(x))
        };
        // The first sample after the centre.
        let right = (centre * self.rate - 0.5).floor() as isize + 1;
        let (period, half) = (self.period as isize, self.half_window as isize);
        let mean = (right - period..right + period).map(sample).sum::<f64>() / (2 * period) as f64;
        for ((slot, index), weight) in self.time.iter_mut().zip(right - half..).zip(&self.window) {
            *slot = (sample(index) - mean) * weight;
        }
        self.time[self.window.len()..].fill(0.0);
        let half_period = self.period / 2 + 1;
        let middle = self.half_window.saturating_sub(half_period)
            ..(self.half_window + half_period).min(self.window.len());
        self.time[middle].iter().fold(0.0, |peak, x| peak.max(x.abs()))
    }

    /// `r` from the raw autocorrelation in `time` (eq. 9).
    fn normalise(&mut self) {
        let at_zero = self.time[0];
        let middle = self.reliable;
        self.r[middle] = 1.0;
        for lag in 1..=self.reliable {
            let value = self.time[lag] / (at_zero * self.window_autocorrelation[lag]);
            let value = if value.is_finite() { value } else { 0.0 };
            (self.r[middle + lag], self.r[middle - lag]) = (value, value);
        }
    }

    /// Adds to `all`, in which the frame's candidates begin at `first` with the unvoiced one.
    fn peaks(&self, all: &mut Vec<Candidate>, first: usize) {
        let r = |lag: usize| self.r[self.reliable + lag];
        let room = self.parameters.max_candidates.clamp(2, MOST_CANDIDATES);
        for lag in 2..self.max_lag.min(self.reliable) {
            // Half the threshold: what is weaker can never be taken.
            if r(lag) > 0.5 * self.parameters.voicing_threshold && r(lag) > r(lag - 1) && r(lag) >= r(lag + 1)
            {
                let candidate = self.refine(lag);
                if all.len() - first < room {
                    all.push(candidate);
                } else if let Some(weakest) =
                    all[first + 1..].iter_mut().min_by(|a, b| self.merit(a).total_cmp(&self.merit(b)))
                    && self.merit(weakest) < self.merit(&candidate)
                {
                    *weakest = candidate;
                }
            }
        }
    }

    /// Strength with the preference for short periods.
    fn merit(&self, candidate: &Candidate) -> f64 {
        candidate.strength
            - self.parameters.octave_cost * (self.parameters.floor.0 / candidate.frequency).log2()
    }

    /// Place and height of the peak near `lag`, between the samples.
    ///
    /// A parabola through three neighbours gives the place to about a hundredth of a sample; two more through points
    /// of the sinc interpolation close around it leave nothing that could be heard or measured.
    fn refine(&self, lag: usize) -> Candidate {
        let centre = self.reliable + lag;
        let (mut x, mut y) = (centre as f64, self.r[centre]);
        let (mut left, mut right, mut width) = (self.r[centre - 1], self.r[centre + 1], 1.0);
        for refined_width in [0.05, 0.001] {
            let curvature = 2.0 * y - left - right;
            if curvature > 0.0 {
                x += (width * 0.5 * (right - left) / curvature).clamp(-width, width);
            }
            width = refined_width;
            (left, y, right) =
                (interpolate(&self.r, x - width), interpolate(&self.r, x), interpolate(&self.r, x + width));
        }
        // Heights above 1 are artefacts of the division at long lags and mean "less sure", not "more" (as in Praat).
        let strength = if y > 1.0 { 1.0 / y } else { y };
        Candidate { frequency: self.rate / (x - self.reliable as f64), strength }
    }
}

/// The value of a band-limited `y` at `x`, between its samples: sinc weighted by a Hanning window (eq. 22).
fn interpolate(y: &[f64], x: f64) -> f64 {
    let left = x.floor();
    let fraction = x - left;
    let left = (left.max(0.0) as usize).min(y.len() - 1);
    if fraction < 1e-12 || left + 1 >= y.len() {
        return y[left];
    }
    let depth = SINC_DEPTH.min(left + 1).min(y.len() - left - 1);
    let before = half_sinc(y[left + 1 - depth..=left].iter().rev(), fraction, depth);
    before + half_sinc(y[left + 1..left + 1 + depth].iter(), 1.0 - fraction, depth)
}

/// One side of the sum: samples at distances `distance`, `distance` + 1, … from the point.
fn half_sinc<'a>(samples: impl Iterator<Item = &'a f64>, distance: f64, depth: usize) -> f64 {
    let reach = distance + depth as f64;
    // The window's cosines, turned on from one to the next instead of computed.
    let (mut sine, mut cosine) = (PI * distance / reach).sin_cos();
    let (turn_sine, turn_cosine) = (PI / reach).sin_cos();
    let mut half_sine = 0.5 * (PI * distance).sin();
    let (mut sum, mut angle) = (0.0, PI * distance);
    for sample in samples {
        sum += sample * half_sine / angle * (1.0 + cosine);
        (sine, cosine) = (sine * turn_cosine + cosine * turn_sine, cosine * turn_cosine - sine * turn_sine);
        half_sine = -half_sine;
        angle += PI;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_cosine_is_interpolated_exactly() {
        let y: Vec<f64> = (0..400).map(|i| (0.3 * i as f64).cos()).collect();
        for x in [100.0, 150.25, 199.5, 250.999] {
            assert!((interpolate(&y, x) - (0.3 * x).cos()).abs() < 1e-4, "{x}");
        }
        assert!(interpolate(&y, -1.0).is_finite() && interpolate(&y, 1e9).is_finite());
    }
}
