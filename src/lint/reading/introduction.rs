//! Who is calling, from where, and for whom.

use std::cell::LazyCell;
use std::ops::Range;

use super::names::{
    has_organisation_word, has_title, is_department, is_known_first_name, is_name, is_organisation,
    is_person, is_somebody, name_at, names, organisation_at, token_at,
};
use crate::lint::phrases::{
    AFTER_NAME, CLOSINGS, FROM_WHERE, GREETINGS, HERE, LOCAL_BODIES, MEANT_FOR, OF_ORGANISATION, ONCE_MORE,
    ORGANISATION_CALLS, ORGANISATION_LEADS, PhraseList, Phrases, SIGN_OFF, SOMEBODYS, THIS_IS, WHERE_SIGNED,
};
use crate::script::sentence;

/// Places in the plain text; `None` where the message does not say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Introduction {
    pub caller: Option<Range<usize>>,
    /// The caller's own organisation.
    pub company: Option<Range<usize>>,
    pub recipient: Option<Range<usize>>,
}

pub fn read(phrases: &Phrases) -> Introduction {
    let text = Text { phrases, text: phrases.text(), names: names(phrases.text()) };
    let caller = text.caller();
    let company = text.company(caller.as_ref());
    let recipient = text.recipient(caller.as_ref());
    Introduction { caller, company, recipient }
}

struct Text<'t> {
    phrases: &'t Phrases<'t>,
    text: &'t str,
    /// Every name in it, a person's or another's.
    names: Vec<Range<usize>>,
}

// A name in its place -------------------------------------------------------------------------------------------------

