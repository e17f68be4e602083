//! Words, abbreviations, and letters that are said one by one.

use super::{Said, Say};
use crate::script::syllables::is_vowel;

/// Where a word stands, as far as it matters to how it is said.
pub struct Place<'t> {
    pub before: u8,
    pub after: &'t [u8],
    pub follows_number: bool,
}

/// Is a run of letters and apostrophes a word that is said as it stands? Nearly every one is.
#[inline]
pub fn is_plain(run: &[u8], before: u8, next: u8) -> bool {
    match run {
        [first, second, .., last] | [first, second @ last] => {
            let is_small = second.is_ascii_lowercase() && *last != b'\'' && *first != b'\'';
            is_small && before != b'}' && next != b'.' && run.iter().copied().any(is_vowel)
        }
        _ => false,
    }
}

/// A run that is not plain, or follows a number. Gives the bytes after it that are part of what was said.
pub fn say(run: &[u8], place: Place, is_shouted: impl FnOnce() -> bool, say: Say) -> usize {
    let word = trim_apostrophes(run);
    let has_stop = place.after.first() == Some(&b'.');
    let has_vowel = word.iter().copied().any(is_vowel);
    let is_ending = run[0] == b'\'' && (place.before == b'}' || place.before.is_ascii_digit());
    // "{P}'s", "the 90s": no syllable of its own.
    if is_ending || word.is_empty() || (word == b"s" && place.before.is_ascii_digit()) {
        return 0;
    }
    if let [letter] = word {
        return one_letter(*letter, &place, say);
    }
    if word[1].is_ascii_uppercase() && is_spelled_in_capitals(word) && !is_shouted() {
        spell(word, say);
    } else if (has_stop || place.follows_number || !has_vowel)
        && let Some(words) = abbreviation(word, &place)
    {
        words.split(' ').for_each(|word| say(Said::Word(word.as_bytes())));
    } else if is_spelled(word, has_vowel, place.follows_number) {
        spell(word, say);
    } else {
        say(Said::Word(word));
    }
    0
}

/// A run of letters of an address; `before` stands before it.
pub fn of_address(run: &[u8], before: u8, say: Say) {
    let has_vowel = run.iter().copied().any(is_vowel);
    let is_spelled_ending = before == b'.' && matches!(run, b"edu" | b"io" | b"uk" | b"us" | b"au" | b"ca");
    if is_spelled_ending || is_spelled(run, has_vowel, false) {
        spell(run, say)
    } else {
        say(Said::Word(run))
    }
}

fn trim_apostrophes(mut run: &[u8]) -> &[u8] {
    while let [b'\'', rest @ ..] | [rest @ .., b'\''] = run {
        run = rest;
    }
    run
}

fn spell(word: &[u8], say: Say) {
    let letters = word.strip_suffix(b"'s").or_else(|| word.strip_suffix(b"s")).unwrap_or(word);
    let is_plural = letters.iter().all(u8::is_ascii_uppercase);
    let letters = if is_plural { letters } else { word };
    for letter in letters.chunks(1).filter(|letter| letter[0] != b'\'') {
        say(Said::Word(letter));
    }
}

/// "i.e.", "w/o", and letters said by their name.
fn one_letter(letter: u8, place: &Place, say: Say) -> usize {
    const SHORT: [(&[u8], &str); 5] = [
        (b"e.g", "for example"),
        (b"i.e", "that is"),
        (b"w/o", "without"),
        (b"c/o", "care of"),
        (b"w/", "with"),
    ];
    let short = SHORT.iter().find(|(short, _)| {
        short[0] == letter && place.before == b' ' && place.after.starts_with(&short[1..])
    });
    match short {
        Some((short, words)) => {
            words.split(' ').for_each(|word| say(Said::Word(word.as_bytes())));
            short.len() - 1
        }
        None => {
            say(Said::Word(&[letter]));
            0
        }
    }
}

/// Not a word in capitals: "HR", "CEO", "FAQs", but "NASA" and "CALL". The shorter the likelier; the lists are ours.
fn is_spelled_in_capitals(word: &[u8]) -> bool {
    let letters = word.strip_suffix(b"'s").or_else(|| word.strip_suffix(b"s")).unwrap_or(word);
    if !letters.iter().all(u8::is_ascii_uppercase) {
        return false;
    }
    match letters.len() {
        0..=3 => SHORT_WORDS.binary_search(&letters).is_err(),
        4 => !letters.iter().copied().any(is_vowel) || SPELLED.contains(&letters),
        _ => false,
    }
}

/// What looks like initials in capitals and is a word.
const SHORT_WORDS: &[&[u8]] = &[
    b"ALL", b"AN", b"AND", b"ANY", b"ARE", b"ASK", b"AT", b"BE", b"BIG", b"BUT", b"BY", b"CAN", b"COB",
    b"DAY", b"DO", b"FOR", b"GET", b"GIF", b"GO", b"HAS", b"HER", b"HI", b"HIS", b"HOW", b"IF", b"IN", b"IS",
    b"MAY", b"ME", b"MY", b"NEW", b"NO", b"NOT", b"NOW", b"OF", b"ON", b"ONE", b"OR", b"OUR", b"OUT", b"PIN",
    b"RAM", b"SEE", b"SIM", b"SO", b"THE", b"TO", b"TOP", b"TWO", b"UP", b"WE", b"WHO", b"WHY", b"WIN",
    b"YES", b"YOU", b"ZIP",
];
/// What has a vowel and is spelled all the same.
const SPELLED: &[&[u8]] = &[b"ASAP", b"ESPN", b"NCAA", b"USPS", b"USDA", b"UCLA", b"IEEE", b"HVAC"];

