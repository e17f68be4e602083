//! Metrics of what was said, which no sound alone can tell: `filler_word_count`, `restart_count`, `number_rate`,
//! `script_coverage`.
//!
//! The rate of a number: digits a second from its first digit to its last, pauses and all, since a listener writes in
//! the pauses. Digits are recalled better when they come slower, and what follows a pause of 0.5 s (ESSV 2021). Where a
//! number is said several times the slowest counts: it is the one that is written down; of several numbers the one that is
//! hardest to write down (ours).

use std::collections::BTreeMap;

use super::{Measurement, Unmeasurable, Words};
use crate::transcript::Timing;
use crate::transcript::alignment::{Said, SpokenNumber};

pub fn measurements(words: Words) -> [Measurement; 4] {
    let Words::Transcript { said, .. } = words else {
        return NAMES.map(|(name, unit)| {
            let reason = "needs the words: review with --transcript FILE or --model FILE";
            Measurement::new(name, unit, Err(Unmeasurable(reason.to_owned())))
        });
    };
    let without_script =
        said.against_script.is_none().then(|| "without a script, what it has counts as well".to_owned());
    let [fillers, restarts, rate, coverage] = NAMES;
    [
        Measurement::new(fillers.0, fillers.1, Ok(said.filler_words.len() as f64))
            .indicative(without_script.clone()),
        Measurement::new(restarts.0, restarts.1, Ok(said.restarts.len() as f64)).indicative(without_script),
        number_rate(rate, said),
        Measurement::new(coverage.0, coverage.1, script_coverage(said)),
    ]
}

const NAMES: [(&str, &str); 4] =
    [("filler_word_count", ""), ("restart_count", ""), ("number_rate", "digits/s"), ("script_coverage", "")];

/// The number that was said fastest when it was said slowest, with that rate, of those whose times are known.
pub fn fastest_number(said: &Said) -> Option<(&SpokenNumber, f64)> {
    let mut slowest: BTreeMap<&str, (&SpokenNumber, f64)> = BTreeMap::new();
    for number in &said.numbers {
        let Some(rate) = number.digits_per_second() else { continue };
        let known = slowest.entry(&number.digits).or_insert((number, rate));
        if rate < known.1 {
            *known = (number, rate);
        }
    }
    slowest.into_values().max_by(|(_, one), (_, other)| one.total_cmp(other))
}

fn number_rate((name, unit): (&'static str, &'static str), said: &Said) -> Measurement {
    let unknown = |reason: &str| Err(Unmeasurable(reason.to_owned()));
    let value = match (fastest_number(said), said.timing) {
        _ if said.numbers.is_empty() => unknown("no phone number was said"),
        (_, Timing::Absent) => unknown("the transcript has no times"),
        // How fast a number was said within its sentence is what such times hide.
        (_, Timing::Segments) => unknown("the transcript has times of segments only"),
        (Some((_, rate)), Timing::Words) => Ok(rate),
        (None, Timing::Words) => unknown("the number has no time of its own"),
    };
    Measurement::new(name, unit, value)
}

fn script_coverage(said: &Said) -> super::Measured<f64> {
    match &said.against_script {
        None if said.is_too_long => {
            Err(Unmeasurable("the script and what was said are too long to be compared".to_owned()))
        }
        None => Err(Unmeasurable("needs the script: review with --script FILE".to_owned())),
        Some(alignment) if alignment.is_of_another_script() => Err(Unmeasurable(format!(
            "only {:.0} % of the script was said; is it the script that was read?",
            100.0 * alignment.coverage
        ))),
        Some(alignment) => Ok(alignment.coverage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;
    use crate::transcript::alignment::{Reference, said};
    use crate::transcript::{Transcript, import};

    fn transcript(text: &str) -> Transcript {
        import::read(text.as_bytes()).expect("a transcript")
    }

    fn values(text: &str, script: Option<&str>) -> [Option<f64>; 4] {
        let transcript = transcript(text);
        let sequence = script.map(parse);
        let message = sequence.as_ref().and_then(|sequence| sequence.messages.first());
        let reference = script.zip(message).map(|(source, message)| Reference {
            source,
            message,
            required: &[],
            sections: &[],
        });
        let said = said(&transcript, reference, 0);
        measurements(Words::Transcript { transcript: &transcript, said: &said })
            .map(|measurement| measurement.value.ok())
    }

    #[test]
    fn each_is_measured_where_it_can_be() {
        assert_eq!(values("call 404-555-0142, basically", None), [Some(1.0), Some(0.0), None, None]);
        assert_eq!(
            values("call me on me on monday", Some("Call me on Monday.")),
            [Some(0.0), Some(1.0), None, Some(1.0)]
        );
        assert_eq!(values("something else was read", Some("Call me on Monday, Ann."))[3], None);
    }

    #[test]
    fn the_slowest_saying_of_the_fastest_number_counts() {
        let json = r#"{"version": 1, "words": [{"text": "404-555-0142", "start": 1, "end": 3},
            {"text": "or", "start": 3, "end": 4}, {"text": "404-555-0142", "start": 4, "end": 9}]}"#;
        assert_eq!(values(json, None)[2], Some(2.0));
        let json = r#"{"version": 1, "words": [{"text": "1234567", "start": 1, "end": 9},
            {"text": "or", "start": 9, "end": 9.5}, {"text": "404-555-0142", "start": 10, "end": 12}]}"#;
        assert_eq!(values(json, None)[2], Some(5.0), "a slow order number hides no rushed one");
        assert_eq!(values("1\n00:00:01,000 --> 00:00:03,000\nat 404-555-0142.\n", None)[2], None);
    }

    #[test]
    fn without_words_nothing_is_known() {
        assert!(measurements(Words::Unknown).iter().all(|measurement| measurement.value.is_err()));
    }
}