impl Text<'_> {
    fn caller(&self) -> Option<Range<usize>> {
        if let Some(range) = self.token("{Pme}") {
            return Some(range);
        }
        // Most callers say "this is", and then nobody asks who was greeted.
        let greeted: LazyCell<Vec<Range<usize>>, _> = LazyCell::new(|| self.after(&GREETINGS).collect());
        // "Danielle, hey, Curtis again": who was named first is greeted.
        let called = LazyCell::new(|| self.vocative());
        let is_greeted = |name: &Range<usize>| {
            let is_second = || called.as_ref().is_some_and(|first| first.start < name.start);
            greeted.iter().any(|greeted| greeted.start == name.start) && !is_second()
        };
        let caller = self
            .introduced()
            .or_else(|| self.names_as_caller().find(|name| self.is_here(name, &is_greeted)))
            .or_else(|| {
                let mut from =
                    self.names_as_caller().filter(|name| self.end_after(&FROM_WHERE, name).is_some());
                from.find(|name| !is_greeted(name) && !self.is_meant(name))
            })
            .or_else(|| {
                let mut again =
                    self.after(&ONCE_MORE).filter(|name| self.end_after(&SIGN_OFF, name).is_some());
                again.find(|name| self.may_be_caller(name))
            })
            .or_else(|| self.after_greeting(&is_greeted))
            .or_else(|| self.signed(&is_greeted))
            .or_else(|| self.greeting_then_name(&greeted))
            .or_else(|| self.beside_firm(&is_greeted))
            .or_else(|| self.signature().map(|(name, _)| name).filter(|name| !is_greeted(name)))
            .or_else(|| self.introduced_in_small_letters())?;
        Some(self.first_said(caller, &is_greeted))
    }

    /// "Hi Ben, Olivia Grant from Summit. … Again, this is Olivia": where the name is said first.
    fn first_said(&self, caller: Range<usize>, is_greeted: &impl Fn(&Range<usize>) -> bool) -> Range<usize> {
        let is_first = |name: &Range<usize>| {
            let is_placed = [&FROM_WHERE, &HERE].iter().any(|list| self.end_after(list, name).is_some())
                || self.text[name.end..].starts_with(", ");
            name.start < caller.start && self.is_same(name, &caller) && is_placed && !is_greeted(name)
        };
        self.names_as_caller().find(is_first).unwrap_or(caller)
    }

    fn is_same(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let word = |name: &Range<usize>| first_word(&self.text[name.clone()]);
        word(one) == word(other)
    }

    /// "This is Dana", "it's [Your name]", "my name's Tom".
    fn introduced(&self) -> Option<Range<usize>> {
        let first_person = LazyCell::new(|| speaks_of_self(self.text));
        self.phrases.find_iter(&THIS_IS).filter(|cue| !self.denies(cue)).find_map(|cue| {
            let name = cue.end..name_at(self.text, cue.end)?;
            let word = &self.text[name.clone()];
            let sure = says_where(&self.text[name.end..]) || *first_person;
            let is_anothers = self.text[name.end..].starts_with("'s ") || self.is_of_somebody(&name);
            let is_person = is_person(word, sure) && !is_start_of_firm(word, &self.text[name.end..])
                || is_somebody(self.text, name.clone());
            (is_person && !word.starts_with("{Pother") && !is_anothers).then_some(name)
        })
    }

    /// "Dana Pruitt here", "[Your name] again", "Marisol calling from".
    fn is_here(&self, name: &Range<usize>, is_greeted: &impl Fn(&Range<usize>) -> bool) -> bool {
        let Some(end) = self.end_after(&HERE, name) else { return false };
        // "Dana at Acme here": a place.
        if [" at ", " from ", " with ", " of ", " in "].iter().any(|of| self.text[..name.start].ends_with(of))
        {
            return false;
        }
        let cue = self.text[name.end..end].trim_start_matches([',', ' ']);
        let certain = cue.eq_ignore_ascii_case("here") || cue.eq_ignore_ascii_case("speaking");
        let plain = !self.text[name.end..].starts_with(',');
        certain || (plain && !is_greeted(name))
    }

    /// "Hi Janet, Sven Holmgren." and "Dana - Marcus, Accounts.": the second name is the caller's.
    fn after_greeting(&self, is_greeted: &impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
        let follows = |pair: &&[Range<usize>]| {
            let (first, second) = (&pair[0], &pair[1]);
            let before = self.text[..first.start].trim_end_matches(['"', '\'']);
            let opens = before.is_empty() || before.ends_with('\n') || is_greeted(first);
            let between = only_hesitates_in(&self.text[first.end..second.start]);
            let is_caller = self.ends_line(second)
                || self.end_after(&AFTER_NAME, second).is_some()
                || self.is_full(second);
            opens && between && is_caller
        };
        let second = self.names.windows(2).filter(follows).map(|pair| pair[1].clone());
        second.into_iter().find(|name| self.may_be_caller(name))
    }

    /// "Pete Lundgren, …": nobody is called by both names after another was greeted.
    fn is_full(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        is_known_first_name(word) && word.contains(' ') && self.text[name.end..].starts_with(", ")
    }

    fn ends_line(&self, name: &Range<usize>) -> bool {
        self.text[name.end..].trim_start_matches(['.', '!', '?']).starts_with('\n')
    }

    /// "Call me today. Nadia Farouk, flat six.", "Call me. Vinny. 718-555-0172.", "Love, Gran" and "- {{owner.name}}": the
    /// name that a message ends with.
    fn signed(&self, is_greeted: &impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
        const LAST_SENTENCES: usize = 3;
        let closing = self.after(&CLOSINGS).last();
        let is_signed = |name: &Range<usize>| {
            let is_new =
                !self.names.iter().any(|other| other.start < name.start && self.is_same(other, name));
            self.ends_message(name) && is_new && self.may_be_caller(name)
        };
        if closing.as_ref().is_some_and(is_signed) {
            return closing;
        }
        let starts = self.text.rmatch_indices('\n').map(|(newline, _)| newline + 1).take(LAST_SENTENCES);
        starts.into_iter().find_map(|start| {
            let start =
                start + self.text[start..].len() - self.text[start..].trim_start_matches(['-', ' ']).len();
            let name = start..name_at(self.text, start)?;
            let word = &self.text[name.clone()];
            let after = &self.text[name.end..];
            let has_number = after.starts_with(", {N") || after.starts_with(".\n{N");
            let is_known = is_known_first_name(word) || has_title(word);
            let is_last = self.ends_message(&name) || self.end_after(&WHERE_SIGNED, &name).is_some();
            let is_whole = word.starts_with('{') || is_known && (word.contains(' ') || has_number || is_last);
            let ends = after.is_empty() || after.starts_with([',', '.', '\n']);
            (is_whole && ends && self.may_be_caller(&name) && !is_greeted(&name)).then_some(name)
        })
    }

    fn ends_message(&self, name: &Range<usize>) -> bool {
        self.text[name.end..].trim_matches(['.', '!', '\n', ' ', '"']).is_empty()
    }

    /// "Hi there, Monique from Fieldstone": a comma parts the greeting from who greets.
    fn greeting_then_name(&self, greeted: &[Range<usize>]) -> Option<Range<usize>> {
        let is_parted = |name: &&Range<usize>| self.text[..name.start].ends_with(", ");
        let from = |name: &&Range<usize>| self.end_after(&FROM_WHERE, name).is_some();
        greeted.iter().filter(is_parted).find(from).filter(|name| self.may_be_caller(name)).cloned()
    }

    /// "Good evening. Alastair Munro, Glenbrae Partners.": a name that opens, and a firm that a comma parts from it.
    fn beside_firm(&self, is_greeted: &impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
        let has_firm = |name: &&Range<usize>| {
            self.text[name.end..].starts_with(", ") && self.firm_at(name.end + 2).is_some()
        };
        // "Mrs Okonjo, Fennimore Opticians.": nobody calls themselves so.
        let is_called = |name: &Range<usize>| name.start == 0 && has_title(&self.text[name.clone()]);
        let opening = self.names.iter().filter(|name| self.opens(name) && !is_called(name));
        let mut names = opening.filter(has_firm);
        names.find(|name| self.may_be_caller(name) && !is_greeted(name)).cloned()
    }

    /// "Rob, Datawell, rob@datawell.example", "Karim, Tallyroom.": a sentence of a known name and a firm, with no more than
    /// a number or an address after it. Not the first, where a name is called.
    fn signature(&self) -> Option<(Range<usize>, Range<usize>)> {
        sentence::ranges(self.text).skip(1).find_map(|sentence| {
            let name = sentence.start..name_at(self.text, sentence.start)?;
            let word = &self.text[name.clone()];
            let known = is_known_first_name(word) || word.starts_with("{P");
            let start = name.end + self.text[name.end..].starts_with(", ").then_some(2)?;
            let firm = start..organisation_at(self.text, start).filter(|end| *end <= sentence.end)?;
            let mut rest = self.text[firm.end..sentence.end].split([' ', ',', '.', '\n']);
            let is_bare = rest.all(|part| part.is_empty() || part.starts_with(['{', '-']));
            (known && is_bare && self.may_be_caller(&name)).then_some((name, firm))
        })
    }

    /// Does it stand at the start of a sentence, or after a comma in its first words?
    fn opens(&self, name: &Range<usize>) -> bool {
        const FIRST_WORDS: usize = 30;
        let near = &self.text[name.start.saturating_sub(FIRST_WORDS + 1)..name.start];
        let before = match near.rfind('\n') {
            Some(newline) => &near[newline + 1..],
            None if near.len() <= FIRST_WORDS => near,
            None => return false,
        };
        before.is_empty() || before.ends_with(", ")
    }

    /// "A message for Mr. Lee from …": the sender is not he.
    fn is_meant(&self, name: &Range<usize>) -> bool {
        self.after(&MEANT_FOR).any(|meant| meant.start == name.start)
    }

    /// A transcript has no capitals; a known first name after "this is" needs none.
    fn introduced_in_small_letters(&self) -> Option<Range<usize>> {
        self.phrases.find_iter(&THIS_IS).find_map(|cue| {
            let rest = &self.text[cue.end..];
            let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
            is_known_first_name(&rest[..length]).then_some(cue.end..cue.end + length)
        })
    }

    fn names_as_caller(&self) -> impl Iterator<Item = Range<usize>> {
        self.names.iter().filter(|name| self.may_be_caller(name)).cloned()
    }

    fn may_be_caller(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        is_name(word) && !word.starts_with("{Pother") && !word.starts_with("{Pyou")
    }

    /// "I hope this is …": the sentence speaks of another.
    fn denies(&self, cue: &Range<usize>) -> bool {
        let before = self.text[cue.start.saturating_sub(10)..cue.start].to_ascii_lowercase();
        ["hope ", "think ", "if "].iter().any(|word| before.ends_with(word))
    }

    /// "Dr. Lim's office".
    fn is_of_somebody(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        (word.ends_with("'s") || word.ends_with("s'")) && self.end_after(&SOMEBODYS, name).is_some()
    }

    fn recipient(&self, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
        let is_caller = |name: &Range<usize>| caller.is_some_and(|caller| caller.start == name.start);
        let addressed = |name: &Range<usize>| {
            let word = &self.text[name.clone()];
            let person = word.starts_with("{C") || is_name(word);
            let mine =
                word.starts_with("{Pme") || is_caller(name) || introduces_caller(&self.text[name.end..]);
            person && !mine
        };
        // "A message for Mr. Lee from the clinic": whom it is from stands behind whom it is for.
        let is_meant =
            |name: &Range<usize>| is_name(&self.text[name.clone()]) && !is_caller(name) || addressed(name);
        let known = |word: &str| {
            word.starts_with("{P}")
                || word.starts_with("{Pyou")
                || has_title(word)
                || is_known_first_name(word) && !word.contains(' ')
        };
        self.after(&GREETINGS)
            .find(&addressed)
            .or_else(|| self.after(&MEANT_FOR).find(&is_meant))
            .or_else(|| self.vocative().filter(|name| !is_caller(name)))
            .or_else(|| self.opening_name().filter(&addressed))
            .or_else(|| self.token("{Pyou}").filter(|range| !is_caller(range)))
            .or_else(|| {
                let mut called = self.names.iter().filter(|name| self.is_called(name));
                let caller = caller.map(|caller| first_word(&self.text[caller.clone()]));
                let is_other = |name: &&Range<usize>| caller != Some(first_word(&self.text[(*name).clone()]));
                called
                    .find(|name| known(&self.text[(*name).clone()]) && is_other(name) && addressed(name))
                    .cloned()
            })
            .or_else(|| {
                let mut last = self.names.iter().filter(|name| self.ends_sentence(name));
                last.find(|name| known(&self.text[(*name).clone()]) && addressed(name)).cloned()
            })
            .or_else(|| {
                let mut within = self.names.iter().filter(|name| self.is_set_off(name));
                within.find(|name| known(&self.text[(*name).clone()]) && addressed(name)).cloned()
            })
    }

    /// "Mark, Dave Collins here": a name and a mark at the very start.
    fn vocative(&self) -> Option<Range<usize>> {
        let start = self.text.len() - self.text.trim_start_matches(['"', '\'', ' ']).len();
        let name = self.names.first().filter(|name| name.start == start)?;
        let word = &self.text[name.clone()];
        let known = word.starts_with("{P") || has_title(word) || is_known_first_name(word);
        const FOND: [&str; 10] =
            [" darling", " dear", " my dear", " love", " mate", " honey", " hon", " pal", " bhai", " ji"];
        let after = &self.text[name.end..];
        let after = FOND.iter().find_map(|fond| after.strip_prefix(fond)).unwrap_or(after);
        let is_set_off = after.trim_start_matches(' ').starts_with([',', '!', '?', ':', '.', '-']);
        (known && is_set_off && !word.starts_with("{Pme")).then(|| name.clone())
    }

    /// "Bo, it's Priya": a name at the very start, known or not, before what only a caller says.
    fn opening_name(&self) -> Option<Range<usize>> {
        /// What else a message opens with: hesitations, greetings, what people are to each other.
        const NO_NAMES: &str = " uh um er erm ah oh ooh hm hmm yeah yep yup right alright anyway whoa gosh goodness yo hiya ahoy \
            morning afternoon evening greetings salutations namaste hola bonjour ciao aloha voicemail beep testing dude man guys \
            buddy pal bro boss sir madam ma'am babe baby honey hon sweetie sweetheart darling mum mom mommy mama dad daddy papa \
            gran grandma grandpa nana brother sis sister cuz auntie aunt uncle neighbor neighbour neighbors neighbours team \
            everybody y'all friends gang ladies gentlemen lads crew class family ";
        const CUES: [&str; 14] = [
            "it's ", "its ", "it is ", "this is ", "pick up", "hi ", "hi,", "hello", "hey", "good morning",
            "good afternoon", "good evening", "my name", "just me",
        ];
        let name = self.names.first().filter(|name| name.start == 0)?;
        let word = &self.text[name.clone()];
        let after = self.text[name.end..].trim_start_matches([',', '!', ' ']);
        let after = after[..after.floor_char_boundary(16)].to_ascii_lowercase();
        let is_name = is_name(word) && !NO_NAMES.contains(&format!(" {} ", word.to_ascii_lowercase()));
        (is_name && CUES.iter().any(|cue| after.starts_with(cue))).then(|| name.clone())
    }

    /// "This is Jolene. Mr. Whitehorse, your alfalfa is baled" and "Kia ora %name%, it's Hemi": a comma, and what is said to
    /// them after it.
    fn is_called(&self, name: &Range<usize>) -> bool {
        let Some(after) = self.text[name.end..].strip_prefix(", ") else { return false };
        let starts_sentence = name.start == 0 || self.text[..name.start].ends_with('\n');
        let word = after.split([' ', ',', '.', '\n']).next().unwrap_or_default();
        let speaks = [
            "you", "your", "you're", "you've", "we", "we're", "we've", "i", "i'm", "i've", "the", "do",
            "don't", "please", "can", "could", "would", "are", "have",
        ];
        let opens = ["it's", "this"];
        let said = |words: &[&str]| words.iter().any(|other| word.eq_ignore_ascii_case(other));
        said(&opens) || starts_sentence && said(&speaks)
    }

    /// "Thank you, [First Name]!"
    fn ends_sentence(&self, name: &Range<usize>) -> bool {
        let after = self.text[name.end..].trim_start_matches([' ', '.', '!', '?']);
        let before = self.text[..name.start].strip_suffix(", ");
        let word_before = before.and_then(|before| before.trim_end_matches(' ').bytes().next_back());
        (after.is_empty() || after.starts_with('\n'))
            && word_before.is_some_and(|byte| byte.is_ascii_alphabetic())
    }

    /// "We love you, Theo, and …", "rent's late, Kyle, and you …": between commas, in a sentence that speaks to somebody;
    /// not "the dentist, Dr. Patel, has …".
    fn is_set_off(&self, name: &Range<usize>) -> bool {
        const YOU: [&str; 6] = ["you", "your", "yours", "you're", "you've", "you'll"];
        const DETERMINERS: [&str; 10] = ["the", "a", "an", "my", "our", "your", "his", "her", "their", "one"];
        const STARTS: [&str; 9] = ["you", "your", "you're", "you've", "i", "i'm", "i've", "we", "we've"];
        let Some(before) = self.text[..name.start].strip_suffix(", ") else { return false };
        let Some(after) = self.text[name.end..].strip_prefix(", ") else { return false };
        let words = |text: &'_ str| -> Vec<String> {
            text.split([' ', ',', '.', '!', '?']).map(str::to_ascii_lowercase).collect()
        };
        let is_of = |list: &[&str], word: &String| list.contains(&word.as_str());
        let sentence_before = before.rsplit('\n').next().unwrap_or_default();
        let clause = words(sentence_before.rsplit(',').next().unwrap_or_default());
        let rest = words(after.split('\n').next().unwrap_or_default());
        let speaks_to = words(sentence_before).iter().chain(&rest).any(|word| is_of(&YOU, word));
        let names_who = clause.iter().rev().take(3).any(|word| is_of(&DETERMINERS, word));
        let next = rest.iter().find(|word| !["and", "but", "so"].contains(&word.as_str()));
        let lists = before
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_uppercase()));
        speaks_to && !lists && (!names_who || next.is_some_and(|word| is_of(&STARTS, word)))
    }

    /// The names and firms that stand after the phrases of a list.
    fn after(&self, list: &PhraseList) -> impl Iterator<Item = Range<usize>> {
        self.phrases.find_iter(list).filter_map(|cue| {
            let end = name_at(self.text, cue.end).or_else(|| token_at(self.text, cue.end, "{C"))?;
            Some(cue.end..end)
        })
    }

    fn end_after(&self, list: &PhraseList, name: &Range<usize>) -> Option<usize> {
        self.phrases.end_of_match(list, name.end)
    }

    fn token(&self, token: &str) -> Option<Range<usize>> {
        self.text.find(token).map(|start| start..start + token.len())
    }
}

