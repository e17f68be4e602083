//! Synthesised signals whose F0 is known.

use std::f64::consts::TAU;

use super::*;

/// A deterministic generator: white noise that is the same on every run (xorshift).
pub(crate) fn noise(n: usize, amplitude: f64) -> Vec<f64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let uniform = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        amplitude * (state as f64 / u64::MAX as f64 * 2.0 - 1.0)
    };
    (0..n).map(uniform).collect()
}

fn contour(samples: impl IntoIterator<Item = f64>, rate: u32) -> F0Contour {
    f0_contour(&Clip::new(samples.into_iter().map(|x| x as f32).collect(), rate), &Parameters::default())
}

/// Harmonics like a voice's with a frequency that moves as `hertz` says.
pub(crate) fn voice(hertz: impl Fn(f64) -> f64, seconds: f64, rate: u32) -> Vec<f64> {
    let mut phase = 0.0;
    (0..(seconds * f64::from(rate)) as usize)
        .map(|i| {
            phase += TAU * hertz(i as f64 / f64::from(rate)) / f64::from(rate);
            (1..8).map(|k| (phase * f64::from(k)).sin() / f64::from(k)).sum::<f64>() * 0.2
        })
        .collect()
}

fn median(contour: &F0Contour) -> f64 {
    let mut values: Vec<f64> = contour.voiced().map(|(_, f0)| f0.0).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
fn a_sine_in_noise_is_measured_to_a_tenth_of_a_hertz() {
    for rate in [8_000, 16_000, 44_100] {
        let n = rate as usize;
        let sine = (0..n).map(|i| 0.3 * (TAU * 377.0 * i as f64 / f64::from(rate)).sin());
        let contour = contour(sine.zip(noise(n, 0.03)).map(|(a, b)| a + b), rate);
        assert!((median(&contour) - 377.0).abs() < 0.1, "{rate}: {}", median(&contour));
        assert_eq!(contour.voiced().count(), contour.frames.len());
    }
}

#[test]
fn a_glide_is_followed_within_one_per_cent() {
    let contour = contour(voice(|t| 100.0 + 50.0 * t, 2.0, 16_000), 16_000);
    assert!(contour.voiced().count() as f64 > 0.98 * contour.frames.len() as f64);
    for (time, f0) in contour.voiced() {
        let truth = 100.0 + 50.0 * time.0;
        assert!((f0.0 / truth - 1.0).abs() < 0.01, "{f0} at {time}, expected {truth}");
    }
}

#[test]
fn silence_noise_and_a_constant_have_no_f0() {
    assert_eq!(contour(vec![0.0; 16_000], 16_000).voiced().count(), 0);
    assert_eq!(contour(vec![0.7; 16_000], 16_000).voiced().count(), 0);
    let contour = contour(noise(32_000, 0.3), 16_000);
    assert!(contour.voiced().count() * 50 < contour.frames.len(), "{}", contour.voiced().count());
}

#[test]
fn an_offset_changes_nothing() {
    let plain = contour(voice(|_| 120.0, 1.0, 16_000), 16_000);
    let offset = contour(voice(|_| 120.0, 1.0, 16_000).into_iter().map(|x| x + 0.3), 16_000);
    assert!((median(&plain) - 120.0).abs() < 0.05);
    assert!((median(&offset) - 120.0).abs() < 0.05);
}

#[test]
fn frames_are_centred_and_as_many_as_fit() {
    let contour = contour(vec![0.0; 16_000], 16_000);
    assert_eq!(contour.frames.len(), 193);
    assert!((contour.start.0 - 0.02).abs() < 1e-9 && (contour.time_of(192).0 - 0.98).abs() < 1e-9);
    assert!(contour.at(Seconds(0.5)).is_some() && contour.at(Seconds(0.0)).is_none());
}

#[test]
fn short_clips_and_odd_parameters_give_an_empty_contour_or_finite_numbers() {
    for n in [0, 1, 2, 3, 639, 640, 641] {
        for rate in [1, 100, 8_000, 16_000, 192_000] {
            let contour = contour(noise(n, 1e9), rate);
            assert!(contour.voiced().all(|(time, f0)| time.0.is_finite() && f0.0.is_finite()));
        }
    }
    let clip = Clip::new(vec![0.1; 8_000], 8_000);
    for parameters in [
        Parameters { floor: Hertz(0.0), ..Parameters::default() },
        Parameters { step: Seconds(0.0), ..Parameters::default() },
        Parameters { ceiling: Hertz(10.0), ..Parameters::default() },
        Parameters { floor: Hertz(f64::NAN), ..Parameters::default() },
        Parameters { floor: Hertz(3000.0), ceiling: Hertz(5000.0), ..Parameters::default() },
    ] {
        assert!(f0_contour(&clip, &parameters).voiced().all(|(_, f0)| f0.0.is_finite()));
    }
}

/// Share of wrong frames (F0 off by more than a fifth, or wrong voicing) against a laryngograph, for the files of
/// `speaker` in `../shared/data/pitch-fda`; `None` where that folder is absent.
fn frame_error(speaker: &str, method: impl Fn(&Clip) -> F0Contour) -> Option<f64> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pitch-fda");
    let (mut n_wrong, mut n) = (0, 0);
    for entry in std::fs::read_dir(folder).ok()? {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !(name.starts_with(speaker) && name.ends_with(".wav")) {
            continue;
        }
        let contour = method(&crate::audio::decode(&path, crate::audio::Channel::Mix).unwrap().clip);
        let truth = std::fs::read_to_string(path.with_extension("f0ref")).unwrap();
        for (index, truth) in truth.split_whitespace().map(|f0| f0.parse::<f64>().unwrap()).enumerate() {
            // The reference has a value every 15 ms.
            let found =
                contour.at(Seconds(index as f64 * 0.015)).and_then(|frame| frame.f0).map_or(0.0, |f0| f0.0);
            let is_wrong = (found > 0.0) != (truth > 0.0) || (found - truth).abs() > 0.2 * truth;
            n_wrong += usize::from(is_wrong);
            n += 1;
        }
    }
    Some(n_wrong as f64 / f64::from(n))
}

#[test]
#[ignore = "a minute without optimisation: cargo test --release --lib -- --ignored fda"]
fn frame_errors_on_the_fda_recordings_are_praats_and_lower_in_the_speakers_range() {
    // Praat 6.1.38 (parselmouth 0.4.7) on the same files, 75 to 600 Hz, 5 ms.
    for (speaker, praat) in [("rl", 0.0499), ("sb", 0.0429)] {
        let Some(same) = frame_error(speaker, |clip| f0_contour(clip, &Parameters::default())) else {
            println!("skipped: ../shared/data/pitch-fda is not here");
            return;
        };
        let own_range = frame_error(speaker, |clip| speaker_contour(clip, &[])).unwrap();
        println!("{speaker}: {same:.4}, in the speaker's own range {own_range:.4}; Praat {praat:.4}");
        assert!((same - praat).abs() < 0.001, "{speaker}: {same}");
        assert!(own_range < praat - 0.002, "{speaker}: {own_range}");
    }
}
