//! Where each metric should lie, and how far off it is worth nothing.

use crate::metrics::Measurements;

/// A part of the delivery score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Pace,
    Length,
    Pauses,
    Fillers,
    Pitch,
    Energy,
    ContactDetails,
    Recording,
}

impl Part {
    pub const ALL: [Self; 8] = [
        Self::Pace,
        Self::Length,
        Self::Pauses,
        Self::Fillers,
        Self::Pitch,
        Self::Energy,
        Self::ContactDetails,
        Self::Recording,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Pace => "pace",
            Self::Length => "length",
            Self::Pauses => "pauses",
            Self::Fillers => "fillers",
            Self::Pitch => "pitch",
            Self::Energy => "energy",
            Self::ContactDetails => "contact details",
            Self::Recording => "recording",
        }
    }

    /// Relative to each other; ours: the adviser names fillers and monotone first.
    pub fn weight(self) -> f64 {
        match self {
            Self::Pitch => 25.0,
            Self::Fillers => 20.0,
            Self::Pace => 15.0,
            Self::Length | Self::Pauses | Self::ContactDetails => 10.0,
            Self::Energy | Self::Recording => 5.0,
        }
    }
}

/// 100 points within `low..=high`, falling in a straight line to none at `worthless_below` or `worthless_above`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    pub metric: &'static str,
    pub part: Part,
    pub low: Option<f64>,
    pub high: Option<f64>,
    worthless_below: f64,
    worthless_above: f64,
    /// Codes of the findings that a change of this metric would resolve.
    pub findings: &'static [&'static str],
}

impl Target {
    pub fn of(metric: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.metric == metric)
    }

    /// As it holds for one recording, whose length its script or the settings decide.
    pub fn in_recording(&self, measurements: &Measurements) -> Self {
        let Some(allowed) = measurements.allowed.filter(|_| self.metric == "duration") else { return *self };
        let longest = allowed.longest.0;
        // Nobody can keep to 12 s, as a script has to, and take 18 s or more.
        let low = self.low.filter(|low| *low < longest && !allowed.may_be_short);
        Self { low, high: Some(longest), worthless_above: 2.0 * longest, ..*self }
    }

    pub fn band(&self, value: f64) -> Band {
        match () {
            () if self.low.is_some_and(|low| value < low) => Band::Low,
            () if self.high.is_some_and(|high| high < value) => Band::High,
            () => Band::Good,
        }
    }

    /// The end of the target that a value lies beyond.
    pub fn limit_beyond(&self, value: f64) -> Option<f64> {
        match self.band(value) {
            Band::Good => None,
            Band::Low => self.low,
            Band::High => self.high,
        }
    }

    /// 0 to 100.
    pub fn grade(&self, value: f64) -> f64 {
        let share = match (self.band(value), self.low, self.high) {
            (Band::Low, Some(low), _) => (value - self.worthless_below) / (low - self.worthless_below),
            (Band::High, _, Some(high)) => (self.worthless_above - value) / (self.worthless_above - high),
            _ => 1.0,
        };
        100.0 * share.clamp(0.0, 1.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    Good,
    Low,
    High,
}

impl Band {
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

const fn between(
    metric: &'static str,
    part: Part,
    [worthless_below, low, high, worthless_above]: [f64; 4],
    findings: &'static [&'static str],
) -> Target {
    Target { metric, part, low: Some(low), high: Some(high), worthless_below, worthless_above, findings }
}

const fn at_least(
    metric: &'static str,
    part: Part,
    [worthless_below, low]: [f64; 2],
    findings: &'static [&'static str],
) -> Target {
    Target {
        metric,
        part,
        low: Some(low),
        high: None,
        worthless_below,
        worthless_above: f64::INFINITY,
        findings,
    }
}

const fn at_most(
    metric: &'static str,
    part: Part,
    [high, worthless_above]: [f64; 2],
    findings: &'static [&'static str],
) -> Target {
    Target {
        metric,
        part,
        low: None,
        high: Some(high),
        worthless_below: f64::NEG_INFINITY,
        worthless_above,
        findings,
    }
}