/// Is there no more than a mark between two names, and an "uh"?
fn only_hesitates_in(between: &str) -> bool {
    let mut words = between.split([' ', '\n', ',', '.', '!', '?', '-']).filter(|word| !word.is_empty());
    !between.trim_matches(' ').is_empty() && words.all(|word| ["um", "uh", "er", "erm"].contains(&word))
}

/// "Ko & Daughters": no more than the first word of a firm's name.
fn is_start_of_firm(word: &str, after: &str) -> bool {
    after.starts_with(" & ") && !is_known_first_name(word)
}

/// "… from Parcelhawk": what stands after a person's name, not after a firm's.
fn says_where(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    ["from ", "with ", "at ", "here ", "over ", "down ", "up at ", "out at ", "in the ", "calling from "]
        .iter()
        .any(|cue| after.starts_with(cue))
}

fn speaks_of_self(text: &str) -> bool {
    const SELF: [&str; 8] = ["i", "i'm", "i'd", "i'll", "i've", "me", "my", "myself"];
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'');
    words.any(|word| SELF.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

/// After a greeted name: "Hi, Ted Somebody here" greets nobody.
fn introduces_caller(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    let after = after[..after.len().min(20)].to_ascii_lowercase();
    ["here", "speaking", "from ", "with {c", "again from", "calling from", "calling with"]
        .iter()
        .any(|cue| after.starts_with(cue))
}

/// Does the word itself say that it is a company: a placeholder for one, "… Partners"?
fn is_firm(word: &str) -> bool {
    word.starts_with("{C") || has_organisation_word(word) || is_of_two(word)
}

/// "Quill & Kettle", "Sayle and Kerr"; not "Tom and Jane".
fn is_of_two(word: &str) -> bool {
    let mut names =
        [" & ", " and "].iter().find_map(|and| word.split_once(and)).into_iter().flat_map(<[&str; 2]>::from);
    word.contains(" & ") || names.clone().count() == 2 && !names.any(is_known_first_name)
}

// An organisation in its place ----------------------------------------------------------------------------------------

impl Text<'_> {
    fn company(&self, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
        let is_caller = |place: &Range<usize>| caller.is_some_and(|caller| caller.start == place.start);
        let own = |place: &Range<usize>| {
            let word = &self.text[place.clone()];
            // "Calling for Wesley Bright": whom they want.
            let is_wanted =
                self.text[..place.start].ends_with(" for ") && is_known_first_name(word) && !is_firm(word);
            !is_caller(place) && !is_wanted && is_organisation(word)
        };
        self.token("{Cme}")
            .or_else(|| self.somebodys_office())
            .or_else(|| self.organisations_of_people(caller).find(&own))
            .or_else(|| self.calling_organisations(caller.is_some()).find(&own))
            .or_else(|| self.appositions(caller).find(&own))
            .or_else(|| self.firm_alone().filter(&own))
            .or_else(|| self.firm_as_sentence().filter(&own))
            .or_else(|| self.signature().map(|(_, firm)| firm).filter(&own))
            .or_else(|| {
                let caller = caller?;
                Some(caller.end..self.end_after(&LOCAL_BODIES, caller)?)
            })
    }

    /// "Aldercroft Appliances, service desk.", "HomeSwift Buyers, 404-555-0142", "Hi Ann, Harbour Dental here": a firm that
    /// opens a sentence, or follows who is greeted, and makes none.
    fn firm_alone(&self) -> Option<Range<usize>> {
        const ENDS: [&str; 20] = [
            ", service ", ", sales ", ", {N", ".\n{N", " {N", " here", " calling", " ringing", " with a ",
            " for ", " again", ", the ", ", for ", ", automated", ", reception", ", checking in",
            ", following up", ", returning", ", licensed", ": ",
        ];
        let starts = sentence::ranges(self.text).map(|sentence| sentence.start);
        let greeted = self.phrases.find_iter(&GREETINGS).map(|greeting| greeting.end);
        let starts = starts.chain(greeted).chain(self.places_after_greeted());
        let firms = starts.filter_map(|start| Some(start..self.firm_at(start)?));
        firms
            .filter(|firm| ENDS.iter().any(|end| self.text[firm.end..].starts_with(end)))
            .min_by_key(|firm| firm.start)
    }

    /// "Ordway Collections.": a sentence of its own, or what follows whoever is greeted; after "hello" it would be the
    /// listener's.
    fn firm_as_sentence(&self) -> Option<Range<usize>> {
        let starts =
            sentence::ranges(self.text).map(|sentence| sentence.start).chain(self.places_after_greeted());
        let firms = starts.filter_map(|start| Some(start..self.firm_at(start)?));
        firms
            .filter(|firm| self.text[firm.clone()].contains(' ') && self.ends_line(firm))
            .min_by_key(|firm| firm.start)
    }

    /// Where the name would begin that "hi Ann, …" leads to.
    fn places_after_greeted(&self) -> impl Iterator<Item = usize> {
        self.after(&GREETINGS)
            .filter_map(|name| self.text[name.end..].starts_with(", ").then_some(name.end + 2))
    }

    /// Where the firm's name ends that begins at `start`, if a word of it says that it is one.
    fn firm_at(&self, start: usize) -> Option<usize> {
        let end = organisation_at(self.text, start)?;
        is_firm(&self.text[start..end]).then_some(end)
    }

    /// "This is Dr. Lim's office".
    fn somebodys_office(&self) -> Option<Range<usize>> {
        let starts = self.phrases.find_iter(&ORGANISATION_CALLS).map(|cue| cue.end);
        let of_people = self.places_after_people(None);
        starts.chain(of_people).find_map(|start| {
            let name = start..name_at(self.text, start)?;
            let end = self.end_after(&SOMEBODYS, &name).filter(|_| self.is_of_somebody(&name))?;
            Some(start..end)
        })
    }

    /// After the caller: "here from X", ", with X", ", the manager at X".
    fn organisations_of_people(&self, caller: Option<&Range<usize>>) -> impl Iterator<Item = Range<usize>> {
        let starts = self.places_after_people(caller);
        starts.filter_map(|start| Some(start..organisation_at(self.text, start)?))
    }

    /// Where an organisation's name would begin after a person or a role; "hi Ann at Acme, this is Tom" is about hers.
    fn places_after_people(&self, caller: Option<&Range<usize>>) -> impl Iterator<Item = usize> {
        let greeted =
            caller.and_then(|caller| self.after(&GREETINGS).next().filter(|name| name.start < caller.start));
        let names = self
            .names
            .iter()
            .filter(|name| greeted.as_ref().is_none_or(|greeted| greeted.start != name.start));
        let people = names.cloned().chain(self.phrases.find_iter(&ORGANISATION_LEADS));
        let mut places: Vec<usize> =
            people.filter_map(|person| self.end_after(&OF_ORGANISATION, &person)).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter()
    }

    /// "This is Drivemoor letting you know", "it's [Company] calling".
    fn calling_organisations(&self, has_caller: bool) -> impl Iterator<Item = Range<usize>> {
        self.phrases.find_iter(&ORGANISATION_CALLS).filter_map(move |cue| {
            let place = cue.end..organisation_at(self.text, cue.end)?;
            let word = &self.text[place.clone()];
            let certain = !self.is_this_is(&cue) || is_firm(word);
            let unknown = !is_name(word) || !is_known_first_name(word);
            (certain || (unknown && !has_caller && !is_department(word))).then_some(place)
        })
    }

    /// "It's Paul Danner, Quillmoor Growth Partners, [number]".
    fn appositions(&self, caller: Option<&Range<usize>>) -> impl Iterator<Item = Range<usize>> {
        self.names.iter().filter_map(move |name| {
            let is_caller = caller.is_some_and(|caller| caller.start == name.start);
            let (mut start, mut is_cued) = (name.end, false);
            for word in [" here", " speaking", " calling"] {
                if self.text[start..].starts_with(word) {
                    start += word.len();
                    is_cued = true;
                }
            }
            let gap = [", - ", " - ", ", ", " "].iter().find(|gap| self.text[start..].starts_with(**gap))?;
            let place = start + gap.len()..organisation_at(self.text, start + gap.len())?;
            let word = &self.text[place.clone()];
            let after = &self.text[place.end..];
            let ends =
                after.is_empty() || after.starts_with([',', '.', '!', '\n']) || after.starts_with(" -");
            (ends
                && (is_firm(word)
                    || is_caller && (is_cued || word.contains(' ')) && !is_known_first_name(word)))
            .then_some(place)
        })
    }

    fn is_this_is(&self, cue: &Range<usize>) -> bool {
        let cue = self.text[cue.clone()].to_ascii_lowercase();
        ["this is", "it's", "it is"].iter().any(|start| cue.starts_with(start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read_all(source: &str) -> [Option<String>; 3] {
        let text = plain(source);
        let introduction = read(&Phrases::new(&text));
        [introduction.caller, introduction.company, introduction.recipient]
            .map(|range| range.map(|range| text[range].to_owned()))
    }

    fn some(word: &str) -> Option<String> {
        Some(word.to_owned())
    }

    #[test]
    fn who_calls_whom_from_where() {
        for (source, caller, company, recipient) in [
            ("Hi Ann, this is Dana from Kestrel Gems.", some("Dana"), some("Kestrel Gems"), some("Ann")),
            ("Mark, Dave Collins here.", some("Dave Collins"), None, some("Mark")),
            ("Hi [Name], [Your name] here from [Company].", some("{Pme}"), some("{C}"), some("{P}")),
            (
                "Hello (insert name). This is (insert name) from (insert company name).",
                some("{P}"),
                some("{C}"),
                some("{P}"),
            ),
            ("Hi, this is Support ringing about your request.", None, None, None),
            ("Hi, this is Drivemoor letting you know that it is done.", None, some("Drivemoor"), None),
            ("Hello, it's me. Call me.", None, None, None),
            ("Hi there, calling from Denver.", None, None, None),
            ("Mr. Jones, this is Gary.", some("Gary"), None, some("Mr. Jones")),
            (
                "So yeah hi, Ted Somebody here From Gizmo Corp.",
                some("Ted Somebody"),
                some("Gizmo Corp"),
                None,
            ),
            ("This message is for Ann Lee. It's Tom.", some("Tom"), None, some("Ann Lee")),
            (
                "It's Paul Danner, Quillmoor Growth Partners, 978-555-0117.",
                some("Paul Danner"),
                some("Quillmoor Growth Partners"),
                None,
            ),
            ("[Business Name] turned up in my search. Callum Reyes here.", some("Callum Reyes"), None, None),
            ("Hi Sam, it's Will at Kestrel Gems.", some("Will"), some("Kestrel Gems"), some("Sam")),
            ("Hi Sam, this is Dana at 3M.", some("Dana"), some("3M"), some("Sam")),
            ("Hi, it's Jan. We gave [their company] a hand.", some("Jan"), None, None),
            (
                "Good evening. Alastair Munro, Glenbrae Partners. A courtesy call.",
                some("Alastair Munro"),
                some("Glenbrae Partners"),
                None,
            ),
            (
                "Hi Ben, Olivia Grant from Summit Staffing. Again, this is Olivia.",
                some("Olivia Grant"),
                some("Summit Staffing"),
                some("Ben"),
            ),
            (
                "Hello, Alan, Vic Turner from the bowls club.",
                some("Vic Turner"),
                some(" from the bowls club"),
                some("Alan"),
            ),
            (
                "Hello, Mrs Fraser. Dominic from Fairlawn Tuning. I'm in Ashby again.",
                some("Dominic"),
                some("Fairlawn Tuning"),
                some("Mrs Fraser"),
            ),
            (
                "Mr Castellanos, Ray Dutton, Pinecrest Property Management, 404-555-0142.",
                some("Ray Dutton"),
                some("Pinecrest Property Management"),
                some("Mr Castellanos"),
            ),
            ("Hi, Aldercroft Appliances, service desk.", None, some("Aldercroft Appliances"), None),
            ("Call us today. HomeSwift Buyers, 404-555-0142.", None, some("HomeSwift Buyers"), None),
            ("I saw Kestrel Gems, the shop on Front Street. Tom here.", some("Tom"), None, None),
        ] {
            assert_eq!(read_all(source), [caller, company, recipient], "{source}");
        }
    }
}
