//! `AB108 invalid-number`: not a possible phone number.

use phonenumber::country;

use crate::finding::{Finding, Severity};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct InvalidNumber;

static META: RuleMeta = RuleMeta {
    code: "AB108",
    name: "invalid-number",
    severity: Severity::Error,
    on_by_default: true,
    explanation: include_str!("../../../fixtures/rules/invalid-number.md"),
};

impl Rule for InvalidNumber {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, context: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        for number in reading.message.phone_numbers() {
            let written = number.span.of(context.source);
            let is_checked = !number.is_placeholder && number.value.bytes().all(|byte| byte.is_ascii_digit());
            let is_wrong = || match number.value.len() {
                // A local number, which only a neighbour can check.
                ..9 => false,
                9 => lacks_a_digit(&number.value, written, context.region),
                _ => !is_possible(&number.value, written, context.region),
            };
            if !is_checked || !is_wrong() {
                continue;
            }
            let text = format!("{written} is not a possible phone number");
            let help = "write the number as it is dialled, with its country code if it is abroad, or a placeholder such as {{your_number}}";
            findings.push(META.at_span(number.span, text).with_help(help));
        }
    }
}

/// Ten digits are dialled in North America, and seven by neighbours; nine are one too few, or two after its country code.
fn lacks_a_digit(digits: &str, written: &str, region: &str) -> bool {
    let has_country_code =
        ["+1 ", "+1-", "+1.", "+1(", "1-", "1 ("].iter().any(|lead| written.starts_with(lead));
    has_country_code || matches!(region, "US" | "CA") && !digits.starts_with(['0', '1'])
}

fn is_possible(digits: &str, written: &str, region: &str) -> bool {
    is_north_american(digits) || is_fictional(digits) || is_known_to_the_library(digits, written, region)
}

/// An area code and an exchange as the North American Numbering Plan has them (ATIS-0300115): no 0 or 1 in front, no N11,
/// and no area code with a 9 in the middle, which is kept for the day when the plan runs out. Asked first, because the
/// library reads a tenth of a megabyte of patterns before it answers.
pub(super) fn is_north_american(digits: &str) -> bool {
    let digits = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(digits).as_bytes();
    let begins = |group: &[u8]| b'2' <= group[0] && group[1..] != *b"11";
    digits.len() == 10
        && begins(&digits[..3])
        && digits[1] != b'9'
        && digits[..3] != *b"555"
        && begins(&digits[3..6])
}

/// Ranges that are given to nobody, so that books and films can print them: Ofcom's for drama.
fn is_fictional(digits: &str) -> bool {
    let national = digits.strip_prefix("44").map(|rest| format!("0{rest}"));
    let national = national.as_deref().unwrap_or(digits);
    let drama = [
        "07700900", "01632960", "0113496", "0114496", "0115496", "0116496", "0117496", "0118496", "0121496",
        "0131496", "0141496", "0151496", "0161496", "02079460", "01914980", "02896496", "02920180",
        "08081570", "0909879", "03069990",
    ];
    national.len() == 11 && drama.iter().any(|range| national.starts_with(range))
}

/// Where English is spoken and a number begins with 0, as it is dialled there, whatever the region of the configuration.
const OTHER_REGIONS: [&str; 5] = ["GB", "IE", "AU", "NZ", "ZA"];

fn is_known_to_the_library(digits: &str, written: &str, region: &str) -> bool {
    let says_plus = written.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("plus "));
    if says_plus || written.trim_start_matches('(').starts_with('+') {
        // With a region the library takes the 1 of "+33 1 …" for a trunk prefix.
        return phonenumber::parse(None, format!("+{digits}")).is_ok_and(|number| number.is_valid());
    }
    // "1300" and "1800" are Australia's and Ireland's.
    let is_of_others = ["0", "1300", "1800", "1850", "1890"].iter().any(|lead| digits.starts_with(lead));
    let others = OTHER_REGIONS.into_iter().filter(|_| is_of_others);
    let regions = std::iter::once(region).chain(others);
    regions
        .filter_map(|region| region.parse::<country::Id>().ok())
        .any(|region| phonenumber::parse(Some(region), digits).is_ok_and(|number| number.is_valid()))
}
