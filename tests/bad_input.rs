//! Bad input: a named error or a finding, exit 2 where it could not be read, no panic, the rest still done.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use common::{stderr, stdout};

fn afterbeep(arguments: &[&str], folder: &Path) -> Output {
    let output = common::afterbeep().args(arguments).current_dir(folder).output();
    let output = output.expect("the program starts");
    assert!(!stderr(&output).contains("panicked"), "{arguments:?}: {}", stderr(&output));
    output
}

fn speech() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/demo.wav")
}

const GOOD_SCRIPT: &str = "Hi Sam, this is Dana Pruitt from Kestrel Gems. Your watch is back from the workshop. \
    Call me by Friday at 404-555-0142 and I will hold it for you. That's Dana at 404-555-0142.\n";

/// A PCM WAV header that claims `data_bytes` and is followed by `data`.
fn wav(channels: u16, rate: u32, bits: u16, format: u16, data_bytes: u32, data: &[u8]) -> Vec<u8> {
    let block = channels * bits / 8;
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend(data_bytes.saturating_add(36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    bytes.extend(format.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * u32::from(block)).to_le_bytes());
    bytes.extend(block.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data_bytes.to_le_bytes());
    bytes.extend(data);
    bytes
}

/// Reviews one bad recording beside a good one: the bad one is named, the good one is still reviewed.
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join(name), bytes).expect("the bad file is written");
    let good = speech();
    let output =
        afterbeep(&["review", "--output-format", "jsonl", name, &good.display().to_string()], folder.path());
    assert_eq!(output.status.code(), Some(2), "{name}: {}", stderr(&output));
    let error = stderr(&output);
    assert!(error.contains(name) && error.contains(expected), "{name}: {error}");
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines.len(), 2, "{name}");
    assert!(lines[0]["error"].is_string() && lines[0]["score"].is_null(), "{name}: {}", lines[0]);
    assert!(lines[1]["error"].is_null() && lines[1]["score"]["overall"].is_number(), "{name}: {}", lines[1]);
}

/// Reviews an odd recording that can be lived with, and gives its JSON.
fn accepted(name: &str, bytes: &[u8]) -> serde_json::Value {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join(name), bytes).expect("the odd file is written");
    let output = afterbeep(&["review", "--output-format", "jsonl", name], folder.path());
    assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    assert!(!stdout(&output).contains("NaN"));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn recordings_that_are_none() {
    refused("empty.wav", b"", "empty");
    refused("picture.wav", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", "PNG");
    refused("text.wav", b"This is not a recording at all, it is a letter.", "not");
    refused("none.wav", &wav(1, 16_000, 16, 1, 0, &[]), "no s");
    refused("claims.wav", &wav(1, 16_000, 16, 1, 0x7FFF_FFFF, &[]), "no s");
    refused("slow.wav", &wav(1, 4_000, 16, 1, 8_000, &[0; 8_000]), "4000");
}

#[test]
fn an_empty_folder_and_a_missing_file_among_good_ones() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("folder.wav")).expect("a folder");
    let good = speech().display().to_string();
    let output =
        afterbeep(&["review", "--output-format", "jsonl", "folder.wav", "gone.wav", &good], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let error = stderr(&output);
    assert!(error.contains("folder.wav") && error.contains("gone.wav"), "{error}");
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(stdout(&output).lines().last().is_some_and(|line| line.contains("\"overall\":")));
}

#[test]
fn a_header_that_lies_about_its_length_is_lived_with_and_said() {
    let second: Vec<u8> = (0..16_000).flat_map(|i: i32| ((i % 100 * 200) as i16).to_le_bytes()).collect();
    let review = accepted("lies.wav", &wav(1, 16_000, 16, 1, 10_000_000, &second));
    assert_eq!(review["audio"]["seconds"], 1.0);
    assert!(!review["audio"]["notes"].as_array().expect("a list").is_empty(), "{}", review["audio"]);
}

