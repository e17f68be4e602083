//! `--redact`: what a transcript and a script name stands in no output, whatever its format.

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use common::{afterbeep, stderr, stdout};

const SAID: &str = "1\n00:00:00,200 --> 00:00:04,000\nHi Maria, this is Dana Pruitt from Kestrel Gems.\n\n\
    2\n00:00:04,200 --> 00:00:09,000\nWrite to dana.pruitt@kestrelgems.com, uh, or to dana at kestrel gems dot com.\n\n\
    3\n00:00:09,200 --> 00:00:12,000\nAsk Quentin. Call me back at 404-555-0142,\n\n\
    4\n00:00:12,200 --> 00:00:15,000\nthat is four oh four treble five nought one four three.\n";
const SCRIPT: &str = "Hi Maria, this is Dana Pruitt from Kestrel Gems. Your pendant is ready, says Quentin. \
    Write to dana.pruitt@kestrelgems.com. Call me back at 404-555-0142. Again, 404-555-0142.\n";
/// In small letters.
const SECRETS: [&str; 13] = [
    "maria", "dana", "pruitt", "kestrel", "quentin", "pruitt@", "dot com", "404-", "0142", "four oh",
    "sam ode", "treble", "nought",
];

/// A recording of a client's, one that is broken, what was said and what was to be said.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("ann")).expect("a folder");
    let speech = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/better.wav");
    fs::copy(speech, path("ann/Sam Ode.wav")).expect("a copy");
    fs::write(path("said.srt"), SAID).expect("written");
    fs::write(path("script.md"), SCRIPT).expect("written");
    folder
}

fn review(folder: &TempDir, arguments: &[&str]) -> Output {
    let output = afterbeep()
        .args(["review", "ann/Sam Ode.wav", "--isolated", "--no-cache", "--pattern", "{rep}/{client}.wav"])
        .args(["--transcript", "said.srt", "--script", "script.md"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", stderr(&output));
    output
}

/// The secrets that stand in an output, in whatever case.
fn told(output: &[u8]) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(output).to_lowercase();
    SECRETS.into_iter().filter(|secret| text.contains(secret)).collect()
}

#[test]
fn no_format_tells_what_is_hidden() {
    let folder = folder();
    let formats: &[&str] = if cfg!(feature = "parquet") {
        &["full", "json", "jsonl", "csv", "markdown", "html", "parquet"]
    } else {
        &["full", "json", "jsonl", "csv", "markdown", "html"]
    };
    for format in formats {
        let shown = review(&folder, &["--output-format", format, "--redact"]);
        assert_eq!(told(&shown.stdout), [""; 0], "{format}:\n{}", stdout(&shown));
        assert_eq!(told(&shown.stderr), [""; 0], "{format}");
        assert!(shown.stdout.len() > 100, "{format} says something");
    }
    // Without it they are told, so the test can fail.
    let told = told(&review(&folder, &["--output-format", "json"]).stdout);
    assert_eq!(told, SECRETS.into_iter().filter(|secret| *secret != "dot com").collect::<Vec<_>>());
}

#[test]
fn no_file_that_is_written_tells_it() {
    let folder = folder();
    let mut arguments =
        vec!["--redact", "--report", "team.html", "--output-format", "csv", "--plot", "take.svg"];
    arguments.extend(["--output-file", "team.csv"]);
    if cfg!(feature = "parquet") {
        arguments.extend(["--events", "events.parquet"]);
    }
    let output = review(&folder, &arguments);
    assert_eq!((told(&output.stdout), told(&output.stderr)), (vec![], vec![]));
    for name in ["team.html", "team.csv", "take.svg", "events.parquet"] {
        if name.ends_with("parquet") && !cfg!(feature = "parquet") {
            continue;
        }
        let written = fs::read(folder.path().join(name)).expect("it was written");
        assert_eq!(told(&written), [""; 0], "{name}");
    }
}

#[test]
fn quotation_marks_and_errors_tell_nothing() {
    let folder = folder();
    let said =
        "1\n00:00:00,200 --> 00:00:04,000\nThis is from \"Kestrel Gems\" from \"Kestrel Gems\" and Maria.\n";
    fs::write(folder.path().join("said.srt"), said).expect("written");
    let shown = review(&folder, &["--output-format", "json", "--redact"]);
    assert!(stdout(&shown).contains("AD111"), "it quotes what was said twice");
    assert_eq!(told(&shown.stdout), [""; 0]);
    let late = r#"{"words": [{"word": "Hi", "start": 0.2, "end": 0.4}, {"word": "Maria", "start": 140.0, "end": 140.4}]}"#;
    fs::write(folder.path().join("late.json"), late).expect("written");
    for flags in [&["--redact"][..], &[]] {
        let output = afterbeep()
            .args(["review", "ann/Sam Ode.wav", "--isolated", "--pattern", "{rep}/{client}.wav"])
            .args(["--transcript", "late.json", "--output-format", "json"])
            .args(flags)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let told = (told(&output.stdout).len(), told(&output.stderr).len());
        assert_eq!(told == (0, 0), !flags.is_empty(), "{}", stderr(&output));
    }
}

#[test]
fn a_comparison_names_no_client() {
    let folder = folder();
    for to in ["Maria Lopez/1.wav", "Reyes/1.wav"] {
        let to = folder.path().join("of").join(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("it is made");
        fs::copy(folder.path().join("ann/Sam Ode.wav"), to).expect("a copy");
    }
    for sets in [["of/Maria Lopez", "of/Reyes"], ["of/Maria Lopez/1.wav", "of/Reyes/1.wav"]] {
        let output = afterbeep()
            .args(["compare", "--isolated", "--no-cache", "--redact", "--pattern", "{client}/{take}.wav"])
            .args(sets)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let told = stdout(&output);
        assert!(
            told.contains("of/[client]") && !told.contains("Maria") && !told.contains("Reyes"),
            "{told}{}",
            stderr(&output)
        );
    }
}
