//! What a listener hears, in numbers: one file a metric, with its definition, unit and source.
//!
//! Too little to measure gives [`Unmeasurable`] with a reason, never a zero.

pub mod articulation_rate;
pub mod duration;
pub mod endings;
pub mod filled_pauses;
pub mod flat_stretches;
mod heard_twice;
pub mod intensity_sd;
pub mod level;
pub mod liveliness;
pub mod pauses;
pub mod phonation_ratio;
pub mod phone_band;
pub mod pitch;
pub mod pitch_variation_quotient;
pub mod speaking_rate;
pub mod speed_ups;
pub mod words;

use self::heard_twice::covered;
use crate::analysis::{Analysis, FilledPause};
use crate::transcript::alignment::Said;
use crate::transcript::{Timing, Transcript, Word};
use crate::units::{Interval, Seconds, total_length};

/// Raised whenever a recording that has not changed gets another number: what was measured by different versions is not
/// to be compared.
pub const ANALYSIS_VERSION: u32 = 10;

/// A value, or why there is none.
pub type Measured<T> = Result<T, Unmeasurable>;

/// Printed as "n/a: …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unmeasurable(pub String);

/// One metric of one recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Stable once released.
    pub name: &'static str,
    /// As printed; `""` for a plain count or ratio.
    pub unit: &'static str,
    pub value: Measured<f64>,
    /// Why the value is weaker than usual, if it is.
    pub indicative: Option<String>,
}

/// Everything measured in a recording, with the places that the numbers are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurements {
    pub list: Vec<Measurement>,
    /// The whole recording, from a telephone's signal before the first speech to one after the last.
    pub recording: Interval,
    /// From the first speech to the last; `None` without speech.
    pub spoken: Option<Interval>,
    /// The time within it in which somebody speaks.
    pub speech: Seconds,
    /// What was taken for speech is tones, or has nobody's syllables: nothing of it can be graded.
    pub is_tonal: bool,
    pub pauses: Vec<Interval>,
    pub filled_pauses: Vec<FilledPause>,
    pub flat_stretches: Vec<Interval>,
    /// Stretches said far faster than the rest; none where that cannot be known.
    pub speed_ups: Vec<Interval>,
    /// Ends of phrases that sink below hearing.
    pub trailing: Vec<Interval>,
    /// The end of the recording, where it stops in the middle of a sound.
    pub cut_off: Option<Interval>,
    /// Those of the transcript; empty without one.
    pub words: Vec<Word>,
    /// `None` without a transcript.
    pub said: Option<Said>,
}

impl Measurements {
    pub fn get(&self, name: &str) -> Option<&Measurement> {
        self.list.iter().find(|measurement| measurement.name == name)
    }

    /// Was the speaking rate worked out without any words?
    pub fn is_estimated_pace(&self) -> bool {
        self.get("speaking_rate")
            .is_some_and(|rate| rate.indicative.as_deref() == Some(speaking_rate::ESTIMATED))
    }

    /// The words said in a stretch, as the transcript has them; empty where it has none, or no times.
    pub fn words_in(&self, stretch: Interval) -> String {
        let is_in = |word: &&Word| word.interval.is_some_and(|interval| stretch.contains(interval.middle()));
        self.words.iter().filter(is_in).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The value of a metric that could be measured.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.get(name)?.value.as_ref().ok().copied()
    }
}

/// Where the number of spoken words comes from.
#[derive(Debug, Clone, Copy)]
pub enum Words<'a> {
    Transcript {
        transcript: &'a Transcript,
        said: &'a Said,
    },
    /// As many as the script has when it is read out.
    Script {
        n_spoken: usize,
    },
    Unknown,
}

fn recording(analysis: &Analysis) -> Interval {
    let whole = Interval { start: Seconds(0.0), end: analysis.duration };
    let Some(spoken) = spoken(&analysis.speech) else { return whole };
    let before = analysis.signals.iter().rfind(|signal| signal.end <= spoken.start);
    let after = analysis.signals.iter().find(|signal| spoken.end <= signal.start);
    Interval {
        start: before.map_or(whole.start, |signal| signal.end),
        end: after.map_or(whole.end, |signal| signal.start),
    }
}