/// The inner numbers are the targets, each with its source; the outer ones, where nothing is left, are ours.
pub static TARGETS: &[Target] = &[
    // Published guidance: 15 sites say 18 to 30 s.
    between("duration", Part::Length, [3.0, 18.0, 30.0, 60.0], &["AD115", "AD120"]),
    // NCVS: 150; most coaches: 140 to 160; Speaker Coach: 100 to 165.
    between("speaking_rate", Part::Pace, [60.0, 120.0, 165.0, 240.0], &["AD102", "AD103"]),
    // De Jong & Wempe (2009).
    between("articulation_rate", Part::Pace, [2.0, 3.5, 5.5, 8.0], &["AD102", "AD103"]),
    // Ours: below, more silence than a listener expects; above, no pause to think in.
    between("phonation_ratio", Part::Pauses, [0.3, 0.65, 0.92, 1.2], &["AD106", "AD122"]),
    // Ours.
    at_most("longest_pause", Part::Pauses, [1.5, 4.0], &["AD106"]),
    // Laske & DiGennaro Reed (2024): no harm at 5 a minute, two in a message of 25 s; harm at 12 a minute.
    at_most("filled_pause_count", Part::Fillers, [2.0, 8.0], &["AD101"]),
    at_most("filled_pauses_per_minute", Part::Fillers, [5.0, 20.0], &["AD101"]),
    // Ours: none is needed; the adviser counts *like* and *you know* as fillers.
    at_most("filler_word_count", Part::Fillers, [0.0, 8.0], &["AD112"]),
    at_most("restart_count", Part::Fillers, [0.0, 6.0], &["AD111"]),
    // 17.3 × Hincks's 0.15.
    at_least("pitch_sd", Part::Pitch, [0.8, 2.6], &["AD104"]),
    // Hincks (2005): below .15 is monotone.
    at_least("pitch_variation_quotient", Part::Pitch, [0.04, 0.15], &["AD104"]),
    // About 2.56 standard deviations of 2.6 semitones lie between the 10th and the 90th percentile.
    at_least("pitch_range", Part::Pitch, [2.0, 6.0], &["AD104"]),
    at_most("flat_stretches", Part::Pitch, [0.0, 4.0], &["AD105"]),
    // Ours.
    at_least("intensity_sd", Part::Energy, [1.0, 4.0], &[]),
    // Ours: far below, a phone line's noise covers it; far above, it distorts.
    between("level", Part::Recording, [-50.0, -34.0, -12.0, -4.0], &["AD117", "AD121"]),
    at_most("clipping_ratio", Part::Recording, [0.0001, 0.01], &["AD116"]),
    // Ours: speech over a quiet office is 25 to 30 dB above its noise.
    at_least("snr", Part::Recording, [5.0, 15.0], &["AD118"]),
    // Ours; ESSV (2021): slower digits are recalled better.
    at_most("number_rate", Part::ContactDetails, [2.5, 5.0], &["AD107"]),
    // Nobody minds one word in twenty; a detail among them is told and counted by itself (ours).
    at_least("script_coverage", Part::ContactDetails, [0.3, 0.95], &["AD108"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_fall_in_a_straight_line() {
        let rate = Target::of("speaking_rate").expect("it has a target");
        for (value, expected) in
            [(150.0, 100.0), (165.0, 100.0), (202.5, 50.0), (240.0, 0.0), (500.0, 0.0), (90.0, 50.0)]
        {
            assert!((rate.grade(value) - expected).abs() < 1e-9, "{value}");
        }
        let sd = Target::of("pitch_sd").expect("it has a target");
        assert_eq!((sd.grade(9.0), sd.band(9.0), sd.band(1.0)), (100.0, Band::Good, Band::Low));
    }

    #[test]
    fn every_part_has_a_target() {
        for part in Part::ALL {
            assert!(TARGETS.iter().any(|target| target.part == part), "{}", part.name());
        }
    }
}
