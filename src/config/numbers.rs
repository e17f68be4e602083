//! Settings that are numbers: each with its name in `afterbeep.toml`, its default, and why.

/// Declares a table of numbers that can be read and set by name.
macro_rules! numbers {
    ($(#[$about:meta])* $table:ident { $($(#[doc = $doc:literal])+ $field:ident = $default:expr,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $table {
            $($(#[doc = $doc])+ pub $field: f64,)+
        }

        impl Default for $table {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $table {
            /// Names, in the order in which they are shown.
            pub const NAMES: &[&str] = &[$(stringify!($field),)+];
            /// What each is, in the order of [`Self::NAMES`].
            pub const MEANINGS: &[&str] = &[$(concat!($($doc),+),)+];

            pub fn entries(&self) -> impl Iterator<Item = (&'static str, f64)> {
                [$((stringify!($field), self.$field),)+].into_iter()
            }

            /// The number of that name, if there is one.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $(stringify!($field) => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }
    };
}

numbers! {
    /// `[limits]`: what counts as too much or too little, in the unit the name says.
    Limits {
        /// AB301: the longest message. 15 of the guides read advise 18 to 30 s.
        max_seconds = 30.0,
        /// AB302: nothing can have been said in less (ours).
        min_seconds = 5.0,
        /// AB107: name and company belong in the first sentence (ours).
        introduction_seconds = 6.0,
        /// AB303: a breath lasts about 10 s of speech at the most; at 2.7 words a second that is 27 words, and a little (ours).
        max_words_per_sentence = 30.0,
        /// AB304: half the length most guides advise; a listener decides before that whether to go on (ours).
        late_reason_seconds = 12.0,
        /// AB305: the shortest run of words that counts as said twice.
        repeated_words = 5.0,
        /// AB405: how many times I/we/my may outnumber you/your (ours).
        max_self_focus = 2.0,
        /// AB804: voicemails in one sequence that are still polite (the adviser: persistence, not stalking).
        max_attempts = 6.0,
        /// AB805: the fewest days between two messages (ours).
        min_days_between = 2.0,
        /// AB805: the earliest hour of a call, on the listener's clock (47 CFR 64.1200(c)(1)).
        earliest_hour = 8.0,
        /// AB805: the hour after which no call is made, on the listener's clock (47 CFR 64.1200(c)(1)).
        latest_hour = 21.0,
    }
}

numbers! {
    /// `[speech]`: how fast a script will be said.
    SpeechRate {
        /// Syllables a second, pauses left out: right on average for the native readers of `make accuracy` (ours).
        syllables_per_second = 4.2,
        /// After a sentence, in seconds: 0.6 s at punctuation sounds most natural (Frontiers in Communication 2022).
        sentence_pause_seconds = 0.6,
        /// At a comma, colon or dash, in seconds (ours).
        phrase_pause_seconds = 0.25,
    }
}

numbers! {
    /// `[score]`: shares of the overall score. "15 % of the message is the words, 85 % the tonal qualities": the
    /// adviser's figure, not a measured one.
    ScoreWeights {
        /// Share of the words.
        words = 15.0,
        /// Share of the delivery.
        delivery = 85.0,
    }
}
