//! The findings of a review: code, name, severity, page.

use crate::finding::Severity;

/// What every finding of a recording must tell about itself.
#[derive(Debug, PartialEq)]
pub struct FindingMeta {
    /// Stable once released.
    pub code: &'static str,
    /// Stable once released; its page is `fixtures/findings/<name>.md`.
    pub name: &'static str,
    pub severity: Severity,
    /// What it says, why, how it is measured, the threshold, the known error.
    pub page: &'static str,
}

macro_rules! findings {
    ($($constant:ident = $code:literal $name:literal $severity:ident;)+) => {
        $(
            pub static $constant: FindingMeta = FindingMeta {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                page: include_str!(concat!("../../fixtures/findings/", $name, ".md")),
            };
        )+

        /// In the order of their codes.
        pub static FINDINGS: &[&FindingMeta] = &[$(&$constant),+];
    };
}

findings! {
    FILLED_PAUSES = "AD101" "filled-pauses" Warning;
    TOO_FAST = "AD102" "too-fast" Warning;
    TOO_SLOW = "AD103" "too-slow" Warning;
    MONOTONE = "AD104" "monotone" Warning;
    FLAT_STRETCH = "AD105" "flat-stretch" Warning;
    LONG_PAUSE = "AD106" "long-pause" Warning;
    RUSHED_NUMBER = "AD107" "rushed-number" Warning;
    DETAIL_NOT_SAID = "AD108" "detail-not-said" Warning;
    NUMBER_DIFFERS = "AD109" "number-differs" Error;
    OFF_SCRIPT = "AD110" "off-script" Advice;
    RESTART = "AD111" "restart" Advice;
    FILLER_WORD = "AD112" "filler-word" Advice;
    DEAD_AIR = "AD113" "dead-air" Advice;
    CUT_OFF = "AD114" "cut-off" Warning;
    TOO_LONG = "AD115" "too-long" Warning;
    CLIPPED = "AD116" "clipped" Warning;
    TOO_QUIET = "AD117" "too-quiet" Warning;
    NOISY = "AD118" "noisy" Warning;
    TRAILING_OFF = "AD119" "trailing-off" Advice;
    TOO_SHORT = "AD120" "too-short" Advice;
    TOO_LOUD = "AD121" "too-loud" Advice;
    NO_PAUSES = "AD122" "no-pauses" Advice;
}

/// The one with this code (`AD104`, in any case) or name.
pub fn find(selector: &str) -> Option<&'static FindingMeta> {
    let is_it = |meta: &&&FindingMeta| {
        meta.code.eq_ignore_ascii_case(selector) || meta.name.eq_ignore_ascii_case(selector)
    };
    FINDINGS.iter().find(is_it).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::targets::Targets;

    #[test]
    fn every_page_says_what_it_must() {
        for meta in FINDINGS {
            assert!(meta.page.starts_with(&format!("# {} {}\n\n", meta.code, meta.name)), "{}", meta.code);
            for heading in
                ["Why", "How it is measured", "Threshold", "Do instead", "Known error", "References"]
            {
                let (_, text) = meta.page.split_once(&format!("\n## {heading}\n\n")).unwrap_or_default();
                assert!(text.trim_start().len() > 4, "{}: {heading}", meta.code);
            }
        }
    }

    #[test]
    fn codes_are_in_order_and_every_target_names_one_that_is_known() {
        assert!(FINDINGS.is_sorted_by(|one, other| one.code < other.code));
        for code in Targets::default().iter().flat_map(|target| target.findings) {
            assert!(find(code).is_some(), "{code}");
        }
    }

    #[test]
    fn found_by_code_or_name() {
        assert_eq!(find("ad104"), find("monotone"));
        assert_eq!(find("AD104").map(|meta| meta.name), Some("monotone"));
        assert_eq!(find("AD199"), None);
    }
}
