//! Is this capitalised word a person, a firm, a desk, a place? Words are plain text or tokens of it.

mod vocabulary;

use std::ops::Range;
use std::sync::LazyLock;

use self::vocabulary::{
    COUPLES, DEPARTMENTS, JOINTS, NOT_NAMES, PARTICLES, PLACES, STREETS, SURNAMES, TITLES,
};
use crate::english::WEEKDAYS;

/// Every name in the text: runs of capitalised words and placeholders for people, from left to right.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut next = 0;
    for start in word_starts(text) {
        if next <= start
            && let Some(end) = name_at(text, start)
            && (!is_no_name(word_at(text, start)) || is_somebody(text, start..end))
        {
            names.push(start..end);
            next = end;
        }
    }
    names
}

/// Where the name ends that begins at `start`: a placeholder for a person, or up to three capitalised words with a title
/// before them.
pub fn name_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if let Some(end) = token_at(text, start, "{P") {
        return Some(end);
    }
    // "Mr. and Mrs. Abara".
    let couple = COUPLES.iter().find(|couple| rest.starts_with(**couple));
    if let Some(couple) = couple {
        let surname = start + couple.len();
        return token_at(text, surname, "{P").or_else(|| capitalised_at(text, surname));
    }
    // "J.P. from Kestrel".
    let initials = match rest.as_bytes() {
        [b'A'..=b'Z', b'.', b'A'..=b'Z', b'.', ..] => Some(start + 4),
        _ => None,
    };
    let first = initials.or_else(|| capitalised_at(text, start))?;
    let mut end = first;
    if is_listed(TITLES, &text[start..first].to_ascii_lowercase()) {
        let after = if text[first..].starts_with(". ") { first + 2 } else { first + 1 };
        end = text.get(after..).and_then(|_| capitalised_at(text, after)).unwrap_or(first);
    }
    let initial = &text.as_bytes()[end..];
    if let [b' ', b'A'..=b'Z', b'.', ..] = initial {
        end += 3;
    }
    for _ in 0..2 {
        let particle =
            PARTICLES.iter().find(|particle| text[end..].starts_with(**particle)).map_or(" ", |p| p);
        let next = end + particle.len();
        let word = text.get(next..).filter(|_| text[end..].starts_with(particle));
        match word.and_then(|_| capitalised_at(text, next)) {
            Some(word_end) if next + 1 < word_end && !is_no_name(&text[next..word_end]) => end = word_end,
            _ => break,
        }
    }
    Some(end)
}

/// Where the placeholder ends that begins at `start`, if it is one of this kind.
pub fn token_at(text: &str, start: usize, opening: &str) -> Option<usize> {
    let rest = &text[start..];
    let length = rest.starts_with(opening).then(|| rest.find('}'))??;
    Some(start + length + 1)
}

/// Where the organisation's name ends that begins at `start`: a placeholder, a web address, or up to six capitalised words with "of",
/// "and", "&" between them.
pub fn organisation_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if let Some(end) = token_at(text, start, "{C") {
        let more = text[end..].strip_prefix(' ').and_then(|_| capitalised_at(text, end + 1));
        return Some(more.filter(|more| end + 2 < *more).unwrap_or(end));
    }
    // "Kay with acme.io".
    if let Some(end) = token_at(text, start, "{U") {
        return Some(end);
    }
    let mut first = start;
    // "The [City] Firefighters Association".
    if let Some(end) = token_at(text, start, "{L") {
        first = text[end..].starts_with(' ').then_some(end + 1)?;
    } else if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        if let Some(end) = numbered_firm_at(text, start) {
            return end;
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        first = rest[length..].starts_with(' ').then_some(start + length + 1)?;
    }
    // "St. Osyth's".
    if let Some(after) = rest.strip_prefix("St. ") {
        first = text.len() - after.len();
    }
    // "A to Z Movers".
    let alphabet =
        rest.strip_prefix("A to Z").filter(|after| !after.starts_with(|next: char| next.is_alphanumeric()));
    let mut end = alphabet.map(|after| text.len() - after.len()).or_else(|| firm_word_at(text, first))?;
    // "31 Mill Lane".
    let is_address = |end: usize| {
        let last = text[first..end].rsplit(' ').next().unwrap_or_default();
        start < first && STREETS.contains(&last)
    };
    for _ in 0..5 {
        let joint = JOINTS.iter().find(|joint| text[end..].starts_with(**joint)).map_or(" ", |joint| joint);
        let next = end + joint.len();
        match text[end..].starts_with(joint).then(|| firm_word_at(text, next)).flatten() {
            Some(word_end) => end = word_end,
            None => break,
        }
    }
    (!is_address(end)).then_some(end)
}

