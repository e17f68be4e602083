//! Is this capitalised word a person, a firm, a desk, a place? Words are plain text or tokens of it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::english::WEEKDAYS;

/// Every name in the text: runs of capitalised words and placeholders for people, from left to right.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut next = 0;
    for start in word_starts(text) {
        if next <= start
            && let Some(end) = name_at(text, start)
            && (!is_no_name(word_at(text, start)) || is_somebody(text, start..end))
        {
            names.push(start..end);
            next = end;
        }
    }
    names
}

/// Where the name ends that begins at `start`: a placeholder for a person, or up to three capitalised words with a title
/// before them.
pub fn name_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if let Some(end) = token_at(text, start, "{P") {
        return Some(end);
    }
    // "Mr. and Mrs. Abara".
    let couple = COUPLES.iter().find(|couple| rest.starts_with(**couple));
    if let Some(couple) = couple {
        let surname = start + couple.len();
        return token_at(text, surname, "{P").or_else(|| capitalised_at(text, surname));
    }
    // "J.P. from Kestrel".
    let initials = match rest.as_bytes() {
        [b'A'..=b'Z', b'.', b'A'..=b'Z', b'.', ..] => Some(start + 4),
        _ => None,
    };
    let first = initials.or_else(|| capitalised_at(text, start))?;
    let mut end = first;
    if TITLES.binary_search(&text[start..first].to_ascii_lowercase().as_str()).is_ok() {
        let after = if text[first..].starts_with(". ") { first + 2 } else { first + 1 };
        end = text.get(after..).and_then(|_| capitalised_at(text, after)).unwrap_or(first);
    }
    let initial = &text.as_bytes()[end..];
    if let [b' ', b'A'..=b'Z', b'.', ..] = initial {
        end += 3;
    }
    for _ in 0..2 {
        let particle =
            PARTICLES.iter().find(|particle| text[end..].starts_with(**particle)).map_or(" ", |p| p);
        let next = end + particle.len();
        let word = text.get(next..).filter(|_| text[end..].starts_with(particle));
        match word.and_then(|_| capitalised_at(text, next)) {
            Some(word_end) if next + 1 < word_end && !is_no_name(&text[next..word_end]) => end = word_end,
            _ => break,
        }
    }
    Some(end)
}

/// Where the placeholder ends that begins at `start`, if it is one of this kind.
pub fn token_at(text: &str, start: usize, opening: &str) -> Option<usize> {
    let rest = &text[start..];
    let length = rest.starts_with(opening).then(|| rest.find('}'))??;
    Some(start + length + 1)
}

/// Where the organisation's name ends that begins at `start`: a placeholder, a web address, or up to six capitalised words with "of",
/// "and", "&" between them.
pub fn organisation_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if let Some(end) = token_at(text, start, "{C") {
        let more = text[end..].strip_prefix(' ').and_then(|_| capitalised_at(text, end + 1));
        return Some(more.filter(|more| end + 2 < *more).unwrap_or(end));
    }
    // "Kay with acme.io".
    if let Some(end) = token_at(text, start, "{U") {
        return Some(end);
    }
    let mut first = start;
    // "The [City] Firefighters Association".
    if let Some(end) = token_at(text, start, "{L") {
        first = text[end..].starts_with(' ').then_some(end + 1)?;
    } else if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        if let Some(end) = numbered_firm_at(text, start) {
            return end;
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        first = rest[length..].starts_with(' ').then_some(start + length + 1)?;
    }
    // "St. Osyth's".
    if let Some(after) = rest.strip_prefix("St. ") {
        first = text.len() - after.len();
    }
    // "A to Z Movers".
    let alphabet =
        rest.strip_prefix("A to Z").filter(|after| !after.starts_with(|next: char| next.is_alphanumeric()));
    let mut end = alphabet.map(|after| text.len() - after.len()).or_else(|| firm_word_at(text, first))?;
    // "31 Mill Lane".
    let is_address = |end: usize| {
        let last = text[first..end].rsplit(' ').next().unwrap_or_default();
        start < first && STREETS.contains(&last)
    };
    for _ in 0..5 {
        let joint = JOINTS.iter().find(|joint| text[end..].starts_with(**joint)).map_or(" ", |joint| joint);
        let next = end + joint.len();
        match text[end..].starts_with(joint).then(|| firm_word_at(text, next)).flatten() {
            Some(word_end) => end = word_end,
            None => break,
        }
    }
    (!is_address(end)).then_some(end)
}

