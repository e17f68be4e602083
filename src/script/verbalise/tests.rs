use super::*;

/// Words with blanks between them, `|` for a pause.
fn collected(collect: impl FnOnce(Say)) -> String {
    let mut said = Vec::new();
    collect(&mut |part| {
        said.push(match part {
            Said::Word(word) | Said::Token(word) => String::from_utf8_lossy(word).into_owned(),
            Said::Pause => "|".to_owned(),
        });
    });
    said.join(" ")
}

fn check(cases: &[(&str, &str)]) {
    for (written, expected) in cases {
        let said = collected(|say| sentence(written.as_bytes(), say));
        assert_eq!(said, *expected, "{written}");
    }
}

#[test]
fn words_are_said_as_they_stand() {
    check(&[
        ("Hi Sam, it's Dana.", "Hi Sam | it's Dana"),
        ("Call me - please!", "Call me | please"),
        ("Here's why: \"we won\" (again).", "Here's why | we won again"),
        ("well... maybe", "well | maybe"),
        ("that's all...", "that's all"),
        ("a well-known and/or e-mail", "a well known and or e mail"),
        ("'quoted' boys' rock 'n' roll", "quoted boys rock n roll"),
        ("Hi {Pyou}, {Pme}'s here at{N}.", "Hi {Pyou} | {Pme} here at {N}"),
        ("hmm, shh", "hmm | shh"),
        ("", ""),
        ("{", "{"),
    ]);
}

#[test]
fn numbers_as_people_say_them() {
    check(&[
        ("3 of 25, 150", "three of twenty five | one hundred fifty"),
        (
            "in 2026, 1905, 2000, 2005, 1900 or 2010",
            "in twenty twenty six | nineteen oh five | two thousand | two thousand five | nineteen hundred or twenty ten",
        ),
        ("the 1990s and the '90s", "the nineteen ninety and the ninety"),
        ("1,200 or 1,250 people", "twelve hundred or one thousand two hundred fifty people"),
        ("1,234,567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("50000", "fifty thousand"),
        ("order 48213", "order four eight two one three"),
        ("007", "zero zero seven"),
        ("3rd, 21st and 100th", "third | twenty first and one hundredth"),
        ("3.5 or .5 or 2.75", "three point five or point five or two point seven five"),
        ("50% off", "fifty percent off"),
        (
            "1/2, 3/4, 1/3, 2/3 and 3/8",
            "one half | three quarters | one third | two thirds and three eighths",
        ),
        ("11/22 and 11/05/2026", "eleven twenty two and eleven oh five twenty twenty six"),
        ("24/7 or 24-7", "twenty four seven or twenty four seven"),
        ("2-3, 10-15%, 9am-5pm", "two to three | ten to fifteen percent | nine a m to five p m"),
        ("9:30 - 10:45", "nine thirty to ten forty five"),
        ("404-55-1120", "four hundred four fifty five eleven twenty"),
        ("#3, #sale, press # or *", "number three | hashtag sale | press pound or star"),
        ("Tom & Jo, 2 + 2 = 4 @ home", "Tom and Jo | two plus two equals four at home"),
        (
            "99999999999999999999999",
            "nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine",
        ),
    ]);
}

#[test]
fn times() {
    check(&[
        ("9:30, 4pm, 10 am, 5:00", "nine thirty | four p m | ten a m | five o'clock"),
        ("5:00 p.m. or 12:05", "five p m or twelve oh five"),
        ("5:00pm, 10:15 AM", "five p m | ten fifteen A M"),
        ("17:00", "seventeen hundred"),
        ("I am here", "I am here"),
        ("30 min, 2 hrs, 1.5 ct", "thirty minutes | two hours | one point five carat"),
    ]);
}

#[test]
fn abbreviations_and_letters() {
    check(&[
        ("Dr. Lee and Mrs. Ray", "doctor Lee and missus Ray"),
        ("Mr Jones vs. Ms. May, Jr.", "mister Jones versus miz May | junior"),
        ("12 Main St. or 5th Ave. or Elm Blvd.", "twelve Main street or fifth avenue or Elm boulevard"),
        ("St. John", "saint John"),
        ("No. 5, Jan. 5, ext. 12", "number five | january five | extension twelve"),
        ("I said no.", "I said no"),
        ("rings, etc.", "rings | et cetera"),
        ("e.g. this, i.e. that, w/ or w/o it", "for example this | that is that | with or without it"),
        ("HR, the CEO, FAQs and the VP's", "H R | the C E O | F A Q and the V P"),
        ("NASA, NOT, PLEASE and the U.S.", "NASA | NOT | PLEASE and the U S"),
        ("CALL BOB FOR ME", "CALL BOB FOR ME"),
        ("TV ASAP, llc", "T V A S A P | l l c"),
        ("D-A-N-A", "D A N A"),
    ]);
}

#[test]
fn amounts() {
    for (written, expected) in [
        ("$1,200", "twelve hundred dollars"),
        ("$1200", "twelve hundred dollars"),
        ("$1", "one dollar"),
        ("$45.50", "forty five dollars and fifty cents"),
        ("$45.00", "forty five dollars"),
        ("GBP 1,250.01", "one thousand two hundred fifty pounds and one pence"),
        ("EUR 90", "ninety euros"),
        ("$5k", "five thousand dollars"),
        ("$1.2 million", "one point two million dollars"),
        ("90 dollars", "ninety dollars"),
        ("two hundred bucks", "two hundred bucks"),
        ("$", "zero dollars"),
    ] {
        assert_eq!(collected(|say| money(written, say)), expected, "{written}");
    }
}

#[test]
fn addresses() {
    for (written, expected) in [
        ("rob@example.com", "rob at example dot com"),
        ("ann.lee_2@my-shop.co.uk", "ann dot lee underscore two at my dash shop dot co dot u k"),
        ("https://www.example.com/rings", "w w w dot example dot com slash rings"),
        ("ann dot lee at example dot com", "ann dot lee at example dot com"),
        ("jo @ example.org", "jo at example dot org"),
        ("mit.edu", "mit dot e d u"),
    ] {
        assert_eq!(collected(|say| address(written, say)), expected, "{written}");
    }
}

/// Any text is said, in a number of words that grows with its length.
#[test]
fn no_text_is_too_odd() {
    const PARTS: [&str; 24] = [
        "a", "Q", "'", "9", "00", ",", ".", ":", "/", "-", " ", "#", "%", "$", "{", "}", "{N}", "st", "\n",
        "&", "W", "999999999999999999999", "12:30", "e.g.",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text += PARTS[(state >> 33) as usize % PARTS.len()];
        }
        for said in [
            collected(|say| sentence(text.as_bytes(), say)),
            collected(|say| money(&text, say)),
            collected(|say| address(&text, say)),
        ] {
            assert!(said.len() <= 40 + 24 * text.len(), "{text:?} is said {said:?}");
        }
    }
}
