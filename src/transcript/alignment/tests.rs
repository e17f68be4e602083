//! What was said against what was written, on texts.

use super::*;
use crate::required;
use crate::script::{Mention, parse};
use crate::transcript::{Transcript, import};

fn transcript(text: &str) -> Transcript {
    import::read(text.as_bytes()).expect("a transcript")
}

fn against(script: &str, spoken: &str) -> Said {
    against_transcript(script, &transcript(spoken))
}

fn against_transcript(script: &str, transcript: &Transcript) -> Said {
    let sequence = parse(script);
    let message = &sequence.messages[0];
    let (required, sections) = required::of(message);
    let n_asks = required::n_asks(transcript, None);
    said(
        transcript,
        Some(Reference { source: script, message, required: &required, sections: &sections }),
        n_asks,
    )
}

fn alignment(script: &str, spoken: &str) -> Alignment {
    against(script, spoken).against_script.expect("there is a script")
}

const SCRIPT: &str = "Hi Maria, this is Dana Pruitt from Kestrel Gems. The pendant you asked about came in this morning. \
    Would Thursday or Friday suit you to come and see it? Call me back at 404-555-0142. Again, that is 404-555-0142.";

#[track_caller]
fn check_details(script: &str, spoken: &str, expected: &[(DetailKind, Status)]) {
    let details = alignment(script, spoken).details;
    let found: Vec<_> = details
        .iter()
        .filter(|detail| detail.status != Status::Said)
        .map(|detail| (detail.kind, detail.status))
        .collect();
    assert_eq!(found, expected, "{spoken}\n{details:#?}");
}

#[test]
fn a_script_read_out_is_covered_whole() {
    for spoken in [
        SCRIPT,
        "hi mariah this is dayna prewitt from kestrel gems the pendant you asked about came in this morning would \
         thursday or friday suit you to come and see it call me back at four oh four five five five oh one four two \
         again that's four zero four, five fifty-five, oh one forty-two",
        "Hi Maria, um, this is uh Dana Pruitt from Kestrel Gems. The pendant you asked about came in this morning. \
         Would Thursday or Friday suit you to come and see it? Call me back at 4 0 4. 5 5 5. 0 1 4 2. Again, that is \
         (404) 555-0142.",
    ] {
        let said = against(SCRIPT, spoken);
        let alignment = said.against_script.expect("there is a script");
        assert_eq!(
            (alignment.coverage, alignment.word_error_rate),
            (1.0, 0.0),
            "{spoken}\n{:#?}",
            alignment.stretches
        );
        assert_eq!(alignment.stretches, []);
        assert!(
            alignment.details.iter().all(|detail| detail.status == Status::Said),
            "{:#?}",
            alignment.details
        );
        assert_eq!((said.restarts.len(), said.filler_words.len(), said.numbers.len()), (0, 0, 2));
    }
}

#[test]
fn placeholders_take_what_fills_them() {
    let script = "Hi {{client_name}}, this is [Your Name] from [Company]. Your {{piece}} is ready. Call me at [Your Number].";
    let spoken = "Hi Mary Ann, this is Tom from Alder Street Tailors. Your wool jacket is ready. Call me at 020 7946 0142.";
    let alignment = alignment(script, spoken);
    assert_eq!((alignment.coverage, alignment.stretches.len()), (1.0, 0), "{:#?}", alignment.stretches);
    check_details(script, spoken, &[]);
    check_details(
        script,
        "Hi Mary Ann, this is Tom from Alder Street Tailors. Your wool jacket is ready. Call me.",
        &[(DetailKind::Number, Status::Missing)],
    );
}

#[test]
fn omitted_added_and_changed_stretches() {
    let spoken = "Hi Maria, this is Dana Pruitt from Kestrel Gems. I hope you had a lovely weekend. Would Thursday or \
        Saturday suit you to come and see it? Call me back at 404-555-0142. Again, that is 404-555-0142.";
    let stretches = alignment(SCRIPT, spoken).stretches;
    let found: Vec<_> = stretches.iter().map(|stretch| stretch.kind).collect();
    assert_eq!(found, [StretchKind::Changed, StretchKind::Changed], "{stretches:#?}");
    assert!(stretches[0].script.contains("pendant") && stretches[0].heard.contains("weekend"));
    assert_eq!((stretches[1].script.as_str(), stretches[1].heard.as_str()), ("Friday", "Saturday"));
    let short = SCRIPT.replace("The pendant you asked about came in this morning. ", "");
    let stretches = alignment(SCRIPT, &short).stretches;
    assert_eq!(
        (stretches.len(), stretches[0].kind, stretches[0].n_script_words),
        (1, StretchKind::Omitted, 9)
    );
    let stretches = alignment(&short, SCRIPT).stretches;
    assert_eq!(
        (stretches.len(), stretches[0].kind, stretches[0].n_heard_words),
        (1, StretchKind::AdLibbed, 9)
    );
}

