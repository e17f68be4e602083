//! `AB504 ungrouped-number`: ten digits in a row.

use super::invalid_number::is_north_american;
use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct UngroupedNumber;

static META: RuleMeta = RuleMeta {
    code: "AB504",
    name: "ungrouped-number",
    severity: Severity::Warning,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/ungrouped-number.md"),
};

impl Rule for UngroupedNumber {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for number in reading.message.phone_numbers().filter(|number| !number.is_placeholder) {
            let written = number.span.of(context.source);
            let digits = written.strip_prefix('+').unwrap_or(written);
            let is_run = TEN_OR_MORE <= digits.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
            // `<say-as interpret-as="telephone">`: whoever reads that groups them.
            let is_read_as_number = || {
                let start = context.source.floor_char_boundary(number.span.start.saturating_sub(LONGEST_TAG));
                let tag = context.source[start..number.span.start].rsplit('<').next().unwrap_or_default();
                tag.starts_with("say-as") && tag.contains("telephone")
            };
            if !is_run || is_read_as_number() {
                continue;
            }
            let finding = META
                .at_span(number.span, "so many digits in a row are neither said nor heard well")
                .with_help("write it as it is said, with a pause between the groups: 404-555-0142");
            findings.push(match grouped(written, digits, context.region) {
                Some(grouped) => finding.with_fix(number.span, grouped),
                None => finding,
            });
        }
    }
}

/// Bytes of `<say-as interpret-as="telephone" format="1">`, with room.
const LONGEST_TAG: usize = 80;
/// A North American number with its area code.
const TEN_OR_MORE: usize = 10;

/// `404-555-0142`, where it is a North American number; how others are grouped is not known here.
fn grouped(written: &str, digits: &str, region: &str) -> Option<String> {
    if !(matches!(region, "US" | "CA") || written.starts_with('+')) || !is_north_american(digits) {
        return None;
    }
    let (country, own) = match digits.len() {
        10 if written == digits => ("", digits),
        11 if digits.starts_with('1') => (if written == digits { "1-" } else { "+1-" }, &digits[1..]),
        _ => return None,
    };
    Some(format!("{country}{}-{}-{}", &own[..3], &own[3..6], &own[6..]))
}
