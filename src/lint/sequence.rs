//! Messages that are left one after the other, and how like each other they are.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::reading::{Kind, Reading};
use super::rule::LintContext;
use crate::script::sentence;

/// Words of a title that says "one of several to choose from" and not "the next".
const ALTERNATIVES: &[&str] = &[
    "alternative", "alternatives", "choice", "draft", "example", "examples", "option", "sample", "samples",
    "script", "scripts", "style", "template", "templates", "variant", "variation", "version",
];
/// The same where it is the whole title: "Good news" is no choice.
const WHOLE_ALTERNATIVES: &[&str] =
    &["a", "b", "bad", "better", "control", "good", "long", "new", "old", "short", "treatment"];

/// The voicemails of a file with their numbers, where they are left one after the other; nothing where they are
/// alternatives: their titles say so, and no `days` say otherwise.
pub fn voicemails<'r, 'm>(
    context: &LintContext,
    readings: &'r [Reading<'m>],
) -> Vec<(usize, &'r Reading<'m>)> {
    let messages = &context.sequence.messages;
    let titles = messages.iter().filter_map(|message| message.title.as_deref());
    let is_choice = |title: &str| {
        let title = title.to_ascii_lowercase();
        let mut words = title.split(|character: char| !character.is_alphanumeric());
        WHOLE_ALTERNATIVES.contains(&title.trim()) || words.any(|word| ALTERNATIVES.contains(&word))
    };
    let is_library = messages.iter().any(|message| message.is_listed) || titles.into_iter().any(is_choice);
    if context.front_matter().days.is_empty() && is_library {
        return Vec::new();
    }
    readings.iter().enumerate().filter(|(_, reading)| reading.kind() == Kind::Voicemail).collect()
}

/// Messages before one that it is compared with: no polite sequence is longer, and a file of thousands stays linear.
pub const REACH: usize = 12;

/// The earlier message that shares most with message `later`, and the share of the smaller of the two; nothing where all
/// have fewer than `least`.
pub fn most_alike<T: Eq + Hash>(said: &[HashSet<T>], later: usize, least: usize) -> Option<(usize, f64)> {
    let earlier = later.saturating_sub(REACH)..later;
    let shares = earlier.filter_map(|number| Some((number, shared(&said[number], &said[later], least)?)));
    shares.max_by(|one, other| one.1.total_cmp(&other.1))
}

/// Runs of words of the sentences that `keeps`, each as a hash. A placeholder ends a run: what fills it differs from call
/// to call, and says nothing of whether a message repeats another.
pub fn runs(text: &str, n_words: usize, keeps: impl Fn(&Range<usize>) -> bool) -> HashSet<u64> {
    let mut runs = HashSet::new();
    for range in sentence::ranges(text).filter(keeps) {
        let words: Vec<String> = text[range].split(' ').map(bare).filter(|word| !word.is_empty()).collect();
        for run in words.windows(n_words).filter(|run| !run.iter().any(|word| word.starts_with('{'))) {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            runs.insert(hasher.finish());
        }
    }
    runs
}

/// The share of the smaller set that is in the other; nothing where it has fewer than `least`.
fn shared<T: Eq + Hash>(one: &HashSet<T>, other: &HashSet<T>, least: usize) -> Option<f64> {
    let smaller = one.len().min(other.len());
    (least.max(1) <= smaller).then(|| one.intersection(other).count() as f64 / smaller as f64)
}

/// A word without its marks, in small letters; a token of the plain text keeps its brace.
pub fn bare(word: &str) -> String {
    word.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '{').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_neither_add_nor_take_away() {
        let all = |text| runs(text, 3, |_| true);
        assert_eq!(all("your ring is ready").len(), 2);
        assert_eq!(all("your {X} is ready").len(), 0);
        assert_eq!(all("Your ring, is READY.\nyour ring is"), all("your ring is ready"));
        assert_eq!(shared(&all("your ring is ready"), &all("your ring is here"), 1), Some(0.5));
        assert_eq!(shared(&all("your ring is ready"), &all("your ring"), 1), None);
    }
}
