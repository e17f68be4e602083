//! Telephone numbers as they are written in scripts: in digits, in words, in both, masked, with letters.

mod vanity;

use std::ops::Range;

pub use vanity::keypad_digit;
use vanity::vanity;

/// A stretch of text that is a telephone number.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub range: Range<usize>,
    /// Its digits; `x` where it is masked.
    pub digits: String,
}

/// Shortest and longest number of digits (ITU-T E.164 allows 15; seven is a local number in North America).
const N_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Of an Australian number at the local rate, "13 11 14" (ACMA, Telecommunications Numbering Plan 2015).
const N_DIGITS_LOCAL_RATE: usize = 6;

/// Numbers in plain text; those with letters in them come first, and may overlap the others.
pub fn find(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut run: Vec<Token> = Vec::new();
    for range in tokens(text) {
        let continues = run.last().is_some_and(|last: &Token| joins(&text[last.range.end..range.start]));
        if !continues {
            found.extend(numbers(text, &run));
            run.clear();
        }
        match meaning(&text[range.clone()]) {
            Some(digits) => run.push(Token { range, digits }),
            None => {
                found.extend(numbers(text, &run));
                run.clear();
            }
        }
    }
    found.extend(numbers(text, &run));
    // In letters and digits more of a number is seen than in its digits alone: "1-800-555-HELP".
    vanity(text).chain(found).collect()
}

#[derive(Debug)]
struct Token {
    range: Range<usize>,
    digits: Digits,
}

#[derive(Debug)]
enum Digits {
    Written(String),
    Word(&'static str),
    /// "hundred" after a digit is two zeros, "thousand" three.
    Zeros(usize),
    /// "double" and "triple": the next digit that many times.
    Times(usize),
    Mask(usize),
    /// "area code": said between the groups.
    Between,
}

/// Runs of digits, of letters, and of `#`; a brace alone.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        let run = |start: usize, is_of_run: fn(&u8) -> bool| {
            start + bytes[start..].iter().take_while(|byte| is_of_run(byte)).count()
        };
        while let Some(byte) = bytes.get(next) {
            let start = next;
            next = match byte {
                b'0'..=b'9' => run(start, u8::is_ascii_digit),
                b'A'..=b'Z' | b'a'..=b'z' | b'\'' => {
                    run(start, |byte| byte.is_ascii_alphabetic() || *byte == b'\'')
                }
                b'#' => run(start, |byte| *byte == b'#'),
                _ => start + 1,
            };
            let is_mark = !byte.is_ascii_alphanumeric() && !matches!(byte, b'\'' | b'#' | b'{');
            if !is_mark && (*byte != b'#' || 3 <= next - start) {
                return Some(start..next);
            }
        }
        None
    })
}

/// Letters of "seventeen", the longest word that means digits.
const LONGEST_WORD: usize = 9;

fn meaning(token: &str) -> Option<Digits> {
    if token.as_bytes()[0].is_ascii_digit() {
        return Some(Digits::Written(token.to_owned()));
    }
    let mut lower = [0; LONGEST_WORD];
    let lower = lower.get_mut(..token.len())?;
    lower.copy_from_slice(token.as_bytes());
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).ok()?;
    let is_mask = (3..=4).contains(&lower.len()) && lower.bytes().all(|byte| matches!(byte, b'x' | b'#'));
    if is_mask {
        return Some(Digits::Mask(lower.len()));
    }
    let word = |digits| Some(Digits::Word(digits));
    match lower {
        "zero" | "oh" | "o" | "nought" | "naught" => word("0"),
        "one" => word("1"),
        "two" => word("2"),
        "three" => word("3"),
        "four" => word("4"),
        "five" => word("5"),
        "six" => word("6"),
        "seven" => word("7"),
        "eight" => word("8"),
        "nine" => word("9"),
        "ten" => word("10"),
        "eleven" => word("11"),
        "twelve" => word("12"),
        "thirteen" => word("13"),
        "fourteen" => word("14"),
        "fifteen" => word("15"),
        "sixteen" => word("16"),
        "seventeen" => word("17"),
        "eighteen" => word("18"),
        "nineteen" => word("19"),
        "twenty" => word("2_"),
        "thirty" => word("3_"),
        "forty" => word("4_"),
        "fifty" => word("5_"),
        "sixty" => word("6_"),
        "seventy" => word("7_"),
        "eighty" => word("8_"),
        "ninety" => word("9_"),
        "hundred" => Some(Digits::Zeros(2)),
        "thousand" => Some(Digits::Zeros(3)),
        "double" => Some(Digits::Times(2)),
        "triple" | "treble" => Some(Digits::Times(3)),
        "area" | "code" => Some(Digits::Between),
        _ => None,
    }
}

