//! From numbers to a score, its parts, and the three changes to make first.
//!
//! The score is 100 less the root mean square of what its parts lose, by weight. A part that could not be measured is left
//! out and its weight is shared among the rest; without speech, or of tones, there is no score at all.

pub mod catalogue;
pub mod comparison;
mod findings;
pub mod targets;
mod word_findings;

use std::collections::HashMap;

use crate::config::ScoreWeights;
use crate::finding::{Finding, Place, Severity};
use crate::metrics::{Measured, Measurements, Unmeasurable};
use crate::units::{Seconds, beside};
use targets::{Band, Part, Target, Targets};

pub use findings::{findings, is_silence_at_end};

#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    /// 0 to 100, or why there is none: nothing, or too little, was said.
    pub overall: Measured<f64>,
    pub parts: Vec<PartScore>,
    /// At most three: errors, then the best first.
    pub changes: Vec<Change>,
}

impl Scorecard {
    /// [`Self::overall`] without its reason.
    pub fn score(&self) -> Option<f64> {
        self.overall.as_ref().ok().copied()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct PartScore {
    pub name: &'static str,
    /// 0 to 100, or why nothing of the part could be measured.
    pub value: Measured<f64>,
    /// Share of the overall score after the weights of unmeasured parts were shared out; 0 without a value.
    pub weight: f64,
}

impl PartScore {
    /// [`Self::value`] without its reason.
    pub fn points(&self) -> Option<f64> {
        self.value.as_ref().ok().copied()
    }
}

/// What a recording is graded by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standards {
    pub weights: ScoreWeights,
    pub targets: Targets,
}

/// What to do next, and how many points of the overall score it is worth at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub gain: f64,
    pub finding: Finding,
}

/// How many changes are worth telling: one can keep three in mind while speaking.
const N_CHANGES: usize = 3;

/// Points that a finding of the script costs the part *words*; ours.
fn penalty(severity: Severity) -> f64 {
    match severity {
        Severity::Error => 25.0,
        Severity::Warning => 10.0,
        Severity::Advice => 3.0,
    }
}

/// Points that a finding costs a part beside what its metrics do; ours: with a wrong number or none the rest is of no use, without one
/// name or one address it is of less, and after ten seconds of silence nobody listens.
fn cost(finding: &Finding, part: Part) -> f64 {
    match (part, finding.place) {
        (Part::ContactDetails, _) if finding.code == catalogue::NUMBER_DIFFERS.code => 100.0,
        (Part::ContactDetails, _) if finding.code == catalogue::DETAIL_NOT_SAID.code => {
            if finding.severity == Severity::Error { 100.0 } else { 25.0 }
        }
        (Part::Pauses, Place::Time(silence)) if finding.code == catalogue::DEAD_AIR.code => {
            (10.0 * silence.length().0).min(100.0)
        }
        // Of a message without its end nobody knows what it asked.
        (Part::Recording, _) if finding.code == catalogue::CUT_OFF.code => 100.0,
        _ => 0.0,
    }
}

/// `script`: the findings of the script that was read, or why there are none. `delivery`: those of [`findings`].
pub fn grade(
    measurements: &Measurements,
    script: Measured<&[Finding]>,
    delivery: &[Finding],
    standards: &Standards,
) -> Scorecard {
    let Standards { weights, targets } = standards;
    let words = script.clone().map(|findings| {
        let lost: f64 = findings.iter().map(|finding| penalty(finding.severity)).sum();
        (100.0 - lost).max(0.0)
    });
    let share: f64 = Part::ALL.iter().map(|part| part.weight()).sum();
    let mut parts = vec![PartScore { name: "words", value: words, weight: weights.words }];
    parts.extend(Part::ALL.into_iter().map(|part| {
        PartScore {
            name: part.name(),
            value: match is_unheard(measurements, targets, delivery, part) {
                true => None,
                false => part_value((measurements, targets), part, cost_of_all(delivery, part), None),
            }
            .ok_or_else(|| unmeasured(measurements, targets, part)),
            weight: weights.delivery * part.weight() / share,
        }
    }));
    let total: f64 = parts.iter().filter(|part| part.value.is_ok()).map(|part| part.weight).sum();
    for part in &mut parts {
        part.weight = if part.value.is_ok() && total > 0.0 { part.weight / total } else { 0.0 };
    }
    let overall = match ungraded(measurements, total) {
        Some(reason) => Err(Unmeasurable(reason)),
        None => Ok(overall(&parts, PartScore::points)),
    };
    let changes = match overall {
        Ok(_) => best(gains((measurements, targets), script.unwrap_or_default(), delivery, &parts)),
        Err(_) => Vec::new(),
    };
    Scorecard { overall, parts, changes }
}

