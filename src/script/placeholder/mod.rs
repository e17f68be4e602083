//! What a placeholder stands for: `[Your Number]` is a callback number, `{{client_name}}` the listener.

mod vocabulary;

use vocabulary::{
    CALLER, CALLERS, COMPANY, DATE, EMAIL, FILLABLE, LISTENER, MONEY, OTHERS, PEOPLE_OF_COMPANIES, PERSON,
    PERSON_HERE, PHONE, PLACE, THINGS, URL, WORKPLACE,
};

use crate::finding::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// As written, without the brackets.
    pub name: String,
    /// With the brackets.
    pub span: Span,
    pub style: Style,
    pub role: Role,
    pub owner: Owner,
}

/// How it is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    DoubleBrace,
    Brace,
    DoubleBracket,
    Bracket,
    Angle,
    DoubleAngle,
    Parenthesis,
    Percent,
    Dollar,
    Blank,
    Php,
    Erb,
    /// `*|FNAME|*`, as in Mailchimp.
    Piped,
    /// `##NAME##`.
    DoubleHash,
    /// `#{name}`, as in Ruby.
    HashBrace,
    /// YOUR NAME, without any bracket.
    Capitals,
    /// `%%NAME%%`.
    DoublePercent,
    /// `#NAME#`.
    Hash,
    /// `~NAME~`.
    Tilde,
    /// `|NAME|`.
    Pipe,
    /// `--name--`.
    DoubleHyphen,
    /// `:first_name`, as in SQL.
    Colon,
    /// `first_name`, without any bracket.
    Variable,
    /// `«FirstName»`, as in Word.
    Guillemets,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Person,
    Company,
    Phone,
    Email,
    Url,
    Date,
    Money,
    Location,
    /// Anything else: a piece, a topic, a result.
    Thing,
}

/// Whose it is, as far as its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Caller,
    Listener,
    /// A referrer, a patient, a competitor.
    Other,
    Unsaid,
}

impl Placeholder {
    /// The name of the value that fills it: `{{ name | upper }}` is filled from `name`.
    pub fn field(&self) -> &str {
        self.name.split('|').next().unwrap_or_default().trim()
    }

    /// The token that stands for it in the plain text: `{P}`, `{Pme}`, `{Nyou}` …
    pub fn token(&self) -> String {
        let role = match self.role {
            Role::Person => 'P',
            Role::Company => 'C',
            Role::Phone => 'N',
            Role::Email => 'E',
            Role::Url => 'U',
            Role::Date => 'D',
            Role::Money => 'M',
            Role::Location => 'L',
            Role::Thing => 'X',
        };
        let owner = match self.owner {
            Owner::Caller => "me",
            Owner::Listener => "you",
            Owner::Other => "other",
            Owner::Unsaid => "",
        };
        format!("{{{role}{owner}}}")
    }
}

/// As many as a number without its area code has digits: "xxx-xxxx".
const LEAST_MASKED: usize = 7;

/// Reads the name, and the words around it where the name says too little. `before` is plain text, `after` as it is written.
pub fn understand(name: &str, style: Style, span: Span, before: &str, after: &str) -> Placeholder {
    // "\\[First\\_name\\]": escaped as Google Docs writes Markdown.
    let name = &name.replace('\\', "");
    let words = words(name);
    let is_of_call = |word: &String| ["call", "back", "direct"].contains(&word.as_str());
    let is_number_sign = words.len() <= 1 || words.iter().all(is_of_call);
    let is_mask = words.is_empty() && name.contains(['-', '.', ' ']) && name.contains(['_', '#'])
        || name.contains('#') && is_number_sign && !number_of_something_else(before)
        || LEAST_MASKED <= name.bytes().filter(|byte| matches!(byte, b'x' | b'X')).count()
            && !name.contains(|letter: char| letter.is_alphanumeric() && !matches!(letter, 'x' | 'X'));
    let (role, owner) = if is_mask {
        (Role::Phone, Owner::Unsaid)
    } else if words.is_empty() {
        (from_context(before), Owner::Unsaid)
    } else {
        match named(&words, before) {
            (Role::Thing, owner) if introduces_itself(before, after) => (Role::Person, owner),
            (Role::Thing, owner) => (from_ask(before), owner),
            (Role::Company, _) if is_desk(&words) && from_ask(before) == Role::Phone => {
                (Role::Phone, Owner::Unsaid)
            }
            // "This is {{doctor_name}} at", "this is {{provider}} from".
            (Role::Person, Owner::Other) if is_introduced(before, after) => (Role::Person, Owner::Caller),
            (Role::Company, _) if is_introduced(before, after) && is_of_another(&words, after) => {
                (Role::Person, Owner::Caller)
            }
            named => named,
        }
    };
    // Sales systems call the caller a contact's owner.
    let owner = if name.trim().starts_with("owner.") { Owner::Caller } else { owner };
    Placeholder { name: name.trim().to_owned(), span, style, role, owner }
}

