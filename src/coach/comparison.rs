//! What changed between two sets of recordings, and whether it is more than chance.
//!
//! Source of the interval: Efron, B. & Tibshirani, R. (1993), "An Introduction to the Bootstrap", chapter 13: the
//! percentiles of the mean of differences drawn again.

use crate::statistics::quantile;
use std::collections::BTreeMap;

/// One recording: its values by name, the score among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values(pub BTreeMap<String, f64>);

/// Two sets; `pairs` where each recording of one has its like in the other.
pub enum Sets {
    Paired(Vec<(Values, Values)>),
    /// Before, after.
    Apart(Vec<Values>, Vec<Values>),
}

/// One value, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub name: String,
    pub before: f64,
    pub after: f64,
    /// Pairs that have the value, or recordings of the smaller set.
    pub n: usize,
    /// Of the mean difference, in 95 of 100 cases; `None` of fewer than [`MIN_N`].
    pub interval: Option<(f64, f64)>,
}

impl Change {
    pub fn difference(&self) -> f64 {
        self.after - self.before
    }

    /// Is it more than chance? `None` where there are too few to tell.
    pub fn is_clear(&self) -> Option<bool> {
        self.interval.map(|(low, high)| 0.0 < low || high < 0.0)
    }
}

/// Fewest pairs of which an interval is given; ours: the percentiles of fewer are far too narrow.
pub const MIN_N: usize = 5;
/// Enough that the ends of the interval move by less than its thirtieth from seed to seed.
const N_DRAWS: usize = 4_000;
/// Any will do, as long as it is always the same: two runs over the same recordings agree.
const SEED: u64 = 7;

/// The values that both sets have, in the order of `names`.
pub fn changes(sets: &Sets, names: &[&str]) -> Vec<Change> {
    names.iter().filter_map(|name| change(sets, name)).collect()
}

fn change(sets: &Sets, name: &str) -> Option<Change> {
    let value = |values: &Values| values.0.get(name).copied();
    let mut random = fastrand::Rng::with_seed(SEED);
    let (before, after, n, interval) = match sets {
        Sets::Paired(pairs) => {
            let pairs: Vec<(f64, f64)> =
                pairs.iter().filter_map(|(before, after)| Some((value(before)?, value(after)?))).collect();
            let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
            let interval = interval(pairs.len(), || drawn_mean(&differences, &mut random));
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            (mean(&before)?, mean(&after)?, before.len(), interval)
        }
        Sets::Apart(before, after) => {
            let of = |set: &[Values]| set.iter().filter_map(value).collect::<Vec<f64>>();
            let (before, after) = (of(before), of(after));
            let n = before.len().min(after.len());
            let draw = || drawn_mean(&after, &mut random) - drawn_mean(&before, &mut random);
            (mean(&before)?, mean(&after)?, n, interval(n, draw))
        }
    };
    Some(Change { name: name.to_owned(), before, after, n, interval })
}

fn interval(n: usize, draw: impl FnMut() -> f64) -> Option<(f64, f64)> {
    if n < MIN_N {
        return None;
    }
    let means: Vec<f64> = std::iter::repeat_with(draw).take(N_DRAWS).collect();
    let quantile = |share| quantile(means.iter().copied(), share);
    Some((quantile(0.025)?, quantile(0.975)?))
}

/// The mean of as many values, each drawn from all.
fn drawn_mean(values: &[f64], random: &mut fastrand::Rng) -> f64 {
    let sum: f64 = (0..values.len()).map(|_| values[random.usize(..values.len())]).sum();
    sum / values.len() as f64
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(score: f64) -> Values {
        Values(BTreeMap::from([("score".to_owned(), score)]))
    }

    fn of(sets: &Sets) -> Change {
        changes(sets, &["score", "gone"]).pop().expect("both have it")
    }

    #[test]
    fn ten_points_for_everybody_are_a_clear_change_and_noise_is_none() {
        let noise = |index: i32| f64::from((index * 37) % 11 - 5);
        let pairs = |gain: f64| {
            Sets::Paired(
                (0..20)
                    .map(|i| (score(60.0 + f64::from(i)), score(60.0 + f64::from(i) + gain + noise(i))))
                    .collect(),
            )
        };
        let better = of(&pairs(10.0));
        assert_eq!(better.is_clear(), Some(true));
        assert!((better.difference() - 10.0).abs() < 1.0);
        assert_eq!(of(&pairs(0.0)).is_clear(), Some(false));
        assert_eq!(of(&pairs(-10.0)).is_clear(), Some(true));
        assert_eq!(of(&pairs(10.0)), better, "the same recordings give the same answer");
    }

    #[test]
    fn pairs_see_what_sets_apart_cannot() {
        let before: Vec<Values> = (0..10).map(|i| score(f64::from(i) * 10.0)).collect();
        let after: Vec<Values> =
            (0..10).map(|i| score(f64::from(i) * 10.0 + 2.0 + f64::from(i % 2))).collect();
        let pairs = before.iter().cloned().zip(after.iter().cloned()).collect();
        assert_eq!(of(&Sets::Paired(pairs)).is_clear(), Some(true));
        assert_eq!(of(&Sets::Apart(before, after)).is_clear(), Some(false));
    }

    #[test]
    fn too_few_are_not_judged_and_nothing_is_not_compared() {
        let few = Sets::Paired(vec![(score(10.0), score(90.0)); MIN_N - 1]);
        assert_eq!(of(&few).is_clear(), None);
        assert_eq!(changes(&Sets::Apart(vec![], vec![score(1.0)]), &["score"]), []);
    }

    #[test]
    fn the_interval_holds_the_truth_about_as_often_as_it_says() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut normal = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
        let mut n_held = 0;
        for _ in 0..200 {
            let pairs = (0..20).map(|_| (score(0.0), score(1.0 + normal()))).collect();
            let (low, high) = of(&Sets::Paired(pairs)).interval.expect("twenty are enough");
            n_held += usize::from(low <= 1.0 && 1.0 <= high);
        }
        // 95 % of 200 is 190; the percentile bootstrap of twenty is known to be a little narrow.
        assert!((176..=198).contains(&n_held), "{n_held}");
    }
}
