//! What the listener is asked to do.

use std::ops::Range;

use crate::lint::phrases::{
    ACTION_ASKS, ASK_PURPOSES, CONDITIONS, CONTACT_ASKS, DECISIONS, EMPTY_CONDITIONS, EMPTY_PURPOSES,
    FAREWELLS, IMPERATIVES, INFINITIVES, LEADING_SLOTS, Matches, PROMISES, Phrases, QUESTIONS, TURNS, WISHES,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    pub range: Range<usize>,
    pub kind: AskKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskKind {
    /// "Call me back", whatever the words and the channel.
    Contact,
    /// A named purpose, a slot, another concrete step.
    Particular,
}

/// Asks in the order in which they start.
pub fn read(phrases: &Phrases) -> Vec<Ask> {
    let promises = Matches::of(&PROMISES, phrases);
    let promised =
        |ask: &Range<usize>| promises.around(ask.start).is_some_and(|promise| promise.start < ask.start);
    let farewells = Matches::of(&FAREWELLS, phrases);
    let is_farewell = |ask: &Range<usize>| farewells.overlapping(ask).is_some();
    let contacts = phrases.find_iter(&CONTACT_ASKS).filter(|range| !promised(range) && !is_farewell(range));
    let contacts: Vec<_> = contacts.collect();
    // "Kindly return" is another step; "kindly return my call" is not, nor is "would you be able to call".
    let is_contact = |action: &Range<usize>| {
        let next = contacts.partition_point(|contact| contact.end < action.end);
        let leads_to =
            |start: usize| start < action.end || phrases.text().as_bytes()[action.end..start] == *b" to ";
        contacts.get(next).is_some_and(|contact| leads_to(contact.start))
    };
    let mut asks: Vec<Ask> = Vec::new();
    let is_meant = |action: &Range<usize>| !promised(action) && !is_contact(action) && !is_farewell(action);
    let actions =
        [&ACTION_ASKS, &IMPERATIVES, &DECISIONS].into_iter().flat_map(|list| phrases.find_iter(list));
    for range in actions.filter(is_meant) {
        asks.push(Ask { range, kind: AskKind::Particular });
    }
    let empty = [&EMPTY_PURPOSES, &EMPTY_CONDITIONS].map(|list| Matches::of(list, phrases));
    for range in contacts {
        let kind = if has_purpose(phrases, &empty, &range) { AskKind::Particular } else { AskKind::Contact };
        asks.push(Ask { range, kind });
    }
    if asks.is_empty() {
        asks.extend(wish(phrases));
    }
    asks.sort_by_key(|ask| ask.range.start);
    asks
}

/// Does the clause around "call me" say what for, or by when?
fn has_purpose(
    phrases: &Phrases,
    [empty_purposes, empty_conditions]: &[Matches; 2],
    ask: &Range<usize>,
) -> bool {
    let text = phrases.text();
    let after = &text[ask.end..text.len().min(ask.end + LONGEST_CLAUSE)];
    let after = after.split('\n').next().unwrap_or_default();
    let turn = phrases.find_iter_in(&TURNS, ask.end..ask.end + after.len()).next();
    let clause = ask.start..turn.map_or(ask.end + after.len(), |turn| turn.start);
    let purposes = phrases.find_iter_in(&ASK_PURPOSES, clause.clone());
    let mut purposes = purposes.chain(phrases.find_iter_in(&INFINITIVES, clause));
    if purposes.any(|purpose| empty_purposes.overlapping(&purpose).is_none()) {
        return true;
    }
    let mut conditions = phrases.find_iter_in(&CONDITIONS, ask.start..ask.end + after.len());
    if conditions.any(|condition| empty_conditions.overlapping(&condition).is_none()) {
        return true;
    }
    // "Before Friday, call me"; "once it has landed, call me".
    let near = ask.start.saturating_sub(LONGEST_SLOT)..ask.start;
    let leads = |range: &Range<usize>| !text[range.end..ask.start].contains('\n');
    let mut slots = phrases.find_iter_in(&LEADING_SLOTS, near.clone()).filter(leads);
    if slots.any(|slot| empty_purposes.overlapping(&slot).is_none()) {
        return true;
    }
    let mut conditions = phrases.find_iter_in(&CONDITIONS, near).filter(leads);
    conditions.any(|condition| empty_conditions.overlapping(&condition).is_none())
}

/// Bytes after an ask in which its purpose is looked for; nobody's sentence is longer, and it keeps the work linear.
const LONGEST_CLAUSE: usize = 240;
/// Bytes of the longest "To have it polished by the end of the week, please …".
const LONGEST_SLOT: usize = 80;

/// "Would that suit you?", "Would love to speak": with a number beside it.
fn wish(phrases: &Phrases) -> Option<Ask> {
    let text = phrases.text();
    let reachable = text.contains("{N") || text.contains("{E");
    if let Some(question) = phrases.find(&QUESTIONS).filter(|_| reachable) {
        return Some(Ask { range: question, kind: AskKind::Particular });
    }
    let wish = phrases.find(&WISHES)?;
    reachable.then_some(Ask { range: wish, kind: AskKind::Contact })
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn kinds(source: &str) -> Vec<AskKind> {
        read(&Phrases::new(&plain(source))).into_iter().map(|ask| ask.kind).collect()
    }

    #[test]
    fn asks_however_they_are_put() {
        for source in [
            "Please call me back at 404-555-0142.",
            "Could you give me a ring?",
            "If you want to chat, my number's [phone].",
            "Please don't hesitate to get in touch.",
            "Give us a shout.",
            "You can reach me at [phone].",
            "You can call me back at [phone].",
            "Let's talk.",
            "Call me when the dust settles.",
            "Would love to speak - [number].",
            "Feel free to ring me or answer this message.",
            "Call me so we can talk.",
            "Ring me on [phone] to find out why.",
            "Call for details.",
            "Call me back and refer to case number 44.",
        ] {
            let kinds = kinds(source);
            assert!(
                !kinds.is_empty() && kinds.iter().all(|kind| *kind == AskKind::Contact),
                "{source}: {kinds:?}"
            );
        }
    }

    #[test]
    fn particular_asks() {
        for source in [
            "Please ring me back at [phone] so we can go over the invoice.",
            "Text me at [phone] with a morning that works.",
            "Please upload the renewed one in your portal.",
            "Call me by Friday.",
            "Could you spare 15 minutes this week?",
            "Email me the photos.",
            "Do you mind if I let it go?",
            "Call me before we shut at six.",
            "Call [phone] and pick one.",
            "Call to cancel.",
            "Ring me and read me the number on the back.",
            "Call me to move it to Thursday.",
            "Please call me regarding the boiler.",
            "Call me the minute they land.",
            "Call me if you'd rather have the oak.",
            "Call me once you've measured the finger.",
            "If the syringe gives you any trouble, call [phone].",
            "You must provide a written excuse.",
            "If that appeals, click the link in the email.",
        ] {
            assert!(kinds(source).contains(&AskKind::Particular), "{source}: {:?}", kinds(source));
        }
    }

    #[test]
    fn what_is_no_ask() {
        for source in [
            "I'll call you back on Thursday.",
            "I'll ring again tomorrow.",
            "My number is 404-555-0142.",
            "I look forward to hearing from you.",
            "We'll text you a link.",
            "I'm just calling to say hello.",
            "I wanted to reach out.",
            "Take it easy.",
            "I'm ringing so you have everything you need to decide.",
        ] {
            assert_eq!(kinds(source), [], "{source}");
        }
    }
}
