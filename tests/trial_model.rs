//! The model in `models/`, on our own recordings of espeak-ng: what it is shipped for. Its training never had these texts.
#![cfg(feature = "transcribe")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use common::stderr;

const MODEL: &str = "models/ggml-trial.en.bin";
/// Tests run beside each other, and whisper's threads wait for one another by spinning.
const THREADS: [&str; 2] = ["--threads", "1"];
const FILLED_PAUSES: &[&str] = &["um", "uh", "er", "erm", "ah", "hmm"];

fn afterbeep(arguments: &[&str]) -> Output {
    let mut command = common::afterbeep();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().expect("it starts")
}

fn json(arguments: &[&str]) -> Value {
    let output = afterbeep(arguments);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?} {}", output.status, stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn transcript(recording: &Path, options: &[&str]) -> Value {
    let recording = recording.to_str().expect("UTF-8");
    json(
        &[&["transcribe", recording, "--model", MODEL, "--output-format", "json"][..], &THREADS, options]
            .concat(),
    )
}

fn reviewed(recording: &str, options: &[&str]) -> Value {
    let review = ["review", recording, "--isolated", "--model", MODEL, "--output-format", "json"];
    json(&[&review[..], &THREADS, options].concat())
}

fn words(transcript: &Value) -> Vec<String> {
    let words = transcript["transcript"]["words"].as_array().expect("words");
    words.iter().flat_map(|word| spoken(word["text"].as_str().expect("a text"))).collect()
}

/// Words as they are said, in lower case: digits one by one, "oh" for zero, no punctuation.
fn spoken(text: &str) -> Vec<String> {
    let digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let named = |letter: char| match letter.to_digit(10) {
        Some(digit) => format!(" {} ", digits[digit as usize]),
        None if letter.is_alphabetic() || letter == '\'' => letter.to_lowercase().to_string(),
        None => " ".to_owned(),
    };
    let text: String = text.chars().map(named).collect();
    text.split_whitespace().map(|word| if word == "oh" { "zero" } else { word }.to_owned()).collect()
}

/// The fewest words changed, left out and put in; and how many filled pauses were heard as one.
fn errors(said: &[String], heard: &[String]) -> (usize, usize) {
    let is_filled_pause = |word: &String| FILLED_PAUSES.contains(&word.as_str());
    // Fewest errors first; of equal ones, most filled pauses (counted down, so that less is better for both).
    let mut row: Vec<(usize, i32)> = (0..=heard.len()).map(|n| (n, 0)).collect();
    for word in said {
        let mut next = vec![(row[0].0 + 1, 0)];
        for (index, other) in heard.iter().enumerate() {
            let (errors, missed) = row[index];
            let kept = i32::from(is_filled_pause(word) && is_filled_pause(other));
            let paired = (errors + usize::from(word != other), missed - kept);
            let one_more = |(errors, missed): (usize, i32)| (errors + 1, missed);
            next.push(paired.min(one_more(row[index + 1])).min(one_more(next[index])));
        }
        row = next;
    }
    let (n_errors, missed) = row[heard.len()];
    (n_errors, missed.unsigned_abs() as usize)
}

fn recordings() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech");
    let entries = std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path());
    let mut recordings: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "wav")).collect();
    recordings.sort();
    recordings
}

#[test]
fn words_and_filled_pauses_of_our_recordings_are_heard() {
    let (mut n_said, mut n_errors, mut n_filled, mut n_kept) = (0, 0, 0, 0);
    for recording in recordings() {
        let said = spoken(&std::fs::read_to_string(recording.with_extension("txt")).expect("its text"));
        let heard = words(&transcript(&recording, &[]));
        let (errors, kept) = errors(&said, &heard);
        println!("{}: {errors} of {} wrong: {}", recording.display(), said.len(), heard.join(" "));
        n_said += said.len();
        n_errors += errors;
        n_filled += said.iter().filter(|word| FILLED_PAUSES.contains(&word.as_str())).count();
        n_kept += kept;
    }
    let rate = n_errors as f64 / n_said as f64;
    println!("word error rate {rate:.3} of {n_said} words; {n_kept} of {n_filled} filled pauses");
    assert!(rate <= 0.10, "{rate}");
    assert!(n_filled * 9 <= n_kept * 10, "{n_kept} of {n_filled}");
}