/// What may stand between two groups of one number.
fn joins(between: &str) -> bool {
    between.len() <= 5
        && between.bytes().all(|byte| matches!(byte, b' ' | b'-' | b'.' | b',' | b'(' | b')' | b'/'))
        && between.bytes().filter(|byte| *byte == b',').count() <= 1
}

/// Longest run, in tokens, that is looked at for a number said twice: two numbers, digit by digit, with room.
const LONGEST_REPEAT: usize = 64;

/// One number, or the same said twice in a row ("404-555-0142, 404-555-0142"), or two with a stop between.
fn numbers(text: &str, run: &[Token]) -> Vec<Number> {
    // A digit word stands for two digits at the most, a written group for as many as it has.
    let n_characters: usize = run.iter().map(|token| token.range.len()).sum();
    if n_characters < N_DIGITS_LOCAL_RATE {
        return Vec::new();
    }
    if let Some(parts) = parted(text, run) {
        return parts.into_iter().flat_map(|part| numbers(text, part)).collect();
    }
    if let Some(rest) = without_count(text, run) {
        return numbers(text, rest);
    }
    if let Some(rest) = after_year(text, run) {
        return numbers(text, rest);
    }
    let n_digits = digits(run).len();
    if run.len() <= LONGEST_REPEAT && 2 * N_DIGITS.start() <= n_digits {
        for (first, second) in (1..run.len()).map(|index| run.split_at(index)) {
            let gap = &text[first[first.len() - 1].range.end..second[0].range.start];
            let apart = N_DIGITS.end() < &n_digits && gap.contains([',', '.', '(']);
            let is_same = digits(first) == digits(second);
            if (apart || is_same)
                && let Some(one) = number(text, first)
            {
                // "4045142. 4045142.": the second is one because the first is.
                let range = second[0].range.start..second[second.len() - 1].range.end;
                let like_first = || is_same.then(|| Number { range, digits: one.digits.clone() });
                if let Some(other) = number(text, second).or_else(like_first) {
                    return vec![one, other];
                }
            }
        }
    }
    number(text, run).into_iter().collect()
}

/// "Suite 200. 404-555-0142. 404-555-0142": the parts of a run in which a whole number stands by itself, parted from the rest by
/// a mark, or by a blank where it has none inside.
fn parted<'r>(text: &str, run: &'r [Token]) -> Option<Vec<&'r [Token]>> {
    let is_mark = |gap: &str| gap.contains(',') || gap.contains(". ");
    let is_blank = |gap: &str| gap.contains(' ');
    [is_mark as fn(&str) -> bool, is_blank].into_iter().find_map(|is_cut| {
        let pieces: Vec<&[Token]> =
            run.chunk_by(|one, next| !is_cut(&text[one.range.end..next.range.start])).collect();
        let is_alone = |piece: &[Token]| is_whole(text, piece);
        let is_rest = |piece: &[Token]| !is_alone(piece);
        // "+1 404-555-0142", "1 800-555-0142": a country's code is no part of its own.
        let has_code = |(piece, next): (&[Token], &[Token])| {
            is_alone(next) && (text[..piece[0].range.start].ends_with('+') || digits(piece) == "1")
        };
        let is_possible = 1 < pieces.len()
            && pieces.iter().any(|piece| is_alone(piece))
            && !pieces.windows(2).any(|pair| has_code((pair[0], pair[1])));
        let parts = pieces.chunk_by(|one, next| is_rest(one) && is_rest(next));
        let mut start = 0;
        let joined = |part: &[&'r [Token]]| {
            let first = start;
            start += part.iter().map(|piece| piece.len()).sum::<usize>();
            &run[first..start]
        };
        is_possible.then(|| parts.map(joined).collect())
    })
}

