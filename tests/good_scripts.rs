//! Good scripts, one a profile and more, written from the advice the rules come from: no false alarm on any of them.

mod common;

use std::path::Path;

use common::{afterbeep, stderr, stdout};

#[test]
fn good_scripts_have_nothing_above_advice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scripts");
    let good = folder.join("good");
    let n_good = std::fs::read_dir(&good).expect("the folder is there").count();
    assert!(12 <= n_good, "{n_good} scripts");
    let mut command = afterbeep();
    command.args(["lint", "--isolated", "--output-format", "concise"]).arg(good);
    for script in ["appointment.md", "demo-better.md", "sequence.md", "template.md"] {
        command.arg(folder.join(script));
    }
    let output = command.output().expect("the binary runs");
    let (printed, complaints) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{printed}{complaints}");
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn a_recording_of_a_good_script_loses_nothing_by_its_words() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let review = |script: &Path, message: usize| {
        let output = afterbeep()
            .args(["review", "--isolated", "--no-cache", "--message", &message.to_string()])
            .arg(fixtures.join("speech/phone.wav"))
            .arg("--script")
            .arg(script)
            .output();
        String::from_utf8_lossy(&output.expect("the binary runs").stdout).into_owned()
    };
    let good = std::fs::read_dir(fixtures.join("scripts/good")).expect("the folder is there");
    for script in good.map(|entry| entry.expect("a script").path()) {
        let text = std::fs::read_to_string(&script).expect("a script");
        let n_messages = afterbeep::script::parse(&text).messages.len();
        for message in 1..=n_messages {
            let printed = review(&script, message);
            let words = printed.lines().find(|line| line.trim_start().starts_with("words "));
            let is_whole = words.is_some_and(|line| line.split_whitespace().nth(2) == Some("100"));
            assert!(is_whole && !printed.contains("[AB"), "{}: {printed}", script.display());
        }
    }
}
