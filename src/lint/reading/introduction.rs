//! Who is calling, from where, and for whom.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::{Captures, Regex};

use super::names::{
    has_organisation_word, has_title, is_department, is_known_first_name, is_name, is_organisation, is_person,
};
use crate::lint::phrases::compile;

/// Places in the plain text; `None` where the message does not say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Introduction {
    pub caller: Option<Range<usize>>,
    /// The caller's own organisation.
    pub company: Option<Range<usize>>,
    pub recipient: Option<Range<usize>>,
}

pub fn read(text: &str) -> Introduction {
    let caller = caller(text);
    let company = company(text, caller.as_ref());
    let recipient = recipient(text, caller.as_ref());
    Introduction { caller, company, recipient }
}

// A name in its place -------------------------------------------------------------------------------------------------

/// "This is Dana", "it's [Your name]", "my name's Tom".
static THIS_IS: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:this is|this's|it is|it's|its|i'm|i am|im|my name is|my name's|the name is|the name's|name is|name's|",
        r"you're speaking (?:to|with)|that's|i go by)",
        r"(?:,? (?:um+|uh+|er+|erm|just|still|again|once again|once more|actually|only|your \w+|the \w+ \w+)[,.]*| ?\.\.\.| -)*",
        r",? (?P<name>@name)",
    ))
});
/// "Dana Pruitt here", "[Your name] again", "Marisol calling from".
static HERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?P<name>@name),? (?P<cue>here|speaking|again|calling|ringing|phoning|checking in)")
});
/// "Grant from Ostrava Gems", "[Name] with [Company]".
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?P<name>@name),? (?:(?:here|calling|ringing|speaking),? )?(?:from|with|over at|here at|down at|up at|out at|over in|of|at) (?:the |my |our )?(?:\{C|(?-i:[A-Z0-9]))~",
    )
});
/// "Once more, [Your name] on [number]"; "that's Callum, [phone]".
static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?:again|once more|that's|thanks|thank you),? (?P<name>@name),? (?:on|at|from|with|here|-|\{N)~",
    )
});
/// "Hi Janet, Sven Holmgren." and "Dana - Marcus, Accounts.": the second name is the caller's.
static AFTER_GREETING: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"~(?:(?:^|\n)@name|(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|afternoon)(?: there|,? @name))(?:,|\.| -) ",
        r"(?P<name>@name)(?:[.!]? |, (?:i |from|with|at|your|calling)|, (?-i:[A-Z])\w+\.|,? - )~",
    ))
});
static THIS_IS_LOWER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?:this is|my name is|my name's|it's|i'm|it is|i am) (?P<name>[a-z]{3,})"));
static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:hi|hello|hey|hiya|howdy|hullo|dear|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|",
        r"g'day|happy (?:birthday|anniversary|new year|holidays|friday|monday)|many happy returns|congratulations|congrats|",
        r"thanks|thank you|welcome|oh hi|oh hey|yo)(?: there| again)?(?:,? (?:um+|uh+|er+)[,.]*)*[,!.]? (?P<name>@name|\{C[a-z]*\})",
    ))
});
/// "Mark, Dave Collins here": a name and a comma at the very start.
static VOCATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^["' ]*(?P<name>\{P[a-z]*\}|(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)?)[,!:.-] ?"#).expect("the vocative pattern is well formed")
});
/// "This message is for [Name]", "trying to reach Ann Lee".
static FOR: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:(?:message|call|calling|voicemail|this|ringing|looking|meant|intended|asking)(?: is)?(?: just)?(?: meant| intended)? for|",
        r"(?:trying|hoping|like|want|wanted|wanting) to (?:reach|speak (?:to|with)|get (?:a )?hold of|contact|catch|connect with|get through to)|",
        r"looking for|is this|am i speaking (?:to|with)) (?:a )?(?P<name>@name)",
    ))
});
/// "Thank you, [First Name]!" at the end of a sentence.
static FAREWELL: LazyLock<Regex> = LazyLock::new(|| compile(r"[a-z] ?, (?P<name>@name) ?[.!?]*$~"));

