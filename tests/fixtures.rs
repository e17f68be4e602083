//! The recordings in `fixtures/` are what their pages say. Nothing here needs espeak-ng: `fixtures/make.py` made the
//! speech, and its text and labels stand beside it; the signals are computed here a second time.

use std::f64::consts::PI;
use std::path::{Path, PathBuf};

const SIGNAL_RATE: f64 = 8000.0;
const N_SIGNAL_SAMPLES: usize = 16_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn read_text(name: &str) -> String {
    std::fs::read_to_string(fixtures().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The samples are those of the formula, to one step: the last digit of a sine differs between maths libraries.
#[track_caller]
fn check_signal(name: &str, expected: impl FnMut(usize) -> f64) {
    let mut file = hound::WavReader::open(fixtures().join("signals").join(name)).unwrap();
    assert_eq!(file.spec().channels, 1);
    assert_eq!(f64::from(file.spec().sample_rate), SIGNAL_RATE);
    let samples: Vec<i16> = file.samples().map(Result::unwrap).collect();
    assert_eq!(samples.len(), N_SIGNAL_SAMPLES);
    for (i, (sample, expected)) in samples.iter().zip((0..).map(expected)).enumerate() {
        assert!((f64::from(*sample) - expected).abs() <= 1.0, "sample {i}: {sample}, not {expected}");
    }
}

fn sine(hertz: f64, sample: usize) -> f64 {
    (2.0 * PI * hertz * sample as f64 / SIGNAL_RATE).sin()
}

#[test]
fn sine_in_noise() {
    let mut state: u32 = 377;
    check_signal("sine-377-in-noise.wav", |i| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = f64::from(((state >> 16) * (2 * 3486 + 1)) >> 16) - 3486.0;
        (9000.0 * sine(377.0, i)).round() + noise
    });
}

#[test]
fn glide() {
    check_signal("glide-100-200.wav", |i| {
        let time = i as f64 / SIGNAL_RATE;
        (16_000.0 * (2.0 * PI * (100.0 * time + 25.0 * time * time)).sin()).round()
    });
}

#[test]
fn silence() {
    check_signal("silence.wav", |_| 0.0);
}

#[test]
fn clipped_sine() {
    check_signal("clipped-sine-220.wav", |i| {
        (1.5 * 32767.0 * sine(220.0, i)).round().clamp(-32768.0, 32767.0)
    });
}

/// Every `folder/name.ext` between backquotes in the page is a file, and every recording and script is on the page.
#[track_caller]
fn check_page(page: &str, folders: &[&str]) {
    let text = read_text(page);
    let root = fixtures().join(page).parent().unwrap().to_path_buf();
    for name in text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()) {
        assert!(root.join(name).is_file(), "{page} names {name}, which is not there");
    }
    for folder in folders {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            // The words beside a recording and the page itself go without saying.
            let beside_recording = name.ends_with(".txt") && path.with_extension("wav").is_file();
            assert!(
                beside_recording || name == "README.md" || text.contains(&format!("`{name}`")),
                "{page} does not say what {name} is"
            );
        }
    }
}

#[test]
fn every_fixture_is_explained() {
    check_page("README.md", &["scripts", "scripts/good", "speech", "transcripts"]);
    check_page("signals/README.md", &["."]);
}

#[test]
fn speech_is_mono_small_and_has_its_words() {
    let mut total = 0;
    for entry in std::fs::read_dir(fixtures().join("speech")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "wav") {
            continue;
        }
        let bytes = std::fs::metadata(&path).unwrap().len();
        assert!(bytes <= 500_000, "{} is {bytes} bytes", path.display());
        total += bytes;
        let words = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        assert!(!words.trim().is_empty(), "{} has no words", path.display());
    }
    assert!(0 < total && total <= 3_000_000, "{total} bytes of speech");
}

/// Rows of a table of times: in order, inside their recordings, and of a known kind.
#[track_caller]
fn check_labels(table: &str, kinds: &[&str]) -> usize {
    let mut n_labels = 0;
    let mut last = (String::new(), 0.0);
    for row in read_text(table).lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let recording = fixtures().join("speech").join(cells[0]);
        assert!(recording.is_file(), "{row}");
        let [_, start, end, kind] = cells[..] else {
            assert_eq!(cells.len(), 1, "{row}");
            continue;
        };
        let (start, end): (f64, f64) = (start.parse().unwrap(), end.parse().unwrap());
        let after_last = last.0 != cells[0] || last.1 <= start;
        assert!(after_last && start < end && end < recording_seconds(&recording), "{row}");
        assert!(kinds.contains(&kind), "{row}");
        last = (cells[0].to_owned(), end);
        n_labels += 1;
    }
    n_labels
}

fn recording_seconds(path: &Path) -> f64 {
    let file = hound::WavReader::open(path).unwrap();
    f64::from(file.duration()) / f64::from(file.spec().sample_rate)
}

#[test]
fn labels_are_inside_their_recordings() {
    assert_eq!(check_labels("speech/labels.tsv", &["um", "uh", "er"]), 7);
    assert_eq!(check_labels("speech/pauses.tsv", &["pause"]), 1);
}

/// The long silences are silent: nothing louder than the quiet room that `make.py` puts under everything.
#[test]
fn pauses_are_silent() {
    for row in read_text("speech/pauses.tsv").lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let mut file = hound::WavReader::open(fixtures().join("speech").join(cells[0])).unwrap();
        let rate = f64::from(file.spec().sample_rate);
        let samples: Vec<i16> = file.samples().map(Result::unwrap).collect();
        let at = |seconds: &str| (seconds.parse::<f64>().unwrap() * rate) as usize;
        let loudest = samples[at(cells[1]) + 100..at(cells[2]) - 100].iter().map(|s| s.unsigned_abs()).max();
        assert!(loudest.unwrap() <= 40, "{row}: {loudest:?}");
    }
}
