//! `<!-- afterbeep: allow AB204 (their own words) -->`: on the line it speaks of or the line before it.

use std::cell::Cell;
use std::collections::HashMap;

use super::registry;
use crate::finding::{Finding, Place, Span};

/// The rule that speaks of suppressions.
const UNUSED: &str = "AB001";

pub struct Suppressions(Vec<Suppression>);

struct Suppression {
    /// The comment.
    span: Span,
    codes: Vec<&'static str>,
    covers: Span,
    fault: Option<Fault>,
    is_used: Cell<bool>,
}

/// What is wrong with a suppression.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Neither `allow` nor `allow-file`, or no rule after it.
    Unreadable,
    /// In the words of the registry.
    UnknownRule(String),
    NoReason,
    /// The codes that it names.
    Unused(String),
}

impl Suppressions {
    pub fn read(source: &str, comments: &[Span]) -> Self {
        // Of one line there may be many, and it is looked for once.
        let mut line = Line::default();
        let read = comments.iter().filter_map(|comment| {
            if !(line.own.start <= comment.start && comment.end < line.own.end) {
                line = Line::of(source, *comment);
            }
            suppression(source, *comment, line.and_next)
        });
        Self(read.collect())
    }

    /// Takes out the findings that a suppression covers; one that starts earlier and runs into its lines is about them too. Each
    /// suppression that covers one is used.
    pub fn hide(&self, findings: &mut Vec<Finding>) {
        let mut of_codes: HashMap<&str, Vec<Span>> = HashMap::new();
        for suppression in &self.0 {
            for code in &suppression.codes {
                of_codes.entry(code).or_default().push(suppression.covers);
            }
        }
        if of_codes.is_empty() {
            return;
        }
        let covers = overlaps(of_codes);
        let is_covered = |finding: &Finding| match finding.place {
            Place::Text(span) => covers.get(finding.code).is_some_and(|covers| covers.any_with(span)),
            Place::Time(_) | Place::Whole => false,
        };
        let mut hidden: HashMap<&str, Vec<Span>> = HashMap::new();
        findings.retain(|finding| {
            let is_covered = is_covered(finding);
            if let (true, Place::Text(span)) = (is_covered, finding.place) {
                hidden.entry(finding.code).or_default().push(span);
            }
            !is_covered
        });
        let hidden = overlaps(hidden);
        for suppression in &self.0 {
            let covers =
                |code: &&str| hidden.get(code).is_some_and(|spans| spans.any_with(suppression.covers));
            if suppression.codes.iter().any(covers) {
                suppression.is_used.set(true);
            }
        }
    }

    /// Suppressions with what is wrong with them; one whose rules have not all run may be of use another time.
    pub fn faults(&self, has_run: &dyn Fn(&str) -> bool) -> impl Iterator<Item = (Span, Fault)> {
        self.0.iter().filter_map(move |suppression| {
            // What it hides of the suppressions themselves is not known yet.
            let is_idle = !suppression.is_used.get()
                && suppression.codes.iter().all(|code| has_run(code) && *code != UNUSED);
            let unused = || is_idle.then(|| Fault::Unused(suppression.codes.join(", ")));
            suppression.fault.clone().or_else(unused).map(|fault| (suppression.span, fault))
        })
    }
}

/// Spans of which it is soon known whether one overlaps another.
struct Overlaps {
    /// In rising order, each with the last end of those so far.
    starts: Vec<(usize, usize)>,
}

impl Overlaps {
    fn any_with(&self, span: Span) -> bool {
        let n_before = self.starts.partition_point(|(start, _)| *start < span.end);
        n_before.checked_sub(1).is_some_and(|last| span.start < self.starts[last].1)
    }
}

fn overlaps<'c>(of_codes: HashMap<&'c str, Vec<Span>>) -> HashMap<&'c str, Overlaps> {
    let made = |(code, mut spans): (&'c str, Vec<Span>)| {
        spans.sort_unstable();
        let mut last_end = 0;
        let starts = spans.into_iter().map(|span| {
            last_end = last_end.max(span.end);
            (span.start, last_end)
        });
        (code, Overlaps { starts: starts.collect() })
    };
    of_codes.into_iter().map(made).collect()
}

/// What a comment of HTML or of a template language says.
fn words_of(comment: &str) -> Option<&str> {
    const MARKS: [(&str, &str); 4] = [("<!--", "-->"), ("{{!--", "--}}"), ("{{!", "}}"), ("{#", "#}")];
    let between = |(open, close): &(&str, &str)| comment.strip_prefix(open)?.strip_suffix(close);
    let of_liquid = || Some(comment.split_once("%}")?.1.rsplit_once("{%")?.0);
    let words = MARKS.iter().find_map(between).or_else(of_liquid)?;
    Some(words.trim_matches(|mark: char| mark == '-' || mark.is_whitespace()))
}

