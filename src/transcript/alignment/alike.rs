//! Is it the same word? Names may be spelled in any way that sounds the same.

use rphonetic::{DoubleMetaphone, Encoder};

use super::tokens::Sound;

/// Do two words sound alike? By Double Metaphone (Philips 2000), which keeps the consonants, and the first letter of a
/// vowel: "Pruitt" and "Prewitt", "Catherine" and "Kathryn".
pub fn sounds_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    // Of a letter or two the consonants say too little.
    if one.len() < MIN_LETTERS || other.len() < MIN_LETTERS {
        return false;
    }
    let encoder = DoubleMetaphone::new(Some(MAX_CODE));
    let code = |word: &str| encoder.encode(&without_glides(word));
    let (one_code, other_code) = (code(one), code(other));
    !one_code.is_empty() && one_code == other_code
}

const MIN_LETTERS: usize = 3;
/// Longer than any name's.
const MAX_CODE: usize = 12;

/// A w or y between vowels is part of them: "Prewitt", "Mayer".
fn without_glides(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |index: usize| letters.get(index).is_some_and(|letter| "aeiou".contains(*letter));
    let is_glide = |index: usize| 0 < index && "wyh".contains(letters[index]) && is_vowel(index - 1);
    letters.iter().enumerate().filter(|(index, _)| !is_glide(*index)).map(|(_, letter)| *letter).collect()
}

/// How far apart, from 0 for the same to 1 for nothing alike.
pub fn distance(one: &Sound, other: &Sound, may_sound_alike: bool) -> f32 {
    match (one, other) {
        _ if one == other => 0.0,
        (Sound::Word(one), Sound::Word(other)) if may_sound_alike && sounds_alike(one, other) => ALIKE,
        (Sound::Word(one), Sound::Word(other)) => {
            // A word that was heard wrong shares most of its letters with the right one.
            let likeness = strsim::normalized_levenshtein(one, other) as f32;
            1.0 - 0.4 * likeness
        }
        (Sound::Digit(_), Sound::Digit(_)) => 0.9,
        _ => 1.0,
    }
}

/// Counts as said, but the very word is preferred.
pub const ALIKE: f32 = 0.05;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike() {
        for (one, other) in [
            ("pruitt", "prewitt"),
            ("dana", "dayna"),
            ("catherine", "kathryn"),
            ("maria", "mariah"),
            ("kestrel", "kestral"),
            ("priya", "pria"),
            ("stephen", "steven"),
            ("smith", "smyth"),
            ("jeff", "geoff"),
        ] {
            assert!(sounds_alike(one, other), "{one} {other}");
        }
        for (one, other) in
            [("dana", "maria"), ("tom", "sam"), ("kestrel", "alder"), ("tuesday", "thursday"), ("al", "el")]
        {
            assert!(!sounds_alike(one, other), "{one} {other}");
        }
        // They have the same consonants; a name of three letters is told by them alone.
        assert!(sounds_alike("lee", "lou"));
    }
}
