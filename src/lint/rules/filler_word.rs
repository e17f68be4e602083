//! `AB401 filler-word`: um, uh, "you know", "like" as a stall.

use std::ops::Range;

use crate::english::is_hesitation;
use crate::finding::{Finding, Severity, Span};
use crate::lint::phrases::FILLERS;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct FillerWord;

static META: RuleMeta = RuleMeta {
    code: "AB401",
    name: "filler-word",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/filler-word.md"),
};

impl Rule for FillerWord {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let is_another_word =
            |range: &Range<usize>| is_a_name(reading.text(), range) || is_a_measure(reading.text(), range);
        for range in reading.phrases_said(&FILLERS).filter(|range| !is_another_word(range)) {
            let quoted = context.quoted(reading, range.clone());
            let words = quoted.trim_matches([',', ' ', '-', '.']);
            let finding = META
                .at(reading, range.clone(), format!("\"{words}\" is a filler"))
                .with_help("leave it out; where you need a breath, write [pause]");
            findings.push(match without(context.source, reading, range) {
                Some((span, replacement)) => finding.with_fix(span, replacement),
                None => finding,
            });
        }
    }
}

/// "5 mm".
fn is_a_measure(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches(' ');
    text[range.clone()].trim_matches([',', ' ', '.']).eq_ignore_ascii_case("mm")
        && before.ends_with(|letter: char| letter.is_ascii_digit())
}

/// "The ER", "Dr. Um", the first half of "Um-hmm": a capital within a sentence, or a hyphen, makes it another word.
fn is_a_name(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let before = &text[..range.start];
    let opens = before.is_empty()
        || before.ends_with(['\n', '"'])
        || before.ends_with("... ")
        || before.ends_with("- ");
    let is_capital = word.starts_with(|letter: char| letter.is_ascii_uppercase());
    // "Hi Ann, Um, this is Dana": between commas it is none.
    let is_set_off = before.ends_with(", ") && text[range.end..].starts_with(',');
    // Where everything is in capitals they say nothing.
    let shouts = before.bytes().rev().take(24).all(|byte| !byte.is_ascii_lowercase());
    is_hesitation(word)
        && (is_capital && !opens && !shouts && !is_set_off
            // "Uh oh!"
            || text[range.end..].get(..3).is_some_and(|next| next.eq_ignore_ascii_case(" oh"))
            || text[range.end..].starts_with('-')
            || before.ends_with('-'))
}

/// What to put in the place of a hesitation and its comma; nothing where more than that would be lost.
fn without(source: &str, reading: &Reading, range: Range<usize>) -> Option<(Span, String)> {
    let word = &reading.text()[range.clone()];
    let span = reading.message.plain.source_span(range.clone());
    if !is_hesitation(word) || span.of(source) != word {
        return None;
    }
    let (before, after) = (&source[..span.start], &source[span.end..]);
    let opens_sentence = range.start == 0 || reading.text()[..range.start].ends_with('\n');
    let has_comma = after.starts_with(',');
    let rest = after[usize::from(has_comma)..].trim_start_matches(' ');
    let gap = after.len() - rest.len();
    if opens_sentence {
        let first = rest.chars().next().filter(char::is_ascii_alphabetic)?;
        let is_capital = word.starts_with(|letter: char| letter.is_ascii_uppercase());
        // "iPhone", "eBay".
        let next = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let is_brand = next.chars().skip(1).any(char::is_uppercase);
        let first = if is_capital && !is_brand { first.to_ascii_uppercase() } else { first };
        return (0 < gap).then(|| (Span::new(span.start, span.end + gap + 1), first.to_string()));
    }
    // "It is, uh, ready": both commas go, and one blank stays. "At two, er, thirty come": one comma was the sentence's own.
    let leading = before.len() - before.strip_suffix(' ')?.len();
    let both_go = before.strip_suffix(", ").is_some_and(|before| !has_comma || goes_on_without_comma(before));
    let comma = usize::from(both_go && (has_comma || after.starts_with(['.', '?', '!'])));
    // Before a dash or after a semicolon a mark would stand alone.
    let is_cut_off = after.starts_with("..")
        || after.starts_with('-')
        || rest.starts_with(['-', '\u{2013}', '\u{2014}'])
        || before.trim_end().ends_with([';', ':', '-', '\u{2013}', '\u{2014}'])
        || rest.get(..3).is_some_and(|next| next.eq_ignore_ascii_case("huh"));
    let may_end = has_comma || after.starts_with([' ', '.', '?', '!']);
    (may_end && !is_cut_off && !parts_article(before, rest) && !is_needed(before, rest))
        .then(|| (Span::new(span.start - leading - comma, span.end + usize::from(has_comma)), String::new()))
}