/// "404-555-0142", "1 (404) 555-0142", "4045550142", "020 7946 0142", "+33 1 42 68 53 00", in digits alone.
fn is_whole(text: &str, piece: &[Token]) -> bool {
    let Some(groups) = written_groups(piece) else { return false };
    let n_digits: usize = groups.iter().sum();
    let starts_abroad = || {
        let before = &text[..piece[0].range.start];
        before.ends_with('+') || text[piece[0].range.start..].starts_with('0')
    };
    matches!(groups[..], [3, 3, 4] | [1, 3, 3, 4] | [10]) || (10..=13).contains(&n_digits) && starts_abroad()
}

/// "Room six, 01632 960 415", "555-0174, one to five", "by December 4. 404-555-0142", "404-555-0142, 24 hours a day": a count,
/// parted by a mark from a whole number.
fn without_count<'r>(text: &str, run: &'r [Token]) -> Option<&'r [Token]> {
    let [first, .., last] = run else { return None };
    let gap = |one: &Token, other: &Token| &text[one.range.end..other.range.start];
    let gaps = [gap(first, &run[1]), gap(&run[run.len() - 2], last)];
    let [is_first, is_last] =
        [(first, gaps[0]), (last, gaps[1])].map(|(token, gap)| is_count(token) && gap.contains([',', '.']));
    let is_word = |token: &Token| matches!(token.digits, Digits::Word(_));
    let cuts = [
        (is_first, is_word(first), gaps[0].contains('.'), &run[1..]),
        (is_last, is_word(last), gaps[1].contains('.'), &run[..run.len() - 1]),
        (is_first && is_last, is_word(first) && is_word(last), false, &run[1..run.len() - 1]),
    ];
    let is_right = |(is_possible, is_word, ends_sentence, rest): &(bool, bool, bool, &[Token])| {
        let stands_alone = || match written_groups(rest) {
            // Not of a number that is read digit by digit.
            Some(groups) => {
                let is_grouped = groups == [3, 4] || groups.iter().sum::<usize>() >= 10;
                *is_word || is_grouped && groups.iter().all(|group| 2 < *group)
            }
            // "... oh one four two. One call is all."
            None => *is_word && *ends_sentence && digits(rest).len() == 10,
        };
        *is_possible && stands_alone() && number(text, rest).is_some()
    };
    cuts.into_iter().find(is_right).map(|(.., rest)| rest)
}

/// "In 2025, 350 of you", "November 3, 2026, 10 of you", "December 24, 2026 100 guests": what follows a year.
fn after_year<'r>(text: &str, run: &'r [Token]) -> Option<&'r [Token]> {
    let is_year = |token: &Token| {
        let year = &text[token.range.clone()];
        year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))
    };
    let comma_follows = |index: usize| {
        run.get(index + 1).is_some_and(|next| text[run[index].range.end..next.range.start].contains(','))
    };
    match run {
        [year, rest @ ..] if is_year(year) && comma_follows(0) => Some(rest),
        [day, year, rest @ ..] if is_count(day) && is_year(year) && comma_follows(0) => Some(rest),
        _ => None,
    }
}

/// A digit in words, or one or two written.
fn is_count(token: &Token) -> bool {
    match &token.digits {
        Digits::Word(_) => true,
        Digits::Written(count) => count.len() <= 2,
        _ => false,
    }
}

/// How many digits each group has; `None` where not all are written as digits.
fn written_groups(run: &[Token]) -> Option<Vec<usize>> {
    let group = |token: &Token| match &token.digits {
        Digits::Written(group) => Some(group.len()),
        _ => None,
    };
    run.iter().map(group).collect()
}

/// The digits of a run, or `None` when it cannot be a number that one dials.
fn number(text: &str, run: &[Token]) -> Option<Number> {
    let run = trimmed(run);
    let (first, last) = (run.first()?, run.last()?);
    let digits = digits(run);
    let mut range = first.range.start..last.range.end;
    // "1Z999AA10123456784": no digits of a longer code.
    if text[..range.start].ends_with(|letter: char| letter.is_ascii_alphabetic())
        && first.range.len() > LONGEST_GROUP
    {
        return None;
    }
    let is_number = N_DIGITS.contains(&digits.len()) && is_dialled(text, run, &range);
    if !is_number && !is_said_to_be_dialled(text, run) {
        return None;
    }
    if text[..range.start].ends_with("+(") {
        range.start -= 2;
    } else if text[..range.start].ends_with(['+', '(']) {
        range.start -= 1;
    } else if says_plus(&text[..range.start]) {
        range.start -= PLUS.len();
    }
    Some(Number { range, digits })
}

