//! Speaking rate: words per minute from the first word to the last, pauses and all.
//!
//! Source: the US conversational average is about 150 (National Center for Voice and Speech).

use super::articulation_rate::{MIN_SPEECH, articulation_rate};
use super::heard_twice::covered;
use super::{Measurement, Message, Unmeasurable, Words, no_speech, spoken};
use crate::analysis::speech::joined;
use crate::transcript::{Timing, Transcript};
use crate::units::{Interval, Seconds, WordsPerMinute, total_length};

/// Syllables of a word on average: those of the 140,000 words of `fixtures/labelled`, which are voicemails. Used only where
/// no words are known.
pub const SYLLABLES_PER_WORD: f64 = 1.36;

/// What is said of a rate that no words stand behind.
pub const ESTIMATED: &str = "roughly, from syllables: no words are known";

/// Words per minute outside which no words are those that were said; ours: auctioneers reach 250. Where the syllables that
/// were heard agree, a synthesiser may be faster.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 50.0..=300.0;
const PLAUSIBLE_WITH_SYLLABLES: std::ops::RangeInclusive<f64> = 50.0..=450.0;

/// Words per minute at which a transcript is believed however few syllables were heard: a soft or creaky voice hides them; ours.
const ORDINARY: std::ops::RangeInclusive<f64> = 100.0..=200.0;

/// Syllables a word, by nuclei, outside which they are others; ours: English messages have one and a half, of which fast
/// speech hides a third.
const PLAUSIBLE_SYLLABLES: std::ops::RangeInclusive<f64> = 0.85..=2.5;

pub(super) fn speaking_rate(message: Message, nuclei: &[Seconds], words: Words) -> Measurement {
    let speech = message.speech;
    let (span, n_words, basis) = match words {
        Words::Transcript { transcript, said } => {
            let basis = match transcript.timing {
                Timing::Absent => Some("over the time of speech: the transcript has no times"),
                Timing::Words | Timing::Segments => None,
            };
            (transcript.span().or(spoken(speech)), said.n_words as f64, basis)
        }
        Words::Script { n_spoken } => {
            (spoken(speech), n_spoken as f64, Some("if every word of the script was said"))
        }
        Words::Unknown => (spoken(speech), nuclei.len() as f64 / SYLLABLES_PER_WORD, Some(ESTIMATED)),
    };
    let value = match span {
        None => Err(no_speech()),
        Some(_) if total_length(speech) < MIN_SPEECH => {
            Err(Unmeasurable("less than 1 s of speech".to_owned()))
        }
        Some(span) => {
            let unwritten = match words {
                Words::Transcript { transcript, .. } => unwritten(transcript, speech),
                _ => Vec::new(),
            };
            let left_out = joined(unwritten.clone(), message.signals.to_vec());
            let seconds = span.length().0 - covered(span, &left_out);
            let rate = n_words / seconds * 60.0;
            match words {
                Words::Transcript { .. } if !unwritten.is_empty() && seconds < MIN_WRITTEN.0 => {
                    Err(Unmeasurable(format!("only {seconds:.1} s of what was said are written down")))
                }
                Words::Unknown => articulation_rate(speech, nuclei.len()).map(|_| rate),
                Words::Script { n_spoken } if !fits(rate, n_spoken, nuclei.len()) => {
                    Err(Unmeasurable(format!(
                        "the script's {n_spoken} words do not fit {:.0} s; is it the script that was read?",
                        span.length().0
                    )))
                }
                Words::Transcript { transcript, said }
                    if transcript.timing == Timing::Absent
                        && !ORDINARY.contains(&rate)
                        && !fits(rate, said.n_words, nuclei.len()) =>
                {
                    Err(Unmeasurable(format!(
                        "the transcript's {} words do not fit {:.0} s; is it all that was said?",
                        said.n_words,
                        span.length().0
                    )))
                }
                _ => Ok(rate),
            }
        }
    };
    Measurement::new("speaking_rate", WordsPerMinute::SYMBOL, value).indicative(basis.map(str::to_owned))
}

/// What was said and the transcript does not have: from word to word, with a good deal of speech between.
pub fn unwritten(transcript: &Transcript, speech: &[Interval]) -> Vec<Interval> {
    let Some(spoken) = spoken(speech).filter(|_| transcript.span().is_some()) else { return Vec::new() };
    let mut gaps = Vec::new();
    let mut end = spoken.start;
    let next = Interval { start: spoken.end, end: spoken.end };
    for word in transcript.words.iter().filter_map(|word| word.interval).chain([next]) {
        if MOST_UNWRITTEN.0 < word.start.0 - end.0 {
            let gap = Interval { start: end, end: word.start };
            if MOST_UNWRITTEN.0 < covered(gap, speech) {
                gaps.push(gap);
            }
        }
        end = Seconds(end.0.max(word.end.0));
    }
    gaps
}

