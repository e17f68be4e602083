//! The formats that other programs read: each is whole, whatever is in the names and the texts.

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

use common::{afterbeep, stderr, stdout, write};

/// A name with everything that some format has to escape.
#[cfg(unix)]
const NAME: &str = "a é/<b> & \"c\" 'd', 50%: \u{1b}.md";
#[cfg(not(unix))]
const NAME: &str = "a é/b & 'd', 50%.md";
const URI: &str = if cfg!(unix) {
    "a%20%C3%A9/%3Cb%3E%20%26%20%22c%22%20%27d%27%2C%2050%25%3A%20%1B.md"
} else {
    "a%20%C3%A9/b%20%26%20%27d%27%2C%2050%25.md"
};
/// The same finding twice, and one after a letter of four bytes.
const SCRIPT: &str =
    "Hi Sam, this is 😀 Dana, um, from Kestrel Gems.\nYou know, um, your <watch> & ring is back.\n";

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    write(folder.path(), NAME, SCRIPT.as_bytes());
    folder
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = afterbeep();
    command.args(["lint", "--isolated", "--select", "AB401"]).args(arguments).current_dir(folder);
    command.output().expect("the program starts")
}

/// What a format prints of the folder; then, beside a script that cannot be read, that it is still whole.
fn printed(folder: &Path, format: &str) -> (String, String) {
    let run = |code: i32| {
        let output = lint(folder, &["--output-format", format]);
        assert_eq!(output.status.code(), Some(code), "{format}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let whole = run(1);
    write(folder, "latin.txt", b"caf\xe9");
    (whole, run(2))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn jsonl_is_a_finding_a_line() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "jsonl");
    let findings: Vec<Value> = text.lines().map(json).collect();
    assert_eq!(findings.len(), 3);
    assert!(findings.iter().all(|finding| finding["path"] == NAME && finding["code"] == "AB401"));
    assert_eq!((findings[0]["line"].as_u64(), findings[0]["column"].as_u64()), (Some(1), Some(25)));
    assert_eq!(text, beside_unread);
}

#[test]
fn json_names_what_could_not_be_read() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "json");
    assert_eq!(json(&text)["errors"], serde_json::json!([]));
    let report = json(&beside_unread);
    assert_eq!(report["errors"][0]["path"], "latin.txt");
    assert!(report["errors"][0]["text"].as_str().is_some_and(|text| text.starts_with("not UTF-8 at byte 3")));
    assert_eq!(report["findings"], json(&text)["findings"]);
    write(folder.path(), "front.md", b"---\nmax_seconds: soon\n---\nHi.\n");
    let report = lint(folder.path(), &["--output-format", "json", "front.md"]);
    assert_eq!(report.status.code(), Some(2));
    let report = json(&stdout(&report));
    assert_eq!((&report["errors"][0]["path"], &report["errors"][0]["line"]), (&"front.md".into(), &2.into()));
}

#[test]
fn sarif_is_what_its_schema_says() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.json");
    // One pattern of it (that of a language) has a bracket too many, which not every engine forgives.
    let schema = fs::read_to_string(schema).expect("the schema is there");
    let schema = json(&schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"));
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "sarif");
    for text in [&text, &beside_unread] {
        let value = json(text);
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    let run = &json(&text)["runs"][0];
    let results = run["results"].as_array().expect("results");
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], URI);
    assert_eq!(
        (run["columnKind"].as_str(), &place["region"]["startColumn"]),
        (Some("unicodeCodePoints"), &25.into())
    );
    assert_eq!(results[0]["level"], "warning");
    let rule = &run["tool"]["driver"]["rules"][results[0]["ruleIndex"].as_u64().expect("a number") as usize];
    assert_eq!(rule["id"], "AB401");
    assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## Use instead")));
    let unread = &json(&beside_unread)["runs"][0]["invocations"][0];
    assert_eq!(unread["executionSuccessful"], false);
    assert_eq!(unread["toolExecutionNotifications"].as_array().map(Vec::len), Some(1));
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })), "it can fail");
}

