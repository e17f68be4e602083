//! A template that branches is several messages, of which one is said: each is judged, and what they share is said once.

use std::collections::{HashMap, HashSet};

use super::reading::Reading;
use crate::finding::{Finding, Place, Span};
use crate::script::branches::Way;
use crate::script::{Sequence, parse};

/// What `check` finds in the text and the messages of each way that the template can be said, its places those of `whole`. Where a
/// finding depends on a branch and stands elsewhere, it says which.
pub fn merged(
    source: &str,
    ways: &[Way],
    whole: &[Reading],
    check: impl Fn(&str, &[Reading]) -> Vec<Finding>,
) -> Vec<Finding> {
    let sequences: Vec<Sequence> = ways.iter().map(|way| parse(&way.text)).collect();
    let of_ways: Vec<Vec<Finding>> = sequences
        .iter()
        .zip(ways)
        .map(|(sequence, way)| {
            let readings: Vec<Reading> = sequence.messages.iter().map(Reading::new).collect();
            let findings = check(&way.text, &readings).into_iter();
            findings.map(|finding| placed(finding, &readings, whole)).collect()
        })
        .collect();
    let mut n_ways: HashMap<_, usize> = HashMap::new();
    for findings in &of_ways {
        let keys: HashSet<_> = findings.iter().map(key).collect();
        keys.into_iter().for_each(|key| *n_ways.entry(key).or_default() += 1);
    }
    let is_enough =
        |finding: &Finding| ONE_WAY_DOES.contains(&finding.code) && n_ways[&key(finding)] < ways.len();
    let mut merged: Vec<Finding> = Vec::new();
    let mut said = HashSet::new();
    for (way, findings) in ways.iter().zip(of_ways) {
        let new: Vec<Finding> = findings
            .into_iter()
            .filter(|finding| !said.contains(&key(finding)) && !is_enough(finding))
            .collect();
        said.extend(new.iter().map(key));
        merged.extend(new.into_iter().map(|mut finding| {
            if n_ways[&key(&finding)] < ways.len()
                && !way.taken.iter().any(|branch| lies_in(&finding, *branch))
            {
                finding.text.push_str(&where_taken(source, &way.tags));
            }
            finding
        }));
    }
    merged
}

/// Rules that one way of a template heeds for all: where there is a branch without the listener's name, it is for those whose name
/// nobody knows.
const ONE_WAY_DOES: [&str; 1] = ["AB106"];

/// " (where `{{else}}` is taken)".
fn where_taken(source: &str, tags: &[Span]) -> String {
    /// More would hide what is found.
    const MOST_NAMED: usize = 3;
    let mut names: Vec<String> = tags.iter().map(|tag| format!("`{}`", tag.of(source))).collect();
    names.dedup();
    match names.as_slice() {
        [name] if tags.len() == 1 => format!(" (where {name} is taken)"),
        [name] => format!(" (where each {name} is taken)"),
        names => format!(" (where {} are taken)", names[..names.len().min(MOST_NAMED)].join(", ")),
    }
}

/// What a finding is of is the same in every way that has it.
fn key(finding: &Finding) -> (&'static str, usize, Option<Span>) {
    (finding.code, finding.message, span(finding).filter(|_| !finding.is_of_message))
}

fn span(finding: &Finding) -> Option<Span> {
    match finding.place {
        Place::Text(span) => Some(span),
        _ => None,
    }
}

fn lies_in(finding: &Finding, branch: Span) -> bool {
    span(finding).is_some_and(|span| branch.start <= span.start && span.end <= branch.end)
}

/// Of the message of `whole` that it is about.
fn placed(mut finding: Finding, readings: &[Reading], whole: &[Reading]) -> Finding {
    if let Some(reading) = readings.get(finding.message) {
        let begins_before = |of: &&Reading| of.message.span.start <= reading.message.span.start;
        finding.message = whole.iter().take_while(begins_before).count().saturating_sub(1);
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::lint::Linter;
    use crate::script::parse;

    fn found(code: &str, source: &str) -> Vec<String> {
        let linter = Linter::new(Settings::selecting(&[code])).expect("it is a rule");
        linter.lint(source, &parse(source), None).into_iter().map(|finding| finding.text).collect()
    }

    #[test]
    fn what_one_branch_lacks_is_found_and_says_in_which() {
        for (ask, expected) in [
            ("{% if a %}Call 404-555-0142.{% else %}Call 404-555-0143.{% endif %}", None),
            (
                "{% if a %}Call 404-555-0142.{% else %}Drop in.{% endif %}",
                Some("(where `{% else %}` is taken)"),
            ),
            ("{{#if a}}Drop in.{{else}}Call 404-555-0142.{{/if}}", Some("(where `{{#if a}}` is taken)")),
            ("{% if a %}Call me.{% else %}Drop in.{% endif %}", Some("no number to call back is given")),
        ] {
            let source = format!("Good {{% if am %}}morning{{% endif %}} Sam. {ask}\n");
            let found = found("AB103", &source);
            assert_eq!(found.len(), usize::from(expected.is_some()), "{ask}: {found:?}");
            assert!(
                found.iter().all(|text| text.ends_with(expected.unwrap_or_default())),
                "{ask}: {found:?}"
            );
        }
    }

    #[test]
    fn a_branch_for_those_without_a_name_has_none() {
        let source = "Hi {% if name %}{{ first_name }}{% else %}there{% endif %}, this is Dana.\n";
        assert_eq!(found("AB106", source), [""; 0]);
        let source = "Hi {% if am %}again{% else %}there{% endif %}, this is Dana.\n";
        assert_eq!(found("AB106", source).len(), 1);
    }

    #[test]
    fn what_stands_in_a_branch_is_found_there_alone() {
        let source =
            "{% if a %}Call ASAP.{% else %}Call at once.{% endif %} Um, thanks.\n\n# Next\nCall ASAP.\n";
        assert_eq!(found("AB401", source).len(), 1);
        assert_eq!(found("AB204", source).iter().filter(|text| text.contains("taken")).count(), 0);
    }

    #[test]
    fn branches_are_not_added_up() {
        let long = "We saw it on the bench and it keeps time to the second. ".repeat(7);
        let source = format!("Hi Sam. {{% if a %}}{long}{{% else %}}{long}{{% endif %}}Call me.\n");
        assert_eq!(found("AB301", &source), [""; 0]);
        let source = format!("Hi Sam. {{% if a %}}{long}{long}{{% else %}}{long}{{% endif %}}Call me.\n");
        assert_eq!(found("AB301", &source).len(), 1);
    }
}
