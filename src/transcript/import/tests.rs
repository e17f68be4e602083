//! Each format is that of `fixtures/transcripts`: the words of one recording, whose times the synthesiser told.

use super::*;
use crate::transcript::Timing;

/// Start, end and text of each word of `demo.wav`.
fn said() -> Vec<(f64, f64, String)> {
    let table = include_str!("../../../fixtures/speech/words.tsv");
    let rows = table.lines().filter_map(|line| line.strip_prefix("demo.wav\t"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let time = |cell: &str| cell.parse::<f64>().expect("a time");
        (time(cells[0]), time(cells[1]), cells[2].to_owned())
    })
    .collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/fixtures/transcripts/demo.{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn bare(text: &str) -> String {
    text.trim_matches([',', '.', '?']).to_lowercase()
}

/// `off`: the largest error of a word's start and end that the format brings with it.
#[track_caller]
fn check(name: &str, format: Format, timing: Timing, off: f64) {
    let transcript = read(&fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((transcript.source, transcript.timing), (Source::Import { format }, timing), "{name}");
    let said = said();
    assert_eq!(transcript.words.len(), said.len(), "{name}");
    for (word, (start, end, text)) in transcript.words.iter().zip(said) {
        assert_eq!(bare(&word.text), bare(&text), "{name}");
        match word.interval {
            Some(interval) => {
                let error = (interval.start.0 - start).abs().max((interval.end.0 - end).abs());
                assert!(error <= off, "{name}: {word:?} is {error} s off");
            }
            None => assert_eq!(timing, Timing::Absent, "{name}"),
        }
    }
}

#[test]
fn every_format_has_the_same_words() {
    // Half of a hundredth is lost by rounding.
    check("whisper-cpp.json", Format::WhisperCpp, Timing::Words, 0.006);
    check("whisper-timestamped.json", Format::Segments, Timing::Words, 0.006);
    check("openai.json", Format::OpenAi, Timing::Words, 0.006);
    check("deepgram.json", Format::Deepgram, Timing::Words, 0.006);
    check("amazon.json", Format::Amazon, Timing::Words, 0.006);
    check("assemblyai.json", Format::AssemblyAi, Timing::Words, 0.006);
    check("google.json", Format::Google, Timing::Words, 0.006);
    check("TextGrid", Format::TextGrid, Timing::Words, 0.006);
    // The digits of the number share the time that their neighbours leave them.
    check("whisperx.json", Format::Segments, Timing::Words, 1.0);
    // The pauses within a segment are not known; only the first cue of the VTT has times of words.
    check("srt", Format::Srt, Timing::Segments, 1.6);
    check("vtt", Format::Vtt, Timing::Segments, 1.6);
    check("txt", Format::Text, Timing::Absent, 0.0);
}

#[test]
fn what_is_less_than_times_of_words_is_said() {
    for (name, note) in
        [("srt", "segments only"), ("txt", "no times"), ("whisperx.json", "10 of the 57 words")]
    {
        let notes = read(&fixture(name)).expect(name).notes;
        assert!(notes.iter().any(|found| found.contains(note)), "{name}: {notes:?}");
    }
    assert_eq!(read(&fixture("deepgram.json")).expect("it is one").notes, Vec::<String>::new());
}

#[track_caller]
fn check_error(text: &str, place: &str, says: &str) {
    let error = read(text.as_bytes()).expect_err(text);
    assert!(error.place.contains(place) && error.text.contains(says), "{text}\n{error}");
}

#[test]
fn an_error_names_its_place() {
    check_error("", "line 1", "empty");
    check_error("{\"segments\": [\n{\"start\": 1,", "line 2, column", "not JSON");
    check_error("{\"a\": 1}", "JSON document", "WhisperX");
    check_error("[1, 2]", "JSON document", "whisper.cpp");
    check_error(
        r#"{"segments": [{"start": 0, "end": 1, "words": [{"word": "a", "start": "x", "end": 1}]}]}"#,
        "segments[0].words[0].start",
        "expected a number, found a text",
    );
    check_error(
        r#"{"segments": [{"text": "a", "start": 2, "end": 1}]}"#,
        "segments[0].end",
        "before it starts",
    );
    check_error(r#"{"segments": [{"text": "a", "end": 1}]}"#, "segments[0]", "\"start\"");
    check_error(
        r#"{"words": [{"word": "a", "start": -4, "end": 1}], "task": ""}"#,
        "words[0].end",
        "seconds",
    );
    check_error(r#"{"results": {"channels": []}}"#, "results.channels", "empty list");
    check_error(r#"{"transcription": {}}"#, "at transcription", "expected a list");
    check_error("1\n00:00:01,000 --> 00:00:zz\nHi\n", "line 2", "no time");
    check_error(
        "1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:03,000 -> 00:00:04,000\nyou\n",
        "line 5",
        "expected times",
    );
    check_error("1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\nHi again\n", "line 5", "expected times");
    check_error("WEBVTT\n\n00:05.000 --> 00:01.000\nHi\n", "line 3", "before it starts");
    check_error(r#"{"results": [{"alternatives": []}]}"#, "results[0].alternatives", "an alternative");
    check_error(
        r#"{"results": {"items": [{"start_time": "soon", "end_time": "1", "alternatives": [{"content": "a"}]}]}}"#,
        "results.items[0].start_time",
        "expected a number, found a text",
    );
    check_error("<!DOCTYPE html>\n<html></html>", "line 1", "HTML");
    check_error("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n\"a\"", "line 5", "its end");
    check_error(
        "\"ooTextFile\"\n\"TextGrid\"\n0 1 <exists> 1\n\"IntervalTier\" \"phones\" 0",
        "line 4",
        "end of the file",
    );
    let tiers = "\"ooTextFile\"\n\"TextGrid\"\n0 1 <exists> 2\n\"IntervalTier\" \"a\" 0 1 0\n\"TextTier\" \"b\" 0 1 0";
    let two = tiers.replace("TextTier", "IntervalTier");
    check_error(&two, "line 1", "found \"a\", \"b\"");
    assert_eq!(read(tiers.as_bytes()).expect("the only tier of intervals").words, []);
}

#[test]
fn a_blank_line_within_a_cue_ends_nothing_and_a_little_before_the_start_is_the_start() {
    let srt =
        "1\n00:00:01,000 --> 00:00:03,000\nHi Sam,\n\nit's Dana.\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n";
    let texts = |text: &str| {
        read(text.as_bytes()).expect(text).words.into_iter().map(|word| word.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(srt), ["Hi", "Sam,", "it's", "Dana.", "Bye"]);
    let early = read(b"take 1 -0.10 0.40 hi\ntake 1 0.30 0.40 there\n").expect("a CTM");
    assert_eq!(early.words[0].interval.expect("it has a time").start, crate::units::Seconds(0.0));
}

#[test]
fn google_writes_no_time_that_is_zero_and_may_have_no_words() {
    let word =
        r#"{"endTime": "0.4s", "word": "Hi"}, {"startTime": "0.5s", "endTime": "0.9s", "word": "Sam"}"#;
    let text =
        format!(r#"{{"results": [{{"alternatives": [{{"transcript": "Hi Sam", "words": [{word}]}}]}}]}}"#);
    let transcript = read(text.as_bytes()).expect("Google's");
    assert_eq!(transcript.timing, Timing::Words);
    let empty = r#"{"results": [{"alternatives": [{"transcript": "Hi Sam", "words": []}]}]}"#;
    assert_eq!(read(empty.as_bytes()).expect("Google's").words.len(), 2);
}

#[test]
fn of_several_channels_the_first_is_read_and_that_is_said() {
    let item = |word: &str| {
        format!(
            r#"{{"start_time": "0.1", "end_time": "0.4", "type": "pronunciation", "alternatives": [{{"content": "{word}"}}]}}"#
        )
    };
    let (one, two) = (item("Hi"), item("Hello"));
    let text = format!(
        r#"{{"results": {{"items": [{one}, {two}], "channel_labels": {{"channels": [{{"items": [{one}]}}, {{"items": [{two}]}}]}}}}}}"#
    );
    let transcript = read(text.as_bytes()).expect("Amazon's");
    assert_eq!(transcript.words.len(), 1);
    assert_eq!(transcript.notes, ["the words of channel 1 of 2 were read"]);
}

#[test]
fn what_is_no_text_is_told_by_its_byte() {
    let place = |bytes: &[u8]| read(bytes).expect_err("no text").place;
    assert_eq!(place(b"RIFF\x24\x08\0\0WAVE"), "byte 6");
    assert_eq!(place(b"Hi caf\xe9"), "byte 6");
    assert_eq!(place(&[0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), "byte 2");
}

#[test]
fn annotations_were_not_said() {
    for text in
        ["[music] Hi", "WEBVTT\n\n00:01.000 --> 00:02.000\n[BLANK_AUDIO] Hi ♪\n", "{\"text\": \"Hi\"}"]
    {
        let words = read(text.as_bytes()).expect(text).words;
        assert_eq!((words.len(), bare(&words[0].text).starts_with("hi")), (1, true), "{text}: {words:?}");
    }
    assert_eq!(read(b"(speaking in a foreign language)").expect("text").words, []);
}

#[test]
fn no_piece_of_a_transcript_makes_it_panic() {
    for name in ["whisper-cpp.json", "whisperx.json", "srt", "vtt", "TextGrid", "txt"] {
        let whole = fixture(name);
        for length in (0..whole.len()).step_by(97) {
            let _ = read(&whole[..length]);
            let mut broken = whole.clone();
            broken[length] ^= 0x55;
            let _ = read(&broken);
        }
    }
}
