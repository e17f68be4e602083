//! Many recordings: what is found, what is kept, what goes on when something breaks.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use common::{afterbeep, stderr, stdout};

/// A folder with some of our recordings under other names, and a cache of its own.
struct Calls {
    folder: TempDir,
}

impl Calls {
    fn new(names: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let calls = Self { folder };
        names.iter().for_each(|(fixture, name)| calls.add(fixture, name));
        calls
    }

    fn add(&self, fixture: &str, name: &str) {
        let to = self.path(name);
        fs::create_dir_all(to.parent().expect("a folder")).expect("it is made");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture), to).expect("a copy");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, command: &str, arguments: &[&str]) -> Output {
        let output = afterbeep()
            .args([command, "--isolated"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_CACHE_HOME", self.path("cache"))
            .output()
            .expect("the program starts");
        assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
        output
    }

    fn review(&self, arguments: &[&str]) -> Output {
        self.command("review", arguments)
    }

    /// Entries of the cache.
    fn kept(&self) -> Vec<std::path::PathBuf> {
        let folders = fs::read_dir(self.path("cache/afterbeep/reviews")).into_iter().flatten().flatten();
        folders
            .flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten())
            .flatten()
            .map(|entry| entry.path())
            .collect()
    }
}

fn paths(output: &Output) -> Vec<String> {
    let path = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON")["path"]
            .as_str()
            .expect("a path")
            .to_owned()
    };
    stdout(output).lines().map(path).collect()
}

#[test]
fn the_second_run_says_the_same_without_hearing_anything() {
    let calls = Calls::new(&[("speech/flat.wav", "a/1.wav"), ("speech/lively.wav", "b/2.wav")]);
    let first = calls.review(&["--output-format", "jsonl", "a", "b"]);
    assert_eq!((first.status.code(), calls.kept().len()), (Some(0), 2));
    // What is kept is what is printed: an entry that says something else shows that nothing was heard.
    for entry in calls.kept() {
        let text = fs::read_to_string(&entry).expect("UTF-8").replace("pcm_s16le", "from the cache");
        fs::write(entry, text).expect("it is written");
    }
    let second = calls.review(&["--output-format", "jsonl", "a", "b"]);
    assert_eq!(stdout(&second), stdout(&first).replace("pcm_s16le", "from the cache"));
    let anew = calls.review(&["--output-format", "jsonl", "--no-cache", "--jobs", "1", "a", "b"]);
    assert_eq!(stdout(&anew), stdout(&first));
}

#[test]
fn the_json_says_who_and_when_from_the_cache_as_well() {
    let calls = Calls::new(&[("speech/flat.wav", "ann/2026-11-02.wav")]);
    let labels = |pattern: &str| {
        let output = calls.review(&["ann", "--output-format", "jsonl", "--pattern", pattern]);
        common::json(&output)["labels"].clone()
    };
    assert_eq!(labels("{rep}/{date}.wav"), serde_json::json!({"date": "2026-11-02", "rep": "ann"}));
    assert_eq!(labels("{team}/*.wav"), serde_json::json!({"team": "ann"}));
    assert_eq!(labels("{rep}/x.wav"), serde_json::Value::Null);
}

