//! Were the number, the names and the ask said?

use std::borrow::Cow;
use std::ops::Range;

use super::alike::sounds_alike;
use super::expected::{DetailKind, Script, ScriptDetail};
use super::path::{Expected, Step};
use super::spoken_numbers::{MIN_DIGITS, SpokenNumber};
use super::stretches::{gap, heard_index};
use super::tokens::Sound;
use super::{Heard, Passage, ScriptWords};
use crate::script::number::keypad_digit;
use crate::units::Interval;

/// A number, a name or an ask of the script, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    pub kind: DetailKind,
    /// As the script has it.
    pub text: String,
    pub status: Status,
    /// What was said in its place; empty where nothing was.
    pub heard: String,
    /// Where it was said, or the gap in which it was not; `None` without times.
    pub interval: Option<Interval>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Said,
    /// Another was said, or only part of it.
    Changed,
    Missing,
}

impl Status {
    /// As printed; stable once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Changed => "changed",
            Self::Missing => "missing",
        }
    }
}

/// Share of an ask's words that are enough to be understood, and that are still something like it; ours.
const ASK_SAID: f64 = 0.6;
const ASK_CHANGED: f64 = 0.4;

/// Each once, in the order of the script: what the script says twice was said if it was said once.
pub fn of(
    script: &Script,
    steps: &[Step],
    heard: &Heard,
    numbers: &[SpokenNumber],
    n_asks: usize,
) -> Vec<Detail> {
    let look = Look { script, steps, heard, numbers };
    let mut kept: Vec<&ScriptDetail> = Vec::new();
    let mut order: Vec<&ScriptDetail> = script.details.iter().collect();
    order.sort_by_key(|detail| detail.tokens.start);
    for detail in order {
        let again = kept.iter().any(|kept| is_same(kept, detail));
        if !again {
            kept.push(detail);
        }
    }
    let mut details: Vec<Detail> = kept.into_iter().map(|detail| look.detail(detail)).collect();
    find_other_words(&mut details, n_asks);
    details
}

/// Asks that nobody has found in the script's words were said in others, as far as there are asks to spare.
fn find_other_words(details: &mut [Detail], n_asks: usize) {
    let is_found = |detail: &&Detail| detail.kind == DetailKind::Ask && detail.status != Status::Missing;
    let n_spare = n_asks.saturating_sub(details.iter().filter(is_found).count());
    let is_lost = |detail: &&mut Detail| detail.kind == DetailKind::Ask && detail.status == Status::Missing;
    details.iter_mut().filter(is_lost).take(n_spare).for_each(|detail| detail.status = Status::Changed);
}

fn is_same(one: &ScriptDetail, other: &ScriptDetail) -> bool {
    one.kind == other.kind
        && match one.kind {
            DetailKind::Number if !one.digits.is_empty() && !other.digits.is_empty() => {
                is_number(&one.digits, &other.digits) || is_number(&other.digits, &one.digits)
            }
            // Two asks are two.
            _ => one.text.eq_ignore_ascii_case(&other.text),
        }
}

struct Look<'a> {
    script: &'a Script,
    steps: &'a [Step],
    heard: &'a Heard<'a>,
    numbers: &'a [SpokenNumber],
}

/// What became of a detail, and the words that were said in its place.
type Found = (Status, Option<Passage>);