#[test]
fn samples_that_are_no_numbers_become_silence_and_are_said() {
    let samples: Vec<u8> =
        (0..16_000).flat_map(|i| if i % 10 == 0 { f32::NAN } else { 0.1 }.to_le_bytes()).collect();
    let review = accepted("nan.wav", &wav(1, 16_000, 32, 3, samples.len() as u32, &samples));
    assert!(!review["audio"]["notes"].as_array().expect("a list").is_empty(), "{}", review["audio"]);
}

#[test]
fn three_channels_are_mixed_and_a_missing_channel_is_named() {
    let bytes = wav(3, 16_000, 16, 1, 96_000, &[1; 96_000]);
    assert_eq!(accepted("three.wav", &bytes)["audio"]["channels"], 3);
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("three.wav"), bytes).expect("written");
    let output = afterbeep(&["review", "--channel", "4", "three.wav"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains('4'), "{}", stderr(&output));
}

#[test]
fn silence_has_no_score() {
    let review = accepted("silence.wav", &wav(1, 16_000, 16, 1, 64_000, &[0; 64_000]));
    assert!(review["score"]["overall"].is_null());
    assert!(review["metrics"]["pitch_sd"]["value"].is_null());
    assert!(review["metrics"]["pitch_sd"]["reason"].is_string());
}

#[test]
fn scripts_that_cannot_be_read_do_not_stop_the_rest() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("good.md"), GOOD_SCRIPT).expect("written");
    fs::write(folder.path().join("latin1.md"), b"Hi Zo\xeb.").expect("written");
    let arguments = ["lint", "--isolated", "--output-format", "json", "latin1.md", "gone.md", "good.md"];
    let output = afterbeep(&arguments, folder.path());
    assert_eq!(output.status.code(), Some(2));
    let error = stderr(&output);
    assert!(
        error.contains("latin1.md: not UTF-8 at byte 5 (line 1)") && error.contains("gone.md: no such file"),
        "{error}"
    );
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["findings"], serde_json::json!([]));
}

#[test]
fn an_empty_script_and_a_folder_without_scripts_are_clean() {
    let folder = TempDir::new().expect("a temporary folder");
    assert_eq!(afterbeep(&["lint", "--isolated", "."], folder.path()).status.code(), Some(0));
    fs::write(folder.path().join("empty.md"), "").expect("written");
    assert_eq!(afterbeep(&["lint", "--isolated", "empty.md"], folder.path()).status.code(), Some(0));
}

#[test]
fn ten_megabytes_of_script_are_linted() {
    let folder = TempDir::new().expect("a temporary folder");
    // On one line: a line that greets anew would be another message.
    let once = GOOD_SCRIPT.replace('\n', " ");
    fs::write(folder.path().join("long.md"), once.repeat(10_000_000 / once.len())).expect("written");
    let output = afterbeep(&["lint", "--isolated", "--output-format", "concise", "long.md"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("AB301"), "too long to say");
}

#[test]
fn hostile_text_is_only_text() {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, part, n) in [
        ("brackets.md", "[", 100_000),
        ("braces.md", "{{", 100_000),
        ("comments.md", "<!--", 100_000),
        ("underscores.md", "__a", 30_000),
        ("stars.md", "*a", 100_000),
        ("controls.md", "Hi\0 Sam\u{202e}\u{1b}[31m\u{200d}", 1_000),
        ("capitals.md", "YOUR NAME, ", 30_000),
        ("pipes.md", "*|A", 30_000),
        ("one-line.md", "call me back ", 80_000),
        ("greetings.md", "well Hi Ann went. ", 4_000),
        ("promises.md", "I'll call again ", 4_000),
    ] {
        // How it is printed does not hang on how much there is; finding it does.
        for (format, n) in [("full", n), ("concise", n / 10), ("json", n / 10)] {
            fs::write(folder.path().join(name), part.repeat(n)).expect("written");
            let output = afterbeep(&["lint", "--isolated", "--output-format", format, name], folder.path());
            assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", stderr(&output));
            assert!(
                !stdout(&output).contains('\u{1b}') && !stdout(&output).contains('\u{202e}')
                    || format == "json",
                "{name}"
            );
        }
    }
}

