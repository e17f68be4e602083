//! From which organisation the caller is.

use std::ops::Range;

use super::super::names::{
    has_organisation_word, is_common_words_with_capitals, is_department, is_known_first_name, is_name,
    is_organisation, name_at, organisation_at,
};
use super::Text;
use super::caller::names_what_is_somebodys;
use crate::lint::phrases::{
    GREETINGS, LOCAL_BODIES, OF_ORGANISATION, ORGANISATION_CALLS, ORGANISATION_LEADS, SOMEBODYS,
};
use crate::script::sentence;

impl Text<'_> {
    pub(super) fn company(&self, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
        let is_caller = |place: &Range<usize>| caller.is_some_and(|caller| caller.start == place.start);
        let own = |place: &Range<usize>| {
            let word = &self.text[place.clone()];
            // "Calling for Wesley Bright": whom they want.
            let is_wanted =
                self.text[..place.start].ends_with(" for ") && is_known_first_name(word) && !is_firm(word);
            // "Y U S U F, at example dot com": an address, spelt.
            let is_address = word.starts_with("{U") && self.text[..place.start].ends_with(" at ");
            // "Dana from Great Clips".
            let follows_caller = || {
                let before = caller.and_then(|caller| self.text.get(caller.end..place.start));
                matches!(before, Some(" from " | " with " | ", from " | ", with "))
                    && is_common_words_with_capitals(word)
            };
            !is_caller(place) && !is_wanted && !is_address && (is_organisation(word) || follows_caller())
        };
        self.token("{Cme}")
            .or_else(|| self.somebodys_office())
            .or_else(|| self.organisations_of_people(caller).find(&own))
            .or_else(|| self.calling_organisations(caller.is_some()).find(&own))
            .or_else(|| self.appositions(caller).find(&own))
            .or_else(|| self.firm_before_speaker(caller?).filter(&own))
            .or_else(|| self.firm_alone().filter(&own))
            .or_else(|| self.firm_as_sentence().filter(&own))
            .or_else(|| self.signature().map(|(_, firm)| firm).filter(&own))
            .or_else(|| {
                let caller = caller?;
                Some(caller.end..self.end_after(&LOCAL_BODIES, caller)?)
            })
            .or_else(|| self.company_in_small_letters(caller?))
    }

    /// "its danny from dps scaffolding just": a word of it says that it is a firm.
    fn company_in_small_letters(&self, caller: &Range<usize>) -> Option<Range<usize>> {
        const MOST_WORDS: usize = 4;
        /// "Danny from next door your roofing is loose".
        const NO_FIRMS: [&str; 11] =
            ["your", "my", "our", "the", "a", "next", "across", "down", "up", "i", "we"];
        let rest = &self.text[caller.end..];
        let whence = [" from ", " at ", " with "].iter().find(|whence| rest.starts_with(**whence))?;
        let start = caller.end + whence.len();
        let is_of_name = |byte: &u8| byte.is_ascii_lowercase() || *byte == b' ';
        let length = self.text.as_bytes()[start..].iter().take_while(|byte| is_of_name(byte)).count();
        let words = self.text[start..start + length].match_indices(' ').map(|(blank, _)| blank);
        let ends = words.chain([length]).take(MOST_WORDS).map(|end| start..start + end);
        let is_small = self.text[caller.clone()].starts_with(|first: char| first.is_ascii_lowercase());
        let is_firm =
            |name: &str| has_organisation_word(name) && !name.split(' ').any(|word| NO_FIRMS.contains(&word));
        ends.filter(|_| is_small).find(|firm| is_firm(&self.text[firm.clone()]))
    }

    /// "Aldercroft Appliances, service desk.", "HomeSwift Buyers, 404-555-0142", "Hi Ann, Harbour Dental here": a firm that
    /// opens a sentence, or follows who is greeted, and makes none.
    fn firm_alone(&self) -> Option<Range<usize>> {
        const ENDS: [&str; 28] = [
            ", service ", ", sales ", ", {N", ".\n{N", " {N", " here", " calling", " ringing", " with a ",
            " for ", " again", ", the ", ", for ", ", automated", ", reception", ", checking in",
            ", following up", ", returning", ", licensed", ": ", " office.", " office\n", " has a note ",
            " has a message ", " has an update ", " has news ", ".,\n{N", "., {N",
        ];
        let starts = sentence::ranges(self.text).map(|sentence| sentence.start);
        let greeted = self.phrases.find_iter(&GREETINGS).map(|greeting| greeting.end);
        let starts = starts.chain(greeted).chain(self.places_after_greeted());
        let firms = starts.filter_map(|start| Some(start..self.firm_at(start)?));
        firms
            .filter(|firm| ENDS.iter().any(|end| self.text[firm.end..].starts_with(end)))
            .min_by_key(|firm| firm.start)
    }

    /// "Hi Ann, Talentix, Karen speaking": as who picks up a telephone says it.
    fn firm_before_speaker(&self, caller: &Range<usize>) -> Option<Range<usize>> {
        if !self.text[caller.end..].starts_with(" speaking") {
            return None;
        }
        // "Evening, Coach Lomax speaking".
        let greets_caller = || self.phrases.find_iter(&GREETINGS).any(|cue| cue.end == caller.start);
        let end = self.text[..caller.start].strip_suffix(", ")?.len();
        let starts =
            sentence::ranges(self.text).map(|sentence| sentence.start).chain(self.places_after_greeted());
        let mut firms = starts
            .filter(|start| *start < end)
            .filter_map(|start| Some(start..organisation_at(self.text, start)?));
        firms.find(|firm| {
            firm.end == end && !is_known_first_name(&self.text[firm.clone()]) && !greets_caller()
        })
    }

    /// "Ordway Collections.": a sentence of its own, or what follows whoever is greeted; after "hello" it would be the
    /// listener's.
    fn firm_as_sentence(&self) -> Option<Range<usize>> {
        let starts =
            sentence::ranges(self.text).map(|sentence| sentence.start).chain(self.places_after_greeted());
        let firms = starts.filter_map(|start| Some(start..self.firm_at(start)?));
        firms
            .filter(|firm| {
                self.text[firm.clone()].contains(' ') && (self.ends_line(firm) || self.ends_message(firm))
            })
            .min_by_key(|firm| firm.start)
    }

    /// Where the name would begin that "hi Ann, …" leads to.
    fn places_after_greeted(&self) -> impl Iterator<Item = usize> {
        let greeted = self.after(&GREETINGS).chain(self.vocative());
        greeted.filter_map(|name| self.text[name.end..].starts_with(", ").then_some(name.end + 2))
    }

    /// Where the firm's name ends that begins at `start`, if a word of it says that it is one.
    pub(super) fn firm_at(&self, start: usize) -> Option<usize> {
        let end = organisation_at(self.text, start)?;
        is_firm(&self.text[start..end]).then_some(end)
    }

    /// "This is Dr. Lim's office".
    fn somebodys_office(&self) -> Option<Range<usize>> {
        let starts = self.phrases.find_iter(&ORGANISATION_CALLS).map(|cue| cue.end);
        let of_people = self.places_after_people(None);
        // "Mr. Beaumont, Councillor Rees's office, this is Dylan".
        let opening =
            self.vocative().filter(|name| self.text[name.end..].starts_with(", ")).map(|name| name.end + 2);
        starts.chain(of_people).chain(self.places_after_greeted()).chain(opening).find_map(|start| {
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
        // "Peter, a former consultant at Grayson Wolfe": where they are no longer.
        let is_left = |person: &Range<usize>, end: usize| self.text[person.start..end].contains(" former ");
        let place = |person: Range<usize>| {
            self.end_after(&OF_ORGANISATION, &person).filter(|end| !is_left(&person, *end))
        };
        let mut places: Vec<usize> = people.filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter()
    }

    /// "This is Drivemoor letting you know", "it's [Company] calling".
    fn calling_organisations(&self, has_caller: bool) -> impl Iterator<Item = Range<usize>> {
        self.phrases.find_iter(&ORGANISATION_CALLS).filter_map(move |cue| {
            let place = cue.end..organisation_at(self.text, cue.end)?;
            let word = &self.text[place.clone()];
            // "It's the Red Cross calling".
            let certain = !self.is_this_is(&cue) || self.text[..cue.end].ends_with(" the ") || is_firm(word);
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
            let gaps = [", your ", ", - ", " - ", ", ", " "];
            let gap = gaps.iter().find(|gap| self.text[start..].starts_with(**gap))?;
            // "Karen - Talentix".
            is_cued |= gap.contains('-');
            let place = start + gap.len()..organisation_at(self.text, start + gap.len())?;
            let word = &self.text[place.clone()];
            let after = &self.text[place.end..];
            if *gap == ", your " {
                return (is_caller && is_role(after)).then_some(place);
            }
            let is_located = is_firm(word) && [" on ", " in "].iter().any(|of| after.starts_with(of));
            let ends = after.is_empty()
                || after.starts_with([',', '.', '!', '\n'])
                || after.starts_with(" -")
                || is_located;
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

/// "Your Acme rep": what the caller is there.
fn is_role(after: &str) -> bool {
    const ROLES: [&str; 14] = [
        "agent", "rep", "representative", "adviser", "advisor", "broker", "consultant", "contact", "dealer",
        "distributor", "driver", "engineer", "manager", "technician",
    ];
    let word = after.trim_start().split(|letter: char| !letter.is_ascii_alphabetic()).next();
    word.is_some_and(|word| ROLES.contains(&word))
}

/// Does the word itself say that it is a company: a placeholder for one, "… Partners"?
fn is_firm(word: &str) -> bool {
    word.starts_with("{C") || has_organisation_word(word) || is_of_two(word) || names_what_is_somebodys(word)
}

/// "Quill & Kettle", "Sayle and Kerr"; not "Tom and Jane" or "Ann & Tom".
fn is_of_two(word: &str) -> bool {
    let mut names =
        [" & ", " and "].iter().find_map(|and| word.split_once(and)).into_iter().flat_map(<[&str; 2]>::from);
    let has_names = names.clone().count() == 2;
    match word.contains(" & ") {
        true => !(has_names && names.all(is_known_first_name)),
        false => has_names && !names.any(is_known_first_name),
    }
}
