//! How long a message takes to say: words are not seconds.

use super::placeholder::Placeholder;
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

/// The slowest and the fastest ordinary speaker as shares of the expected rate: 3.2 and 5.5 syllables a second around
/// 4.2, a little more to the slow side than the target of the metric `articulation_rate`, since who reads a script
/// aloud reads slowly (ours).
const SLOWEST: f64 = 3.2 / 4.2;
const FASTEST: f64 = 5.5 / 4.2;

/// Between the groups of a spoken number, in seconds; ours, below the 0.5 s that helps recall (ESSV 2021).
const GROUP_PAUSE: f64 = 0.3;
/// Groups of a number of unknown digits: area code, exchange, line.
const N_GROUPS: f64 = 3.0;

/// Words and syllables of a digit on average: only "seven" and "zero" have two.
const SYLLABLES_PER_DIGIT: f64 = 1.2;
const N_DIGITS_OF_A_PLACEHOLDER: usize = 10;

pub fn of(message: &Message, pace: &Pace) -> Speech {
    let mut n_words = 0;
    let mut n_syllables = 0.0;
    let mut pause = 0.0;
    let mut mentions = message.mentions.iter();
    let mut placeholders = message.placeholders.iter();
    let text = message.plain.text();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut rest = word;
        while let Some(start) = rest.find('{') {
            let end = rest.find('}').map_or(rest.len(), |end| end + 1);
            let (words, token_syllables, token_pause) =
                token(&rest[start..end], &mut mentions, &mut placeholders);
            n_words += words;
            n_syllables += token_syllables;
            pause += token_pause;
            rest = &rest[end..];
        }
        let (words, word_syllables) = spoken_word(rest);
        n_words += words;
        n_syllables += word_syllables;
        if rest.ends_with([',', ';', ':']) || word == "-" {
            pause += pace.phrase_pause.0;
        }
    }
    let n_sentences = message.sentences().count();
    pause += pace.sentence_pause.0 * n_sentences.saturating_sub(1) as f64;
    let usual = n_syllables / pace.syllables_per_second;
    Speech {
        n_words,
        n_syllables: n_syllables.round() as usize,
        low: Seconds(usual / FASTEST + pause * 0.7),
        expected: Seconds(usual + pause),
        high: Seconds(usual / SLOWEST + pause * 1.3),
    }
}

/// Words, syllables and pauses of a token of the plain text.
fn token<'m>(
    token: &str,
    mentions: &mut impl Iterator<Item = &'m Mention>,
    placeholders: &mut impl Iterator<Item = &'m Placeholder>,
) -> (usize, f64, f64) {
    let kind = token.as_bytes().get(1).copied().unwrap_or_default();
    let mention = if matches!(kind, b'N' | b'E' | b'U' | b'M') { mentions.next() } else { None };
    if mention.is_none_or(|mention| mention.is_placeholder) {
        placeholders.next();
    }
    match (kind, mention) {
        (b'N', Some(mention)) => {
            let n_digits =
                if mention.is_placeholder { N_DIGITS_OF_A_PLACEHOLDER } else { mention.value.len() };
            (n_digits, n_digits as f64 * SYLLABLES_PER_DIGIT, GROUP_PAUSE * (N_GROUPS - 1.0))
        }
        (_, Some(mention)) if !mention.is_placeholder => written_out(mention),
        // An address that is not known yet: "ann at example dot com".
        (b'E' | b'U', _) => (5, 8.0, 0.0),
        (b'M', _) => (4, 6.0, 0.0),
        (b'C' | b'X', _) => (2, 4.0, 0.0),
        _ => (1, 2.0, 0.0),
    }
}

fn written_out(mention: &Mention) -> (usize, f64, f64) {
    let mut n_words = if mention.kind == MentionKind::Money { 1 } else { 0 };
    let mut n_syllables = 2.0 * n_words as f64;
    for part in mention.value.split(|character: char| !character.is_ascii_alphanumeric()) {
        let (words, syllables) = spoken_word(part);
        n_words += words;
        n_syllables += syllables;
    }
    let n_marks = mention.value.bytes().filter(|byte| matches!(byte, b'@' | b'.' | b'/')).count();
    let said_marks = if mention.kind == MentionKind::Money { 0 } else { n_marks };
    (n_words + said_marks, n_syllables + said_marks as f64, 0.0)
}

fn spoken_word(word: &str) -> (usize, f64) {
    let n_digits = word.bytes().filter(u8::is_ascii_digit).count();
    let n_syllables = syllables::count(word) as f64;
    let words_with_letters =
        word.split(['-', '/']).filter(|part| part.bytes().any(|b| b.is_ascii_alphabetic())).count();
    // "25" is "twenty-five": about a word and a half a digit, whatever the number.
    (words_with_letters + n_digits, n_syllables + 1.5 * n_digits as f64)
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
        assert_eq!(speech("Call 404-555-0142.").n_words, 11);
        assert_eq!(speech("Call [Your Number].").n_words, 11);
        assert_eq!(speech("Mail ann@example.com.").n_words, 6);
    }

    #[test]
    fn the_expected_length_lies_between_low_and_high() {
        let speech =
            speech("Hi Sam, it's Dana from Kestrel Gems. Your ring is ready! Call me at 404-555-0142.");
        assert!(speech.low < speech.expected && speech.expected < speech.high, "{speech:?}");
        assert!((6.0..14.0).contains(&speech.expected.0), "{speech:?}");
    }
}
