//! How long whisper.cpp takes through the bindings: `transcription MODEL RECORDING N [--fit-audio-context]` prints, for
//! each of N runs with one thread, the seconds of one transcription, the model loaded and the recording at 16 kHz before.
//!
//! `transcription --random WIDTH LAYERS FOLDER` writes a model of random weights; `transcription --samples RECORDING FILE`
//! what it transcribes, as 32-bit floats.

#[path = "../tests/random_model/mod.rs"]
mod random_model;

use std::num::NonZeroU16;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use afterbeep::audio::{self, Channel, Clip, resample};
use afterbeep::transcript::whisper::{Decoding, SAMPLE_RATE, Transcriber};
use afterbeep::units::{Interval, Seconds};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--random", width, n_layers, folder] => {
            let (n_state, n_layers) = (number(width), number(n_layers));
            let model = random_model::RandomModel {
                n_state,
                n_head: n_state / 64,
                n_audio_layer: n_layers,
                n_text_layer: n_layers,
                ..Default::default()
            };
            println!("{}", model.write(folder.as_ref()).display());
        }
        ["--samples", recording, path] => {
            let bytes: Vec<u8> =
                clip(recording).samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
            std::fs::write(path, bytes).expect("written");
        }
        [model, recording, n_runs, rest @ ..] => {
            time(model, &clip(recording), number(n_runs), rest.contains(&"--fit-audio-context"));
        }
        _ => panic!("transcription MODEL RECORDING N [--fit-audio-context]"),
    }
}

fn number(text: &str) -> i32 {
    text.parse().expect("a whole number")
}

fn clip(recording: &str) -> Clip {
    resample(&audio::decode(recording.as_ref(), Channel::Mix).expect("a recording").clip, SAMPLE_RATE)
}

fn time(model: &str, clip: &Clip, n_runs: i32, fits_audio_context: bool) {
    let whole = [Interval { start: Seconds(0.0), end: clip.duration() }];
    let decoding = Decoding { n_threads: NonZeroU16::new(1), fits_audio_context, ..Decoding::default() };
    let transcriber =
        Transcriber::load(model, false).expect("a model").with_decoding(decoding).expect("English");
    for _ in 0..n_runs {
        let start = Instant::now();
        transcriber.transcribe(clip.samples(), &whole, |_| {}, &AtomicBool::new(false)).expect("words");
        println!("{:.4}", start.elapsed().as_secs_f64());
    }
}
