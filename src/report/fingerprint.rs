//! Names of findings that stay when lines move: made of the rule and of the text it points at.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{LintedFile, slashed};
use crate::finding::{Finding, Place, Span};

/// A name for each finding of a file, in their order; no two are alike.
pub(super) fn of_file(file: &LintedFile) -> Vec<String> {
    let path = slashed(&file.path);
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let name = |(finding, _): (&Finding, Span)| {
        let text = about(file, finding);
        let hash = hash([path.as_str(), finding.code].into_iter().chain(words(&text)));
        let n_before = seen.entry(hash).or_default();
        *n_before += 1;
        format!("{hash:016x}:{n_before}")
    };
    file.located().map(name).collect()
}

/// A name for a finding of a file, wherever its words are.
pub fn of_finding(file: &LintedFile, finding: &Finding) -> String {
    of_text(finding.code, &about(file, finding))
}

/// What a finding speaks of: of a message as a whole the words do not matter, and may be mended without its coming back as
/// another. Its title stays where a message is put before it, its number is all that one without a title has.
fn about<'f>(file: &'f LintedFile, finding: &Finding) -> Cow<'f, str> {
    let title = || file.sequence.messages.get(finding.message)?.title.as_deref();
    match finding.place {
        _ if finding.is_of_message => match title() {
            Some(title) => format!("message {title}").into(),
            None => format!("message {}", finding.message + 1).into(),
        },
        Place::Text(span) => span.of(&file.source).into(),
        Place::Time(_) | Place::Whole => "".into(),
    }
}

/// A name for what a rule says of a text, wherever the text is.
pub fn of_text(code: &str, text: &str) -> String {
    format!("{:016x}", hash(std::iter::once(code).chain(words(text))))
}

/// A paragraph that is wrapped anew is the same text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a hash that is the same in every version, as that of the standard library need
/// not be.
fn hash<'t>(parts: impl Iterator<Item = &'t str>) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    // A byte that no UTF-8 holds keeps "ab" "c" and "a" "bc" apart.
    parts.fold(OFFSET, |hash, part| add(part.bytes().fold(hash, add), 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_its_authors() {
        // "foobar" of the published test vectors, before the separator.
        const FOOBAR: u64 = 0x8594_4171_f739_67e8;
        let with_separator = (FOOBAR ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(hash(std::iter::once("foobar")), with_separator);
    }

    #[test]
    fn wrapping_does_not_matter_and_words_do() {
        assert_eq!(of_text("AB1", "a b\n c"), of_text("AB1", "a  b c"));
        assert_ne!(of_text("AB1", "a b"), of_text("AB1", "ab"));
        assert_ne!(of_text("AB1", "a b"), of_text("AB2", "a b"));
    }
}
