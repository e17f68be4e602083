//! Filled pauses by ear and by transcript, joined: found by both they are sure, by one as sure as that one is. Where a word
//! was said nothing else was; what sounds between two words is no word, so there less evidence will do.
//!
//! Recognisers leave most *um*s out, and then give their time to the word beside them, so only a word of plausible length
//! masks what was heard (Zhu et al. 2022: event F1 92.8 with words as a mask, 71.0 without).

use crate::analysis::filled_pauses::{COUNTED_FROM, FilledPause, FoundIn, Heard};
use crate::transcript::alignment::{Passage, Said};
use crate::transcript::{Timing, Transcript};
use crate::units::{Interval, Seconds};

/// How far apart the two may put the same event; ours: word times of recognisers err by a fifth of a second and more.
const COLLAR: Seconds = Seconds(0.25);
/// Share of an event that must lie in words for it to be one; ours.
const MASKED_FROM: f64 = 0.8;
/// Share of an event that may lie in words for it to be between them; ours: word times are not that exact.
const BESIDE_WORDS: f64 = 0.2;
/// Speech between two words, above which some may have been left out; ours: two long *um*s have less.
const MOST_BETWEEN: Seconds = Seconds(2.0);

/// In time order. `speech`: all of the recording, in time order.
pub fn joined(heard: &Heard, speech: &[Interval], transcript: &Transcript, said: &Said) -> Vec<FilledPause> {
    // Times that were spread over a segment say nothing of where a word was.
    if transcript.timing != Timing::Words {
        return heard.events.clone();
    }
    let words = Words::of(transcript, said);
    let mut written: Vec<&Passage> = said.filled_pauses.iter().collect();
    let mut events = Vec::new();
    for event in &heard.events {
        let is_it =
            |passage: &&Passage| passage.interval.is_some_and(|interval| is_near(interval, event.interval));
        match written.iter().position(is_it) {
            Some(index) => {
                written.remove(index);
                let confidence = event.confidence.max(SURE);
                events.push(FilledPause { confidence, counted: true, found_in: FoundIn::Both, ..*event });
            }
            None if words.mask(event.interval) => {}
            None if words.leave_room_for(event.interval, heard, speech) => events.push(event.between_words()),
            None => events.push(*event),
        }
    }
    let is_beside_written = |event: &FilledPause| {
        let mut intervals = said.filled_pauses.iter().filter_map(|passage| passage.interval);
        intervals.any(|interval| is_near(interval, event.interval))
    };
    let faint = heard.faint.iter().filter(|event| !is_beside_written(event));
    let faint = faint.filter(|event| words.leave_room_for(event.interval, heard, speech));
    events.extend(faint.map(|event| event.between_words()));
    events.extend(written.into_iter().filter_map(|passage| of_transcript(passage, transcript, speech)));
    events.sort_by(|one, other| one.interval.start.0.total_cmp(&other.interval.start.0));
    events
}

/// Of one that only the recogniser has, in silence; ours.
const UNHEARD: f64 = 0.3;

/// Of an event that the recogniser wrote down or that both found; ours: recognisers leave out, they do not make up.
const SURE: f64 = 0.95;

fn is_near(one: Interval, other: Interval) -> bool {
    one.start - COLLAR < other.end && other.start - COLLAR < one.end
}

/// Where words are that are no filled pauses, in time order.
struct Words {
    all: Vec<Interval>,
    /// Those that are no longer than such a word lasts.
    plausible: Vec<Interval>,
}

impl Words {
    fn of(transcript: &Transcript, said: &Said) -> Self {
        let is_filler =
            |index: usize| said.filled_pauses.iter().any(|passage| passage.words.contains(&index));
        let words = transcript.words.iter().enumerate().filter(|(index, _)| !is_filler(*index));
        let words = words.filter_map(|(_, word)| Some((word, word.interval?)));
        let (mut all, mut plausible) = (Vec::new(), Vec::new());
        for (word, interval) in words {
            all.push(interval);
            plausible.extend(word.may_last(interval.length()).then_some(interval));
        }
        Self { all, plausible }
    }

    fn mask(&self, event: Interval) -> bool {
        MASKED_FROM * event.length().0 <= covered(event, &self.plausible)
    }

    /// Longer than such a word lasts, with what sounds like a filled pause in it: then the word itself is elsewhere.
    fn is_misplaced(&self, word: Interval, events: &[FilledPause]) -> bool {
        covered(word, &self.plausible) == 0.0 && events.iter().any(|event| event.interval.overlaps(word))
    }