#[test]
fn the_encoder_cut_to_the_clip_hears_the_same_words() {
    for name in ["demo.wav", "hesitant-us.wav"] {
        let recording = Path::new("fixtures/speech").join(name);
        let whole = words(&transcript(&recording, &[]));
        assert_eq!(whole, words(&transcript(&recording, &["--fit-audio-context"])), "{name}");
    }
}

#[test]
fn whoever_uses_it_is_told_what_it_is() {
    let transcribe = ["transcribe", "fixtures/speech/hesitant-gb.wav", "--model", MODEL];
    let output = afterbeep(&[&transcribe[..], &THREADS].concat());
    let error = stderr(&output);
    assert!(error.contains("trial.en is afterbeep's own, for trying things out"), "{error}");
    let review = reviewed("fixtures/speech/hesitant-gb.wav", &[]);
    let notes = review["transcript"]["notes"].to_string();
    assert!(notes.contains("synthetic voices alone"), "{notes}");
}

#[test]
fn a_long_recording_is_stitched_from_windows() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("long.wav");
    let mut reader = hound::WavReader::open("fixtures/speech/demo.wav").expect("a recording");
    let samples: Vec<i16> = reader.samples::<i16>().map(|sample| sample.expect("a sample")).collect();
    let mut writer = hound::WavWriter::create(&path, reader.spec()).expect("created");
    for sample in samples.repeat(3) {
        writer.write_sample(sample).expect("written");
    }
    writer.finalize().expect("finished");
    let once = words(&transcript(Path::new("fixtures/speech/demo.wav"), &[]));
    let (n_errors, _) = errors(&vec![once.clone(); 3].concat(), &words(&transcript(&path, &[])));
    assert!(n_errors * 20 <= once.len() * 3, "{n_errors} of {} differ", once.len() * 3);
}

/// With the script beside it, a review knows the number, the names and the ask.
#[test]
fn a_review_with_the_script_knows_what_was_said() {
    let script = ["--script", "fixtures/scripts/demo-better.md"];
    let review = reviewed("fixtures/speech/better.wav", &script);
    let details = review["script"]["details"].as_array().expect("details");
    let number: Vec<_> = details.iter().filter(|detail| detail["kind"] == "number").collect();
    assert!(!number.is_empty() && number.iter().all(|detail| detail["status"] == "said"), "{details:?}");
    assert_eq!(review["transcript"]["model"], "trial.en");
}

#[test]
fn a_bias_towards_filled_pauses_makes_more_of_them() {
    let recording = Path::new("fixtures/speech/better.wav");
    let n_filled = |options: &[&str]| {
        let heard = words(&transcript(recording, options));
        heard.iter().filter(|word| FILLED_PAUSES.contains(&word.as_str())).count()
    };
    assert_eq!(n_filled(&[]), 0);
    assert!(0 < n_filled(&["--filler-bias", "20"]));
}

/// whisper.cpp aborts the process where it is given no memory.
#[test]
#[cfg(target_os = "linux")]
fn a_process_that_may_not_have_the_memory_is_told_so() {
    let limited = "ulimit -v 500000 && exec \"$@\"";
    let transcribe = ["transcribe", "fixtures/speech/better.wav", "--model", MODEL];
    let output = Command::new("sh")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["-c", limited, "sh", env!("CARGO_BIN_EXE_afterbeep")])
        .args([&transcribe[..], &THREADS].concat())
        .output()
        .expect("it starts");
    let error = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("MB of address space") && error.contains("ulimit -v"), "{error}");
}