/// Of a run of which nobody reads what is printed.
fn unread(arguments: &[&str], folder: &Path) -> Output {
    let mut child = common::afterbeep()
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = TempDir::new().expect("a temporary folder");
    for index in 0..300 {
        fs::write(folder.path().join(format!("{index}.md")), "Um, call me ASAP.\n").expect("written");
    }
    let output = unread(&["lint", "--isolated", "."], folder.path());
    // What was found fails a pipeline that asks, `| head` or not.
    assert_eq!((output.status.code(), stderr(&output)), (Some(1), String::new()));
}

#[test]
fn a_gate_holds_and_a_page_is_written_though_nobody_reads_what_is_printed() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::copy(speech(), folder.path().join("a.wav")).expect("the recording is copied");
    fs::copy(speech(), folder.path().join("b.wav")).expect("the recording is copied");
    let arguments = ["review", "--no-cache", "--fail-under", "99", "--report", "page.html", "a.wav", "b.wav"];
    let output = unread(&arguments, folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(folder.path().join("page.html").exists());
}

#[test]
fn a_script_is_marked_only_where_its_plan_can_be_made() {
    let folder = TempDir::new().expect("a temporary folder");
    let script = folder.path().join("sequence.md");
    let sequence = format!("---\ndays: [0, 4]\n---\n# One\n{GOOD_SCRIPT}\n# Two\n{GOOD_SCRIPT}");
    fs::write(&script, &sequence).expect("written");
    let plan = |zone: &str| {
        let arguments = ["plan", "--isolated", "sequence.md", "--done", "1", "--time-zone", zone];
        afterbeep(&arguments, folder.path()).status.code()
    };
    assert_eq!(plan("Nonsense"), Some(2));
    let arguments = [
        "plan", "--isolated", "sequence.md", "--done", "1", "--time-zone", "Europe/Paris", "--ics",
        "no/x.ics",
    ];
    assert_eq!(afterbeep(&arguments, folder.path()).status.code(), Some(2), "there is no such folder");
    assert_eq!(fs::read_to_string(&script).expect("it is there"), sequence);
    fs::write(&script, sequence.replace("[0, 4]", "[4, 1]")).expect("written");
    assert_eq!(plan("Europe/Paris"), Some(2), "its days do not rise");
    fs::write(&script, &sequence).expect("written");
    assert_eq!(plan("Europe/Paris"), Some(0));
    assert!(fs::read_to_string(&script).expect("it is there").contains("done: {1: "));
}

#[test]
fn a_calendar_has_the_words_that_are_filled_in_and_the_script_its_placeholders() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(
        folder.path().join("two.md"),
        "---\ndays: [0, 4]\n---\n# One\nHi {{name}}.\n# Two\nHi **again**,<!-- She owes us --> {{name}}.\n",
    )
    .expect("written");
    let plan = |set: &str| {
        let arguments = [
            "plan", "--isolated", "two.md", "--ics", "two.ics", "--done", "1", "--set", set, "--start",
            "2026-11-24",
        ];
        afterbeep(&arguments, folder.path())
    };
    let mistyped = plan("nmae=Ann");
    assert_eq!(mistyped.status.code(), Some(2));
    assert_eq!(stderr(&mistyped).matches("two.md").count(), 1, "{}", stderr(&mistyped));
    assert!(!folder.path().join("two.ics").exists());
    let planned = plan("name=Ann");
    assert_eq!(planned.status.code(), Some(0), "{}", stderr(&planned));
    assert!(
        stderr(&planned).contains("--start is not needed: the first message was left on"),
        "{}",
        stderr(&planned)
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
    assert!(read("two.ics").contains("Hi again\\, Ann."), "{}", read("two.ics"));
    assert!(read("two.md").contains("done: {1: ") && read("two.md").contains("Hi **again**,<!-- "));
    assert!(!read("two.ics").contains("owes"), "{}", read("two.ics"));
    fs::write(
        folder.path().join("two.md"),
        "---\ndays: [0, 4000000000]\n---\n# One\nHi Ann.\n# Two\nHi Ann.\n",
    )
    .expect("written");
    let never = afterbeep(&["plan", "--isolated", "two.md"], folder.path());
    assert_eq!(never.status.code(), Some(2));
    assert!(stderr(&never).contains("`days` cannot be counted"), "{}", stderr(&never));
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let mut child = common::afterbeep()
        .args(["lint", "--isolated", "--output-format", "concise", "--stdin-filename", "drafts/a.md", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b"Call me ASAP.\n").expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("drafts/a.md:1:9: warning[AB204]"), "{}", stdout(&output));
}

