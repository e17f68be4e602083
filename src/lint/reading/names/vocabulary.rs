//! Words that make a name one of a person, a firm, a desk or a place.

/// Before the name of a person, in small letters and sorted.
pub const TITLES: &[&str] = &[
    "agent", "attorney", "aunt", "auntie", "bishop", "brother", "captain", "chaplain", "chief", "coach",
    "constable", "councillor", "councilman", "councilwoman", "deacon", "deputy", "detective", "doctor", "dr",
    "elder", "father", "frau", "grandma", "grandpa", "herr", "inspector", "judge", "lieutenant", "madam",
    "madame", "mayor", "miss", "monsieur", "mr", "mrs", "ms", "nurse", "officer", "pastor", "principal",
    "prof", "professor", "rabbi", "representative", "rev", "reverend", "senator", "senor", "senora",
    "sergeant", "sheriff", "signor", "signora", "sir", "sister", "trooper", "uncle",
];

/// Desks of firms.
pub const DEPARTMENTS: &[&str] = &[
    "support", "customer service", "customer support", "customer care", "tech support", "technical support",
    "sales", "billing", "accounts", "reception", "front desk", "dispatch", "shipping", "scheduling",
    "service", "security", "maintenance", "human resources", "member services",
];

/// Capitalised words after a cue that are no name.
pub const NOT_NAMES: &[&str] = &[
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
    "sunday", "sure", "take", "talk", "tbd", "tell", "text", "than", "thank", "thanks", "that", "that's",
    "the", "their", "them", "there", "these", "they", "this", "those", "though", "thursday", "to", "today",
    "todo", "together", "tomorrow", "tonight", "too", "try", "tuesday", "turn", "tv", "two", "undefined",
    "under", "until", "up", "urgent", "us", "usa", "use", "very", "visit", "vote", "wait", "wanted", "was",
    "we", "we'll", "we're", "we've", "wednesday", "well", "were", "what", "when", "while", "who", "will",
    "wish", "with", "within", "without", "won't", "wow", "yes", "you", "you'll", "you're", "you've", "your",
    "yours",
];

/// Words of firms that are surnames as well: "Jane Mills" is a person, "Cedar Mills" is not.
pub const SURNAMES: &[&str] = &[
    "abbey", "books", "chambers", "church", "farm", "forge", "glass", "gold", "house", "law", "marina",
    "mills", "parish", "parks", "power", "priory", "steel", "temple", "water",
];

/// Where people call from that is no firm.
pub const PLACES: &[&str] = &[
    "alabama", "alaska", "amsterdam", "arizona", "arkansas", "atlanta", "austin", "baltimore", "berlin",
    "birmingham", "boston", "bristol", "brooklyn", "california", "canada", "charlotte", "chicago",
    "cleveland", "colorado", "columbus", "dallas", "denver", "detroit", "dublin", "edinburgh", "england",
    "florida", "georgia", "glasgow", "houston", "illinois", "indianapolis", "ireland", "leeds", "liverpool",
    "london", "los", "manchester", "memphis", "miami", "michigan", "minneapolis", "montreal", "nashville",
    "nevada", "new", "ohio", "oregon", "paris", "philadelphia", "phoenix", "pittsburgh", "portland", "reno",
    "sacramento", "san", "scotland", "seattle", "sydney", "tampa", "texas", "toronto", "utah", "vancouver",
    "virginia", "washington",
];

/// What a street is called.
pub const STREETS: [&str; 20] = [
    "Lane", "Street", "St", "Road", "Rd", "Avenue", "Ave", "Drive", "Close", "Court", "Crescent", "Terrace",
    "Way", "Place", "Gardens", "Grove", "Row", "Mews", "Boulevard", "Hill",
];

/// Before the name of two.
pub const COUPLES: [&str; 5] = ["Mr. and Mrs. ", "Mr and Mrs ", "Mr. & Mrs. ", "Mr & Mrs ", "Mrs and Mr "];

/// Between the first name and the last.
pub const PARTICLES: [&str; 6] = [" van ", " von ", " de ", " la ", " del ", " O'"];

/// Between the words of a firm's name, longest first.
pub const JOINTS: [&str; 6] = [" of the ", " of ", " and ", " the ", " & ", " - "];
