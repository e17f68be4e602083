//! `rehearse`, on a machine without sound hardware: ALSA's `file` plugin over `null` is a microphone that hears what a
//! file or a pipe says. `ALSA_CONFIG_PATH` names a configuration of the test's own, so nothing of the machine is used.
//!
//! The plugin hands the bytes over as they are, in whatever format was agreed on; over `null`, which takes all, cpal
//! agrees on stereo floats at 48 kHz. (ALSA's `plug` over `file` would convert, but skips samples of the file.)
#![cfg(target_os = "linux")]

mod common;

use std::process::Command;

use common::stderr;

fn afterbeep() -> Command {
    let mut command = common::afterbeep();
    command.arg("rehearse");
    command
}

#[cfg(not(feature = "record"))]
#[test]
fn a_build_that_cannot_record_says_so() {
    let output = afterbeep().args(["--seconds", "2"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let expected = "afterbeep: this build cannot record; build it with cargo build --features record\n";
    assert_eq!(stderr(&output), expected);
}

#[test]
fn help_names_every_flag() {
    let output = afterbeep().arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for flag in [
        "--script", "--set", "--device", "--max-seconds", "--duration", "--until-silence", "--takes",
        "--target", "--plain", "--yes", "--force", "--no-beep", "--no-history",
    ] {
        assert!(help.contains(flag), "{flag} is not in\n{help}");
    }
}

#[cfg(feature = "record")]
mod with_alsa {
    use std::f64::consts::TAU;
    use std::fs::{self, File, OpenOptions};
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::process::{Child, Output, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{Command, afterbeep, stderr};

    const RATE: f64 = 48_000.0;
    const HZ: f64 = 377.0;

    /// Frames of the sine as ALSA gets them: left half of full scale, right a quarter.
    fn frames(numbers: std::ops::Range<usize>) -> Vec<u8> {
        let sine = numbers.map(|n| (TAU * HZ * n as f64 / RATE).sin() as f32);
        sine.flat_map(|sine| [sine * 0.5, sine * 0.25]).flat_map(f32::to_le_bytes).collect()
    }

    /// A folder with a configuration in which the default device hears `input`.
    struct Room {
        folder: tempfile::TempDir,
    }

    impl Room {
        fn with(config: impl Fn(&Path) -> String) -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("alsa.conf"), config(folder.path())).unwrap();
            Self { folder }
        }

        fn without_devices() -> Self {
            Self::with(|_| String::new())
        }

        fn that_hears(input: &str) -> Self {
            Self::with(|folder| {
                let input = folder.join(input);
                let file = format!(
                    r#"type file slave.pcm {{ type null }} file "/dev/null" infile "{}" format "raw""#,
                    input.display()
                );
                format!(
                    "pcm.!default {{ {file} }}\npcm.booth {{ {file} hint {{ show on description \"A quiet booth\" }} }}\n"
                )
            })
        }

        /// A sine of ten seconds. `null` gives its samples as fast as they are taken, and ALSA's file plugin never
        /// returns at the end of its file, so there is a gigabyte of silence after it (which takes no disk).
        fn with_sine() -> Self {
            let room = Self::that_hears("in.raw");
            let mut file = File::create(room.path("in.raw")).unwrap();
            file.write_all(&frames(0..10 * RATE as usize)).unwrap();
            file.set_len(1 << 30).unwrap();
            room
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn rehearse(&self) -> Command {
            let mut command = afterbeep();
            command
                .env("ALSA_CONFIG_PATH", self.path("alsa.conf"))
                .env("XDG_DATA_HOME", self.path("data"))
                .args(["--countdown", "0", "--no-beep"])
                .stdin(Stdio::null());
            command
        }

        fn run(&self, arguments: &[&str]) -> Output {
            self.rehearse().args(arguments).output().unwrap()
        }

        fn afterbeep(&self, arguments: &[&str]) -> Output {
            crate::common::afterbeep()
                .env("ALSA_CONFIG_PATH", self.path("alsa.conf"))
                .env("XDG_DATA_HOME", self.path("data"))
                .args(arguments)
                .stdin(Stdio::null())
                .output()
                .unwrap()
        }

        fn takes(&self) -> Vec<String> {
            let Ok(folder) = fs::read_dir(self.path("data/afterbeep/takes")) else { return Vec::new() };
            let mut names: Vec<_> =
                folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }

        fn take(&self, name: &str) -> PathBuf {
            self.path("data/afterbeep/takes").join(name)
        }
    }

    fn samples(take: &Path) -> Vec<f64> {
        let mut reader = hound::WavReader::open(take).unwrap();
        assert_eq!((reader.spec().channels, reader.spec().sample_rate), (1, RATE as u32));
        reader.samples::<i16>().map(|sample| f64::from(sample.unwrap()) / 32_768.0).collect()
    }

    /// Amplitude of the 377 Hz sine in the samples, and the largest of what is left when it is taken out.
    fn sine_and_rest(samples: &[f64]) -> (f64, f64) {
        let angle = |n: usize| TAU * HZ * n as f64 / RATE;
        let project = |part: fn(f64) -> f64| {
            let sum: f64 = samples.iter().enumerate().map(|(n, sample)| sample * part(angle(n))).sum();
            2.0 * sum / samples.len() as f64
        };
        let (sine, cosine) = (project(f64::sin), project(f64::cos));
        let rest = samples
            .iter()
            .enumerate()
            .map(|(n, sample)| (sample - sine * angle(n).sin() - cosine * angle(n).cos()).abs());
        (sine.hypot(cosine), rest.fold(0.0, f64::max))
    }

    #[test]
    fn a_take_is_what_was_heard() {
        let room = Room::with_sine();
        let output = room.run(&["--seconds", "2", "--output-format", "jsonl"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let take = room.take("take-001.wav");
        let samples = samples(&take);
        assert_eq!(samples.len(), 96_000);
        let (amplitude, rest) = sine_and_rest(&samples);
        assert!((amplitude - 0.375).abs() < 1e-4, "channels are mixed: {amplitude}");
        assert!(rest < 1e-4, "nothing else is in it, and nothing is missing: {rest}");
        assert_eq!(fs::metadata(&take).unwrap().permissions().mode() & 0o777, 0o600);
        let folder = fs::metadata(take.parent().unwrap()).unwrap();
        assert_eq!(folder.permissions().mode() & 0o777, 0o700);
        assert!(stderr(&output).contains(&format!("Saved 2.0 s: {}", take.display())));
    }

    #[test]
    fn a_rehearsal_is_reviewed_as_its_take_is() {
        let room = Room::with_sine();
        let script = room.path("follow up.md");
        fs::write(&script, "Hi Ann, this is Bo from Acme.\nCall me back at 555 010 9999 please.\n").unwrap();
        let script = script.to_str().unwrap();
        let refused = room.run(&["--seconds", "2", script, "--isolated"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("record it as it is with --force"), "{}", stderr(&refused));
        assert!(String::from_utf8(refused.stdout).unwrap().contains("missing-reason"));
        assert_eq!(room.takes(), [""; 0], "errors of the script come before the first word");
        let rehearsed = room.run(&["--seconds", "2", script, "--isolated", "--force"]);
        assert!(stderr(&rehearsed).contains("Hi Ann, this is Bo from Acme.\n"), "{}", stderr(&rehearsed));
        assert_eq!(room.takes(), ["follow-up-message-1-take-001.wav"]);
        let take = room.take("follow-up-message-1-take-001.wav");
        let reviewed = crate::common::afterbeep()
            .args(["review", take.to_str().unwrap(), "--script", script, "--isolated"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(rehearsed.stdout).unwrap(), String::from_utf8(reviewed.stdout).unwrap());
        assert_eq!(rehearsed.status, reviewed.status);
    }

    #[test]
    fn takes_go_where_they_are_told() {
        let room = Room::with_sine();
        let takes = room.path("my takes");
        for _ in 0..2 {
            let output = room.run(&["--max-seconds", "0.5", "--folder", takes.to_str().unwrap()]);
            assert!(stderr(&output).contains("--max-seconds sets how long"), "{}", stderr(&output));
        }
        assert!(takes.join("take-001.wav").is_file() && takes.join("take-002.wav").is_file());
        assert_eq!(room.takes(), [""; 0]);
    }

    #[test]
    fn a_drill_ends_with_what_improved_and_is_remembered() {
        let room = Room::with_sine();
        let output = room.run(&["--takes", "2", "--duration", "0.5"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(printed.contains("What improved over 2 takes: no score, as before"), "{printed}");
        assert_eq!(room.takes(), ["take-001.wav", "take-002.wav"]);

        let missed = room.run(&["--takes", "1", "--target", "90", "--duration", "0.5"]);
        assert_eq!(missed.status.code(), Some(1), "the target was not reached");
        let forgotten = room.run(&["--duration", "0.5", "--no-history"]);
        assert_eq!(forgotten.status.code(), Some(0));

        let history = room.afterbeep(&["history", "--output-format", "json"]);
        let history: serde_json::Value = serde_json::from_slice(&history.stdout).unwrap();
        let takes = history["takes"].as_array().unwrap();
        assert_eq!(takes.len(), 3);
        assert_eq!(takes[0]["path"], room.take("take-001.wav").to_str().unwrap());
        assert_eq!(takes[0]["metrics"]["peak"]["unit"], "dBFS");
        let csv = String::from_utf8(room.afterbeep(&["history", "--output-format", "csv"]).stdout).unwrap();
        assert_eq!(csv.lines().count(), 4, "{csv}");
        let database = room.path("data/afterbeep/history.sqlite");
        assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, 0o600);

        fs::write(&database, "a letter to my aunt, and no database").unwrap();
        let read = room.afterbeep(&["history"]);
        assert_eq!(read.status.code(), Some(2));
        let next = room.run(&["--duration", "0.2"]);
        assert_eq!(next.status.code(), Some(0));
        assert!(stderr(&next).contains("the history was damaged; it is kept as"), "{}", stderr(&next));
    }

    #[test]
    fn takes_are_listed_shown_exported_and_removed() {
        let room = Room::with_sine();
        room.run(&["--duration", "0.5"]);
        room.run(&["--duration", "0.5"]);
        let listed = String::from_utf8(room.afterbeep(&["takes", "list"]).stdout).unwrap();
        assert!(listed.lines().count() == 2 && listed.contains("0.5 s"), "{listed}");
        let shown = String::from_utf8(room.afterbeep(&["takes", "show", "take-001"]).stdout).unwrap();
        assert!(shown.contains("take-001.wav\n") && shown.contains("peak"), "{shown}");
        let copy = room.path("copy.wav");
        let export = ["takes", "export", "take-001", copy.to_str().unwrap()];
        assert_eq!(room.afterbeep(&export).status.code(), Some(0));
        assert_eq!(fs::read(&copy).unwrap(), fs::read(room.take("take-001.wav")).unwrap());
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        let again = room.afterbeep(&export);
        assert!(again.status.code() == Some(2) && stderr(&again).contains("--force"), "{}", stderr(&again));
        assert_eq!(room.afterbeep(&["takes", "play", "take-001"]).status.code(), Some(0));
        let unsure = room.afterbeep(&["takes", "remove", "take-001"]);
        assert!(unsure.status.code() == Some(2) && stderr(&unsure).contains("--yes"), "{}", stderr(&unsure));
        let mistyped = room.afterbeep(&["takes", "remove", "--yes", "take-001", "take-009"]);
        assert!(stderr(&mistyped).contains("no take is called \"take-009\""), "{}", stderr(&mistyped));
        assert_eq!(room.takes(), ["take-001.wav", "take-002.wav"], "a mistyped name removes nothing");
        assert_eq!(room.afterbeep(&["takes", "remove", "--yes", "take-001"]).status.code(), Some(0));
        assert_eq!(room.takes(), ["take-002.wav"]);
    }

    #[test]
    fn placeholders_are_filled_before_it_is_read() {
        let room = Room::with_sine();
        let script = room.path("ring.md");
        fs::write(&script, "---\ndata: clients.csv\n---\nHi {{name}}, your {{piece}} is ready {{when}}.\n")
            .unwrap();
        fs::write(room.path("clients.csv"), "name,piece\nAnn,ring\nBo,watch\n").unwrap();
        let script = script.to_str().unwrap();
        let filled = room.run(&[
            script, "--contact", "bo", "--set", "when=today", "--duration", "0.2", "--isolated", "--force",
        ]);
        assert!(stderr(&filled).contains("Hi Bo, your watch is ready today.\n"), "{}", stderr(&filled));
        let partly = room.run(&[script, "--contact", "Ann", "--duration", "0.2", "--isolated", "--force"]);
        assert!(stderr(&partly).contains("Not filled: when (--set NAME=VALUE)"), "{}", stderr(&partly));
        for (flags, problem) in [
            (["--set", "nam=Ann"], "has no placeholder `nam`; it has name, piece, when"),
            (["--contact", "Cy"], "no row of clients.csv has a cell \"Cy\""),
        ] {
            let refused = room.run(&[script, flags[0], flags[1], "--duration", "0.2", "--isolated"]);
            assert_eq!(refused.status.code(), Some(2));
            assert!(stderr(&refused).contains(problem), "{}", stderr(&refused));
        }
    }

    /// A limit on the size of files stands for a full disk: a write fails in the middle of a take.
    #[test]
    fn a_full_disk_stops_the_take_and_keeps_it() {
        let room = Room::with_sine();
        let take = r#"trap "" XFSZ; ulimit -f 200; exec "$0" rehearse --countdown 0 --no-beep --duration 9"#;
        let output = Command::new("bash")
            .args(["-c", take, env!("CARGO_BIN_EXE_afterbeep")])
            .env("ALSA_CONFIG_PATH", room.path("alsa.conf"))
            .env("XDG_DATA_HOME", room.path("data"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("what was recorded until then stays there"), "{}", stderr(&output));
        let [take] = &room.takes()[..] else { panic!("{:?}", room.takes()) };
        let samples = samples(&room.take(take));
        assert!(samples.len() > 48_000, "{} samples", samples.len());
        let (amplitude, rest) = sine_and_rest(&samples);
        assert!((amplitude - 0.375).abs() < 1e-3 && rest < 1e-3, "{amplitude}, {rest}");
    }

    #[test]
    fn no_device_is_said_in_one_line() {
        let room = Room::without_devices();
        let output = room.run(&["--seconds", "2"]);
        assert_eq!(output.status.code(), Some(2));
        let expected =
            "afterbeep: no microphone: the system has no default input device; plug one in or switch it on\n";
        assert_eq!(stderr(&output), expected, "and ALSA itself says nothing");
        assert_eq!(room.takes(), [""; 0]);
        assert_eq!(room.afterbeep(&["devices"]).status.code(), Some(2));
    }

    #[test]
    fn devices_are_listed_and_chosen() {
        let room = Room::with_sine();
        let listed = room.afterbeep(&["devices"]);
        let listed = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.contains("booth") && listed.contains("A quiet booth"), "{listed}");
        for name in ["booth", "a quiet booth"] {
            let output = room.run(&["--seconds", "0.1", "--device", name]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        }
        let output = room.run(&["--seconds", "0.1", "--device", "both"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("no input device is called \"both\""), "{}", stderr(&output));
        assert!(stderr(&output).contains("booth"), "{}", stderr(&output));
    }

    #[test]
    fn a_broken_configuration_is_an_error() {
        let room = Room::with(|_| "pcm.!default { type file".to_owned());
        let output = room.run(&["--seconds", "1"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).starts_with("afterbeep: "), "{}", stderr(&output));
    }

    #[test]
    fn a_missing_script_is_told_before_anybody_speaks() {
        let room = Room::with_sine();
        let output = room.run(&["--seconds", "1", "--script", "/no/such/script.md"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("/no/such/script.md: no such file"), "{}", stderr(&output));
        assert_eq!(room.takes(), [""; 0]);
    }

    /// A rehearsal that hears the sine in real time, through a pipe.
    struct Live {
        room: Room,
        child: Child,
    }

    impl Live {
        fn start() -> Self {
            let room = Room::that_hears("pipe");
            let pipe = room.path("pipe");
            assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            // For reading as well, so that neither side waits for the other or ever sees an end.
            let mut pipe = OpenOptions::new().read(true).write(true).open(pipe).unwrap();
            // Left behind in its wait when nobody listens any more; it ends with the test program.
            thread::spawn(move || {
                // 10 ms at a time: less than a pipe's atomic 4096 bytes, so frames are never torn.
                for start in (0..).step_by(480) {
                    pipe.write_all(&frames(start..start + 480)).unwrap();
                    thread::sleep(Duration::from_millis(10));
                }
            });
            let child = room
                .rehearse()
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            Self { room, child }
        }

        /// Waits until the take on disk, in the making, has this many seconds.
        fn wait_for(&self, seconds: f64) {
            let part = self.room.take("take-001.part.wav");
            let patience = Instant::now() + Duration::from_secs(30);
            while fs::metadata(&part).map_or(0.0, |data| data.len() as f64 / (2.0 * RATE)) < seconds {
                assert!(Instant::now() < patience, "no sound arrives in {}", part.display());
                thread::sleep(Duration::from_millis(20));
            }
            let mode = fs::metadata(&part).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "private from the first moment");
        }

        fn signal(&self, name: &str) {
            let kill = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
            assert!(kill.unwrap().success());
        }
    }

    impl Drop for Live {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// In what was heard through the pipe the sine starts anywhere, but does not stop.
    fn assert_sine(take: &Path, at_least: f64) {
        let samples = samples(take);
        assert!(samples.len() as f64 >= at_least * RATE, "{} samples", samples.len());
        let (amplitude, rest) = sine_and_rest(&samples);
        assert!((amplitude - 0.375).abs() < 1e-3 && rest < 1e-3, "{amplitude}, {rest}");
    }

    #[test]
    fn enter_ends_a_take() {
        let mut live = Live::start();
        live.wait_for(1.0);
        live.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
        assert_eq!(live.child.wait().unwrap().code(), Some(0));
        assert_eq!(live.room.takes(), ["take-001.wav"]);
        assert_sine(&live.room.take("take-001.wav"), 1.0);
    }

    #[test]
    fn ctrl_c_ends_a_take_and_it_is_reviewed() {
        let mut live = Live::start();
        live.wait_for(1.0);
        live.signal("INT");
        assert_eq!(live.child.wait().unwrap().code(), Some(0), "the review is not interrupted");
        assert_sine(&live.room.take("take-001.wav"), 1.0);
    }

    #[test]
    fn a_killed_rehearsal_leaves_a_take_that_plays() {
        let mut live = Live::start();
        live.wait_for(2.0);
        live.signal("KILL");
        live.child.wait().unwrap();
        assert_eq!(live.room.takes(), ["take-001.part.wav"]);
        let part = live.room.take("take-001.part.wav");
        assert_sine(&part, 1.0);

        let next = live.room.run(&["--seconds", "0.2"]);
        assert_eq!(next.status.code(), Some(0), "{}", stderr(&next));
        let said = stderr(&next);
        assert!(
            said.contains("cut short and is kept") && said.contains(&part.display().to_string()),
            "{said}"
        );
        assert_eq!(live.room.takes(), ["take-001.part.wav", "take-002.wav"]);
    }
}
