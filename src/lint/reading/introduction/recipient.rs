//! For whom the message is.

use std::ops::Range;

use super::super::names::{after_title, has_title, is_known_first_name, is_name, is_somebody};
use super::{Text, first_word, small_letters_at};
use crate::lint::phrases::{GREETINGS, MEANT_FOR};

impl Text<'_> {
    pub(super) fn recipient(&self, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
        let is_caller = |name: &Range<usize>| caller.is_some_and(|caller| caller.start == name.start);
        let addressed = |name: &Range<usize>| {
            let word = &self.text[name.clone()];
            let person = word.starts_with("{C") || is_name(word) || is_somebody(self.text, name.clone());
            let mine =
                word.starts_with("{Pme") || is_caller(name) || introduces_caller(&self.text[name.end..]);
            person && !mine && !self.is_of_firm(name)
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
                // "Thanks, Bridget." where Bridget calls: she signs.
                let signs = |name: &Range<usize>| caller.is_some_and(|caller| self.is_same(caller, name));
                last.find(|name| known(&self.text[(*name).clone()]) && addressed(name) && !signs(name))
                    .cloned()
            })
            .or_else(|| {
                let mut within = self.names.iter().filter(|name| self.is_set_off(name));
                within.find(|name| known(&self.text[(*name).clone()]) && addressed(name)).cloned()
            })
            .or_else(|| self.greeted_in_small_letters().filter(|name| !is_caller(name)))
    }

    /// "hi dana, it's tony", "hello mrs. whitcombe": a transcript has no capitals; a known first name after a greeting needs
    /// none, nor does any after a title.
    fn greeted_in_small_letters(&self) -> Option<Range<usize>> {
        self.phrases.find_iter(&GREETINGS).find_map(|cue| {
            let title_end = after_title(self.text, cue.end);
            let length = small_letters_at(self.text, title_end);
            let name = cue.end..title_end + length;
            let is_titled = cue.end < title_end && 1 < length;
            let introduces = introduces_caller(&self.text[name.end..]);
            ((is_titled || is_known_first_name(&self.text[name.clone()])) && !introduces).then_some(name)
        })
    }

    /// "Mark, Dave Collins here": a name and a mark at the very start.
    pub(super) fn vocative(&self) -> Option<Range<usize>> {
        let start = self.text.len() - self.text.trim_start_matches(['"', '\'', ' ']).len();
        let name = self.names.first().filter(|name| name.start == start)?;
        let word = &self.text[name.clone()];
        let known = word.starts_with("{P") || has_title(word) || is_known_first_name(word);
        const FOND: [&str; 10] =
            [" darling", " dear", " my dear", " love", " mate", " honey", " hon", " pal", " bhai", " ji"];
        let after = &self.text[name.end..];
        let after = FOND.iter().find_map(|fond| after.strip_prefix(fond)).unwrap_or(after);
        let is_set_off = after.trim_start_matches(' ').starts_with([',', '!', '?', ':', '.', '-']);
        // "{{agent}}, it's {{my_name}}": the second one calls.
        let is_me = word.starts_with("{Pme")
            && ![", it's {Pme", ", this is {Pme"].iter().any(|introduces| after.starts_with(introduces));
        (known && is_set_off && !is_me).then(|| name.clone())
    }

    /// "Bo, it's Priya": a name at the very start, known or not, before what only a caller says.
    fn opening_name(&self) -> Option<Range<usize>> {
        /// What else a message opens with: hesitations, greetings, what people are to each other.
        const NO_NAMES: &str = " uh um er erm ah oh ooh hm hmm yeah yep yup right alright anyway whoa gosh goodness yo hiya ahoy \
            morning afternoon evening greetings salutations namaste hola bonjour ciao aloha voicemail beep testing dude man guys \
            buddy pal bro boss sir madam ma'am babe baby honey hon sweetie sweetheart darling mum mom mommy mama dad daddy papa \
            gran grandma grandpa nana brother sis sister cuz auntie aunt uncle neighbor neighbour neighbors neighbours team \
            everybody y'all friends gang ladies gentlemen lads crew class family ";
        const CUES: [&str; 15] = [
            "it's ", "its ", "it is ", "this is ", "pick up", "hi ", "hi,", "hello", "hey", "good morning",
            "good afternoon", "good evening", "my name", "just me", "g'day",
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
        if is_of_family(after) {
            return false;
        }
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
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_HALF))..];
        let after = &after[..after.floor_char_boundary(LONGEST_HALF)];
        let words = |text: &str| -> Vec<String> {
            text.split([' ', ',', '.', '!', '?']).map(str::to_ascii_lowercase).collect()
        };
        let is_of = |list: &[&str], word: &String| list.contains(&word.as_str());
        let sentence_before = before.rsplit('\n').next().unwrap_or_default();
        let clause = words(sentence_before.rsplit(',').next().unwrap_or_default());
        let rest = words(after.split('\n').next().unwrap_or_default());
        let speaks_to = words(sentence_before).iter().chain(&rest).any(|word| is_of(&YOU, word));
        let names_who = clause.iter().rev().take(2).any(|word| is_of(&DETERMINERS, word));
        let next = rest.iter().find(|word| !["and", "but", "so"].contains(&word.as_str()));
        let lists = before
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_uppercase()));
        speaks_to
            && !lists
            && !is_of_family(after)
            && (!names_who || next.is_some_and(|word| is_of(&STARTS, word)))
    }
}

/// Bytes of a sentence before a name, and after it, that are looked at; nobody's is longer, and it keeps the work linear.
const LONGEST_HALF: usize = 240;

/// After a greeted name: "Hi, Ted Somebody here" greets nobody.
fn introduces_caller(after: &str) -> bool {
    // "Hi Jane, calling from Acme": Jane is greeted.
    // So is Mr. Szabo: "Good day Mr. Szabo, here speaks Ilona".
    if after.starts_with(", calling") || after.starts_with(", here speaks") {
        return false;
    }
    let after = after.trim_start_matches([',', ' ']);
    let after = after[..after.len().min(20)].to_ascii_lowercase();
    ["here", "speaking", "from ", "with {c", "again from", "calling from", "calling with"]
        .iter()
        .any(|cue| after.starts_with(cue))
}

/// "Rose, your mum, needs …": who stands before it is spoken of.
fn is_of_family(after: &str) -> bool {
    const WHOSE: [&str; 5] = ["your ", "my ", "our ", "his ", "her "];
    const WHO: [&str; 20] = [
        "mum", "mom", "mother", "dad", "father", "son", "daughter", "sister", "brother", "wife", "husband",
        "partner", "aunt", "uncle", "cousin", "nan", "gran", "boss", "manager", "neighbour",
    ];
    let rest = WHOSE.iter().find_map(|whose| after.strip_prefix(whose));
    let word = rest.map(|rest| rest.split([' ', ',', '.']).next().unwrap_or_default());
    word.is_some_and(|word| WHO.contains(&word))
}
