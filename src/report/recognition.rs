//! Tells a report of `lint` from a script.

/// Is it what `lint` prints, in any of its formats, and no script?
pub fn is_report(text: &str) -> bool {
    // JSON, or a line of it; a quoted sentence would be some as well.
    let is_json = |text: &str| {
        text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    };
    let is_xml =
        || text.starts_with("<?xml") && ["<testsuites", "<checkstyle"].iter().any(|root| text.contains(root));
    let is_data = is_json(text.trim()) || text.lines().next().is_some_and(is_json) || is_xml();
    // "warning[AB204]", and neither "[ABC Cleaners]" nor a script's own note on "[AB204]".
    let has_finding = ["error[AB", "warning[AB", "advice[AB"].iter().any(|finding| text.contains(finding));
    // "3  AB104      number-not-repeated".
    let mut words = text.split_whitespace();
    let counts = words.next().is_some_and(|word| word.parse::<usize>().is_ok())
        && words.next().is_some_and(|word| word.len() == 5 && word.starts_with("AB"));
    text.trim().is_empty()
        || is_data
        || has_finding
        || counts
        || ["::error ", "::warning ", "::notice "].iter().any(|start| text.starts_with(start))
        || text.starts_with("nothing to change")
}
