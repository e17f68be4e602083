//! Bars on standard error, when it is a terminal and the work is longer than a blink.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Below this many files a run is over before a bar could be read.
const MANY_FILES: usize = 50;

/// A bar that counts files; hidden for few. indicatif hides it by itself when standard error is no terminal.
pub fn files(n_files: usize, verb: &'static str) -> ProgressBar {
    if n_files < MANY_FILES { ProgressBar::hidden() } else { steps(n_files as u64, verb) }
}

/// A bar that counts recordings, of which one takes longer than a blink; hidden for a single one.
pub fn recordings(n_recordings: usize) -> ProgressBar {
    if n_recordings < 2 { ProgressBar::hidden() } else { steps(n_recordings as u64, "listening") }
}

fn steps(n_steps: u64, verb: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(n_steps), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
        .expect("the template is well formed");
    bar.set_style(style);
    bar.set_message(verb);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A bar for the transcription of one recording, in per cent.
#[cfg(feature = "transcribe")]
pub fn transcription() -> ProgressBar {
    steps(100, "transcribing")
}