/// The score with these values of its parts; one without a value has no weight. Squares are ours: in a plain mean good
/// parts make up for a bad one, and a message that nobody can make out, or call back, would lose six points of a hundred.
fn overall(parts: &[PartScore], value: impl Fn(&PartScore) -> Option<f64>) -> f64 {
    let lost = |part: &PartScore| part.weight * (100.0 - value(part).unwrap_or(100.0)).powi(2);
    // The weights may add up to a hair more than one.
    (100.0 - parts.iter().map(lost).sum::<f64>().sqrt()).max(0.0)
}

/// dBFS of a recording's peak below which nothing was before the microphone; ours.
const SILENCE: f64 = -60.0;

/// Why there is no score, if there is none.
fn ungraded(measurements: &Measurements, weight_of_parts: f64) -> Option<String> {
    let speech = measurements.speech;
    match () {
        () if measurements.spoken.is_none()
            && measurements.value("peak").is_none_or(|peak| peak < SILENCE) =>
        {
            Some("the recording is silent (was the microphone off?)".to_owned())
        }
        () if measurements.spoken.is_none() => Some("no speech was found in this recording".to_owned()),
        () if measurements.is_tonal => {
            Some("it sounds of tones, music or noises, not of somebody speaking".to_owned())
        }
        () if speech < MIN_SPEECH => {
            let speech = beside(speech.0, MIN_SPEECH.0, 1);
            Some(format!("{speech} s of speech is too little to grade; {MIN_SPEECH:.0} are needed"))
        }
        () if weight_of_parts <= 0.0 => Some("no part that has a weight could be measured".to_owned()),
        () => None,
    }
}

fn cost_of_all(delivery: &[Finding], part: Part) -> f64 {
    delivery.iter().map(|finding| cost(finding, part)).sum()
}

/// Where its noise is unknown, be it that nobody pauses or that noise covers all, a recording is not called clean; what is wrong
/// with it all the same counts.
fn is_unheard(measurements: &Measurements, targets: &Targets, delivery: &[Finding], part: Part) -> bool {
    part == Part::Recording
        && measurements.value("snr").is_none()
        && cost_of_all(delivery, part) == 0.0
        && graded(measurements, targets, part).all(|(_, grade)| grade == 100.0)
}

/// Why a part has no points: the first of its metrics that could not be measured.
fn unmeasured(measurements: &Measurements, targets: &Targets, part: Part) -> Unmeasurable {
    let is_of_part = |name: &str| targets.of(name).is_some_and(|target| target.part == part);
    let of_part = measurements.list.iter().filter(|measurement| is_of_part(measurement.name));
    let first = of_part.filter_map(|measurement| measurement.value.as_ref().err()).next();
    first
        .cloned()
        .unwrap_or_else(|| Unmeasurable("what is known of it is not sure enough to grade".to_owned()))
}

/// The grade of what could be measured, less what findings cost besides, `costs`; as it would be without the finding `mended`,
/// if one is given.
fn part_value(
    (measurements, targets): (&Measurements, &Targets),
    part: Part,
    costs: f64,
    mended: Option<&Finding>,
) -> Option<f64> {
    let is_mended = |target: &Target| mended.is_some_and(|mended| resolves(mended, target));
    let now: Vec<f64> = graded(measurements, targets, part).map(|(_, grade)| grade).collect();
    let then: Vec<f64> = graded(measurements, targets, part)
        .map(|(target, grade)| if is_mended(target) { 100.0 } else { grade })
        .collect();
    let (worst, grade) = (part_grade(part, &now)?, part_grade(part, &then)?);
    // Of two faults that are as bad neither would give anything alone, and one of them must be told first.
    let n_worst = now.iter().filter(|grade| **grade == worst).count() as f64;
    let is_worst = now.iter().zip(&then).any(|(now, then)| *now == worst && now < then);
    let grade = if is_worst { grade.max(worst + (100.0 - worst) / n_worst) } else { grade };
    Some((grade - costs).max(0.0))
}

/// Would a metric be on target without the finding? Not the pace of the whole without one hurried stretch.
fn resolves(finding: &Finding, target: &Target) -> bool {
    let is_stretch = finding.code == catalogue::TOO_FAST.code && finding.place != Place::Whole;
    target.findings.contains(&finding.code) && !is_stretch
}

