//! The words of which the names of placeholders are made.

/// What is filled in, whoever it is of.
pub const FILLABLE: &[&str] = &[
    "email", "mail", "e", "event", "problem", "full", "decision", "maker", "site", "website", "address",
    "link", "date", "day", "time", "number", "phone", "topic", "city", "title", "product", "service",
    "amount", "reason", "first", "last",
];
pub const PERSON: &[&str] = &[
    "name", "firstname", "lastname", "fullname", "first", "last", "fname", "lname", "contact", "person",
    "rep", "agent", "caller", "sender", "client", "customer", "prospect", "recipient", "patient", "guardian",
    "parent", "candidate", "donor", "member", "guest", "owner", "manager", "doctor", "connection",
    "referrer", "pastor", "maker", "homeowner", "tenant", "resident", "voter", "salesperson", "me", "you",
    "surname", "mr", "mrs", "ms", "alias", "alum", "attorney", "lawyer", "debtor", "jeweler", "jeweller",
    "nurse", "receptionist", "sdr", "seller", "staffer", "stylist", "teacher", "technician", "therapist",
    "ae", "applicant", "bdr", "borrower", "bride", "broker", "claimant", "coach", "coordinator", "counselor",
    "counsellor", "csm", "dentist", "dispatcher", "driver", "employee", "estimator", "friend", "groom",
    "host", "hygienist", "insured", "installer", "instructor", "neighbor", "neighbour", "officer",
    "organizer", "organiser", "pharmacist", "planner", "policyholder", "principal", "realtor", "scheduler",
    "secretary", "shopper", "student", "subscriber", "supervisor", "tech", "trainer", "vet", "mentor",
    "negotiator", "staff", "user", "canvasser", "assistant", "closer", "cand", "cust", "exec", "executive",
    "advocate", "adjuster", "vol", "forename", "nickname", "parishioner", "signer", "underwriter",
    "processor", "given", "mate", "buddy",
];
pub const COMPANY: &[&str] = &[
    "company", "business", "firm", "startup", "agency", "organization", "organisation", "org", "store",
    "shop", "clinic", "practice", "brand", "academy", "church", "school", "university", "office",
    "dealership", "department", "dept", "institution", "brokerage", "dealer", "vendor", "provider", "lender",
    "insurer", "branch", "parish", "nonprofit", "nonprofits", "hospital", "salon", "studio", "gym",
    "restaurant", "hotel", "bank", "team", "employer", "charity", "pharmacy", "distributor", "outfit", "co",
    "spa", "lab", "center", "centre", "council", "landlord", "carrier", "venue", "league", "bakery",
    "winery", "library", "museum", "theatre", "theater", "garage", "surgery", "utility", "club", "inn",
    "lodge", "resort", "cafe", "society", "association", "foundation", "trust", "institute", "camp",
    "marina", "msp", "shelter", "rescue", "merchant", "cu",
];
/// Who calls, but in a greeting.
pub const CALLERS: &[&str] = &["caller", "user", "volunteer", "associate"];
pub const EMAIL: &[&str] = &["email", "mail", "e"];
pub const URL: &[&str] = &["url", "website", "link", "site", "web", "webpage"];
pub const DATE: &[&str] = &[
    "date", "day", "time", "deadline", "month", "year", "week", "weekday", "hours", "when", "hour", "until",
    "cutoff",
];
pub const MONEY: &[&str] = &[
    "price", "amount", "cost", "balance", "fee", "dollar", "dollars", "salary", "rent", "total", "usd",
    "arrears",
];
/// Where somebody calls from, if it stands where a company would.
pub const WORKPLACE: &[&str] =
    &["account", "community", "facility", "location", "program", "project", "property", "workspace"];
pub const PLACE: &[&str] = &[
    "city", "town", "state", "suburb", "neighborhood", "neighbourhood", "area", "address", "region",
    "location", "county", "market", "country", "street",
];
/// Somebody where nothing else is meant; elsewhere as often other things.
pub const PERSON_HERE: &[&str] =
    &["associate", "buyer", "lead", "salesperson", "recruiter", "volunteer", "advisor", "adviser"];
/// At the end of a name it is somebody, whatever stands before: "business owner".
pub const PEOPLE_OF_COMPANIES: &[&str] =
    &["owner", "manager", "rep", "representative", "director", "contact", "officer", "member", "specialist"];
/// Words that make "name" or "number" something else's.
pub const THINGS: &[&str] = &[
    "invoice", "order", "account", "policy", "case", "claim", "ticket", "reference", "ref", "confirmation",
    "product", "item", "piece", "project", "event", "course", "program", "programme", "street", "pet",
    "model", "unit", "document", "article", "file", "property", "service", "campaign", "topic", "website",
    "domain", "plan", "tracking", "serial", "loan", "vehicle", "suite", "room", "table", "offer", "benefit",
    "occasion", "drug", "medication", "medicine", "prescription", "bill", "juror", "jury", "job", "zip",
];
pub const PHONE: &[&str] = &[
    "phone", "tel", "telephone", "mobile", "cell", "cellphone", "callback", "phonenumber", "extension",
    "hotline", "dial", "digits", "toll", "tollfree", "tfn", "ph", "sms", "mob", "telno", "landline",
    "callbackno", "ddi", "switchboard",
];
pub const CALLER: &[&str] = &[
    "your", "you", "my", "me", "our", "sender", "caller", "rep", "sdr", "staffer", "receptionist", "jeweler",
    "jeweller", "agent", "associate", "user", "salesperson", "advisor", "adviser", "consultant", "recruiter",
    "volunteer", "own", "staff",
];
pub const LISTENER: &[&str] = &[
    "client", "customer", "prospect", "recipient", "lead", "contact", "buyer", "donor", "member", "guest",
    "listener", "guardian", "candidate", "their", "maker", "homeowner", "tenant", "resident", "voter",
    "debtor", "alum", "seller",
];
pub const OTHERS: &[&str] = &[
    "referrer", "referral", "mutual", "connection", "patient", "pastor", "similar", "competitor", "partner",
    "spouse", "doctor", "previous", "former", "other",
];