#[test]
fn fingerprints_stay_when_lines_move_and_are_no_two_alike() {
    let folder = folder();
    let fingerprints = || -> Vec<Vec<String>> {
        let sarif =
            json(&String::from_utf8_lossy(&lint(folder.path(), &["--output-format", "sarif"]).stdout));
        let gitlab =
            json(&String::from_utf8_lossy(&lint(folder.path(), &["--output-format", "gitlab"]).stdout));
        let of_sarif = sarif["runs"][0]["results"].as_array().expect("results").iter();
        let of_sarif = of_sarif.map(|result| result["partialFingerprints"]["afterbeep/v1"].to_string());
        let of_gitlab =
            gitlab.as_array().expect("issues").iter().map(|issue| issue["fingerprint"].to_string());
        vec![of_sarif.collect(), of_gitlab.collect()]
    };
    let before = fingerprints();
    for list in &before {
        let mut distinct = list.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!((list.len(), distinct.len()), (3, 3), "{list:?}");
    }
    write(folder.path(), NAME, format!("<!-- a line -->\n\n{SCRIPT}").as_bytes());
    assert_eq!(fingerprints(), before);
}

#[test]
fn github_annotations_hold_their_line() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "github");
    let first = text.lines().next().expect("a line");
    if cfg!(unix) {
        assert_eq!(
            first,
            "::warning file=a é/<b> & \"c\" 'd'%2C 50%25%3A \\u{1b}.md,line=1,col=25,endLine=1,endColumn=27,\
             title=AB401 filler-word::\"um\" is a filler; leave it out; where you need a breath, write [pause]"
        );
    }
    assert_eq!(text.lines().filter(|line| line.starts_with("::warning file=")).count(), 3);
    let unread = beside_unread.lines().last().expect("a line");
    assert!(unread.starts_with("::error file=latin.txt,line=1,title=not linted::not UTF-8"), "{unread}");
    write(folder.path(), "long.md", b"Hi Sam, this is Dana, you\nknow, from Kestrel Gems.\n");
    let text = lint(folder.path(), &["--output-format", "github", "long.md"]).stdout;
    let text = String::from_utf8_lossy(&text);
    assert!(text.starts_with("::warning file=long.md,line=1,endLine=2,title="), "{text}");
}

#[test]
fn gitlab_issues_have_what_it_asks_for() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "gitlab");
    for issue in json(&beside_unread).as_array().expect("an array") {
        for key in ["description", "check_name", "fingerprint"] {
            assert!(issue[key].is_string(), "{key}");
        }
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(issue["location"]["lines"]["begin"].is_u64() && issue["location"]["path"].is_string());
    }
    assert_eq!(json(&text)[0]["location"]["path"], NAME);
    assert_eq!(json(&text)[1]["location"]["lines"]["begin"], 2);
}

#[test]
fn rdjson_counts_bytes() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "rdjson");
    let first = &json(&text)["diagnostics"][0];
    // Before "um" are 24 characters, one of them of four bytes.
    assert_eq!(first["location"]["range"]["start"], serde_json::json!({ "line": 1, "column": 28 }));
    assert_eq!(first["location"]["range"]["end"], serde_json::json!({ "line": 1, "column": 30 }));
    assert_eq!((&first["location"]["path"], &first["severity"]), (&NAME.into(), &"WARNING".into()));
    assert_eq!(json(&beside_unread)["diagnostics"][3]["severity"], "ERROR");
}

/// Every element with its attributes; panics where the document is not well formed.
fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Eof => return elements,
            Event::Start(start) | Event::Empty(start) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute is well formed");
                    let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
                    let raw = std::str::from_utf8(&attribute.value).expect("UTF-8");
                    (key, quick_xml::escape::unescape(raw).expect("entities are known").into_owned())
                });
                elements.push((name, attributes.collect()));
            }
            _ => {}
        }
    }
}

