//! The cheapest way from what was to be said to what was said.

use super::alike::{self, distance};
use super::tokens::Sound;

/// One token of the script.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// `is_name`: any spelling that sounds the same will do.
    Sound {
        sound: Sound,
        is_name: bool,
    },
    /// Whatever fills a placeholder; what is not required may be left out.
    Anything {
        is_required: bool,
    },
    AnyDigit {
        is_required: bool,
    },
}

/// Indices of what was expected and what was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Said {
        expected: usize,
        heard: usize,
    },
    Changed {
        expected: usize,
        heard: usize,
    },
    Omitted {
        expected: usize,
    },
    Added {
        heard: usize,
    },
    /// Two words written as one on the other side: "voice mail". The first of the two is this step, the second a
    /// [`Step::Said`].
    Joined {
        expected: usize,
        heard: usize,
    },
}

/// Most cells of the table; ours: a script of a minute against three hours of speech. Takes up to two seconds.
pub const MAX_CELLS: usize = 10_000_000;

/// Steps in the order of both; `None` where the two are too long to compare.
pub fn path(expected: &[Expected], heard: &[Sound]) -> Option<Vec<Step>> {
    let width = heard.len() + 1;
    let n_cells = (expected.len() + 1).checked_mul(width).filter(|cells| *cells <= MAX_CELLS)?;
    let mut moves = vec![Move::Start; n_cells];
    let mut previous: Vec<f32> = (0..width).map(|index| index as f32).collect();
    moves[1..width].fill(Move::Add);
    // The row before the previous one, for two expected words that were heard as one.
    let mut before_previous = vec![f32::INFINITY; width];
    for row in 1..=expected.len() {
        let mut current = vec![f32::INFINITY; width];
        for column in 0..width {
            let mut best = (previous[column] + omission(&expected[row - 1]), Move::Omit);
            let mut offer = |cost: f32, way: Move| {
                if cost < best.0 {
                    best = (cost, way);
                }
            };
            if column > 0 {
                offer(previous[column - 1] + match_cost(&expected[row - 1], &heard[column - 1]), Move::Match);
                offer(current[column - 1] + 1.0, Move::Add);
                if row > 1 && are_joined(&[&expected[row - 2], &expected[row - 1]], &heard[column - 1]) {
                    offer(before_previous[column - 1] + alike::ALIKE, Move::TwoAsOne);
                }
                if column > 1 && is_split(&expected[row - 1], &heard[column - 2], &heard[column - 1]) {
                    offer(previous[column - 2] + alike::ALIKE, Move::OneAsTwo);
                }
            }
            current[column] = best.0;
            moves[row * width + column] = best.1;
        }
        before_previous = std::mem::replace(&mut previous, current);
    }
    Some(walk(expected, heard, &moves))
}

#[derive(Clone, Copy)]
enum Move {
    Start,
    Match,
    Omit,
    Add,
    TwoAsOne,
    OneAsTwo,
}

fn walk(expected: &[Expected], heard: &[Sound], moves: &[Move]) -> Vec<Step> {
    let width = heard.len() + 1;
    let (mut row, mut column) = (expected.len(), heard.len());
    let mut steps = Vec::new();
    loop {
        match moves[row * width + column] {
            Move::Start => break,
            Move::Match => {
                row -= 1;
                column -= 1;
                let is_said = match_cost(&expected[row], &heard[column]) < CHANGED_FROM;
                steps.push(match is_said {
                    true => Step::Said { expected: row, heard: column },
                    false => Step::Changed { expected: row, heard: column },
                });
            }
            Move::Omit => {
                row -= 1;
                // What need not be there is not missed.
                if omission(&expected[row]) > 0.0 {
                    steps.push(Step::Omitted { expected: row });
                }
            }
            Move::Add => {
                column -= 1;
                steps.push(Step::Added { heard: column });
            }
            Move::TwoAsOne => {
                row -= 2;
                column -= 1;
                steps.push(Step::Said { expected: row + 1, heard: column });
                steps.push(Step::Joined { expected: row, heard: column });
            }
            Move::OneAsTwo => {
                row -= 1;
                column -= 2;
                steps.push(Step::Said { expected: row, heard: column + 1 });
                steps.push(Step::Joined { expected: row, heard: column });
            }
        }
    }
    steps.reverse();
    steps
}

