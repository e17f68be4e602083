//! `AB109 conflicting-numbers`: the repeats differ, or nothing says which number to call.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::WHICH_NUMBER;
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};
use crate::script::Mention;

pub struct ConflictingNumbers;

static META: RuleMeta = RuleMeta {
    code: "AB109",
    name: "conflicting-numbers",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/conflicting-numbers.md"),
};

impl Rule for ConflictingNumbers {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let numbers: Vec<&Mention> =
            reading.message.phone_numbers().filter(|number| is_written(number)).collect();
        let Some((first, rest)) = numbers.split_first() else { return };
        let Some(other) = rest.iter().find(|other| !first.is_same_number(other)) else {
            findings.extend(other_extension(context.source, &numbers));
            return;
        };
        if says_which(reading, first, other) {
            return;
        }
        let is_repeated =
            |number: &Mention| numbers.iter().filter(|other| number.is_same_number(other)).count() > 1;
        let differing = n_differing(&first.value, &other.value);
        if differing.is_some_and(|n_digits| n_digits <= MISTYPED)
            && !(is_repeated(first) && is_repeated(other))
        {
            let text = format!("this differs in {} from the number said before", digits(differing));
            findings
                .push(META.at_span(other.span, text).with_help("check the digits: one of the two is wrong"));
        } else {
            let text = "a second number, and nothing says which of the two to call";
            let help = "give one number twice, or say what each is for";
            findings.push(META.at_span(other.span, text).with_help(help));
        }
    }
}

/// "404-555-0142 extension 12. Again, 404-555-0142 extension 21."
fn other_extension(source: &str, numbers: &[&Mention]) -> Option<Finding> {
    let mut extensions =
        numbers.iter().filter_map(|number| Some((number, extension(&source[number.span.end..])?)));
    let (_, first) = extensions.next()?;
    let (number, other) = extensions.find(|(_, other)| *other != first)?;
    let text = format!("extension {other}, and {first} the first time");
    Some(META.at_span(number.span, text).with_help("check the digits: one of the two is wrong"))
}

/// The digits after "ext. " and the like.
fn extension(after: &str) -> Option<&str> {
    let after = after.trim_start_matches([',', ' ', '(']);
    let has = |name: &&str| after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let name = ["extension", "ext", "x"].into_iter().find(|name| has(name))?;
    let digits = after[name.len()..].trim_start_matches(['.', ':', '#', ' ']);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    (0 < length).then(|| &digits[..length])
}

/// Digits that a slip of the fingers changes: one, or two that changed places.
const MISTYPED: usize = 2;

/// Do words around the two tell them apart, from the sentence of the first to that of the second?
fn says_which(reading: &Reading, first: &Mention, second: &Mention) -> bool {
    let text = reading.text();
    let place = |number: &Mention| {
        let index = reading.message.phone_numbers().position(|other| std::ptr::eq(other, number))?;
        text.match_indices("{N").nth(index).map(|(start, _)| start)
    };
    let (Some(first), Some(second)) = (place(first), place(second)) else { return false };
    let from = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let to = text[second..].find('\n').map_or(text.len(), |newline| second + newline);
    reading.phrase_text().find_iter_in(&WHICH_NUMBER, from..to).next().is_some()
}

fn is_written(number: &Mention) -> bool {
    !number.is_placeholder && !number.value.contains('x')
}

/// In how many places two numbers of one length differ; an area code may be left out of one.
fn n_differing(one: &str, other: &str) -> Option<usize> {
    let length = one.len().min(other.len());
    let same_length = one.len() == other.len() || length == 7;
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    same_length.then(|| pairs.filter(|(one, other)| one != other).count())
}

fn digits(n_digits: Option<usize>) -> &'static str {
    if n_digits == Some(1) { "one digit" } else { "two digits" }
}
