//! Where each metric should lie, and how far off it is worth nothing.

use crate::config::{Limits, TargetEnds};
use crate::units::Seconds;

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

/// Those of one recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Targets(Vec<Target>);

impl Targets {
    /// # Errors
    ///
    /// Where a low end lies above its high one.
    pub fn new(ends: &TargetEnds) -> Result<Self, String> {
        let targets: Vec<_> = built_in(ends)
            .into_iter()
            .zip(built_in(&TargetEnds::default()))
            .map(Target::moved_from)
            .collect();
        for Target { metric, low, high, .. } in &targets {
            if let (Some(low), Some(high)) = (low, high)
                && high < low
            {
                return Err(format!(
                    "[targets] {metric}_low is {low} and {metric}_high {high}: the low end lies above the high one"
                ));
            }
        }
        Ok(Self(targets))
    }

    pub fn of(&self, metric: &str) -> Option<&Target> {
        self.iter().find(|target| target.metric == metric)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Target> {
        self.0.iter()
    }

    /// As they hold in a recording of this length, from the first speech to the last. Filled pauses are too many where there are
    /// more than so many and more than so many a minute: one in eight seconds is no habit, nor are three in a minute.
    pub fn lasting(mut self, length: Option<Seconds>) -> Self {
        const OF_MESSAGE: &str = "filled_pause_count";
        const OF_MINUTE: &str = "filled_pauses_per_minute";
        let high = |name| self.of(name).and_then(|target| target.high);
        let Some(((count, rate), length)) = high(OF_MESSAGE).zip(high(OF_MINUTE)).zip(length) else {
            return self;
        };
        let minutes = length.0 / 60.0;
        for target in &mut self.0 {
            let usual = *target;
            match target.metric {
                OF_MESSAGE => target.high = Some(count.max((rate * minutes).floor())),
                OF_MINUTE => target.high = Some(rate.max((10.0 * count / minutes).ceil() / 10.0)),
                _ => continue,
            }
            *target = Target::moved_from((*target, usual));
        }
        self
    }

    /// As they hold where a script or the settings decide the length.
    pub fn allowing(mut self, allowed: Allowed) -> Self {
        if let Some(duration) = self.0.iter_mut().find(|target| target.metric == "duration") {
            let longest = allowed.longest.0;
            // Nobody can keep to 12 s, as a script has to, and take 18 s or more; 20 s leave room for less than 30 s do.
            let advised = Limits::default().max_seconds;
            let low = duration.low.filter(|low| *low < longest && !allowed.may_be_short);
            duration.low = low.map(|low| low * (longest / advised).min(1.0));
            duration.high = Some(longest);
            duration.worthless_above = 2.0 * longest;
        }
        self
    }
}

impl Default for Targets {
    fn default() -> Self {
        Self(built_in(&TargetEnds::default()))
    }
}

/// The length that a message may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowed {
    pub longest: Seconds,
    /// It may hold less than other messages do: no reason is to be heard by whoever stands beside the phone.
    pub may_be_short: bool,
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
    /// What is worth nothing moves as the settings move the end before it.
    fn moved_from((own, usual): (Self, Self)) -> Self {
        Self {
            worthless_below: moved(usual.worthless_below, usual.low, own.low),
            worthless_above: moved(usual.worthless_above, usual.high, own.high),
            ..own
        }
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

fn between(
    metric: &'static str,
    part: Part,
    [worthless_below, low, high, worthless_above]: [f64; 4],
    findings: &'static [&'static str],
) -> Target {
    Target { metric, part, low: Some(low), high: Some(high), worthless_below, worthless_above, findings }
}

fn at_least(
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

fn at_most(
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

/// In proportion, so that half of what is asked is as bad as it was; from 0 by as much.
fn moved(outer: f64, usual: Option<f64>, own: Option<f64>) -> f64 {
    match usual.zip(own) {
        Some((usual, own)) if usual * own > 0.0 => outer * (own / usual),
        Some((usual, own)) => outer + own - usual,
        None => outer,
    }
}

/// The inner numbers are the targets; the outer ones, where nothing is left, are ours.
fn built_in(ends: &TargetEnds) -> Vec<Target> {
    // The length that is advised, where neither a script nor the settings say more.
    let longest = Limits::default().max_seconds;
    let pace = [60.0, ends.speaking_rate_low, ends.speaking_rate_high, 240.0];
    let articulation = [2.0, ends.articulation_rate_low, ends.articulation_rate_high, 8.0];
    let phonation = [0.3, ends.phonation_ratio_low, ends.phonation_ratio_high, 1.2];
    vec![
        between("duration", Part::Length, [3.0, ends.duration_low, longest, 60.0], &["AD115", "AD120"]),
        between("speaking_rate", Part::Pace, pace, &["AD102", "AD103"]),
        between("articulation_rate", Part::Pace, articulation, &["AD102", "AD103"]),
        between("phonation_ratio", Part::Pauses, phonation, &["AD106", "AD122"]),
        at_most("longest_pause", Part::Pauses, [ends.longest_pause_high, 4.0], &["AD106"]),
        at_most("filled_pause_count", Part::Fillers, [ends.filled_pause_count_high, 8.0], &["AD101"]),
        at_most(
            "filled_pauses_per_minute",
            Part::Fillers,
            [ends.filled_pauses_per_minute_high, 20.0],
            &["AD101"],
        ),
        at_most("filler_word_count", Part::Fillers, [ends.filler_word_count_high, 8.0], &["AD112"]),
        at_most("restart_count", Part::Fillers, [ends.restart_count_high, 6.0], &["AD111"]),
        at_least("pitch_sd", Part::Pitch, [0.8, ends.pitch_sd_low], &["AD104"]),
        at_least(
            "pitch_variation_quotient",
            Part::Pitch,
            [0.04, ends.pitch_variation_quotient_low],
            &["AD104"],
        ),
        at_least("pitch_range", Part::Pitch, [2.0, ends.pitch_range_low], &["AD104"]),
        at_most("flat_stretches", Part::Pitch, [ends.flat_stretches_high, 4.0], &["AD105"]),
        at_least("intensity_sd", Part::Energy, [1.0, ends.intensity_sd_low], &[]),
        between(
            "level",
            Part::Recording,
            [-50.0, ends.level_low, ends.level_high, -4.0],
            &["AD117", "AD121"],
        ),
        at_most("clipping_ratio", Part::Recording, [ends.clipping_ratio_high, 0.01], &["AD116"]),
        at_least("snr", Part::Recording, [5.0, ends.snr_low], &["AD118"]),
        at_most("number_rate", Part::ContactDetails, [ends.number_rate_high, 5.0], &["AD107"]),
        at_least(
            "script_coverage",
            Part::ContactDetails,
            [0.3, ends.script_coverage_low],
            &["AD108", "AD110"],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_fall_in_a_straight_line() {
        let targets = Targets::default();
        let rate = targets.of("speaking_rate").expect("it has a target");
        for (value, expected) in
            [(150.0, 100.0), (165.0, 100.0), (202.5, 50.0), (240.0, 0.0), (500.0, 0.0), (90.0, 50.0)]
        {
            assert!((rate.grade(value) - expected).abs() < 1e-9, "{value}");
        }
        let sd = targets.of("pitch_sd").expect("it has a target");
        assert_eq!((sd.grade(9.0), sd.band(9.0), sd.band(1.0)), (100.0, Band::Good, Band::Low));
    }

    #[test]
    fn every_part_has_a_target() {
        for part in Part::ALL {
            assert!(Targets::default().iter().any(|target| target.part == part), "{}", part.name());
        }
    }

    #[test]
    fn the_page_has_every_weight_and_where_nothing_is_left() {
        let page = include_str!("../../docs/metrics.md");
        for Target { metric, part, worthless_below, worthless_above, .. } in Targets::default().iter() {
            let row = page
                .lines()
                .find(|line| line.starts_with(&format!("| {} | {} | `", part.name(), part.weight())));
            let ends = match (worthless_below.is_finite(), worthless_above.is_finite()) {
                (true, true) => format!("{worthless_below} and {worthless_above}"),
                (true, false) => worthless_below.to_string(),
                _ => worthless_above.to_string(),
            };
            let shown = format!("`{metric}` {ends}");
            assert!(row.is_some_and(|row| row.contains(&shown)), "{}: {shown}: {row:?}", part.name());
        }
    }

    #[test]
    fn filled_pauses_are_too_many_by_their_count_and_by_their_rate() {
        for (seconds, n, is_good) in
            [(12.5, 2.0, true), (12.5, 3.0, false), (64.0, 5.0, true), (64.0, 6.0, false)]
        {
            let targets = Targets::default().lasting(Some(Seconds(seconds)));
            for (metric, value) in
                [("filled_pause_count", n), ("filled_pauses_per_minute", n * 60.0 / seconds)]
            {
                let band = targets.of(metric).expect("it has a target").band(value);
                assert_eq!(band == Band::Good, is_good, "{n} in {seconds} s: {metric}");
            }
        }
    }

    #[test]
    fn settings_move_a_target_and_what_lies_beyond_it() {
        let targets = |change: fn(&mut TargetEnds)| {
            let mut ends = TargetEnds::default();
            change(&mut ends);
            Targets::new(&ends)
        };
        let grade = |change, metric: &str, value: f64| {
            targets(change).expect("in order").of(metric).expect("it has a target").grade(value).round()
        };
        assert_eq!(targets(|_| {}), Ok(Targets::default()));
        assert_eq!(grade(|ends| ends.speaking_rate_high = 200.0, "speaking_rate", 200.0), 100.0);
        assert_eq!(grade(|ends| ends.pitch_sd_low = 1.3, "pitch_sd", 0.4), 0.0);
        assert_eq!(grade(|ends| ends.filler_word_count_high = 2.0, "filler_word_count", 6.0), 50.0);
        assert_eq!(grade(|ends| ends.level_high = 0.0, "level", 4.0), 50.0);
        assert_eq!(grade(|ends| ends.longest_pause_high = 0.0, "longest_pause", 2.5), 0.0);
        let error = targets(|ends| ends.speaking_rate_low = 170.0).expect_err("the wrong way round");
        assert!(error.contains("speaking_rate_low is 170 and speaking_rate_high 165"), "{error}");
    }
}