    /// Does the event lie between words, or beside them, where hardly anything else is said?
    fn leave_room_for(&self, event: Interval, heard: &Heard, speech: &[Interval]) -> bool {
        let next = self.all.partition_point(|word| word.middle() < event.middle());
        let before = next.checked_sub(1).map_or(0.0, |last| self.all[last].end.0);
        let after = self.all.get(next).map_or(f64::INFINITY, |word| word.start.0);
        let gap = Interval::new(before.min(event.start.0), after.max(event.end.0));
        let beside = &self.all[next.saturating_sub(1)..self.all.len().min(next + 1)];
        !beside.is_empty()
            && beside.iter().all(|word| !self.is_misplaced(*word, &heard.events))
            && covered(event, &self.all) <= BESIDE_WORDS * event.length().0
            && covered(gap, speech) <= MOST_BETWEEN.0
    }
}

/// Seconds of `whole` in the intervals, which are in time order and do not overlap.
pub(super) fn covered(whole: Interval, intervals: &[Interval]) -> f64 {
    let first = intervals.partition_point(|part| part.end <= whole.start);
    let within = intervals[first..].iter().take_while(|part| part.start < whole.end);
    within.map(|part| part.end.0.min(whole.end.0) - part.start.0.max(whole.start.0)).sum()
}

/// Where nothing sounds the recogniser made it up, or put it far from its place: it is shown, and not counted.
fn of_transcript(passage: &Passage, transcript: &Transcript, speech: &[Interval]) -> Option<FilledPause> {
    let interval = passage.interval?;
    let probability = transcript.words.get(passage.words.start).and_then(|word| word.probability);
    let beside = Interval { start: interval.start - COLLAR, end: interval.end + COLLAR };
    let most = if covered(beside, speech) > 0.0 { 1.0 } else { UNHEARD };
    let confidence = probability.unwrap_or(SURE).min(most);
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

    fn found(events: &[FilledPause], words: &str) -> Vec<(f64, FoundIn)> {
        let heard = Heard { events: events.to_vec(), faint: Vec::new() };
        joined_with(&heard, words).iter().map(|event| (event.interval.start.0, event.found_in)).collect()
    }

    fn joined_with(heard: &Heard, words: &str) -> Vec<FilledPause> {
        joined_in(heard, words, Interval::new(0.0, 60.0))
    }

    fn joined_in(heard: &Heard, words: &str, speech: Interval) -> Vec<FilledPause> {
        let json = format!(r#"{{"version": 1, "words": [{words}]}}"#);
        let transcript = import::read(json.as_bytes()).expect("a transcript");
        let said = said(&transcript, None, 0);
        joined(heard, &[speech], &transcript, &said)
    }

    #[test]
    fn what_only_the_transcript_has_is_not_counted_where_nothing_sounds() {
        let nothing = Heard { events: Vec::new(), faint: Vec::new() };
        let words = r#"{"text": "hi", "start": 0.0, "end": 0.3}, {"text": "um", "start": 2.0, "end": 2.4}"#;
        let is_counted = |speech| joined_in(&nothing, words, speech)[0].counted;
        assert!(is_counted(Interval::new(0.0, 3.0)));
        assert!(!is_counted(Interval::new(0.0, 0.5)));
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

    const TWO_WORDS: &str =
        r#"{"text": "the", "start": 1.0, "end": 1.2}, {"text": "pumps", "start": 2.0, "end": 2.4}"#;

    /// Whether a faint event of that time is counted.
    fn counts_faint(start: f64, end: f64, words: &str) -> bool {
        let faint = FilledPause { confidence: 0.15, counted: false, ..event(start, end) };
        let heard = Heard { events: Vec::new(), faint: vec![faint] };
        joined_with(&heard, words).iter().any(|event| event.counted)
    }

    #[test]
    fn between_two_words_less_evidence_will_do() {
        assert!(counts_faint(1.4, 1.8, TWO_WORDS));
        assert!(counts_faint(0.2, 0.6, TWO_WORDS), "before the first");
        assert!(counts_faint(1.15, 1.5, TWO_WORDS), "word times are not that exact");
        assert!(!counts_faint(1.1, 1.5, TWO_WORDS), "half a word");
        assert!(!counts_faint(2.6, 3.0, TWO_WORDS), "a minute of speech follows whose words are not known");
        assert!(!counts_faint(0.2, 0.6, ""));
    }

    #[test]
    fn a_word_that_stands_where_an_um_is_heard_leaves_its_own_place_unknown() {
        let words =
            r#"{"text": "the", "start": 0.2, "end": 1.2}, {"text": "pumps", "start": 2.0, "end": 2.4}"#;
        let probable = FilledPause { confidence: 0.3, counted: false, ..event(1.4, 1.8) };
        let counted = |events: &[FilledPause]| {
            let heard = Heard { events: events.to_vec(), faint: Vec::new() };
            joined_with(&heard, words).iter().filter(|event| event.counted).count()
        };
        assert_eq!(counted(&[probable]), 1);
        assert_eq!(counted(&[event(0.3, 0.7), probable]), 1, "the first alone");
    }
}
