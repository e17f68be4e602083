//! Units as types, so that seconds are never added to hertz.
//!
//! Each is a plain `f64` in the unit its name says; the wrapped number is public because every formula needs it.

use std::fmt;
use std::ops::{Add, Sub};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $symbol:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $name(pub f64);

        impl $name {
            /// The unit as printed in reports and JSON.
            pub const SYMBOL: &'static str = $symbol;
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match formatter.precision() {
                    Some(precision) => write!(formatter, "{:.precision$} {}", self.0, $symbol),
                    None => write!(formatter, "{} {}", self.0, $symbol),
                }
            }
        }
    };
}

unit!(
    /// A moment of a recording counted from its start, or a length of time.
    Seconds, "s");
unit!(
    /// Cycles per second.
    Hertz, "Hz");
unit!(
    /// Twelfths of an octave: 12·log2(f/f₀).
    Semitones, "semitones");
unit!(
    /// A level; what it is relative to is said where it is used.
    Decibels, "dB");
unit!(WordsPerMinute, "wpm");
unit!(SyllablesPerSecond, "syll/s");
unit!(PerMinute, "1/min");

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Seconds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Hertz {
    /// The interval from `reference` up to this frequency.
    pub fn semitones_above(self, reference: Self) -> Semitones {
        Semitones(12.0 * (self.0 / reference.0).log2())
    }
}

/// A stretch of a recording; `start` ≤ `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub start: Seconds,
    pub end: Seconds,
}

impl Interval {
    pub fn new(start: f64, end: f64) -> Self {
        debug_assert!(start <= end, "an interval cannot end before it starts: {start} > {end}");
        Self { start: Seconds(start), end: Seconds(end) }
    }

    pub fn length(self) -> Seconds {
        self.end - self.start
    }

    pub fn middle(self) -> Seconds {
        Seconds((self.start.0 + self.end.0) / 2.0)
    }

    pub fn contains(self, time: Seconds) -> bool {
        self.start <= time && time < self.end
    }

    /// What is left of it beside `others`, which are in time order and do not overlap.
    pub fn without(self, others: &[Self]) -> Vec<Self> {
        let first = others.partition_point(|other| other.end <= self.start);
        let mut left = Vec::new();
        let mut start = self.start;
        for other in others[first..].iter().take_while(|other| other.start < self.end) {
            if start < other.start {
                left.push(Self { start, end: other.start });
            }
            start = other.end;
        }
        if start < self.end {
            left.push(Self { start, end: self.end });
        }
        left
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The sum of the lengths of intervals that do not overlap.
pub fn total_length(intervals: &[Interval]) -> Seconds {
    Seconds(intervals.iter().map(|interval| interval.length().0).sum())
}

/// "1 script", "2 scripts".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A value beyond a limit with so many digits, `n_decimals` or more, that it does not look like the limit.
pub fn beside(value: f64, limit: f64, n_decimals: usize) -> String {
    const MOST: usize = 6;
    let mut texts = (n_decimals..=MOST).map(|n_decimals| format!("{value:.n_decimals$}"));
    texts.find(|text| is_beside(text, value, limit)).unwrap_or_else(|| value.to_string())
}

/// Does what is shown of a value lie on the side of a limit that the value is on?
pub fn is_beside(shown: &str, value: f64, limit: f64) -> bool {
    shown.parse().is_ok_and(|shown: f64| shown.partial_cmp(&limit) == value.partial_cmp(&limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_without_others() {
        let whole = Interval::new(1.0, 4.0);
        let others = [Interval::new(0.0, 1.5), Interval::new(2.0, 3.0), Interval::new(3.5, 9.0)];
        assert_eq!(whole.without(&others), [Interval::new(1.5, 2.0), Interval::new(3.0, 3.5)]);
        assert_eq!((whole.without(&[]), whole.without(&[whole])), (vec![whole], vec![]));
    }

    #[test]
    fn a_value_beyond_a_limit_does_not_look_like_it() {
        for (value, limit, n_decimals, expected) in [
            (30.3, 30.0, 0, "30.3"),
            (41.2, 30.0, 0, "41"),
            (2.5501, 2.55, 2, "2.5501"),
            (30.0, 30.0, 0, "30"),
        ] {
            assert_eq!(beside(value, limit, n_decimals), expected);
        }
    }

    #[test]
    fn an_octave_is_twelve_semitones() {
        assert_eq!(Hertz(200.0).semitones_above(Hertz(100.0)), Semitones(12.0));
        assert_eq!(Hertz(50.0).semitones_above(Hertz(100.0)), Semitones(-12.0));
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        assert!(!Interval::new(0.0, 1.0).overlaps(Interval::new(1.0, 2.0)));
        assert!(Interval::new(0.0, 1.1).overlaps(Interval::new(1.0, 2.0)));
        assert_eq!(total_length(&[Interval::new(0.0, 1.0), Interval::new(2.0, 2.5)]), Seconds(1.5));
    }

    #[test]
    fn units_print_with_their_symbol() {
        assert_eq!(format!("{:.1}", Seconds(1.25)), "1.2 s");
        assert_eq!(format!("{:.2}", Semitones(2.6)), "2.60 semitones");
    }
}
