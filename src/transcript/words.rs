//! Words from the pieces that a recogniser writes them in.

use crate::transcript::Word;
use crate::units::{Interval, Seconds};

/// A piece of a word, as whisper's vocabulary has it: `" vo"`, `"ice"`, `"mail"`, `","`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// A token may end in the middle of a UTF-8 sequence.
    pub bytes: Vec<u8>,
    /// When it was said; not trusted to be in order, or within the recording.
    pub interval: (Seconds, Seconds),
    /// 0 to 1.
    pub probability: f64,
    /// Whether a segment of the recogniser starts here, and so a word even without a space.
    pub starts_segment: bool,
}

/// Joins tokens into words at leading spaces, and puts their times in order within a recording of length `clip`.
///
/// A word's times are those of its tokens that are spoken, since whisper gives punctuation time as well, taken from the
/// pause that follows. Its probability is the mean of theirs. Punctuation that stands alone joins the word before it.
pub(super) fn words_of(tokens: &[Token], clip: Seconds) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let starts_word = |token: &Token| token.starts_segment || token.bytes.starts_with(b" ");
    for group in tokens.chunk_by(|_, next| !starts_word(next)) {
        let bytes: Vec<u8> = group.iter().flat_map(|token| &token.bytes).copied().collect();
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        let spoken: Vec<&Token> = group.iter().filter(|token| is_spoken(&token.bytes)).collect();
        if let (Some(first), Some(last)) = (spoken.first(), spoken.last()) {
            let interval = place(first.interval.0, last.interval.1, words.last_mut(), clip);
            let probability = spoken.iter().map(|token| token.probability).sum::<f64>() / spoken.len() as f64;
            words.push(Word {
                text,
                interval: Some(interval),
                probability: Some(probability.clamp(0.0, 1.0)),
            });
        } else if let (Some(word), false) = (words.last_mut(), text.is_empty()) {
            word.text.push(' ');
            word.text.push_str(&text);
        }
    }
    words
}

/// Bytes beyond ASCII count as letters: they may be half of one.
fn is_spoken(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
}

/// The interval nearest to the one claimed that lies in the recording and after the start of the word before it, which
/// is shortened where the two overlap.
pub(super) fn place(start: Seconds, end: Seconds, before: Option<&mut Word>, clip: Seconds) -> Interval {
    let mut before = before.and_then(|word| word.interval.as_mut());
    let earliest = before.as_ref().map_or(0.0, |interval| interval.start.0);
    let start = start.0.clamp(earliest, clip.0);
    let end = end.0.clamp(start, clip.0);
    if let Some(interval) = &mut before {
        interval.end = Seconds(interval.end.0.min(start));
    }
    Interval::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, start: f64, end: f64) -> Token {
        let bytes = text.as_bytes().to_vec();
        Token { bytes, interval: (Seconds(start), Seconds(end)), probability: 0.5, starts_segment: false }
    }

    #[track_caller]
    fn check(tokens: &[Token], expected: &[(&str, f64, f64)]) {
        let words = words_of(tokens, Seconds(10.0));
        let found: Vec<(&str, f64, f64)> = words
            .iter()
            .filter_map(|word| Some((word.text.as_str(), word.interval?)))
            .map(|(text, interval)| (text, interval.start.0, interval.end.0))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn nothing_said_is_no_words() {
        check(&[], &[]);
        check(&[token(" ", 0.0, 1.0)], &[]);
        check(&[token(" ...", 0.0, 1.0)], &[]);
    }

    #[test]
    fn pieces_join_and_punctuation_stays_but_takes_no_time() {
        let tokens =
            [token(" vo", 0.0, 0.2), token("ice", 0.2, 0.4), token(",", 0.4, 0.9), token(" mail", 0.9, 1.1)];
        check(&tokens, &[("voice,", 0.0, 0.4), ("mail", 0.9, 1.1)]);
    }

    #[test]
    fn a_quotation_mark_before_a_word_belongs_to_it() {
        check(&[token(" \"", 0.0, 0.1), token("Hi", 0.1, 0.3)], &[("\"Hi", 0.1, 0.3)]);
    }

    #[test]
    fn punctuation_alone_joins_the_word_before() {
        check(&[token(" well", 0.0, 0.3), token(" -", 0.3, 0.5)], &[("well -", 0.0, 0.3)]);
    }

    #[test]
    fn a_segment_starts_a_word_without_a_space() {
        let second = Token { starts_segment: true, ..token("there", 1.0, 1.2) };
        check(&[token("Hi", 0.0, 0.3), second], &[("Hi", 0.0, 0.3), ("there", 1.0, 1.2)]);
    }

    #[test]
    fn letters_split_between_tokens_are_whole_again() {
        let half = |bytes: &[u8]| Token { bytes: bytes.to_vec(), ..token("", 0.0, 0.1) };
        check(&[half(b" caf\xc3"), half(b"\xa9")], &[("café", 0.0, 0.1)]);
    }

    #[test]
    fn times_are_put_in_order_within_the_recording() {
        let tokens =
            [token(" a", -3.0, 2.0), token(" b", 1.0, 0.5), token(" c", 0.2, 1.5), token(" d", 11.0, 12.0)];
        check(&tokens, &[("a", 0.0, 1.0), ("b", 1.0, 1.0), ("c", 1.0, 1.5), ("d", 10.0, 10.0)]);
    }
}
