//! Who is calling.

use std::cell::LazyCell;
use std::ops::Range;

use super::super::names::{
    after_title, has_title, is_known_first_name, is_name, is_person, is_somebody, name_at, organisation_at,
};
use super::{Text, first_word, small_letters_at};
use crate::english::is_hesitation;
use crate::lint::phrases::{
    AFTER_NAME, CLOSINGS, FROM_WHERE, GREETINGS, HERE, LOCAL_BODIES, MEANT_FOR, OF_ORGANISATION, ONCE_MORE,
    SIGN_OFF, SOMEBODYS, THIS_IS, WHERE_SIGNED,
};
use crate::script::sentence;

impl Text<'_> {
    pub(super) fn caller(&self) -> Option<Range<usize>> {
        // "{{agent}}, it's {{my_name}}": the second one.
        let called = self.vocative().filter(|name| self.text[name.clone()].starts_with("{Pme"));
        let start = called.map_or(0, |name| name.end);
        if let Some(found) = self.text[start..].find("{Pme}") {
            return Some(start + found..start + found + "{Pme}".len());
        }
        // Most callers say "this is", and then nobody asks who was greeted.
        let greeted: LazyCell<Vec<Range<usize>>, _> = LazyCell::new(|| self.after(&GREETINGS).collect());
        // "Danielle, hey, Curtis again": who was named first is greeted.
        let called = LazyCell::new(|| self.vocative());
        let is_greeted = |name: &Range<usize>| {
            let is_second = || called.as_ref().is_some_and(|first| first.start < name.start);
            begins_one(&greeted, name) && !is_second()
        };
        // "A message for Mr. Lee from …": the sender is not he.
        let meant: LazyCell<Vec<Range<usize>>, _> = LazyCell::new(|| self.after(&MEANT_FOR).collect());
        let caller = self
            .introduced()
            .or_else(|| self.names_as_caller().find(|name| self.is_here(name, &is_greeted)))
            .or_else(|| self.listener_speaking())
            .or_else(|| {
                let mut from = self.names_as_caller().filter(|name| self.is_placed(name));
                from.find(|name| !is_greeted(name) && !begins_one(&meant, name))
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

    /// "[first name] speaking": whose it is does not matter then.
    fn listener_speaking(&self) -> Option<Range<usize>> {
        let is_speaking = |name: &&Range<usize>| {
            self.text[(*name).clone()].starts_with("{Pyou") && self.text[name.end..].starts_with(" speaking")
        };
        self.names.iter().find(is_speaking).cloned()
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

    pub(super) fn is_same(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let word = |name: &Range<usize>| first_word(&self.text[name.clone()]);
        word(one) == word(other)
    }

    /// "This is Dana", "it's [Your name]", "my name's Tom".
    fn introduced(&self) -> Option<Range<usize>> {
        let first_person = LazyCell::new(|| speaks_of_self(self.text));
        self.phrases.find_iter(&THIS_IS).filter(|cue| !self.denies(cue)).find_map(|cue| {
            let start = after_title(self.text, cue.end);
            let name = start..name_at(self.text, start)?;
            let word = &self.text[name.clone()];
            let sure = says_where(&self.text[name.end..])
                || *first_person
                || says_role(&self.text[name.end..])
                || self.is_greeting_alone_before(&cue) && self.ends_line(&name);
            let is_anothers = self.text[name.end..].starts_with("'s ") || self.is_of_somebody(&name);
            let is_person = is_person(word, sure)
                && !self.is_of_longer_firm(&name)
                && !is_start_of_firm(word, &self.text[name.end..])
                || is_somebody(self.text, name.clone());
            (is_person && !word.starts_with("{Pother") && !is_anothers).then_some(name)
        })
    }

    /// "Halcyon Grange Homeowners' Association": the words after three that could be a name make it a firm's.
    fn is_of_longer_firm(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        let end = self.firm_at(name.start).unwrap_or_default();
        let rest = self.text.get(name.end..end).unwrap_or_default();
        let is_capital = |word: &str| word.starts_with(|first: char| first.is_ascii_uppercase());
        !is_known_first_name(word) && !rest.is_empty() && rest.split_whitespace().all(is_capital)
    }

    /// "Hiya, it's Robbo.", "Hey Tasha, it's Ren.": nothing but a greeting stands before, and none that a firm would use beside a
    /// first name.
    fn is_greeting_alone_before(&self, cue: &Range<usize>) -> bool {
        const BARE_GREETINGS: [&str; 8] =
            ["hi", "hiya", "hello", "hey", "hi there", "hey there", "hello there", "hi ya"];
        const AMONG_FRIENDS: [&str; 3] = ["hey", "hiya", "heya"];
        const LONGEST: usize = 24;
        if LONGEST < cue.start {
            return false;
        }
        let before = self.text[..cue.start].trim_end_matches([' ', ',', '.', '!', '\n']);
        let (greeting, name) = before.split_once(' ').unwrap_or((before, ""));
        BARE_GREETINGS.iter().any(|greeting| before.eq_ignore_ascii_case(greeting))
            || is_known_first_name(name)
                && AMONG_FRIENDS.iter().any(|known| greeting.eq_ignore_ascii_case(known))
    }

    /// "Dana from Kestrel", "Terry from the bowls club".
    fn is_placed(&self, name: &Range<usize>) -> bool {
        let is_said_whence = |end: usize| {
            let cue = &self.text[name.end..end];
            [" from the ", " at the ", " with the "].iter().any(|whence| cue.contains(whence))
        };
        self.end_after(&FROM_WHERE, name).is_some()
            || self.end_after(&LOCAL_BODIES, name).is_some_and(is_said_whence)
    }

    /// "Dana Pruitt here", "[Your name] again", "Marisol calling from".
    fn is_here(&self, name: &Range<usize>, is_greeted: &impl Fn(&Range<usize>) -> bool) -> bool {
        let Some(end) = self.end_after(&HERE, name) else { return false };
        // "Good day Mr. Szabo, here speaks Ilona".
        if self.text[end..].starts_with(" speaks ") {
            return false;
        }
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

    pub(super) fn ends_line(&self, name: &Range<usize>) -> bool {
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
            // "Tunde, third floor.": whoever says where they sit has said who they are.
            let says_where = self.end_after(&WHERE_SIGNED, &name).is_some()
                && after.starts_with(", ")
                && !word.contains(' ');
            // "Dirk Vanstone, 555-0159."
            let is_full_with_number = word.contains(' ') && after.starts_with(", {N");
            let is_whole = word.starts_with('{')
                || is_full_with_number
                || is_known && (word.contains(' ') || has_number || is_last)
                || says_where;
            let ends = after.is_empty() || after.starts_with([',', '.', '\n']);
            (is_whole && ends && self.may_be_caller(&name) && !is_greeted(&name)).then_some(name)
        })
    }

    pub(super) fn ends_message(&self, name: &Range<usize>) -> bool {
        self.text[name.end..].trim_matches(['.', '!', '\n', ' ', '"']).is_empty()
    }

    /// "Hi there, Monique from Fieldstone": a comma parts the greeting from who greets.
    fn greeting_then_name(&self, greeted: &[Range<usize>]) -> Option<Range<usize>> {
        let is_parted = |name: &&Range<usize>| self.text[..name.start].ends_with(", ");
        let from = |name: &&Range<usize>| self.end_after(&FROM_WHERE, name).is_some() || self.has_role(name);
        greeted.iter().filter(is_parted).find(from).filter(|name| self.may_be_caller(name)).cloned()
    }

    /// "Warren Stubbs, membership secretary for the Ludford Chamber of Trade"; not "Warren Stubbs, your order with Ludford".
    fn has_role(&self, name: &Range<usize>) -> bool {
        const NO_ROLES: [&str; 10] =
            ["your", "our", "my", "calling", "thank", "thanks", "i", "we", "greetings", "regards"];
        let after = self.text[name.end..].strip_prefix(", ").unwrap_or_default();
        let next = after.split(' ').next().unwrap_or_default();
        self.text[name.clone()].contains(' ')
            && next.starts_with(|first: char| first.is_ascii_lowercase())
            && !NO_ROLES.contains(&next)
            && self.end_after(&OF_ORGANISATION, name).is_some()
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
        // "Good afternoon, Everett Lund, Keystone Mutual.": nobody is greeted so by both names and their firm's.
        let is_greeting_apart = |name: &Range<usize>| {
            let word = &self.text[name.clone()];
            let is_firm_last =
                self.firm_at(name.end + 2).is_some_and(|end| self.text[end..].starts_with('.'));
            self.text[..name.start].ends_with(", ") && word.contains(' ') && !has_title(word) && is_firm_last
        };
        names.find(|name| self.may_be_caller(name) && (!is_greeted(name) || is_greeting_apart(name))).cloned()
    }

    /// "Rob, Datawell, rob@datawell.example", "Karim, Tallyroom.": a sentence of a known name and a firm, with no more than
    /// a number or an address after it. Not the first, where a name is called.
    pub(super) fn signature(&self) -> Option<(Range<usize>, Range<usize>)> {
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
        let near = &self.text[name.start.saturating_sub(FIRST_WORDS + 1)..name.start];
        let before = match near.rfind('\n') {
            Some(newline) => &near[newline + 1..],
            None if near.len() <= FIRST_WORDS => near,
            None => return false,
        };
        before.is_empty() || before.ends_with(", ")
    }

    /// A transcript has no capitals; a known first name after "this is" needs none, nor does any after "my name is".
    fn introduced_in_small_letters(&self) -> Option<Range<usize>> {
        self.phrases.find_iter(&THIS_IS).find_map(|cue| {
            let name = cue.end..cue.end + small_letters_at(self.text, cue.end);
            let word = &self.text[name.clone()];
            let says_name = self.text[..cue.end].trim_end().ends_with("name is")
                || self.text[..cue.end].ends_with("name's ");
            let after = self.text[name.end..].trim_start();
            let opens = cue.start < FIRST_WORDS;
            let says_where = opens
                && 2 < word.len()
                && ["from ", "im calling", "i'm calling"].iter().any(|cue| after.starts_with(cue));
            let is_new = (says_name || says_where) && 1 < word.len() && is_name(word);
            (is_known_first_name(word) || is_new).then_some(name)
        })
    }

    fn names_as_caller(&self) -> impl Iterator<Item = Range<usize>> {
        self.names.iter().filter(|name| self.may_be_caller(name)).cloned()
    }

    /// Not of a firm, nor a placeholder for another.
    fn may_be_caller(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        let is_person = is_name(word) || is_somebody(self.text, name.clone());
        is_person && !word.starts_with("{Pother") && !word.starts_with("{Pyou") && !self.is_of_firm(name)
    }

    /// "Ash and Moore Solicitors", "Crank & Gear", "the Red Cross": no more than a part of a firm's name.
    pub(super) fn is_of_firm(&self, name: &Range<usize>) -> bool {
        let goes_on = [" and ", " & "].iter().any(|and| self.text[name.end..].starts_with(and))
            && self.firm_at(name.start).is_some_and(|end| name.end < end);
        let is_second = [" the ", " & "].iter().any(|before| self.text[..name.start].ends_with(before));
        goes_on || is_second && !self.text[name.start..].starts_with('{')
    }

    /// "I hope this is …": the sentence speaks of another.
    fn denies(&self, cue: &Range<usize>) -> bool {
        let before = self.text[cue.start.saturating_sub(10)..cue.start].to_ascii_lowercase();
        ["hope ", "think ", "if "].iter().any(|word| before.ends_with(word))
    }

    /// "Dr. Lim's office".
    pub(super) fn is_of_somebody(&self, name: &Range<usize>) -> bool {
        let word = &self.text[name.clone()];
        (word.ends_with("'s") || word.ends_with("s'")) && self.end_after(&SOMEBODYS, name).is_some()
    }
}

/// Bytes in which a message opens.
const FIRST_WORDS: usize = 30;

/// Does one of these, which are in order, begin where a name does?
fn begins_one(ranges: &[Range<usize>], name: &Range<usize>) -> bool {
    ranges.binary_search_by_key(&name.start, |range| range.start).is_ok()
}

/// Is there no more than a mark between two names, and an "uh"?
fn only_hesitates_in(between: &str) -> bool {
    let mut words = between.split([' ', '\n', ',', '.', '!', '?', '-']).filter(|word| !word.is_empty());
    !between.trim_matches(' ').is_empty() && words.all(is_hesitation)
}

/// "Ko & Daughters": no more than the first word of a firm's name.
fn is_start_of_firm(word: &str, after: &str) -> bool {
    after.starts_with(" & ") && !is_known_first_name(word) || names_what_is_somebodys(word)
}

/// "Hank's Small Engine": a firm called after somebody; not "Dana's Mum".
pub(super) fn names_what_is_somebodys(word: &str) -> bool {
    const FAMILY: [&str; 12] = [
        "Mum", "Mom", "Mam", "Dad", "Gran", "Grandma", "Grandpa", "Granddad", "Auntie", "Uncle", "Sister",
        "Brother",
    ];
    let Some((who, what)) = word.split_once("'s ") else { return false };
    let first = what.split(' ').next().unwrap_or_default();
    // "Name's Gary Pull".
    is_name(who)
        && who != "Name"
        && what.starts_with(|letter: char| letter.is_ascii_uppercase())
        && !FAMILY.contains(&first)
}

/// "… from Parcelhawk": what stands after a person's name, not after a firm's.
fn says_where(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    [
        "from ", "with ", "w/ ", "at ", "here ", "over ", "down ", "up at ", "out at ", "in the ",
        "calling from ",
    ]
    .iter()
    .any(|cue| after.starts_with(cue))
}

/// "… the vet nurse", "…, the virtual assistant": what stands after a person's name, not after a firm's.
fn says_role(after: &str) -> bool {
    const ROLES: [&str; 10] = [
        "assistant", "agent", "nurse", "receptionist", "recruiter", "secretary", "manager", "coordinator",
        "hygienist", "technician",
    ];
    let Some(rest) = [", the ", " the ", ", your "].iter().find_map(|lead| after.strip_prefix(lead)) else {
        return false;
    };
    let mut words = rest.split([' ', ',', '.', '\n']).take(4);
    words.any(|word| ROLES.contains(&word))
}

fn speaks_of_self(text: &str) -> bool {
    const SELF: [&str; 8] = ["i", "i'm", "i'd", "i'll", "i've", "me", "my", "myself"];
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'');
    words.any(|word| SELF.iter().any(|own| word.eq_ignore_ascii_case(own)))
}
