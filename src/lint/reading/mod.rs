//! What a message says, as far as rules care: who is calling whom, what is asked, and why.
//!
//! Each part is worked out once, when the first rule asks for it. Places are ranges of the message's plain text.

mod asks;
mod introduction;
mod kind;
mod names;
mod reasons;
pub mod word_odds;

use std::ops::Range;
use std::sync::OnceLock;

pub use asks::{Ask, AskKind};
pub use introduction::Introduction;
pub use kind::Kind;
pub use reasons::Reason;
pub use word_odds::{PROBABLE, Topic, WordOdds};

use super::phrases::{PhraseList, Phrases};
use crate::script::speech::{self, Pace, Speech};
use crate::script::{Message, plain};

pub struct Reading<'m> {
    pub message: &'m Message,
    phrases: OnceLock<Phrases<'m>>,
    kind: OnceLock<Kind>,
    word_odds: OnceLock<WordOdds>,
    speech: OnceLock<Speech>,
    introduction: OnceLock<Introduction>,
    asks: OnceLock<Vec<Ask>>,
    reasons: OnceLock<Vec<Reason>>,
}

impl<'m> Reading<'m> {
    pub fn new(message: &'m Message) -> Self {
        Self {
            message,
            phrases: OnceLock::new(),
            kind: OnceLock::new(),
            word_odds: OnceLock::new(),
            speech: OnceLock::new(),
            introduction: OnceLock::new(),
            asks: OnceLock::new(),
            reasons: OnceLock::new(),
        }
    }

    pub fn text(&self) -> &'m str {
        self.message.plain.text()
    }

    /// Where phrases of a list stand, from left to right, not overlapping.
    pub fn phrases(&self, list: &PhraseList) -> impl Iterator<Item = Range<usize>> {
        self.phrase_text().find_iter(list)
    }

    /// [`Self::phrases`], but for words of the caller's own firm: "Best Buy", "ASAP Plumbing".
    pub fn phrases_said(&self, list: &PhraseList) -> impl Iterator<Item = Range<usize>> {
        self.phrases(list).filter(|range| {
            let company = self.introduction().company.as_ref();
            !company.is_some_and(|company| company.start <= range.start && range.end <= company.end)
        })
    }

    /// The text as phrases are looked for in it.
    pub fn phrase_text(&self) -> &Phrases<'m> {
        self.phrases.get_or_init(|| Phrases::new(self.text()))
    }

    /// Is it a voicemail, and one in English?
    pub fn kind(&self) -> Kind {
        *self.kind.get_or_init(|| {
            let greets_by_name = || self.introduction().recipient.is_some();
            kind::read(&self.message.plain, self.phrase_text(), greets_by_name)
        })
    }

    /// What the words say by themselves.
    pub fn word_odds(&self) -> &WordOdds {
        self.word_odds.get_or_init(|| WordOdds::of(self.phrase_text().lower()))
    }

    /// How long it takes to say; `pace` is the same for every rule.
    pub fn speech(&self, pace: &Pace) -> &Speech {
        self.speech.get_or_init(|| speech::of(self.message, pace))
    }

    /// Seconds of speech before a place in the plain text, at a usual pace, or as much faster or slower as `pace` is.
    pub fn seconds_before(&self, offset: usize, pace: &Pace) -> f64 {
        let of_usual = Pace::default().syllables_per_second / pace.syllables_per_second;
        plain::count_words(&self.text()[..offset]) as f64 * SECONDS_PER_WORD * of_usual
    }

    pub fn introduction(&self) -> &Introduction {
        self.introduction.get_or_init(|| introduction::read(self.phrase_text()))
    }

    /// What the listener is asked to do, in order.
    pub fn asks(&self) -> &[Ask] {
        self.asks.get_or_init(|| asks::read(self.phrase_text()))
    }

    /// Where the message says what the listener gets or what gets resolved, in order.
    pub fn reasons(&self) -> &[Reason] {
        self.reasons.get_or_init(|| reasons::read(self.phrase_text(), self.word_odds()))
    }
}

/// The US conversational average of 150 words a minute (National Center for Voice and Speech).
const SECONDS_PER_WORD: f64 = 60.0 / 150.0;

#[cfg(test)]
pub(crate) fn plain(source: &str) -> String {
    crate::script::parse(source)
        .messages
        .first()
        .map(|message| message.plain.text().to_owned())
        .unwrap_or_default()
}
