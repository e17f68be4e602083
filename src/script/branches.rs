//! Branches of a template: `{% if x %}` of Liquid and Jinja, `{{#if x}}` of Handlebars and Mustache, `<% if x %>` of ERB,
//! `*|IF:X|*` of Mailchimp.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::finding::Span;

/// A template as it is said when its conditions turn out one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The template, byte for byte, but with control characters, which nobody says, for what is not said this way.
    pub text: String,
    /// The tags whose branches are taken this way and no other.
    pub tags: Vec<Span>,
    /// Every branch that is taken this way and not another.
    pub taken: Vec<Span>,
}

/// The ways that a template can be said: the first branch of each condition, the second, and so on; of a condition with
/// fewer, its last. None where nothing has an `else`: what an `if` alone holds counts as said.
pub fn ways(source: &str) -> Vec<Way> {
    let mut conditions = conditions(source);
    conditions.retain(|condition| condition.branches.len() > 1);
    let n_ways = conditions.iter().map(|condition| condition.branches.len()).max().unwrap_or(0);
    (0..n_ways.min(MOST_WAYS)).map(|number| way(source, &conditions, number)).collect()
}

/// Ours: a template with more branches costs no more than this many templates.
const MOST_WAYS: usize = 8;

/// Part of no word and no blank: "one{% else %}two{% endif %}." is "one." and "two.".
const UNSAID: u8 = b'\x01';

struct Condition<'s> {
    /// `if`, `case`, or what a section of Mustache is about.
    word: &'s str,
    branches: Vec<Branch>,
    /// Behind its last tag.
    end: usize,
}

struct Branch {
    /// The tag before it.
    tag: Span,
    content: Range<usize>,
}

fn way(source: &str, conditions: &[Condition], number: usize) -> Way {
    let mut text = source.as_bytes().to_vec();
    let mut taken = Vec::new();
    let mut tags = Vec::new();
    for Condition { branches, .. } in conditions {
        let index = number.min(branches.len() - 1);
        let branch = &branches[index];
        taken.push(Span::new(branch.content.start, branch.content.end));
        tags.extend((index == number).then_some(branch.tag));
        for (other, Branch { tag, content }) in branches.iter().enumerate() {
            let is_said = other == index;
            text[tag.start..if is_said { tag.end } else { content.end }].fill(UNSAID);
        }
    }
    let text = String::from_utf8(text).expect("what is blanked begins and ends at a tag");
    Way { text, tags, taken }
}

/// In the order of their ends; a tag without its partner is passed over.
fn conditions(source: &str) -> Vec<Condition<'_>> {
    let mut ended: Vec<Condition> = Vec::new();
    let mut open: Vec<Condition> = Vec::new();
    let mut from = 0;
    for tag in tags(source) {
        // What begins within a tag, as in "*|IF:A*|ELSE:|*", is none.
        let Some(end) = tag.end.filter(|_| from <= tag.span.start) else { continue };
        from = end;
        let branch = Branch { tag: Span::new(tag.span.start, end), content: end..end };
        match tag.kind {
            // "{{#ring}}…{{/ring}}{{^ring}}…{{/ring}}": a condition and its contrary.
            TagKind::Opens(word) if is_contrary_of(ended.last(), &tag, source) => {
                let mut branches = ended.pop().map(|condition| condition.branches).unwrap_or_default();
                branches.push(branch);
                open.push(Condition { word, branches, end });
            }
            // Nothing is said between a case and the first of its branches.
            TagKind::Opens(word) => {
                let branches = if word == "case" { Vec::new() } else { vec![branch] };
                open.push(Condition { word, branches, end });
            }
            TagKind::Parts => {
                let Some(condition) = open.last_mut() else { continue };
                condition.close_branch(tag.span.start);
                condition.branches.push(branch);
            }
            TagKind::Ends(_) => {
                let Some(mut condition) = open.pop() else { continue };
                condition.close_branch(tag.span.start);
                ended.push(Condition { end, ..condition });
            }
        }
    }
    ended
}

impl Condition<'_> {
    fn close_branch(&mut self, end: usize) {
        if let Some(last) = self.branches.last_mut() {
            last.content.end = end;
        }
    }
}

fn is_contrary_of(before: Option<&Condition>, tag: &Tag, source: &str) -> bool {
    before.is_some_and(|before| {
        tag.span.of(source).contains('^')
            && tag.kind == TagKind::Opens(before.word)
            && tag.span.start - before.end <= LONGEST
            && source[before.end..tag.span.start].trim().is_empty()
    })
}

