//! Why the listener would call back.

use std::ops::Range;

use super::reason_words;
use crate::lint::phrases::{FACTS, Matches, NON_REASONS, Phrases, REASONS, SELF_DESCRIPTIONS};
use crate::script::sentence;

#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub range: Range<usize>,
    /// A fact about a thing, which may as well be small talk.
    pub is_mere_fact: bool,
}

/// Places that give a reason, in order.
///
/// What phrases find counts unless all the words speak against it; where they find nothing, the words may speak for one.
pub fn read(phrases: &Phrases) -> Vec<Reason> {
    let vetoes = Matches::of(&NON_REASONS, phrases);
    let found = |list, is_mere_fact| {
        let ranges = phrases.find_iter(list).filter(|range| vetoes.around(range.start).is_none());
        ranges.map(move |range| Reason { range, is_mere_fact })
    };
    let mut reasons: Vec<Reason> = found(&REASONS, false).chain(found(&FACTS, true)).collect();
    reasons.sort_by_key(|reason| reason.range.start);
    let probability = reason_words::probability(phrases.lower());
    if probability < UNLIKELY {
        // A placeholder stands for words that are not here to be counted.
        reasons.retain(|reason| phrases.text()[reason.range.clone()].contains("{X"));
    } else if reasons.is_empty() && LIKELY < probability {
        reasons.extend(telling_sentence(phrases).map(|range| Reason { range, is_mere_fact: true }));
    }
    reasons
}

/// Probabilities by the words alone that outweigh what phrases found, and that they found nothing (ours).
const UNLIKELY: f64 = 0.05;
const LIKELY: f64 = 0.6;

/// The sentence whose words speak most for a reason, of those that do not tell who the caller is.
fn telling_sentence(phrases: &Phrases) -> Option<Range<usize>> {
    let is_of_caller =
        |sentence: &Range<usize>| phrases.end_of_match(&SELF_DESCRIPTIONS, sentence.start).is_some();
    let weight = |sentence: &Range<usize>| reason_words::weight(&phrases.lower()[sentence.clone()]);
    let sentences = sentence::ranges(phrases.text()).filter(|sentence| !is_of_caller(sentence));
    let weighed = sentences.map(|sentence| (weight(&sentence), sentence));
    weighed.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, sentence)| sentence)
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    #[test]
    fn a_reason_is_something_for_the_listener() {
        for (source, expected) in [
            ("I'm calling about your appointment on Monday.", true),
            ("We cut [pain point metric] by 30 percent for firms like yours.", true),
            ("Your ring is ready.", true),
            ("I wanted to introduce myself.", false),
            ("I'm calling regarding your account.", false),
            ("Just checking in to see how you're doing.", false),
            ("I noticed your listing on Jobs Lantern.", false),
            ("We will help with whatever your property needs.", false),
            ("The best time to reach me is Monday.", false),
            ("It was so nice to see you in the store.", false),
            ("The airline has moved your flight home.", true),
            // In no words that are listed.
            ("The river rose overnight and the lower barn flooded, so we fetched both ponies up.", true),
            (
                "I hope the river stayed within its banks and the ponies are dry and the barn still stands.",
                false,
            ),
            ("We're a family business with offices in three ports and a fleet of forty trucks.", false),
            ("So I was just calling to see whether you might perhaps want to talk some time soon.", false),
        ] {
            assert_eq!(!read(&Phrases::new(&plain(source))).is_empty(), expected, "{source}");
        }
    }
}