fn values<'e>(elements: &'e [(String, Vec<(String, String)>)], name: &str, key: &str) -> Vec<&'e str> {
    let attributes = elements.iter().filter(|(element, _)| element == name).flat_map(|(_, list)| list);
    attributes.filter(|(attribute, _)| attribute == key).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn checkstyle_is_well_formed() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "checkstyle");
    assert!(!text.contains('\u{1b}'), "XML 1.0 cannot hold it");
    let found = elements(&text);
    assert_eq!(values(&found, "file", "name"), [NAME.replace('\u{1b}', "\\u{1b}")]);
    assert_eq!(values(&found, "error", "line"), ["1", "2", "2"]);
    assert_eq!(values(&found, "error", "source"), ["afterbeep.AB401"; 3]);
    assert!(values(&found, "error", "message")[0].starts_with("\"um\" is a filler"));
    assert_eq!(
        values(&elements(&beside_unread), "error", "severity"),
        ["warning", "warning", "warning", "error"]
    );
}

#[test]
fn junit_fails_what_fails_the_run() {
    let folder = folder();
    let (text, beside_unread) = printed(folder.path(), "junit");
    let found = elements(&text);
    assert_eq!(values(&found, "testsuites", "failures"), ["3"]);
    assert_eq!(values(&found, "failure", "message")[0], "\"um\" is a filler");
    assert_eq!(values(&found, "testcase", "classname")[0], NAME.replace('\u{1b}', "\\u{1b}"));
    assert_eq!(values(&elements(&beside_unread), "testsuites", "errors"), ["1"]);
    fs::remove_file(folder.path().join("latin.txt")).expect("it was there");
    let passing = lint(folder.path(), &["--output-format", "junit", "--fail-on", "error"]);
    let found = elements(&stdout(&passing));
    assert_eq!(passing.status.code(), Some(0));
    assert_eq!(
        (values(&found, "testsuites", "failures"), values(&found, "testsuites", "tests")),
        (vec!["0"], vec!["3"])
    );
}

#[test]
fn absolute_paths_are_named_from_the_repository() {
    let folder = folder();
    let here = fs::canonicalize(folder.path()).expect("it is there");
    let output = lint(&here, &["--output-format", "gitlab", &here.display().to_string()]);
    assert_eq!(json(&stdout(&output))[0]["location"]["path"], NAME);
}

#[test]
fn an_output_file_is_whole_or_named_in_an_error() {
    let folder = folder();
    let output = lint(folder.path(), &["--output-format", "json", "--output-file", "report.json"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let told = stderr(&output);
    assert!(told.contains("3 warnings in 1 script; written to report.json"), "{told}");
    let report = fs::read_to_string(folder.path().join("report.json")).expect("it is written");
    assert_eq!(json(&report)["findings"].as_array().map(Vec::len), Some(3));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else is left");
    // Twice: a report that has the name of a script is none, in whatever format.
    let formats =
        ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];
    for format in formats {
        for _ in 0..2 {
            let output = lint(folder.path(), &["--output-format", format, "--output-file", "report.txt"]);
            let told = stderr(&output);
            assert!(told.contains("in 1 script;"), "{format}: {told}");
        }
    }
    let output = lint(folder.path(), &["--output-file", NAME, NAME]);
    assert_eq!(output.status.code(), Some(2), "a script is not written over");
    assert_eq!(fs::read_to_string(folder.path().join(NAME)).expect("read"), SCRIPT);
    let output = lint(folder.path(), &["--output-file", "gone/report.txt"]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("gone/report.txt: could not be written"), "{told}");
}

#[test]
fn statistics_count_by_rule() {
    let folder = folder();
    let output = lint(folder.path(), &["--statistics", "--extend-select", "AB106,AB104,AB103"]);
    let text = stdout(&output);
    let first = text.lines().next().expect("a line");
    assert!(first.starts_with("3  AB401") && first.ends_with("filler-word"), "{text}");
    let output = lint(folder.path(), &["--statistics", "--output-format", "json"]);
    let report = json(&stdout(&output));
    assert_eq!(
        (&report["statistics"][0]["code"], &report["statistics"][0]["count"]),
        (&"AB401".into(), &3.into())
    );
    assert_eq!(lint(folder.path(), &["--statistics", "--output-format", "sarif"]).status.code(), Some(2));
}