/// A tag of a condition, or of another part of a template that has an end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tag<'s> {
    /// Its opening mark and its word.
    pub span: Span,
    /// Behind its closing mark, if that comes before the line ends or another tag begins.
    pub end: Option<usize>,
    pub kind: TagKind<'s>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TagKind<'s> {
    /// With the word that its end repeats.
    Opens(&'s str),
    /// `else`, `elsif x`, `when x`.
    Parts,
    Ends(&'s str),
}

/// In the order in which they stand.
pub fn tags(source: &str) -> impl Iterator<Item = Tag<'_>> {
    let found = may_branch(source).then(|| TAGS.captures_iter(source));
    found.into_iter().flatten().filter_map(|found| tag(source, &found))
}

/// Of what stands before and after this piece of a template, `{{else}}` or `{% elsif x %}`, one is said.
pub fn parts(piece: &str) -> bool {
    tags(piece).next().is_some_and(|tag| tag.span.start == 0 && tag.kind == TagKind::Parts)
}

/// Bytes of the longest tag that is looked for: tags that are never closed stay linear.
const LONGEST: usize = 240;

/// Most templates have placeholders alone.
fn may_branch(source: &str) -> bool {
    ["{%", "{{#", "{{^", "{{/", "{{~", "{{else", "<%", "*|"].iter().any(|tag| source.contains(tag))
}

static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<mark>\{%[-+]?|\{\{~?\s*[#^/]?|<%-?|\*\|)\s*(?P<word>[\w.]*)")
        .expect("the pattern of tags is well formed")
});

fn tag<'s>(source: &'s str, found: &Captures<'s>) -> Option<Tag<'s>> {
    let (mark, word) = (found.name("mark")?.as_str(), found.name("word")?);
    let close = match &mark[..2] {
        "{%" => "%}",
        "{{" => "}}",
        "<%" => "%>",
        _ => "|*",
    };
    let reach = source.floor_char_boundary((word.end() + LONGEST).min(source.len()));
    let rest = &source[word.end()..reach];
    let rest = &rest[..rest.find(['\n', '{', '<']).unwrap_or(rest.len())];
    let length = rest.find(close);
    let kind = match close {
        "}}" => of_handlebars(mark, word.as_str()),
        "%>" => of_ruby(word.as_str(), &rest[..length.unwrap_or(0)]),
        "|*" => of_mailchimp(word.as_str()),
        _ => of_liquid(word.as_str()),
    }?;
    let span = Span::new(found.get(0)?.start(), word.end());
    Some(Tag { span, end: length.map(|length| word.end() + length + close.len()), kind })
}

/// Only words that have an end: `{% set x %}` has none.
fn of_liquid(word: &str) -> Option<TagKind<'_>> {
    const ENDED: [&str; 8] = ["if", "unless", "for", "case", "with", "filter", "raw", "comment"];
    match word {
        "else" | "elsif" | "elif" | "when" => Some(TagKind::Parts),
        word if ENDED.contains(&word) => Some(TagKind::Opens(word)),
        word => word.strip_prefix("end").filter(|word| ENDED.contains(word)).map(TagKind::Ends),
    }
}

fn of_handlebars<'s>(mark: &str, word: &'s str) -> Option<TagKind<'s>> {
    match mark.as_bytes().last() {
        Some(b'^') if word.is_empty() => Some(TagKind::Parts),
        Some(b'#' | b'^') => Some(TagKind::Opens(word)),
        Some(b'/') => Some(TagKind::Ends(word)),
        _ => (word == "else").then_some(TagKind::Parts),
    }
}

fn of_ruby<'s>(word: &'s str, rest: &str) -> Option<TagKind<'s>> {
    match word {
        "if" | "unless" | "case" => Some(TagKind::Opens(word)),
        "else" | "elsif" | "when" => Some(TagKind::Parts),
        "end" => Some(TagKind::Ends("")),
        _ => rest.split_whitespace().any(|word| word == "do").then_some(TagKind::Opens(word)),
    }
}

fn of_mailchimp(word: &str) -> Option<TagKind<'_>> {
    match word {
        "IF" | "IFNOT" => Some(TagKind::Opens("IF")),
        "ELSE" | "ELSEIF" => Some(TagKind::Parts),
        "END" => Some(TagKind::Ends("IF")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said each way, without the tags.
    fn said(source: &str) -> Vec<String> {
        let without_tags = |way: Way| -> String {
            let pieces = crate::script::markup::pieces(&way.text, Span::new(0, way.text.len()));
            let spoken = pieces.iter().filter(|piece| piece.kind != crate::script::markup::Kind::Markup);
            let words: String = spoken.map(|piece| piece.span.of(&way.text).replace('\x01', "")).collect();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        ways(source).into_iter().map(without_tags).collect()
    }

    #[test]
    fn each_branch_is_said_one_way() {
        for (source, expected) in [
            ("Hi {% if a %}one{% else %}two{%- endif %}.", ["Hi one.", "Hi two."]),
            ("{{#if a}}one{{else}}two{{/if}}", ["one", "two"]),
            ("{{#a}}one{{/a}} {{^a}}two{{/a}}", ["one", "two"]),
            ("{{#a}}one{{^}}two{{/a}}", ["one", "two"]),
            ("<% if a %>one<% else %>two<% end %>", ["one", "two"]),
            ("*|IF:A|*one*|ELSE:|*two*|END:IF|*", ["one", "two"]),
            ("{% case a %}\n{% when 1 %}one{% when 2 %}two{% endcase %}", ["one", "two"]),
            // What an `if` holds that has no other branch is said.
            (
                "{% if a %}{% if b %}one{% endif %}{% else %}two{% endif %} {% if c %}three{% endif %}",
                ["one three", "two three"],
            ),
            ("é{% if a %}é{% else %}ü{% endif %}", ["éé", "éü"]),
        ] {
            assert_eq!(said(source), expected, "{source}");
        }
        let three = "{% if a %}1{% elsif b %}2{% else %}3{% endif %}{% if c %}4{% else %}5{% endif %}";
        assert_eq!(said(three), ["14", "25", "35"]);
    }

    #[test]
    fn a_template_that_does_not_part_has_no_ways() {
        for source in [
            "Hi {{name}}.",
            "{% if a %}one{% endif %}",
            "{% else %}",
            "{{#if a}}b{{else}}c",
            "{% if a }b{% else %}c",
            "*|IF:A*|ELSE:|*b*|END:IF|*",
        ] {
            assert_eq!(ways(source), [], "{source}");
        }
    }

    #[test]
    fn each_way_stands_where_the_template_does() {
        let source = "Call {% if a %}\n404-555-0142\n{% else %}the office{% endif %} now.";
        for way in ways(source) {
            assert_eq!(way.text.len(), source.len());
            assert!(way.text.ends_with("now."));
            assert!(way.taken.iter().all(|span| span.of(&way.text) == span.of(source)));
        }
        assert_eq!(ways(source)[1].tags[0].of(source), "{% else %}");
    }
}
