//! The JSON is a promise: what the program prints validates against `docs/*.schema.json`.

mod common;

use std::fs;
use std::path::Path;

use afterbeep::metrics::ANALYSIS_VERSION;
use serde_json::Value;

use common::{afterbeep, root};

fn printed(arguments: &[&str]) -> String {
    let output = afterbeep().args(arguments).current_dir(root()).output();
    String::from_utf8(output.expect("the program starts").stdout).expect("UTF-8")
}

#[track_caller]
fn assert_valid(schema: &str, text: &str) -> Value {
    let schema = fs::read_to_string(root().join("docs").join(schema)).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let value: Value = serde_json::from_str(text).expect("the output is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    value
}

/// Takes of different versions are not compared, so that a version must not give two numbers for one recording.
#[test]
fn no_number_changes_without_the_version_of_the_analysis() {
    let demo = ["review", "--isolated", "--no-cache", "--output-format", "json", "fixtures/speech/demo.wav"];
    let review: Value = serde_json::from_str(&printed(&demo)).expect("the output is JSON");
    let measured = [
        "duration",
        "speaking_rate",
        "articulation_rate",
        "phonation_ratio",
        "longest_pause",
        "filled_pause_count",
        "pitch_median",
        "pitch_sd",
        "pitch_range",
        "pitch_variation_quotient",
        "liveliness",
        "intensity_sd",
        "level",
        "true_peak",
        "snr",
        "phone_band",
    ];
    let value = |name: &str| format!("{:.1}", review["metrics"][name]["value"].as_f64().expect(name));
    let mut numbers: Vec<String> = measured.iter().map(|name| value(name)).collect();
    numbers.push(format!("{:.1}", review["score"]["overall"].as_f64().expect("a score")));
    let pinned = "21.5 137.8 3.8 0.8 2.3 2.0 199.4 1.0 2.7 0.1 4.8 13.3 -19.7 -3.1 45.8 0.7 64.6";
    assert_eq!(
        (ANALYSIS_VERSION, numbers.join(" ").as_str()),
        (10, pinned),
        "raise metrics::ANALYSIS_VERSION with the numbers"
    );
}

#[test]
fn lint_keeps_its_promise() {
    let report = printed(&[
        "lint", "--isolated", "--extend-select", "ALL", "--output-format", "json", "fixtures/scripts",
    ]);
    let report = assert_valid("lint.schema.json", &report);
    assert!(report["findings"].as_array().is_some_and(|findings| findings.len() > 5));
    assert_eq!(
        report["summary"]["files"].as_u64(),
        report["scripts"].as_array().map(|scripts| scripts.len() as u64)
    );
}

#[test]
fn lint_keeps_its_promise_with_errors_and_statistics() {
    let report = printed(&[
        "lint",
        "--isolated",
        "--statistics",
        "--output-format",
        "json",
        "gone.md",
        "fixtures/scripts/demo.md",
    ]);
    let report = assert_valid("lint.schema.json", &report);
    assert_eq!(report["errors"][0]["path"], "gone.md");
    assert!(report["statistics"].as_array().is_some_and(|rules| rules.len() > 3));
}

#[test]
fn positions_point_at_the_words() {
    let report = printed(&[
        "lint",
        "--isolated",
        "--select",
        "AB104",
        "--output-format",
        "json",
        "fixtures/scripts/demo.md",
    ]);
    let report = assert_valid("lint.schema.json", &report);
    let finding = &report["findings"][0];
    let source = fs::read_to_string(root().join("fixtures/scripts/demo.md")).expect("it is there");
    let line =
        source.lines().nth(finding["line"].as_u64().expect("a number") as usize - 1).expect("the line");
    let column = |key: &str| finding[key].as_u64().expect("a number") as usize - 1;
    let words: String =
        line.chars().skip(column("column")).take(column("end_column") - column("column")).collect();
    assert_eq!(words, "404-555-0142");
}

#[test]
fn review_keeps_its_promise() {
    let recording = "fixtures/speech/demo.wav";
    for arguments in [
        vec![recording],
        vec![recording, "--script", "fixtures/scripts/demo.md"],
        vec![recording, "--transcript", "fixtures/transcripts/demo.txt"],
        vec![recording, "--pattern", "{team}/{rep}.wav"],
        vec![
            recording,
            "--script",
            "fixtures/scripts/demo-better.md",
            "--transcript",
            "fixtures/transcripts/demo.vtt",
        ],
        vec!["gone.wav"],
        vec!["fixtures/signals/silence.wav"],
    ] {
        for format in ["json", "jsonl"] {
            let mut all = vec!["review", "--isolated", "--output-format", format];
            all.extend(&arguments);
            assert_valid("review.schema.json", &printed(&all));
        }
    }
}

#[test]
fn the_contour_is_there_where_it_was_asked_for() {
    let review = |arguments: &[&str]| {
        let all = ["review", "--isolated", "--output-format", "jsonl", "fixtures/speech/demo.wav"];
        assert_valid("review.schema.json", &printed(&[&all, arguments].concat()))
    };
    assert!(review(&[]).get("contour").is_none());
    let contour = &review(&["--include", "contour"])["contour"];
    let list = |key: &str| contour[key].as_array().expect("a list").clone();
    let f0 = list("f0_hz");
    // 22.2 s at 5 ms, less a window; a third at least is voiced.
    assert!((4_300..4_450).contains(&f0.len()), "{}", f0.len());
    assert!(f0.len() < 3 * f0.iter().filter(|hertz| hertz.is_number()).count());
    assert_eq!((list("strength").len(), list("intensity_db").len()), (f0.len(), f0.len()));
}

#[test]
fn a_review_says_what_of_the_script_was_said() {
    let recording = "fixtures/speech/demo.wav";
    let review = printed(&[
        "review",
        "--isolated",
        "--output-format",
        "json",
        recording,
        "--script",
        "fixtures/scripts/demo.md",
        "--transcript",
        "fixtures/transcripts/demo.whisper-timestamped.json",
    ]);
    let review = assert_valid("review.schema.json", &review);
    let details = review["script"]["details"].as_array().expect("a list");
    assert!(!details.is_empty() && details.iter().all(|detail| detail["status"] == "said"), "{details:?}");
    assert_eq!(
        (&review["transcript"]["format"], &review["transcript"]["timing"]),
        (&"segments".into(), &"words".into())
    );
    let evidence: Vec<_> =
        review["events"].as_array().expect("a list").iter().map(|event| &event["evidence"]).collect();
    assert_eq!(evidence, ["both", "both"]);
}

#[test]
fn a_line_a_recording() {
    let files = ["fixtures/speech/demo.wav", "gone.wav", "fixtures/signals/silence.wav"];
    let text = printed(&[["review", "--isolated", "--output-format", "jsonl"].as_slice(), &files].concat());
    let paths: Vec<String> = text
        .lines()
        .map(|line| assert_valid("review.schema.json", line)["path"].as_str().expect("a path").to_owned())
        .collect();
    assert_eq!(paths, files);
}

#[test]
fn the_schemas_can_fail() {
    let schema =
        fs::read_to_string(Path::new(&root()).join("docs/review.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    assert!(!validator.is_valid(&serde_json::json!({"version": 1, "path": "a.wav"})));
}

#[test]
fn every_metric_is_explained() {
    let review = printed(&["review", "--isolated", "--output-format", "json", "fixtures/speech/demo.wav"]);
    let review: Value = serde_json::from_str(&review).expect("JSON");
    let page = fs::read_to_string(root().join("docs/metrics.md")).expect("the page is there");
    let metrics = review["metrics"].as_object().expect("metrics by their names");
    assert!(metrics.len() > 20);
    for (name, metric) in metrics {
        let row = page.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
        let row = row.unwrap_or_else(|| panic!("docs/metrics.md has no row for {name}"));
        // Both ends of a target, as the program has them.
        for bound in metric["target"].as_array().into_iter().flatten().filter_map(Value::as_f64) {
            let bound = bound.to_string().replace('-', "\u{2212}");
            let is_of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '\u{2212}');
            let mut numbers =
                row.split(|letter| !is_of_number(letter)).map(|number| number.trim_end_matches('.'));
            assert!(numbers.any(|number| number == bound), "{name}: {bound} is not in {row}");
        }
    }
}