impl Look<'_> {
    fn detail(&self, detail: &ScriptDetail) -> Detail {
        let (status, passage) = match detail.kind {
            DetailKind::Number => self.number(detail),
            DetailKind::Email | DetailKind::WebAddress => self.address(detail),
            DetailKind::Caller | DetailKind::Company | DetailKind::Recipient => self.name(detail),
            DetailKind::Ask => self.ask(detail),
        };
        let interval = match &passage {
            Some(passage) => passage.interval,
            None => self.gap_of(detail),
        };
        let heard = passage.map_or(String::new(), |passage| passage.text);
        Detail { kind: detail.kind, text: detail.text.clone(), status, heard, interval }
    }

    /// Wherever in the message it was said: a number that differs in a third of its digits is another one.
    fn number(&self, detail: &ScriptDetail) -> Found {
        if detail.digits.is_empty() {
            let first = self.numbers.first().map(|number| number.passage.clone());
            return (if first.is_some() { Status::Said } else { Status::Missing }, first);
        }
        let said: Vec<&SpokenNumber> =
            self.numbers.iter().filter(|number| is_number(&detail.digits, &number.digits)).collect();
        if let Some(first) = said.first() {
            return self.with_extension(detail, &said, first);
        }
        let in_place = self.in_place(detail, |share| match share {
            1.0 => Status::Said,
            share if share >= 0.5 => Status::Changed,
            _ => Status::Missing,
        });
        if in_place.0 == Status::Said {
            return in_place;
        }
        if let Some(passage) = self.spelt_out(detail) {
            return (Status::Said, Some(passage));
        }
        let distance = |number: &&SpokenNumber| strsim::levenshtein(&detail.digits, &number.digits);
        let nearest = self.numbers.iter().min_by_key(distance);
        match nearest.filter(|number| distance(number) <= detail.digits.len().div_ceil(2)) {
            Some(number) => (Status::Changed, Some(number.passage.clone())),
            // Some digits only, too few for a number.
            None => in_place,
        }
    }

    /// Of a number that was `said`, once or more: without the extension nobody reaches the caller.
    fn with_extension(&self, detail: &ScriptDetail, said: &[&SpokenNumber], first: &SpokenNumber) -> Found {
        let Some(wanted) = &detail.extension else {
            return (Status::Said, Some(first.passage.clone()));
        };
        let with = said.iter().filter_map(|number| Some((number, number.extension.as_ref()?)));
        let passage = |number: &SpokenNumber, extension: &Range<usize>| {
            self.heard.passage_of(number.tokens.start..extension.end)
        };
        match with.clone().find(|(_, (_, digits))| digits == wanted).or_else(|| with.clone().next()) {
            Some((number, (tokens, digits))) => {
                let status = if digits == wanted { Status::Said } else { Status::Changed };
                (status, Some(passage(number, tokens)))
            }
            None => (Status::Changed, Some(first.passage.clone())),
        }
    }

    fn address(&self, detail: &ScriptDetail) -> Found {
        if detail.is_placeholder {
            return self.any_address(detail);
        }
        if let Some(passage) = self.anywhere(detail) {
            return (Status::Said, Some(passage));
        }
        let found = self.in_place(detail, |share| match share {
            1.0 => Status::Said,
            share if share >= 0.5 => Status::Changed,
            _ => Status::Missing,
        });
        match (found.0, self.any_address(detail)) {
            (Status::Missing, (Status::Said, another)) => (Status::Changed, another),
            (Status::Missing, _) => (Status::Missing, None),
            _ => found,
        }
    }

    /// "… at … dot …", or "… dot …" for a web address.
    fn any_address(&self, detail: &ScriptDetail) -> Found {
        /// "dana dot pruitt at kestrel dash gems dot com" has four words between its "at" and its last "dot".
        const WITHIN: usize = 6;
        let tokens = &self.heard.tokens;
        let is = |index: usize, words: &[&str]| match tokens.get(index).map(|token| &token.sound) {
            Some(Sound::Word(word)) => words.contains(&word.as_str()),
            _ => false,
        };
        let dots = |from: usize| (from..tokens.len().min(from + WITHIN)).filter(|index| is(*index, &["dot"]));
        let found = (1..tokens.len()).find_map(|index| match detail.kind {
            DetailKind::WebAddress => is(index, &["dot"]).then(|| (index, dots(index).next_back())),
            _ => is(index, &["at"])
                .then(|| (index, dots(index + 1).next_back()))
                .filter(|(_, dot)| dot.is_some()),
        });
        let Some((middle, Some(dot))) = found else { return (Status::Missing, None) };
        // "dana dot lee" before the "at".
        let joins = ["dot", "point", "underscore", "dash", "hyphen"];
        let before = |start: &usize| (2 <= *start && is(start - 1, &joins)).then(|| start - 2);
        let start = std::iter::successors(Some(middle - 1), before).last().unwrap_or(middle - 1);
        (Status::Said, Some(self.heard.passage_of(start..(dot + 2).min(tokens.len()))))
    }

    /// In full anywhere, or in part in its place.
    fn name(&self, detail: &ScriptDetail) -> Found {
        if detail.is_placeholder {
            return self.in_place(detail, |share| if share > 0.0 { Status::Said } else { Status::Missing });
        }
        if let Some(passage) = self.anywhere(detail) {
            return (Status::Said, Some(passage));
        }
        let (status, passage) = self.in_place(detail, |share| match share {
            1.0 => Status::Said,
            share if share > 0.0 => Status::Changed,
            _ => Status::Missing,
        });
        match (status, passage) {
            // Another word stands in its place: perhaps another name.
            (Status::Missing, Some(passage)) => (Status::Changed, Some(passage)),
            found => found,
        }
    }

    fn ask(&self, detail: &ScriptDetail) -> Found {
        let (status, passage) = self.in_place(detail, |share| match share {
            share if share >= ASK_SAID => Status::Said,
            share if share >= ASK_CHANGED => Status::Changed,
            _ => Status::Missing,
        });
        match status {
            Status::Missing => (Status::Missing, None),
            status => (status, passage),
        }
    }

    /// Judges the share of its tokens that were said where they stand in the script. What was said in their place comes
    /// with it.
    fn in_place(&self, detail: &ScriptDetail, judge: impl Fn(f64) -> Status) -> Found {
        let within = |index: usize| detail.tokens.contains(&index);
        let mut n_said = 0;
        let mut heard: Vec<usize> = Vec::new();
        for step in self.steps {
            match step {
                Step::Said { expected, heard: index } | Step::Joined { expected, heard: index }
                    if within(*expected) =>
                {
                    n_said += 1;
                    heard.push(*index);
                }
                Step::Changed { expected, heard: index } if within(*expected) => heard.push(*index),
                _ => {}
            }
        }
        let required =
            detail.tokens.clone().filter(|index| super::is_required(&self.script.tokens[*index])).count();
        let share = (n_said as f64 / required.max(1) as f64).min(1.0);
        let passage =
            heard.first().zip(heard.last()).map(|(first, last)| self.heard.passage_of(*first..*last + 1));
        (judge(share), passage)
    }

    /// All of its tokens one after the other, names in any spelling that sounds alike.
    fn anywhere(&self, detail: &ScriptDetail) -> Option<Passage> {
        let wanted: Vec<&Sound> = self.script.tokens[detail.tokens.clone()]
            .iter()
            .filter_map(|token| match token {
                Expected::Sound { sound, .. } => Some(sound),
                _ => None,
            })
            .collect();
        let is_same = |wanted: &Sound, heard: &Sound| match (wanted, heard) {
            (Sound::Word(wanted), Sound::Word(heard)) => sounds_alike(wanted, heard),
            (wanted, heard) => wanted == heard,
        };
        let here = |window: &[super::Token]| {
            wanted.iter().zip(window).all(|(wanted, token)| is_same(wanted, &token.sound))
        };
        let n = wanted.len();
        if n == 0 {
            return None;
        }
        match self.heard.tokens.windows(n).position(here) {
            Some(start) => Some(self.heard.passage_of(start..start + n)),
            None => self.in_other_words(&wanted),
        }
    }

    /// The same letters and digits in a row, wherever the words end: "I B M" for IBM, "kestrel gems dot com", "Saint Johns".
    fn in_other_words(&self, wanted: &[&Sound]) -> Option<Passage> {
        let wanted: String = wanted.iter().map(|sound| written(sound)).collect();
        // Nobody says it.
        let wanted = wanted.strip_prefix("wwwdot").unwrap_or(&wanted);
        if wanted.len() < SHORTEST_NAME { None } else { self.in_a_row(wanted, written) }
    }

    /// "One eight hundred flowers" for "1-800-FLOWERS", on the keys of a telephone.
    fn spelt_out(&self, detail: &ScriptDetail) -> Option<Passage> {
        let on_keys = |sound: &Sound| {
            written(sound).to_ascii_uppercase().bytes().filter_map(keypad_digit).collect::<String>().into()
        };
        let has_letters = detail.text.contains(|letter: char| letter.is_ascii_uppercase());
        has_letters.then(|| self.in_a_row(&detail.digits, on_keys))?
    }

    /// Tokens which, each `as_written`, are together what is `wanted`.
    fn in_a_row<'s>(
        &'s self,
        wanted: &str,
        as_written: impl Fn(&'s Sound) -> Cow<'s, str>,
    ) -> Option<Passage> {
        let tokens = &self.heard.tokens;
        (0..tokens.len()).find_map(|start| {
            let mut rest = wanted;
            for (index, token) in tokens.iter().enumerate().skip(start) {
                rest = rest.strip_prefix(&*as_written(&token.sound))?;
                if rest.is_empty() {
                    return Some(self.heard.passage_of(start..index + 1));
                }
            }
            None
        })
    }

    /// Between the words before and after those that were left out.
    fn gap_of(&self, detail: &ScriptDetail) -> Option<Interval> {
        let is_its = |step: &Step| match step {
            Step::Omitted { expected } => detail.tokens.contains(expected),
            _ => false,
        };
        let start = self.steps.iter().position(is_its)?;
        let end = self.steps.iter().rposition(is_its)? + 1;
        let whole: Range<usize> = start..end;
        match self.steps[whole.clone()].iter().find_map(heard_index) {
            Some(_) => None,
            None => gap(self.steps, whole, self.heard),
        }
    }
}