/// Where the name ends that begins with a digit and is one word; `Some(None)` of what is none.
fn numbered_firm_at(text: &str, start: usize) -> Option<Option<usize>> {
    let rest = &text[start..];
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (word, after) = rest.split_at(length);
    let end = start + length;
    // "7-Eleven".
    let hyphenated = after.strip_prefix('-').and_then(|_| firm_word_at(text, end + 1));
    // "23andMe".
    let is_word = word.bytes().any(|byte| byte.is_ascii_uppercase())
        && word.bytes().filter(u8::is_ascii_lowercase).count() > 1;
    match word.as_bytes().last() {
        _ if hyphenated.is_some() => Some(hyphenated),
        _ if is_word => Some(Some(end)),
        // "3M"; 3B is a flat.
        Some(b'A'..=b'H') => Some(None),
        Some(b'A'..=b'Z') => Some(Some(end)),
        _ => None,
    }
}

/// A capital and the letters, apostrophes and hyphens after it.
fn capitalised_at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.get(start).filter(|byte| byte.is_ascii_uppercase())?;
    let length =
        bytes[start..].iter().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-')).count();
    Some(start + length)
}

/// As [`capitalised_at`], with digits, ampersands and dots inside: "O'Brien", "3M", "U.S.", "AT&T"; and "eBay".
fn firm_word_at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let opens = match bytes.get(start..)? {
        [first, ..] if first.is_ascii_uppercase() => true,
        [first, second, ..] => first.is_ascii_lowercase() && second.is_ascii_uppercase(),
        _ => false,
    };
    if !opens {
        return None;
    }
    let mut end = start + 1;
    while let Some(byte) = bytes.get(end) {
        let inside = byte.is_ascii_alphanumeric() || matches!(byte, b'&' | b'\'' | b'-');
        let dot = *byte == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !inside && !dot {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// The word that begins at `start`, or as much of it as a name could have.
fn word_at(text: &str, start: usize) -> &str {
    const LONGEST: usize = 32;
    let is_of_word = |byte: &u8| !matches!(byte, b' ' | b'\n' | b',' | b'.');
    let length = text.as_bytes()[start..].iter().take(LONGEST).take_while(|byte| is_of_word(byte)).count();
    &text[start..start + length]
}

/// Offsets of capitals and placeholders that no letter stands before.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|start| {
        let opens = bytes[*start].is_ascii_uppercase() || bytes[*start] == b'{';
        opens && (*start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'_'))
    })
}

/// "It's Will at Kestrel": a word that is a name where it says who calls.
pub fn is_somebody(text: &str, range: Range<usize>) -> bool {
    if !matches!(&text[range.clone()], "Will" | "Hope") {
        return false;
    }
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let ends = |cues: &[&str]| cues.iter().any(|cue| before.ends_with(cue));
    let goes_on = |cues: &[&str]| cues.iter().any(|cue| after.starts_with(cue));
    let is_introduced =
        ends(&["it's ", "this is ", "I'm ", "Hi ", "Hello ", "Hey ", "Dear ", "it's me, ", "It's me, "]);
    ends(&["name is ", "name's "])
        || is_introduced && goes_on(&[" at ", " from ", " with ", " here", " calling", ", "])
        || (before.is_empty() || ends(&["\n", ", "])) && goes_on(&[" from ", " here"])
}

fn is_no_name(word: &str) -> bool {
    is_listed(NOT_NAMES, &word.to_ascii_lowercase())
}

pub fn is_organisation(word: &str) -> bool {
    if let Some(rest) = word.strip_prefix("{C") {
        return !rest.starts_with("you") && !rest.starts_with("other");
    }
    if word.starts_with("{U") {
        return true;
    }
    // "Grant" alone is a person, "Grant's" or "Grant & Sons" is not.
    if is_known_first_name(word) && !word.contains([' ', '\'', '&']) {
        return false;
    }
    let first = first_word_lowered(word);
    // "First Prairie Credit Union", "Hope Builders", "Elder Law".
    has_organisation_word(word)
        || !has_title(word)
            && match PLACES.contains(&first.as_str()) {
                true => !is_place(word, &first),
                false => !is_listed(NOT_NAMES, &first),
            }
}

