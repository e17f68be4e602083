//! The same sound at another sample rate.

use std::borrow::Cow;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::clip::Clip;
use super::decode::Listener;

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
    let mut resampling = Resampling::new(clip.sample_rate_hz(), to_hz);
    resampling.hear(clip.samples());
    resampling.finish()
}

/// As [`resample`], but gives the memory of `clip` back on the way: an hour of it is not held twice.
pub fn into_rate(clip: Clip, to_hz: u32) -> Clip {
    if clip.sample_rate_hz() == to_hz {
        return clip;
    }
    let mut resampling = Resampling::new(clip.sample_rate_hz(), to_hz);
    pieces(clip.into_samples(), PIECE).for_each(|piece| resampling.hear(&piece));
    resampling.finish()
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

/// [`resample`], of a clip that comes in pieces.
pub struct Resampling {
    from: u32,
    to: u32,
    n_heard: usize,
    /// `None` between equal rates.
    filter: Option<Filter>,
    samples: Vec<f32>,
}

impl Resampling {
    pub fn new(from_hz: u32, to_hz: u32) -> Self {
        let (from, to) = (from_hz.max(1), to_hz.max(1));
        let filter = if from == to { None } else { Filter::new(from, to) };
        Self { from, to, n_heard: 0, filter, samples: Vec::new() }
    }

    pub fn finish(mut self) -> Clip {
        let length = (self.n_heard as f64 * f64::from(self.to) / f64::from(self.from)).round() as usize;
        if let Some(mut filter) = self.filter {
            while self.samples.len() < length {
                filter.process(&mut self.samples);
            }
        }
        self.samples.resize(length, 0.0);
        Clip::new(self.samples, self.to)
    }
}

impl Listener for Resampling {
    fn hear(&mut self, samples: &[f32]) {
        self.n_heard += samples.len();
        match &mut self.filter {
            Some(filter) => filter.hear(samples, &mut self.samples),
            None => self.samples.extend_from_slice(samples),
        }
    }
}

/// What turns one block of samples into another.
struct Filter {
    resampler: Fft<f32>,
    /// The block that is being filled.
    input: Vec<f32>,
    n_filled: usize,
    output: Vec<f32>,
    /// Samples of the output that come before the first of the input.
    delay: usize,
}

impl Filter {
    /// `None` where rubato refuses, which it does for no rates that get here: the result is silence then.
    fn new(from: u32, to: u32) -> Option<Self> {
        let (block, window) = (block(from, to), WindowFunction::BlackmanHarris2);
        let resampler =
            Fft::new_custom(from as usize, to as usize, block, 1, 1, window, FixedSync::Both).ok()?;
        Some(Self {
            input: vec![0.0; resampler.input_frames_next()],
            n_filled: 0,
            output: vec![0.0; resampler.output_frames_next()],
            delay: resampler.output_delay(),
            resampler,
        })
    }

    fn hear(&mut self, mut samples: &[f32], resampled: &mut Vec<f32>) {
        while !samples.is_empty() {
            let free = &mut self.input[self.n_filled..];
            let (now, later) = samples.split_at(free.len().min(samples.len()));
            free[..now.len()].copy_from_slice(now);
            self.n_filled += now.len();
            if self.n_filled == self.input.len() {
                self.process(resampled);
            }
            samples = later;
        }
    }

    /// The block as far as it is filled, and silence after that.
    fn process(&mut self, resampled: &mut Vec<f32>) {
        let (n_in, n_out) = (self.input.len(), self.output.len());
        self.input[self.n_filled..].fill(0.0);
        self.n_filled = 0;
        let blocks = (
            InterleavedSlice::new(&self.input, 1, n_in),
            InterleavedSlice::new_mut(&mut self.output, 1, n_out),
        );
        if let (Ok(from), Ok(mut to)) = blocks
            && self.resampler.process_into_buffer(&from, &mut to, None).is_err()
        {
            // rubato refuses blocks of another size only, and these are its own.
            self.output.fill(0.0);
        }
        let late = self.delay.min(n_out);
        self.delay -= late;
        resampled.extend_from_slice(&self.output[late..]);
    }
}

/// Samples at the input rate that are filtered at once.
fn block(from: u32, to: u32) -> usize {
    // An even number of the smallest exact ratio: only an even block has a whole-sample delay at both rates.
    BLOCK.next_multiple_of(2 * (from / gcd(from, to)) as usize)
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
        for (from, to) in [(11_025, 16_000), (44_100, 16_000), (8_000, 48_000), (16_000, 16_000)] {
            let whole = sine(440.0, from, 5 * block(from, to) + 7);
            let resampled = resample(&whole, to);
            for length in [100, 1_152, block(from, to), 2 * block(from, to)] {
                let pieces: Vec<Vec<f32>> = pieces(whole.samples().to_vec(), length).collect();
                assert_eq!(pieces.concat(), whole.samples());
                let mut resampling = Resampling::new(from, to);
                pieces.iter().for_each(|piece| resampling.hear(piece));
                assert!(resampling.finish() == resampled, "{from} to {to} in pieces of {length}");
            }
            assert!(into_rate(whole, to) == resampled);
        }
    }
}
