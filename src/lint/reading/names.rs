//! Is this capitalised word a person, a firm, a desk, a place? Words are plain text or tokens of it.

use std::sync::LazyLock;

pub fn is_organisation(word: &str) -> bool {
    if let Some(rest) = word.strip_prefix("{C") {
        return !rest.starts_with("you") && !rest.starts_with("other");
    }
    let first = first_word(word);
    let place = PLACES.contains(&first.as_str()) && !has_organisation_word(word);
    // "Grant" alone is a person, "Grant's" or "Grant & Sons" is not.
    let person = has_title(word) || (is_known_first_name(word) && !word.contains([' ', '\'', '&']));
    !place && !person && !NOT_NAMES.contains(&first.as_str())
}

/// Could this be a person's name? Placeholders for one are.
pub fn is_name(word: &str) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    let first = first_word(word);
    !NOT_NAMES.contains(&first.as_str()) && !has_organisation_word(word) && !is_department(word)
}

/// A name after "this is": one unknown word may as well be a firm, and is when nobody says "I".
pub fn is_person(word: &str, first_person: bool) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    is_name(word) && (is_known_first_name(word) || has_title(word) || word.contains(' ') || first_person)
}

fn first_word(word: &str) -> String {
    word.split([' ', '\'']).next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

pub fn has_title(word: &str) -> bool {
    let first = first_word(word);
    word.contains(' ')
        && matches!(
            first.as_str(),
            "mr" | "mrs"
                | "ms"
                | "miss"
                | "dr"
                | "agent"
                | "officer"
                | "pastor"
                | "father"
                | "sister"
                | "rabbi"
                | "reverend"
                | "rev"
                | "coach"
                | "professor"
                | "nurse"
                | "captain"
                | "judge"
                | "senator"
                | "detective"
                | "sergeant"
                | "brother"
                | "deacon"
                | "elder"
                | "bishop"
                | "councillor"
                | "representative"
                | "mayor"
        )
}

pub fn is_known_first_name(word: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("first_names.txt").split_whitespace().collect());
    NAMES.binary_search(&first_word(word).as_str()).is_ok()
}

pub fn has_organisation_word(word: &str) -> bool {
    word.split(' ').skip(1).chain(std::iter::once(word.rsplit(' ').next().unwrap_or_default())).any(|part| {
        let part = part.trim_end_matches(['.', ',']).to_ascii_lowercase();
        ORGANISATION_WORDS.contains(&part.as_str())
    })
}

/// "Support", "Customer Service": a desk, neither a person nor a company.
pub fn is_department(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    DEPARTMENTS.iter().any(|department| lower == *department || lower.starts_with(&format!("{department} ")))
}

const DEPARTMENTS: &[&str] = &[
    "support", "customer service", "customer support", "customer care", "tech support", "technical support",
    "sales", "billing", "accounts", "reception", "front desk", "dispatch", "shipping", "scheduling",
    "service", "security", "maintenance", "human resources", "member services",
];

/// Capitalised words after a cue that are no name.
const NOT_NAMES: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "asap", "at",
    "back", "because", "bye", "call", "calling", "could", "dear", "did", "do", "email", "every", "everyone",
    "excited", "feel", "folks", "for", "friday", "from", "give", "glad", "good", "great", "happy", "have",
    "he", "hello", "here", "hey", "hi", "hope", "hoping", "how", "i", "i'd", "i'll", "i'm", "i've", "if",
    "in", "is", "it", "its", "just", "let", "looking", "mate", "me", "monday", "my", "no", "not", "nothing",
    "now", "of", "ok", "okay", "on", "once", "our", "please", "pm", "quick", "regarding", "returning",
    "ring", "ringing", "saturday", "she", "so", "sorry", "sunday", "talk", "text", "thank", "thanks", "that",
    "the", "there", "they", "this", "thursday", "to", "today", "tomorrow", "tuesday", "tv", "urgent", "usa",
    "very", "we", "wednesday", "well", "what", "when", "with", "you", "your",
];

const ORGANISATION_WORDS: &[&str] = &[
    "academy", "accounting", "agency", "airlines", "airways", "associates", "association", "auto", "bakery",
    "bank", "bistro", "bureau", "business", "cafe", "capital", "care", "catering", "center", "centre",
    "charity", "chiropractic", "church", "clinic", "club", "co", "coaching", "college", "company",
    "construction", "consulting", "corp", "corporation", "council", "county", "credit", "dental",
    "dentistry", "department", "design", "designs", "diamonds", "electric", "electrical", "energy",
    "engineering", "enterprises", "estate", "farms", "fencing", "finance", "financial", "fitness",
    "flooring", "florist", "foundation", "freight", "garage", "gems", "gold", "goldsmith", "goldsmiths",
    "group", "gym", "hardware", "health", "healthcare", "heating", "homes", "hospital", "hotel", "hvac",
    "inc", "industries", "institute", "insurance", "jewelers", "jewellers", "jewellery", "jewelry", "labs",
    "landscaping", "law", "league", "leasing", "legal", "library", "llc", "llp", "logistics", "ltd",
    "marketing", "media", "medical", "mortgage", "motors", "movers", "moving", "museum", "news", "office",
    "orthodontics", "painting", "parish", "partners", "payroll", "pediatrics", "pest", "pharmacy", "physio",
    "physiotherapy", "plumbing", "press", "products", "properties", "radio", "realty", "recruiting",
    "rentals", "roofing", "salon", "school", "security", "services", "shop", "software", "solar",
    "solutions", "staffing", "storage", "store", "studio", "studios", "surgery", "systems", "theater",
    "theatre", "tires", "tours", "travel", "trucking", "trust", "tyres", "union", "university", "veterinary",
    "vets", "windows",
];

/// Where people call from that is no firm.
const PLACES: &[&str] = &[
    "alabama", "alaska", "amsterdam", "arizona", "arkansas", "atlanta", "austin", "baltimore", "berlin",
    "birmingham", "boston", "bristol", "brooklyn", "california", "canada", "charlotte", "chicago",
    "cleveland", "colorado", "columbus", "dallas", "denver", "detroit", "dublin", "edinburgh", "england",
    "florida", "georgia", "glasgow", "houston", "illinois", "indianapolis", "ireland", "leeds", "liverpool",
    "london", "los", "manchester", "memphis", "miami", "michigan", "minneapolis", "montreal", "nashville",
    "nevada", "new", "ohio", "oregon", "paris", "philadelphia", "phoenix", "pittsburgh", "portland", "reno",
    "sacramento", "san", "scotland", "seattle", "sydney", "tampa", "texas", "toronto", "utah", "vancouver",
    "virginia", "washington",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_firms_and_desks() {
        for (word, person, organisation) in [
            ("Dana", true, false),
            ("{P}", true, true),
            ("Kestrel Gems", false, true),
            ("Drivemoor", false, true),
            ("Dr. Lim", true, false),
            ("{Cyou}", false, false),
            ("{C}", false, true),
        ] {
            assert_eq!((is_person(word, false), is_organisation(word)), (person, organisation), "{word}");
        }
        assert!(
            is_department("Support") && is_department("customer service") && !is_department("Supporters")
        );
    }

    #[test]
    fn the_first_names_are_sorted() {
        assert!(include_str!("first_names.txt").split_whitespace().is_sorted());
    }
}
