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
    /// `[targets]`: where each metric of a recording should lie, in the metric's own unit, `low` and `high` included. The longest
    /// message is `max_seconds` of [`Limits`].
    TargetEnds {
        /// Seconds. Published guidance: 15 sites say 18 to 30.
        duration_low = 18.0,
        /// Words a minute (ours: NCVS measured 150; most coaches say 140 to 160, Speaker Coach 100 to 165).
        speaking_rate_low = 120.0,
        /// Words a minute (Speaker Coach: 100 to 165).
        speaking_rate_high = 165.0,
        /// Syllables a second, pauses left out (De Jong & Wempe 2009).
        articulation_rate_low = 3.5,
        /// Syllables a second, pauses left out (De Jong & Wempe 2009).
        articulation_rate_high = 5.5,
        /// Below, more silence than a listener expects (ours).
        phonation_ratio_low = 0.65,
        /// Above, no pause to think in (ours).
        phonation_ratio_high = 0.92,
        /// Seconds (ours).
        longest_pause_high = 1.5,
        /// Laske & DiGennaro Reed (2024): no harm at 5 a minute, which is two in a message of 25 s.
        filled_pause_count_high = 2.0,
        /// Laske & DiGennaro Reed (2024): no harm at 5 a minute; harm at 12.
        filled_pauses_per_minute_high = 5.0,
        /// None is needed; the adviser counts *like* and *you know* as fillers (ours).
        filler_word_count_high = 0.0,
        /// None is needed (ours).
        restart_count_high = 0.0,
        /// Semitones: 17.3 times Hincks's 0.15.
        pitch_sd_low = 2.6,
        /// Hincks (2005): below .15 is monotone.
        pitch_variation_quotient_low = 0.15,
        /// Semitones: 2.56 standard deviations of 2.3, a little less than is asked of `pitch_sd` (ours).
        pitch_range_low = 6.0,
        /// None is needed (ours).
        flat_stretches_high = 0.0,
        /// Decibels (ours).
        intensity_sd_low = 4.0,
        /// LUFS: far below, a phone line's noise covers it (ours).
        level_low = -34.0,
        /// LUFS: far above, it distorts (ours).
        level_high = -12.0,
        /// A ten-thousandth of the samples (ours).
        clipping_ratio_high = 0.0001,
        /// Decibels: speech over a quiet office is 25 to 30 above its noise (ours).
        snr_low = 15.0,
        /// Digits a second (ours; ESSV 2021: slower digits are recalled better).
        number_rate_high = 2.5,
        /// Nobody minds one word in twenty; a detail among them is told and counted by itself (ours).
        script_coverage_low = 0.95,
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
