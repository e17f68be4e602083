//! `review` with a script and what was said, as a user runs it.

mod common;

use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use common::{afterbeep, folder, json, stderr};

fn review(folder: &TempDir, arguments: &[&str]) -> Output {
    let recording = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/speech/better.wav");
    let mut command = afterbeep();
    command.args(["review", "--isolated", "--output-format", "jsonl", recording]).args(arguments);
    command.current_dir(folder.path()).output().expect("it starts")
}

fn codes(review: &Value) -> Vec<&str> {
    let findings = review["findings"].as_array().expect("a list").iter();
    let of_words = ["AD107", "AD108", "AD109", "AD110", "AD111", "AD112"];
    findings.filter_map(|finding| finding["code"].as_str()).filter(|code| of_words.contains(code)).collect()
}

const TEMPLATE: &str = "---\ndata: rows.csv\n---\nHi {{client_name}}, this is Tom Reyes with Harbor Dental. Your {{piece}} is ready. \
    Call me back at 404-555-0142.\n";
const ROWS: &str = "client_name,piece\nAnn,crown\nMaria,\"night guard\"\n";
const SAID: &str =
    "Hi Ann, this is Tom Reyes with Harbor Dental. Your crown is ready. Call me back at 404-555-0142.";

#[test]
fn a_row_of_the_data_is_what_the_placeholders_must_be() {
    let folder = folder(&[("template.md", TEMPLATE), ("rows.csv", ROWS), ("said.txt", SAID)]);
    let arguments = ["--script", "template.md", "--transcript", "said.txt"];
    // Without a row anything may fill them.
    for row in [None, Some("Ann")] {
        let more = row.map_or(vec![], |row| vec!["--contact", row]);
        let review = json(&review(&folder, &[arguments.as_slice(), &more].concat()));
        assert_eq!((codes(&review), &review["script"]["coverage"]), (vec![], &Value::from(1.0)), "{row:?}");
    }
    let other = json(&review(&folder, &[arguments.as_slice(), &["--contact", "maria"]].concat()));
    assert_eq!(codes(&other), ["AD108"], "{other}");
    let stretches = other["script"]["stretches"].as_array().expect("a list");
    assert!(stretches.iter().any(|stretch| stretch["script"] == "night guard"), "{stretches:?}");
    let beyond = review(&folder, &[arguments.as_slice(), &["--contact", "Cy"]].concat());
    assert!(beyond.status.code() == Some(2) && stderr(&beyond).contains("no row of rows.csv has a cell"));
}

#[test]
fn findings_point_at_their_seconds() {
    let script = "Hi Ann, this is Tom Reyes with Harbor Dental. Call me back at 404-555-0142.";
    // The number at six digits a second, and one digit wrong.
    let mut words: Vec<String> = Vec::new();
    let mut time = 0.5;
    for word in
        "Hi Ann, this is uh Tom Reyes with with Harbor Dental. Call me back at 4 0 4 5 5 5 0 1 4 3".split(' ')
    {
        let length = if word.parse::<u8>().is_ok() { 1.0 / 6.0 } else { 0.3 };
        words.push(format!(r#"{{"word": "{word}", "start": {time:.3}, "end": {:.3}}}"#, time + length));
        time += length;
    }
    let transcript = format!(r#"{{"task": "transcribe", "text": "", "words": [{}]}}"#, words.join(", "));
    let folder = folder(&[("script.md", script), ("said.json", &transcript)]);
    let review = json(&review(&folder, &["--script", "script.md", "--transcript", "said.json"]));
    assert_eq!(codes(&review), ["AD111", "AD107", "AD109"], "{}", review["findings"]);
    for finding in review["findings"].as_array().expect("a list") {
        let code = finding["code"].as_str().unwrap_or_default();
        if ["AD107", "AD109"].contains(&code) {
            let start = finding["start"].as_f64().expect("a time");
            assert!((start - 5.0).abs() < 0.3, "{finding}");
        }
    }
    let parts = review["score"]["parts"].as_array().expect("a list");
    let details = parts.iter().find(|part| part["name"] == "contact details").expect("a part");
    assert_eq!(
        details["value"], 0.0,
        "with a wrong number nothing of the contact details is of use: {details}"
    );
    let event = review["events"].as_array().and_then(|events| events.first()).expect("the uh");
    assert_eq!((&event["label"], &event["evidence"]), (&"uh".into(), &"transcript".into()));
}
