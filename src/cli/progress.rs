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

/// A level meter while a take is recorded: how loud, in decibels below full scale, and how long.
#[cfg(feature = "record")]
pub struct LevelMeter {
    bar: ProgressBar,
    /// What the bar shows, falling back slowly so that it can be read.
    shown_db: f64,
}

#[cfg(feature = "record")]
impl LevelMeter {
    /// Where the bar is empty: the level of a quiet room.
    const FLOOR_DB: f64 = -60.0;
    const FALL_DB: f64 = 1.0;

    pub fn new() -> Self {
        let range = (-Self::FLOOR_DB) as u64;
        let bar = ProgressBar::with_draw_target(Some(range), ProgressDrawTarget::stderr_with_hz(20));
        let style =
            ProgressStyle::with_template("{prefix} {bar:40} {msg}").expect("the template is well formed");
        bar.set_style(style);
        Self { bar, shown_db: Self::FLOOR_DB }
    }

    /// `peak`: the largest magnitude since the last call, full scale 1.
    pub fn show(&mut self, recorded: crate::units::Seconds, peak: f32) {
        let db = (20.0 * f64::from(peak).log10()).max(self.shown_db - Self::FALL_DB);
        self.shown_db = db.clamp(Self::FLOOR_DB, 0.0);
        let seconds = recorded.0 as u64;
        self.bar.set_prefix(format!("{}:{:02}", seconds / 60, seconds % 60));
        self.bar.set_position((self.shown_db - Self::FLOOR_DB).round() as u64);
        // The last step below full scale: the converter had no more room.
        let clipped = peak >= 32_767.0 / 32_768.0;
        self.bar.set_message(if clipped {
            "too loud".to_owned()
        } else {
            format!("{:.0} dB", self.shown_db)
        });
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
