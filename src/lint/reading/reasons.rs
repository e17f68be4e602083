//! Why the listener would call back.

use std::ops::Range;

use super::word_odds::{LIKELY, Topic, WordOdds};
use crate::lint::phrases::{
    DECISIONS, FACTS, Matches, NON_REASONS, Phrases, REASONS, SELF_DESCRIPTIONS, SURE_REASONS,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub range: Range<usize>,
    /// A fact about a thing, which may as well be small talk.
    pub is_mere_fact: bool,
}

/// Places that give a reason, in order.
///
/// What phrases find counts unless all the words speak against it, and where it is sure even then; where they find nothing, the
/// words may speak for one.
pub fn read(phrases: &Phrases, odds: &WordOdds) -> Vec<Reason> {
    let vetoes = Matches::of(&NON_REASONS, phrases);
    let found = |list, is_mere_fact| {
        let ranges = phrases.find_iter(list).filter(|range| vetoes.around(range.start).is_none());
        ranges.map(move |range| Reason { range, is_mere_fact })
    };
    let mut reasons: Vec<Reason> = found(&REASONS, false).chain(found(&FACTS, true)).collect();
    // "About your kayak", "I found your wallet", "that drops to 7": what they have, or save, may be anything that no list knows.
    let sure: Vec<Reason> = found(&SURE_REASONS, false).collect();
    let is_sure = !sure.is_empty();
    reasons.extend(sure);
    reasons.sort_by_key(|reason| reason.range.start);
    if reasons.is_empty() {
        if LIKELY < odds.of_message(Topic::Reason) {
            reasons.extend(telling_sentence(phrases, odds).map(|range| Reason { range, is_mere_fact: true }));
        }
    } else if !is_sure && is_unlikely(odds) && phrases.find(&DECISIONS).is_none() {
        // A placeholder stands for words that are not here to be counted.
        reasons.retain(|reason| phrases.text()[reason.range.clone()].contains("{X"));
    }
    reasons
}

/// Do all the words speak so much against a reason that they outweigh what phrases found?
fn is_unlikely(odds: &WordOdds) -> bool {
    odds.of_message(Topic::Reason) <= UNLIKELY
        && odds.of_sentences(Topic::Reason).all(|(_, probability)| probability <= UNLIKELY_OF_SENTENCE)
}

/// Probabilities by the words alone, of the message and of each sentence, below which no phrase counts (ours; seen on labelled
/// scripts).
const UNLIKELY: f64 = 0.2;
const UNLIKELY_OF_SENTENCE: f64 = 0.25;

/// The sentence whose words speak most for a reason, of those that do not tell who the caller is.
fn telling_sentence(phrases: &Phrases, odds: &WordOdds) -> Option<Range<usize>> {
    let is_of_caller =
        |sentence: &Range<usize>| phrases.end_of_match(&SELF_DESCRIPTIONS, sentence.start).is_some();
    let sentences = odds.of_sentences(Topic::Reason).filter(|(sentence, _)| !is_of_caller(sentence));
    sentences.max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(sentence, _)| sentence)
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
            let text = plain(source);
            let phrases = Phrases::new(&text);
            let reasons = read(&phrases, &WordOdds::of(phrases.lower()));
            assert_eq!(!reasons.is_empty(), expected, "{source}");
        }
    }

    #[test]
    fn what_happened_is_a_reason_however_tersely() {
        for fact in [
            "The mainspring snapped.",
            "You passed.",
            "The surveyor found damp.",
            "Somebody hit the parked van.",
            "Nobody turned up for the second viewing.",
            "There is a hole in the liner.",
            "I cracked your windscreen.",
            "They want the shop emptied.",
        ] {
            let source = format!(
                "Hi Sam, this is Dana Pruitt from Kestrel Gems. {fact} Call me when you can. 404-555-0142."
            );
            let text = plain(&source);
            let phrases = Phrases::new(&text);
            assert!(!read(&phrases, &WordOdds::of(phrases.lower())).is_empty(), "{source}");
        }
    }

    #[test]
    fn what_the_listener_has_may_be_anything() {
        let forms = [
            "I'm calling about your NOUN.",
            "I have news about the NOUN.",
            "There's a problem with your NOUN.",
            "We need to move your NOUN to Tuesday.",
            "Someone returned your NOUN.",
            "I want to buy your NOUN.",
            "I wanted to tell you how your NOUN went.",
        ];
        for form in forms {
            for noun in
                ["kayak", "root canal", "cello", "ballot", "mooring", "wedding cake", "heat pump", "essay"]
            {
                let source = format!(
                    "Hi Ana, this is Tom Reed with Lakeside. {} Please call me back at 404-555-0142 today. Again, 404-555-0142.",
                    form.replace("NOUN", noun)
                );
                let text = plain(&source);
                let phrases = Phrases::new(&text);
                assert!(!read(&phrases, &WordOdds::of(phrases.lower())).is_empty(), "{source}");
            }
        }
    }
}
