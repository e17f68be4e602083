//! Syllables of an English word: by a list of exceptions, and by rule for the rest.

mod exceptions;
mod rule;

pub use rule::is_vowel;

/// Letters of a word that are looked at together, a bit each; what is longer is no English word.
const LONGEST: usize = 32;

/// Of one word of letters and apostrophes, in small or capital letters: at least 1 where there is a letter, 0 otherwise. A
/// letter alone counts by its name.
pub fn count(word: &[u8]) -> usize {
    if word.len() <= LONGEST { count_short(word) } else { word.chunks(LONGEST).map(count_short).sum() }
}

fn count_short(word: &[u8]) -> usize {
    let mut small = [0; LONGEST];
    for (small, letter) in small.iter_mut().zip(word) {
        // Also keeps an apostrophe what it is.
        *small = letter | 0x20;
    }
    match &small[..word.len()] {
        [] | [b'\''] => 0,
        [b'w'] => 3,
        [_] => 1,
        // "Chris's" has one more than the name, "Sam's" and "boys'" have not.
        [name @ .., b'\'', b's'] if !name.is_empty() => of_name(name) + usize::from(ends_with_sibilant(name)),
        [name @ .., b'\''] => of_name(name),
        word => of_name(word),
    }
}

fn of_name(word: &[u8]) -> usize {
    exceptions::count(word).unwrap_or_else(|| rule::count(word))
}

fn ends_with_sibilant(word: &[u8]) -> bool {
    matches!(
        word,
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] | [.., b's' | b'c' | b'g' | b'z' | b'x', b'e']
    )
}

#[cfg(test)]
mod tests;
