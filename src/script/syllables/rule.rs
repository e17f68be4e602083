//! Syllables of an English word by its letters: vowel groups, the vowels that are said apart, the e that is not said.
//!
//! Ours. One word in sixteen of the CMU Pronouncing Dictionary has another count; those are in `exceptions.txt`.

/// `word`: small letters and apostrophes, not more than 32. At least 1.
pub fn count(word: &[u8]) -> usize {
    let n_sounded = match n_vowel_groups(word) {
        // The only vowel is said.
        0 | 1 => 1,
        n_groups => n_groups - n_silent(word),
    };
    n_sounded + n_without_vowel(word)
}

/// In small or capital letters; only letters may be asked about.
pub const fn is_vowel(letter: u8) -> bool {
    const VOWELS: u32 = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21 | 1 << 25;
    VOWELS >> (letter & 31) & 1 == 1
}

fn n_vowel_groups(word: &[u8]) -> usize {
    // A bit a letter.
    let vowels = word.iter().rev().fold(0_u32, |vowels, letter| vowels << 1 | u32::from(is_vowel(*letter)));
    let mut n_groups = (vowels & !(vowels << 1)).count_ones() as usize;
    let mut after_vowels = vowels & vowels << 1;
    while after_vowels != 0 {
        n_groups += usize::from(is_apart(word, after_vowels.trailing_zeros() as usize));
        after_vowels &= after_vowels - 1;
    }
    n_groups
}

/// Is the vowel said apart from the one before it: "ra-di-o", "go-ing", "so-ci-e-ty", "roy-al"?
fn is_apart(word: &[u8], index: usize) -> bool {
    let after = &word[index + 1..];
    match (word[index - 1], word[index]) {
        (b'i', b'a' | b'o' | b'u') => {
            !(is_softened(word, index) && matches!(after, [b'n' | b'u' | b'l', ..] | []))
        }
        (b'i', b'e') => match after {
            [b'r'] | [b'r', b's'] | [b's', b't'] | [b't', b'y'] => true,
            [b'n', b't' | b'c', ..] => !is_softened(word, index),
            _ => false,
        },
        // The u of "quote" and "language" is a consonant.
        (b'u', _) if index >= 2 && word[index - 2] == b'q' => false,
        (b'u', b'a') if index >= 2 && word[index - 2] == b'g' => after.is_empty(),
        (b'u', b'a' | b'o') | (b'e' | b'a', b'o') => !is_softened(word, index),
        (b'e', b'u') => after.starts_with(b"m"),
        (_, b'i') => matches!(after, [b'n', b'g', ..] | [b's', b'm' | b't', ..]),
        (b'y', _) => word[..index - 1].last().copied().is_some_and(is_vowel),
        _ => false,
    }
}

/// "-tion", "-cial", "-gion", "million", "onion": the i only softens the consonant before it.
fn is_softened(word: &[u8], index: usize) -> bool {
    match word[..index - 1] {
        [.., b't' | b'c' | b's' | b'g' | b'x'] | [.., b'l', b'l'] => true,
        [.., b'n'] => word[index - 1..].starts_with(b"io"),
        _ => false,
    }
}

/// Syllables that no vowel letter stands for: "prism", "rhythm", "didn't", "that'll", "would've", "McCall".
fn n_without_vowel(word: &[u8]) -> usize {
    let at_end = match word {
        [.., b's', b'm'] | [.., b's', b'm', b's'] => true,
        [.., b't', b'h', b'm'] | [.., b't', b'h', b'm', b's'] => true,
        [.., b'd' | b's', b'n', b'\'', b't'] | [.., b't', b'\'', b'd'] | [.., b't', b'\'', b'l', b'l'] => {
            true
        }
        // Its e is counted as silent.
        [.., before, b'\'', b'v', b'e'] => !is_vowel(*before),
        _ => false,
    };
    usize::from(at_end) + usize::from(matches!(word, [b'm', b'c', _, ..]))
}

/// Vowel groups that are not said: "whole", "called", "names", "statement", "basically".
fn n_silent(word: &[u8]) -> usize {
    let is_silent = match word {
        [.., b'\'', b'v' | b'r', b'e'] => true,
        [.., b'i', b'c', b'a', b'l', b'l', b'y'] => true,
        [base @ .., b'm', b'e', b'n', b't']
        | [base @ .., b'm', b'e', b'n', b't', b's']
        | [base @ .., b'n' | b'l', b'e', b's', b's']
        | [base @ .., b'f', b'u', b'l']
        | [base @ .., b'f', b'u', b'l', b'l', b'y']
        | [base @ .., b'l', b'y'] => {
            matches!(base, [.., before, b'e'] if *before != b'l') && has_silent_e(base)
        }
        _ => has_silent_e(word),
    };
    usize::from(is_silent)
}

fn has_silent_e(word: &[u8]) -> bool {
    match word {
        // "table" and "tables" sound their end, "whole" and "Louisville" do not.
        [.., before, b'l', b'e'] | [.., before, b'l', b'e', b'd' | b's'] => {
            is_vowel(*before) || matches!(before, b'l' | b'r')
        }
        [.., b'g' | b'q', b'u', b'e'] => true,
        [.., before, b'e'] => !is_vowel(*before),
        [.., before, b'e', b'd'] => *before == b'y' || !(is_vowel(*before) || matches!(before, b't' | b'd')),
        [.., before, b'e', b's'] => {
            *before == b'y'
                || !(is_vowel(*before) || matches!(before, b's' | b'x' | b'z' | b'h' | b'c' | b'g'))
        }
        _ => false,
    }
}
