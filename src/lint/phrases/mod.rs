//! Phrase lists: data with their own tests, written against [`crate::script::plain`].
//!
//! A list is a text file. A line at the margin is a pattern; the indented lines under it are its tests: `+` a text in
//! which it matches, `-` one in which the *whole list* finds nothing. `#` starts a comment. A pattern is a regular
//! expression over plain text, without regard to case, `^` and `$` at the ends of a sentence. It starts and ends at the
//! ends of words, unless `~` stands there, and lies within a sentence. `@me`, `@name`, `@org`, `@soon` and so on are
//! shorthands (`format.rs`).
//!
//! The build script compiles each pattern into an automaton and finds words of which every match of it holds one.
//! [`Phrases`] looks the words of a text up in that index once, for all lists; a pattern is tried only where its word
//! follows and three bytes stand that it may begin with, so that a run neither compiles nor tries what cannot match.

#[expect(dead_code, reason = "the rest is for the build script and the tests")]
mod format;

mod automaton;

use std::ops::Range;

use automaton::Automaton;
use format::{END, INSIDE_WORD};

use crate::script::sentence;

/// A list of phrases; see the head of this file.
pub struct PhraseList {
    /// Its number among the compiled lists.
    number: usize,
    #[cfg(test)]
    source: &'static str,
}

/// A text in which phrases are looked for, with what is known of it for every list.
pub struct Phrases<'t> {
    text: &'t str,
    /// The same bytes in small letters.
    lower: String,
    /// Where the patterns of each list may match, list after list.
    places: Vec<Place>,
    /// Where in them those of each list begin, and the end.
    lists: [usize; compiled::N_LISTS + 1],
}

/// Where a pattern may match: here are three bytes that it may begin with, and from here on its word stands in the sentence.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    pattern: u16,
    /// Bytes to the end of the sentence, no more than [`LONGEST_SENTENCE`].
    left: u16,
}

/// A compiled pattern.
struct Pattern {
    table: Range<usize>,
    n_columns: usize,
    starts: [u16; 4],
    /// It is matched against the plain text; otherwise against that in small letters.
    is_cased: bool,
}

/// A word, or some, of which one stands in every match of certain patterns.
struct Key {
    /// [`format::head`] of it, and the bits of that which it fills.
    head: u64,
    mask: u64,
    /// What follows the head.
    rest: &'static [u8],
    patterns: &'static [u16],
}

/// A bit for each compiled pattern.
type PatternSet = [u64; compiled::N_WORDS];

mod compiled {
    use super::{Key, Pattern, PatternSet};

    pub static TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}

/// Bytes of the longest sentence that is looked at as one; a longer one is no sentence, and is cut so that the work stays
/// linear.
const LONGEST_SENTENCE: usize = 600;