#[test]
fn a_wrong_script_option_is_said_before_anything_is_heard() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("one.md"), GOOD_SCRIPT).expect("written");
    fs::write(folder.path().join("empty.md"), "").expect("written");
    let good = speech().display().to_string();
    for (arguments, expected) in [
        (vec!["review", "--script", "gone.md", &good], "gone.md: no such file"),
        (vec!["review", "--script", "empty.md", &good], "empty.md: has no message in it"),
        (vec!["review", "--script", "one.md", "--message", "2", &good], "one.md: has 1 message"),
        (vec!["review", "--script", "one.md", "--message", "0", &good], "one.md: has 1 message"),
    ] {
        let output = afterbeep(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn a_broken_configuration_is_named_with_its_line() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("afterbeep.toml"), "[limits]\nmax_second = 20\n").expect("written");
    fs::write(folder.path().join("a.md"), GOOD_SCRIPT).expect("written");
    let output = afterbeep(&["lint", "a.md"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let error = stderr(&output);
    assert!(error.contains("afterbeep.toml") && error.contains("did you mean `max_seconds`?"), "{error}");
    assert_eq!(afterbeep(&["lint", "--isolated", "a.md"], folder.path()).status.code(), Some(0));
}

#[test]
fn what_cannot_be_graded_does_not_pass_a_gate() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("silence.wav"), wav(1, 16_000, 16, 1, 64_000, &[0; 64_000]))
        .expect("written");
    assert_eq!(afterbeep(&["review", "silence.wav"], folder.path()).status.code(), Some(0));
    assert_eq!(
        afterbeep(&["review", "--fail-under", "1", "silence.wav"], folder.path()).status.code(),
        Some(1)
    );
    assert_eq!(
        afterbeep(&["review", "--fail-under", "nan", "silence.wav"], folder.path()).status.code(),
        Some(2)
    );
}

#[test]
fn half_a_second_is_not_graded() {
    let folder = TempDir::new().expect("a temporary folder");
    let bytes = fs::read(speech()).expect("the fixture is there");
    fs::write(folder.path().join("short.wav"), &bytes[..bytes.len() / 20]).expect("written");
    let output = afterbeep(&["review", "--output-format", "jsonl", "short.wav"], folder.path());
    let review: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(review["score"]["overall"].is_null(), "{}", review["score"]);
}

