//! `rehearse` against a real sound server: PulseAudio with a null sink, whose monitor is the microphone. Fixtures are
//! spoken into it, and the full screen is used through tmux as a person would.
//!
//! Skipped where pulseaudio or tmux are not installed, but for CI, which sets `AFTERBEEP_NEEDS_SOUND`.
#![cfg(all(target_os = "linux", feature = "record"))]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

const AFTERBEEP: &str = env!("CARGO_BIN_EXE_afterbeep");

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(name)
}

/// A home with a sound server of its own.
struct Room {
    folder: tempfile::TempDir,
    server: Child,
}

impl Room {
    /// `None`, with a word why, where it cannot be had.
    fn open() -> Option<Self> {
        for tool in ["pulseaudio", "paplay", "tmux"] {
            let found =
                Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            if found.is_err() {
                assert!(std::env::var_os("AFTERBEEP_NEEDS_SOUND").is_none(), "{tool} is not installed");
                eprintln!("skipped: {tool} is not installed (.ci/install sound)");
                return None;
            }
        }
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        fs::write(
            folder.path().join("alsa.conf"),
            "pcm_type.pulse { lib \"libasound_module_pcm_pulse.so\" }\npcm.!default { type pulse }\n",
        )
        .unwrap();
        let socket = format!(
            "module-native-protocol-unix auth-anonymous=1 socket={}",
            folder.path().join("native").display()
        );
        let server = in_home(Command::new("pulseaudio"), folder.path())
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "-L", &socket])
            .args(["-L", "module-null-sink sink_name=room rate=48000 channels=1"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let room = Self { folder, server };
        room.wait_until("the sound server", || {
            room.command("pactl").arg("info").output().unwrap().status.success()
        });
        Some(room)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str) -> Command {
        in_home(Command::new(program), self.folder.path())
    }

    fn rehearse(&self) -> Command {
        let mut command = self.command(AFTERBEEP);
        command.args(["rehearse", "--countdown", "0", "--no-beep", "--isolated"]).stdin(Stdio::null());
        command
    }

    /// Speaks a fixture into the microphone.
    fn speak(&self, name: &str) {
        assert!(self.command("paplay").arg(fixture(name)).status().unwrap().success());
    }

    fn takes(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.path("data/afterbeep/takes")) else { return Vec::new() };
        let mut names: Vec<_> =
            folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn wait_for_recording(&self) {
        self.wait_until("a take that grows", || {
            self.takes().iter().any(|name| {
                let path = self.path("data/afterbeep/takes").join(name);
                name.ends_with(".part.wav") && fs::metadata(path).is_ok_and(|file| file.len() > 10_000)
            })
        });
    }

    fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let started = Instant::now();
        while !is_so() {
            assert!(started.elapsed() < Duration::from_secs(60), "waited too long for {what}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn review(&self, recording: &Path) -> Value {
        let output = self
            .command(AFTERBEEP)
            .args(["review", "--isolated", "--output-format", "jsonl"])
            .arg(recording)
            .output()
            .unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn in_home(mut command: Command, folder: &Path) -> Command {
    command
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", folder)
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("PULSE_SERVER", format!("unix:{}", folder.join("native").display()))
        .env("ALSA_CONFIG_PATH", folder.join("alsa.conf"))
        .env("LC_ALL", "C.UTF-8");
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn metric(review: &Value, name: &str) -> f64 {
    review["metrics"][name]["value"].as_f64().unwrap_or_else(|| panic!("{name}: {}", review["metrics"][name]))
}

#[test]
fn a_take_through_the_sound_server_is_reviewed_as_the_file_that_was_spoken() {
    let Some(room) = Room::open() else { return };
    let rehearsal = room
        .rehearse()
        .args(["--until-silence=2", "--output-format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    room.wait_for_recording();
    room.speak("lively.wav");
    let output = rehearsal.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let heard: Value = serde_json::from_slice(&output.stdout).unwrap();
    let spoken = room.review(&fixture("lively.wav"));
    // The take is at 48 kHz and 16 bit, has silence around it, and starts between two samples of the file.
    for (name, tolerance) in [
        ("duration", 0.1),
        ("speaking_rate", 4.0),
        ("articulation_rate", 0.2),
        ("longest_pause", 0.05),
        ("pitch_median", 1.0),
        ("pitch_sd", 0.1),
        ("pitch_range", 0.3),
        ("level", 0.5),
        ("filled_pause_count", 0.0),
        ("clipping_ratio", 0.0),
    ] {
        let (heard, spoken) = (metric(&heard, name), metric(&spoken, name));
        assert!((heard - spoken).abs() <= tolerance, "{name}: {heard} of the take, {spoken} of the file");
    }
    assert!(!stderr(&output).contains("sound was lost"), "{}", stderr(&output));
}

#[test]
fn a_sound_server_that_dies_leaves_the_take() {
    let Some(mut room) = Room::open() else { return };
    let rehearsal = room.rehearse().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    room.wait_for_recording();
    thread::sleep(Duration::from_secs(1));
    room.server.kill().unwrap();
    let output = rehearsal.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("the recording broke off"), "{}", stderr(&output));
    assert_eq!(room.takes(), ["take-001.wav"]);
    let take = hound::WavReader::open(room.path("data/afterbeep/takes/take-001.wav")).unwrap();
    assert!(take.duration() > 30_000, "{} samples", take.duration());
}

/// The full screen, as somebody sees it who sits in front of tmux.
struct Terminal<'r> {
    room: &'r Room,
}

impl<'r> Terminal<'r> {
    /// Starts a rehearsal, and prints its exit code and the settings of the terminal after it.
    fn start(room: &'r Room, arguments: &str) -> Self {
        let terminal = Self { room };
        let command =
            format!("{AFTERBEEP} rehearse --isolated {arguments}; echo \"rc $?\"; stty -a; sleep 1000");
        let started = terminal
            .tmux()
            .args(["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", &command])
            .status();
        assert!(started.unwrap().success());
        terminal
    }

    fn tmux(&self) -> Command {
        let mut tmux = self.room.command("tmux");
        tmux.arg("-S").arg(self.room.path("tmux"));
        tmux
    }

    fn press(&self, key: &str) {
        assert!(self.tmux().args(["send-keys", key]).status().unwrap().success());
    }

    fn resize(&self, width: &str, height: &str) {
        assert!(self.tmux().args(["resize-window", "-x", width, "-y", height]).status().unwrap().success());
    }

    fn screen(&self) -> String {
        String::from_utf8(self.tmux().args(["capture-pane", "-p"]).output().unwrap().stdout).unwrap()
    }

    /// The screen once it holds `text`.
    fn wait_for(&self, text: &str) -> String {
        let started = Instant::now();
        loop {
            let screen = self.screen();
            if screen.contains(text) {
                return screen;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "no {text:?} in\n{screen}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        let _ = self.tmux().arg("kill-server").status();
    }
}

#[test]
fn the_full_screen_leads_through_two_takes() {
    let Some(room) = Room::open() else { return };
    let script = room.path("ring.md");
    fs::write(&script, "Hi Ann, this is Bo from Acme.\nYour ring is {{state}}.\n").unwrap();
    let terminal = Terminal::start(&room, &format!("{} --force --set state=ready", script.display()));
    let screen = terminal.wait_for("read this after the beep");
    assert!(screen.contains("Hi Ann, this is Bo from Acme. Your ring is ready."), "{screen}");
    terminal.wait_for("Space stop");
    room.speak("lively.wav");
    let screen = terminal.wait_for("of 0:30");
    assert!(screen.contains("level █") && screen.contains("syll/s") && screen.contains("st "), "{screen}");
    terminal.resize("40", "15");
    let small = terminal.wait_for("Hi Ann, this is Bo from Acme. Your ring\nis ready.");
    assert!(small.contains("level ") && small.contains("Space stop"), "{small}");
    terminal.resize("80", "24");
    // A key that is pressed while the terminal changes its size may be the terminal's.
    terminal.wait_for("Hi Ann, this is Bo from Acme. Your ring is ready.");
    terminal.press("Space");
    let card = terminal.wait_for("The one thing to change");
    assert!(card.contains("Score ") && card.contains("recording") && card.contains("r retake"), "{card}");
    terminal.press("n");
    terminal.wait_for("Up Down scroll");
    terminal.press("x");
    terminal.wait_for("r retake");
    terminal.press("r");
    terminal.wait_for("Space begin now");
    terminal.press("Space");
    terminal.wait_for("Space stop");
    room.speak("flat.wav");
    terminal.press("Space");
    let card = terminal.wait_for("since the take before");
    assert!(card.contains("worse"), "flat after lively: {card}");
    terminal.press("d");
    terminal.wait_for("press d again");
    terminal.press("d");
    terminal.wait_for("The take is deleted.");
    terminal.press("q");
    let after = terminal.wait_for("icanon");
    assert!(after.contains("ring-message-1-take-001") && !after.contains("take-002"), "{after}");
    assert!(after.contains("rc 0\n") && is_as_it_was(&after), "{after}");
    assert_eq!(room.takes(), ["ring-message-1-take-001.wav"]);
    let history = room.command(AFTERBEEP).arg("history").arg(&script).output().unwrap();
    assert_eq!(String::from_utf8(history.stdout).unwrap().lines().count(), 2);
}

/// By what `stty -a` says: lines are edited, and what is typed is seen.
fn is_as_it_was(screen: &str) -> bool {
    screen.contains(" icanon") && screen.contains(" echo ")
}

#[test]
fn ctrl_c_in_a_take_restores_the_terminal_and_keeps_it() {
    let Some(room) = Room::open() else { return };
    let terminal = Terminal::start(&room, "--no-beep --countdown 1");
    terminal.wait_for("Space stop");
    terminal.wait_for("0:01 of");
    terminal.press("C-c");
    let after = terminal.wait_for("icanon");
    assert!(after.contains("rc 130\n") && is_as_it_was(&after), "{after}");
    assert_eq!(room.takes(), ["take-001.wav"]);
}

/// A window that is closed, or a connection that is lost.
#[test]
fn a_terminal_that_goes_away_ends_it_and_keeps_the_take() {
    let Some(room) = Room::open() else { return };
    let script = room.path("ring.md");
    fs::write(&script, "Hi Ann, this is Bo from Acme.\n").unwrap();
    let is_rehearsal = |process: &Path| {
        let command = fs::read_to_string(process.join("cmdline")).unwrap_or_default();
        command.starts_with(AFTERBEEP) && command.contains(script.to_str().unwrap())
    };
    let is_running = || fs::read_dir("/proc").unwrap().any(|process| is_rehearsal(&process.unwrap().path()));
    let rehearse =
        || Terminal::start(&room, &format!("{} --force --no-beep --countdown 0", script.display()));
    let close = |terminal: Terminal| {
        assert!(is_running());
        drop(terminal);
        room.wait_until("the end of the rehearsal", || !is_running());
    };
    let terminal = rehearse();
    terminal.wait_for("Space stop");
    room.wait_for_recording();
    close(terminal);
    assert_eq!(room.takes(), ["ring-message-1-take-001.wav"]);
    // Where it waits for a key.
    let terminal = rehearse();
    terminal.wait_for("Space stop");
    room.wait_for_recording();
    terminal.press("Space");
    terminal.wait_for("r retake");
    close(terminal);
    assert_eq!(room.takes(), ["ring-message-1-take-001.wav", "ring-message-1-take-002.wav"]);
}

#[test]
fn a_take_that_was_cut_short_is_offered() {
    let Some(room) = Room::open() else { return };
    let mut killed = room.rehearse().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    room.wait_for_recording();
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(room.takes(), ["take-001.part.wav"]);
    let terminal = Terminal::start(&room, "--no-beep");
    terminal.wait_for("was cut short: take-001");
    terminal.press("k");
    terminal.wait_for("Space begin now");
    terminal.press("q");
    terminal.wait_for("rc 0");
    assert_eq!(room.takes(), ["take-001.wav"]);
}