/// Speech without a word, from which some of a transcript is missing; ours: word times err by less.
const MOST_UNWRITTEN: Seconds = Seconds(3.0);
/// Of a few words nobody says how fast they were; ours.
const MIN_WRITTEN: Seconds = Seconds(3.0);

/// Can so many words be those that were said?
fn fits(rate: f64, n_words: usize, n_nuclei: usize) -> bool {
    match n_nuclei {
        0 => PLAUSIBLE.contains(&rate),
        _ => {
            PLAUSIBLE_WITH_SYLLABLES.contains(&rate)
                && PLAUSIBLE_SYLLABLES.contains(&(n_nuclei as f64 / n_words as f64))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Source;
    use crate::transcript::alignment::Said;
    use crate::transcript::import::Format;

    fn of(speech: &[Interval], nuclei: &[Seconds], words: Words) -> Measurement {
        speaking_rate(Message { speech, signals: &[] }, nuclei, words)
    }

    #[test]
    fn a_beep_between_is_no_time_to_say_words_in() {
        let speech = [Interval::new(1.0, 11.0), Interval::new(18.0, 28.0)];
        let message = Message { speech: &speech, signals: &[Interval::new(12.0, 17.0)] };
        let rate = speaking_rate(message, &[], Words::Script { n_spoken: 55 });
        assert_eq!(rate.value, Ok(150.0));
    }

    #[test]
    fn words_over_the_span_of_speech() {
        let speech = [Interval::new(1.0, 11.0), Interval::new(12.0, 21.0)];
        let rate = of(&speech, &[], Words::Script { n_spoken: 50 });
        assert_eq!(rate.value, Ok(150.0));
        assert!(rate.indicative.is_some());
        assert!(of(&[], &[], Words::Script { n_spoken: 50 }).value.is_err());
        let fast = of(&speech, &vec![Seconds(2.0); 130], Words::Script { n_spoken: 110 });
        assert_eq!(fast.value, Ok(330.0));
        let read_in_part = of(&speech, &vec![Seconds(2.0); 60], Words::Script { n_spoken: 80 });
        assert!(read_in_part.value.expect_err("60 syllables").to_string().contains("is it the script"));
        let other = of(&speech, &[], Words::Script { n_spoken: 500 });
        assert!(other.value.expect_err("1500 a minute").to_string().contains("is it the script"));
    }

    #[test]
    fn speech_without_words_is_no_part_of_the_pace() {
        let json = r#"{"version": 1, "words": [{"text": "Hi", "start": 0, "end": 4}, {"text": "Ann", "start": 14, "end": 20}]}"#;
        let transcript = crate::transcript::import::read(json.as_bytes()).expect("a transcript");
        assert_eq!(unwritten(&transcript, &[Interval::new(0.0, 20.0)]), [Interval::new(4.0, 14.0)]);
        let silence = [Interval::new(0.0, 4.0), Interval::new(14.0, 20.0)];
        assert_eq!(unwritten(&transcript, &silence), [], "nobody speaks there");
    }

    #[test]
    fn a_transcript_without_times_has_to_fit_the_recording() {
        let speech = [Interval::new(1.0, 21.0)];
        let transcript = Transcript {
            source: Source::Import { format: Format::Text },
            timing: Timing::Absent,
            notes: Vec::new(),
            words: Vec::new(),
        };
        let rate = |n_words, n_nuclei| {
            let said = Said {
                n_words,
                timing: Timing::Absent,
                filled_pauses: Vec::new(),
                filler_words: Vec::new(),
                restarts: Vec::new(),
                numbers: Vec::new(),
                against_script: None,
                is_too_long: false,
            };
            let words = Words::Transcript { transcript: &transcript, said: &said };
            of(&speech, &vec![Seconds(2.0); n_nuclei], words).value
        };
        assert_eq!(rate(50, 70), Ok(150.0));
        assert_eq!(rate(50, 35), Ok(150.0), "a creaky voice has few syllables that can be heard");
        for (n_words, n_nuclei) in [(10, 20), (20, 70), (200, 70), (80, 60)] {
            let error = rate(n_words, n_nuclei).expect_err("it is of another").to_string();
            assert!(error.contains("is it all that was said"), "{error}");
        }
    }
}
