//! Every rule, in the order of the codes.

use super::linter::UnknownRule;
use super::rule::Rule;
use super::rules;

pub static RULES: &[&dyn Rule] = &[
    &rules::unused_suppression::UnusedSuppression,
    &rules::not_a_voicemail::NotAVoicemail,
    &rules::not_english::NotEnglish,
    &rules::missing_caller_name::MissingCallerName,
    &rules::missing_company::MissingCompany,
    &rules::missing_callback_number::MissingCallbackNumber,
    &rules::number_not_repeated::NumberNotRepeated,
    &rules::missing_email::MissingEmail,
    &rules::missing_recipient_name::MissingRecipientName,
    &rules::late_introduction::LateIntroduction,
    &rules::invalid_number::InvalidNumber,
    &rules::conflicting_numbers::ConflictingNumbers,
    &rules::unanswered_contact_question::UnansweredContactQuestion,
    &rules::missing_call_to_action::MissingCallToAction,
    &rules::generic_call_to_action::GenericCallToAction,
    &rules::missing_reason::MissingReason,
    &rules::commanding_tone::CommandingTone,
    &rules::competing_calls_to_action::CompetingCallsToAction,
    &rules::no_time_frame::NoTimeFrame,
    &rules::no_question::NoQuestion,
    &rules::too_long::TooLong,
    &rules::too_short::TooShort,
    &rules::long_sentence::LongSentence,
    &rules::late_reason::LateReason,
    &rules::repeated_phrase::RepeatedPhrase,
    &rules::filler_word::FillerWord,
    &rules::weak_opener::WeakOpener,
    &rules::transactional_language::TransactionalLanguage,
    &rules::apology::Apology,
    &rules::self_focused::SelfFocused,
    &rules::hedging::Hedging,
    &rules::jargon::Jargon,
    &rules::false_pretext::FalsePretext,
    &rules::no_personal_detail::NoPersonalDetail,
    &rules::unspeakable::Unspeakable,
    &rules::unexplained_acronym::UnexplainedAcronym,
    &rules::hard_to_say::HardToSay,
    &rules::ungrouped_number::UngroupedNumber,
    &rules::unspelled_email::UnspelledEmail,
    &rules::gives_away_surprise::GivesAwaySurprise,
    &rules::sensitive_number::SensitiveNumber,
    &rules::price_mentioned::PriceMentioned,
    &rules::mixed_placeholders::MixedPlaceholders,
    &rules::unknown_placeholder::UnknownPlaceholder,
    &rules::unused_field::UnusedField,
    &rules::broken_placeholder::BrokenPlaceholder,
    &rules::longest_case_too_long::LongestCaseTooLong,
    &rules::leftover_placeholder::LeftoverPlaceholder,
    &rules::repeated_message::RepeatedMessage,
    &rules::same_reason::SameReason,
    &rules::gave_up_early::GaveUpEarly,
    &rules::too_many_attempts::TooManyAttempts,
    &rules::bad_cadence::BadCadence,
    &rules::tcpa::Tcpa,
    &rules::limited_content::LimitedContent,
    &rules::minimum_necessary::MinimumNecessary,
];

/// The rule with this code or name.
pub fn find(selector: &str) -> Option<&'static dyn Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.meta().code.eq_ignore_ascii_case(selector) || rule.meta().name == selector)
}

/// Indices of the rules that a code, a prefix of codes (`AB4`), a name or `ALL` stands for.
pub fn selected(selector: &str) -> Result<Vec<usize>, UnknownRule> {
    let selector = selector.trim();
    let code = selector.to_ascii_uppercase();
    let is_prefix = code.starts_with("AB") || code == "ALL";
    let matches = |rule: &&dyn Rule| {
        let meta = rule.meta();
        code == "ALL" || meta.name == selector || (is_prefix && meta.code.starts_with(&code))
    };
    let indices: Vec<usize> = (0..RULES.len()).filter(|index| matches(&RULES[*index])).collect();
    if indices.is_empty() {
        return Err(UnknownRule::new(selector));
    }
    Ok(indices)
}

#[cfg(test)]
mod tests {
    use super::super::page::{Page, Script};
    use super::*;
    use crate::config::{Config, Settings};
    use crate::lint::Linter;
    use crate::script::parse;
    use crate::table::Table;

    /// Codes that fire under the profile that the script names; `select` are the only rules that run, if any are named.
    fn fired(select: Option<&'static str>, script: &Script) -> Vec<&'static str> {
        let data = script.data.map(|data| Table::parse(data).expect("the page's data are well formed"));
        let sequence = parse(script.text);
        let mut settings = Config::default()
            .settings(sequence.front_matter.profile.as_deref(), &[])
            .expect("a page names a built-in profile");
        settings.layers.extend(select.into_iter().flat_map(|code| Settings::selecting(&[code]).layers));
        let linter = Linter::new(settings).expect("the settings are valid");
        let findings = linter.lint(script.text, &sequence, data.as_ref());
        findings.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn codes_are_unique_in_order_and_names_match_files() {
        assert!(RULES.is_sorted_by_key(|rule| rule.meta().code), "the registry is in the order of the codes");
        for (index, rule) in RULES.iter().enumerate() {
            let meta = rule.meta();
            assert!(RULES[index + 1..].iter().all(|other| other.meta().code != meta.code), "{}", meta.code);
            let file =
                format!("{}/src/lint/rules/{}.rs", env!("CARGO_MANIFEST_DIR"), meta.name.replace('-', "_"));
            assert!(std::path::Path::new(&file).exists(), "{file}");
            let title = format!("# {} {}\n", meta.code, meta.name);
            assert!(meta.explanation.starts_with(&title), "the page of {} starts with {title:?}", meta.code);
        }
    }

    #[test]
    fn every_rule_is_explained_and_fires_where_its_page_says() {
        let mut failures = Vec::new();
        for rule in RULES {
            let meta = rule.meta();
            let page = Page::read(meta.explanation);
            for section in ["Why", "Example", "Use instead", "Options", "Known limits", "References"] {
                if page.section(section).is_none_or(|text| text.trim().is_empty()) {
                    failures.push(format!("{}: no section {section:?}", meta.code));
                }
            }
            let scripts = page.scripts();
            let n_firing = scripts.iter().filter(|script| script.fires).count();
            if n_firing < 2 || scripts.len() - n_firing < 3 {
                failures.push(format!("{}: needs two scripts that fire it and three near misses", meta.code));
            }
            for script in scripts {
                if script.fires == fired(Some(meta.code), &script).is_empty() {
                    let expected = if script.fires { "fires" } else { "passes" };
                    failures.push(format!("{} {expected} on {:?}", meta.code, script.text));
                }
            }
        }
        assert!(failures.is_empty(), "expected:\n{}", failures.join("\n"));
    }

    #[test]
    fn no_rule_fires_on_what_another_advises() {
        let mut failures = Vec::new();
        for rule in RULES {
            let page = Page::read(rule.meta().explanation);
            let advised = page.section("Use instead").unwrap_or_default();
            for script in Page::read(advised).scripts() {
                let codes = fired(None, &script);
                if !codes.is_empty() {
                    failures.push(format!("{codes:?} on {:?} of {}", script.text, rule.meta().code));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn an_unknown_rule_suggests_the_nearest() {
        let error = selected("missing-caler-name").expect_err("no such rule").to_string();
        assert!(error.contains("did you mean `missing-caller-name`?"), "{error}");
        assert_eq!(selected("AB1").expect("a prefix").len(), 10);
        assert_eq!(selected("ALL").expect("all").len(), RULES.len());
    }
}