/// Letters of a name that is told by them alone; ours.
const SHORTEST_NAME: usize = 3;

fn written(sound: &Sound) -> Cow<'_, str> {
    match sound {
        Sound::Word(word) if word == "saint" => Cow::Borrowed("st"),
        Sound::Word(word) => Cow::Borrowed(word),
        Sound::Digit(digit) => Cow::Owned(digit.to_string()),
    }
}

/// A number that was said, and is nearly one of the script's.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferentNumber {
    pub heard: Passage,
    /// As the script has it.
    pub script: String,
}

/// In the order they were said. Numbers that share less than half with any of the script's are others, and not wrong; nor is
/// what the script has word for word, a claim or a fax.
pub fn different_numbers(
    script: &Script,
    heard: &Heard,
    script_words: &ScriptWords,
    numbers: &[SpokenNumber],
) -> Vec<DifferentNumber> {
    let known: Vec<&ScriptDetail> =
        script.details.iter().filter(|detail| !detail.digits.is_empty()).collect();
    let is_of = |detail: &&&ScriptDetail, number: &SpokenNumber| is_number(&detail.digits, &number.digits);
    let is_in_script = |number: &SpokenNumber| script_words.are_scripts(number.tokens.clone());
    let different =
        numbers.iter().filter_map(|number| match known.iter().find(|detail| is_of(detail, number)) {
            Some(detail) => {
                let others = numbers.iter().filter(|other| is_of(&detail, other));
                different_extension(detail, heard, number, others)
            }
            None if is_in_script(number) => None,
            None => {
                let distance = |detail: &&&ScriptDetail| strsim::levenshtein(&detail.digits, &number.digits);
                let nearest = known.iter().min_by_key(distance)?;
                let is_near = distance(&nearest) <= nearest.digits.len().div_ceil(2);
                is_near
                    .then(|| DifferentNumber { heard: number.passage.clone(), script: nearest.text.clone() })
            }
        });
    different.collect()
}

