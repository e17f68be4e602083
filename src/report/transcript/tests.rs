use super::*;
use crate::transcript::{Timing, Transcript, Word, import};
use crate::units::{Interval, Seconds};

fn transcript() -> Transcript {
    let word = |text: &str, start, end| Word {
        text: text.to_owned(),
        interval: Some(Interval::new(start, end)),
        probability: Some(0.5),
    };
    let words = vec![
        word("Hi,", 0.25, 0.5),
        word("\"Ann\"", 0.5, 0.75),
        word("&", 0.75, 0.8),
        word("Bo.", 0.875, 1.0),
        word("Call", 2.5, 2.75),
        word("404-555-0142.", 3661.5, 3663.0),
    ];
    let source = import::read(b"Hi").expect("plain text").source;
    Transcript { source, timing: Timing::Words, notes: Vec::new(), words }
}

fn read(text: &[u8]) -> Transcript {
    import::read(text).unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(text)))
}

#[test]
fn words_and_times_survive_json_and_text_grid() {
    let spoken = |transcript: &Transcript| {
        // A sign that stands alone is no word, when it is read again.
        let words = transcript.words.iter().filter(|word| word.text != "&");
        words.map(|word| (word.text.clone(), word.interval)).collect::<Vec<_>>()
    };
    let expected = transcript();
    let mut written = Vec::new();
    json::write(&mut written, "a.wav", &transcript()).expect("a vector takes everything");
    assert_eq!(spoken(&read(&written)), spoken(&expected));
    let mut written = Vec::new();
    text_grid::write(&mut written, &transcript(), Seconds(3700.0)).expect("a vector takes everything");
    let grid = read(&written);
    assert_eq!((grid.timing, spoken(&grid)), (Timing::Words, spoken(&expected)));
}

#[test]
fn subtitles_are_cut_at_sentences_and_silences() {
    let mut written = Vec::new();
    srt::write(&mut written, &transcript()).expect("a vector takes everything");
    let expected = "1\n00:00:00,250 --> 00:00:01,000\nHi, \"Ann\" & Bo.\n\n2\n00:00:02,500 --> 00:00:02,750\nCall\n\n\
        3\n01:01:01,500 --> 01:01:03,000\n404-555-0142.\n\n";
    assert_eq!(String::from_utf8_lossy(&written), expected);
    assert_eq!(read(&written).timing, Timing::Segments);
    let mut written = Vec::new();
    vtt::write(&mut written, &transcript()).expect("a vector takes everything");
    let text = String::from_utf8_lossy(&written).into_owned();
    assert!(text.starts_with("WEBVTT\n\n00:00:00.250 --> 00:00:01.000\nHi, \"Ann\" &amp; Bo.\n"), "{text}");
    assert_eq!(read(&written).words[1].text, "\"Ann\" &");
}

#[test]
fn text_has_a_line_a_sentence() {
    let mut written = Vec::new();
    text::write(&mut written, &transcript()).expect("a vector takes everything");
    assert_eq!(String::from_utf8_lossy(&written), "Hi, \"Ann\" & Bo.\nCall 404-555-0142.\n");
}
