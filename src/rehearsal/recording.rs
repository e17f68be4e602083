//! Sound from the device to the disk.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::takes::{GrowingTake, TakesError};
use crate::audio::capture::{Capture, CaptureError};
use crate::units::Seconds;

/// How often sound is moved to the disk and the screen is drawn.
const EVERY: Duration = Duration::from_millis(30);

/// A device that gives no sound for so long gives none.
const SILENT_FOR: Duration = Duration::from_secs(5);

/// Why a recording ended.
#[derive(Debug)]
pub enum End {
    Asked,
    /// The longest time was reached.
    Full,
    Broke(CaptureError),
}

#[derive(Debug)]
pub struct Recorded {
    /// `None` when no sound ever arrived.
    pub path: Option<PathBuf>,
    pub duration: Seconds,
    pub end: End,
}

/// Records until `is_asked_to_stop`, the longest time, or the end of the device. `on_progress` is told how much is
/// recorded and the largest magnitude since it was last told.
///
/// The take is whole before the device is closed, because closing a device that hangs may hang as well.
pub fn record(
    capture: &mut Capture,
    mut take: GrowingTake,
    is_asked_to_stop: impl Fn() -> bool,
    mut on_progress: impl FnMut(Seconds, f32),
) -> Result<Recorded, TakesError> {
    let mut samples = Vec::new();
    let mut last_sound = Instant::now();
    let end = loop {
        // Asked before the ring is emptied, so that nothing that came before the end is left in it.
        let end = end(capture, last_sound, is_asked_to_stop());
        if end.is_some() {
            capture.close();
        }
        samples.clear();
        capture.drain(&mut samples);
        if !samples.is_empty() {
            last_sound = Instant::now();
        }
        take.append(&samples)?;
        on_progress(take.duration(), capture.peak());
        match end {
            Some(end) => break end,
            None => thread::sleep(EVERY),
        }
    };
    let duration = take.duration();
    Ok(Recorded { path: take.finish()?, duration, end })
}

fn end(capture: &Capture, last_sound: Instant, is_asked_to_stop: bool) -> Option<End> {
    if capture.is_full() {
        return Some(End::Full);
    }
    if is_asked_to_stop {
        return Some(End::Asked);
    }
    let silent = last_sound.elapsed() > SILENT_FOR;
    let reason = || format!("no sound arrived for {} seconds", SILENT_FOR.as_secs());
    capture.failure().or_else(|| silent.then(|| capture.broke(reason()))).map(End::Broke)
}
