//! How likely it is, by the words alone and whatever their order, that a message or one of its sentences gives a reason, an
//! order and so on: logistic regression, trained by `make word-odds` on labelled scripts and on sentences that readers
//! marked in them. Phrases know the usual ways to say a thing; people find others. What is told by words is *probable*.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::script::sentence;

/// What a message may be, or a sentence in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// It says why to call back.
    Reason,
    /// Its reason comes after more than 12 s.
    LateReason,
    /// It commands or presses.
    Order,
    /// It tells others what concerns the listener alone.
    Private,
    /// It speaks of money between the two.
    Money,
    /// All it wants is to check in.
    EmptyPurpose,
    /// All it asks for, if anything, is to be in touch.
    BareAsk,
    /// Who calls does so for themself, of those that name no company.
    PrivateCaller,
}

/// What the words of a message say, and those of each of its sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct WordOdds {
    message: Columns,
    sentences: Vec<(Range<usize>, Columns)>,
}

/// Natural logarithms of odds, a column each of [`COLUMNS`].
type Columns = [f64; COLUMNS.len()];

/// Written by `make word-odds`: a word, or two words, and the weights a row; what is blank weighs nothing.
const WEIGHTS: &str = include_str!("word_odds.tsv");
/// Of what the weights are: messages of a topic, or sentences.
const COLUMNS: [(Topic, Part); 13] = [
    (Topic::Reason, Part::Message),
    (Topic::Reason, Part::Sentence),
    (Topic::LateReason, Part::Message),
    (Topic::Order, Part::Message),
    (Topic::Order, Part::Sentence),
    (Topic::Private, Part::Message),
    (Topic::Private, Part::Sentence),
    (Topic::Money, Part::Message),
    (Topic::Money, Part::Sentence),
    (Topic::EmptyPurpose, Part::Message),
    (Topic::EmptyPurpose, Part::Sentence),
    (Topic::BareAsk, Part::Message),
    (Topic::PrivateCaller, Part::Message),
];
/// The row of the weights that every message and sentence has.
const ALWAYS: &str = "(always)";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Message,
    Sentence,
}

/// Probability above which a message is taken to be of a topic where phrases say nothing (ours, as those below: seen on
/// labelled scripts of writers left out, the same for every topic).
pub const LIKELY: f64 = 0.6;
/// Above which a finding is made of it: a false alarm costs more than a message let pass.
pub const PROBABLE: f64 = 0.7;
/// Of a sentence, that it makes the message so.
const PROBABLE_OF_SENTENCE: f64 = 0.3;

impl WordOdds {
    /// `lower` is plain text in small letters.
    pub fn of(lower: &str) -> Self {
        let known: &Known = &KNOWN;
        let mut all = Vec::new();
        let sentences = sentence::ranges(lower).map(|range| {
            let mut rows: Vec<u16> =
                terms(&lower[range.clone()]).filter_map(|term| known.numbers.get(term).copied()).collect();
            all.extend_from_slice(&rows);
            (range, known.sum(&mut rows))
        });
        let sentences = sentences.collect();
        Self { message: known.sum(&mut all), sentences }
    }

    /// Probability, 0 to 1, that the message is of a topic.
    pub fn of_message(&self, topic: Topic) -> f64 {
        probability(&self.message, topic, Part::Message)
    }

    /// Of each sentence its range and the probability that it makes the message be of a topic; 0.5 of topics
    /// of which only messages are weighed.
    pub fn of_sentences(&self, topic: Topic) -> impl Iterator<Item = (Range<usize>, f64)> {
        self.sentences
            .iter()
            .map(move |(range, columns)| (range.clone(), probability(columns, topic, Part::Sentence)))
    }

    /// The sentence that is most likely to make the message be of a topic, and how likely; of equal ones the last.
    pub fn most_telling(&self, topic: Topic) -> Option<(Range<usize>, f64)> {
        self.of_sentences(topic).max_by(|(_, one), (_, other)| one.total_cmp(other))
    }

    /// That sentence, where both it and the message are probably of the topic.
    pub fn probable(&self, topic: Topic) -> Option<Range<usize>> {
        let (sentence, probability) = self.most_telling(topic)?;
        (PROBABLE < self.of_message(topic) && PROBABLE_OF_SENTENCE < probability).then_some(sentence)
    }
}

fn probability(columns: &Columns, topic: Topic, part: Part) -> f64 {
    let odds = COLUMNS.iter().zip(columns).find(|(column, _)| **column == (topic, part));
    1.0 / (1.0 + (-odds.map_or(0.0, |(_, odds)| *odds)).exp())
}

