//! `--baseline`, `--diff`, `--fix` and `--watch` as a user meets them.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

use common::{afterbeep, stderr, stdout};

const OLD: &str = "Hi Sam, um, this is Dana, um, from Kestrel Gems.\n";

fn folder(text: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("scripts")).expect("a folder");
    fs::write(folder.path().join("scripts/a.md"), text).expect("the file is written");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = afterbeep();
    command.args(["lint", "--isolated", "--select", "AB401", "--output-format", "concise"]);
    command.args(arguments).current_dir(folder);
    command
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

fn n_findings(output: &Output) -> usize {
    stdout(output).lines().filter(|line| line.contains("AB401")).count()
}

#[test]
fn what_is_named_twice_is_linted_once() {
    let folder = folder(OLD);
    for paths in [&["scripts/a.md", "scripts/a.md"][..], &["scripts", "./scripts/a.md"]] {
        assert_eq!(n_findings(&lint(folder.path(), paths)), 2, "{paths:?}");
    }
}

#[test]
fn the_settings_are_those_above_the_script_and_not_above_whoever_lints() {
    let folder = folder(OLD);
    fs::create_dir(folder.path().join("elsewhere")).expect("a folder");
    fs::write(folder.path().join("elsewhere/afterbeep.toml"), "ignore = [\"AB401\"]\n").expect("written");
    let mut command = afterbeep();
    command.args(["lint", "--output-format", "concise", "../scripts/a.md"]);
    let output = command.current_dir(folder.path().join("elsewhere")).output().expect("the program starts");
    assert_eq!(n_findings(&output), 2, "{}", stderr(&output));
}

#[test]
fn a_report_takes_the_place_of_a_report_and_of_no_script() {
    let folder = folder(OLD);
    let run = |file: &str| lint(folder.path(), &["--output-file", file, "scripts"]);
    assert_eq!(run("scripts/a.md").status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("scripts/a.md")).expect("it is there"), OLD);
    assert_eq!(
        (run("scripts/found.txt").status.code(), run("scripts/found.txt").status.code()),
        (Some(1), Some(1))
    );
    assert_eq!(run("-").status.code(), Some(2));
    let bracketed = "[{{first_name}}] hello, um, this is Dana.\n";
    fs::write(folder.path().join("scripts/b.md"), bracketed).expect("written");
    assert_eq!(run("scripts/b.md").status.code(), Some(2), "it only begins like a report");
    let written = lint(folder.path(), &["scripts", "--baseline", "scripts/b.md", "--write-baseline"]);
    assert_eq!(written.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("scripts/b.md")).expect("it is there"), bracketed);
    fs::remove_file(folder.path().join("scripts/b.md")).expect("removed");
    // What is printed into the folder is no script of the next run, nor of this one.
    let printed = fs::File::create(folder.path().join("scripts/printed.txt")).expect("a file");
    let mut command = command(folder.path(), &["scripts"]);
    command.stdout(printed).status().expect("the program starts");
    let text = fs::read_to_string(folder.path().join("scripts/printed.txt")).expect("it is there");
    assert!(text.contains("a.md:1:9") && !text.contains("printed.txt"), "{text}");
}

#[test]
fn a_code_host_gets_paths_from_the_top_of_the_repository() {
    let folder = folder(OLD);
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let arguments = ["--output-format", "github", "a.md"];
    let mut command = afterbeep();
    command.args(["lint", "--isolated", "--select", "AB401"]).args(arguments);
    let output = command.current_dir(folder.path().join("scripts")).output().expect("the program starts");
    assert!(stdout(&output).contains("file=scripts/a.md,"));
}

#[test]
fn what_stands_beside_scripts_is_linted_only_by_name() {
    let folder = folder(OLD);
    fs::write(folder.path().join("scripts/README.md"), OLD).expect("written");
    assert_eq!(n_findings(&lint(folder.path(), &["scripts"])), 2);
    assert_eq!(n_findings(&lint(folder.path(), &["scripts/README.md"])), 2);
}