/// The name is that of a person, a company or a telephone, whatever stands around it.
pub fn is_of_somebody(name: &str) -> bool {
    matches!(named(&words(name), "").0, Role::Person | Role::Company | Role::Phone)
}

/// `(insert name)`, `(your number)`, `(day/date)`: a parenthesis that is a placeholder and not an aside.
pub fn is_named_in_parenthesis(content: &str) -> bool {
    let words = words(content);
    let Some(first) = words.first() else { return false };
    if matches!(first.as_str(), "insert" | "enter" | "fill" | "add" | "your") {
        return words.len() <= 6;
    }
    let lists = [FILLABLE, PERSON, COMPANY, CALLER, LISTENER];
    let is_fillable = |word: &String| lists.iter().any(|list| list.contains(&word.as_str()));
    let is_line = words.len() > 1 && words.ends_with(&["line".to_owned()]);
    words.len() <= 3 && (is_line || words.iter().all(is_fillable))
}

/// `YOUR NAME`, `AGENT CELL`: words in capitals, of roles alone, that end in what is filled in.
pub fn is_named_in_capitals(phrase: &str) -> bool {
    const LAST: [&str; 11] = [
        "LINE", "NAME", "NUMBER", "PHONE", "CELL", "MOBILE", "COMPANY", "AGENCY", "FIRM", "BUSINESS",
        "FIRSTNAME",
    ];
    const LONGEST: usize = 40;
    const ALONE: [&str; 6] = ["NAME", "FIRSTNAME", "LASTNAME", "COMPANY", "PROSPECT", "RECIPIENT"];
    let is_role = |word: &str| {
        let word = word.to_ascii_lowercase();
        let lists = [FILLABLE, PERSON, COMPANY, PHONE, CALLER, LISTENER, &["target", "back", "direct"]];
        lists.iter().any(|list| list.contains(&word.as_str()))
    };
    match phrase.rsplit_once(' ') {
        Some((rest, last)) => phrase.len() <= LONGEST && LAST.contains(&last) && rest.split(' ').all(is_role),
        None => ALONE.contains(&phrase),
    }
}

/// `first_name`, `repTel`: an identifier of code, of which a word says what is filled in.
pub fn is_named_in_code(identifier: &str) -> bool {
    /// Of the lists, but as often in other words.
    const TOO_PLAIN: [&str; 12] =
        ["you", "me", "my", "our", "your", "own", "e", "no", "mr", "mrs", "ms", "co"];
    let lists = [PERSON, COMPANY, PHONE, FILLABLE];
    let mut words = words(identifier);
    words.retain(|word| !TOO_PLAIN.contains(&word.as_str()));
    let says = |word: &String| lists.iter().any(|list| list.contains(&word.as_str()));
    words.iter().any(says) || named(&words, "").0 != Role::Thing
}

