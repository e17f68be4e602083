//! Words of English that several layers read, in small letters: of numbers, of the calendar, of hesitation.

pub const UNITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
/// From ten on.
pub const TEENS: [&str; 10] = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
];
/// From twenty on.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Zero among digits, besides that of [`UNITS`].
pub const ZEROS: [&str; 4] = ["oh", "o", "nought", "naught"];
/// How often the digit after it is said.
pub const MULTIPLES: [(&str, usize); 3] = [("double", 2), ("triple", 3), ("treble", 3)];
pub const SCALES: [&str; 3] = ["hundred", "thousand", "million"];

pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
pub const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
];

pub fn is_number_word(word: &str) -> bool {
    UNITS.contains(&word)
        || TEENS.contains(&word)
        || TENS.contains(&word)
        || ZEROS.contains(&word)
        || SCALES.contains(&word)
        || MULTIPLES.iter().any(|(name, _)| *name == word)
}

/// Is it *um*, *uh*, *er* or the like as a script has it, in any case and with letters held: "Ummm"? What a recogniser writes
/// for one is more ("ah", "mm"), which in a script is another word.
pub fn is_hesitation(word: &str) -> bool {
    let mut letters = word.to_ascii_lowercase().into_bytes();
    letters.dedup();
    matches!(letters.as_slice(), b"um" | b"uh" | b"er" | b"erm" | b"hm" | b"uhm")
}
