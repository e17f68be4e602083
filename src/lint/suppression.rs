//! `<!-- afterbeep: allow AB204 (their own words) -->`: on the line it speaks of or the line before it.

use std::cell::Cell;

use super::registry;
use crate::finding::{Finding, Place, Span};

/// The rule that speaks of suppressions.
const UNUSED: &str = "AB001";

pub struct Suppressions(Vec<Suppression>);

struct Suppression {
    /// The comment.
    span: Span,
    codes: Vec<&'static str>,
    /// `None` for the whole file.
    covers: Option<Span>,
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
        let mut suppressions: Vec<_> =
            comments.iter().filter_map(|comment| suppression(source, *comment)).collect();
        // Those of the whole file come last.
        suppressions.sort_by_key(|suppression| (suppression.covers.is_none(), suppression.span.start));
        Self(suppressions)
    }

    pub fn cover(&self, finding: &Finding) -> bool {
        let Place::Text(span) = finding.place else { return false };
        // Those of a line stand in the order of their lines: the first that may reach the finding is found by halving.
        let of_lines = &self.0[..self.0.partition_point(|suppression| suppression.covers.is_some())];
        let first = of_lines
            .partition_point(|suppression| suppression.covers.is_some_and(|covers| covers.end <= span.start));
        let near = of_lines[first..]
            .iter()
            .take_while(|suppression| suppression.covers.is_some_and(|covers| covers.start < span.end));
        // Each one that covers it is used.
        let covering = near.chain(&self.0[of_lines.len()..]).filter(|suppression| {
            // A finding that starts earlier and runs into the line is about it too.
            let near =
                suppression.covers.is_none_or(|covers| span.start < covers.end && covers.start < span.end);
            near && suppression.codes.contains(&finding.code)
        });
        covering.map(|suppression| suppression.is_used.set(true)).count() != 0
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

fn suppression(source: &str, comment: Span) -> Option<Suppression> {
    let body = comment.of(source).strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (name, order) = body.split_at_checked("afterbeep".len())?;
    let has_colon = order.starts_with(':');
    let order = order.trim_start_matches(':').trim_start();
    let (verb, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
    let verb = verb.to_ascii_lowercase();
    let verb = verb.as_str();
    if !name.eq_ignore_ascii_case("afterbeep") || !has_colon && !verb.starts_with("allow") {
        return None;
    }
    let covers = if verb == "allow-file" { None } else { Some(line_and_next(source, comment)) };
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

/// Its own line and the next that is not blank.
fn line_and_next(source: &str, comment: Span) -> Span {
    let start = source[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = end_of_line(source, comment.end);
    let n_blank = source[line_end..].len() - source[line_end..].trim_start().len();
    Span::new(start, end_of_line(source, line_end + n_blank))
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