/// No vowel to say it by, and no sound that people make.
fn is_spelled(word: &[u8], has_vowel: bool, follows_number: bool) -> bool {
    if has_vowel {
        return follows_number && word == b"am";
    }
    word.len() <= 4
        && !word.contains(&b'\'')
        && !matches!(
            small(word).as_slice(),
            b"hm" | b"hmm" | b"mm" | b"mmm" | b"shh" | b"psst" | b"nth" | b"brr"
        )
}

/// Letters of the longest abbreviation.
const LONGEST: usize = 6;

/// The first letters, in small.
struct Small([u8; LONGEST], usize);

impl Small {
    fn as_slice(&self) -> &[u8] {
        &self.0[..self.1]
    }
}

fn small(word: &[u8]) -> Small {
    let mut letters = [0; LONGEST];
    let length = word.len().min(LONGEST);
    letters[..length].copy_from_slice(&word[..length]);
    letters.make_ascii_lowercase();
    Small(letters, length)
}

/// What is said for an abbreviation. Asked of words with a stop or a number beside them or without a vowel only.
fn abbreviation(word: &[u8], place: &Place) -> Option<&'static str> {
    if LONGEST < word.len() {
        return None;
    }
    let small = small(word);
    let small = small.as_slice();
    let has_stop = place.after.first() == Some(&b'.');
    // A stop at the end of the sentence may be no more than that.
    let is_abbreviated = has_stop && place.after.len() > 1;
    let after = place.after.strip_prefix(b".").unwrap_or(place.after);
    let next = after.strip_prefix(b" ").and_then(|after| after.first()).copied().unwrap_or_default();
    let unit = if place.follows_number { unit(small) } else { None };
    let of_the_calendar = if is_abbreviated { of_the_calendar(small, next) } else { None };
    if let Some(word) = unit.or(of_the_calendar) {
        return Some(word);
    }
    let word = match small {
        b"st" if next.is_ascii_uppercase() && !place.follows_number => "saint",
        b"ave" if has_stop => "avenue",
        b"apt" if is_abbreviated || place.follows_number => "apartment",
        _ => ABBREVIATIONS.iter().find(|(short, _)| *short == small)?.1,
    };
    Some(word)
}

/// Said in full whatever stands beside them.
const ABBREVIATIONS: &[(&[u8], &str)] = &[
    (b"mr", "mister"),
    (b"mrs", "missus"),
    (b"ms", "miz"),
    (b"dr", "doctor"),
    (b"st", "street"),
    (b"mt", "mount"),
    (b"blvd", "boulevard"),
    (b"rd", "road"),
    (b"ln", "lane"),
    (b"hwy", "highway"),
    (b"jr", "junior"),
    (b"sr", "senior"),
    (b"prof", "professor"),
    (b"dept", "department"),
    (b"vs", "versus"),
    (b"etc", "et cetera"),
    (b"approx", "approximately"),
    (b"appt", "appointment"),
    (b"ltd", "limited"),
    (b"ext", "extension"),
    (b"attn", "attention"),
    (b"mgr", "manager"),
    (b"hr", "hour"),
    (b"hrs", "hours"),
    (b"yrs", "years"),
    (b"wks", "weeks"),
    (b"lbs", "pounds"),
    (b"pls", "please"),
    (b"plz", "please"),
    (b"thx", "thanks"),
    (b"msg", "message"),
    (b"mtg", "meeting"),
];

fn unit(small: &[u8]) -> Option<&'static str> {
    Some(match small {
        b"min" | b"mins" => "minutes",
        b"sec" | b"secs" => "seconds",
        b"lb" => "pounds",
        b"oz" => "ounces",
        b"ft" => "feet",
        b"ct" => "carat",
        b"km" => "kilometers",
        b"cm" => "centimeters",
        b"mm" => "millimeters",
        b"kg" => "kilograms",
        b"yr" => "year",
        b"wk" => "week",
        _ => return None,
    })
}

fn of_the_calendar(small: &[u8], next: u8) -> Option<&'static str> {
    if small == b"no" && next.is_ascii_digit() {
        return Some("number");
    }
    Some(match small {
        b"jan" => "january",
        b"feb" => "february",
        b"apr" => "april",
        b"aug" => "august",
        b"sep" | b"sept" => "september",
        b"oct" => "october",
        b"nov" => "november",
        b"dec" => "december",
        b"mon" => "monday",
        b"tue" | b"tues" => "tuesday",
        b"thu" | b"thur" | b"thurs" => "thursday",
        b"fri" => "friday",
        _ => return None,
    })
}