/// The words and pairs of words that have weights.
struct Known {
    numbers: HashMap<&'static str, u16>,
    rows: Vec<Columns>,
    always: Columns,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { numbers: HashMap::new(), rows: Vec::new(), always: [0.0; COLUMNS.len()] };
    // A comment and the names of the columns stand first.
    for line in WEIGHTS.lines().skip(2) {
        let (word, cells) = line.split_once('\t').expect("word_odds.tsv: a word, a tab, weights");
        let mut columns = [0.0; COLUMNS.len()];
        for (column, cell) in columns.iter_mut().zip(cells.split('\t')).filter(|(_, cell)| !cell.is_empty()) {
            *column = cell.parse().expect("word_odds.tsv: numbers after the word");
        }
        if word == ALWAYS {
            known.always = columns;
        } else {
            known.numbers.insert(word, known.rows.len() as u16);
            known.rows.push(columns);
        }
    }
    known
});

impl Known {
    /// What words say together, each once.
    fn sum(&self, rows: &mut Vec<u16>) -> Columns {
        rows.sort_unstable();
        rows.dedup();
        let mut sum = self.always;
        for row in rows {
            sum.iter_mut().zip(&self.rows[usize::from(*row)]).for_each(|(sum, weight)| *sum += weight);
        }
        sum
    }
}

/// The words of plain text, with the tokens of placeholders among them, and the pairs of words that a space alone parts.
pub fn terms(text: &str) -> impl Iterator<Item = &str> {
    let mut before: Option<Range<usize>> = None;
    words(text.as_bytes()).flat_map(move |word| {
        let pair = before
            .replace(word.clone())
            .filter(|before| &text[before.end..word.start] == " ")
            .map(|before| &text[before.start..word.end]);
        [Some(&text[word]), pair].into_iter().flatten()
    })
}

fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_of_word = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'{' | b'}');
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next + text[next..].iter().position(is_of_word)?;
        next = start + text[start..].iter().take_while(|byte| is_of_word(byte)).count();
        Some(start..next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_file() {
        let names = WEIGHTS.lines().nth(1).expect("a line of names");
        let expected = [
            "word",
            "reason",
            "reason, sentence",
            "late_reason",
            "order",
            "order, sentence",
            "private",
            "private, sentence",
            "money",
            "money, sentence",
            "empty_purpose",
            "empty_purpose, sentence",
            "bare_ask",
            "private_caller",
        ];
        assert_eq!(names.split('\t').collect::<Vec<&str>>(), expected);
        assert_eq!(expected.len(), COLUMNS.len() + 1);
        assert!(WEIGHTS.lines().skip(1).all(|line| line.split('\t').count() == expected.len()));
        assert!(KNOWN.always.iter().all(|weight| *weight != 0.0), "{:?}", KNOWN.always);
    }

    #[test]
    fn words_speak_for_a_topic_or_against_it() {
        for (topic, of_it, of_another) in [
            (
                Topic::Reason,
                "your appointment on thursday has moved, the dentist is ill.",
                "just wanted to introduce myself and see if you might be interested.",
            ),
            (
                Topic::Order,
                "you have had three letters from me and i will not be ignored, do it now or else.",
                "whenever suits you, it would be lovely to hear how the trip went.",
            ),
        ] {
            let probability = |text: &str| WordOdds::of(text).of_message(topic);
            assert!(probability(of_it) > 0.6, "{topic:?} {}", probability(of_it));
            assert!(probability(of_another) < 0.5, "{topic:?} {}", probability(of_another));
        }
    }

    #[test]
    fn a_word_counts_once_in_a_sentence_and_once_in_the_message() {
        let terms: Vec<&str> = terms("hi {pyou}, hi: you're hi.").collect();
        assert_eq!(terms, ["hi", "{pyou}", "hi {pyou}", "hi", "you're", "hi", "you're hi"]);
        let message = |text: &str| WordOdds::of(text).message;
        assert_eq!(message("your your"), message("your"));
        assert_eq!(message("your\nyour"), message("your"));
        assert_ne!(message("your"), message(""));
        assert_eq!(message("xyzzy"), message(""));
    }

    #[test]
    fn the_sentence_that_says_most_is_named() {
        let text = "hi, this is dana from kestrel.\nyou must pay this immediately or we will take you to court.\nbye.";
        let odds = WordOdds::of(text);
        let range = odds.probable(Topic::Order).expect("probably an order");
        assert!(text[range].starts_with("you must"), "{odds:?}");
        assert_eq!(odds.probable(Topic::EmptyPurpose), None);
    }
}