fn named(words: &[String], before: &str) -> (Role, Owner) {
    let has = |list: &[&str]| has_any(words, list);
    // "Hi {caller_name}": who rang before, and now is rung.
    let owner = match owner(words) {
        Owner::Caller if is_greeted(before) && has(CALLERS) => Owner::Listener,
        owner => owner,
    };
    match () {
        () if has(EMAIL) && !has(&["subject"]) => (Role::Email, owner),
        () if is_line(words, before) => (Role::Phone, owner),
        () if has(URL) => (Role::Url, owner),
        () if has(DATE) => (Role::Date, Owner::Unsaid),
        () if has(MONEY) => (Role::Money, Owner::Unsaid),
        () if words.len() > 1 && ends_with(words, PEOPLE_OF_COMPANIES) => (Role::Person, owner),
        () if has(COMPANY) && !has(&["type", "size", "problem", "goal"]) || is_workplace(words, before) => {
            (Role::Company, company_owner(words, owner))
        }
        () if has(PLACE) => (Role::Location, owner),
        () => somebody_or_something(words, before, owner),
    }
}

fn has_any(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

fn ends_with(words: &[String], list: &[&str]) -> bool {
    words.last().is_some_and(|last| list.contains(&last.as_str()))
}

/// Something to dial.
fn is_line(words: &[String], before: &str) -> bool {
    let has = |list: &[&str]| has_any(words, list);
    let ends = |last: &str| words.len() > 1 && ends_with(words, &[last]);
    let is_line =
        ends("line") && !has(&["product", "subject", "business", "tag", "address"]) || ends("direct");
    let is_number = has(&["number", "num", "no", "numbers"])
        && (is_called(before) || !has(THINGS) && !number_of_something_else(before));
    let is_line = is_line
        || words.len() == 1 && has(&["line"]) && [" at ", " on "].iter().any(|of| before.ends_with(of));
    // Direct inward dialling.
    let is_direct = words.len() == 1 && has(&["did"]);
    is_line || is_direct || has(PHONE) || is_number
}

/// "Kim at [Property Name]": the place that somebody calls from.
fn is_workplace(words: &[String], before: &str) -> bool {
    words.len() <= 2
        && has_any(words, WORKPLACE)
        && (from_place(before) == Role::Company || is_said_of_caller(before))
}

/// What is left once its words say nothing else.
fn somebody_or_something(words: &[String], before: &str, owner: Owner) -> (Role, Owner) {
    let has = |list: &[&str]| has_any(words, list);
    let names_somebody = has(&["name"]);
    if has(THINGS) && names_somebody && (is_greeted(before) || before.ends_with("message for ")) {
        return (Role::Person, Owner::Listener);
    }
    let is_about_work = has(&["title", "industry", "industries", "role", "position"]) && !names_somebody;
    // "Ana from {product}": what is sold stands for who sells it.
    let sells = || has(&["product"]) && words.len() == 1 && from_place(before) == Role::Company;
    if is_about_work || has(&["pain"]) || has(THINGS) {
        return (if sells() { Role::Company } else { Role::Thing }, owner);
    }
    let is_person = has(PERSON) || has(PERSON_HERE);
    if is_person { (Role::Person, owner) } else { (from_place(before), owner) }
}

/// "Hi [name]": a greeting stands right before it.
fn is_greeted(before: &str) -> bool {
    let start = before.floor_char_boundary(before.len().saturating_sub(16));
    let before = before[start..].to_ascii_lowercase();
    ["hi ", "hello ", "hey ", "hiya ", "dear ", "morning ", "afternoon ", "evening "]
        .iter()
        .any(|greeting| before.ends_with(greeting))
}

/// "This is Kim at": a place that the caller speaks from.
fn is_said_of_caller(before: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let near = before[before.floor_char_boundary(before.len().saturating_sub(50))..].trim_end();
    let Some(name) = [" at", " with", " from"].iter().find_map(|of| near.strip_suffix(of)) else {
        return false;
    };
    ["this is ", "This is ", "it's ", "It's ", "name is ", "I'm "].iter().any(|cue| {
        name.rsplit_once(cue).is_some_and(|(_, name)| {
            name.starts_with(|first: char| first.is_uppercase() || first == '{')
                && name.split(' ').count() <= MOST_WORDS
        })
    })
}

/// "Call {tracking_number}": what is dialled.
fn is_called(before: &str) -> bool {
    let before = before.trim_end().to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
    // "Call the service desk at (service number)".
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
    let says_to_call =
        ["call ", "ring ", "phone ", "dial "].iter().any(|verb| sentence.trim_start().starts_with(verb));
    says_to_call && ends(&[" at", " on"])
        || ends(&[
            " call", " ring", " dial", " phone", " text", "call us on", "call us at", "call me on",
            "call me at", "line on", "line at", "again", "again,", "that's", "that is",
        ])
}

/// What an unknown name stands for in "call me by {{cutoff}} at {{3}}".
fn from_ask(before: &str) -> Role {
    let before = before.to_ascii_lowercase();
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
    let asks = ["call ", "ring ", "phone ", "text ", "reach "].iter().any(|verb| sentence.contains(verb));
    let ends = |endings: &[&str]| endings.iter().any(|ending| sentence.ends_with(ending));
    match () {
        () if asks && ends(&[" by "]) || ends(&[" before ", " until ", " till "]) => Role::Date,
        () if asks
            && ends(&["me at ", "us at ", "me on ", "us on ", "} at ", "} on ", "day at ", "day on "]) =>
        {
            Role::Phone
        }
        () if ends(&["that's ", "again, ", "that is "]) && before.contains("{n}") => Role::Phone,
        () => Role::Thing,
    }
}

/// What a placeholder of an unknown name is, from where it stands: first of all or after a greeting, somebody.
fn from_place(before: &str) -> Role {
    let before = before.trim_end_matches([' ', '\n', ',']).to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
    let is_greeting = ["hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening"];
    if is_greeting.contains(&before.as_str()) || ends(&["my name is", "it's", "this is"]) {
        return Role::Person;
    }
    match ends(&["with", "from", "behalf of", "here at", "} at", "} of"]) && introduces(&before) {
        true => Role::Company,
        false => Role::Thing,
    }
}

/// "[Canvasser] from Open Paddock", "it's [who] calling": what only a caller says of themselves stands around it.
fn introduces_itself(before: &str, after: &str) -> bool {
    const AFTER: [&str; 12] = [
        " here", " calling", ", calling", " speaking", " from ", ", from ", " with ", ", with ",
        " again from ", " again with ", " over at ", " ringing",
    ];
    let before = before.trim_end_matches([' ', '"']).to_ascii_lowercase();
    let opens = before.is_empty()
        || before.ends_with(['.', '!', '?', ',', '\n', '}'])
        || ["hi", "hello", "hey", "this is", "it's", "i'm", "name is", "name's"]
            .iter()
            .any(|cue| before.ends_with(cue));
    opens && AFTER.iter().any(|cue| after.starts_with(cue))
}

fn owner(words: &[String]) -> Owner {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    // "r.first" is the recruiter's.
    let is_first_name_alone = has(&["first", "firstname"])
        && words.iter().all(|word| ["first", "firstname", "name"].contains(&word.as_str()));
    match () {
        () if has(OTHERS) => Owner::Other,
        () if has(CALLER) => Owner::Caller,
        () if has(LISTENER) || is_first_name_alone => Owner::Listener,
        () => Owner::Unsaid,
    }
}

/// "[Contact's company]" is theirs, "[similar company]" a third party's, "[sender_last_company]" one the caller left.
fn company_owner(words: &[String], owner: Owner) -> Owner {
    match owner {
        Owner::Caller if words.iter().any(|word| matches!(word.as_str(), "last" | "former" | "previous")) => {
            Owner::Other
        }
        owner => owner,
    }
}

/// "invoice number [number]": the number before it belongs to something else.
fn number_of_something_else(before: &str) -> bool {
    let before = before.trim_end().to_ascii_lowercase();
    let mut words = before.rsplit([' ', '\n']).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default();
    let noun = if matches!(last, "number" | "no." | "no" | "#" | "is") {
        words.next().unwrap_or_default()
    } else {
        last
    };
    THINGS.contains(&noun)
}

/// What an empty blank stands for, from the words that lead up to it.
fn from_context(before: &str) -> Role {
    let before = before.trim_end_matches([' ', ':', '\n', '-']).to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
    if before.ends_with("} of") && introduces(&before) {
        return Role::Company;
    }
    let is_first_or_after_name = before.is_empty() || ends(&["{p},", "{p}."]);
    if is_first_or_after_name
        || ends(&[
            "name is", "name's", "this is", "hi", "hello", "it's", "i'm", "dear", "for", " mr.", " mrs.",
            " ms.", " dr.",
        ])
    {
        return Role::Person;
    }
    if ends(&["with", "from", "behalf of", "here at"])
        && !ends(&["problems connected with"])
        && introduces(&before)
    {
        return Role::Company;
    }
    if ends(&[
        "email is", "e-mail is", "email address is", "e-mail address is", "email me at", "e-mail me at",
        "by email at", "by e-mail at", "via email at", "via e-mail at",
    ]) {
        return Role::Email;
    }
    if ends(&[
        "number", "number is", "number's", "call me at", "call us at", "reach me at", "reach us at", "me on",
        "us on", "back at", "back on", "reached at", "phone", "me at", "us at", "again is", "that's",
        "call me", "call us", "a call on", "a call at", "a ring on", "a ring at", "please call",
        "please ring", "you call", "you ring", "you phone", "we're on", "i'm on", ", at", ", on", " call",
        " ring", " dial", "answer on", "reply on", "word on", "message on", "leave it on", "that was",
        "again", "again,", "once more,", "one more time,",
    ]) {
        return Role::Phone;
    }
    // "Call me by Friday at ____"; "call me Friday at ____" is a time.
    let is_call_by = ends(&[" at", " on"])
        && ["call me by ", "call us by ", "call me before ", "call us before "]
            .iter()
            .any(|cue| before[before.floor_char_boundary(before.len().saturating_sub(35))..].contains(cue));
    if is_call_by {
        return Role::Phone;
    }
    if ends(&["live in", "live at", "located in", "located at"]) {
        return Role::Location;
    }
    if ends(&["time to get me is", "time to reach me is", "by", "until", "before", "between", "on"]) {
        return Role::Date;
    }
    Role::Thing
}

/// "I'm with ____", "____ from ____": a name or "I am" stands shortly before.
fn introduces(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(30))..];
    ["i'm", "i am", "calling", "{p", "name is", "this is", "here"].iter().any(|cue| near.contains(cue))
}

