//! What changed from one take to the next.

use super::targets::{Target, Targets};

/// A metric that came closer to its target, or went away from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    pub metric: &'static str,
    pub before: f64,
    pub after: f64,
    /// Points of the metric's own grade, of 100; above 0 is better.
    pub gain: f64,
}

/// Fewer points of a grade than this no listener hears; ours.
const MIN_GAIN: f64 = 5.0;

/// The metrics whose grade changed, the largest change first. A metric that either take lacks is left out.
pub fn differences(
    targets: &Targets,
    before: impl Fn(&str) -> Option<f64>,
    after: impl Fn(&str) -> Option<f64>,
) -> Vec<Difference> {
    let difference = |target: &Target| {
        let (before, after) = (before(target.metric)?, after(target.metric)?);
        let gain = target.grade(after) - target.grade(before);
        Some(Difference { metric: target.metric, before, after, gain })
    };
    let mut differences: Vec<_> = targets.iter().filter_map(difference).collect();
    differences.retain(|difference| MIN_GAIN <= difference.gain.abs());
    differences.sort_by(|a, b| b.gain.abs().total_cmp(&a.gain.abs()));
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_closer_to_its_target_is_better() {
        let before = |name: &str| match name {
            "pitch_sd" => Some(1.7),
            "speaking_rate" => Some(150.0),
            "longest_pause" => Some(1.0),
            "filled_pause_count" => Some(5.0),
            _ => None,
        };
        let after = |name: &str| match name {
            "pitch_sd" => Some(2.5),
            "speaking_rate" => Some(202.5),
            "longest_pause" => Some(1.4),
            "snr" => Some(40.0),
            _ => None,
        };
        let found: Vec<_> = differences(&Targets::default(), before, after)
            .into_iter()
            .map(|found| (found.metric, found.gain.round()))
            .collect();
        assert_eq!(found, [("speaking_rate", -50.0), ("pitch_sd", 44.0)]);
    }
}
