//! *Like*, *you know*, *basically*: words that stall, where the script does not have them.

use std::ops::Range;

use super::tokens::Sound;
use super::{Heard, Passage, ScriptWords};

struct Filler {
    words: &'static [&'static str],
    /// Words before it, or after it, that make it mean something.
    not_after: &'static [&'static str],
    not_before: &'static [&'static str],
}

const fn filler(words: &'static [&'static str]) -> Filler {
    Filler { words, not_after: &[], not_before: &[] }
}

/// Longer ones first. Ours, after the linter's fillers.
static FILLERS: &[Filler] = &[
    filler(&["you", "know", "what", "i", "mean"]),
    filler(&["at", "the", "end", "of", "the", "day"]),
    Filler {
        words: &["you", "know"],
        not_after: &[
            "do", "did", "if", "let", "as", "that", "would", "so", "what", "how", "when", "where", "make",
            "sure", "as", "should", "will", "and", "can", "could", "help", "thought",
        ],
        not_before: &[
            "what", "how", "that", "if", "about", "where", "when", "who", "why", "me", "my", "the", "your",
        ],
    },
    Filler {
        words: &["i", "mean"],
        not_after: &["what", "do", "did", "that", "as"],
        not_before: &["to", "that", "it"],
    },
    Filler {
        words: &["kind", "of"],
        not_after: &[
            "a", "any", "what", "this", "that", "some", "of", "the", "every", "one", "same", "best", "first",
        ],
        not_before: &[],
    },
    Filler {
        words: &["sort", "of"],
        not_after: &[
            "a", "any", "what", "this", "that", "some", "of", "the", "every", "one", "same", "right",
        ],
        not_before: &[],
    },
    filler(&["so", "yeah"]),
    filler(&["basically"]),
    filler(&["literally"]),
    filler(&["honestly"]),
    filler(&["obviously"]),
    filler(&["essentially"]),
    Filler {
        words: &["like"],
        not_after: &[
            "would", "d", "you", "we", "they", "people", "to", "not", "look", "looks", "looking", "looked",
            "feel", "feels", "sound", "sounds", "sounded", "seem", "seems", "seemed", "something",
            "anything", "nothing", "things", "much", "more", "just", "places", "customers", "clients",
            "exactly", "do", "did", "also", "really", "most", "is",
        ],
        not_before: &["to"],
    },
];

/// In order. Without a script, *like* counts only between commas: it may be a verb.
pub fn of(heard: &Heard, script: &ScriptWords) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < heard.tokens.len() {
        let here = FILLERS.iter().find(|filler| is_here(filler, heard, next));
        let tokens = next..next + here.map_or(1, |filler| filler.words.len());
        if let Some(filler) = here
            && is_stall(filler, heard, script, &tokens)
        {
            found.push(heard.passage_of(tokens.clone()));
        }
        next = tokens.end;
    }
    found
}

fn is_stall(filler: &Filler, heard: &Heard, script: &ScriptWords, tokens: &Range<usize>) -> bool {
    let is_scripts = script.has_script && script.are_scripts(tokens.clone());
    let before = tokens.start.checked_sub(1).and_then(|index| word(heard, index));
    let has_meaning = before.is_some_and(|word| filler.not_after.contains(&word))
        || word(heard, tokens.end).is_some_and(|word| filler.not_before.contains(&word));
    let is_verb_too = filler.words == ["like"] && !script.has_script;
    !is_scripts && (is_between_commas(heard, tokens) || !(has_meaning || is_verb_too))
}

fn is_here(filler: &Filler, heard: &Heard, start: usize) -> bool {
    filler.words.iter().enumerate().all(|(offset, expected)| word(heard, start + offset) == Some(expected))
}

fn word<'h>(heard: &'h Heard, index: usize) -> Option<&'h str> {
    match &heard.tokens.get(index)?.sound {
        Sound::Word(word) => Some(word),
        Sound::Digit(_) => None,
    }
}

fn is_between_commas(heard: &Heard, tokens: &Range<usize>) -> bool {
    let ends_with_comma = |index: usize| {
        let word = heard.tokens.get(index).and_then(|token| heard.words.get(token.place.start));
        word.is_some_and(|word| word.text.ends_with([',', '.', '…']) || word.text.ends_with(" -"))
    };
    let before = tokens.start.checked_sub(1).is_none_or(ends_with_comma);
    before && ends_with_comma(tokens.end - 1)
}
