//! Compiles the phrase lists, so that no run does: each pattern becomes a small automaton, and an index says which words
//! must stand in a sentence for it to match at all.
//!
//! Written to `OUT_DIR`: `tables.bin`, the automata one after the other; `phrases.rs`, where each lies, which of them make
//! up a list, and the index.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Look};

#[path = "src/lint/phrases/format.rs"]
#[expect(dead_code, reason = "the tests of a list are run by `cargo test`")]
mod format;

const LISTS: &str = "src/lint/phrases";

fn main() {
    println!("cargo:rerun-if-changed={LISTS}");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut tables = Tables::default();
    let mut lists: Vec<PathBuf> = fs::read_dir(LISTS)
        .expect("the phrase lists are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    lists.sort();
    for list in &lists {
        tables.add_list(list);
    }
    fs::write(out.join("tables.bin"), &tables.tables).expect("OUT_DIR can be written");
    fs::write(out.join("phrases.rs"), tables.source()).expect("OUT_DIR can be written");
}

#[derive(Default)]
struct Tables {
    tables: Vec<u8>,
    patterns: Vec<String>,
    lists: Vec<String>,
    list_of_patterns: Vec<usize>,
    /// Patterns by the key that must stand in the sentence.
    index: BTreeMap<String, Vec<usize>>,
    /// Patterns that no key guards.
    unguarded: Vec<usize>,
    /// Patterns by the [`format::opening`] of their matches, and by that of the second byte.
    beginnings: BTreeMap<usize, Vec<usize>>,
    seconds: BTreeMap<usize, Vec<usize>>,
}

impl Tables {
    fn add_list(&mut self, path: &Path) {
        let text = fs::read_to_string(path).expect("a phrase list is UTF-8");
        for entry in format::entries(&text) {
            self.add_pattern(entry.pattern);
        }
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name").to_uppercase();
        self.lists.push(format!("pub const {name}: usize = {};", self.lists.len()));
    }

    fn add_pattern(&mut self, pattern: &str) {
        let expression = format::regular_expression(pattern);
        let is_cased = format::is_cased(&expression);
        let syntax = syntax::Config::new().case_insensitive(true).multi_line(true).unicode(false).utf8(false);
        let hir = syntax::parse_with(&expression, &syntax)
            .unwrap_or_else(|error| panic!("the phrase {pattern} is malformed: {error}"));
        let lowered = lowered(&hir);
        let automaton = automaton(if is_cased { &hir } else { &lowered })
            .unwrap_or_else(|error| panic!("the phrase {pattern} makes too large an automaton: {error}"));
        let table = Table::of(&automaton);
        let number = self.patterns.len();
        let beginnings = Beginnings::of(&automaton);
        let may_be_inside = format::is_free_at_start(pattern);
        let openings = beginnings.openings.into_iter();
        for opening in openings.filter(|opening| may_be_inside || opening & format::INSIDE_WORD == 0) {
            self.beginnings.entry(opening).or_default().push(number);
        }
        for opening in beginnings.seconds {
            self.seconds.entry(opening).or_default().push(number);
        }
        self.patterns.push(format!(
            "Pattern {{ table: {}..{}, n_columns: {}, starts: {:?}, is_cased: {is_cased} }},",
            self.tables.len(),
            self.tables.len() + table.bytes.len(),
            table.n_columns,
            table.starts,
        ));
        self.tables.extend(table.bytes);
        self.list_of_patterns.push(self.lists.len());
        match required(&lowered, !format::is_free_at_start(pattern)) {
            Some(keys) => {
                for key in keys.words {
                    self.index.entry(key).or_default().push(number);
                }
            }
            None => self.unguarded.push(number),
        }
    }

    /// A bit for each of some patterns.
    fn set(&self, patterns: Option<&Vec<usize>>) -> Vec<u64> {
        let mut set = vec![0; self.patterns.len().div_ceil(64)];
        for pattern in patterns.into_iter().flatten() {
            set[pattern / 64] |= 1 << (pattern % 64);
        }
        set
    }

    fn source(&self) -> String {
        let mut source = String::new();
        for list in &self.lists {
            writeln!(source, "{list}").expect("a string takes it");
        }
        let n_patterns = self.patterns.len();
        let openings = 0..2 * format::N_OPENINGS;
        let beginnings = openings.clone().map(|opening| self.set(self.beginnings.get(&opening)));
        let seconds = (0..format::N_OPENINGS).map(|opening| self.set(self.seconds.get(&opening)));
        write!(
            source,
            "pub static PATTERNS: [Pattern; {n_patterns}] = [{}];
            pub const N_LISTS: usize = {};
            pub static LISTS: [u8; {n_patterns}] = {:?};
            pub const N_WORDS: usize = {};
            pub const UNGUARDED: PatternSet = {:?};
            pub static IS_BEGINNING: [bool; {}] = {:?};
            pub static BEGINNINGS: [PatternSet; {}] = {:?};
            pub static SECONDS: [PatternSet; {}] = {:?};
            ",
            self.patterns.join("\n"),
            self.lists.len(),
            self.list_of_patterns,
            n_patterns.div_ceil(64),
            self.set(Some(&self.unguarded)),
            openings.len(),
            openings.clone().map(|opening| self.beginnings.contains_key(&opening)).collect::<Vec<_>>(),
            openings.len(),
            beginnings.collect::<Vec<_>>(),
            format::N_OPENINGS,
            seconds.collect::<Vec<_>>(),
        )
        .expect("a string takes it");
        writeln!(source, "pub static KEYS: &[Key] = &[").expect("a string takes it");
        let mut starts = vec![0u16];
        let mut n_keys = 0;
        for bucket in 0..format::N_OPENINGS {
            let in_bucket = |key: &str| match key.as_bytes() {
                [first] => (0..128).any(|second| format::opening(*first, second) == bucket),
                [first, second, ..] => format::opening(*first, *second) == bucket,
                [] => false,
            };
            for (key, patterns) in self.index.iter().filter(|(key, _)| in_bucket(key)) {
                let mut patterns = patterns.clone();
                patterns.dedup();
                let head = format::head(key.as_bytes());
                let mask = u64::MAX >> (64 - 8 * key.len().min(8));
                let rest = key.get(8..).unwrap_or_default();
                writeln!(
                    source,
                    "Key {{ head: {head:#x}, mask: {mask:#x}, rest: b{rest:?}, patterns: &{patterns:?} }},"
                )
                .expect("a string takes it");
                n_keys += 1;
            }
            starts.push(n_keys);
        }
        source
            + &format!(
                "];\n/// Where the keys of each bucket begin.\npub static STARTS: [u16; {}] = {starts:?};\n",
                starts.len()
            )
    }
}

/// The automaton that says where a match ends that begins at a given place.
fn automaton(hir: &Hir) -> Result<dense::DFA<Vec<u32>>, Box<dyn std::error::Error>> {
    /// A pattern that needs more is two patterns.
    const LARGEST: usize = 8 << 20;
    let nfa = thompson::Compiler::new()
        .configure(thompson::Config::new().which_captures(WhichCaptures::None).utf8(false))
        .build_from_hir(hir)?;
    let config = dense::Config::new()
        .start_kind(StartKind::Anchored)
        .minimize(true)
        .dfa_size_limit(Some(LARGEST))
        .determinize_size_limit(Some(4 * LARGEST));
    Ok(dense::Builder::new().configure(config).build_from_nfa(&nfa)?)
}

/// An automaton as `src/lint/phrases/automaton.rs` reads it: a column for each of 128 bytes, then a row of two-byte cells
/// for each state but the dead one, which is 0. ASCII has few kinds of bytes and a phrase few states: a third of the size
/// of what the crate would write, and ready without being read first.
struct Table {
    bytes: Vec<u8>,
    n_columns: usize,
    /// By what stands before: nothing, a line's end, a letter, digit or underscore, another mark.
    starts: [u16; 4],
}

impl Table {
    fn of(automaton: &dense::DFA<Vec<u32>>) -> Self {
        let start = |before: &[u8]| {
            let input = Input::new(before).range(before.len()..).anchored(Anchored::Yes);
            automaton.start_state_forward(&input).expect("no byte is refused")
        };
        let starts = [start(b""), start(b"\n"), start(b"a"), start(b" ")];
        let mut states: Vec<StateID> = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut number = |state: StateID, states: &mut Vec<StateID>| {
            if automaton.is_dead_state(state) {
                return 0;
            }
            *numbers.entry(state.as_usize()).or_insert_with(|| {
                states.push(state);
                u16::try_from(states.len())
                    .ok()
                    .filter(|number| *number < format::IS_MATCH)
                    .expect("few states")
            })
        };
        let starts = starts.map(|start| number(start, &mut states));
        let mut rows: Vec<Vec<u16>> = Vec::new();
        while let Some(state) = states.get(rows.len()).copied() {
            let targets = (0..128).map(|byte| automaton.next_state(state, byte));
            let targets = targets.chain([automaton.next_eoi_state(state)]).collect::<Vec<_>>();
            let cell = |target: StateID| {
                let is_match = if automaton.is_match_state(target) { format::IS_MATCH } else { 0 };
                number(target, &mut states) | is_match
            };
            rows.push(targets.into_iter().map(cell).collect());
        }
        let mut columns: Vec<usize> = Vec::new();
        let column_of_byte: Vec<u8> = (0..129)
            .map(|byte| {
                let same = |column: &usize| rows.iter().all(|row| row[*column] == row[byte]);
                // The end of the text keeps a column of its own, the last.
                let known = if byte < 128 { columns.iter().position(same) } else { None };
                let column = known.unwrap_or_else(|| {
                    columns.push(byte);
                    columns.len() - 1
                });
                u8::try_from(column).expect("at most 129 columns")
            })
            .collect();
        let cells = rows.iter().flat_map(|row| columns.iter().flat_map(|column| row[*column].to_le_bytes()));
        let bytes = column_of_byte[..128].iter().copied().chain(cells).collect();
        Self { bytes, n_columns: columns.len(), starts }
    }
}

/// With what matches begin.
#[derive(Default)]
struct Beginnings {
    /// The [`format::opening`] of a first byte and a second, with [`format::INSIDE_WORD`] where that is.
    openings: BTreeSet<usize>,
    /// That of a second byte and a third.
    seconds: BTreeSet<usize>,
}

impl Beginnings {
    fn of(automaton: &dense::DFA<Vec<u32>>) -> Self {
        let mut beginnings = Self::default();
        // What stands before decides whether a word may begin.
        for before in ["", " ", "\n", "a", "-"] {
            for first in 0..128u8 {
                let text = [before.as_bytes(), &[first]].concat();
                let input = Input::new(&text).range(before.len()..).anchored(Anchored::Yes);
                let start = automaton.start_state_forward(&input).expect("no byte is refused");
                let is_inside = first == b' ' || before == "a" && is_word(first);
                let state = automaton.next_state(start, first);
                // Most bytes begin nothing.
                if !automaton.is_dead_state(state) {
                    beginnings.add(automaton, state, first, is_inside);
                }
            }
        }
        beginnings
    }

    /// `state` is reached by the first byte.
    fn add(&mut self, automaton: &dense::DFA<Vec<u32>>, state: StateID, first: u8, is_inside: bool) {
        let opening =
            |one: u8, other: u8| format::opening(one.to_ascii_lowercase(), other.to_ascii_lowercase());
        let inside = if is_inside { format::INSIDE_WORD } else { 0 };
        for (second, state) in successors(automaton, state) {
            self.openings.insert(opening(first, second) | inside);
            // A match shows one byte late.
            let is_match = automaton.is_match_state(state);
            let thirds = successors(automaton, state).map(|(third, _)| third);
            for third in thirds.chain((0..128).filter(|_| is_match)) {
                self.seconds.insert(opening(second, third));
            }
        }
    }
}

/// Bytes that may follow where a match is not lost, and the states that they lead to; the end reads as that of a line.
fn successors(automaton: &dense::DFA<Vec<u32>>, state: StateID) -> impl Iterator<Item = (u8, StateID)> {
    let after_bytes = (0..128u8).map(move |byte| (byte, automaton.next_state(state, byte)));
    let after_end = (b'\n', automaton.next_eoi_state(state));
    after_bytes.chain([after_end]).filter(|(_, state)| !automaton.is_dead_state(*state))
}

/// The same pattern over text in small letters.
fn lowered(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => hir.clone(),
        HirKind::Literal(literal) => Hir::literal(literal.0.to_ascii_lowercase()),
        HirKind::Class(class) => {
            let class = of_bytes(class);
            let mut capitals = class.clone();
            capitals.intersect(&ClassBytes::new([ClassBytesRange::new(b'A', b'Z')]));
            let small = capitals.iter().map(|range| {
                ClassBytesRange::new(range.start().to_ascii_lowercase(), range.end().to_ascii_lowercase())
            });
            let mut class = class.clone();
            class.difference(&capitals);
            class.union(&ClassBytes::new(small));
            Hir::class(Class::Bytes(class))
        }
        HirKind::Repetition(repetition) => Hir::repetition(regex_syntax::hir::Repetition {
            sub: Box::new(lowered(&repetition.sub)),
            ..repetition.clone()
        }),
        HirKind::Capture(capture) => lowered(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(lowered).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(lowered).collect()),
    }
}