/// Where the name ends that begins with a digit and is one word; `Some(None)` of what is none.
fn numbered_firm_at(text: &str, start: usize) -> Option<Option<usize>> {
    let rest = &text[start..];
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (word, after) = rest.split_at(length);
    let end = start + length;
    // "7-Eleven".
    let hyphenated = after.strip_prefix('-').and_then(|_| firm_word_at(text, end + 1));
    // "23andMe".
    let is_word = word.bytes().any(|byte| byte.is_ascii_uppercase())
        && word.bytes().filter(u8::is_ascii_lowercase).count() > 1;
    match word.as_bytes().last() {
        _ if hyphenated.is_some() => Some(hyphenated),
        _ if is_word => Some(Some(end)),
        // "3M"; 3B is a flat.
        Some(b'A'..=b'H') => Some(None),
        Some(b'A'..=b'Z') => Some(Some(end)),
        _ => None,
    }
}

/// What a street is called.
const STREETS: [&str; 20] = [
    "Lane", "Street", "St", "Road", "Rd", "Avenue", "Ave", "Drive", "Close", "Court", "Crescent", "Terrace",
    "Way", "Place", "Gardens", "Grove", "Row", "Mews", "Boulevard", "Hill",
];
/// Before the name of two.
const COUPLES: [&str; 5] = ["Mr. and Mrs. ", "Mr and Mrs ", "Mr. & Mrs. ", "Mr & Mrs ", "Mrs and Mr "];
/// Between the first name and the last.
const PARTICLES: [&str; 6] = [" van ", " von ", " de ", " la ", " del ", " O'"];
/// Between the words of a firm's name, longest first.
const JOINTS: [&str; 6] = [" of the ", " of ", " and ", " the ", " & ", " - "];

/// A capital and the letters, apostrophes and hyphens after it.
fn capitalised_at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.get(start).filter(|byte| byte.is_ascii_uppercase())?;
    let length =
        bytes[start..].iter().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-')).count();
    Some(start + length)
}

/// As [`capitalised_at`], with digits, ampersands and dots inside: "O'Brien", "3M", "U.S.", "AT&T"; and "eBay".
fn firm_word_at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let opens = match bytes.get(start..)? {
        [first, ..] if first.is_ascii_uppercase() => true,
        [first, second, ..] => first.is_ascii_lowercase() && second.is_ascii_uppercase(),
        _ => false,
    };
    if !opens {
        return None;
    }
    let mut end = start + 1;
    while let Some(byte) = bytes.get(end) {
        let inside = byte.is_ascii_alphanumeric() || matches!(byte, b'&' | b'\'' | b'-');
        let dot = *byte == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !inside && !dot {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// The word that begins at `start`, or as much of it as a name could have.
fn word_at(text: &str, start: usize) -> &str {
    const LONGEST: usize = 32;
    let is_of_word = |byte: &u8| !matches!(byte, b' ' | b'\n' | b',' | b'.');
    let length = text.as_bytes()[start..].iter().take(LONGEST).take_while(|byte| is_of_word(byte)).count();
    &text[start..start + length]
}

/// Offsets of capitals and placeholders that no letter stands before.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|start| {
        let opens = bytes[*start].is_ascii_uppercase() || bytes[*start] == b'{';
        opens && (*start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'_'))
    })
}

/// "It's Will at Kestrel": a word that is a name where it says who calls.
pub fn is_somebody(text: &str, range: Range<usize>) -> bool {
    if !matches!(&text[range.clone()], "Will" | "Hope") {
        return false;
    }
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let ends = |cues: &[&str]| cues.iter().any(|cue| before.ends_with(cue));
    let goes_on = |cues: &[&str]| cues.iter().any(|cue| after.starts_with(cue));
    let is_introduced =
        ends(&["it's ", "this is ", "I'm ", "Hi ", "Hello ", "Hey ", "Dear ", "it's me, ", "It's me, "]);
    ends(&["name is ", "name's "])
        || is_introduced && goes_on(&[" at ", " from ", " with ", " here", " calling", ", "])
        || (before.is_empty() || ends(&["\n", ", "])) && goes_on(&[" from ", " here"])
}

