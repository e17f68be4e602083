use super::*;

fn digits(text: &str) -> Vec<String> {
    find(text).into_iter().map(|number| number.digits).collect()
}

#[test]
fn every_number_word_means_digits() {
    use crate::english::{MULTIPLES, SCALES, TEENS, TENS, UNITS, ZEROS};
    let multiples = MULTIPLES.map(|(name, _)| name);
    // No telephone number has millions.
    let scales = SCALES.into_iter().filter(|scale| *scale != "million");
    for word in UNITS.into_iter().chain(TEENS).chain(TENS).chain(ZEROS).chain(multiples).chain(scales) {
        assert!(meaning(word).is_some(), "{word}");
        assert!(word.len() <= LONGEST_WORD, "{word}");
    }
}

#[test]
fn numbers_as_people_write_them() {
    for (text, expected) in [
        ("404-555-0142", "4045550142"),
        ("(404) 555-0142", "4045550142"),
        ("404.555.0142", "4045550142"),
        ("Call us on 13 11 14", "131114"),
        ("dial 5550123 today", "5550123"),
        ("303-555-CARS", "3035552277"),
        ("or ring 131 444.", "131444"),
        ("4045550142", "4045550142"),
        ("+1 404 555 0142", "14045550142"),
        ("+33 1 42 68 53 00", "33142685300"),
        ("555-0142", "5550142"),
        ("020 7946 0142", "02079460142"),
        ("08081 570199", "08081570199"),
        ("xxx-xxx-xxxx", "xxxxxxxxxx"),
        ("XXX-XXXX", "xxxxxxx"),
        ("4-0-4, 5-5-5, 0-1-4-2", "4045550142"),
        ("four oh four, five five five, oh one four two", "4045550142"),
        ("five, five, five, oh, one, four, two", "5550142"),
        ("2-8-1, 5-5-5, oh one, fifty-five", "2815550155"),
        ("eight hundred five five five oh one four two", "8005550142"),
        ("oh two oh, seven nine four six, oh one double four", "02079460144"),
        ("area code 404, 555-0142", "4045550142"),
        ("oh eight oh eight one, five seventy, two double three", "08081570233"),
        ("but in case: 01632 960 415", "01632960415"),
        ("room six, 01632 960 415", "01632960415"),
        ("555-0174, one to five", "5550174"),
        ("555-0190. One more time", "5550190"),
        ("Suite 200. 404-555-0142", "4045550142"),
        ("form 1040. 404-555-0142", "4045550142"),
        ("till 7. 404-555-0142", "4045550142"),
        ("till six, 0131 496 0719", "01314960719"),
        ("5/15. (404) 555-0142", "4045550142"),
        ("Suite 200 404-555-0142", "4045550142"),
        ("1 800-555-0142", "18005550142"),
        ("+44. 20 7946 0142", "442079460142"),
        ("404. 555. 0142", "4045550142"),
        ("1-800-RED-CROSS", "18007332767"),
        ("1-877-KARS-4-KIDS", "18775277454"),
        ("1-800-FLOWERS", "18003569377"),
    ] {
        assert_eq!(digits(text), [expected], "{text}");
    }
}

#[test]
fn a_number_said_twice_in_a_row_is_two() {
    for text in [
        "888-555-0160, 888-555-0160",
        "888-555-0160. 888-555-0160",
        "(888) 555-0160, (888) 555-0160",
        "555-0142, 555-0142",
        "0113 496 0217, 0113 496 0217",
        "(xxx) xxx-xxxx, (xxx) xxx-xxxx",
        "five five five oh one four two. five five five oh one four two",
        "888-555-0160 (888 555 0160)",
    ] {
        let digits = digits(text);
        assert!(digits.len() == 2 && digits[0] == digits[1], "{text}: {digits:?}");
    }
    assert_eq!(digits("404-555-0142, 888-555-0160").len(), 2);
}

#[test]
fn what_is_no_number_to_call() {
    for text in [
        "the code is for 13 11 14",
        "your parcel 1Z999AA10123456784",
        "mention 4045550142 as your reference",
        "your case is number 4045550142",
        "on 14 11 13 we met",
        "In 2025, 350 of your neighbors came",
        "On November 3, 2026, 10 of you can come",
        "on December 24, 2026 100 guests come",
        "on 13 11 2026",
        "$1,200,000",
        "1,200,000 people",
        "2026-11-22",
        "11/22/2026",
        "invoice number 404-555-0142",
        "Fax it to 404-555-0142",
        "please fax the form to 404-555-0142",
        "order 4045550142",
        "your 401K",
        "24/7",
        "between 9:30 and 10:45",
        "078-05-1120",
        "30301-1234",
        "a number of people",
        "two thousand four hundred",
        "5, 10, 15, 20",
        "one or two of them",
        "in 10 weeks we had 50",
        "4111 1111 1111 1111",
    ] {
        assert_eq!(digits(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_range_takes_in_the_bracket_and_the_plus() {
    let text = "call +1 (404) 555-0142 now";
    assert_eq!(&text[find(text)[0].range.clone()], "+1 (404) 555-0142");
    assert_eq!(&"on (404) 555-0142"[find("on (404) 555-0142")[0].range.clone()], "(404) 555-0142");
}