fn caller(text: &str) -> Option<Range<usize>> {
    if let Some(range) = token(text, "{Pme}") {
        return Some(range);
    }
    let first_person = FIRST_PERSON.is_match(text.as_bytes());
    // Most callers say "this is", and then nobody asks who was greeted.
    let greeted = LazyCell::new(|| {
        let greetings = GREETING.captures_iter(text.as_bytes());
        greetings.filter_map(|found| Some(found.name("name")?.start())).collect::<Vec<usize>>()
    });
    let is_greeted = |start: usize| greeted.binary_search(&start).is_ok();
    let named = |found: &Captures| {
        let name = found.name("name")?;
        let word = &text[name.range()];
        let sure = first_person || says_where(&text[name.end()..]);
        let introduced = is_person(word, sure) && !word.starts_with("{Pother");
        introduced.then(|| name.range())
    };
    let spoken_of = |found: &Captures| {
        let name = found.name("name")?;
        let word = &text[name.range()];
        (is_name(word) && !word.starts_with("{Pother") && !word.starts_with("{Pyou")).then(|| name.range())
    };
    let this_is = THIS_IS
        .captures_iter(text.as_bytes())
        .filter(|found| !denies(text, found))
        .find_map(|found| named(&found));
    this_is
        .or_else(|| {
            let mut here = HERE.captures_iter(text.as_bytes());
            here.find_map(|found| {
                let name = spoken_of(&found)?;
                let cue = found.name("cue").map_or("", |cue| &text[cue.range()]);
                let certain = cue.eq_ignore_ascii_case("here") || cue.eq_ignore_ascii_case("speaking");
                let plain = !text[name.end..].starts_with(',');
                (certain || (plain && !is_greeted(name.start))).then_some(name)
            })
        })
        .or_else(|| {
            FROM.captures_iter(text.as_bytes())
                .find_map(|found| spoken_of(&found).filter(|name| !is_greeted(name.start)))
        })
        .or_else(|| AGAIN.captures_iter(text.as_bytes()).find_map(|found| spoken_of(&found)))
        .or_else(|| AFTER_GREETING.captures_iter(text.as_bytes()).find_map(|found| spoken_of(&found)))
        .or_else(|| {
            // A transcript has no capitals; a known first name after "this is" needs none.
            let mut lower = THIS_IS_LOWER.captures_iter(text.as_bytes());
            lower.find_map(|found| {
                let name = found.name("name")?;
                is_known_first_name(&text[name.range()]).then(|| name.range())
            })
        })
}

/// "This is Support", "it's Monday": the words after the name show that it is none, or the sentence speaks of another.
fn denies(text: &str, found: &Captures) -> bool {
    let Some(name) = found.name("name") else { return true };
    let after = &text[name.end()..];
    let start = found.get(0).map_or(0, |all| all.start());
    let before = text[start.saturating_sub(10)..start].to_ascii_lowercase();
    after.starts_with("'s ")
        || before.ends_with("hope ")
        || before.ends_with("think ")
        || before.ends_with("if ")
}

/// "… from Parcelhawk": what stands after a person's name, not after a firm's.
fn says_where(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    ["from ", "with ", "at ", "here ", "over at ", "calling from "].iter().any(|cue| after.starts_with(cue))
}

static FIRST_PERSON: LazyLock<Regex> = LazyLock::new(|| compile("i|i'm|i'd|i'll|i've|me|my|myself"));

fn recipient(text: &str, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
    let is_caller = |range: &Range<usize>| caller.is_some_and(|caller| caller.start == range.start);
    let addressed = |found: &Captures| {
        let range = found.name("name")?.range();
        let word = &text[range.clone()];
        let person = word.starts_with("{C") || is_name(word);
        let mine = word.starts_with("{Pme") || is_caller(&range) || introduces_caller(&text[range.end..]);
        (person && !mine).then_some(range)
    };
    let first = |pattern: &Regex| pattern.captures_iter(text.as_bytes()).find_map(|found| addressed(&found));
    first(&GREETING)
        .or_else(|| first(&FOR))
        .or_else(|| {
            let range = VOCATIVE.captures(text.as_bytes())?.name("name")?.range();
            let word = &text[range.clone()];
            let known = word.starts_with("{P") || has_title(word) || is_known_first_name(word);
            (known && !word.starts_with("{Pme") && !is_caller(&range)).then_some(range)
        })
        .or_else(|| token(text, "{Pyou}").filter(|range| !is_caller(range)))
        .or_else(|| {
            FAREWELL.captures_iter(text.as_bytes()).find_map(|found| {
                let range = addressed(&found)?;
                let word = &text[range.clone()];
                let known = word.starts_with("{P}") || word.starts_with("{Pyou") || has_title(word);
                known.then_some(range)
            })
        })
}

/// After a greeted name: "Hi, Ted Somebody here" greets nobody.
fn introduces_caller(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    let after = after[..after.len().min(20)].to_ascii_lowercase();
    ["here", "speaking", "from ", "with {c", "again from", "calling from", "calling with"]
        .iter()
        .any(|cue| after.starts_with(cue))
}

