//! Branches of a template: `{% if x %}` of Liquid and Jinja, `{{#if x}}` of Handlebars and Mustache.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Span;

/// What is opened and not ended, and what ends nothing, in order.
pub fn unbalanced(source: &str) -> Vec<(Span, &'static str)> {
    // Most templates have placeholders alone.
    if !["{%", "{{#", "{{^", "{{/", "{{~"].iter().any(|tag| source.contains(tag)) {
        return Vec::new();
    }
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut found = Vec::new();
    for tag in TAGS.captures_iter(source) {
        let span = tag.get(0).map_or(Span::default(), |whole| Span::new(whole.start(), whole.end()));
        let word = tag.name("word").or(tag.name("section")).map_or("", |word| word.as_str());
        let ends = tag.name("end").is_some() || tag.name("mark").is_some_and(|mark| mark.as_str() == "/");
        match open.last() {
            _ if !ends => open.push((word, span)),
            Some((opened, _)) if *opened == word => drop(open.pop()),
            _ => found.push((span, "nothing before this is left to be ended by it")),
        }
    }
    found.extend(open.into_iter().map(|(_, span)| (span, "this condition is never ended")));
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Only words that have an end: `{% set x %}` has none.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\{%-?\s*(?P<end>end)?(?P<word>if|unless|for|case|with|filter|raw|comment)\b",
        r"|\{\{~?(?P<mark>[#^/])\s*(?P<section>[\w.]+)",
    ))
    .expect("the pattern of tags is well formed")
});
