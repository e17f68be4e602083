//! Who is calling, from where, and for whom.

mod caller;
mod company;
mod recipient;

use std::ops::Range;

use super::names::{name_at, names, token_at};
use crate::lint::phrases::{PhraseList, Phrases};

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

impl Text<'_> {
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

/// How long the word without a capital is that begins at `start`; 0 where none does, or it goes on as "don't" does.
fn small_letters_at(text: &str, start: usize) -> usize {
    let length = text[start..].bytes().take_while(u8::is_ascii_lowercase).count();
    let goes_on = text[start + length..].starts_with(|next: char| next.is_alphanumeric() || next == '\'');
    if goes_on { 0 } else { length }
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
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
            (
                "Hello Mrs Gray, Ash and Moore Solicitors here.",
                None,
                some("Ash and Moore Solicitors"),
                some("Mrs Gray"),
            ),
            ("Hello Ann, this is Bennett's the butchers.", None, some("Bennett's the butchers"), some("Ann")),
            ("Hi Sam, it's Kay with acme.io.", some("Kay"), some("{U}"), some("Sam")),
            (
                "Evening, Stan. Terry from the bowls club.",
                some("Terry"),
                some(" from the bowls club"),
                some("Stan"),
            ),
            (
                "Hi Ms. Lyle, Talentix, Karen speaking. Call me.",
                some("Karen"),
                some("Talentix"),
                some("Ms. Lyle"),
            ),
            (
                "This is Halcyon Grange Homeowners' Association for unit 6C.",
                None,
                some("Halcyon Grange Homeowners' Association"),
                None,
            ),
            (
                "hello mrs. whitcombe my name is gordie and i do gutters",
                some("gordie"),
                None,
                some("mrs. whitcombe"),
            ),
            ("Evening, Dr. Castellane. Your cello is restrung.", None, None, some("Dr. Castellane")),
            ("Hi, um, Crank & Gear here. Your Civic's done.", None, some("Crank & Gear"), None),
            ("hello this is nasreen im calling from my sisters phone", some("nasreen"), None, None),
            (
                "Good day Mr. Szabo, here speaks Ilona from Danubius.",
                some("Ilona"),
                some("Danubius"),
                some("Mr. Szabo"),
            ),
            (
                "Good morning, {{title}} {{last_name}}. This is Dana from Acme.",
                some("Dana"),
                some("Acme"),
                some("{P}"),
            ),
            ("{{agent}}, it's {{my_name}}, {{my_brokerage}}.", some("{Pme}"), some("{Cme}"), some("{Pme}")),
            (
                "Hi Dr. Amin, I'm Peter, a former consultant at Grayson Wolfe.",
                some("Peter"),
                None,
                some("Dr. Amin"),
            ),
            ("Hi Owen, it's Fliss the vet nurse at Burnside.", some("Fliss"), some("Burnside"), some("Owen")),
            ("The lift's out. Tunde, third floor.", some("Tunde"), None, None),
            (
                "Hi Ann, it's Joy, physiotherapy at St. Osyth's.",
                some("Joy"),
                some("St. Osyth's"),
                some("Ann"),
            ),
            ("Evening, Coach Lomax speaking. Call me.", some("Coach Lomax"), None, None),
            (
                "Hello, Warren Stubbs, membership secretary for the Ludford Chamber.",
                some("Warren Stubbs"),
                some("Ludford Chamber"),
                None,
            ),
            ("Hey there. Okay so don't be mad.", None, None, None),
            ("Hi Ms. Lyle. Karen - Talentix.", some("Karen"), some("Talentix"), some("Ms. Lyle")),
            ("Lyle, Karen here. Call me.", some("Karen"), None, some("Lyle")),
            ("Hi, this is the Red Cross calling.", None, some("Red Cross"), None),
            ("hi dana, it's tony. call me.", some("tony"), None, some("dana")),
            ("Hi Dana, it's Tony with A to Z Movers.", some("Tony"), some("A to Z Movers"), some("Dana")),
            ("Hi Dana, this is Rob Church.", some("Rob Church"), None, some("Dana")),
            ("Hi Dana, this is Grace Church.", None, some("Grace Church"), some("Dana")),
            ("I saw Kestrel Gems, the shop on Front Street. Tom here.", some("Tom"), None, None),
        ] {
            assert_eq!(read_all(source), [caller, company, recipient], "{source}");
        }
    }
}