/// The mean; but nothing makes up for a hole, nor a clear sound for one that is not heard (ours).
fn part_grade(part: Part, grades: &[f64]) -> Option<f64> {
    let mean = (!grades.is_empty()).then(|| grades.iter().sum::<f64>() / grades.len() as f64);
    match part {
        Part::Pauses | Part::Recording => grades.iter().copied().min_by(f64::total_cmp),
        _ => mean,
    }
}

/// Of each point that findings of the script cost together what the part *words* loses by it, which has a hundred to lose:
/// what they promise to give back never adds up to more.
fn felt(costs: impl Iterator<Item = f64>) -> f64 {
    let together: f64 = costs.sum();
    if together > 100.0 { 100.0 / together } else { 1.0 }
}

fn graded<'a>(
    measurements: &'a Measurements,
    targets: &'a Targets,
    part: Part,
) -> impl Iterator<Item = (&'a Target, f64)> {
    let of_part = targets.iter().filter(move |target| target.part == part);
    // A pace that was only estimated is graded where it is too high although syllables were missed: in creaky or fast speech a third
    // of them may be.
    let is_sure = |target: &Target, value: f64| {
        target.metric != "speaking_rate"
            || !measurements.is_estimated_pace()
            || target.band(value) == Band::High
    };
    of_part.filter_map(move |target| {
        let value = measurements.value(target.metric)?;
        is_sure(target, value).then(|| (target, target.grade(value)))
    })
}

/// Of each finding how much higher the score would be without it.
fn gains(
    measured: (&Measurements, &Targets),
    script: &[Finding],
    delivery: &[Finding],
    parts: &[PartScore],
) -> Vec<Change> {
    let of_part = |name: &str| Part::ALL.into_iter().find(|part| part.name() == name);
    // Whoever mends one of a kind mends them all: a number that was said wrong twice.
    let mut of_codes: HashMap<(&str, Part), f64> = HashMap::new();
    for (finding, part) in delivery.iter().flat_map(|finding| Part::ALL.map(|part| (finding, part))) {
        *of_codes.entry((finding.code, part)).or_default() += cost(finding, part);
    }
    let of_all: HashMap<Part, f64> =
        Part::ALL.into_iter().map(|part| (part, cost_of_all(delivery, part))).collect();
    let costs_without =
        |mended: &Finding, part: Part| -> f64 { (of_all[&part] - of_codes[&(mended.code, part)]).max(0.0) };
    let felt = felt(script.iter().map(|finding| penalty(finding.severity)));
    let now = overall(parts, PartScore::points);
    let without_script = |finding: &Finding| {
        overall(parts, |part| match of_part(part.name) {
            None => part.points().map(|value| value + felt * penalty(finding.severity)),
            Some(_) => part.points(),
        })
    };
    let without_delivery = |finding: &Finding| {
        overall(parts, |part| match of_part(part.name) {
            None => part.points(),
            Some(of_delivery) => part.points().and_then(|_| {
                part_value(measured, of_delivery, costs_without(finding, of_delivery), Some(finding))
            }),
        })
    };
    let of_script = script.iter().map(|finding| (without_script(finding), finding));
    let of_delivery = delivery.iter().map(|finding| (without_delivery(finding), finding));
    let all = of_script.chain(of_delivery);
    all.map(|(then, finding)| Change { gain: then - now, finding: finding.clone() }).collect()
}

/// The most worth while of all changes.
fn best(mut changes: Vec<Change>) -> Vec<Change> {
    // An error comes first whatever it is worth: nobody can call back a wrong number.
    let is_error = |change: &Change| change.finding.severity == Severity::Error;
    let worth = |change: &Change| if change.gain < MIN_GAIN { 0.0 } else { change.gain };
    changes.sort_by(|a, b| {
        let by_worth = || worth(b).total_cmp(&worth(a));
        let by_severity = || b.finding.severity.cmp(&a.finding.severity);
        is_error(b).cmp(&is_error(a)).then_with(by_worth).then_with(by_severity)
    });
    // One change a kind: the second flat stretch goes with the first.
    let mut seen: Vec<&'static str> = Vec::new();
    changes.retain(|change| {
        let is_new = !seen.contains(&change.finding.code);
        seen.push(change.finding.code);
        is_new
    });
    changes.truncate(N_CHANGES);
    changes
}

/// Least speech that is graded, pauses left out; ours: nobody can say who, why and a number in less.
const MIN_SPEECH: Seconds = Seconds(3.0);