/// An alternation of letters becomes a class of characters; they are ASCII, as the patterns are.
fn of_bytes(class: &Class) -> ClassBytes {
    match class {
        Class::Bytes(class) => class.clone(),
        Class::Unicode(class) => class.to_byte_class().expect("phrases are ASCII"),
    }
}

/// Words of which at least one stands in every match, and how often one of them stands in a sentence, roughly.
struct Keys {
    words: Vec<String>,
    frequency: f64,
}

/// `at_word`: a match of `hir` begins where a word may.
fn required(hir: &Hir, at_word: bool) -> Option<Keys> {
    match hir.kind() {
        HirKind::Literal(literal) => keys_of_literal(&literal.0, at_word),
        HirKind::Capture(capture) => required(&capture.sub, at_word),
        HirKind::Repetition(repetition) if 0 < repetition.min => required(&repetition.sub, at_word),
        HirKind::Alternation(parts) => {
            let mut all = Keys { words: Vec::new(), frequency: 0.0 };
            for part in parts {
                let keys = required(part, at_word)?;
                all.words.extend(keys.words);
                all.frequency += keys.frequency;
            }
            Some(all)
        }
        HirKind::Concat(parts) => {
            let mut best: Option<Keys> = None;
            let mut at_word = at_word;
            for part in parts {
                let keys = required(part, at_word);
                at_word = word_may_follow(part, at_word);
                best = match (best, keys) {
                    (Some(best), Some(keys)) if keys.frequency < best.frequency => Some(keys),
                    (None, keys) => keys,
                    (best, _) => best,
                };
            }
            best
        }
        _ => None,
    }
}