fn omission(expected: &Expected) -> f32 {
    match expected {
        Expected::Sound { .. } => 1.0,
        Expected::Anything { is_required } | Expected::AnyDigit { is_required } => {
            f32::from(u8::from(*is_required))
        }
    }
}

/// Between what sounds alike and what is another word.
const CHANGED_FROM: f32 = 0.3;
/// A word of the script is a better place for a word than a placeholder is.
const WILD: f32 = 0.2;

fn match_cost(expected: &Expected, heard: &Sound) -> f32 {
    match (expected, heard) {
        (Expected::Sound { sound, is_name }, heard) => match distance(sound, heard, *is_name) {
            // A digit in the place of a word is nearly always another thing.
            cost if cost == 1.0 && std::mem::discriminant(sound) != std::mem::discriminant(heard) => 1.6,
            cost => cost,
        },
        (Expected::Anything { .. }, _) | (Expected::AnyDigit { .. }, Sound::Digit(_)) => WILD,
        (Expected::AnyDigit { .. }, Sound::Word(_)) => 2.0,
    }
}

fn word(expected: &Expected) -> Option<&str> {
    match expected {
        Expected::Sound { sound: Sound::Word(word), .. } => Some(word),
        _ => None,
    }
}

fn are_joined(parts: &[&Expected; 2], heard: &Sound) -> bool {
    match (word(parts[0]), word(parts[1]), heard) {
        (Some(first), Some(second), Sound::Word(heard)) => is_both(heard, first, second),
        _ => false,
    }
}

fn is_split(expected: &Expected, first: &Sound, second: &Sound) -> bool {
    match (word(expected), first, second) {
        (Some(whole), Sound::Word(first), Sound::Word(second)) => is_both(whole, first, second),
        _ => false,
    }
}

fn is_both(whole: &str, first: &str, second: &str) -> bool {
    whole.len() == first.len() + second.len() && whole.starts_with(first) && whole.ends_with(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(word: &str) -> Sound {
        match word.parse() {
            Ok(digit) => Sound::Digit(digit),
            Err(_) => Sound::Word(word.to_owned()),
        }
    }

    /// `=` said, `~` changed, `-` omitted, `+` added, `&` joined; `*` and `?` are placeholders, the second optional.
    fn steps(script: &str, said: &str) -> String {
        let expected: Vec<Expected> = script
            .split_whitespace()
            .map(|word| match word {
                "*" | "?" => Expected::Anything { is_required: word == "*" },
                "#" => Expected::AnyDigit { is_required: true },
                word => Expected::Sound { sound: sound(word), is_name: false },
            })
            .collect();
        let heard: Vec<Sound> = said.split_whitespace().map(sound).collect();
        let steps = path(&expected, &heard).expect("short enough");
        let sign = |step: Step| match step {
            Step::Said { .. } => '=',
            Step::Changed { .. } => '~',
            Step::Omitted { .. } => '-',
            Step::Added { .. } => '+',
            Step::Joined { .. } => '&',
        };
        steps.into_iter().map(sign).collect()
    }

    #[test]
    fn every_word_is_said_changed_omitted_or_added() {
        for (script, said, expected) in [
            ("", "", ""),
            ("a b c", "a b c", "==="),
            ("a b c", "a c", "=-="),
            ("a c", "a b c", "=+="),
            ("hi maria this", "hi sam this", "=~="),
            ("call 4 0 4 now", "call 4 0 5 now", "===~="),
            ("a voice mail came", "a voicemail came", "=&=="),
            ("a voicemail came", "a voice mail came", "=&=="),
            ("hi * this is", "hi ann this is", "===="),
            ("hi * this is", "hi this is", "=-=="),
            ("hi * ? ? this is", "hi mary ann lee this is", "======"),
            ("hi * ? ? this is", "hi ann this is", "===="),
            ("at # # #", "at 4 0 4", "===="),
            ("at # #", "at home", "=+--"),
        ] {
            assert_eq!(steps(script, said), expected, "{script} / {said}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_compared() {
        let heard = vec![Sound::Digit(1); 20_000];
        let expected = vec![Expected::AnyDigit { is_required: true }; 20_000];
        assert_eq!(path(&expected, &heard), None);
    }
}