#[test]
fn who_breaks_off_read_this_script_and_who_talks_of_the_weather_another() {
    let begun = alignment(SCRIPT, "Hi Maria, this is Dana Pruitt from Kestrel Gems. The pendant you");
    assert!(begun.coverage < MIN_COVERAGE && !begun.is_of_another_script(), "{begun:?}");
    let weather =
        "it has been raining all day and this is the third week in which nobody could see the hills for it";
    assert!(alignment(SCRIPT, weather).is_of_another_script());
}

#[test]
fn a_contraction_is_one_word() {
    let n_words = |text: &str| said(&transcript(text), None, 0).n_words;
    assert_eq!(n_words("I'm sure you'll see it's ready."), 6);
    assert_eq!(n_words("Call 404 555 now."), 8, "digits are said one by one");
    assert_eq!(n_words("It is one million two hundred fifty thousand dollars."), 9);
    assert_eq!(n_words("It is $1,250."), 2 + "one thousand two hundred fifty dollars".split(' ').count());
    assert_eq!(n_words("Call fifty-five fifty-five, 0142 at 9:30."), 1 + 4 + 4 + 1 + 2);
}

#[test]
fn numbers_in_words_are_those_in_digits() {
    for (script, spoken) in [
        ("We raised 1,250,000 pounds.", "we raised one million two hundred fifty thousand pounds"),
        (
            "We raised 1,250,345 pounds.",
            "we raised one million two hundred and fifty thousand three hundred and forty-five pounds",
        ),
        ("It is 2,500 today.", "it is two thousand five hundred today"),
        ("Call 800 555.", "call eight hundred five five five"),
    ] {
        let stretches = alignment(script, spoken).stretches;
        assert!(stretches.is_empty(), "{spoken}: {stretches:?}");
    }
}

#[test]
fn restarts_are_what_was_said_twice_and_is_not_the_scripts() {
    let texts = |said: &Said| said.restarts.iter().map(|passage| passage.text.clone()).collect::<Vec<_>>();
    for (spoken, expected) in [
        ("the pendant the pendant came in", vec!["the pendant"]),
        ("the pen- pendant came in", vec!["pen-"]),
        ("the pend pendant came in", vec!["pend"]),
        ("the um the pendant came in", vec!["the"]),
        ("The pendant, the pendant, the pendant came in", vec!["The pendant,", "the pendant,"]),
        ("the pendant came in bye bye", vec![]),
        ("the pendant came in", vec![]),
    ] {
        assert_eq!(texts(&against("The pendant came in.", spoken)), expected, "{spoken}");
    }
    assert_eq!(
        texts(&against("It is a big big ring at 5 5 5.", "it is a big big ring at five five five")),
        [""; 0]
    );
    assert_eq!(
        texts(&said(&transcript("I was I was calling about, about it"), None, 0)),
        ["I was", "about,"]
    );
    for (spoken, expected) in [
        (
            "Hi M-Maria, it is b-but a word, and you you know I I-I mean it",
            vec!["M-Maria,", "b-but", "you", "I", "I-I"],
        ),
        ("Do come in. In here I re-read it, ha-ha, so ring ring, thank you, you made me go", vec![]),
    ] {
        assert_eq!(texts(&said(&transcript(spoken), None, 0)), expected, "{spoken}");
    }
}

#[test]
fn the_scripts_own_like_is_no_filler() {
    let texts =
        |said: &Said| said.filler_words.iter().map(|passage| passage.text.clone()).collect::<Vec<_>>();
    let script = "You know, I would like to show you a ring like that.";
    assert_eq!(texts(&against(script, "You know, I would like to show you a ring like that.")), [""; 0]);
    assert_eq!(
        texts(&against(
            script,
            "You know, I would like to show you basically a like ring, like, like that, you know."
        )),
        ["basically", "like", "like,", "you know."]
    );
    let alone = "I'd like to, like, know if you like it. Let me know. It's, you know, basically done. So do you know?";
    assert_eq!(texts(&said(&transcript(alone), None, 0)), ["like,", "you know,", "basically"]);
}