impl<'t> Phrases<'t> {
    pub fn new(text: &'t str) -> Self {
        let lower = text.to_ascii_lowercase();
        let (places, lists) = by_list(&places(&lower));
        Self { text, lower, places, lists }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The text in small letters.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Leftmost matches that do not overlap; of those that begin at one place, that of the pattern listed first.
    pub fn find_iter(&self, list: &PhraseList) -> impl Iterator<Item = Range<usize>> {
        self.find_iter_in(list, 0..self.text.len())
    }

    pub fn find(&self, list: &PhraseList) -> Option<Range<usize>> {
        self.find_iter(list).next()
    }

    /// Matches that lie within a part of the text.
    pub fn find_iter_in(&self, list: &PhraseList, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let places = &self.places[self.lists[list.number]..self.lists[list.number + 1]];
        let mut places = places[places.partition_point(|place| (place.start as usize) < part.start)..].iter();
        let mut next = part.start;
        std::iter::from_fn(move || {
            let (start, end) = places
                .by_ref()
                .take_while(|place| (place.start as usize) < part.end)
                .filter(|place| next <= place.start as usize)
                .find_map(|place| Some((place.start as usize, self.end_of_place(place, part.end)?)))?;
            next = end;
            Some(start..end)
        })
    }

    /// Where the match of `list` ends that begins at `start`.
    pub fn end_of_match(&self, list: &PhraseList, start: usize) -> Option<usize> {
        let places = &self.places[self.lists[list.number]..self.lists[list.number + 1]];
        let first = places.partition_point(|place| (place.start as usize) < start);
        let mut here = places[first..].iter().take_while(|place| place.start as usize == start);
        here.find_map(|place| self.end_of_place(place, self.text.len()))
    }

    /// Where the match ends that begins at a place, if one does and lies before `limit`.
    fn end_of_place(&self, place: &Place, limit: usize) -> Option<usize> {
        let start = place.start as usize;
        let limit = limit.min(start + usize::from(place.left));
        let pattern = &compiled::PATTERNS[usize::from(place.pattern)];
        let text = if pattern.is_cased { self.text } else { &self.lower };
        let automaton = Automaton {
            table: &compiled::TABLES[pattern.table.clone()],
            n_columns: pattern.n_columns,
            starts: pattern.starts,
        };
        automaton.end_of_match(text.as_bytes(), start, limit).filter(|end| start < *end)
    }
}

/// From the last to the first. `text` is in small letters.
fn places(text: &str) -> Vec<Place> {
    let sentences = sentences(text);
    let text = text.as_bytes();
    let openings = openings(text);
    // There is about one for each byte.
    let mut places = Vec::with_capacity(text.len());
    for sentence in sentences.iter().rev() {
        let mut candidates = compiled::UNGUARDED;
        for start in sentence.clone().rev() {
            let opening = usize::from(openings[start]);
            if opening & INSIDE_WORD == 0 {
                add_keyed(&text[start..], opening, &mut candidates);
            } else if !compiled::IS_BEGINNING[opening] {
                continue;
            }
            let second = openings.get(start + 1).map_or(END, |opening| usize::from(*opening) & !INSIDE_WORD);
            let patterns: PatternSet = std::array::from_fn(|word| {
                candidates[word] & compiled::BEGINNINGS[opening][word] & compiled::SECONDS[second][word]
            });
            let left = (sentence.end - start) as u16;
            for_each_of(patterns, |pattern| places.push(Place { start: start as u32, pattern, left }));
        }
    }
    places
}

/// From the last to the first.
fn for_each_of(set: PatternSet, mut act: impl FnMut(u16)) {
    for (word, bits) in set.into_iter().enumerate().rev() {
        let mut left = bits;
        while left != 0 {
            let bit = left.ilog2();
            left ^= 1 << bit;
            act(64 * word as u16 + bit as u16);
        }
    }
}

/// The same places list after list, in each from the first to the last, and where those of each list begin.
fn by_list(places: &[Place]) -> (Vec<Place>, [usize; compiled::N_LISTS + 1]) {
    let list = |place: &Place| usize::from(compiled::LISTS[usize::from(place.pattern)]);
    let mut starts = [0; compiled::N_LISTS + 1];
    places.iter().for_each(|place| starts[list(place) + 1] += 1);
    for list in 1..starts.len() {
        starts[list] += starts[list - 1];
    }
    let mut next = starts;
    let mut sorted = places.to_vec();
    for place in places.iter().rev() {
        sorted[next[list(place)]] = *place;
        next[list(place)] += 1;
    }
    (sorted, starts)
}

/// Adds the patterns of each key that `text` starts with.
fn add_keyed(text: &[u8], opening: usize, candidates: &mut PatternSet) {
    let keys = usize::from(compiled::STARTS[opening])..usize::from(compiled::STARTS[opening + 1]);
    let head = format::head(text);
    for key in &compiled::KEYS[keys] {
        // Most keys fall here, before a comparison need be called.
        if head & key.mask == key.head && (key.rest.is_empty() || text[8..].starts_with(key.rest)) {
            for pattern in key.patterns {
                candidates[usize::from(pattern / 64)] |= 1 << (pattern % 64);
            }
        }
    }
}

/// The [`format::opening`] of each byte and the next, with [`INSIDE_WORD`] where that is.
fn openings(text: &[u8]) -> Vec<u16> {
    let mut was_word = false;
    // The end of the text reads as that of a sentence.
    let seconds = text.iter().skip(1).chain([&b'\n']);
    let opening = |(byte, second): (&u8, &u8)| {
        let is_word = byte.is_ascii_alphanumeric() || *byte == b'_';
        let is_inside = *byte == b' ' || was_word && is_word;
        was_word = is_word;
        (format::opening(*byte, *second) | if is_inside { INSIDE_WORD } else { 0 }) as u16
    };
    text.iter().zip(seconds).map(opening).collect()
}

/// No longer than [`LONGEST_SENTENCE`].
fn sentences(text: &str) -> Vec<Range<usize>> {
    sentence::ranges(text).flat_map(|sentence| cut(text, sentence)).collect()
}

/// A sentence in pieces of no more than [`LONGEST_SENTENCE`], cut at blanks where there are some.
fn cut(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = sentence.start;
    std::iter::from_fn(move || {
        let rest = &text[start..sentence.end];
        let length = match rest.get(..LONGEST_SENTENCE) {
            None => rest.len(),
            Some(piece) => piece.rfind(' ').map_or(LONGEST_SENTENCE, |blank| blank + 1),
        };
        let piece = start..start + length;
        start = piece.end;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Matches of a list in one text, for asking of many offsets whether one holds them: each question is logarithmic.
pub struct Matches(Vec<Range<usize>>);

impl Matches {
    pub fn of(list: &PhraseList, phrases: &Phrases) -> Self {
        Self(phrases.find_iter(list).collect())
    }

    /// The match that overlaps `range`, if one does; matches of one list never overlap each other.
    pub fn overlapping(&self, range: &Range<usize>) -> Option<&Range<usize>> {
        let next = self.0.partition_point(|found| found.end <= range.start);
        self.0.get(next).filter(|found| found.start < range.end)
    }

    /// The match that `offset` lies in.
    pub fn around(&self, offset: usize) -> Option<&Range<usize>> {
        self.overlapping(&(offset..offset + 1))
    }
}

macro_rules! phrase_lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {
        $(
            $(#[$doc])*
            pub static $name: PhraseList = PhraseList {
                number: compiled::$name,
                #[cfg(test)]
                source: include_str!($file),
            };
        )+

        #[cfg(test)]
        const ALL: &[(&str, &PhraseList)] = &[$(($file, &$name)),+];
    };
}

phrase_lists! {
    /// "Call me back": an ask for contact and no more.
    CONTACT_ASKS = "contact_asks.txt";
    /// An ask for something in particular: upload, book, visit, decide.
    ACTION_ASKS = "action_asks.txt";
    /// "Shift it", "you must cease all work".
    IMPERATIVES = "imperatives.txt";
    /// "Could we deliver them on Tuesday?", "which one's better?"
    DECISIONS = "decisions.txt";
    /// What turns "call me" into a particular ask: a purpose, a slot, a thing to bring.
    ASK_PURPOSES = "ask_purposes.txt";
    /// What is said as if it were a purpose: "to learn more", "so we can talk".
    EMPTY_PURPOSES = "empty_purposes.txt";
    /// "If you want the Tuesday slot", "once you've measured it".
    CONDITIONS = "conditions.txt";
    /// "If it suits you", "when the dust settles".
    EMPTY_CONDITIONS = "empty_conditions.txt";
    /// "To move it to Thursday".
    INFINITIVES = "infinitives.txt";
    /// A purpose or a time that stands before the ask.
    LEADING_SLOTS = "leading_slots.txt";
    /// "I'm", "if you'd like": where the caller, who asked for a call, begins to speak of something else.
    TURNS = "turns.txt";
    /// What looks like an ask and is the caller's own plan.
    PROMISES = "promises.txt";
    /// "Take it easy", which is no ask.
    FAREWELLS = "farewells.txt";
    /// A wish that is an ask when a number stands beside it.
    WISHES = "wishes.txt";
    /// What the listener gets, or what is resolved, by calling.
    REASONS = "reasons.txt";
    /// What may be why somebody calls, and may be small talk.
    FACTS = "facts.txt";
    /// "The reason I'm calling".
    REASON_CUES = "reason_cues.txt";
    /// What looks like a reason and is none.
    NON_REASONS = "non_reasons.txt";
    /// Who the caller is and does in general.
    SELF_DESCRIPTIONS = "self_descriptions.txt";
    COMMANDING = "commanding.txt";
    TRANSACTIONAL = "transactional.txt";
    /// Money words that are none: "cash buyer", "free of charge".
    NOT_TRANSACTIONAL = "not_transactional.txt";
    FILLERS = "fillers.txt";
    WEAK_OPENERS = "weak_openers.txt";
    /// Sorry to be calling at all.
    APOLOGIES = "apologies.txt";
    HEDGES = "hedges.txt";
    JARGON = "jargon.txt";
    /// "Final notice", "your car's extended warranty".
    FALSE_PRETEXTS = "false_pretexts.txt";
    /// "Returning your call".
    RETURNED_CALLS = "returned_calls.txt";
    /// What the listener called or asked about.
    THEIR_MATTERS = "their_matters.txt";
    /// What is this listener's and nobody else's.
    PERSONAL_DETAILS = "personal_details.txt";
    /// "Your …" that everybody has.
    IMPERSONAL = "impersonal.txt";
    SURE_REASONS = "sure_reasons.txt";
    SURPRISES = "surprises.txt";
    /// Health, and matters of law.
    PRIVATE_MATTERS = "private_matters.txt";
    /// Tests of soil and of dogs.
    NOT_PRIVATE = "not_private.txt";
    SENSITIVE_NUMBERS = "sensitive_numbers.txt";
    /// A sum between the parties, not a market price.
    PRIVATE_SUMS = "private_sums.txt";
    /// That this listener owes, without the sum.
    DEBTS = "debts.txt";
    /// A direct question.
    QUESTIONS = "questions.txt";
    /// "This is", before the caller's name.
    THIS_IS = "this_is.txt";
    /// "Here", after it.
    HERE = "here.txt";
    /// "From X", after a name.
    FROM_WHERE = "from_where.txt";
    ONCE_MORE = "once_more.txt";
    SIGN_OFF = "sign_off.txt";
    /// What stands before the name that ends a message.
    CLOSINGS = "closings.txt";
    /// After the name that ends a message: where, or what its owner is.
    WHERE_SIGNED = "where_signed.txt";
    /// After the caller: "from the bowls club", an organisation without a name of its own.
    LOCAL_BODIES = "local_bodies.txt";
    /// "Hi", before the listener's name.
    GREETINGS = "greetings.txt";
    MEANT_FOR = "meant_for.txt";
    AFTER_NAME = "after_name.txt";
    ORGANISATION_LEADS = "organisation_leads.txt";
    OF_ORGANISATION = "of_organisation.txt";
    ORGANISATION_CALLS = "organisation_calls.txt";
    /// "'s office": after a person whose place is meant.
    SOMEBODYS = "somebodys.txt";
    /// What hints at a debt, or says why, in a message that may not.
    DEBT_HINTS = "debt_hints.txt";
    /// "Your tenant", "Ben's dad": who calls for themself.
    PRIVATE_CALLERS = "private_callers.txt";
    /// In a business's name, that it collects debts.
    DEBT_NAMES = "debt_names.txt";
    /// More of somebody's health than that there is an appointment.
    HEALTH_DETAILS = "health_details.txt";
    /// "My cell", "or": which of two numbers.
    WHICH_NUMBER = "which_number.txt";
    /// Things to do that are no way of answering.
    SEPARATE_ASKS = "separate_asks.txt";
    /// By when, or what comes next and when.
    TIME_FRAMES = "time_frames.txt";
    /// "You've reached": how a greeting begins.
    MAILBOX_LEADS = "mailbox_leads.txt";
    /// "Leave a message": what a greeting asks.
    MAILBOX_INSTRUCTIONS = "mailbox_instructions.txt";
    /// "I can't come to the phone": what a greeting says besides.
    MAILBOX_CUES = "mailbox_cues.txt";
}

#[cfg(test)]
mod tests {
    use std::fs;

    use regex::bytes::{Regex, RegexBuilder};

    use super::*;
    use crate::script::parse;

    fn plain(text: &str) -> String {
        parse(text).messages.first().map(|message| message.plain.text().to_owned()).unwrap_or_default()
    }

    /// The pattern as the regex crate has it, to compare with.
    fn compile(pattern: &str) -> Regex {
        RegexBuilder::new(&format::regular_expression(pattern))
            .case_insensitive(true)
            .multi_line(true)
            .unicode(false)
            .build()
            .unwrap_or_else(|error| panic!("{pattern} is malformed: {error}"))
    }

    fn tests_of<'e>(entry: &'e format::Entry<'_>) -> impl Iterator<Item = (&'e str, String)> {
        entry.tests.lines().map(|line| {
            let (mark, text) = line.trim_start().split_once(' ').unwrap_or((line.trim_start(), ""));
            (mark, plain(text))
        })
    }

    #[test]
    fn every_phrase_matches_its_examples_and_not_its_near_misses() {
        let mut failures = Vec::new();
        for (file, list) in ALL {
            for entry in format::entries(list.source) {
                let own = compile(entry.pattern);
                let mut n_examples = 0;
                for (mark, text) in tests_of(&entry) {
                    let found = Phrases::new(&text).find(list);
                    match mark {
                        "+" => {
                            n_examples += 1;
                            if !own.is_match(text.as_bytes()) || found.is_none() {
                                failures.push(format!("{file}: /{}/ does not match {text:?}", entry.pattern));
                            }
                        }
                        "-" => {
                            if let Some(found) = found {
                                failures
                                    .push(format!("{file}: {:?} found in near miss {text:?}", &text[found]));
                            }
                        }
                        _ => failures.push(format!("{file}: a test starts with + or -, not {mark:?}")),
                    }
                }
                if n_examples == 0 {
                    failures.push(format!("{file}: /{}/ has no example", entry.pattern));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    /// The texts of every list's tests and of every rule's page.
    fn texts() -> Vec<String> {
        let entries = ALL.iter().flat_map(|(_, list)| format::entries(list.source));
        let mut texts: Vec<String> =
            entries.flat_map(|entry| tests_of(&entry).map(|(_, text)| text).collect::<Vec<_>>()).collect();
        let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules");
        for page in fs::read_dir(pages).expect("the pages are there") {
            let page =
                fs::read_to_string(page.expect("the folder can be read").path()).expect("a page is UTF-8");
            texts.extend(parse(&page).messages.iter().map(|message| message.plain.text().to_owned()));
        }
        texts
    }

    #[test]
    fn the_index_misses_nothing_that_a_pattern_matches() {
        let texts = texts();
        let prepared: Vec<Phrases> = texts.iter().map(|text| Phrases::new(text)).collect();
        for (file, list) in ALL {
            for entry in format::entries(list.source) {
                let pattern = compile(entry.pattern);
                for (text, phrases) in texts.iter().zip(&prepared) {
                    for found in pattern.find_iter(text.as_bytes()) {
                        let found = found.range();
                        let mut ours = phrases.find_iter(list);
                        assert!(
                            ours.any(|our| our.start < found.end && found.start < our.end),
                            "{file}: /{}/ matches {:?} in {text:?}",
                            entry.pattern,
                            &text[found],
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_part_of_a_text_is_searched_alone() {
        let text = "um, hello. And, um, goodbye.";
        let phrases = Phrases::new(text);
        assert_eq!(phrases.find_iter(&FILLERS).count(), 2);
        assert_eq!(phrases.find_iter_in(&FILLERS, 5..text.len()).count(), 1);
        assert_eq!(phrases.find_iter_in(&FILLERS, 5..12).count(), 0);
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = format!("{}um, yes", "word ".repeat(1000));
        let phrases = Phrases::new(&text);
        assert!(sentences(&text).iter().all(|sentence| sentence.len() <= LONGEST_SENTENCE));
        assert_eq!(phrases.find_iter(&FILLERS).count(), 1);
        assert_eq!(sentences(&"x".repeat(5000)).len(), 9);
    }

    #[test]
    fn no_pattern_is_listed_twice() {
        for (file, list) in ALL {
            let mut patterns: Vec<_> = format::entries(list.source).map(|entry| entry.pattern).collect();
            patterns.sort_unstable();
            let n_patterns = patterns.len();
            patterns.dedup();
            assert_eq!(patterns.len(), n_patterns, "{file}");
        }
    }
}
