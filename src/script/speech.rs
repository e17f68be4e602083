//! How long a message takes to say: words are not seconds.

use super::verbalise::{self, Said};
use super::{Mention, MentionKind, Message, syllables};
use crate::units::Seconds;

/// What will be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speech {
    /// Words as spoken: a ten-digit number is ten.
    pub n_words: usize,
    pub n_syllables: usize,
    pub low: Seconds,
    pub expected: Seconds,
    pub high: Seconds,
}

/// How a script will be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Syllables a second, pauses left out.
    pub syllables_per_second: f64,
    pub sentence_pause: Seconds,
    /// At a comma, colon or dash.
    pub phrase_pause: Seconds,
}

impl Default for Pace {
    /// The rate is right on average for the native readers of `make accuracy` (ours); 0.6 s at punctuation sounds most natural (Frontiers in Communication
    /// 2022); the short pause is ours.
    fn default() -> Self {
        Self { syllables_per_second: 4.2, sentence_pause: Seconds(0.6), phrase_pause: Seconds(0.25) }
    }
}

/// The slowest and the fastest speaker as shares of the expected rate: 2.8 and 6.5 syllables a second around 4.2. Ours,
/// from `make accuracy`: all seven recordings of native speakers are between them, and 55 % of those of learners, of whom
/// one in ten takes three times the expected time. Single sentences, as these are, vary more than whole messages.
const SLOWEST: f64 = 2.8 / 4.2;
const FASTEST: f64 = 6.5 / 4.2;
/// Pauses of such speakers as shares of the expected ones (ours).
const SHORTEST_PAUSES: f64 = 0.7;
const LONGEST_PAUSES: f64 = 1.3;

/// Between the groups of a spoken number, in seconds; ours, below the 0.5 s that helps recall (ESSV 2021).
const GROUP_PAUSE: f64 = 0.3;
/// Digits are said in groups of three or four.
const LONGEST_GROUP: usize = 4;
/// Of a number that is not known yet, with an area code.
const N_DIGITS: usize = 10;

pub fn of(message: &Message, pace: &Pace) -> Speech {
    let mut spoken = Spoken::default();
    let mut mentions = message.mentions.iter();
    let mut n_sentences = 0;
    for sentence in message.plain.text().split('\n').filter(|sentence| !sentence.is_empty()) {
        n_sentences += 1;
        verbalise::sentence(sentence.as_bytes(), &mut |said| match said {
            Said::Token(token) => spoken.take_token(token, &mut mentions),
            said => spoken.take(said),
        });
    }
    let pause = pace.sentence_pause.0 * f64::from(u32::saturating_sub(n_sentences, 1))
        + pace.phrase_pause.0 * spoken.n_pauses as f64
        + GROUP_PAUSE * spoken.n_group_pauses as f64;
    let usual = spoken.n_syllables as f64 / pace.syllables_per_second;
    Speech {
        n_words: spoken.n_words,
        n_syllables: spoken.n_syllables,
        low: Seconds(usual / FASTEST + pause * SHORTEST_PAUSES),
        expected: Seconds(usual + pause),
        high: Seconds(usual / SLOWEST + pause * LONGEST_PAUSES),
    }
}

/// What has been said so far.
#[derive(Default)]
struct Spoken {
    n_words: usize,
    n_syllables: usize,
    n_pauses: usize,
    /// Between the groups of phone numbers.
    n_group_pauses: usize,
}

impl Spoken {
    fn take(&mut self, said: Said) {
        match said {
            Said::Word(word) => self.add(1, syllables::count(word)),
            Said::Token(_) => {}
            Said::Pause => self.n_pauses += 1,
        }
    }

    fn add(&mut self, n_words: usize, n_syllables: usize) {
        self.n_words += n_words;
        self.n_syllables += n_syllables;
    }

