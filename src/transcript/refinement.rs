//! Word times against speech activity: nothing is said in a silence.
//!
//! Recognisers end a word where the next begins, whatever silence lies between, and begin one at the end of the word
//! before. Two ways, by what the times are:
//!
//! - times of words: a word gives up what of it lies in silence. Where a silence parts it in two, it keeps both sides if
//!   it can be that long (a number of ten digits has pauses in it), and else the side with more of it;
//! - times of segments: its words are spread anew, over the speech in the segment rather than over its silences.

use super::{Timing, Transcript, Word, n_syllables};
use crate::units::{Interval, Seconds};

/// Longest that a syllable lasts, with room for emphasis; a word that takes longer has something else in it. Ours.
const LONGEST_SYLLABLE: Seconds = Seconds(0.4);
/// Words of one segment touch, but for rounding.
const TOUCHING: f64 = 2e-3;

impl Transcript {
    /// `speech`: where somebody speaks, in time order. Says in a note how many words moved.
    pub fn refined(mut self, speech: &[Interval]) -> Self {
        let before = self.words.clone();
        match self.timing {
            Timing::Absent => return self,
            Timing::Words => {
                self.words.iter_mut().for_each(|word| word.interval = word.out_of_silence(speech))
            }
            Timing::Segments => spread_over_speech(&mut self.words, speech),
        }
        let n_moved = before
            .iter()
            .zip(&self.words)
            .filter(|(before, after)| before.interval != after.interval)
            .count();
        if 0 < n_moved {
            let times = match n_moved {
                1 => "the time of 1 word was".to_owned(),
                _ => format!("the times of {n_moved} words were"),
            };
            self.notes
                .push(format!("{times} pulled out of silence, by the speech activity in the recording"));
        }
        self
    }
}

impl Word {
    /// Could it have lasted so long?
    pub fn may_last(&self, length: Seconds) -> bool {
        length.0 <= LONGEST_SYLLABLE.0 * n_syllables(&self.text)
    }

    fn out_of_silence(&self, speech: &[Interval]) -> Option<Interval> {
        let whole = self.interval?;
        let parts = clipped(whole, speech);
        let Some((first, last)) = parts.first().zip(parts.last()) else { return Some(whole) };
        let hull = Interval { start: first.start, end: last.end };
        if self.may_last(hull.length()) {
            return Some(hull);
        }
        parts.into_iter().max_by(|one, other| one.length().0.total_cmp(&other.length().0))
    }
}

/// What of the speech lies in an interval.
pub(super) fn clipped(whole: Interval, speech: &[Interval]) -> Vec<Interval> {
    let first = speech.partition_point(|speech| speech.end <= whole.start);
    let within = speech[first..].iter().take_while(|speech| speech.start < whole.end);
    within
        .map(|speech| Interval::new(speech.start.0.max(whole.start.0), speech.end.0.min(whole.end.0)))
        .collect()
}

fn spread_over_speech(words: &mut [Word], speech: &[Interval]) {
    let touches = |one: &Word, other: &Word| match (one.interval, other.interval) {
        (Some(one), Some(other)) => (other.start.0 - one.end.0).abs() < TOUCHING,
        _ => false,
    };
    for segment in words.chunk_by_mut(touches) {
        let bounds = segment.first().zip(segment.last()).and_then(|(first, last)| {
            Some(Interval { start: first.interval?.start, end: last.interval?.end })
        });
        let Some(bounds) = bounds else { continue };
        let parts = clipped(bounds, speech);
        if parts.is_empty() {
            continue;
        }
        let total: f64 = parts.iter().map(|part| part.length().0).sum();
        let share = |time: Seconds| (time.0 - bounds.start.0) / bounds.length().0.max(f64::EPSILON) * total;
        for word in segment {
            let Some(interval) = word.interval else { continue };
            let (start, end) =
                (at(share(interval.start), &parts, false), at(share(interval.end), &parts, true));
            word.interval = Some(Interval { start, end: if end < start { start } else { end } });
        }
    }
}

/// The moment after so many seconds of speech; at the seam of two parts the end of the first or the start of the second.
fn at(spoken: f64, parts: &[Interval], is_end: bool) -> Seconds {
    let mut left = spoken;
    for part in parts {
        let length = part.length().0;
        let is_here = if is_end { left <= length + 1e-9 } else { left < length - 1e-9 };
        if is_here {
            return Seconds(part.start.0 + left.max(0.0));
        }
        left -= length;
    }
    parts.last().map_or(Seconds(0.0), |last| last.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::import;

    #[track_caller]
    fn check(transcript: &str, speech: &[(f64, f64)], expected: &[(f64, f64)]) {
        let speech: Vec<Interval> = speech.iter().map(|(start, end)| Interval::new(*start, *end)).collect();
        let refined = import::read(transcript.as_bytes()).expect("a transcript").refined(&speech);
        let found: Vec<Interval> = refined.words.iter().filter_map(|word| word.interval).collect();
        let close = |found: &Interval, (start, end): &(f64, f64)| {
            (found.start.0 - start).abs() < 1e-6 && (found.end.0 - end).abs() < 1e-6
        };
        assert!(
            found.len() == expected.len() && found.iter().zip(expected).all(|(one, other)| close(one, other)),
            "{found:?}"
        );
    }

    fn words(words: &[(&str, f64, f64)]) -> String {
        let words = words
            .iter()
            .map(|(text, start, end)| format!(r#"{{"text": "{text}", "start": {start}, "end": {end}}}"#));
        format!(r#"{{"version": 1, "words": [{}]}}"#, words.collect::<Vec<_>>().join(","))
    }

    #[test]
    fn a_word_gives_up_its_silence() {
        let said = words(&[("order", 0.5, 2.0), ("now", 2.0, 2.4)]);
        check(&said, &[(0.3, 1.0), (1.8, 3.0)], &[(0.5, 1.0), (2.0, 2.4)]);
        // The start moved back over the pause, with a scrap of the word before.
        check(&words(&[("now", 0.95, 2.1)]), &[(0.3, 1.0), (1.8, 3.0)], &[(1.8, 2.1)]);
        check(&words(&[("404-555-0142", 0.4, 4.0)]), &[(0.3, 1.0), (1.8, 3.0), (3.5, 4.0)], &[(0.4, 4.0)]);
        // Where no speech was found nothing is known better.
        check(&said, &[], &[(0.5, 2.0), (2.0, 2.4)]);
        check(&words(&[("now", 5.0, 5.2)]), &[(0.3, 1.0)], &[(5.0, 5.2)]);
    }

    #[test]
    fn the_words_of_a_segment_share_its_speech() {
        let srt = "1\n00:00:00,000 --> 00:00:04,000\na a a a\n";
        check(srt, &[(0.0, 1.0), (3.0, 4.0)], &[(0.0, 0.5), (0.5, 1.0), (3.0, 3.5), (3.5, 4.0)]);
    }
}
