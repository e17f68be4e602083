//! Bars on standard error, when it is a terminal and the work is longer than a blink.

use std::sync::atomic::{AtomicBool, Ordering};
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

/// Set while the whole screen is drawn on: a bar would be drawn over it.
static HIDDEN: AtomicBool = AtomicBool::new(false);

/// From now on no bar is shown, or again.
#[cfg(feature = "record")]
pub fn hide(hide: bool) {
    HIDDEN.store(hide, Ordering::Relaxed);
}

fn steps(n_steps: u64, verb: &'static str) -> ProgressBar {
    if HIDDEN.load(Ordering::Relaxed) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(n_steps), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta} left")
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

/// A bar for a take that is played, in seconds.
#[cfg(feature = "record")]
pub fn playback(length: crate::units::Seconds) -> ProgressBar {
    steps(length.0.ceil() as u64, "playing")
}

/// A bar for a file that is fetched, in bytes.
#[cfg(feature = "download")]
pub fn bytes(n_bytes: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(n_bytes), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        .expect("the template is well formed");
    bar.set_style(style);
    bar
}

/// `1:05`.
#[cfg(feature = "record")]
pub fn clock(time: crate::units::Seconds) -> String {
    let seconds = time.0.max(0.0) as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A level meter while a take is recorded: how loud, in decibels below full scale, and how long.
#[cfg(feature = "record")]
pub struct LevelMeter {
    bar: ProgressBar,
    level: crate::rehearsal::level::Level,
}

#[cfg(feature = "record")]
impl LevelMeter {
    pub fn new() -> Self {
        let range = (-crate::rehearsal::level::FLOOR_DB) as u64;
        let bar = ProgressBar::with_draw_target(Some(range), ProgressDrawTarget::stderr_with_hz(20));
        let style =
            ProgressStyle::with_template("{prefix} {bar:40} {msg}").expect("the template is well formed");
        bar.set_style(style);
        Self { bar, level: crate::rehearsal::level::Level::default() }
    }

    /// `peak`: the largest magnitude since the last call, full scale 1.
    pub fn show(&mut self, recorded: crate::units::Seconds, peak: f32) {
        self.level.hear(peak);
        self.bar.set_prefix(clock(recorded));
        self.bar
            .set_position((self.level.share() * self.bar.length().unwrap_or_default() as f64).round() as u64);
        self.bar.set_message(if self.level.is_clipped() {
            "too loud".to_owned()
        } else {
            format!("{:.0} dB", self.level.db())
        });
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