/// "I, um, I have", "she said um": without it a word would stand twice, or say nothing.
fn is_needed(before: &str, rest: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '\'';
    let last =
        before.trim_end_matches([' ', ',']).rsplit(|letter| !is_letter(letter)).next().unwrap_or_default();
    let next = rest.split(|letter| !is_letter(letter)).next().unwrap_or_default();
    let says = ["say", "says", "said", "saying"].iter().any(|word| word.eq_ignore_ascii_case(last));
    last.eq_ignore_ascii_case(next) || says && !before.ends_with(", ")
}

/// "A um orange": what is left would want another article, and which one only its sound decides.
fn parts_article(before: &str, rest: &str) -> bool {
    let last =
        before.trim_end_matches([' ', ',']).rsplit(|letter: char| !letter.is_ascii_alphabetic()).next();
    let is_vowel = rest.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    match last.unwrap_or_default().to_ascii_lowercase().as_str() {
        "a" => is_vowel,
        "an" => !is_vowel,
        _ => false,
    }
}

/// Does the last word want another after it, so that no comma but a hesitation's can follow it?
fn goes_on_without_comma(before: &str) -> bool {
    const OPEN: &[&str] = &[
        "a", "about", "am", "an", "and", "are", "at", "be", "but", "by", "can", "could", "for", "from", "he",
        "her", "him", "his", "i", "i'm", "in", "is", "it", "it's", "its", "may", "me", "might", "my", "of",
        "on", "or", "our", "she", "should", "so", "that", "the", "their", "them", "they", "this", "to", "us",
        "was", "we", "we're", "were", "will", "with", "would", "you", "you're", "your",
    ];
    let last = before.rsplit(|letter: char| letter != '\'' && !letter.is_ascii_alphabetic()).next();
    last.is_some_and(|last| OPEN.iter().any(|word| word.eq_ignore_ascii_case(last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    /// The text with the first hesitation left out.
    fn fixed(source: &str) -> Option<String> {
        let sequence = parse(source);
        let reading = Reading::new(&sequence.messages[0]);
        let range = reading.phrases(&FILLERS).find(|range| !is_a_name(reading.text(), range))?;
        let (span, replacement) = without(source, &reading, range)?;
        Some(format!("{}{replacement}{}", &source[..span.start], &source[span.end..]))
    }

    #[test]
    fn a_hesitation_goes_with_its_comma() {
        for (source, expected) in [
            ("Um, this is Dana.", Some("This is Dana.")),
            ("Hello. Uh, your watch is ready.", Some("Hello. Your watch is ready.")),
            ("um, hi Sam", Some("hi Sam")),
            ("It is, uh, ready.", Some("It is ready.")),
            ("It starts at two, er, thirty are coming.", Some("It starts at two, thirty are coming.")),
            ("Let's eat, um, Grandma.", Some("Let's eat, Grandma.")),
            ("It is um ready.", Some("It is ready.")),
            ("It is ready, um.", Some("It is ready.")),
            ("Hi, umm it is Dana.", Some("Hi, it is Dana.")),
            ("So, hmm, Z\u{f6}e called.", Some("So Z\u{f6}e called.")),
            ("The ER called.", None),
            ("Dr. Um called.", None),
            ("Um-hmm is what she said.", None),
            ("It is uh... ready.", None),
            ("Um [Name] called.", None),
            ("It is basically done.", None),
            ("Um, iPhone repairs.", Some("iPhone repairs.")),
            ("We're open, er - until six.", None),
            ("It is a um orange ring.", None),
            ("It is an, um, ring.", None),
            ("It is an um orange ring.", Some("It is an orange ring.")),
            ("It is done; er. Come by.", None),
            ("It is uh huh ready.", None),
            ("Uh oh! The clasp broke.", None),
            ("I, um, I have your ring.", None),
            ("She said um.", None),
            ("You can reach me, uh, at noon.", Some("You can reach me at noon.")),
        ] {
            assert_eq!(fixed(source).as_deref(), expected, "{source}");
        }
    }
}
