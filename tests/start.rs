//! `afterbeep new` and `afterbeep init`: what they write is linted as it stands, and nothing is written over.

mod common;

use std::fs;
use std::process::Output;

use afterbeep::config::PROFILES;

fn afterbeep(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = common::afterbeep();
    command.current_dir(folder).args(arguments).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_outline_is_clean_under_its_own_profile() {
    let folder = tempfile::tempdir().expect("a folder");
    for profile in PROFILES.iter().map(|profile| profile.name) {
        let file = format!("{profile}.md");
        let made = afterbeep(&folder, &["new", "--profile", profile, &file]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        let linted =
            afterbeep(&folder, &["lint", "--fail-on", "advice", "--output-format", "concise", &file]);
        assert!(linted.status.success(), "{profile}: {}{}", text(&linted.stdout), text(&linted.stderr));
    }
}

#[test]
fn an_outline_from_clients_is_clean_and_names_their_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("scripts")).expect("a folder");
    let clients = "client_name,piece,pick_up_day,price\nSam Lim,sapphire ring,Friday,900\n";
    fs::write(folder.path().join("clients.csv"), clients).expect("written");
    let made = afterbeep(&folder, &["new", "--from", "clients.csv", "scripts/ready.md"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let script = fs::read_to_string(folder.path().join("scripts/ready.md")).expect("written");
    assert!(script.contains("data: \"../clients.csv\"") && script.contains("Hi {{client_name}}"), "{script}");
    let linted = afterbeep(&folder, &["lint", "--fail-on", "advice", "scripts"]);
    assert!(linted.status.success(), "{}{}", text(&linted.stdout), text(&linted.stderr));
}

#[test]
fn nothing_is_written_over_unless_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, file) in [(vec!["init"], "afterbeep.toml"), (vec!["new", "a.md"], "a.md")] {
        let path = folder.path().join(file);
        fs::write(&path, "mine").expect("written");
        let refused = afterbeep(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains("--force"), "{}", text(&refused.stderr));
        assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
        let forced: Vec<&str> = arguments.iter().copied().chain(["--force"]).collect();
        assert!(afterbeep(&folder, &forced).status.success());
        assert_ne!(fs::read_to_string(&path).expect("there"), "mine");
    }
}

#[test]
fn an_unknown_profile_or_table_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("broken.csv"), "name,piece\nAnn\n").expect("written");
    for (arguments, expected) in [
        (["new", "--profile", "folow-up"], "did you mean `follow-up`?"),
        (["new", "--from", "none.csv"], "none.csv"),
        (["new", "--from", "broken.csv"], "broken.csv"),
    ] {
        let refused = afterbeep(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains(expected), "{}", text(&refused.stderr));
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn completions_and_man_pages_name_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = text(&afterbeep(&folder, &["--help"]).stdout);
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let starts = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<&str> = starts.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"lint") && 10 < commands.len(), "{help}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = text(&afterbeep(&folder, &["completions", shell]).stdout);
        assert!(commands.iter().all(|command| script.contains(command)), "{shell}");
        assert!(script.contains("output-format"), "{shell}");
    }
    let made = afterbeep(&folder, &["man", "pages"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    for command in commands.iter().filter(|command| **command != "help") {
        let page = folder.path().join("pages").join(format!("afterbeep-{command}.1"));
        let roff = fs::read_to_string(page).unwrap_or_else(|error| panic!("{command}: {error}"));
        assert!(roff.contains(".TH"), "{command}");
    }
}

#[test]
fn every_rule_is_listed_as_json_with_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let listed = afterbeep(&folder, &["rule", "--all", "--output-format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let rules = document["rules"].as_array().expect("a list");
    let reason = rules.iter().find(|rule| rule["code"] == "AB203").expect("AB203");
    assert_eq!((&reason["name"], &reason["severity"]), (&"missing-reason".into(), &"error".into()));
    assert!(reason["explanation"].as_str().is_some_and(|page| page.contains("## Why")), "{reason}");
}