/// Half a point is nothing a listener hears: below it no gain is promised.
pub const MIN_GAIN: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::Clip;
    use crate::metrics::{Words, measure};

    #[test]
    fn what_findings_give_back_adds_up_to_no_more_than_was_lost() {
        let together =
            |costs: &[f64]| costs.iter().map(|cost| cost * felt(costs.iter().copied())).sum::<f64>();
        assert_eq!((together(&[25.0, 10.0]), together(&[100.0, 25.0]), together(&[])), (35.0, 100.0, 0.0));
    }

    fn no_script<'a>() -> Measured<&'a [Finding]> {
        Err(Unmeasurable("none".to_owned()))
    }

    #[test]
    fn good_parts_do_not_make_up_for_a_bad_one() {
        let score = |values: &[(f64, f64)]| {
            let part =
                |(value, weight): &(f64, f64)| PartScore { name: "", value: Ok(*value), weight: *weight };
            overall(&values.iter().map(part).collect::<Vec<_>>(), PartScore::points)
        };
        assert_eq!(score(&[(100.0, 0.5), (100.0, 0.5)]), 100.0);
        assert_eq!(score(&[(60.0, 0.5), (60.0, 0.5)]), 60.0, "even parts: as their mean");
        assert_eq!(score(&[(0.0, 0.04), (100.0, 0.96)]), 80.0);
        assert_eq!(score(&[(0.0, 1.0)]), 0.0);
    }

    #[test]
    fn of_two_faults_that_are_as_bad_each_promises_its_share() {
        let loud = (0..160_000).map(|i| {
            let t = f64::from(i) / 16_000.0;
            let syllables = 0.6 + 0.4 * (18.0 * t).sin();
            let is_speech = t % 2.0 < 1.5;
            let voice: f64 = (1..9).map(|k| (754.0 * f64::from(k) * t).sin() / f64::from(k)).sum();
            if is_speech { (4.0 * voice * syllables).clamp(-1.0, 1.0) as f32 } else { 0.0 }
        });
        let mut measurements = measure(&analyse(Clip::new(loud.collect(), 16_000)), Words::Unknown);
        measurements.is_tonal = false;
        let targets = Targets::default();
        let delivery = findings(&measurements, &targets);
        let scorecard = grade(&measurements, no_script(), &delivery, &Standards::default());
        let parts =
            |finding: &Finding| part_value((&measurements, &targets), Part::Recording, 0.0, Some(finding));
        let now = part_value((&measurements, &targets), Part::Recording, 0.0, None).expect("it was recorded");
        let of_recording = |code: &str| delivery.iter().find(|finding| finding.code == code).expect(code);
        for code in [catalogue::CLIPPED.code, catalogue::TOO_LOUD.code] {
            assert!(parts(of_recording(code)).is_some_and(|then| now + 10.0 < then), "{code}: {scorecard:?}");
        }
    }

    #[test]
    fn silence_has_no_score() {
        let measurements = measure(&analyse(Clip::new(vec![0.0; 32_000], 16_000)), Words::Unknown);
        let scorecard = grade(&measurements, Ok(&[]), &[], &Standards::default());
        assert_eq!((scorecard.overall.is_err(), scorecard.changes.len()), (true, 0));
    }

    #[test]
    fn weights_of_what_is_unknown_are_shared() {
        let samples = (0..160_000).map(|i| {
            let t = f64::from(i) / 16_000.0;
            let phase = 2.0 * std::f64::consts::PI * (120.0 * t + 4.0 * (3.0 * t).sin());
            let voice: f64 =
                (1..9).map(|harmonic| (phase * f64::from(harmonic)).sin() / f64::from(harmonic)).sum();
            (0.1 * voice * (0.6 + 0.4 * (18.0 * t).sin())) as f32
        });
        let mut measurements = measure(&analyse(Clip::new(samples.collect(), 16_000)), Words::Unknown);
        let scorecard = grade(&measurements, no_script(), &[], &Standards::default());
        assert!(
            measurements.is_tonal && scorecard.overall.is_err(),
            "a timbre that never changes is no speech"
        );
        measurements.is_tonal = false;
        let scorecard = grade(&measurements, no_script(), &[], &Standards::default());
        let total: f64 = scorecard.parts.iter().map(|part| part.weight).sum();
        assert!((total - 1.0).abs() < 1e-9);
        assert_eq!(scorecard.parts[0].value.as_ref().map_err(ToString::to_string), Err("none".to_owned()));
        assert!(scorecard.overall.is_ok_and(|overall| (0.0..=100.0).contains(&overall)));
    }
}
