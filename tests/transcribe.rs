//! Model files, good and bad, and (with the feature `transcribe`) the plumbing to whisper.cpp, on a model of random
//! weights: what it says is rubbish, but it must be well formed, stop when asked, and keep quiet.

mod random_model;

use std::path::PathBuf;

use afterbeep::model::{ModelError, inspect};
use random_model::RandomModel;
use tempfile::TempDir;

/// Where the parts of the random model's file start.
const MEL_FILTERS: usize = 4 + 11 * 4;
const VOCABULARY: usize = MEL_FILTERS + 8 + 80 * 201 * 4;

fn write(folder: &TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("model.bin");
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Inspecting these bytes fails, and the message names the file and holds `expected`.
#[track_caller]
fn check_rejected(bytes: &[u8], expected: &str) -> ModelError {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, bytes);
    let error = inspect(&path).expect_err("should have been rejected");
    let message = error.to_string();
    assert!(message.contains(path.to_str().unwrap()), "{message}");
    assert!(message.contains(expected), "{message:?} does not contain {expected:?}");
    error
}

/// The random model with `number` written at byte `at`.
fn with_number(at: usize, number: i32) -> Vec<u8> {
    let mut bytes = RandomModel::default().bytes();
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    bytes
}

#[test]
fn a_whole_model_is_described() {
    let folder = TempDir::new().unwrap();
    let path = RandomModel::default().write(folder.path());
    let info = inspect(&path).unwrap();
    assert_eq!((info.n_vocab, info.n_audio_ctx, info.n_text_ctx, info.n_mels), (51_864, 1500, 448, 80));
    assert_eq!((info.n_audio_state, info.n_audio_head, info.n_audio_layer), (64, 2, 2));
    assert_eq!((info.n_text_state, info.n_text_head, info.n_text_layer), (64, 2, 3));
    assert_eq!((info.ftype, info.format, info.multilingual), (1, "f16", false));
    assert_eq!(info.bytes, std::fs::metadata(path).unwrap().len());
}

#[test]
fn the_same_random_model_is_made_each_time() {
    assert!(RandomModel::default().bytes() == RandomModel::default().bytes());
    assert!(RandomModel::default().bytes() != RandomModel { seed: 2, ..Default::default() }.bytes());
}

#[test]
fn a_multilingual_model_is_told_by_its_vocabulary() {
    let folder = TempDir::new().unwrap();
    let path = RandomModel { n_vocab: 51_865, ..Default::default() }.write(folder.path());
    assert!(inspect(path).unwrap().multilingual);
}

#[test]
fn a_quantised_model_is_described() {
    let folder = TempDir::new().unwrap();
    let info = inspect(RandomModel { quantised: true, ..Default::default() }.write(folder.path())).unwrap();
    assert_eq!((info.ftype, info.format), (7, "q8_0"));
}