fn token(text: &str, token: &str) -> Option<Range<usize>> {
    text.find(token).map(|start| start..start + token.len())
}

// An organisation in its place ----------------------------------------------------------------------------------------

/// After the caller: "here from X", ", with X", ", the manager at X".
static OWN_ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:@name|here|calling|ringing|phoning|speaking|again|myself|personally|i'm|i am|we're|we are|i work|who works|message|call|",
        r"all of us|everyone|friends|folks|team|(?:account |project |general |sales |recruitment |office |store |practice )?(?:manager|representative|rep|owner|",
        r"founder|director|agent|advis[eo]r|coordinator|specialist|consultant|nurse|assistant|associate|recruiter|volunteer|secretary|president|partner|designer|jeweller|jeweler|stylist|technician|engineer|officer|member|ceo|pastor|broker|realtor|attorney|lawyer|receptionist|scheduler))",
        r",?(?: (?:um+|uh+|er+|here|once more|again|and i'm|just|still|over|down|up|back|right|calling|ringing|out|today|on behalf|in the office|reaching out|and i|and i work|and i am)[,.]*){0,3} ",
        r"(?:from|with|at|of|for|on behalf of|of behalf of|representing|over at)(?: the| our| my| your friends at| all of us at| your local| here at)?",
        r"(?:,? (?:um+|uh+|er+),?)* (?P<org>@org)",
    ))
});
/// "It's Paul Danner, Quillmoor Growth Partners, [number]".
/// "This is Dr. Lim's office".
static SOMEBODYS_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?:this is|it's|calling from|from|with|at) (?P<org>(?-i:(?:Dr|Mr|Mrs|Ms)\.? )?(?-i:[A-Z][a-zA-Z-]*)(?: (?-i:[A-Z][a-zA-Z-]*))*'s? (?:office|clinic|practice|surgery|salon|garage|studio|shop|store|team))",
    )
});
static APPOSITION: LazyLock<Regex> =
    LazyLock::new(|| compile(r"@name(?: here| speaking)?,? (?:- )?(?P<org>@org)(?:[,.]| -|$)~"));
/// "This is Drivemoor letting you know", "it's [Company] calling".
static ORGANISATION_CALLS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?:this is|it's|it is|hi from|hello from|greetings from|we at|here at|us at|behalf of|call from|message from|calling from|ringing from|reaching out from|(?:i|we) (?:work|write|report|represent|cover|volunteer)(?: for| with| at)?) (?:the |all of us at |everyone at |your friends at )?(?P<org>@org)",
    )
});

fn company(text: &str, caller: Option<&Range<usize>>) -> Option<Range<usize>> {
    let own = |found: &Captures| {
        let org = found.name("org")?.range();
        let is_caller = caller.is_some_and(|caller| caller.start == org.start);
        (!is_caller && is_organisation(&text[org.clone()])).then_some(org)
    };
    let marked = token(text, "{Cme}");
    let office =
        || SOMEBODYS_OFFICE.captures(text.as_bytes()).and_then(|found| Some(found.name("org")?.range()));
    marked
        .or_else(office)
        .or_else(|| OWN_ORGANISATION.captures_iter(text.as_bytes()).find_map(|found| own(&found)))
        .or_else(|| {
            ORGANISATION_CALLS.captures_iter(text.as_bytes()).find_map(|found| {
                let org = own(&found)?;
                let word = &text[org.clone()];
                let certain =
                    word.starts_with("{C") || !is_this_is(text, &found) || has_organisation_word(word);
                (certain
                    || (!is_name(word) || !is_known_first_name(word))
                        && caller.is_none()
                        && !is_department(word))
                .then_some(org)
            })
        })
        .or_else(|| {
            APPOSITION.captures_iter(text.as_bytes()).find_map(|found| {
                let org = own(&found)?;
                let word = &text[org.clone()];
                (word.starts_with("{C") || has_organisation_word(word)).then_some(org)
            })
        })
}

fn is_this_is(text: &str, found: &Captures) -> bool {
    let all = found.get(0).map_or("", |all| &text[all.range()]).to_ascii_lowercase();
    ["this is", "it's", "it is"].iter().any(|cue| all.starts_with(cue))
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read_all(source: &str) -> [Option<String>; 3] {
        let text = plain(source);
        let introduction = read(&text);
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
            ("Hi, it's Jan. We gave [their company] a hand.", some("Jan"), None, None),
        ] {
            assert_eq!(read_all(source), [caller, company, recipient], "{source}");
        }
    }
}
