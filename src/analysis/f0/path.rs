//! The best path through the candidates of all frames (Boersma 1993, eq. 24-27).

use super::candidates::{Candidate, Frames};
use super::{F0Frame, Parameters};
use crate::units::Hertz;

/// The time step, in seconds, for which the costs of transitions are given.
const REFERENCE_STEP: f64 = 0.01;

/// One F0 frame for each of `frames`.
pub(super) fn best(frames: &Frames, parameters: &Parameters) -> Vec<F0Frame> {
    let costs = Costs::new(parameters);
    let (mut totals, mut before): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    // For each candidate of each frame its place among those of the frame before: there are at most 256.
    let mut came_from: Vec<u8> = Vec::new();
    let mut previous: &[Candidate] = &[];
    for index in 0..frames.len() {
        let (candidates, intensity) = (frames.candidates(index), f64::from(frames.intensities[index]));
        std::mem::swap(&mut totals, &mut before);
        totals.clear();
        for candidate in candidates {
            let (from, total) = costs.best_arrival(previous, &before, candidate);
            came_from.push(from as u8);
            totals.push(total + costs.local(intensity, candidate));
        }
        previous = candidates;
    }
    trace_back(frames, &came_from, &totals, parameters)
}

fn trace_back(frames: &Frames, came_from: &[u8], totals: &[f64], parameters: &Parameters) -> Vec<F0Frame> {
    let unvoiced = F0Frame { f0: None, strength: 0.0 };
    let mut path = vec![unvoiced; frames.len()];
    let mut place = first_best(totals.iter().copied()).map_or(0, |(place, _)| place);
    let mut start = came_from.len();
    for (index, frame) in path.iter_mut().enumerate().rev() {
        let candidates = frames.candidates(index);
        start -= candidates.len();
        let candidate = candidates[place];
        if is_voiced(&candidate, parameters) {
            let strength = candidate.strength.clamp(0.0, 1.0);
            *frame = F0Frame { f0: Some(Hertz(candidate.frequency)), strength };
        }
        place = usize::from(came_from[start + place]);
    }
    path
}

/// The first of the largest; `None` of nothing.
fn first_best(values: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    values.enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

fn is_voiced(candidate: &Candidate, parameters: &Parameters) -> bool {
    0.0 < candidate.frequency && candidate.frequency < parameters.ceiling.0
}

struct Costs<'a> {
    parameters: &'a Parameters,
    octave_jump: f64,
    voicing_change: f64,
}

impl<'a> Costs<'a> {
    fn new(parameters: &'a Parameters) -> Self {
        // A jump is as unlikely per second at any step, so it costs more per frame at short ones.
        let correction = REFERENCE_STEP / parameters.step.0;
        Self {
            parameters,
            octave_jump: parameters.octave_jump_cost * correction,
            voicing_change: parameters.voiced_unvoiced_cost * correction,
        }
    }

    /// What a candidate is worth by itself (eq. 23-24).
    fn local(&self, intensity: f64, candidate: &Candidate) -> f64 {
        let Parameters { silence_threshold, voicing_threshold, octave_cost, ceiling, .. } = *self.parameters;
        if is_voiced(candidate, self.parameters) {
            return candidate.strength - octave_cost * (ceiling.0 / candidate.frequency).log2();
        }
        let silence = if silence_threshold > 0.0 {
            2.0 - intensity / (silence_threshold / (1.0 + voicing_threshold))
        } else {
            0.0
        };
        voicing_threshold + silence.max(0.0)
    }

    /// The predecessor of `candidate` that leaves most, and what it leaves.
    fn best_arrival(&self, previous: &[Candidate], totals: &[f64], candidate: &Candidate) -> (usize, f64) {
        let left = previous.iter().zip(totals).map(|(from, total)| total - self.transition(from, candidate));
        first_best(left).unwrap_or((0, 0.0))
    }

    fn transition(&self, from: &Candidate, to: &Candidate) -> f64 {
        match (is_voiced(from, self.parameters), is_voiced(to, self.parameters)) {
            (false, false) => 0.0,
            (true, true) => self.octave_jump * (from.frequency / to.frequency).log2().abs(),
            _ => self.voicing_change,
        }
    }
}