/// "Call us on 13 11 14", "ring 131 444", "dial 5550123": of such shapes, only what is dialled is a number.
fn is_said_to_be_dialled(text: &str, run: &[Token]) -> bool {
    let start = run[0].range.start;
    let number = &text[start..];
    let near = &text[text.floor_char_boundary(start.saturating_sub(LONGEST_DIALLED + 2))..start];
    let last = near.trim_end().rsplit([' ', '\n']).next().unwrap_or_default();
    let is_dialled = DIALLED.iter().any(|word| last.eq_ignore_ascii_case(word));
    let is_of_shape = match written_groups(run).as_deref() {
        Some([2, 2, 2] | [3, 3]) => number.starts_with("13"),
        Some([7]) => true,
        _ => false,
    };
    is_dialled && is_of_shape
}

/// Digits in a group, of those that are parted.
const LONGEST_GROUP: usize = 4;
/// Words before a number to call, and the bytes of the longest.
const LONGEST_DIALLED: usize = "that's".len();
const DIALLED: &[&str] = &["on", "at", "call", "ring", "phone", "dial", "again", "that's"];

/// As the + of a number from abroad is said.
const PLUS: &str = "plus ";

fn says_plus(before: &str) -> bool {
    let start = before.len().checked_sub(PLUS.len());
    start.and_then(|start| before.get(start..)).is_some_and(|last| last.eq_ignore_ascii_case(PLUS))
}

fn trimmed(run: &[Token]) -> &[Token] {
    let is_between = |token: &&Token| matches!(token.digits, Digits::Between);
    let start = run.iter().take_while(is_between).count();
    let end = run.len() - run[start..].iter().rev().take_while(is_between).count();
    &run[start..end]
}

fn digits(run: &[Token]) -> String {
    let mut digits = String::new();
    let mut times = 1;
    let mut end = 0;
    for token in run {
        // "five seventy, two": a mark lies between, and it is no 72.
        if end + 1 < token.range.start && digits.ends_with('_') {
            digits.pop();
            digits.push('0');
        }
        end = token.range.end;
        let group = match &token.digits {
            Digits::Written(group) => group.as_str(),
            Digits::Word(group) => group,
            Digits::Zeros(n_zeros) => {
                digits.push_str(&"000"[..*n_zeros]);
                continue;
            }
            Digits::Times(n) => {
                times = *n;
                continue;
            }
            Digits::Mask(n_digits) => &"xxxx"[..*n_digits],
            Digits::Between => continue,
        };
        // "fifty-five" is 55, "fifty" alone 50: a tens word keeps its place open for the unit.
        if digits.ends_with('_') {
            digits.pop();
            if group.len() != 1 {
                digits.push('0');
            }
        }
        for _ in 0..times {
            digits.push_str(group);
        }
        times = 1;
    }
    digits.replace('_', "0")
}

fn is_dialled(text: &str, run: &[Token], range: &Range<usize>) -> bool {
    let n_words = run.iter().filter(|token| matches!(token.digits, Digits::Word(_))).count();
    let groups: Vec<usize> = run
        .iter()
        .filter_map(|token| match &token.digits {
            Digits::Written(group) => Some(group.len()),
            Digits::Mask(length) => Some(*length),
            _ => None,
        })
        .collect();
    let n_masks = run.iter().filter(|token| matches!(token.digits, Digits::Mask(_))).count();
    let all_words = groups.is_empty();
    let shape = match () {
        () if all_words => n_words >= 5,
        () if n_words > 0 => true,
        () if n_masks > 0 => groups.len() >= 2,
        // Whatever its groups: "+33 1 42 68 53 00".
        () if text[..range.start].ends_with('+') || text[..range.start].ends_with("+(") => true,
        () if says_plus(&text[..range.start]) => true,
        // As the French say it: "06 12 34 56 78".
        () if groups == [2; 5] && text[range.clone()].starts_with('0') => true,
        () => is_grouped_like_a_number(text, run, &groups),
    };
    shape
        && !is_quantity(text, range)
        && !names_something_else(&text[..range.start])
        && !is_said_to_name_something_else(&text[range.end..])
}