/// "This is {{…}} from": somebody who calls, and from where.
fn is_introduced(before: &str, after: &str) -> bool {
    let before = before.trim_end().to_ascii_lowercase();
    ["this is", "my name is", "it's", "i'm"].iter().any(|cue| before.ends_with(cue))
        && [" from ", " at ", " with ", ", from ", ", at ", ", with "]
            .iter()
            .any(|cue| after.starts_with(cue))
}

/// "{{office.name}} from {{school.name}}": of two firms the first is somebody's name, and a provider is a person.
fn is_of_another(words: &[String], after: &str) -> bool {
    let from = after.strip_prefix(" from ").or_else(|| after.strip_prefix(" at "));
    has_any(words, &["provider"]) || from.is_some_and(|firm| firm.starts_with(['{', '[', '<', '%', '$']))
}

/// "Call me at {{office}}": a place that has a telephone.
fn is_desk(words: &[String]) -> bool {
    const DESKS: [&str; 6] = ["office", "branch", "main", "store", "shop", "clinic"];
    words.iter().all(|word| DESKS.contains(&word.as_str()))
}

/// Lower-case words of a name, whatever its style: `contact.firstName`, `SENDER_NAME`, `Mutual connection`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for character in name.chars() {
        let starts_word = character.is_uppercase() && previous.is_lowercase();
        if !character.is_alphanumeric() {
            if matches!(words.last(), Some(word) if !word.is_empty()) && character != '\'' && character != '’'
            {
                words.push(String::new());
            }
        } else {
            if starts_word || words.is_empty() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        previous = character;
    }
    for word in &mut words {
        // "phone2".
        let length = word.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        word.truncate(if length == 0 { word.len() } else { length });
    }
    words.retain(|word| !word.is_empty());
    words.into_iter().flat_map(unglued).collect()
}

