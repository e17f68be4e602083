//! From frames to the probability that each is within a filled pause: two networks of convolutions over time, small enough
//! to run over an hour in seconds. What chance made of the one in training the other evens out.
//!
//! A convolution over three frames; then, with growing distances between the frames they look at, residual blocks of a
//! convolution of each unit by itself and a mixing of the units (Chollet 2017, CVPR, "Xception": depthwise separable; van
//! den Oord et al. 2016, "WaveNet": dilated); then one number a frame.

use std::ops::Range;
use std::sync::LazyLock;

use super::frames::{Inputs, N_INPUTS};

/// Written by `make filler-weights`; its head says how. Rows of a name and a number for each unit, in the order in which
/// [`Networks::read`] takes them.
const WEIGHTS: &str = include_str!("weights.tsv");
const N_NETWORKS: usize = 2;
const N_UNITS: usize = 40;
const TAPS: usize = 5;
/// Frames between the taps of each block.
const DISTANCES: [usize; 7] = [1, 2, 4, 8, 16, 8, 4];
/// Frames on each side that have a say in a frame's number: the first layer's one, and two taps of each block.
const REACH: usize = 1 + 2 * (1 + 2 + 4 + 8 + 16 + 8 + 4);
/// Frames whose numbers are found at a time, so that an hour needs no more memory than a minute.
const PORTION: usize = 4096;

type Units = [f32; N_UNITS];

pub struct Networks {
    networks: [Network; N_NETWORKS],
    /// Score from which a stretch is counted.
    pub threshold: f64,
}

struct Network {
    first: [[Units; N_INPUTS]; 3],
    first_bias: Units,
    blocks: Vec<Block>,
    last: Units,
    last_bias: f32,
}

struct Block {
    distance: usize,
    taps: [Units; TAPS],
    tap_bias: Units,
    /// For each unit its weight to every other.
    mix: [Units; N_UNITS],
    bias: Units,
}

pub static NETWORKS: LazyLock<Networks> = LazyLock::new(|| Networks::read(WEIGHTS));

impl Networks {
    /// For each of `n` frames, of which `inputs` gives any range, the probability that it is within a filled pause.
    pub fn probabilities(&self, n: usize, inputs: impl Fn(Range<usize>) -> Vec<Inputs>) -> Vec<f32> {
        let portion = |start: usize| {
            let end = (start + PORTION).min(n);
            let with_reach = start.saturating_sub(REACH)..(end + REACH).min(n);
            let skipped = start - with_reach.start;
            self.logits(&inputs(with_reach)).into_iter().skip(skipped).take(end - start)
        };
        (0..n).step_by(PORTION).flat_map(portion).map(|logit| 1.0 / (1.0 + (-logit).exp())).collect()
    }

    /// The mean of what the networks say.
    fn logits(&self, inputs: &[Inputs]) -> Vec<f32> {
        let mut means = vec![0.0; inputs.len()];
        for network in &self.networks {
            for (mean, logit) in means.iter_mut().zip(network.logits(inputs)) {
                *mean += logit / N_NETWORKS as f32;
            }
        }
        means
    }

    /// Panics on malformed weights; the file is part of the program, and tests read it.
    fn read(text: &str) -> Self {
        let mut rows = Rows(text.lines());
        Self {
            networks: array(|_| Network::read(&mut rows)),
            threshold: f64::from(rows.next::<1>("threshold")[0]),
        }
    }
}

impl Network {
    fn logits(&self, inputs: &[Inputs]) -> Vec<f32> {
        let first = |index: usize| {
            let mut sum = self.first_bias;
            for (tap, weights) in self.first.iter().enumerate() {
                if let Some(seen) = (index + tap).checked_sub(1).and_then(|at| inputs.get(at)) {
                    add_weighted(&mut sum, seen, weights);
                }
            }
            sum.map(|x| x.max(0.0))
        };
        let mut values: Vec<Units> = (0..inputs.len()).map(first).collect();
        for block in &self.blocks {
            values = block.after(&values);
        }
        let last = |units: &Units| units.iter().zip(&self.last).map(|(x, weight)| x * weight).sum::<f32>();
        values.iter().map(|units| last(units) + self.last_bias).collect()
    }

