//! Why the listener would call back.

use std::ops::Range;

use crate::lint::phrases::{FACTS, Matches, NON_REASONS, Phrases, REASONS};

#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub range: Range<usize>,
    /// A fact about a thing, which may as well be small talk.
    pub is_mere_fact: bool,
}

/// Places that give a reason, in order.
pub fn read(phrases: &Phrases) -> Vec<Reason> {
    let vetoes = Matches::of(&NON_REASONS, phrases);
    let found = |list, is_mere_fact| {
        let ranges = phrases.find_iter(list).filter(|range| vetoes.around(range.start).is_none());
        ranges.map(move |range| Reason { range, is_mere_fact })
    };
    let mut reasons: Vec<Reason> = found(&REASONS, false).chain(found(&FACTS, true)).collect();
    reasons.sort_by_key(|reason| reason.range.start);
    reasons
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
        ] {
            assert_eq!(!read(&Phrases::new(&plain(source))).is_empty(), expected, "{source}");
        }
    }
}