#[test]
fn old_findings_pass_wherever_they_move_and_new_ones_fail() {
    let folder = folder(OLD);
    let script = folder.path().join("scripts/a.md");
    let written = lint(folder.path(), &["--baseline", "old.json", "--write-baseline", "scripts"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let text = fs::read_to_string(folder.path().join("old.json")).expect("it is written");
    assert!(text.contains("\"path\": \"scripts/a.md\"") && text.contains("\"count\": 2"), "{text}");

    let run = |folder: &Path, baseline: &str, path: &str| {
        let output = lint(folder, &["--baseline", baseline, path]);
        (output.status.code(), n_findings(&output))
    };
    assert_eq!(run(folder.path(), "old.json", "scripts"), (Some(0), 0));
    assert_eq!(run(&folder.path().join("scripts"), "../old.json", "a.md"), (Some(0), 0), "from elsewhere");
    let absolute = script.display().to_string();
    assert_eq!(run(folder.path(), "old.json", &absolute), (Some(0), 0), "by another name");
    fs::write(&script, format!("<!-- moved -->\n\n{OLD}")).expect("written");
    assert_eq!(run(folder.path(), "old.json", "scripts"), (Some(0), 0), "moved");
    fs::write(&script, format!("{OLD}Your, um, watch is back.\n")).expect("written");
    assert_eq!(run(folder.path(), "old.json", "scripts"), (Some(1), 1), "one more of the same");
    fs::write(&script, OLD.replacen("um, ", "uh, ", 1)).expect("written");
    assert_eq!(run(folder.path(), "old.json", "scripts"), (Some(1), 1), "another text");
}

#[test]
fn a_rule_that_did_not_run_leaves_nothing_stale_and_another_long_sentence_is_new() {
    let long = |what: &str| {
        format!("Hi Sam, this is Dana Pruitt from Kestrel Gems and {what}{}.\n", ", I hope".repeat(20))
    };
    let folder = folder(&long("the ring is back"));
    let lint = |flags: &[&str]| {
        let output = lint(folder.path(), &[&["scripts/a.md", "--baseline", "base.json"], flags].concat());
        (stdout(&output), stderr(&output))
    };
    const MORE: &str = "AB303,AB103";
    lint(&["--extend-select", MORE, "--write-baseline"]);
    let (_, told) = lint(&[]);
    assert!(!told.contains("no longer there"), "{told}");
    fs::write(folder.path().join("scripts/a.md"), long("the boat has sunk")).expect("written");
    let (printed, told) = lint(&["--extend-select", MORE]);
    assert!(printed.contains("AB303") && !printed.contains("AB103"), "{printed}{told}");
}

#[test]
fn standard_input_that_cannot_be_linted_is_given_back() {
    let text = "---\ndata: none.csv\n---\nUm, hi {{name}}.\n";
    let folder = folder(text);
    let output = command(folder.path(), &["--fix", "-"])
        .stdin(fs::File::open(folder.path().join("scripts/a.md")).expect("it is there"))
        .output()
        .expect("the program starts");
    assert_eq!((stdout(&output).as_str(), output.status.code()), (text, Some(2)));
}

#[test]
fn what_is_no_longer_there_is_mentioned() {
    let folder = folder(OLD);
    fs::write(folder.path().join("scripts/b.md"), OLD).expect("written");
    lint(folder.path(), &["--baseline", "old.json", "--write-baseline", "scripts"]);
    fs::write(folder.path().join("scripts/a.md"), OLD.replacen("um, ", "", 1)).expect("written");
    let output = lint(folder.path(), &["--baseline", "old.json", "scripts/a.md"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("old.json holds 1 finding no longer there"), "{}", stderr(&output));
    fs::remove_file(folder.path().join("scripts/b.md")).expect("it was there");
    let output = lint(folder.path(), &["--baseline", "old.json", "scripts/a.md"]);
    assert!(stderr(&output).contains("old.json holds 3 findings no longer there"), "{}", stderr(&output));
}

#[test]
fn a_message_put_before_others_makes_no_old_finding_new() {
    let (first, second) =
        ("# First\nHi Sam, this is Dana. Your watch is back.\n\n", "# Second\nHi Sam, it's Dana.\n\n");
    let good = "# Before\nHi Sam, this is Dana Pruitt from Kestrel Gems. Your watch is back from the workshop and it keeps time \
                again. Call me by Friday at 404-555-0142 and I will have it polished. That's Dana at 404-555-0142.\n\n";
    let folder = folder(&format!("{first}{second}"));
    lint(folder.path(), &["--baseline", "old.json", "--write-baseline", "scripts"]);
    fs::write(folder.path().join("scripts/a.md"), format!("{good}{first}{second}")).expect("written");
    let output = lint(folder.path(), &["--baseline", "old.json", "--ignore", "AB8", "scripts"]);
    assert_eq!(
        (output.status.code(), stdout(&output)),
        (Some(0), "nothing to change in 1 script\n".to_owned())
    );
}

#[test]
fn a_baseline_that_cannot_be_used_is_refused() {
    let folder = folder(OLD);
    for (text, expected) in [
        (None, "bad.json: the baseline could not be read"),
        (Some("nonsense"), "bad.json: this is no baseline"),
        (Some("{\"version\": 9, \"findings\": []}"), "this baseline is of version 9"),
        (Some("{\"version\": 1}"), "missing field `findings`"),
    ] {
        if let Some(text) = text {
            fs::write(folder.path().join("bad.json"), text).expect("written");
        }
        let output = lint(folder.path(), &["--baseline", "bad.json", "scripts"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{expected}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
    fs::write(folder.path().join("scripts/latin.txt"), b"caf\xe9").expect("written");
    let output = lint(folder.path(), &["--baseline", "new.json", "--write-baseline", "scripts"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("new.json").exists(), "{}", stderr(&output));
}

/// What `--fix -` makes of `text`.
fn piped(folder: &Path, arguments: &[&str], text: &[u8]) -> Output {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(text).expect("written");
    child.wait_with_output().expect("it ends")
}

#[test]
fn what_cannot_or_must_not_be_fixed_comes_back_as_it_was() {
    let folder = folder(OLD);
    for text in [&b"Hi Sam caf\xe9, um\n"[..], b"<<<<<<< a\nHi, um\n=======\nHo\n>>>>>>> b\n"] {
        let output = piped(folder.path(), &["--fix", "-"], text);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), text), "{}", stderr(&output));
    }
    let excluded = ["--fix", "--force-exclude", "--stdin-filename", "README.md", "-"];
    let output = piped(folder.path(), &excluded, OLD.as_bytes());
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), OLD.as_bytes()));
}

#[test]
fn a_quoted_sentence_and_ssml_are_no_reports() {
    for text in ["\"Hi Sam, this is Dana.\"\n", "<?xml version=\"1.0\"?>\n<speak>Hi Sam.</speak>\n"] {
        let folder = folder(text);
        let output = lint(folder.path(), &["scripts", "--output-file", "scripts/a.md"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(folder.path().join("scripts/a.md")).expect("it is there"), text);
    }
}

#[test]
fn what_is_right_already_is_not_touched() {
    let text = "Hi Sam, this is Dana from Kestrel Gems.\r\nYour watch is back.";
    let folder = folder(text);
    let script = folder.path().join("scripts/a.md");
    let before = fs::metadata(&script).and_then(|metadata| metadata.modified()).expect("a time");
    for flag in ["--fix", "--diff"] {
        let output = lint(folder.path(), &[flag, "scripts"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(fs::metadata(&script).and_then(|metadata| metadata.modified()).expect("a time"), before);
    let mut child = command(folder.path(), &["--fix", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(stdout(&output), text, "of standard input the text is printed");
    assert!(stderr(&output).contains("nothing to change in 1 script"), "{}", stderr(&output));
}

/// Lines as they come, so that a test can stop waiting.
fn lines(reader: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Long, for a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

#[track_caller]
fn wait_for(lines: &mpsc::Receiver<String>, part: &str) {
    let mut seen = Vec::new();
    while let Ok(line) = lines.recv_timeout(PATIENCE) {
        let found = line.contains(part);
        seen.push(line);
        if found {
            return;
        }
    }
    panic!("{part:?} was not printed, but {seen:?}");
}

#[test]
fn watching_sees_edits_renames_new_files_and_settings() {
    let folder = folder(OLD);
    let mut watch = afterbeep()
        .args(["lint", "--watch", "--output-format", "concise", "--select", "AB401", "scripts"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let out = lines(watch.stdout.take().expect("a pipe"));
    let err = lines(watch.stderr.take().expect("a pipe"));
    wait_for(&out, "2 warnings in 1 script");
    wait_for(&err, "watching scripts (1 file, with settings, data and baseline); Ctrl-C ends it");
    // As an editor that writes beside the file and renames.
    fs::write(folder.path().join("scripts/.a.md.swp"), "Hi Sam.\n").expect("written");
    fs::rename(folder.path().join("scripts/.a.md.swp"), folder.path().join("scripts/a.md")).expect("renamed");
    wait_for(&err, "changed: scripts/a.md");
    wait_for(&out, "nothing to change in 1 script");
    fs::write(folder.path().join("scripts/new.md"), OLD).expect("written");
    wait_for(&out, "2 warnings in 2 scripts");
    fs::write(folder.path().join("afterbeep.toml"), "no key = 1").expect("written");
    wait_for(&err, "afterbeep.toml");
    fs::write(folder.path().join("afterbeep.toml"), "[severity]\nAB401 = \"advice\"\n").expect("written");
    wait_for(&out, "2 advice in 2 scripts");
    assert_eq!(watch.try_wait().expect("it can be asked"), None, "it is still watching");
    watch.kill().expect("it is ended");
    watch.wait().expect("it ends");
}

/// What a script does not hold itself, but is linted by.
#[test]
fn watching_sees_extended_settings_tables_and_the_baseline() {
    let folder = folder("---\ndata: clients.csv\n---\n\nHi {{name}}, it is Dana.\n");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    write("afterbeep.toml", "extend = \"ours.toml\"\n");
    write("ours.toml", "[severity]\nAB401 = \"advice\"\n");
    write("scripts/clients.csv", "name\nSam\n");
    let baseline = ["--baseline", "baseline.json"];
    lint(folder.path(), &[baseline.as_slice(), &["--write-baseline", "scripts"]].concat());
    let mut watch = afterbeep()
        .args(["lint", "--watch", "--output-format", "concise", "scripts"])
        .args(baseline)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let err = lines(watch.stderr.take().expect("a pipe"));
    wait_for(&err, "watching scripts (5 files");
    for name in ["ours.toml", "scripts/clients.csv", "baseline.json"] {
        let text = fs::read_to_string(folder.path().join(name)).expect("read");
        write(name, &(text + "\n"));
        wait_for(&err, "changed: ");
        wait_for(&err, "watching scripts (5 files");
    }
    watch.kill().expect("it is ended");
    watch.wait().expect("it ends");
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = folder(OLD);
    let output = lint(folder.path(), &["--watch", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard input does not change"), "{}", stderr(&output));
}
