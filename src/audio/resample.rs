//! The same sound at another sample rate.

use std::borrow::Cow;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::clip::Clip;

/// Samples in a block of the filter, at the input rate: its transition band is then about 1 % of the band, and its
/// delay, which is taken off again, costs nothing here.
const BLOCK: usize = 2048;

/// `clip` at `to_hz`, low-passed below the lower of the two Nyquist frequencies.
///
/// The result has exactly round(n·to/from) samples and is in step with `clip`: a moment keeps its time.
/// Aliases and images are below −80 dB. An empty clip stays empty; a `to_hz` of 0 is taken as 1.
pub fn resample(clip: &Clip, to_hz: u32) -> Clip {
    let (from, to) = (clip.sample_rate_hz() as usize, to_hz.max(1) as usize);
    if from == to || clip.is_empty() {
        return Clip::new(clip.samples().to_vec(), to as u32);
    }
    let length = (clip.samples().len() as f64 * to as f64 / from as f64).round() as usize;
    let mut samples = filtered(clip, to).unwrap_or_default();
    samples.resize(length, 0.0);
    Clip::new(samples, to as u32)
}

/// `clip` itself where it is at `rate_hz`, else [`resample`]d.
pub fn at_rate(clip: &Clip, rate_hz: u32) -> Cow<'_, Clip> {
    if clip.sample_rate_hz() == rate_hz { Cow::Borrowed(clip) } else { Cow::Owned(resample(clip, rate_hz)) }
}

/// `None` where rubato refuses, which it does for neither sizes nor rates that get here.
fn filtered(clip: &Clip, to: usize) -> Option<Vec<f32>> {
    let from = clip.sample_rate_hz() as usize;
    // Blocks of an even number of the smallest exact ratio: only an even block has a whole-sample delay at both rates.
    let two_units = 2 * (from / gcd(from, to));
    let block = BLOCK.div_ceil(two_units) * two_units;
    let window = WindowFunction::BlackmanHarris2;
    let mut resampler = Fft::<f32>::new_custom(from, to, block, 1, 1, window, FixedSync::Both).ok()?;
    let input = InterleavedSlice::new(clip.samples(), 1, clip.samples().len()).ok()?;
    Some(resampler.process_all(&input, clip.samples().len(), None).ok()?.take_data())
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn sine(hertz: f64, rate: u32, n: usize) -> Clip {
        Clip::new((0..n).map(|i| (TAU * hertz * i as f64 / f64::from(rate)).sin() as f32).collect(), rate)
    }

    #[test]
    fn a_sine_keeps_its_time_and_shape() {
        for (from, to) in [
            (48_000, 16_000),
            (44_100, 16_000),
            (8_000, 16_000),
            (22_050, 16_000),
            (11_025, 16_000),
            (48_000, 44_100),
        ] {
            let resampled = resample(&sine(440.0, from, from as usize), to);
            let expected = sine(440.0, to, to as usize);
            assert_eq!(resampled.samples().len(), to as usize);
            let middle = to as usize / 10..to as usize * 9 / 10;
            let worst = resampled.samples()[middle.clone()]
                .iter()
                .zip(&expected.samples()[middle])
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f32::max);
            assert!(worst < 1e-4, "{from} to {to}: {worst} is above -80 dB");
        }
    }

    #[test]
    fn what_the_new_rate_cannot_hold_is_removed() {
        let resampled = resample(&sine(11_000.0, 48_000, 48_000), 16_000);
        let loudest = resampled.samples()[1600..14_400].iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        assert!(loudest < 1e-4, "{loudest}");
    }

    #[test]
    fn lengths_are_rounded_and_the_shortest_clips_survive() {
        for n in [0, 1, 2, 3, 100] {
            let resampled = resample(&sine(100.0, 44_100, n), 16_000);
            assert_eq!(resampled.samples().len(), (n as f64 * 16_000.0 / 44_100.0).round() as usize);
        }
        assert_eq!(resample(&sine(100.0, 8_000, 10), 0).sample_rate_hz(), 1);
    }
}