    fn take_token<'m>(&mut self, token: &[u8], mentions: &mut impl Iterator<Item = &'m Mention>) {
        let kind = token.get(1).copied().unwrap_or_default();
        let mention = if matches!(kind, b'N' | b'E' | b'U' | b'M') { mentions.next() } else { None };
        let written = mention.filter(|mention| !mention.is_placeholder);
        match (written, kind) {
            (Some(mention), _) => self.take_mention(mention),
            (None, b'N') => self.add_digits(N_DIGITS, N_DIGITS),
            // "ann at example dot com".
            (None, b'E' | b'U') => self.add(5, 8),
            (None, b'M') => self.add(4, 6),
            (None, b'C' | b'X') => self.add(2, 4),
            (None, _) => self.add(1, 2),
        }
    }

    fn take_mention(&mut self, mention: &Mention) {
        match mention.kind {
            MentionKind::Phone => {
                let digits = mention.value.bytes().filter(u8::is_ascii_digit);
                self.n_syllables += digits.clone().filter(|digit| matches!(digit, b'0' | b'7')).count();
                let n_digits = mention.value.len();
                self.add_digits(n_digits, n_digits - digits.count());
            }
            MentionKind::Email | MentionKind::Url => {
                verbalise::address(&mention.value, &mut |said| self.take(said))
            }
            MentionKind::Money => verbalise::money(&mention.value, &mut |said| self.take(said)),
        }
    }

    /// Words, syllables but the second ones of "zero" and "seven", and pauses. Of the digits that are not known, one in
    /// five has a second.
    fn add_digits(&mut self, n_digits: usize, n_unknown: usize) {
        self.add(n_digits, n_digits + n_unknown / 5);
        self.n_group_pauses += n_digits.div_ceil(LONGEST_GROUP).saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    fn speech(source: &str) -> Speech {
        of(&parse(source).messages[0], &Pace::default())
    }

    #[test]
    fn a_number_is_as_long_as_its_digits() {
        for (source, n_words, n_syllables) in [
            ("Call 404-555-0142.", 11, 13),
            ("Call [Your Number].", 11, 13),
            ("Call xxx-xxxx.", 8, 9),
            ("Mail rob@example.com.", 6, 8),
            ("Mail {{email}}.", 6, 9),
            ("That is $1,200.", 5, 7),
            ("Hi [Name], it's 9:30.", 5, 7),
            ("Dr. Lee is here 24/7.", 7, 10),
            ("Hi [Name]'s mom.", 3, 4),
        ] {
            let speech = speech(source);
            assert_eq!((speech.n_words, speech.n_syllables), (n_words, n_syllables), "{source}");
        }
    }

    #[test]
    fn pauses_take_time() {
        let pace = Pace::default();
        let pause = |source: &str| {
            let speech = speech(source);
            speech.expected.0 - speech.n_syllables as f64 / pace.syllables_per_second
        };
        for (source, expected) in [
            ("Hi there", 0.0),
            ("Hi, there", 0.25),
            ("Hi. There", 0.6),
            ("Hi - there", 0.25),
            // Three groups, two pauses; then two groups, one pause.
            ("404-555-0142", 0.6),
            ("call 555-0142, now", 0.55),
        ] {
            assert!((pause(source) - expected).abs() < 1e-9, "{source}: {}", pause(source));
        }
    }

    #[test]
    fn the_expected_length_lies_between_low_and_high() {
        let speech =
            speech("Hi Sam, it's Dana from Kestrel Gems. Your ring is ready! Call me at 404-555-0142.");
        assert!((6.0..14.0).contains(&speech.expected.0), "{speech:?}");
        for source in
            ["a", "Hi.", "404-555-0142", "[Name]", "Don't! Won't? $5 at 5:00", "\u{e9}", "x - y", "w/"]
        {
            let speech = self::speech(source);
            assert!(speech.low < speech.expected && speech.expected < speech.high, "{source}: {speech:?}");
            assert!(0 < speech.n_words && speech.n_words <= speech.n_syllables, "{source}: {speech:?}");
        }
    }

    #[test]
    fn a_text_said_twice_takes_twice_as_long() {
        let once = "Hi Sam, it is Dr. Lee at 9:30 on 3/4, $1,200 and 404-555-0142 for you.";
        let (one, hundred) = (speech(once), speech(&format!("{once} ").repeat(100)));
        assert_eq!(hundred.n_words, 100 * one.n_words);
        assert_eq!(hundred.n_syllables, 100 * one.n_syllables);
        let pauses = 99.0 * Pace::default().sentence_pause.0;
        assert!((hundred.expected.0 - 100.0 * one.expected.0 - pauses).abs() < 1e-6);
    }
}