/// Does what follows a match of `hir` begin where a word may?
fn word_may_follow(hir: &Hir, before: bool) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.last().is_some_and(|last| !is_word(*last)),
        HirKind::Class(class) => {
            of_bytes(class).iter().all(|range| !(range.start()..=range.end()).any(is_word))
        }
        HirKind::Look(look) => {
            before
                || matches!(
                    look,
                    Look::WordStartHalfAscii | Look::WordStartAscii | Look::StartLF | Look::WordAscii
                )
        }
        HirKind::Repetition(repetition) => {
            word_may_follow(&repetition.sub, false) && (before || 0 < repetition.min)
        }
        HirKind::Capture(capture) => word_may_follow(&capture.sub, before),
        HirKind::Concat(parts) => parts.iter().fold(before, |before, part| word_may_follow(part, before)),
        HirKind::Alternation(parts) => parts.iter().all(|part| word_may_follow(part, before)),
        _ => before,
    }
}

/// The best key of a literal: from a place where a word may begin, as rare as there is one.
fn keys_of_literal(literal: &[u8], at_word: bool) -> Option<Keys> {
    const LONGEST: usize = 16;
    let starts = (0..literal.len()).filter(|start| {
        let byte = literal[*start];
        let after_word = match start.checked_sub(1) {
            Some(before) => is_word(literal[before]),
            None => !at_word,
        };
        byte != b' ' && byte != b'\n' && !(is_word(byte) && after_word)
    });
    let keys = starts.map(|start| {
        let key = &literal[start..literal.len().min(start + LONGEST)];
        let key = key.split(|byte| *byte == b'\n').next().unwrap_or_default();
        String::from_utf8_lossy(key).trim_end().to_owned()
    });
    keys.filter(|key| !key.is_empty())
        .map(|key| Keys { frequency: frequency(&key), words: vec![key] })
        .min_by(|one, other| one.frequency.total_cmp(&other.frequency))
}

