//! `review --model`, as a user runs it.

mod common;

#[cfg(feature = "transcribe")]
mod random_model;

use std::process::Command;

use common::{afterbeep, speech, stderr};

fn review(arguments: &[&str]) -> Command {
    let mut command = afterbeep();
    command.args(["review", "--isolated", "--output-format", "jsonl"]).args(arguments);
    command
}

#[cfg(not(feature = "transcribe"))]
#[test]
fn a_build_without_whisper_says_which_feature_brings_it() {
    let recording = speech("demo.wav");
    let output =
        review(&["--model", "any.bin", &recording.display().to_string()]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--features transcribe"), "{}", stderr(&output));
}

#[cfg(feature = "transcribe")]
mod with_whisper {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use serde_json::Value;
    use tempfile::TempDir;

    use super::random_model::RandomModel;
    use super::*;

    #[test]
    fn words_have_times_and_probabilities_and_whisper_keeps_quiet() {
        let folder = TempDir::new().expect("a temporary folder");
        let model = RandomModel::default().write(folder.path());
        let recording = speech("lively.wav");
        let output =
            review(&["--model", &model.display().to_string(), &recording.display().to_string()]).output();
        let output = output.expect("it starts");
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
        let review: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(review["transcript"]["source"], "whisper");
        assert_eq!(review["transcript"]["model"], "random");
        let seconds = review["audio"]["seconds"].as_f64().expect("a number");
        for word in review["transcript"]["words"].as_array().expect("a list") {
            let time = |key: &str| word[key].as_f64().expect("a number");
            assert!(
                0.0 <= time("start") && time("start") <= time("end") && time("end") <= seconds + 0.01,
                "{word}"
            );
            assert!((0.0..=1.0).contains(&time("probability")), "{word}");
        }
    }

    #[test]
    fn a_model_that_is_none_is_named_before_anything_is_heard() {
        let folder = TempDir::new().expect("a temporary folder");
        let whole = RandomModel::default().bytes();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            path.display().to_string()
        };
        let recording = speech("demo.wav").display().to_string();
        for (model, expected) in [
            (folder.path().join("gone.bin").display().to_string(), "no such file"),
            (write("empty.bin", b""), "empty"),
            (write("cut.bin", &whole[..whole.len() / 2]), "byte"),
            (recording.clone(), "WAV"),
        ] {
            let output = review(&["--model", &model, &recording]).output().expect("it starts");
            assert_eq!(output.status.code(), Some(2), "{model}: {}", stderr(&output));
            assert!(
                stderr(&output).contains(&model) && stderr(&output).contains(expected),
                "{}",
                stderr(&output)
            );
            assert!(output.stdout.is_empty());
        }
    }

    /// Until whisper works Ctrl-C ends the program as it ends any other.
    #[cfg(target_os = "linux")]
    fn catches_ctrl_c(process: u32) -> bool {
        const SIGINT: u32 = 2;
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        caught.is_some_and(|mask| mask >> (SIGINT - 1) & 1 == 1)
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn ctrl_c_stops_within_a_second() {
        let folder = TempDir::new().expect("a temporary folder");
        // Wide and deep enough that one pass of the encoder takes many seconds.
        let model = RandomModel { n_state: 512, n_head: 8, n_audio_layer: 32, ..RandomModel::default() };
        let model = model.write(folder.path());
        let recording = speech("demo.wav");
        let mut child = review(&["--model", &model.display().to_string(), &recording.display().to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let started = Instant::now();
        while !catches_ctrl_c(child.id()) {
            assert!(started.elapsed() < Duration::from_secs(60), "it never began to transcribe");
            std::thread::sleep(Duration::from_millis(50));
        }
        // Into the first pass of the encoder.
        std::thread::sleep(Duration::from_secs(1));
        assert!(child.try_wait().expect("its state").is_none(), "it ended before it could be interrupted");
        let killed =
            Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let asked = Instant::now();
        let status = child.wait().expect("it ends");
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
        assert_eq!(status.code(), Some(130), "{status}");
    }
}
