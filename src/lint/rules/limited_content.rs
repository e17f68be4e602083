//! `AB902 limited-content`: a debt collector's limited-content message. A pack of its own; not legal advice.

use crate::finding::{Finding, Severity};
use crate::lint::phrases::{DEBT_HINTS, DEBT_NAMES};
use crate::lint::reading::Reading;
use crate::lint::rule::{LintContext, Rule, RuleMeta};

pub struct LimitedContent;

static META: RuleMeta = RuleMeta {
    code: "AB902",
    name: "limited-content",
    severity: Severity::Error,
    on_by_default: false,
    explanation: include_str!("../../../fixtures/rules/limited-content.md"),
};

impl Rule for LimitedContent {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn check(&self, _: &LintContext, reading: &Reading, findings: &mut Vec<Finding>) {
        let introduction = reading.introduction();
        let required = [
            (introduction.company.is_some(), "the name of the business"),
            (!reading.asks().is_empty(), "a request that the consumer reply"),
            (introduction.caller.is_some(), "the name of a person to ask for"),
            (reading.message.phone_numbers().next().is_some(), "a telephone number"),
        ];
        for (_, what) in required.into_iter().filter(|(is_there, _)| !is_there) {
            let text = format!("a limited-content message must hold {what} (12 CFR 1006.2(j)(1))");
            findings.push(META.missing(reading, text));
        }
        if let Some(company) = &introduction.company
            && let Some(found) = reading.phrase_text().find_iter_in(&DEBT_NAMES, company.clone()).next()
        {
            let text = "this name tells that debts are collected (12 CFR 1006.2(j)(1)(i))";
            findings.push(META.at(reading, found, text));
        }
        let named = introduction.company.clone().unwrap_or(0..0);
        for hint in reading.phrases(&DEBT_HINTS).filter(|hint| !named.contains(&hint.start)) {
            let text = "more than a limited-content message may hold (12 CFR 1006.2(j))";
            let help = "leave it out: no debt, no reason, no urgency";
            findings.push(META.at(reading, hint, text).with_help(help));
        }
    }
}
