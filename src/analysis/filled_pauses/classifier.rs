//! From evidence to a probability: a network of one hidden layer, small enough to be read.

use std::sync::LazyLock;

use super::evidence::{N_EVIDENCE, NAMES};

/// Written by `make filler-weights`; its head says how. A row for each number of the evidence: name, mean and standard
/// deviation over the training set, then its weight to each hidden unit; then the units' biases, their weights to the
/// output, and the output's bias.
const WEIGHTS: &str = include_str!("weights.tsv");

const N_HIDDEN: usize = 32;
/// Evidence farther from the mean than this many standard deviations says no more than this much.
const FARTHEST: f64 = 4.0;

struct Network {
    inputs: Vec<Input>,
    biases: [f64; N_HIDDEN],
    outputs: [f64; N_HIDDEN],
    bias: f64,
}

struct Input {
    mean: f64,
    deviation: f64,
    weights: [f64; N_HIDDEN],
}

static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::read(WEIGHTS));

/// How likely it is that a stretch with this evidence is a filled pause, 0 to 1.
pub fn probability(evidence: &[f64; N_EVIDENCE]) -> f64 {
    NETWORK.probability(evidence)
}

impl Network {
    /// Panics on malformed weights; the file is part of the program, and a test reads it.
    fn read(text: &str) -> Self {
        let mut rows = text.lines().filter(|line| !line.starts_with('#'));
        let mut row = |expected: &str| -> Vec<f64> {
            let mut cells = rows.next().unwrap_or_default().split('\t');
            assert_eq!(cells.next(), Some(expected), "weights.tsv: rows in the order of the evidence");
            cells.map(|cell| cell.parse().expect("weights.tsv: numbers after the name")).collect()
        };
        let hidden =
            |cells: &[f64]| <[f64; N_HIDDEN]>::try_from(cells).expect("weights.tsv: a weight for each unit");
        let input = |name: &&str| {
            let cells = row(name);
            Input { mean: cells[0], deviation: cells[1], weights: hidden(&cells[2..]) }
        };
        Self {
            inputs: NAMES.iter().map(input).collect(),
            biases: hidden(&row("biases")),
            outputs: hidden(&row("outputs")),
            bias: row("bias")[0],
        }
    }

    fn probability(&self, evidence: &[f64; N_EVIDENCE]) -> f64 {
        let mut sums = self.biases;
        for (input, value) in self.inputs.iter().zip(evidence) {
            let value = ((value - input.mean) / input.deviation).clamp(-FARTHEST, FARTHEST);
            for (sum, weight) in sums.iter_mut().zip(&input.weights) {
                *sum += value * weight;
            }
        }
        let logit: f64 =
            self.bias + sums.iter().zip(&self.outputs).map(|(sum, weight)| sum.tanh() * weight).sum::<f64>();
        1.0 / (1.0 + (-logit).exp())
    }
}
