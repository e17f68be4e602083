//! What changed between two sets of recordings, and whether it is more than chance.
//!
//! Sources of the intervals: Student (1908), "The probable error of a mean", Biometrika 6(1), 1-25, of pairs; Welch (1947),
//! "The generalization of 'Student's' problem when several different population variances are involved", Biometrika 34,
//! 28-35, of sets apart. Percentiles of the bootstrap hold the truth in some 84 of 100 cases of five pairs (drawn normally).

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::statistics::mean_and_sd;

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

/// Fewest pairs of which an interval is given; ours: of fewer nobody knows how far such differences lie apart.
pub const MIN_N: usize = 5;

/// The values that both sets have, in the order of `names`.
pub fn changes(sets: &Sets, names: &[&str]) -> Vec<Change> {
    names.iter().filter_map(|name| change(sets, name)).collect()
}

fn change(sets: &Sets, name: &str) -> Option<Change> {
    let value = |values: &Values| values.0.get(name).copied();
    let (before, after, n, interval) = match sets {
        Sets::Paired(pairs) => {
            let pairs: Vec<(f64, f64)> =
                pairs.iter().filter_map(|(before, after)| Some((value(before)?, value(after)?))).collect();
            let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            (mean(&before)?, mean(&after)?, before.len(), of_pairs(&differences))
        }
        Sets::Apart(before, after) => {
            let of = |set: &[Values]| set.iter().filter_map(value).collect::<Vec<f64>>();
            let (before, after) = (of(before), of(after));
            let n = before.len().min(after.len());
            (mean(&before)?, mean(&after)?, n, of_sets(&before, &after))
        }
    };
    let interval = interval.filter(|_| MIN_N <= n);
    Some(Change { name: name.to_owned(), before, after, n, interval })
}

fn of_pairs(differences: &[f64]) -> Option<(f64, f64)> {
    let (mean, sd) = mean_and_sd(differences)?;
    let n = differences.len() as f64;
    around(mean, sd / n.sqrt(), n - 1.0)
}

fn of_sets(before: &[f64], after: &[f64]) -> Option<(f64, f64)> {
    let error = |set: &[f64]| {
        let (mean, sd) = mean_and_sd(set)?;
        Some((mean, sd.powi(2) / set.len() as f64, set.len() as f64 - 1.0))
    };
    let ((before, one, n_one), (after, other, n_other)) = (error(before)?, error(after)?);
    let freedom = (one + other).powi(2) / (one.powi(2) / n_one + other.powi(2) / n_other);
    around(after - before, (one + other).sqrt(), freedom)
}

/// What holds the truth in 95 of 100 cases, of a mean with this standard error.
fn around(mean: f64, error: f64, degrees_of_freedom: f64) -> Option<(f64, f64)> {
    // All alike: no chance is seen in them.
    if error == 0.0 {
        return Some((mean, mean));
    }
    let reach = error * StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()?.inverse_cdf(0.975);
    reach.is_finite().then_some((mean - reach, mean + reach))
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

    /// 95 % of 1,000 is 950; the standard error of that count is 7.
    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says_of_few_as_well() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut normal = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
        let mut set =
            |n: usize, mean: f64| -> Vec<Values> { (0..n).map(|_| score(mean + normal())).collect() };
        for n in [MIN_N, 10, 20] {
            let (mut n_paired, mut n_apart) = (0, 0);
            for _ in 0..1_000 {
                let holds =
                    |sets: Sets| of(&sets).interval.is_some_and(|(low, high)| low <= 1.0 && 1.0 <= high);
                let pairs = set(n, 0.0).into_iter().zip(set(n, 1.0)).collect();
                n_paired += usize::from(holds(Sets::Paired(pairs)));
                n_apart += usize::from(holds(Sets::Apart(set(n, 0.0), set(n + 3, 1.0))));
            }
            assert!((929..=971).contains(&n_paired), "{n} pairs: {n_paired}");
            assert!((929..=971).contains(&n_apart), "{n} apart: {n_apart}");
        }
    }

    #[test]
    fn known_answers() {
        // Student's own: hours of sleep that one drug gave more than another, to ten patients; t(9) = 2.262.
        let gained = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        let pairs = gained.iter().map(|gain| (score(0.0), score(*gain))).collect();
        let (low, high) = of(&Sets::Paired(pairs)).interval.expect("ten are enough");
        assert!((low - 0.700).abs() < 0.001 && (high - 2.460).abs() < 0.001, "{low} {high}");
        let same = Sets::Paired(vec![(score(1.0), score(2.0)); MIN_N]);
        assert_eq!(of(&same).interval, Some((1.0, 1.0)));
    }
}