fn is_no_name(word: &str) -> bool {
    NOT_NAMES.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

pub fn is_organisation(word: &str) -> bool {
    if let Some(rest) = word.strip_prefix("{C") {
        return !rest.starts_with("you") && !rest.starts_with("other");
    }
    if word.starts_with("{U") {
        return true;
    }
    // "Grant" alone is a person, "Grant's" or "Grant & Sons" is not.
    if is_known_first_name(word) && !word.contains([' ', '\'', '&']) {
        return false;
    }
    let first = first_word_lowered(word);
    // "First Prairie Credit Union", "Hope Builders", "Elder Law".
    has_organisation_word(word)
        || !has_title(word)
            && match PLACES.contains(&first.as_str()) {
                true => !is_place(word, &first),
                false => NOT_NAMES.binary_search(&first.as_str()).is_err(),
            }
}

/// "Great Clips", "Open Door": several words with capitals, where a firm's name is expected.
pub fn is_common_words_with_capitals(word: &str) -> bool {
    let first = first_word_lowered(word);
    word.contains(' ')
        && word.split(' ').all(|part| part.starts_with(|letter: char| letter.is_ascii_uppercase()))
        && !is_department(word)
        && !has_title(word)
        && !PLACES.contains(&first.as_str())
        && !WEEKDAYS.contains(&first.as_str())
}

/// "Boston", "Portland Oregon", "New York"; not "Portland General" or "New York Life".
fn is_place(word: &str, first: &str) -> bool {
    /// That no place is called by alone.
    const OPENINGS: [&str; 3] = ["new", "los", "san"];
    let is_of_place = |part: &str| {
        PLACES.contains(&part.to_ascii_lowercase().as_str())
            || part.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let n_of_name = if OPENINGS.contains(&first) { 2 } else { 1 };
    word.split(' ').skip(n_of_name).all(is_of_place)
}

/// Could this be a person's name? Placeholders for one are.
pub fn is_name(word: &str) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    let first = first_word_lowered(word);
    NOT_NAMES.binary_search(&first.as_str()).is_err() && !has_organisation_word(word) && !is_department(word)
}

/// A name after "this is": one unknown word may as well be a firm, and is when nobody says "I".
pub fn is_person(word: &str, first_person: bool) -> bool {
    if word.starts_with("{P") {
        return true;
    }
    is_name(word) && (is_known_first_name(word) || has_title(word) || word.contains(' ') || first_person)
}

fn first_word_lowered(word: &str) -> String {
    word.split([' ', '\'']).next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

/// Where the name begins in "attorney Glenn Sadler".
pub fn after_title(text: &str, start: usize) -> usize {
    let length = text[start..].bytes().take_while(u8::is_ascii_lowercase).count();
    let title = &text[start..start + length];
    let rest = &text[start + length..];
    let n_between = if rest.starts_with(". ") { 2 } else { 1 };
    let is_title = TITLES.binary_search(&title).is_ok() && rest.starts_with([' ', '.']);
    if is_title && rest[n_between - 1..].starts_with(' ') { start + length + n_between } else { start }
}

pub fn has_title(word: &str) -> bool {
    word.contains(' ') && TITLES.binary_search(&first_word_lowered(word).as_str()).is_ok()
}

/// One of those that the US census of 1990 counted (in the public domain) or that are common in other languages, but for those
/// that are English words as often.
pub fn is_known_first_name(word: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("first_names.txt").split_whitespace().collect());
    NAMES.binary_search(&first_word_lowered(word).as_str()).is_ok()
}

pub fn has_organisation_word(word: &str) -> bool {
    if let Some((first, last)) = word.split_once(' ') {
        // "Mr. Law", "Mrs. Mills".
        let is_title = ["Mr", "Mrs", "Ms", "Miss", "Dr"].contains(&first.trim_end_matches('.'));
        // "Rob Church"; but "Grace Church".
        let is_surname = || SURNAMES.iter().any(|surname| last.eq_ignore_ascii_case(surname));
        if is_title || first != "Grace" && is_surname() && is_known_first_name(first) {
            return false;
        }
    }
    word.split(' ').skip(1).chain(std::iter::once(word.rsplit(' ').next().unwrap_or_default())).any(|part| {
        let part = part.trim_end_matches(['.', ',']).to_ascii_lowercase();
        ORGANISATION_WORDS.binary_search(&part.as_str()).is_ok()
    })
}

/// "Support", "Customer Service": a desk, neither a person nor a company.
pub fn is_department(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let rests = DEPARTMENTS.iter().filter_map(|department| lower.strip_prefix(department));
    rests.into_iter().any(|rest| rest.is_empty() || rest.starts_with(' '))
}

const TITLES: &[&str] = &[
    "agent", "attorney", "aunt", "auntie", "bishop", "brother", "captain", "chaplain", "chief", "coach",
    "constable", "councillor", "councilman", "councilwoman", "deacon", "deputy", "detective", "doctor", "dr",
    "elder", "father", "frau", "grandma", "grandpa", "herr", "inspector", "judge", "lieutenant", "madam",
    "madame", "mayor", "miss", "monsieur", "mr", "mrs", "ms", "nurse", "officer", "pastor", "principal",
    "prof", "professor", "rabbi", "representative", "rev", "reverend", "senator", "senor", "senora",
    "sergeant", "sheriff", "signor", "signora", "sir", "sister", "trooper", "uncle",
];

const DEPARTMENTS: &[&str] = &[
    "support", "customer service", "customer support", "customer care", "tech support", "technical support",
    "sales", "billing", "accounts", "reception", "front desk", "dispatch", "shipping", "scheduling",
    "service", "security", "maintenance", "human resources", "member services",
];

/// Capitalised words after a cue that are no name.
const NOT_NAMES: &[&str] = &[
    "a", "about", "after", "afternoon", "again", "all", "also", "am", "an", "and", "any", "are", "as",
    "asap", "at", "back", "be", "because", "bring", "but", "buy", "by", "bye", "call", "calling", "check",
    "click", "come", "could", "dear", "dial", "did", "do", "don't", "each", "email", "enjoy", "evening",
    "ever", "every", "everyone", "excited", "feel", "first", "folks", "for", "free", "friday", "from", "get",
    "give", "glad", "go", "good", "grab", "great", "happy", "have", "he", "hello", "her", "here", "here's",
    "hey", "hi", "his", "hope", "hoping", "how", "howdy", "i", "i'd", "i'll", "i'm", "i've", "if", "in",
    "is", "it", "its", "join", "just", "keep", "last", "learn", "leave", "let", "let's", "listen", "look",
    "looking", "make", "many", "mate", "maybe", "me", "meet", "monday", "more", "morning", "most", "much",
    "my", "need", "new", "next", "no", "nobody", "not", "nothing", "now", "of", "ok", "okay", "on", "once",
    "only", "open", "or", "other", "our", "over", "pay", "please", "pm", "quick", "read", "ready", "really",
    "regarding", "remember", "returning", "ring", "ringing", "saturday", "save", "see", "send", "she",
    "show", "sign", "since", "so", "some", "sorry", "sounds", "start", "stay", "still", "stop", "such",
    "sunday", "sure", "take", "talk", "tell", "text", "than", "thank", "thanks", "that", "that's", "the",
    "their", "them", "there", "these", "they", "this", "those", "though", "thursday", "to", "today",
    "together", "tomorrow", "tonight", "too", "try", "tuesday", "turn", "tv", "two", "under", "until", "up",
    "urgent", "us", "usa", "use", "very", "visit", "vote", "wait", "wanted", "was", "we", "we'll", "we're",
    "we've", "wednesday", "well", "were", "what", "when", "while", "who", "will", "wish", "with", "within",
    "without", "won't", "wow", "yes", "you", "you'll", "you're", "you've", "your", "yours",
];

const ORGANISATION_WORDS: &[&str] = &[
    "abbey", "academy", "accountants", "accounting", "actuaries", "adjusters", "advertising", "advisers",
    "advisors", "advisory", "advocates", "aerials", "aerospace", "agency", "agents", "airlines", "airport",
    "airways", "alarms", "alliance", "analytics", "animal", "annuities", "antiques", "apartments",
    "appliance", "appliances", "appraisers", "aquarium", "arborists", "architects", "archive", "archives",
    "arts", "assembly", "associates", "association", "assurance", "athletic", "athletics", "attorneys",
    "auction", "auctioneers", "auctions", "audiology", "auto", "automotive", "aviation", "awnings",
    "bakehouse", "bakers", "bakery", "bakeshop", "ballet", "bank", "banking", "baptist", "barbers",
    "barristers", "bathrooms", "beekeepers", "benefit", "bikes", "biosciences", "biotech", "bistro",
    "blacksmiths", "blinds", "boathouse", "boats", "boatworks", "boatyard", "bookkeepers", "bookkeeping",
    "books", "bookshop", "bookstore", "borough", "boutique", "brasserie", "brewery", "brewhouse", "brewing",
    "bricklayers", "broadband", "broadcasting", "brokerage", "brokers", "bros", "brothers", "builder",
    "builders", "building", "bureau", "business", "butchers", "buyers", "cabinets", "cabs", "cafe",
    "campaign", "candles", "cantina", "capital", "cardiology", "care", "carpenters", "carpentry", "carpet",
    "carpets", "caterer", "caterers", "catering", "cathedral", "catholic", "center", "centre", "ceramics",
    "chambers", "chapel", "charity", "charters", "chemicals", "chemist", "chemists", "childcare", "chimney",
    "chimneys", "chiropractic", "chiropractors", "chocolates", "choir", "church", "cleaners", "cleaning",
    "clinic", "clinics", "clothing", "club", "co", "co-op", "coaches", "coaching", "coalition",
    "collections", "collective", "college", "collision", "commission", "committee", "communications",
    "community", "company", "computers", "concrete", "condominium", "condominiums", "confectioners",
    "conservatories", "constabulary", "construction", "consultants", "consulting", "contracting",
    "contractors", "convent", "conveyancing", "coop", "cooperative", "copiers", "corp", "corporation",
    "council", "counseling", "counselling", "county", "couriers", "crafts", "creamery", "creche", "credit",
    "cricket", "crm", "cruises", "cycles", "dairy", "data", "daughters", "daycare", "dealers", "dealership",
    "decorators", "defence", "defense", "deli", "delivery", "dental", "dentistry", "dentists", "dentures",
    "department", "dermatology", "design", "designers", "designs", "diagnostics", "diamonds", "digital",
    "diner", "diocese", "dispensary", "distillery", "distribution", "distributors", "district", "drainage",
    "drains", "drug", "drugs", "drywall", "electric", "electrical", "electricals", "electricians",
    "electronics", "elementary", "energy", "enforcement", "engineering", "enterprises", "equine",
    "equipment", "equity", "escrow", "estate", "estates", "events", "exchange", "exports", "eyecare",
    "fabrication", "fabrics", "farm", "farms", "federation", "feed", "fellowship", "fencing", "ferries",
    "fertility", "fiber", "fibre", "films", "finance", "financial", "firm", "fitness", "flats", "flooring",
    "florist", "florists", "foods", "forge", "foundation", "foundry", "framers", "framing", "freight",
    "freightways", "fuels", "funeral", "funerals", "furnishings", "furniture", "gallery", "garage",
    "gardeners", "gardens", "gas", "gastroenterology", "gastropub", "gems", "genomics", "geothermal",
    "glass", "glazing", "global", "gold", "goldsmith", "goldsmiths", "golf", "graphics", "grill", "grocery",
    "group", "growers", "growth", "guild", "gutters", "gym", "hardware", "haulage", "health", "healthcare",
    "heating", "hire", "holdings", "holidays", "homeowners", "homes", "horticulture", "hospice", "hospital",
    "hospitals", "hosting", "hotel", "hotels", "house", "housing", "hvac", "imaging", "implants",
    "implement", "implements", "imports", "inc", "industrial", "industries", "infirmary", "infotech", "inn",
    "institute", "instruments", "insurance", "interiors", "international", "investigations", "investment",
    "investments", "investors", "irrigation", "jewelers", "jewellers", "jewellery", "jewelry", "joinery",
    "kennels", "kitchens", "kiwanis", "knitwear", "lab", "laboratory", "labs", "landscapes", "landscaping",
    "laundry", "law", "league", "leasing", "leather", "legal", "lending", "lettings", "library", "lighting",
    "limousine", "llc", "llp", "loans", "locks", "locksmith", "locksmiths", "lofts", "logistics", "ltd",
    "lumber", "lutheran", "machinery", "magistrates", "management", "manufacturing", "maps", "marina",
    "marine", "market", "marketing", "markets", "mart", "masonry", "massage", "media", "mediation",
    "medical", "metals", "methodist", "microsystems", "mills", "ministries", "ministry", "mission",
    "mobility", "monastery", "mortgage", "mosque", "motel", "motors", "movers", "moving", "municipal",
    "museum", "mutual", "nannies", "network", "networks", "neurology", "news", "notaries", "nurseries",
    "nursery", "observatory", "office", "ombudsman", "oncology", "ophthalmology", "optical", "optician",
    "opticians", "optics", "optometrists", "optometry", "orchard", "orchards", "orchestra", "orthodontics",
    "orthodontist", "orthopaedics", "orthopedics", "osteria", "outdoors", "outfitters", "packaging",
    "paddocks", "paediatrics", "painting", "pantry", "parish", "parks", "parlour", "partners", "patisserie",
    "paving", "pawn", "payments", "payroll", "pediatrics", "pensions", "personnel", "pest", "petcare",
    "pets", "pharma", "pharmacy", "photo", "photography", "physio", "physiotherapy", "pictures", "pilates",
    "pizza", "pizzeria", "planetarium", "plasterers", "plastering", "plastics", "plc", "plumbers",
    "plumbing", "podiatry", "police", "polyclinic", "pool", "pools", "posters", "potters", "pottery",
    "power", "practice", "presbyterian", "preschool", "press", "primary", "printers", "printing", "priory",
    "productions", "products", "propane", "properties", "property", "psychiatry", "psychology", "pta",
    "ptsa", "quarry", "radio", "radiology", "railway", "railways", "ramblers", "realty", "records",
    "recoveries", "recovery", "recruiting", "recruitment", "recycling", "regiment", "rehab", "removalists",
    "removals", "renewables", "rental", "rentals", "repair", "repairs", "rescue", "residences", "resort",
    "resources", "restaurant", "riding", "rigging", "ristorante", "roasters", "robotics", "roofers",
    "roofing", "rotary", "rowing", "rugby", "sailing", "salads", "salon", "salvage", "sanctuary",
    "sanitation", "savings", "sawmill", "scaffolding", "school", "schools", "sciences", "scientific",
    "scouts", "seafood", "secondary", "security", "semiconductors", "seminary", "seniors", "septic",
    "services", "shelter", "shop", "siding", "signs", "society", "software", "solar", "solicitors",
    "solutions", "sons", "spa", "spas", "stables", "staffing", "station", "stationers", "steakhouse",
    "steel", "storage", "store", "stores", "strategies", "studio", "studios", "suites", "supplies", "supply",
    "surety", "surgeons", "surgery", "surveyors", "surveys", "swimming", "synagogue", "systems",
    "tabernacle", "tailors", "talent", "taqueria", "tavern", "tax", "taxi", "taxis", "tech", "technologies",
    "technology", "telecom", "telematics", "telephone", "television", "temple", "textiles", "theater",
    "theatre", "theatres", "therapy", "tile", "tiles", "timber", "tires", "title", "tools", "tours",
    "towers", "towing", "township", "toys", "tractors", "traders", "trading", "transit", "translations",
    "transmission", "transport", "trattoria", "travel", "tribunal", "trucking", "trust", "tuition",
    "tutoring", "tutors", "tyres", "underwriters", "uniforms", "union", "unions", "university",
    "upholsterer", "upholsterers", "upholstery", "urology", "utilities", "valuers", "ventures", "vet",
    "veterinarians", "veterinary", "vets", "vineyard", "vineyards", "warehouse", "warranty", "waste",
    "water", "wealth", "weavers", "weddings", "welding", "wellness", "wholesale", "windows", "winery",
    "wines", "wireless", "workshop", "yoga", "zoo",
];

/// Words of firms that are surnames as well: "Jane Mills" is a person, "Cedar Mills" is not.
const SURNAMES: &[&str] = &[
    "abbey", "books", "chambers", "church", "farm", "forge", "glass", "gold", "house", "law", "marina",
    "mills", "parish", "parks", "power", "priory", "steel", "temple", "water",
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
            ("Hope Builders", false, true),
            ("Hope", false, false),
            ("Dr. Lim", true, false),
            ("{Cyou}", false, false),
            ("{C}", false, true),
        ] {
            assert_eq!((is_person(word, false), is_organisation(word)), (person, organisation), "{word}");
        }
        assert!(is_person("Jane Mills", false) && !is_person("Cedar Mills", false));
        assert!(
            is_department("Support") && is_department("customer service") && !is_department("Supporters")
        );
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(TITLES.is_sorted());
        assert!(NOT_NAMES.is_sorted());
        assert!(ORGANISATION_WORDS.is_sorted());
        assert!(include_str!("first_names.txt").split_whitespace().is_sorted());
    }
}
