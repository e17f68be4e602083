//! Pages of `docs` show what the program prints: `make coach-page` and `make screens` write them anew.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

/// What a shell prints for a command line.
fn printed(command: &str, folder: &Path) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_afterbeep"));
    let own = program.parent().expect("a folder").display();
    let path = format!("{own}:{}", std::env::var("PATH").expect("a path"));
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env("PATH", path)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .output();
    common::stdout(&output.expect("there is a shell"))
}

/// The screens come out of a microphone, and are within a point of what the files have.
#[test]
fn the_screens_of_a_rehearsal_have_the_scores_of_a_review() {
    let page = fs::read_to_string(common::root().join("docs/rehearse.md")).expect("the page");
    let scores = page.split_once("Score ").and_then(|(_, rest)| {
        let (better, rest) = rest.split_once(" of 100")?;
        let (demo, _) = rest.split_once("since the take before (")?.1.split_once(')')?;
        Some((better.parse::<f64>().ok()?, demo.parse::<f64>().ok()?))
    });
    let (better, demo) = scores.expect("the scorecard of a second take");
    for (recording, shown) in [("demo.wav", demo), ("better.wav", better)] {
        let review = common::afterbeep()
            .args(["review", "--isolated", "--output-format", "json", "--script", "fixtures/scripts/demo.md"])
            .arg(common::speech(recording))
            .current_dir(common::root())
            .output();
        let review = common::json(&review.expect("the program starts"));
        let score = review["score"]["overall"].as_f64().expect("a score");
        assert!((score - shown).abs() <= 1.0, "{recording}: {score}, and {shown} on the page");
    }
}

#[test]
fn the_page_for_a_coach_shows_what_is_printed() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    common::calls(folder.path());
    let path = common::root().join("docs/coach.md");
    let page = fs::read_to_string(&path).expect("the page");
    let mut parts = page.split("```console\n$ ");
    let mut now = parts.next().expect("a beginning").to_owned();
    for part in parts {
        let (block, rest) = part.split_once("```\n").expect("the block ends");
        let command = block.lines().next().expect("a command");
        now += &format!("```console\n$ {command}\n{}```\n{rest}", printed(command, folder.path()));
    }
    assert!(now.contains("team.html written: 18 recordings"), "{now}");
    if common::overwrites() {
        return fs::write(&path, &now).expect("it is written");
    }
    assert_eq!(page, now, "make coach-page writes it anew");
}