    fn read(rows: &mut Rows) -> Self {
        Self {
            first: array(|tap| array(|input| rows.next(&format!("first {tap} {input}")))),
            first_bias: rows.next("first bias"),
            blocks: DISTANCES
                .iter()
                .enumerate()
                .map(|(n, distance)| Block::read(rows, n, *distance))
                .collect(),
            last: rows.next("last"),
            last_bias: rows.next::<1>("last bias")[0],
        }
    }
}

impl Block {
    fn read(rows: &mut Rows, number: usize, distance: usize) -> Self {
        let name = |part: String| format!("block {number} {part}");
        Self {
            distance,
            taps: array(|tap| rows.next(&name(format!("tap {tap}")))),
            tap_bias: rows.next(&name("tap bias".into())),
            mix: array(|unit| rows.next(&name(format!("unit {unit}")))),
            bias: rows.next(&name("bias".into())),
        }
    }

    /// The values with what this block adds to them.
    fn after(&self, values: &[Units]) -> Vec<Units> {
        let reach = TAPS / 2 * self.distance;
        let one = |index: usize| {
            let mut seen = self.tap_bias;
            for (tap, weights) in self.taps.iter().enumerate() {
                let Some(units) =
                    (index + tap * self.distance).checked_sub(reach).and_then(|at| values.get(at))
                else {
                    continue;
                };
                for ((sum, x), weight) in seen.iter_mut().zip(units).zip(weights) {
                    *sum += x * weight;
                }
            }
            let mut new = self.bias;
            add_weighted(&mut new, &seen, &self.mix);
            let old = &values[index];
            array(|unit| old[unit] + new[unit].max(0.0))
        };
        (0..values.len()).map(one).collect()
    }
}

fn add_weighted<const N: usize>(sum: &mut Units, numbers: &[f32; N], weights: &[Units; N]) {
    for (x, weights) in numbers.iter().zip(weights) {
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += x * weight;
        }
    }
}

fn array<T, const N: usize>(item: impl FnMut(usize) -> T) -> [T; N] {
    std::array::from_fn(item)
}

struct Rows<'a>(std::str::Lines<'a>);

impl Rows<'_> {
    fn next<const N: usize>(&mut self, name: &str) -> [f32; N] {
        let row = self.0.find(|line| !line.starts_with('#'));
        let mut cells = row.unwrap_or_default().split('\t');
        assert_eq!(cells.next(), Some(name), "weights.tsv: rows in the order of the layers");
        let numbers: Vec<f32> =
            cells.map(|cell| cell.parse().expect("weights.tsv: numbers after the name")).collect();
        numbers.try_into().unwrap_or_else(|_| panic!("weights.tsv: {N} numbers in {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(index: usize) -> Inputs {
        array(|k| ((index * N_INPUTS + k).wrapping_mul(2_654_435_761) >> 8) as f32 % 200.0 / 100.0 - 1.0)
    }

    #[test]
    fn portions_are_as_the_whole() {
        let n = PORTION + 700;
        let inputs: Vec<Inputs> = (0..n).map(noise).collect();
        let whole = NETWORKS.logits(&inputs).into_iter().map(|logit| 1.0 / (1.0 + (-logit).exp()));
        let portions = NETWORKS.probabilities(n, |range| inputs[range].to_vec());
        assert_eq!(portions.len(), n);
        for (index, (one, other)) in portions.iter().zip(whole).enumerate() {
            assert!((one - other).abs() < 1e-5, "frame {index}: {one} and {other}");
        }
    }

    #[test]
    fn a_frame_is_heard_as_far_as_the_network_reaches_and_no_farther() {
        let quiet = |_: usize| [0.0; N_INPUTS];
        let inputs: Vec<Inputs> = (0..4 * REACH).map(quiet).collect();
        let mut other = inputs.clone();
        other[2 * REACH] = [3.0; N_INPUTS];
        let changed: Vec<usize> = NETWORKS
            .logits(&inputs)
            .iter()
            .zip(NETWORKS.logits(&other))
            .enumerate()
            .filter_map(|(index, (one, other))| (*one != other).then_some(index))
            .collect();
        assert!(changed.iter().all(|index| (REACH..=3 * REACH).contains(index)), "{changed:?}");
        assert!(changed.contains(&(2 * REACH)));
    }

    #[test]
    fn no_frames_have_no_probabilities() {
        assert_eq!(NETWORKS.probabilities(0, |_| Vec::new()), [0.0_f32; 0]);
    }
}
