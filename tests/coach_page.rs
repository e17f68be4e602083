//! `docs/coach.md` shows what the program prints; `make coach-page` writes it anew.
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

#[test]
fn the_page_shows_what_is_printed() {
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
