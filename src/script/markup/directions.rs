//! What is written for the caller's eyes: "[pause]", "(smile)", "*slowly*".

/// Words that may follow the first of a direction without making it a placeholder.
pub fn is_direction(words: &str) -> bool {
    let mut parts =
        words.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = parts.next() else { return false };
    let first = first.to_ascii_lowercase();
    if words.contains('_') {
        return false;
    }
    let rest: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    if is_action(&first, &rest) || is_told(&first, &rest) || is_told_to_somebody(words) {
        return true;
    }
    if !DIRECTIONS.contains(&first.as_str()) {
        return false;
    }
    let adjective = matches!(first.as_str(), "long" | "short" | "quick" | "deep" | "soft" | "warm" | "slow");
    if adjective {
        return rest.iter().any(|word| DIRECTIONS.contains(&word.as_str()) || word == "down")
            || rest.is_empty();
    }
    let names_content =
        rest.iter().any(|word| matches!(word.as_str(), "name" | "number" | "phone" | "company"));
    !names_content || matches!(first.as_str(), "optional" | "optionally" | "repeat" | "spell" | "slowly")
}

/// First words of what is written for the caller's eyes.
const DIRECTIONS: &[&str] = &[
    "pause", "pauses", "beat", "beep", "tone", "smile", "smiling", "smiles", "breathe", "breath",
    "breathing", "slow", "slowly", "slower", "softly", "soft", "warm", "warmly", "upbeat", "energetic",
    "energetically", "cheerful", "cheerfully", "friendly", "laugh", "laughs", "laughing", "laughter",
    "chuckle", "chuckles", "sigh", "sighs", "wait", "silence", "silent", "whisper", "emphasis", "emphasize",
    "emphasise", "enunciate", "clearly", "optional", "optionally", "required", "note", "nb", "tip", "repeat",
    "spell", "deep", "long", "short", "quick", "quickly", "loud", "loudly", "calm", "calmly", "stop",
    "unhurried", "relaxed", "confident", "confidently", "bright", "brightly", "gentle", "gently", "sincere",
    "sincerely", "steady", "yawn", "yawns", "yawning", "cough", "coughs", "coughing", "sniff", "sniffs",
    "sneezes", "clears",
];

/// First words of what is to be done and not said, with more words after it: "[hang up]".
const ACTIONS: &[&str] = &["hang", "if", "remember"];
/// The same before an article: "[after the beep]", "[log it in the CRM]".
const MOMENTS: &[&str] = &["after", "at", "before", "log", "mention", "on", "press", "when"];

/// "[hang up]", "[log it in the CRM]", "[after the beep]".
fn is_action(first: &str, rest: &[String]) -> bool {
    const ARTICLES: [&str; 6] = ["the", "they", "you", "it", "this", "each"];
    match rest {
        [article, _, ..] if ARTICLES.contains(&article.as_str()) => {
            MOMENTS.contains(&first) || ACTIONS.contains(&first)
        }
        [] => false,
        _ => ACTIONS.contains(&first),
    }
}

/// What a speaker is told to do, and words of which one must follow: "[speak slowly]", "[do not mention the price]".
const TOLD: &[&str] = &[
    "avoid", "confirm", "do", "don", "hold", "keep", "leave", "let", "look", "lower", "make", "never",
    "raise", "read", "say", "sit", "sound", "speak", "stand", "take", "talk", "use", "with",
];
const AFTER_TOLD: &[&str] = &[
    "a", "an", "as", "at", "clearly", "down", "for", "in", "it", "like", "not", "out", "slowly", "softly",
    "t", "that", "the", "this", "up", "warmly", "with",
];
/// What stands alone, and what stands before a number: "[part]" is filled in.
const ALONE: &[&str] = &["applause", "end", "music"];
const NUMBERED: &[&str] = &["section", "part"];

fn is_told(first: &str, rest: &[String]) -> bool {
    let names_content =
        || rest.iter().any(|word| matches!(word.as_str(), "name" | "names" | "company" | "phone" | "email"));
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    ALONE.contains(&first) && rest.is_empty()
        || NUMBERED.contains(&first) && matches!(rest, [number] if is_number(number))
        || TOLD.contains(&first)
            && rest.first().is_some_and(|next| AFTER_TOLD.contains(&next.as_str()))
            && !names_content()
}

/// "[Agent: stand up]", "[Note: he is in Leeds]".
fn is_told_to_somebody(words: &str) -> bool {
    let who = words.split_once(':').map(|(who, _)| who.trim().to_ascii_lowercase());
    who.is_some_and(|who| {
        ["agent", "caller", "note", "rep", "speaker", "tip", "todo"].contains(&who.as_str())
    })
}

/// How an order to the speaker begins.
const ORDERS: [&str; 5] =
    ["use their ", "use the client's ", "use his or her ", "say their ", "say the client's "];

/// "(3 seconds)", "(use their first name)", "(2-second pause)": in parentheses nobody is told such things.
pub fn is_instruction(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let after_number =
        lower.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '.' | ' '));
    let unit = after_number.trim_end_matches(" pause").trim_end_matches('.');
    let is_length =
        after_number.len() < lower.len() && matches!(unit, "s" | "sec" | "secs" | "second" | "seconds");
    is_length || ORDERS.iter().any(|order| lower.starts_with(order))
}