/// "Great Clips", "Open Door": several words with capitals, where a firm's name is expected.
pub fn is_common_words_with_capitals(word: &str) -> bool {
    let first = first_word_lowered(word);
    word.contains(' ')
        && word.split(' ').all(|part| part.starts_with(|letter: char| letter.is_ascii_uppercase()))
        && !is_department(word)
        && !has_title(word)
        && !PLACES.contains(&first.as_str())
        && !WEEKDAYS.contains(&first.as_str())
}

/// "Boston", "Portland Oregon", "New York"; not "Portland General" or "New York Life".
fn is_place(word: &str, first: &str) -> bool {
    /// That no place is called by alone.
    const OPENINGS: [&str; 3] = ["new", "los", "san"];
    let is_of_place = |part: &str| {
        PLACES.contains(&part.to_ascii_lowercase().as_str())
            || part.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let n_of_name = if OPENINGS.contains(&first) { 2 } else { 1 };
    word.split(' ').skip(n_of_name).all(is_of_place)
}

/// Could this be a person's name? Placeholders for one are.
pub fn is_name(word: &str) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    let first = first_word_lowered(word);
    !is_listed(NOT_NAMES, &first) && !has_organisation_word(word) && !is_department(word)
}

/// A name after "this is": one unknown word may as well be a firm, and is when nobody says "I".
pub fn is_person(word: &str, first_person: bool) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    is_name(word) && (is_known_first_name(word) || has_title(word) || word.contains(' ') || first_person)
}

fn first_word_lowered(word: &str) -> String {
    word.split([' ', '\'']).next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

/// Where the name begins in "attorney Glenn Sadler".
pub fn after_title(text: &str, start: usize) -> usize {
    let length = text[start..].bytes().take_while(u8::is_ascii_lowercase).count();
    let title = &text[start..start + length];
    let rest = &text[start + length..];
    let n_between = if rest.starts_with(". ") { 2 } else { 1 };
    let is_title = is_listed(TITLES, title) && rest.starts_with([' ', '.']);
    if is_title && rest[n_between - 1..].starts_with(' ') { start + length + n_between } else { start }
}

pub fn has_title(word: &str) -> bool {
    word.contains(' ') && is_listed(TITLES, &first_word_lowered(word))
}

/// One of those that the US census of 1990 counted (in the public domain) or that are common in other languages, but for those
/// that are English words as often.
pub fn is_known_first_name(word: &str) -> bool {
    is_listed(&FIRST_NAMES, &first_word_lowered(word))
}

pub fn has_organisation_word(word: &str) -> bool {
    if let Some((first, last)) = word.split_once(' ') {
        // "Mr. Law", "Mrs. Mills".
        let is_title = ["Mr", "Mrs", "Ms", "Miss", "Dr"].contains(&first.trim_end_matches('.'));
        // "Rob Church"; but "Grace Church".
        let is_surname = || SURNAMES.iter().any(|surname| last.eq_ignore_ascii_case(surname));
        if is_title || first != "Grace" && is_surname() && is_known_first_name(first) {
            return false;
        }
    }
    word.split(' ').skip(1).chain(std::iter::once(word.rsplit(' ').next().unwrap_or_default())).any(|part| {
        let part = part.trim_end_matches(['.', ',']).to_ascii_lowercase();
        is_listed(&ORGANISATION_WORDS, &part)
    })
}

/// "Support", "Customer Service": a desk, neither a person nor a company.
pub fn is_department(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let rests = DEPARTMENTS.iter().filter_map(|department| lower.strip_prefix(department));
    rests.into_iter().any(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

static FIRST_NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("first_names.txt").split_whitespace().collect());
/// The last words of firms' names.
static ORGANISATION_WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("organisation_words.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_firms_and_desks() {
        for (word, person, organisation) in [
            ("Dana", true, false),
            ("{P}", true, true),
            ("Kestrel Gems", false, true),
            ("Drivemoor", false, true),
            ("Hope Builders", false, true),
            ("Hope", false, false),
            ("Dr. Lim", true, false),
            ("{Cyou}", false, false),
            ("{C}", false, true),
        ] {
            assert_eq!((is_person(word, false), is_organisation(word)), (person, organisation), "{word}");
        }
        assert!(is_person("Jane Mills", false) && !is_person("Cedar Mills", false));
        assert!(
            is_department("Support") && is_department("customer service") && !is_department("Supporters")
        );
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(TITLES.is_sorted());
        assert!(NOT_NAMES.is_sorted());
        assert!(ORGANISATION_WORDS.is_sorted());
        assert!(FIRST_NAMES.is_sorted());
    }
}