/// A `number` said as the script has it, but for the extension: another one, or none though none of the `others` has it either.
fn different_extension<'n>(
    detail: &ScriptDetail,
    heard: &Heard,
    number: &SpokenNumber,
    mut others: impl Iterator<Item = &'n SpokenNumber>,
) -> Option<DifferentNumber> {
    let wanted = detail.extension.as_ref()?;
    let script = format!("{} extension {wanted}", detail.text);
    match &number.extension {
        Some((_, digits)) if digits == wanted => None,
        Some((tokens, _)) => {
            Some(DifferentNumber { heard: heard.passage_of(number.tokens.start..tokens.end), script })
        }
        None => {
            let is_first = others.next() == Some(number) && others.all(|other| other.extension.is_none());
            is_first.then(|| DifferentNumber { heard: number.passage.clone(), script })
        }
    }
}

/// With or without the country's code; `x` is any digit. Without the script's area code it is another: the listener cannot
/// dial that from elsewhere.
pub fn is_number(script: &str, heard: &str) -> bool {
    let is_whole =
        script.len() <= heard.len() || script.len() == 11 && heard.len() == 10 && script.starts_with('1');
    is_whole && ends_alike(script, heard) || is_with_trunk(script, heard) || is_with_trunk(heard, script)
}

/// Digits before a number that change nothing: a country's code (ITU-T E.164).
const MAX_PREFIX: usize = 3;

fn ends_alike(script: &str, heard: &str) -> bool {
    let is_same =
        script.bytes().rev().zip(heard.bytes().rev()).all(|(one, other)| one == other || one == b'x');
    is_same && script.len().abs_diff(heard.len()) <= MAX_PREFIX && MIN_DIGITS <= script.len().min(heard.len())
}

/// "020 7946 0958" is "+44 20 7946 0958".
fn is_with_trunk(national: &str, international: &str) -> bool {
    national.strip_prefix('0').is_some_and(|national| {
        national.len() < international.len()
            && !international.starts_with('0')
            && ends_alike(national, international)
    })
}