fn is_grouped_like_a_number(text: &str, run: &[Token], groups: &[usize]) -> bool {
    let between = |index: usize| &text[run[index].range.end..run[index + 1].range.start];
    match groups {
        // Ten digits, or eleven with the country code; seven to nine in a row are an account or an order.
        [n_digits] => (10..=13).contains(n_digits),
        // A social security number, a ZIP+4, a date in either order.
        [3, 2, 4] | [5, 4] | [4, 2, 2] | [2, 2, 4] | [1, 2, 4] | [2, 1, 4] | [1, 1, 4] => false,
        // A price or a count: 1,200,000.
        [1..=3, rest @ ..] if rest.iter().all(|length| *length == 3) => {
            (0..rest.len()).all(|index| between(index) != ",")
        }
        // "5, 10, 15, 20": a list. Single digits and pairs with commas are a number read aloud.
        _ => {
            groups.iter().any(|length| *length >= 3)
                || groups.iter().filter(|length| **length == 1).count() >= 3
        }
    }
}

fn is_quantity(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end();
    let after = &text[range.end..];
    before.ends_with('$')
        || before.ends_with("GBP")
        || after.starts_with('%')
        || (after.starts_with(':') && after[1..].starts_with(|next: char| next.is_ascii_digit()))
        || QUANTITIES.contains(&first_word(after).to_ascii_lowercase().as_str())
}

/// What a number before it counts.
const QUANTITIES: &[&str] = &[
    "dollars", "pounds", "euros", "percent", "people", "customers", "clients", "years", "miles", "units",
    "homes", "square", "times",
];

fn first_word(after: &str) -> &str {
    let after = after.strip_prefix(' ').unwrap_or(after);
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    &after[..length]
}

/// "invoice number 404-555-0142" is an invoice.
fn names_something_else(before: &str) -> bool {
    let near = before[before.len().saturating_sub(48)..].trim_end_matches([' ', '(', '#', ':', ',']);
    // "Fax it to 404-555-0199".
    let ending: Vec<&str> = near.rsplit(' ').take(4).collect();
    if matches!(ending[..], ["to" | "at", _, fax, ..] | ["to" | "at", _, _, fax] if fax.eq_ignore_ascii_case("fax"))
    {
        return true;
    }
    // "Close the case. 555-0171": a sentence has ended; "account no. 4471" has not.
    let last = near.rsplit([' ', '\n']).next().unwrap_or_default().to_ascii_lowercase();
    let is_short_form = ["no.", "ref.", "acct.", "nr.", "num."].contains(&last.as_str());
    if near.ends_with(['.', '!', '?']) && !is_short_form {
        return false;
    }
    let mut words =
        near.rsplit([' ', '\n', '#']).map(|word| word.trim_end_matches([',', ':', '.']).to_ascii_lowercase());
    let mut word = words.next().unwrap_or_default();
    if word == "is" {
        word = words.next().unwrap_or_default();
    }
    // "But in case: 01632 960 624" is no case of anybody's.
    if word == "case" && words.clone().next().is_some_and(|before| before == "in") {
        return false;
    }
    if word == "po" || word == "code" && words.clone().next().is_none_or(|before| before != "area") {
        return true;
    }
    if !OTHERS_NUMBERS.contains(&word.as_str()) && matches!(word.as_str(), "number" | "no" | "code" | "id") {
        word = words.next().unwrap_or_default();
    }
    // "Your case is number 44".
    if word == "is" {
        word = words.next().unwrap_or_default();
    }
    OTHERS_NUMBERS.contains(&word.as_str())
}

/// "4045550142 as your reference", "… is your claim number".
fn is_said_to_name_something_else(after: &str) -> bool {
    let whose =
        [" as your ", " as the ", " is your ", " is the "].iter().find_map(|cue| after.strip_prefix(cue));
    whose.is_some_and(|what| OTHERS_NUMBERS.contains(&first_word(what).to_ascii_lowercase().as_str()))
}

/// What has a number that nobody calls.
const OTHERS_NUMBERS: &[&str] = &[
    "invoice", "order", "account", "policy", "claim", "case", "reference", "ref", "confirmation", "tracking",
    "ticket", "member", "membership", "id", "routing", "card", "license", "licence", "serial", "sku",
    "model", "lot", "zip", "file", "docket", "vin", "loan", "parcel", "booking", "reservation", "part",
    "item", "form", "barcode", "container", "batch", "imei", "meter", "fax", "chart", "patient", "employee",
    "student", "mrn", "juror", "job", "isbn", "ean", "upc",
];

#[cfg(test)]
mod tests;
