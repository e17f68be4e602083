//! Branches of a template: `{% if x %}` of Liquid and Jinja, `{{#if x}}` of Handlebars and Mustache.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Span;

/// What is opened and not ended, and what ends nothing, in order.
pub fn unbalanced(source: &str) -> Vec<(Span, &'static str)> {
    // Most templates have placeholders alone.
    if !["{%", "{{#", "{{^", "{{/", "{{~", "{{else"].iter().any(|tag| source.contains(tag)) {
        return Vec::new();
    }
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut found = Vec::new();
    for tag in TAGS.captures_iter(source) {
        let span = tag.get(0).map_or(Span::default(), |whole| Span::new(whole.start(), whole.end()));
        if !is_closed(source, span) {
            found.push((span, "this tag is opened and not closed"));
        }
        if tag.name("else").is_some() {
            if open.is_empty() {
                found.push((span, "no condition is open before this"));
            }
            continue;
        }
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

/// `{% if late }`: another tag begins before this one's end.
fn is_closed(source: &str, span: Span) -> bool {
    let rest = &source[span.end..];
    let close = if span.of(source).starts_with("{%") { "%}" } else { "}}" };
    let limit = rest.find(['\n', '{']).unwrap_or(rest.len());
    rest[..limit].contains(close)
}

/// Only words that have an end: `{% set x %}` has none.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\{%-?\s*(?P<end>end)?(?P<word>if|unless|for|case|with|filter|raw|comment)\b",
        r"|\{\{~?(?P<mark>[#^/])\s*(?P<section>[\w.]+)",
        r"|(?:\{\{~?|\{%-?)\s*(?P<else>else|elsif|elif)\b",
    ))
    .expect("the pattern of tags is well formed")
});
