//! Phrase lists: data with their own tests, written against [`crate::script::plain`].
//!
//! A list is a text file. A line at the margin is a pattern; the indented lines under it are its tests: `+` a text in
//! which it matches, `-` one in which the *whole list* finds nothing. `#` starts a comment. A pattern is a regular
//! expression over plain text, without regard to case, `^` and `$` at the ends of a sentence. It starts and ends at the
//! ends of words, unless `~` stands there. `@me`, `@name`, `@org`, `@soon` and so on are the [`SHORTHANDS`].

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use regex_automata::meta;
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;

/// A list and its one compiled pattern, made when it is first needed.
pub struct PhraseList {
    source: &'static str,
    pattern: OnceLock<meta::Regex>,
}

impl PhraseList {
    pub const fn new(source: &'static str) -> Self {
        Self { source, pattern: OnceLock::new() }
    }

    /// Leftmost matches that do not overlap.
    pub fn find_iter<'t>(&self, plain: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        self.pattern().find_iter(plain.as_bytes()).map(|found| found.range())
    }

    pub fn find(&self, plain: &str) -> Option<Range<usize>> {
        self.pattern().find(plain.as_bytes()).map(|found| found.range())
    }

    fn pattern(&self) -> &meta::Regex {
        self.pattern.get_or_init(|| {
            let alternatives: Vec<String> =
                entries(self.source).map(|entry| bounded(entry.pattern)).collect();
            build_list(&alternatives.join("|"))
        })
    }
}

/// Matches of a list in one text, for asking of many offsets whether one holds them: each question is logarithmic.
pub struct Matches(Vec<Range<usize>>);

impl Matches {
    pub fn of(list: &PhraseList, plain: &str) -> Self {
        Self(list.find_iter(plain).collect())
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

/// The pattern between ends of words, but for the end that `~` frees.
fn bounded(pattern: &str) -> String {
    let (start, pattern) = pattern.strip_prefix('~').map_or((r"\b{start-half}", pattern), |rest| ("", rest));
    let (end, pattern) = pattern.strip_suffix('~').map_or((r"\b{end-half}", pattern), |rest| ("", rest));
    format!("{start}(?:{pattern}){end}")
}

/// Compiles one pattern, written as those of a list are.
pub fn compile(pattern: &str) -> Regex {
    build(&bounded(pattern))
}

/// A list is matched once or twice in a run on a short text, so that building it costs more than matching: no literals
/// are extracted from it, no automaton is built that only pays later, and it has no groups to fill.
fn build_list(pattern: &str) -> meta::Regex {
    let syntax = syntax::Config::new().case_insensitive(true).multi_line(true).unicode(false).utf8(false);
    let lean = meta::Config::new()
        .auto_prefilter(false)
        .onepass(false)
        .which_captures(WhichCaptures::Implicit)
        .utf8_empty(false);
    meta::Builder::new()
        .syntax(syntax)
        .configure(lean)
        .build(&expand(pattern))
        .unwrap_or_else(|error| panic!("a phrase list holds a malformed pattern: {error}"))
}

fn build(pattern: &str) -> Regex {
    let pattern = expand(pattern);
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .multi_line(true)
        .unicode(false)
        .build()
        .unwrap_or_else(|error| panic!("a phrase list holds a malformed pattern: {error}"))
}

/// Shorthands and what they stand for.
pub const SHORTHANDS: [(&str, &str); 8] = [
    // A name as written, or a placeholder for one; the caller checks that the word is a name.
    (
        "@name",
        r"(?:\{P[a-z]*\}|(?-i:(?:(?:Mr|Mrs|Ms|Miss|Dr|Agent|Officer|Pastor|Father|Sister|Rabbi|Reverend|Rev|Coach|Professor|Nurse|Captain|Judge|Senator|Detective|Sergeant|Brother|Deacon|Elder|Bishop|Councillor|Councilman|Councilwoman|Representative|Mayor|Sir|Madam)\.? )?[A-Z][a-zA-Z'-]*(?: [A-Z]\.)?(?: (?:van |von |de |la |del |O')?[A-Z][a-zA-Z'-]+){0,2}))",
    ),
    (
        "@org",
        r"(?:\{C[a-z]*\}(?-i: [A-Z][a-z]+)?|(?-i:(?:[0-9][0-9A-Za-z]* |\{C[a-z]*\} )?[A-Z](?:[A-Za-z0-9&'-]|\.[A-Za-z0-9])*(?: (?:(?:of the|of|and|the|&|-) )?[A-Z](?:[A-Za-z0-9&'-]|\.[A-Za-z0-9])*){0,5}))",
    ),
    (
        "@me",
        r"(?:me|us|(?:my|our|the) (?:office|cell|mobile|store|shop|team|line|direct line|front desk|desk|assistant|clinic|practice|number|main line|hotline|support line|reception|receptionist|scheduling (?:desk|line|team))|\{Pme\}|\{Cme\}|\{C\}|\{N[a-z]*\}|\{E[a-z]*\})",
    ),
    (
        "@at",
        r"(?: ?(?:at|on|@|via|by|through|using|back|directly|personally|anytime|any time|today|please|a|the|this|following|number|or|text|:|-|,))*",
    ),
    (
        "@soon",
        r"(?:today|tonight|tomorrow|this (?:week|morning|afternoon|evening|month|weekend)|next week|by (?:close of business|end of (?:the )?(?:day|week|month)|the end of (?:the )?(?:day|week|month)|noon|then|@day|\{D\}|[0-9]+(?::[0-9]+)?(?: ?[ap]\.?m\.?)?)|before (?:@day|noon|\{D\}|the (?:end|weekend)|[0-9]+)|between \S+ and \S+|(?:on|this|next) @day|(?:at|around) [0-9]+(?::[0-9]+)? ?(?:[ap]\.?m\.?|o'clock)|within (?:the (?:next )?)?(?:[0-9]+|two|three|a few|24|48) (?:hours|days|minutes))",
    ),
    (
        "@day",
        r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|the [0-9]+(?:st|nd|rd|th)|(?:january|february|march|april|may|june|july|august|september|october|november|december) [0-9]+)",
    ),
    (
        "@call",
        r"(?:call|ring|phone|telephone|text|dial|message|e-?mail|contact|reach|whatsapp|buzz|ping|page|holler at|write to|write)",
    ),
    (
        "@gap",
        r"(?:,? (?:um|uh|er|erm|like|just|also|please|kindly|simply|maybe|perhaps|always|either|go ahead and|then|so|do|really|you know),?)*",
    ),
];

fn expand(pattern: &str) -> Cow<'_, str> {
    let mut expanded = Cow::Borrowed(pattern);
    // "@soon" holds "@day": each is replaced after what may hold it.
    for (name, meaning) in SHORTHANDS {
        if expanded.contains(name) {
            expanded = Cow::Owned(expanded.replace(name, meaning));
        }
    }
    expanded
}

