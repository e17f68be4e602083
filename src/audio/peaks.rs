//! The outline of a recording: how far it goes up and down, part by part.

use super::decode::Listener;

/// The largest magnitude in each of some equal parts of a recording, 0 in those without a sample.
pub struct Peaks {
    values: Vec<f32>,
    /// Of the recording.
    n_samples: usize,
    n_heard: usize,
    /// The part in which the next sample lies.
    part: usize,
}

impl Peaks {
    /// Of a recording of `n_samples`, in `n_parts`.
    pub fn new(n_samples: usize, n_parts: usize) -> Self {
        Self { values: vec![0.0; n_parts], n_samples, n_heard: 0, part: 0 }
    }

    pub fn of(samples: &[f32], n_parts: usize) -> Vec<f32> {
        let mut peaks = Self::new(samples.len(), n_parts);
        peaks.hear(samples);
        peaks.values
    }

    pub fn into_values(self) -> Vec<f32> {
        self.values
    }

    /// Where a part ends. In 128 bits: a header may promise more samples than 64 bits can multiply.
    fn end(&self, part: usize) -> usize {
        ((part + 1) as u128 * self.n_samples as u128 / self.values.len() as u128) as usize
    }
}

impl Listener for Peaks {
    fn hear(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() && self.part < self.values.len() {
            let n_left = self.end(self.part) - self.n_heard;
            let (inside, after) = samples.split_at(n_left.min(samples.len()));
            let peak = &mut self.values[self.part];
            *peak = inside.iter().fold(*peak, |peak, x| peak.max(x.abs()));
            self.n_heard += inside.len();
            self.part += usize::from(inside.len() == n_left);
            samples = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_of_what_comes_in_pieces() {
        assert_eq!(Peaks::of(&[0.1, -0.5, 0.2, 0.3], 2), [0.5, 0.3]);
        assert_eq!(Peaks::of(&[0.1, -0.5], 4), [0.0, 0.1, 0.0, 0.5]);
        assert_eq!(Peaks::of(&[], 2), [0.0, 0.0]);
        let samples: Vec<f32> = (0..1000).map(|n| ((n * 7919) % 997) as f32).collect();
        let mut peaks = Peaks::new(1000, 7);
        samples.chunks(13).for_each(|piece| peaks.hear(piece));
        assert_eq!(peaks.into_values(), Peaks::of(&samples, 7));
    }

    #[test]
    fn a_recording_longer_or_shorter_than_promised_is_heard_without_a_panic() {
        for n_samples in [0, 5, usize::MAX] {
            let mut peaks = Peaks::new(n_samples, 3);
            peaks.hear(&[1.0; 10]);
            assert_eq!(peaks.into_values().len(), 3);
        }
    }
}