#[test]
fn a_run_that_reads_nothing_leaves_what_there_is() {
    let calls = Calls::new(&[("speech/flat.txt", "1.wav")]);
    fs::write(calls.path("page.html"), "of yesterday").expect("written");
    let output = calls.review(&["1.wav", "--report", "page.html"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(calls.path("page.html")).expect("it is there"), "of yesterday");
    assert!(stderr(&output).contains("page.html is left as it was"), "{}", stderr(&output));
}

#[test]
fn the_words_of_many_recordings_come_from_a_folder() {
    let calls = Calls::new(&[
        ("speech/demo.wav", "calls/ann/1.wav"),
        ("speech/hesitant-gb.wav", "calls/bo/1.wav"),
        ("speech/near-miss-gb.wav", "calls/bo/2.wav"),
        ("transcripts/demo.txt", "words/ann/1.txt"),
        ("transcripts/demo.whisper-cpp.json", "words/ann/1.wav.json"),
    ]);
    fs::create_dir_all(calls.path("words/bo")).expect("made");
    fs::write(calls.path("words/bo/1.srt"), "1\n00:00:00,000 --> nowhere\nHi\n").expect("written");
    let arguments = ["calls", "--transcripts", "words", "--output-format", "jsonl"];
    let formats = |output: &Output| {
        let of = |line: &str| {
            let review: serde_json::Value = serde_json::from_str(line).expect("JSON");
            (review["transcript"]["format"].clone(), review["error"].is_null())
        };
        stdout(output).lines().map(of).collect::<Vec<_>>()
    };
    let first = calls.review(&arguments);
    assert_eq!(first.status.code(), Some(2), "{}", stderr(&first));
    let known = serde_json::json!("whisper.cpp");
    let null = serde_json::Value::Null;
    assert_eq!(formats(&first), [(known, true), (null.clone(), false), (null, true)]);
    let told = stderr(&first);
    assert!(told.contains("calls/bo/1.wav: its transcript: words/bo/1.srt: line 2"), "{told}");
    assert!(told.contains("--transcripts: 1 of 3 recordings bear the name of none of them"), "{told}");
    assert_eq!(calls.kept().len(), 2);
    assert_eq!(stdout(&calls.review(&arguments)), stdout(&first), "from the cache");
    // Other words are another review, and no words are one too.
    fs::write(calls.path("words/ann/1.wav.json"), "Hi Ann.").expect("written");
    let text = calls.review(&arguments);
    assert_eq!((formats(&text)[0].0.as_str(), calls.kept().len()), (Some("text"), 3));
    let hidden = stderr(&calls.review(&[&arguments[..], &["--redact"]].concat()));
    assert!(hidden.contains("its transcript could not be read") && !hidden.contains("nowhere"), "{hidden}");
    let none = calls.review(&["calls", "--transcripts", "nowhere"]);
    assert_eq!(
        (none.status.code(), stderr(&none).contains("--transcripts nowhere: no such folder")),
        (Some(2), true)
    );
}

#[test]
fn what_was_heard_is_known_by_its_sound_and_by_its_settings() {
    let calls = Calls::new(&[("speech/flat.wav", "1.wav")]);
    calls.review(&["--output-format", "jsonl", "1.wav"]);
    fs::rename(calls.path("1.wav"), calls.path("moved.wav")).expect("it is moved");
    assert_eq!(paths(&calls.review(&["--output-format", "jsonl", "moved.wav"])), ["moved.wav"]);
    assert_eq!(calls.kept().len(), 1, "the same sound under another name");
    fs::write(calls.path("script.md"), "Hi Sam, this is Dana Pruitt from Kestrel Gems.\n").expect("a script");
    calls.review(&["--output-format", "jsonl", "moved.wav", "--script", "script.md"]);
    assert_eq!(calls.kept().len(), 2, "with a script it is another review");
    calls.review(&["--output-format", "jsonl", "moved.wav", "--channel", "1"]);
    assert_eq!(calls.kept().len(), 3);
    calls.add("speech/lively.wav", "moved.wav");
    calls.review(&["--output-format", "jsonl", "moved.wav"]);
    assert_eq!(calls.kept().len(), 4, "another sound under the same name");
}

#[test]
fn a_review_knows_how_long_its_script_may_be() {
    let calls = Calls::new(&[("speech/better.wav", "1.wav")]);
    let review = |max_seconds: u32| -> serde_json::Value {
        let script = format!("---\nmax_seconds: {max_seconds}\n---\nHi Sam, this is Dana Pruitt.\n");
        fs::write(calls.path("script.md"), script).expect("a script");
        let output = calls.review(&["--output-format", "jsonl", "1.wav", "--script", "script.md"]);
        serde_json::from_str(stdout(&output).lines().next().expect("a line")).expect("an object")
    };
    // 26.3 s long.
    for (max_seconds, band, target) in [
        (40, "good", serde_json::json!([18.0, 40.0])),
        (20, "high", serde_json::json!([12.0, 20.0])),
        (12, "high", serde_json::json!([null, 12.0])),
    ] {
        let review = review(max_seconds);
        let duration = &review["metrics"]["duration"];
        assert_eq!((&duration["band"], &duration["target"]), (&serde_json::json!(band), &target));
        let codes: Vec<_> =
            review["findings"].as_array().expect("findings").iter().map(|f| &f["code"]).collect();
        assert_eq!(codes.contains(&&serde_json::json!("AD115")), band == "high", "{codes:?}");
    }
}

#[test]
fn half_an_entry_is_heard_again() {
    let calls = Calls::new(&[("speech/flat.wav", "1.wav")]);
    let first = calls.review(&["--output-format", "jsonl", "1.wav"]);
    let entry = calls.kept().remove(0);
    let whole = fs::read(&entry).expect("an entry");
    fs::write(&entry, &whole[..whole.len() / 2]).expect("it is written");
    assert_eq!(stdout(&calls.review(&["--output-format", "jsonl", "1.wav"])), stdout(&first));
    assert_eq!(fs::read(&entry).expect("an entry"), whole);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_what_is_kept_or_written() {
    use std::os::unix::fs::PermissionsExt;
    let calls = Calls::new(&[("speech/flat.wav", "1.wav")]);
    fs::write(calls.path("team.html"), "old").expect("it is written");
    fs::set_permissions(calls.path("team.html"), fs::Permissions::from_mode(0o644)).expect("permissions");
    let output = calls
        .review(&["1.wav", "--report", "team.html", "--output-format", "csv", "--output-file", "team.csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mode =
        |path: std::path::PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(calls.path("team.html")), mode(calls.path("team.csv"))), (0o600, 0o600));
    assert_eq!(mode(calls.kept().remove(0)), 0o600);
    assert_eq!(mode(calls.path("cache/afterbeep/reviews")), 0o700);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_report() {
    let calls = Calls::new(&[("speech/flat.wav", "1.wav")]);
    fs::write(calls.path("team.html"), "the old one").expect("it is written");
    // No file may grow beyond eight blocks, and the signal that says so is ignored: as on a full disk a write fails.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
    let output = Command::new("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_afterbeep")])
        .args(["review", "--isolated", "--no-cache", "1.wav", "--report", "team.html"])
        .current_dir(calls.folder.path())
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("team.html: could not be written"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(calls.path("team.html")).expect("it is there"), "the old one");
    assert_eq!(fs::read_dir(calls.folder.path()).expect("a folder").count(), 2, "no temporary file is left");
}

#[test]
fn one_recording_among_ten_thousand_files_of_which_the_others_are_none() {
    let calls = Calls::new(&[("speech/flat.wav", "calls/z.wav")]);
    // Half of them are called recordings.
    for index in 0..9_999 {
        let ending = if index % 2 == 0 { "wav" } else { "txt" };
        fs::write(calls.path(&format!("calls/{index:04}.{ending}")), "no sound").expect("it is written");
    }
    let output = calls.review(&["--output-format", "csv", "calls"]);
    assert_eq!(output.status.code(), Some(2));
    let table = stdout(&output);
    assert_eq!(table.lines().count(), 5_002, "a head, and a row a file that is called a recording");
    assert!(
        table
            .lines()
            .nth(1)
            .is_some_and(|row| row.starts_with("calls/0000.wav,") && row.contains("not a recording"))
    );
    assert!(table.lines().last().is_some_and(|row| row.starts_with("calls/z.wav,,")), "order is by path");
}

#[test]
fn two_recordings_of_one_name_in_two_folders_are_two() {
    let calls = Calls::new(&[("speech/flat.wav", "ann/1.wav"), ("speech/lively.wav", "bo/1.wav")]);
    let rows =
        calls.review(&["--output-format", "csv", "--pattern", "{rep}/*.wav", ".", "--report", "team.html"]);
    assert_eq!(rows.status.code(), Some(0), "{}", stderr(&rows));
    let text = stdout(&rows);
    let rows: Vec<&str> = text.lines().skip(1).collect();
    assert!(
        rows.len() == 2 && rows[0].starts_with("ann/1.wav,") && rows[1].starts_with("bo/1.wav,"),
        "{text}"
    );
    assert_ne!(rows[0].split_once(','), rows[1].split_once(','));
    let page = fs::read_to_string(calls.path("team.html")).expect("a page");
    assert!(page.contains("\"ann/1.wav\"") && page.contains("\"bo/1.wav\""), "each is linked");
}

/// Runs as somebody who may not read what its owner may not, which root otherwise may.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_read_is_named_and_the_rest_is_reviewed() {
    use std::os::unix::fs::PermissionsExt;
    let calls = Calls::new(&[("speech/flat.wav", "calls/1.wav"), ("speech/flat.wav", "calls/shut/2.wav")]);
    fs::set_permissions(calls.path("calls/shut"), fs::Permissions::from_mode(0o000)).expect("permissions");
    let powerless = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"];
    let is_root = fs::read_dir(calls.path("calls/shut")).is_ok();
    let mut command = match is_root {
        true => Command::new("setpriv"),
        false => Command::new("env"),
    };
    if is_root {
        command.args(powerless);
    }
    let output = command
        .arg(env!("CARGO_BIN_EXE_afterbeep"))
        .args(["review", "--isolated", "--no-cache", "--output-format", "jsonl", "calls"])
        .current_dir(calls.folder.path())
        .output();
    fs::set_permissions(calls.path("calls/shut"), fs::Permissions::from_mode(0o700)).expect("permissions");
    let Some(output) = output.ok().filter(|output| !stderr(output).starts_with("setpriv")) else {
        eprintln!("skipped: root may read everything, and setpriv cannot take that away here");
        return;
    };
    assert_eq!((output.status.code(), paths(&output)), (Some(2), vec!["calls/1.wav".to_owned()]));
    assert!(
        stderr(&output).contains("calls/shut: ") && stderr(&output).contains("ermission denied"),
        "{}",
        stderr(&output)
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_or_nowhere() {
    use std::os::unix::fs::symlink;
    let calls = Calls::new(&[("speech/flat.wav", "calls/1.wav")]);
    symlink(calls.path("calls"), calls.path("calls/again")).expect("a link");
    symlink("self.wav", calls.path("calls/self.wav")).expect("a link");
    symlink("gone", calls.path("calls/nowhere.wav")).expect("a link");
    let output = calls.review(&["--output-format", "jsonl", "calls"]);
    assert_eq!((output.status.code(), paths(&output)), (Some(0), vec!["calls/1.wav".to_owned()]));
    assert!(
        stderr(&output).contains("calls/nowhere.wav: a link to a file that is not there"),
        "{}",
        stderr(&output)
    );
    let named = calls.review(&["--output-format", "jsonl", "calls/self.wav", "calls/1.wav"]);
    assert_eq!((named.status.code(), paths(&named).len()), (Some(2), 2), "{}", stderr(&named));
    assert!(stderr(&named).contains("calls/self.wav"), "{}", stderr(&named));
}

#[cfg(unix)]
#[test]
fn a_batch_that_was_killed_goes_on_where_it_was() {
    use std::os::unix::fs::MetadataExt;
    let calls = Calls::new(&[]);
    let speech =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/flat.wav")).expect("ours");
    fs::create_dir(calls.path("calls")).expect("a folder");
    for index in 0..12 {
        // No two are alike: the last sample differs.
        let mut bytes = speech.clone();
        let last = bytes.len() - 1;
        bytes[last] = index;
        fs::write(calls.path(&format!("calls/{index:02}.wav")), bytes).expect("it is written");
    }
    let mut killed = afterbeep()
        .args(["review", "--isolated", "--jobs", "1", "--output-format", "csv", "calls"])
        .current_dir(calls.folder.path())
        .env("XDG_CACHE_HOME", calls.path("cache"))
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    // What is being written has another ending.
    let is_entry = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let entries = || calls.kept().into_iter().filter(is_entry);
    let patience = std::time::Instant::now();
    while entries().count() < 3 {
        assert!(patience.elapsed().as_secs() < 60, "nothing is kept");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    killed.kill().expect("it runs");
    killed.wait().expect("it ended");
    let inode = |path: &std::path::PathBuf| fs::metadata(path).expect("it is there").ino();
    let before: Vec<_> = entries().map(|path| (inode(&path), path)).collect();
    assert!((3..12).contains(&before.len()), "{} were reviewed before it was killed", before.len());

    let second = calls.review(&["--output-format", "csv", "calls"]);
    assert_eq!(second.status.code(), Some(0), "{}", stderr(&second));
    assert_eq!(entries().count(), 12);
    assert!(before.iter().all(|(was, path)| inode(path) == *was), "what was kept is not written anew");
    let undisturbed = calls.review(&["--output-format", "csv", "--no-cache", "calls"]);
    assert_eq!(stdout(&second), stdout(&undisturbed));
}

#[test]
fn who_and_when_from_the_tags_of_a_recording() {
    let calls = Calls::new(&[("speech/flat.wav", "plain.wav")]);
    let chunk = |name: &[u8], text: &[u8]| {
        let mut bytes = [name, &(text.len() as u32).to_le_bytes(), text].concat();
        bytes.resize(bytes.len() + text.len() % 2, 0);
        bytes
    };
    let entries = [
        b"INFO".to_vec(),
        chunk(b"IART", b"Dana Pruitt\0"),
        chunk(b"INAM", b"Sam Ode\0"),
        chunk(b"ICRD", b"2026-11-25\0"),
    ];
    let mut bytes = fs::read(calls.path("plain.wav")).expect("ours");
    bytes.extend(chunk(b"LIST", &entries.concat()));
    let riff = (bytes.len() as u32 - 8).to_le_bytes();
    bytes[4..8].copy_from_slice(&riff);
    fs::write(calls.path("tagged.wav"), bytes).expect("it is written");
    fs::write(calls.path("who.csv"), "path,client\ntagged.wav,Lee\n").expect("a table");

    let labels = |arguments: &[&str]| {
        let all = [&["tagged.wav", "plain.wav", "--output-format", "csv"], arguments].concat();
        let output = calls.review(&all);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = stdout(&output);
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let head = table.headers().expect("a head").clone();
        let row = table.records().next().expect("a row").expect("a row");
        let cell = |name: &str| head.iter().position(|column| column == name).map(|at| row[at].to_owned());
        ["rep", "client", "date"].map(|name| cell(name).unwrap_or_default())
    };
    assert_eq!(labels(&[]), ["Dana Pruitt", "Sam Ode", "2026-11-25"]);
    // A table goes over a path, and that over a tag.
    assert_eq!(labels(&["--pattern", "{rep}.wav"]), ["tagged", "Sam Ode", "2026-11-25"]);
    assert_eq!(labels(&["--metadata", "who.csv"]), ["Dana Pruitt", "Lee", "2026-11-25"]);
    assert_eq!(labels(&["--redact"])[1], "[client]");
}

#[test]
fn the_cache_forgets_what_nobody_used_for_long() {
    use std::time::{Duration, SystemTime};
    let calls = Calls::new(&[("speech/flat.wav", "1.wav"), ("speech/lively.wav", "2.wav")]);
    calls.review(&["--output-format", "jsonl", "1.wav"]);
    calls.review(&["--output-format", "jsonl", "2.wav"]);
    let long_ago = SystemTime::now() - Duration::from_secs(100 * 24 * 60 * 60);
    for entry in calls.kept() {
        fs::File::open(entry).and_then(|file| file.set_modified(long_ago)).expect("its time is set");
    }
    // It looks through it once a day.
    fs::remove_file(calls.path("cache/afterbeep/reviews/.pruned")).expect("it was looked through");
    calls.review(&["--output-format", "jsonl", "1.wav"]);
    assert_eq!(calls.kept().len(), 1, "what was used stays, the other goes");
}

#[cfg(unix)]
#[test]
fn names_that_no_terminal_likes() {
    use std::os::unix::ffi::OsStrExt;
    let calls = Calls::new(&[("speech/flat.wav", "calls/new\nline.wav")]);
    let name = std::ffi::OsStr::from_bytes(b"calls/\xff\x1b[31m.wav");
    fs::copy(calls.path("calls/new\nline.wav"), calls.folder.path().join(name)).expect("a copy");
    let output = calls.review(&["--output-format", "jsonl", "calls"]);
    assert_eq!((output.status.code(), stdout(&output).lines().count()), (Some(0), 2), "{}", stderr(&output));
    let output = calls.review(&["calls", "--report", "team.html"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = fs::read_to_string(calls.path("team.html")).expect("a page");
    assert!(
        page.contains("calls/%FF%1B%5B31m.wav") && page.contains("calls/new%0Aline.wav"),
        "links are bytes"
    );
    assert!(!page.contains('\u{1b}'));
    fs::write(calls.path("list"), b"calls/new\nline.wav\0").expect("a list");
    let output = calls.review(&["--output-format", "jsonl", "--files-from", "list"]);
    assert_eq!(paths(&output), ["calls/new\nline.wav"]);
}

#[test]
fn who_and_when_from_the_path_and_a_table_and_scripts_by_name() {
    let calls =
        Calls::new(&[("speech/flat.wav", "ann/2026-11-02_callback.wav"), ("speech/lively.wav", "x.wav")]);
    fs::write(calls.path("who.csv"), "path,rep,team\nx.wav,Bo,north\n").expect("a table");
    fs::create_dir(calls.path("scripts")).expect("a folder");
    // As many words as fit the recording; of another script the words are no part of the score.
    let script = "Hi Sam, your watch is back. Call me. ".repeat(4);
    fs::write(calls.path("scripts/callback.md"), script).expect("a script");
    let output = calls.review(&[
        "ann",
        "x.wav",
        "--output-format",
        "csv",
        "--pattern",
        "{rep}/{date}_{script}.wav",
        "--metadata",
        "who.csv",
        "--scripts",
        "scripts",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().expect("a head").clone();
    let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
    let cell = |row: usize, name: &str| {
        rows[row][head.iter().position(|column| column == name).expect(name)].to_owned()
    };
    assert_eq!([cell(0, "rep"), cell(0, "date"), cell(0, "team")], ["ann", "2026-11-02", ""]);
    assert_eq!([cell(1, "rep"), cell(1, "date"), cell(1, "team")], ["Bo", "", "north"]);
    assert!(!cell(0, "part_words").is_empty() && cell(1, "part_words").is_empty());
}

#[test]
fn wrong_options_are_said_before_anything_is_heard() {
    let calls = Calls::new(&[("speech/flat.wav", "1.wav")]);
    for (arguments, expected) in [
        (["--report", "gone/team.html"], "a file in a folder that is there"),
        (["--metadata", "gone.csv"], "could not be read"),
        (["--scripts", "gone"], "no such folder"),
        (["--pattern", "{rep"], "a brace is opened"),
        (["--exclude", "[z-a]"], "--exclude"),
        (["--files-from", "gone"], "could not be read"),
    ] {
        let output = calls.review(&[["1.wav"].as_slice(), &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn compare_tells_a_clear_change_from_none_and_gates() {
    let calls = Calls::new(&[]);
    for index in 0..6 {
        calls.add("speech/demo.wav", &format!("before/{index}.wav"));
        calls.add("speech/better.wav", &format!("after/{index}.wav"));
    }
    let score = |output: &Output| stdout(output).lines().nth(1).expect("the score").to_owned();
    let better = calls.command("compare", &["before", "after", "--max-regression", "5"]);
    assert_eq!(better.status.code(), Some(0), "{}", stderr(&better));
    assert!(score(&better).ends_with(" better"), "{}", score(&better));
    let worse = calls.command("compare", &["after", "before", "--max-regression", "5"]);
    assert_eq!(worse.status.code(), Some(1));
    assert!(score(&worse).ends_with(" worse"));
    let same = calls.command("compare", &["before", "before", "--max-regression", "0"]);
    assert_eq!(same.status.code(), Some(0));
    assert!(score(&same).ends_with(" no clear change"));
    let paired = |output: &Output| stdout(output).lines().next().expect("a line").contains("pairs");
    assert!(
        paired(&better) && paired(&calls.command("compare", &["./before", "./after"])),
        "{}",
        stdout(&better)
    );
    let pair = calls.command("compare", &["before/0.wav", "after/0.wav"]);
    assert!(score(&pair).contains("too few to tell"));
    assert_eq!(calls.command("compare", &["before"]).status.code(), Some(2));
}
