//! The same sound at another sample rate.

use std::borrow::Cow;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::clip::Clip;

/// Samples in a block of the filter, at the input rate: its transition band is then about 1 % of the band, and its
/// delay, which is taken off again, costs nothing here.
const BLOCK: usize = 2048;

/// Samples of the input that are given back at once as they are used, some 40 MB: beyond what an allocator keeps for itself.
const PIECE: usize = 10_000_000;

/// `clip` at `to_hz`, low-passed below the lower of the two Nyquist frequencies.
///
/// The result has exactly round(n·to/from) samples and is in step with `clip`: a moment keeps its time.
/// Aliases and images are below −80 dB. An empty clip stays empty; a `to_hz` of 0 is taken as 1.
pub fn resample(clip: &Clip, to_hz: u32) -> Clip {
    let filter = Filter::of(clip, to_hz);
    Clip::new(filter.all([clip.samples()], clip.samples().len()), filter.to)
}

/// As [`resample`], but gives the memory of `clip` back on the way: an hour of it is not held twice.
pub fn into_rate(clip: Clip, to_hz: u32) -> Clip {
    let filter = Filter::of(&clip, to_hz);
    let n_samples = clip.samples().len();
    let pieces = pieces(clip.into_samples(), PIECE.next_multiple_of(filter.block()));
    Clip::new(filter.all(pieces, n_samples), filter.to)
}

/// `clip` itself where it is at `rate_hz`, else [`resample`]d.
pub fn at_rate(clip: &Clip, rate_hz: u32) -> Cow<'_, Clip> {
    if clip.sample_rate_hz() == rate_hz { Cow::Borrowed(clip) } else { Cow::Owned(resample(clip, rate_hz)) }
}

/// `samples` in pieces of `length`, the last shorter, each in memory of its own.
fn pieces(mut samples: Vec<f32>, length: usize) -> impl Iterator<Item = Vec<f32>> {
    let mut pieces = Vec::new();
    while length < samples.len() {
        pieces.push(samples.split_off((samples.len() - 1) / length * length));
        samples.shrink_to_fit();
    }
    pieces.push(samples);
    pieces.into_iter().rev()
}

struct Filter {
    from: u32,
    to: u32,
}

impl Filter {
    fn of(clip: &Clip, to_hz: u32) -> Self {
        Self { from: clip.sample_rate_hz(), to: to_hz.max(1) }
    }

    /// Samples at the input rate that are filtered at once.
    fn block(&self) -> usize {
        // An even number of the smallest exact ratio: only an even block has a whole-sample delay at both rates.
        let two_units = 2 * (self.from / gcd(self.from, self.to)) as usize;
        BLOCK.next_multiple_of(two_units)
    }

    /// Pieces are whole blocks, but for the last; `n_samples` is the length of all.
    fn all(&self, pieces: impl IntoIterator<Item = impl AsRef<[f32]>>, n_samples: usize) -> Vec<f32> {
        if self.from == self.to || n_samples == 0 {
            return pieces.into_iter().flat_map(|piece| piece.as_ref().to_vec()).collect();
        }
        let length = (n_samples as f64 * f64::from(self.to) / f64::from(self.from)).round() as usize;
        let mut samples = self.filtered(pieces, length).unwrap_or_default();
        samples.resize(length, 0.0);
        samples
    }

    /// `None` where rubato refuses, which it does for neither sizes nor rates that get here.
    fn filtered(
        &self,
        pieces: impl IntoIterator<Item = impl AsRef<[f32]>>,
        length: usize,
    ) -> Option<Vec<f32>> {
        let (from, to, window) = (self.from as usize, self.to as usize, WindowFunction::BlackmanHarris2);
        let mut resampler =
            Fft::<f32>::new_custom(from, to, self.block(), 1, 1, window, FixedSync::Both).ok()?;
        let (n_in, n_out) = (resampler.input_frames_next(), resampler.output_frames_next());
        let (mut input, mut output) = (vec![0.0; n_in], vec![0.0; n_out]);
        let mut samples = Vec::with_capacity(length + n_out);
        let mut delay = resampler.output_delay();
        let mut add = |block: &[f32], samples: &mut Vec<f32>| {
            input.fill(0.0);
            input[..block.len()].copy_from_slice(block);
            let from = InterleavedSlice::new(&input, 1, n_in).ok()?;
            let mut to = InterleavedSlice::new_mut(&mut output, 1, n_out).ok()?;
            resampler.process_into_buffer(&from, &mut to, None).ok()?;
            let late = delay.min(n_out);
            delay -= late;
            samples.extend_from_slice(&output[late..]);
            Some(())
        };
        for piece in pieces {
            piece.as_ref().chunks(n_in).try_for_each(|block| add(block, &mut samples))?;
        }
        while samples.len() < length {
            add(&[], &mut samples)?;
        }
        Some(samples)
    }
}

fn gcd(a: u32, b: u32) -> u32 {
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

    #[test]
    fn a_clip_in_pieces_becomes_the_same() {
        for (from, to) in [(11_025, 16_000), (44_100, 16_000), (8_000, 48_000)] {
            let filter = Filter { from, to };
            let whole = sine(440.0, from, 5 * filter.block() + 7);
            let n_samples = whole.samples().len();
            for length in [1, 2, 5, 6].map(|blocks| blocks * filter.block()) {
                let pieces: Vec<Vec<f32>> = pieces(whole.samples().to_vec(), length).collect();
                assert_eq!(pieces.concat(), whole.samples());
                let resampled = filter.all(pieces, n_samples);
                assert!(resampled == resample(&whole, to).samples(), "{from} to {to} in pieces of {length}");
            }
            assert!(into_rate(whole.clone(), to) == resample(&whole, to));
        }
    }
}