fn suppression(source: &str, comment: Span, line_and_next: Span) -> Option<Suppression> {
    let body = words_of(comment.of(source))?;
    let (name, order) = body.split_at_checked("afterbeep".len())?;
    let has_colon = order.starts_with(':');
    let order = order.trim_start_matches(':').trim_start();
    let (verb, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
    let verb = verb.to_ascii_lowercase();
    let verb = verb.as_str();
    if !name.eq_ignore_ascii_case("afterbeep") || !has_colon && !verb.starts_with("allow") {
        return None;
    }
    let is_of_file = verb == "allow-file";
    let covers = if is_of_file { Span::new(0, usize::MAX) } else { line_and_next };
    // "AB204 (their own words)", and as people write it, "AB204: their own words".
    let (names, reason) = rest.split_once(['(', ':']).unwrap_or((rest, ""));
    let (mut codes, mut fault) = (Vec::new(), None);
    for name in names.split([',', ' ', '\n', '\t']).filter(|name| !name.is_empty()) {
        match registry::selected(name) {
            Ok(indices) => codes.extend(indices.into_iter().map(|index| registry::RULES[index].meta().code)),
            Err(error) => fault = Some(Fault::UnknownRule(error.to_string())),
        }
    }
    if fault.is_none() && (codes.is_empty() || !matches!(verb, "allow" | "allow-file")) {
        fault = Some(Fault::Unreadable);
        codes.clear();
    }
    if fault.is_none() && reason.trim_matches([')', ' ']).is_empty() {
        fault = Some(Fault::NoReason);
    }
    Some(Suppression { span: comment, codes, covers, fault, is_used: Cell::new(false) })
}

/// That of a comment.
#[derive(Default)]
struct Line {
    own: Span,
    /// With the next that is not blank.
    and_next: Span,
}

impl Line {
    fn of(source: &str, comment: Span) -> Self {
        let start = source[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = end_of_line(source, comment.end);
        let n_blank = source[line_end..].len() - source[line_end..].trim_start().len();
        let next_end = end_of_line(source, line_end + n_blank);
        Self { own: Span::new(start, line_end), and_next: Span::new(start, next_end) }
    }
}

fn end_of_line(source: &str, from: usize) -> usize {
    source[from..].find('\n').map_or(source.len(), |newline| from + newline + 1)
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::lint::Linter;
    use crate::script::parse;

    fn codes(rules: &[&str], source: &str) -> Vec<&'static str> {
        let linter = Linter::new(Settings::selecting(rules)).expect("they are rules");
        linter.lint(source, &parse(source), None).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn in_comments_of_template_languages() {
        for comment in [
            "{{!-- afterbeep: allow AB204 (theirs) --}}",
            "{{! afterbeep: allow AB204 (theirs) }}",
            "{# afterbeep: allow AB204 (theirs) #}",
            "{#- afterbeep: allow AB204 (theirs) -#}",
            "{% comment %}afterbeep: allow AB204 (theirs){% endcomment %}",
            "{%- comment -%} afterbeep: allow AB204 (theirs) {%- endcomment -%}",
        ] {
            let source = format!("{comment}\nCall ASAP.");
            assert_eq!(codes(&["AB204"], &source), [""; 0], "{comment}");
        }
    }

    #[test]
    fn on_the_line_or_the_line_before() {
        let codes = |source| codes(&["AB204"], source);
        assert_eq!(codes("Call ASAP."), ["AB204"]);
        assert_eq!(codes("<!-- afterbeep: allow AB204 (their own words) -->\nCall ASAP."), [""; 0]);
        assert_eq!(codes("Call ASAP. <!-- afterbeep: allow commanding-tone -->"), [""; 0]);
        assert_eq!(codes("<!-- afterbeep: allow AB204 -->\nHi Ann.\nCall ASAP."), ["AB204"]);
        assert_eq!(
            codes("<!-- afterbeep: allow AB204 (theirs) -->\n\nCall ASAP."),
            [""; 0],
            "over a blank line"
        );
        assert_eq!(codes("<!-- Afterbeep: Allow AB204 (theirs) -->\nCall ASAP."), [""; 0]);
        assert_eq!(codes("<!-- afterbeep allow AB204 (theirs) -->\nCall ASAP."), [""; 0]);
        assert_eq!(codes("<!-- afterbeep is a linter -->\nCall ASAP."), ["AB204"]);
        assert_eq!(codes("# One <!-- afterbeep: allow AB204 (theirs) -->\nCall ASAP."), [""; 0]);
        assert_eq!(codes("<!-- afterbeep: allow AB101 -->\nCall ASAP."), ["AB204"]);
        assert_eq!(codes("Hi Ann.\n\nCall ASAP.\n<!-- afterbeep: allow-file AB204 -->"), [""; 0]);
    }

    #[test]
    fn one_that_is_of_no_use_is_named_where_its_rules_have_run() {
        let both = |source| codes(&["AB001", "AB204"], source);
        assert_eq!(both("<!-- afterbeep: allow AB204 (theirs) -->\nCall ASAP."), [""; 0]);
        assert_eq!(both("<!-- afterbeep: allow AB204 (theirs) -->\nCall me."), ["AB001"]);
        assert_eq!(both("<!-- afterbeep: allow AB101 (theirs) -->\nCall me."), [""; 0], "AB101 has not run");
        assert_eq!(both("<!-- afterbeep: allow AB204 -->\nCall ASAP."), ["AB001"], "no reason");
        assert_eq!(both("<!-- afterbeep: allow-file AB204 (theirs) -->\nCall me."), ["AB001"]);
        assert_eq!(
            both("<!-- afterbeep: allow AB204 (a) --> Call ASAP. <!-- afterbeep: allow AB204 (b) -->"),
            [""; 0]
        );
    }
}
