//! Why the listener would call back.

use std::ops::Range;

use crate::lint::phrases::{Matches, NON_REASONS, Phrases, REASONS};

/// Places that give a reason, in order.
pub fn read(phrases: &Phrases) -> Vec<Range<usize>> {
    let vetoes = Matches::of(&NON_REASONS, phrases);
    phrases.find_iter(&REASONS).filter(|reason| vetoes.around(reason.start).is_none()).collect()
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