#[test]
fn numbers_are_found_and_timed() {
    let json = r#"{"version": 1, "words": [
        {"text": "at", "start": 0.0, "end": 0.2}, {"text": "four", "start": 1.0, "end": 1.2},
        {"text": "oh", "start": 1.2, "end": 1.4}, {"text": "four", "start": 1.4, "end": 1.6},
        {"text": "555", "start": 2.2, "end": 2.8}, {"text": "01", "start": 3.0, "end": 3.2},
        {"text": "forty", "start": 3.2, "end": 3.4}, {"text": "two", "start": 3.4, "end": 3.5}]}"#;
    let numbers = said(&transcript(json), None, 0).numbers;
    assert_eq!((numbers.len(), numbers[0].digits.as_str()), (1, "4045550142"));
    let rate = numbers[0].digits_per_second().expect("times");
    assert!((rate - 4.0).abs() < 1e-9, "{rate}");
    assert!(numbers[0].longest_pause.is_some_and(|pause| (pause.0 - 0.6).abs() < 1e-9));
    for (text, expected) in [
        ("404-555-0142, 404-555-0142", vec!["4045550142", "4045550142"]),
        ("404-555-0142, 555-0142", vec!["4045550142", "5550142"]),
        ("404-555-0142 or 555-0143", vec!["4045550142", "5550143"]),
        ("in 10 weeks at 9:30", vec![]),
    ] {
        let numbers = said(&transcript(text), None, 0).numbers;
        assert_eq!(
            numbers.iter().map(|number| number.digits.as_str()).collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn an_extension_is_part_of_its_number() {
    let script = "Please call me at 404-555-0142 ext. 12 by the third of May.";
    for (spoken, status) in [
        ("please call me at 404-555-0142 extension 12 by May 3rd", Status::Said),
        ("please call me at 404-555-0142, and my extension is one two, by May third", Status::Said),
        ("please call me at 404-555-0142, again 404-555-0142 extension 12 by May 3rd", Status::Said),
        ("please call me at 404-555-0142 extension 21 by May 3rd", Status::Changed),
        ("please call me at 404-555-0142 by the third of May", Status::Changed),
    ] {
        let alignment = alignment(script, spoken);
        let number =
            alignment.details.iter().find(|detail| detail.kind == DetailKind::Number).expect("a number");
        assert_eq!(number.status, status, "{spoken}: {number:?}");
        assert_eq!(alignment.different_numbers.len(), usize::from(status == Status::Changed), "{spoken}");
        assert!(alignment.stretches.iter().all(|stretch| !stretch.script.contains("May")), "{spoken}");
    }
}

/// Each line of `fixtures/transcripts/omissions.jsonl`: precision and recall are 1 only if all of this holds.
#[test]
fn known_omissions_are_found_and_nothing_else() {
    let cases = include_str!("../../../fixtures/transcripts/omissions.jsonl");
    for case in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(case).expect("JSON");
        let text = |key: &str| case[key].as_str().unwrap_or_default();
        let alignment = alignment(text("script"), text("said"));
        let names = |status: Status| {
            let mut names: Vec<&str> = alignment
                .details
                .iter()
                .filter(|detail| detail.status == status)
                .map(|detail| detail.kind.name())
                .collect();
            names.sort_unstable();
            names
        };
        for (key, status) in [("missing", Status::Missing), ("changed", Status::Changed)] {
            let mut expected: Vec<&str> =
                case[key].as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
            expected.sort_unstable();
            assert_eq!(names(status), expected, "{key}: {}\n{:#?}", text("said"), alignment.details);
        }
    }
}

#[test]
fn nothing_makes_it_panic() {
    let texts = [
        "", "um", "um uh", "0", "oh", "and", "double", "a", "like", "404-555-0142", "$", "@", "a@b", "{",
        "-", "'",
    ];
    for script in texts.iter().chain([&SCRIPT]) {
        for spoken in texts.iter().chain([&SCRIPT]).filter_map(|text| import::read(text.as_bytes()).ok()) {
            let sequence = parse(script);
            let reference = sequence.messages.first().map(|message| Reference {
                source: script,
                message,
                required: &[],
                sections: &[],
            });
            let said = said(&spoken, reference, 1);
            assert!(
                said.against_script.is_none_or(|alignment| (0.0..=1.0).contains(&alignment.coverage)),
                "{script}"
            );
        }
    }
}

fn sections_said(transcript: &Transcript) -> Vec<SaidSection> {
    against_transcript(SCRIPT, transcript).against_script.expect("there is a script").sections
}

#[test]
fn each_section_has_a_pace_of_its_own() {
    let mut at = 0.0;
    let word = |text: &str| {
        // A number of ten digits in two seconds; words at 150 a minute.
        let start = at;
        at += if text.starts_with("404") { 2.0 } else { 0.4 };
        Word { text: text.to_owned(), interval: Some(Interval::new(start, at)), probability: None }
    };
    let words = SCRIPT.split_whitespace().map(word).collect();
    let mut transcript = Transcript { words, timing: Timing::Words, ..transcript(SCRIPT) };
    let paces: Vec<_> = sections_said(&transcript)
        .iter()
        .map(|section| (section.kind.name(), section.n_words, section.words_per_minute().round()))
        .collect();
    let expected = [
        ("opening", 9, 150.0),
        ("reason", 9, 150.0),
        ("ask", 15, 150.0),
        ("number", 10, 300.0),
        ("number", 10, 300.0),
    ];
    assert_eq!(paces, expected);
    transcript.timing = Timing::Segments;
    assert_eq!(sections_said(&transcript), []);
}

#[test]
fn a_british_number_is_known_as_people_say_it() {
    for (written, spoken) in [
        ("07700 900412", "oh double seven double oh nine double oh four one two"),
        ("07700 900412", "oh seven seven hundred, nine double oh, four one two"),
        ("07700 900412", "oh double seven hundred, nine double oh, four one two"),
        ("+44 20 7946 0958", "oh two oh, seven nine four six, oh nine five eight"),
        ("020 7946 0958", "plus four four two oh, seven nine four six, oh nine five eight"),
    ] {
        let said = alignment(
            &format!("Hi Ann, it's Dana. Call {written}."),
            &format!("Hi Ann, it's Dana. Call {spoken}."),
        );
        assert_eq!(said.different_numbers, [], "{spoken}");
        assert!(
            said.details.iter().all(|detail| detail.status == Status::Said),
            "{spoken}: {:#?}",
            said.details
        );
    }
}

#[test]
fn an_address_in_other_words_is_shown_whole() {
    let script = "Hi Ann, it's Dana. Write to {{your_email}} or see {{website}}.";
    let said = alignment(
        script,
        "Hi Ann, it's Dana. Write to dana dot lee at example dot com or see rings dot example dot org today.",
    );
    let heard =
        |kind| said.details.iter().find(|detail| detail.kind == kind).map(|detail| detail.heard.as_str());
    assert_eq!(heard(DetailKind::Email), Some("dana dot lee at example dot com"));
    let script = "Hi Ann, it's Dana. See {{website}}.";
    let said = alignment(script, "Hi Ann, it's Dana. See rings dot example dot org today.");
    let heard = said.details.iter().find(|detail| detail.kind == DetailKind::WebAddress);
    assert_eq!(heard.map(|detail| detail.heard.as_str()), Some("rings dot example dot org"));
}

#[test]
fn a_number_ends_where_the_next_word_is_another() {
    let script = "Call me at 404-555-0142. One more time, 404-555-0142, 24/7.";
    for spoken in
        [script, "call me at four oh four five five five oh one four two one more time 404-555-0142 24/7"]
    {
        let digits: Vec<_> =
            against(script, spoken).numbers.into_iter().map(|number| number.digits).collect();
        assert_eq!(digits, ["4045550142", "4045550142"], "{spoken}");
    }
}

/// Scripts of the labelled sets in which nothing is filled in, each read word for word.
#[test]
fn whoever_reads_word_for_word_gives_every_detail() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/labelled");
    let mut n_read = 0;
    let mut wrong = Vec::new();
    for path in
        std::fs::read_dir(folder).expect("the labelled sets").map(|entry| entry.expect("a file").path())
    {
        let text = std::fs::read_to_string(&path).expect("text");
        for line in text.lines().filter(|line| line.starts_with('{')) {
            let labelled: serde_json::Value = serde_json::from_str(line).expect("an object");
            let script = labelled["text"].as_str().expect("its text");
            let sequence = parse(script);
            let [message] = sequence.messages.as_slice() else { continue };
            // Neither what is filled in nor what is masked can be read.
            let is_masked = |number: &Mention| number.value.contains('x');
            let is_unread = !message.placeholders.is_empty() || message.phone_numbers().any(is_masked);
            if is_unread || script.contains(['[', '(', '*', '#', '<']) {
                continue;
            }
            n_read += 1;
            let said = against(script, script);
            let alignment = said.against_script.expect("there is a script");
            let not_said = alignment.details.iter().filter(|detail| detail.status != Status::Said);
            wrong.extend(not_said.map(|detail| format!("{}: {detail:?}", labelled["id"])));
            wrong.extend(
                alignment.different_numbers.iter().map(|number| format!("{}: {number:?}", labelled["id"])),
            );
        }
    }
    assert!(n_read > 500, "{n_read} scripts were read");
    assert!(wrong.is_empty(), "{} of {n_read}:\n{}", wrong.len(), wrong.join("\n"));
}
