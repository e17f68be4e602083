//! Titles over what is not left as a voicemail.

/// "📝 **Notes** (internal):" and "3. Tips for delivery".
pub fn is_note(title: &str) -> bool {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let is_number = |letter: char| letter.is_ascii_digit() || is_mark(letter);
    let whole = title.to_ascii_lowercase();
    let title = whole.trim_start_matches(is_number);
    let before_aside = title.split('(').next().filter(|before| !before.trim().is_empty());
    let name = before_aside.unwrap_or(title).trim_end_matches(is_mark);
    let begins =
        |note: &&&str| name.strip_prefix(**note).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    WHOLE_NOTES.contains(&name) || NOTES.iter().any(|note| begins(&note)) || is_other_channel(&whole)
}

/// "Day 3 - Email", "LinkedIn message 2" and "Step 5 - Text" of a cadence over several channels; "Voicemail after your email" is
/// said. `title` is in small letters.
fn is_other_channel(title: &str) -> bool {
    const CHANNELS: &[&str] = &[
        "email", "e-mail", "emails", "sms", "sms follow-up", "sms follow up", "text follow-up",
        "text message", "inmail", "whatsapp", "whatsapp message", "follow-up email", "follow up email",
        "breakup email", "intro email", "slack message", "chat",
    ];
    const OF_CHANNEL: [&str; 4] = [" template", " copy", " body", " script"];
    const OF_LINKEDIN: [&str; 7] = ["connection", "dm", "inmail", "invite", "message", "note", "request"];
    const SPOKEN: [&str; 5] = ["voicemail", "voice mail", "vm", "call", "phone"];
    let is_step = title.bytes().any(|byte| byte.is_ascii_digit());
    let is_channel = |part: &str| {
        let part = part.trim_matches(|letter: char| !letter.is_alphabetic());
        let sent = ["send the ", "send an ", "send a "].iter().find_map(|send| part.strip_prefix(send));
        let part = sent.unwrap_or(part);
        let bare = OF_CHANNEL.iter().find_map(|of_channel| part.strip_suffix(of_channel)).unwrap_or(part);
        // "LinkedIn connection request", and not "LinkedIn lead".
        let mut words = bare.split(' ');
        let is_linkedin = words.next() == Some("linkedin") && words.all(|word| OF_LINKEDIN.contains(&word));
        CHANNELS.contains(&bare) || is_linkedin || is_step && bare == "text"
    };
    let mut parts =
        title.split([':', '(', '|', ',', '+', '\u{2013}', '\u{2014}']).flat_map(|part| part.split(" - "));
    parts.any(is_channel) && !SPOKEN.iter().any(|spoken| title.contains(spoken))
}

/// How titles over what is written for the caller's eyes begin.
const NOTES: &[&str] = &[
    "about this script", "after the call", "before the call", "before you call", "best practice",
    "best practices", "coaching notes", "delivery tips", "do's and don'ts", "dos and don'ts",
    "further reading", "gatekeeper", "how to use", "if they answer", "if they pick up", "if the gatekeeper",
    "if a gatekeeper", "if someone answers", "if somebody answers", "live answer", "notes and tips",
    "notes for the rep", "pro tip", "pro tips", "rep notes", "revision history", "table of contents",
    "tips and", "tips for", "when to use", "why it works", "why this works",
];
/// Such titles as a whole: "Notes for Ann" is a message, and so may be "Results" and "Delivery".
const WHOLE_NOTES: &[&str] = &[
    "approval", "background", "cadence", "changelog", "checklist", "contents", "faq", "faqs", "fields",
    "guidelines", "instructions", "license", "links", "live call", "note", "notes", "objection handling",
    "objections", "objective", "overview", "placeholders", "rebuttals", "references", "resources", "sources",
    "timing", "tip", "tips", "usage", "variables",
];
