//! Filled pauses by ear and by transcript, joined: found by both they are sure, by one as sure as that one is, and where
//! a word was said nothing else was.
//!
//! Recognisers leave most *um*s out, and then give their time to the word beside them, so only a word of plausible length
//! masks what was heard (Zhu et al. 2022: event F1 92.8 with words as a mask, 71.0 without).

use crate::analysis::filled_pauses::{COUNTED_FROM, FilledPause, FoundIn};
use crate::transcript::alignment::{Passage, Said};
use crate::transcript::{Timing, Transcript};
use crate::units::{Interval, Seconds};

/// How far apart the two may put the same event; ours: word times of recognisers err by a fifth of a second and more.
const COLLAR: Seconds = Seconds(0.25);
/// Share of an event that must lie in words for it to be one; ours.
const MASKED_FROM: f64 = 0.8;

/// In time order.
pub fn joined(heard: &[FilledPause], transcript: &Transcript, said: &Said) -> Vec<FilledPause> {
    // Times that were spread over a segment say nothing of where a word was.
    if transcript.timing != Timing::Words {
        return heard.to_vec();
    }
    let mut written: Vec<&Passage> = said.filled_pauses.iter().collect();
    let mut events = Vec::new();
    for event in heard {
        let is_it =
            |passage: &&Passage| passage.interval.is_some_and(|interval| is_near(interval, event.interval));
        match written.iter().position(is_it) {
            Some(index) => {
                written.remove(index);
                let confidence = event.confidence.max(SURE);
                events.push(FilledPause { confidence, counted: true, found_in: FoundIn::Both, ..*event });
            }
            None if is_masked(event.interval, transcript, said) => {}
            None => events.push(*event),
        }
    }
    events.extend(written.into_iter().filter_map(|passage| of_transcript(passage, transcript)));
    events.sort_by(|one, other| one.interval.start.0.total_cmp(&other.interval.start.0));
    events
}

/// Of an event that the recogniser wrote down or that both found; ours: recognisers leave out, they do not make up.
const SURE: f64 = 0.95;

fn is_near(one: Interval, other: Interval) -> bool {
    one.start - COLLAR < other.end && other.start - COLLAR < one.end
}

fn is_masked(event: Interval, transcript: &Transcript, said: &Said) -> bool {
    let is_filler = |index: usize| said.filled_pauses.iter().any(|passage| passage.words.contains(&index));
    let words = transcript.words.iter().enumerate().filter(|(index, _)| !is_filler(*index));
    let covered: f64 = words
        .filter_map(|(_, word)| word.interval.filter(|interval| word.may_last(interval.length())))
        .map(|word| (word.end.0.min(event.end.0) - word.start.0.max(event.start.0)).max(0.0))
        .sum();
    MASKED_FROM * event.length().0 <= covered
}

fn of_transcript(passage: &Passage, transcript: &Transcript) -> Option<FilledPause> {
    let interval = passage.interval?;
    let probability = transcript.words.get(passage.words.start).and_then(|word| word.probability);
    let confidence = probability.unwrap_or(SURE);
    let label = if passage.text.to_ascii_lowercase().contains('m') { "um" } else { "uh" };
    let counted = COUNTED_FROM <= confidence;
    Some(FilledPause { interval, label, confidence, counted, found_in: FoundIn::Words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::alignment::said;
    use crate::transcript::import;

    fn event(start: f64, end: f64) -> FilledPause {
        let interval = Interval::new(start, end);
        FilledPause { interval, label: "uh", confidence: 0.6, counted: true, found_in: FoundIn::Sound }
    }

    fn found(heard: &[FilledPause], words: &str) -> Vec<(f64, FoundIn)> {
        let json = format!(r#"{{"version": 1, "words": [{words}]}}"#);
        let transcript = import::read(json.as_bytes()).expect("a transcript");
        let said = said(&transcript, None, 0);
        joined(heard, &transcript, &said)
            .iter()
            .map(|event| (event.interval.start.0, event.found_in))
            .collect()
    }

    #[test]
    fn both_one_or_the_other() {
        let words = r#"{"text": "hi", "start": 0.0, "end": 0.3}, {"text": "Um,", "start": 0.5, "end": 0.9},
            {"text": "there", "start": 2.0, "end": 2.4}, {"text": "uh", "start": 3.0, "end": 3.2}"#;
        let heard = [event(0.55, 0.85), event(1.2, 1.6)];
        assert_eq!(
            found(&heard, words),
            [(0.55, FoundIn::Both), (1.2, FoundIn::Sound), (3.0, FoundIn::Words)]
        );
    }

    #[test]
    fn a_word_masks_what_it_covers_unless_it_is_too_long_for_itself() {
        let heard = [event(0.1, 0.4)];
        assert_eq!(found(&heard, r#"{"text": "are", "start": 0.05, "end": 0.42}"#), []);
        assert_eq!(found(&heard, r#"{"text": "are", "start": 0.05, "end": 1.3}"#), [(0.1, FoundIn::Sound)]);
    }
}
