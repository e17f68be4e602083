//! The few statistics that measuring and reporting share.

/// Mean and standard deviation with n − 1; `None` of fewer than two values.
pub fn mean_and_sd(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some((mean, variance.sqrt()))
}

/// `None` of no values.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    quantile(values, 0.5)
}

/// The value below which a share (0 to 1) of the values lies, interpolated linearly (definition 7 of Hyndman & Fan 1996, The
/// American Statistician 50(4), 361-365); `None` of no values.
pub fn quantile(values: impl IntoIterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    let position = share.clamp(0.0, 1.0) * values.len().checked_sub(1)? as f64;
    let (_, below, rest) = values.select_nth_unstable_by(position as usize, f64::total_cmp);
    let next = rest.iter().copied().min_by(f64::total_cmp).filter(|_| below.is_finite());
    Some(next.map_or(*below, |above| *below + (above - *below) * position.fract()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        assert_eq!(mean_and_sd(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).map(|(mean, _)| mean), Some(5.0));
        assert_eq!(mean_and_sd(&[1.0, 3.0]), Some((2.0, 2f64.sqrt())));
        assert_eq!(mean_and_sd(&[1.0]), None);
    }

    #[test]
    fn quantiles() {
        assert_eq!(quantile([5.0, 1.0, 3.0, 2.0, 4.0], 0.1), Some(1.4));
        assert_eq!((quantile([2.0, 1.0], 0.0), quantile([2.0, 1.0], 1.0)), (Some(1.0), Some(2.0)));
        assert_eq!((median([3.0, 1.0]), median([9.0, 1.0, 2.0]), median([])), (Some(2.0), Some(2.0), None));
        let silent = [f64::NEG_INFINITY, 60.0];
        assert_eq!(quantile(silent, 0.3), Some(f64::NEG_INFINITY), "and not a number that is none");
    }
}