/// How many sentences of ten hold the key, roughly: ours, only to choose between keys.
fn frequency(key: &str) -> f64 {
    const FREQUENT: &[(&str, f64)] = &[
        ("you", 5.0),
        ("your", 4.0),
        ("the", 4.0),
        ("to", 4.0),
        ("a", 4.0),
        ("i", 4.0),
        ("i'm", 2.0),
        ("we", 2.0),
        ("and", 3.0),
        ("for", 2.0),
        ("me", 2.5),
        ("my", 1.5),
        ("is", 2.5),
        ("it", 2.0),
        ("this", 2.0),
        ("that", 1.5),
        ("at", 2.0),
        ("of", 2.0),
        ("in", 1.5),
        ("on", 1.5),
        ("call", 2.0),
        ("with", 1.0),
        ("have", 1.0),
        ("if", 1.0),
        ("can", 1.0),
        ("about", 1.0),
        ("please", 1.0),
        ("are", 1.0),
        ("be", 1.0),
        ("back", 1.0),
        ("from", 1.0),
        ("our", 1.0),
        ("so", 1.0),
        ("or", 1.0),
        ("just", 0.8),
        ("will", 0.8),
        ("would", 0.8),
        ("by", 0.8),
    ];
    let words = key.split(' ').filter(|word| !word.is_empty()).map(|word| {
        let known = FREQUENT.iter().find(|(frequent, _)| *frequent == word).map(|(_, frequency)| *frequency);
        // A short key is also the beginning of many words.
        known.unwrap_or(match word.len() {
            1 => 6.0,
            2 => 2.0,
            3 => 0.5,
            _ => 0.1,
        })
    });
    words.map(|frequency| frequency / 10.0).product()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