/// A pattern of a list with its tests.
struct Entry {
    pattern: &'static str,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the tests of a list are run, and only run, by `cargo test`")
    )]
    tests: &'static str,
}

fn entries(source: &'static str) -> impl Iterator<Item = Entry> {
    let mut rest = source;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            if line.starts_with([' ', '#']) || line.trim().is_empty() {
                continue;
            }
            let mut n_test_bytes = 0;
            for test in after.split_inclusive('\n').take_while(|line| line.starts_with(' ')) {
                n_test_bytes += test.len();
            }
            return Some(Entry { pattern: line.trim_end(), tests: &after[..n_test_bytes] });
        }
        None
    })
}

macro_rules! phrase_lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {
        $($(#[$doc])* pub static $name: PhraseList = PhraseList::new(include_str!($file));)+

        #[cfg(test)]
        const ALL: &[(&str, &PhraseList)] = &[$(($file, &$name)),+];
    };
}

phrase_lists! {
    /// "Call me back": an ask for contact and no more.
    CONTACT_ASKS = "contact_asks.txt";
    /// An ask for something in particular: upload, book, visit, decide.
    ACTION_ASKS = "action_asks.txt";
    /// What turns "call me" into a particular ask: a purpose, a slot, a thing to bring.
    ASK_PURPOSES = "ask_purposes.txt";
    /// What looks like an ask and is the caller's own plan.
    PROMISES = "promises.txt";
    /// A wish that is an ask when a number stands beside it.
    WISHES = "wishes.txt";
    /// What the listener gets, or what is resolved, by calling.
    REASONS = "reasons.txt";
    /// What looks like a reason and is none.
    NON_REASONS = "non_reasons.txt";
    COMMANDING = "commanding.txt";
    TRANSACTIONAL = "transactional.txt";
    /// Money words that are none: "cash buyer", "free of charge".
    NOT_TRANSACTIONAL = "not_transactional.txt";
    FILLERS = "fillers.txt";
    WEAK_OPENERS = "weak_openers.txt";
    SURPRISES = "surprises.txt";
    SENSITIVE_NUMBERS = "sensitive_numbers.txt";
    /// A sum between the parties, not a market price.
    PRIVATE_SUMS = "private_sums.txt";
    /// A direct question.
    QUESTIONS = "questions.txt";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    fn plain(text: &str) -> String {
        parse(text).messages.first().map(|message| message.plain.text().to_owned()).unwrap_or_default()
    }

    #[test]
    fn every_phrase_matches_its_examples_and_not_its_near_misses() {
        let mut failures = Vec::new();
        for (file, list) in ALL {
            for entry in entries(list.source) {
                let own = compile(entry.pattern);
                let (mut n_examples, mut line) = (0, String::new());
                for test in entry.tests.lines() {
                    line.clear();
                    line.push_str(test.trim_start());
                    let (mark, text) = line.split_once(' ').unwrap_or((&line, ""));
                    let text = plain(text);
                    match mark {
                        "+" => {
                            n_examples += 1;
                            if !own.is_match(text.as_bytes()) {
                                failures.push(format!("{file}: /{}/ does not match {text:?}", entry.pattern));
                            }
                        }
                        "-" => {
                            if let Some(found) = list.find(&text) {
                                failures
                                    .push(format!("{file}: {:?} found in near miss {text:?}", &text[found]));
                            }
                        }
                        _ => failures.push(format!("{file}: a test starts with + or -, not {test:?}")),
                    }
                }
                if n_examples == 0 {
                    failures.push(format!("{file}: /{}/ has no example", entry.pattern));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn no_pattern_is_listed_twice() {
        for (file, list) in ALL {
            let mut patterns: Vec<_> = entries(list.source).map(|entry| entry.pattern).collect();
            patterns.sort_unstable();
            let n_patterns = patterns.len();
            patterns.dedup();
            assert_eq!(patterns.len(), n_patterns, "{file}");
        }
    }
}