#[test]
fn a_file_name_cannot_command_the_terminal() {
    let folder = TempDir::new().expect("a temporary folder");
    let output =
        afterbeep(&["--color", "always", "lint", "--isolated", "no\u{1b}[31m such.md"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no\\u{1b}[31m such.md"), "{:?}", stderr(&output));
}

#[test]
fn an_output_never_takes_the_place_of_what_is_read() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let sequence = format!("---\ndays: [0, 4]\n---\n# One\n{GOOD_SCRIPT}\n# Two\n{GOOD_SCRIPT}");
    fs::copy(speech(), at("take.wav")).expect("the recording is copied");
    fs::write(at("script.md"), GOOD_SCRIPT).expect("the script is written");
    fs::write(at("sequence.md"), &sequence).expect("the sequence is written");
    fs::write(at("said.txt"), GOOD_SCRIPT).expect("the transcript is written");
    std::os::unix::fs::symlink("take.wav", at("link.wav")).expect("the link is made");
    let read = |name: &str| fs::read(at(name)).expect("it is there");
    let names = ["take.wav", "script.md", "sequence.md", "said.txt"];
    let before = names.map(read);
    for arguments in [
        &["review", "take.wav", "--report", "take.wav"][..],
        &["review", "take.wav", "--report", "./link.wav"],
        &["review", "take.wav", "--output-format", "csv", "--output-file", "take.wav"],
        &["review", "take.wav", "--script", "script.md", "--report", "script.md"],
        &["review", "take.wav", "--transcript", "said.txt", "--report", "said.txt"],
        &["review", "take.wav", "--report", "new.svg", "--plot", "new.svg"],
        &["plan", "sequence.md", "--ics", "sequence.md"],
        &["lint", "script.md", "--output-format", "json", "--output-file", "script.md"],
        &["lint", "script.md", "--baseline", "script.md", "--write-baseline"],
        &[
            "lint", "script.md", "--baseline", "said.txt", "--output-format", "json", "--output-file",
            "said.txt",
        ],
    ] {
        let output = afterbeep(arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        let error = stderr(&output);
        assert!(error.contains("choose another name") || error.contains("are one file"), "{error}");
    }
    assert!(names.map(read) == before && !at("new.svg").exists());
}

#[test]
fn channels_that_cancel_each_other_are_named() {
    let frame = |i: u32| ((f64::from(i) * 0.05).sin() * 8000.0) as i16;
    let opposite: Vec<u8> =
        (0..32_000).flat_map(|i| [frame(i), -frame(i)]).flat_map(i16::to_le_bytes).collect();
    let one: Vec<u8> = (0..32_000).flat_map(|i| [0, frame(i)]).flat_map(i16::to_le_bytes).collect();
    let two: Vec<u8> = (0..32_000)
        .flat_map(|i| if i < 16_000 { [frame(i), 0] } else { [0, frame(i)] })
        .flat_map(i16::to_le_bytes)
        .collect();
    let loud = |i: u32| (f64::from(frame(i)) * 8.0).clamp(-32768.0, 32767.0) as i16;
    let clipped: Vec<u8> = (0..32_000).flat_map(|i| [frame(i), loud(i)]).flat_map(i16::to_le_bytes).collect();
    for (data, expected) in [
        (opposite, "cancel each other (--channel)"),
        (one, "channel 1 is silent (--channel)"),
        (two, "nothing in common (--channel)"),
        (clipped, "channel 2 is clipped"),
    ] {
        let (expected, flag) =
            expected.split_once(" (").map_or((expected, ""), |(text, _)| (text, "--channel"));
        let review = accepted("stereo.wav", &wav(2, 16_000, 16, 1, data.len() as u32, &data));
        let notes = review["audio"]["notes"].to_string();
        assert!(notes.contains(expected) && notes.contains(flag), "{notes}");
    }
}

#[test]
fn a_pipe_is_no_recording_and_is_not_waited_for() {
    let folder = TempDir::new().expect("a temporary folder");
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.wav")).status();
    assert!(made.expect("mkfifo is there").success());
    for name in ["pipe.wav", "-"] {
        let output = afterbeep(&["review", name], folder.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("save it as a file first"), "{}", stderr(&output));
    }
}

#[test]
fn a_report_is_not_written_where_a_recording_may_be() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::copy(speech(), folder.path().join("1.wav")).expect("a copy");
    fs::copy(speech(), folder.path().join("2.wav")).expect("a copy");
    // What a shell makes of `--report *.wav`.
    for flag in ["--report", "--output-file"] {
        let output = afterbeep(
            &["review", "--isolated", "--output-format", "html", flag, "1.wav", "2.wav"],
            folder.path(),
        );
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("1.wav: that is the name of a recording"), "{}", stderr(&output));
    }
    assert_eq!(fs::read(folder.path().join("1.wav")).expect("read"), fs::read(speech()).expect("read"));
}
