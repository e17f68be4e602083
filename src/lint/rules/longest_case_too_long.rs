//! `AB705 longest-case-too-long`: filled in from the data, the message is over the limit.

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta, about, other_rows};
use crate::script::fill::fill_message;
use crate::script::{parse, speech};

pub struct LongestCaseTooLong;

static META: RuleMeta = RuleMeta {
    code: "AB705",
    name: "longest-case-too-long",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/longest-case-too-long.md"),
};

impl Rule for LongestCaseTooLong {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let Some(table) = context.data else { return };
        let limit = context.limits.max_seconds;
        let seconds = |row: &[String]| {
            let cell = |field: &str| {
                table.columns.iter().position(|column| column == field).map(|index| row[index].as_str())
            };
            let filled = fill_message(context.source, reading.message, cell);
            let messages = parse(&filled).messages;
            messages.iter().map(|message| speech::of(message, context.pace).expected.0).sum::<f64>()
        };
        let timed = table.rows.iter().enumerate().map(|(number, row)| (seconds(row), number, row));
        let over: Vec<_> = timed.filter(|(seconds, ..)| limit < *seconds).collect();
        let Some((seconds, number, row)) = over.iter().max_by(|one, other| one.0.total_cmp(&other.0)) else {
            return;
        };
        let others = other_rows(over.len() - 1);
        let label = row.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str);
        let text = format!(
            "with row {} of the data ({label}) this takes {}; the limit is {limit} s{others}",
            number + 1,
            about(*seconds, limit)
        );
        findings.push(META.of_message(reading, text).with_help("shorten the message, or the cell"));
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::lint::Linter;
    use crate::script::parse;
    use crate::table::Table;

    #[test]
    fn branches_are_not_added_up() {
        let data = Table::parse("name\nAnn\n").expect("a table");
        let linter = Linter::new(Settings::selecting(&["AB705"])).expect("it is a rule");
        let long = "We saw it on the bench and it keeps time to the second. ".repeat(4);
        let n_findings = |first: &str| {
            let source =
                format!("Hi {{{{name}}}}. {{% if a %}}{first}{{% else %}}{long}{{% endif %}}Call me.\n");
            linter.lint(&source, &parse(&source), Some(&data)).len()
        };
        assert_eq!((n_findings(&long), n_findings(&long.repeat(2))), (0, 1));
    }
}
