//! Where a call begins.

/// What the lines of a section have said so far.
#[derive(Default)]
pub struct Greetings {
    has_greeted: bool,
    /// In an item of a list.
    in_item: bool,
    /// The last line with words ended a sentence, or in a number.
    has_ended: bool,
}

impl Greetings {
    /// Does this line greet and introduce anew, where a message that did so has ended?
    pub fn begins_another(&mut self, line: &str) -> bool {
        let words = line.trim();
        if words.is_empty() {
            return false;
        }
        // "- ", "1. "
        let after_number = words.trim_start_matches(|mark: char| mark.is_ascii_digit());
        let is_item = ["- ", "* ", "\u{2022} ", ". ", ") "].iter().any(|mark| after_number.starts_with(mark));
        let greets = greets(words) && (self.in_item && is_item || introduces(words));
        let begins = greets && self.has_greeted && self.has_ended;
        self.has_greeted |= greets;
        self.in_item |= greets && is_item;
        let end = words.trim_end_matches(['"', '\u{201d}', '*', '_', ')']);
        self.has_ended =
            end.ends_with(['.', '!', '?', '}', ']']) || end.ends_with(|last: char| last.is_ascii_digit());
        begins
    }
}

/// "this is Dana", "Kim from Acme here": near the start of a line.
fn introduces(line: &str) -> bool {
    const INTRODUCTIONS: [&str; 7] =
        ["this is ", "it's ", "it\u{2019}s ", "it is ", "my name", " from ", " here "];
    let text = beginning(line);
    // "Hello from the whole team!" names nobody.
    let greeted = text.split_once(' ').map_or("", |(_, rest)| rest);
    let names_nobody = ["from ", "from,", "again from "].iter().any(|start| greeted.starts_with(start));
    !names_nobody && INTRODUCTIONS.iter().any(|cue| text.contains(cue))
}

/// "- Hi Sam, …", "2. Hello {{first_name}}, …".
fn greets(line: &str) -> bool {
    let is_marker = |mark: char| !mark.is_alphabetic();
    let text = beginning(line.trim_start_matches(is_marker));
    GREETINGS.iter().any(|greeting| begins_with(&text, greeting))
}

const GREETINGS: [&str; 9] =
    ["hi", "hello", "hey", "hiya", "good morning", "good afternoon", "good evening", "good day", "dear"];

/// With the whole word.
fn begins_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
}

/// The first bytes of a text, in small letters.
pub fn beginning(text: &str) -> String {
    const LENGTH: usize = 80;
    text[..text.floor_char_boundary(LENGTH.min(text.len()))].to_ascii_lowercase()
}

/// "Hi Sam", "this is Dana": how a call begins. `text` is in small letters.
pub fn opens_call(text: &str) -> bool {
    const OPENINGS: [&str; 4] = ["this is", "my name", "{pyou}", "{p}"];
    let text = text.trim_start();
    GREETINGS.iter().chain(&OPENINGS).any(|opening| begins_with(text, opening))
}