#[test]
fn a_missing_file_a_directory_and_an_empty_file_are_named() {
    let error = inspect("no/such/model.bin").unwrap_err();
    assert!(matches!(error, ModelError::NotFound { .. }), "{error:?}");
    assert!(error.to_string().starts_with("no/such/model.bin: no such file"), "{error}");

    let error = inspect(TempDir::new().unwrap().path()).unwrap_err();
    assert!(matches!(error, ModelError::IsDirectory { .. }), "{error:?}");

    let error = check_rejected(b"", "is empty");
    assert!(matches!(error, ModelError::Empty { .. }), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_device_is_not_waited_for() {
    let error = inspect("/dev/zero").unwrap_err();
    assert!(matches!(error, ModelError::Unreadable { .. }), "{error:?}");
}

#[test]
fn other_kinds_of_files_are_named() {
    check_rejected(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image");
    check_rejected(b"GGUF\x03\0\0\0\0\0\0\0", "a GGUF model");
    check_rejected(b"<!DOCTYPE html><html><body>404</body></html>", "a web page");
    let error = check_rejected(b"lm", "plain text");
    assert!(matches!(error, ModelError::NotAModel { .. }), "{error:?}");
}

#[test]
fn a_file_that_stops_early_says_where() {
    let whole = RandomModel::default().bytes();
    for (length, part) in [
        (4, "n_vocab"),
        (20, "n_audio_layer"),
        (MEL_FILTERS + 100, "the mel filters"),
        (VOCABULARY + 50, "token 7 of 50257"),
        (whole.len() / 2, "tensor"),
        (whole.len() - 1, "tensor 113 of 113"),
    ] {
        let error = check_rejected(&whole[..length], part);
        let ModelError::Truncated { at, needed, left, .. } = error else { panic!("{error:?}") };
        assert_eq!(at + left, length as u64);
        assert!(left < needed, "{left} of {needed}");
    }
}

#[test]
fn a_file_that_stops_between_tensors_is_cut_short_too() {
    let whole = RandomModel::default().bytes();
    let last = whole.len() - 64 * 4 - "decoder.blocks.2.cross_attn.out.bias".len() - 16;
    let error = check_rejected(&whole[..last], "the header of tensor");
    assert!(matches!(error, ModelError::Truncated { left: 0, .. }), "{error:?}");
}

#[test]
fn absurd_claims_are_refused_without_allocating_for_them() {
    let hyperparameter = |index: usize| 4 + 4 * index;
    for (at, number, expected) in [
        (hyperparameter(0), i32::MAX, "n_vocab, the number of tokens is 2147483647, expected 51864 to 51866"),
        (hyperparameter(0), -1, "is -1"),
        (hyperparameter(1), 1 << 30, "n_audio_ctx"),
        (hyperparameter(2), 0, "n_audio_state"),
        (hyperparameter(3), 0, "n_audio_head"),
        (hyperparameter(3), 3, "a divisor of the width, 64"),
        (hyperparameter(4), 1 << 20, "n_audio_layer"),
        (hyperparameter(6), 128, "64, the width of the encoder"),
        (hyperparameter(9), 1 << 24, "n_mels"),
        (hyperparameter(10), 0, "ftype"), // f32: whisper.cpp would abort at the first convolution
        (hyperparameter(10), 10, "a multiple of 256 for the number format q2_k"),
        (MEL_FILTERS, 128, "the number of mel filters is 128, expected 80"),
        (MEL_FILTERS + 4, 1 << 30, "the length of a mel filter"),
        (VOCABULARY, 1 << 30, "the length of the vocabulary"),
    ] {
        let error = check_rejected(&with_number(at, number), expected);
        assert!(matches!(error, ModelError::Implausible { .. }), "{error:?}");
    }
    let error = check_rejected(&with_number(VOCABULARY + 4, -1), "claims to be 4294967295 bytes long");
    assert!(matches!(error, ModelError::Malformed { .. }), "{error:?}");
}

#[test]
fn what_is_not_a_whisper_tensor_is_refused() {
    let whole = RandomModel::default().bytes();
    let name = b"encoder.conv1.weight";
    let at = whole.windows(name.len()).position(|window| window == name).unwrap();
    let shape = at - 3 * 4;
    let header = shape - 3 * 4;
    check_rejected(&with_number(header, 5), "claims 5 dimensions");
    check_rejected(&with_number(header + 4, i32::MAX), "a name of 2147483647 bytes");
    check_rejected(&with_number(header + 8, 0), "number format 0, expected 1");
    check_rejected(&with_number(shape, 4), "has the shape [4, 80, 64], expected [3, 80, 64]");
    check_rejected(&with_number(at, i32::from_le_bytes(*b"uncl")), "no tensor of a whisper model");

    let mut second = whole.clone();
    second[at..at + name.len()].copy_from_slice(b"encoder.conv2.weight");
    check_rejected(&second, "shape");
}

#[test]
fn a_vocabulary_without_a_space_is_refused() {
    let whole = RandomModel::default().bytes();
    let space = [1, 0, 0, 0, b' '];
    let at = VOCABULARY + whole[VOCABULARY..].windows(5).position(|window| window == space).unwrap();
    let mut bytes = whole;
    bytes[at + 4] = b'x';
    check_rejected(&bytes, "no token for a space");
}

#[test]
fn what_follows_the_last_tensor_is_refused() {
    for extra in [1, 12, 5000] {
        let mut bytes = RandomModel::default().bytes();
        bytes.extend(std::iter::repeat_n(7, extra));
        check_rejected(&bytes, &format!("{extra} bytes follow the last tensor"));
    }
}

/// Bytes changed anywhere in the headers never panic, hang or allocate much; most are refused.
#[test]
fn damage_anywhere_is_survived() {
    let whole = RandomModel::default().bytes();
    let folder = TempDir::new().unwrap();
    let places =
        (0..64).chain((VOCABULARY..VOCABULARY + 64).step_by(3)).chain((64..whole.len()).step_by(400_009));
    for at in places {
        for value in [0, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            let _ = inspect(write(&folder, &bytes));
        }
    }
}

#[cfg(feature = "transcribe")]
mod with_whisper {
    use super::*;

    use std::num::NonZeroU16;
    use std::path::Path;
    use std::process::{Command, Output};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    use afterbeep::transcript::whisper::{Decoding, SAMPLE_RATE, TranscribeError, Transcriber};
    use afterbeep::transcript::{Source, Transcript};
    use afterbeep::units::{Interval, Seconds};

    /// One thread: ggml's threads spin while they wait for each other, and these tests run beside others.
    fn load(folder: &TempDir, model: &RandomModel) -> Transcriber {
        let path = model.write(folder.path());
        let start = Instant::now();
        let transcriber = Transcriber::load(path, false).unwrap();
        println!("loaded in {:?}", start.elapsed());
        transcriber.with_decoding(one_thread()).unwrap()
    }

    fn one_thread() -> Decoding {
        Decoding { n_threads: NonZeroU16::new(1), ..Decoding::default() }
    }

    /// All of it.
    fn speech(samples: &[f32]) -> Vec<Interval> {
        vec![Interval::new(0.0, samples.len() as f64 / f64::from(SAMPLE_RATE))]
    }

    /// A buzz that comes and goes like syllables, in a little noise.
    fn speechlike(seconds: f64) -> Vec<f32> {
        let n_samples = (seconds * f64::from(SAMPLE_RATE)) as usize;
        let sample = |index: usize| {
            let time = index as f64 / f64::from(SAMPLE_RATE);
            let syllables = (time * 4.0 * std::f64::consts::TAU).sin().max(0.0);
            let buzz =
                (1..12).map(|k| (time * 120.0 * f64::from(k) * std::f64::consts::TAU).sin()).sum::<f64>();
            let noise = (index.wrapping_mul(2_654_435_761) >> 7 & 0xff) as f64 / 255.0 - 0.5;
            (0.05 * buzz * syllables + 0.01 * noise) as f32
        };
        (0..n_samples).map(sample).collect()
    }

    fn transcribe(transcriber: &Transcriber, samples: &[f32]) -> Result<Transcript, TranscribeError> {
        transcriber.transcribe(samples, &speech(samples), |_| {}, &AtomicBool::new(false))
    }

    #[track_caller]
    fn check_well_formed(transcript: &Transcript, clip: f64) {
        let mut earliest = Seconds(0.0);
        for word in &transcript.words {
            assert!(!word.text.is_empty() && word.text.trim() == word.text, "{word:?}");
            assert!(!word.text.contains("[_"), "a special token: {word:?}");
            let interval = word.interval.expect("whisper gives times");
            assert!(earliest <= interval.start && interval.start <= interval.end, "{word:?}");
            assert!(interval.end <= Seconds(clip), "{word:?}");
            assert!((0.0..=1.0).contains(&word.probability.unwrap()), "{word:?}");
            earliest = interval.end;
        }
    }

    #[test]
    fn words_are_well_formed() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        let samples = speechlike(2.0);
        let mut reports = Vec::new();
        let start = Instant::now();
        let transcript = transcriber
            .transcribe(&samples, &speech(&samples), |share| reports.push(share), &AtomicBool::new(false))
            .unwrap();
        println!("2 s in {:?}: {:?}", start.elapsed(), transcript.words);
        assert_eq!(transcript.source, Source::Whisper { model: "random".into() });
        assert!(!transcript.words.is_empty(), "rubbish was expected, not silence");
        check_well_formed(&transcript, 2.0);
        assert!(reports.is_sorted() && reports.last() == Some(&1.0), "{reports:?}");
        assert_eq!(transcript, transcribe(&transcriber, &speechlike(2.0)).unwrap(), "the same twice");
    }

    #[test]
    fn words_are_in_order_across_windows_of_thirty_seconds() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel { seed: 3, ..Default::default() });
        let start = Instant::now();
        // Windows begin at 0, 28 and 56 s.
        let transcript = transcribe(&transcriber, &speechlike(58.0)).unwrap();
        println!("58 s in {:?}: {} words", start.elapsed(), transcript.words.len());
        check_well_formed(&transcript, 58.0);
        let intervals: Vec<_> = transcript.words.iter().filter_map(|word| word.interval).collect();
        let last = intervals.iter().rfind(|interval| Seconds(0.0) < interval.length()).unwrap();
        assert!(Seconds(30.0) < last.start, "times are counted from the start of the recording: {last:?}");
    }

    #[test]
    fn where_nobody_speaks_there_are_no_words() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        let samples = speechlike(20.0);
        let transcribe = |speech: &[Interval]| {
            transcriber.transcribe(&samples, speech, |_| {}, &AtomicBool::new(false)).unwrap().words
        };
        assert_eq!(transcribe(&[]), []);
        let speech = [Interval::new(1.0, 2.0), Interval::new(17.0, 18.0)];
        let words = transcribe(&speech);
        assert!(!words.is_empty());
        for word in words {
            let interval = word.interval.unwrap();
            let is_near = |speech: &Interval| {
                speech.start <= interval.end + Seconds(0.5) && interval.start <= speech.end + Seconds(0.5)
            };
            assert!(speech.iter().any(is_near), "{interval:?}");
        }
    }

    #[test]
    fn options_change_what_is_heard_and_bad_ones_are_refused() {
        let folder = TempDir::new().unwrap();
        let samples = speechlike(2.0);
        let with = |decoding: Decoding| {
            let transcriber = load(&folder, &RandomModel::default());
            transcribe(
                &transcriber.with_decoding(Decoding { n_threads: NonZeroU16::new(1), ..decoding }).unwrap(),
                &samples,
            )
        };
        let plain = with(Decoding::default()).unwrap();
        assert_ne!(plain, with(Decoding { fits_audio_context: true, ..Decoding::default() }).unwrap());
        assert_eq!(plain, with(Decoding { language: Some("en".into()), ..Decoding::default() }).unwrap());
        let long = Decoding { prompt: Some("word ".repeat(500)), ..Decoding::default() };
        assert!(with(long).is_ok(), "of a long prompt the end counts");

        for (language, expected) in [("de", "knows English alone"), ("klingon", "knows no language")] {
            let decoding = Decoding { language: Some(language.into()), ..Decoding::default() };
            let error = load(&folder, &RandomModel::default()).with_decoding(decoding.clone()).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            let multilingual = load(&folder, &RandomModel { n_vocab: 51_865, ..Default::default() });
            assert_eq!(multilingual.with_decoding(decoding).is_ok(), language == "de");
        }
    }

    #[test]
    fn multilingual_and_quantised_models_work_too() {
        let folder = TempDir::new().unwrap();
        for model in [
            RandomModel { n_vocab: 51_865, ..Default::default() },
            RandomModel { n_vocab: 51_866, ..Default::default() },
            RandomModel { quantised: true, ..Default::default() },
        ] {
            let transcript = transcribe(&load(&folder, &model), &speechlike(1.0)).unwrap();
            check_well_formed(&transcript, 1.0);
            assert!(!transcript.words.is_empty());
        }
    }

    #[test]
    fn silence_and_clips_of_any_shortness_are_survived() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        for n_samples in [1, 200, 201, 1599, 1600, 1601, 3201] {
            let transcript = transcribe(&transcriber, &vec![0.0; n_samples]).unwrap();
            check_well_formed(&transcript, n_samples as f64 / f64::from(SAMPLE_RATE));
        }
    }

    #[test]
    fn samples_that_no_recording_has_are_refused() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        let error = transcribe(&transcriber, &[]).unwrap_err();
        assert!(matches!(error, TranscribeError::NoSamples), "{error:?}");
        for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30] {
            let mut samples = speechlike(1.0);
            samples[700] = value;
            let error = transcribe(&transcriber, &samples).unwrap_err();
            assert!(matches!(error, TranscribeError::BadSample { index: 700, .. }), "{error:?}");
        }
    }

    /// Damage that `inspect` does not look for: every score that the decoder gives is NaN.
    #[test]
    fn weights_that_are_not_numbers_are_survived() {
        let folder = TempDir::new().unwrap();
        let mut bytes = RandomModel::default().bytes();
        let name = b"decoder.ln.weight";
        let at = name.len() + bytes.windows(name.len()).position(|window| window == name).unwrap();
        bytes[at..at + 64 * 4].fill(0xff);
        let transcriber = Transcriber::load(write(&folder, &bytes), false).unwrap();
        let transcriber = transcriber.with_decoding(one_thread()).unwrap();
        check_well_formed(&transcribe(&transcriber, &speechlike(1.0)).unwrap(), 1.0);
    }

    #[test]
    fn a_bad_model_is_refused_before_whisper_sees_it() {
        let folder = TempDir::new().unwrap();
        let error = Transcriber::load(write(&folder, b"GGUF\0\0\0\0"), false).unwrap_err();
        assert!(matches!(error, TranscribeError::Model(ModelError::NotAModel { .. })), "{error:?}");
    }

    #[test]
    fn an_interrupt_from_before_starts_nothing() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        let error = transcriber
            .transcribe(&speechlike(2.0), &[], |_| panic!("begun"), &AtomicBool::new(true))
            .unwrap_err();
        assert!(matches!(error, TranscribeError::Interrupted), "{error:?}");
    }

    /// While decoding: a small encoder, and windows enough for many seconds.
    #[test]
    fn an_interrupt_while_decoding_stops_within_a_second() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        interrupt_after(Duration::from_millis(1500), &transcriber, &speechlike(120.0));
    }

    /// While computing the spectrogram, where whisper.cpp does not ask.
    #[test]
    fn an_interrupt_in_a_recording_of_an_hour_stops_within_a_second() {
        let folder = TempDir::new().unwrap();
        run_subprocess("interrupt an hour", &RandomModel::default().write(folder.path()));
    }

    /// While encoding, where whisper.cpp does not ask: one pass of this encoder takes far more than a second. The
    /// program may then end while the pass goes on.
    #[test]
    fn an_interrupt_while_encoding_stops_within_a_second() {
        let folder = TempDir::new().unwrap();
        let deep = RandomModel { n_state: 512, n_head: 8, n_audio_layer: 32, ..Default::default() };
        let output = run_subprocess("interrupt", &deep.write(folder.path()));
        print!("{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }

    #[track_caller]
    fn interrupt_after(delay: Duration, transcriber: &Transcriber, samples: &[f32]) {
        let interrupt = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&interrupt);
        let timer = std::thread::spawn(move || {
            std::thread::sleep(delay);
            raised.store(true, Ordering::Relaxed);
            Instant::now()
        });
        let error = transcriber.transcribe(samples, &speech(samples), |_| {}, &interrupt);
        let error = error.expect_err("the interrupt came too late");
        assert!(matches!(error, TranscribeError::Interrupted), "{error:?}");
        check_within_a_second(timer.join().unwrap());
    }

    #[track_caller]
    fn check_within_a_second(start: Instant) {
        let elapsed = start.elapsed();
        println!("stopped after {elapsed:?}");
        assert!(elapsed < Duration::from_secs(1), "{elapsed:?}");
    }

    #[test]
    fn two_threads_share_a_model() {
        let folder = TempDir::new().unwrap();
        let transcriber = load(&folder, &RandomModel::default());
        let clips = [speechlike(1.0), speechlike(2.0)];
        let alone = clips.each_ref().map(|clip| transcribe(&transcriber, clip).unwrap());
        let together = std::thread::scope(|scope| {
            let tasks = clips.each_ref().map(|clip| scope.spawn(|| transcribe(&transcriber, clip).unwrap()));
            tasks.map(|task| task.join().unwrap())
        });
        assert_eq!(alone, together);
    }

    #[test]
    fn whisper_keeps_quiet_unless_verbose() {
        let folder = TempDir::new().unwrap();
        let path = RandomModel::default().write(folder.path());
        let quiet = run_subprocess("quiet", &path);
        assert_eq!(String::from_utf8_lossy(&quiet.stderr), "");
        assert!(!String::from_utf8_lossy(&quiet.stdout).contains("whisper_"), "{quiet:?}");
        let verbose = run_subprocess("verbose", &path);
        assert!(String::from_utf8_lossy(&verbose.stderr).contains("loading model"), "{verbose:?}");
    }

    /// What a copy of this program, whose output and end can be seen, is to do, and with which model.
    const SUBPROCESS: &str = "AFTERBEEP_TEST_SUBPROCESS";
    const SUBPROCESS_MODEL: &str = "AFTERBEEP_TEST_SUBPROCESS_MODEL";

    /// Runs [`the_subprocess`], which must succeed.
    #[track_caller]
    fn run_subprocess(task: &str, model: &Path) -> Output {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "with_whisper::the_subprocess", "--nocapture"]);
        let output = command.env(SUBPROCESS, task).env(SUBPROCESS_MODEL, model).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        output
    }

    /// Does nothing unless [`run_subprocess`] runs it.
    #[test]
    fn the_subprocess() {
        let Ok(task) = std::env::var(SUBPROCESS) else { return };
        let model = std::env::var_os(SUBPROCESS_MODEL).unwrap();
        let verbose = task == "verbose";
        assert!(Transcriber::load("no/such/model.bin", verbose).is_err());
        let transcriber = Transcriber::load(model, verbose).unwrap().with_decoding(one_thread()).unwrap();
        match task.as_str() {
            "interrupt" => interrupt_after(Duration::from_millis(700), &transcriber, &speechlike(29.0)),
            "interrupt an hour" => {
                let hour = vec![0.01; 3600 * SAMPLE_RATE as usize];
                interrupt_after(Duration::from_millis(200), &transcriber, &hour);
            }
            _ => drop(transcribe(&transcriber, &speechlike(1.0)).unwrap()),
        }
    }
}