/// `repname` and `csmphone`: what is filled in, run into whose it is.
fn unglued(word: String) -> Vec<String> {
    const LAST: [&str; 6] = ["name", "phone", "company", "number", "email", "cell"];
    let lists = [PERSON, PHONE, LISTENER];
    if !lists.iter().any(|list| list.contains(&word.as_str())) {
        for last in LAST {
            if let Some(whose) = word.strip_suffix(last).filter(|whose| !whose.is_empty()) {
                return vec![whose.to_owned(), last.to_owned()];
            }
        }
    }
    vec![word]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(name: &str, before: &str) -> String {
        understand(name, Style::Bracket, Span::default(), before, "").token()
    }

    #[test]
    fn a_placeholder_counts_as_what_it_stands_for() {
        for (name, expected) in [
            ("Your Number", "{Nme}"),
            ("callbackNumber", "{N}"),
            ("sender_phone_number", "{Nme}"),
            ("phone", "{N}"),
            ("xxx-xxx-xxxx", "{N}"),
            ("xxx", "{X}"),
            ("invoice number", "{X}"),
            ("drug name", "{X}"),
            ("bill number", "{X}"),
            ("First Name", "{Pyou}"),
            ("Your Name", "{Pme}"),
            ("client_name", "{Pyou}"),
            ("Name", "{P}"),
            ("volunteer.first_name", "{Pme}"),
            ("patient_name", "{Pother}"),
            ("Mutual connection", "{Pother}"),
            ("company", "{C}"),
            ("their company", "{Cyou}"),
            ("similar company", "{Cother}"),
            ("sender_last_company", "{Cother}"),
            ("BUSINESS NAME", "{C}"),
            ("sender_city", "{Lme}"),
            ("email", "{E}"),
            ("Date", "{D}"),
            ("specific challenge", "{X}"),
            ("piece", "{X}"),
            ("contact_industry", "{Xyou}"),
            ("lookupHelper(contact, 'name')", "{Pyou}"),
            ("owner.firstname", "{Pme}"),
            ("Owner's Name", "{P}"),
            ("TFN", "{N}"),
            ("repname", "{Pme}"),
            ("CSMPHONE", "{N}"),
            ("agent.line", "{Nme}"),
            ("CSM Direct", "{N}"),
            ("product line", "{X}"),
        ] {
            assert_eq!(token(name, ""), expected, "{name}");
        }
    }

    #[test]
    fn context_decides_where_the_name_says_too_little() {
        for (name, before, expected) in [
            ("insert number", "about invoice number ", "{X}"),
            ("insert number", "call me at ", "{N}"),
            ("", "My name is ", "{P}"),
            ("", "and I'm with ", "{C}"),
            ("", "Thank you. Once again, ", "{N}"),
            ("", "Please ring ", "{N}"),
            ("", "Hello, Mrs. ", "{P}"),
            ("", "", "{P}"),
            ("", "on the following number ", "{N}"),
            ("", "I live in ", "{L}"),
            ("", "problems connected with ", "{X}"),
        ] {
            assert_eq!(token(name, before), expected, "{before}[{name}]");
        }
    }

    #[test]
    fn what_follows_tells_the_caller() {
        let token =
            |name, before, after| understand(name, Style::Brace, Span::default(), before, after).token();
        assert_eq!(token("Greeter", "hello {P}. ", " from Open Paddock"), "{P}");
        assert_eq!(token("Greeter", "it's ", " calling about it"), "{P}");
        assert_eq!(token("piece", "we have the ", " from our shop"), "{X}");
        assert_eq!(token("piece", "", " is ready"), "{X}");
    }

    #[test]
    fn identifiers_are_placeholders_where_a_word_says_what_is_filled_in() {
        for (identifier, expected) in [
            ("candidate_name", true),
            ("REP_TEL", true),
            ("firstName", true),
            ("snake_case", false),
            ("my_own", false),
        ] {
            assert_eq!(is_named_in_code(identifier), expected, "{identifier}");
        }
    }

    #[test]
    fn asides_are_not_placeholders() {
        for (content, expected) in [
            ("insert name", true),
            ("day/date", true),
            ("time", true),
            ("staffers", false),
            ("it is great", false),
            ("404", false),
        ] {
            assert_eq!(is_named_in_parenthesis(content), expected, "{content}");
        }
    }
}
