//! Syllables of an English word: by a list of exceptions, and by rule for the rest.

mod exceptions;
mod rule;

use exceptions::Hash;
pub use rule::is_vowel;

/// Letters of a word that are looked at together, a bit each; what is longer is no English word.
const LONGEST: usize = 32;

/// Of one word of letters and apostrophes, in small or capital letters: at least 1 where there is a letter, 0 otherwise. A
/// letter alone counts by its name.
pub fn count(word: &[u8]) -> usize {
    if word.len() <= LONGEST { count_short(word) } else { word.chunks(LONGEST).map(count_short).sum() }
}

fn count_short(word: &[u8]) -> usize {
    match word {
        [] | [b'\''] => 0,
        [b'w' | b'W'] => 3,
        [_] => 1,
        // "Chris's" has one more than the name, "Sam's" and "boys'" have not.
        [name @ .., b'\'', b's' | b'S'] if !name.is_empty() => {
            of_name(name) + usize::from(ends_with_sibilant(name))
        }
        [name @ .., b'\''] => of_name(name),
        word => of_name(word),
    }
}

fn of_name(word: &[u8]) -> usize {
    let mut small = [0; LONGEST];
    let mut hash = Hash::EMPTY;
    for (small, letter) in small.iter_mut().zip(word) {
        // Also keeps an apostrophe what it is.
        *small = letter | 0x20;
        hash = hash.with(*small);
    }
    exceptions::count(hash).unwrap_or_else(|| rule::count(&small[..word.len()]))
}

fn ends_with_sibilant(name: &[u8]) -> bool {
    let [.., before, last] = name else { return false };
    match (before | 0x20, last | 0x20) {
        (_, b's' | b'x' | b'z') | (b'c' | b's', b'h') => true,
        (before, b'e') => matches!(before, b's' | b'c' | b'g' | b'z' | b'x'),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