/// All metrics that can be had from sound and a count of words.
pub fn measure(analysis: &Analysis, words: Words) -> Measurements {
    let message = Message { speech: &analysis.speech, signals: &analysis.signals };
    let mut list = vec![duration::duration(message)];
    list.push(speaking_rate::speaking_rate(message, &analysis.nuclei, words));
    list.push(articulation_rate::measurement(&analysis.speech, analysis.nuclei.len()));
    let counted = analysis.filled_pauses.events.iter().filter(|event| event.counted);
    let counted: Vec<Interval> = counted.map(|event| event.interval).collect();
    let speed_ups = speed_ups::speed_ups(&analysis.speech, &counted, &analysis.nuclei);
    list.push(speed_ups::measurement(&speed_ups));
    list.push(phonation_ratio::phonation_ratio(message));
    list.extend(pauses::pauses(&analysis.speech, &analysis.pauses));
    let filled_pauses = match words {
        Words::Transcript { transcript, said } => {
            heard_twice::joined(&analysis.filled_pauses, &analysis.speech, transcript, said)
        }
        Words::Script { .. } | Words::Unknown => analysis.filled_pauses.events.clone(),
    };
    let n_written = match words {
        Words::Transcript { transcript, said } if transcript.timing != Timing::Words => {
            said.filled_pauses.len()
        }
        _ => 0,
    };
    list.extend(filled_pauses::filled_pauses(&analysis.speech, &filled_pauses, n_written));
    let voice = pitch::voice(&analysis.f0, &analysis.speech);
    let flat_stretches = match &voice {
        Ok(_) => flat_stretches::flat_stretches(&analysis.f0, &analysis.speech),
        Err(_) => Vec::new(),
    };
    list.extend(pitch::pitch(&voice));
    list.push(pitch_variation_quotient::measurement(&voice));
    list.push(liveliness::measurement(&voice));
    list.push(flat_stretches::measurement(&voice, &analysis.speech, &flat_stretches));
    list.push(intensity_sd::intensity_sd(&analysis.voice_intensity, &analysis.speech));
    list.extend(level::level(&analysis.level));
    list.extend(phone_band::phone_band(analysis.phone_line));
    list.extend(words::measurements(words));
    let (words, said) = match words {
        Words::Transcript { transcript, said } => (transcript.words.clone(), Some(said.clone())),
        Words::Script { .. } | Words::Unknown => (Vec::new(), None),
    };
    Measurements {
        list,
        recording: recording(analysis),
        spoken: spoken(&analysis.speech),
        speech: total_length(&analysis.speech),
        is_tonal: analysis.is_tonal
            || words.is_empty() && articulation_rate::is_nobodys(&analysis.speech, analysis.nuclei.len()),
        pauses: analysis.pauses.clone(),
        filled_pauses,
        flat_stretches,
        speed_ups: speed_ups.unwrap_or_default(),
        trailing: endings::trailing(&analysis.voice_intensity, &analysis.f0, &analysis.speech),
        cut_off: endings::cut_off(analysis),
        words,
        said,
    }
}

impl Measurement {
    fn new(name: &'static str, unit: &'static str, value: Measured<f64>) -> Self {
        // Nothing that is no number leaves this layer.
        let value = value.and_then(|value| {
            if value.is_finite() { Ok(value) } else { Err(Unmeasurable("too little to measure".to_owned())) }
        });
        Self { name, unit, value, indicative: None }
    }

    fn indicative(mut self, reason: Option<String>) -> Self {
        self.indicative = reason.filter(|_| self.value.is_ok());
        self
    }
}

/// What is said, and the signals of a telephone in between, which are no part of it. Both in time order, not overlapping.
#[derive(Debug, Clone, Copy)]
struct Message<'a> {
    speech: &'a [Interval],
    signals: &'a [Interval],
}

impl Message<'_> {
    /// From the first speech to the last, without signals.
    fn length(&self) -> Option<Seconds> {
        let spoken = spoken(self.speech)?;
        Some(Seconds(spoken.length().0 - covered(spoken, self.signals)))
    }
}

/// From the start of the first to the end of the last.
fn spoken(speech: &[Interval]) -> Option<Interval> {
    Some(Interval { start: speech.first()?.start, end: speech.last()?.end })
}

fn no_speech() -> Unmeasurable {
    Unmeasurable("no speech was found".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::Clip;

    #[test]
    fn silence_is_unknown_and_not_zero() {
        let measurements = measure(&analyse(Clip::new(vec![0.0; 32_000], 16_000)), Words::Unknown);
        for measurement in &measurements.list {
            let known = matches!(measurement.name, "clipping_ratio");
            assert_eq!(measurement.value.is_ok(), known, "{measurement:?}");
        }
    }
}
