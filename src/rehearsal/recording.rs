//! Sound from the device to the disk.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::takes::{GrowingTake, TakesError};
use crate::audio::capture::{Capture, CaptureError};
use crate::units::Seconds;

/// How often sound is moved to the disk and the screen is drawn.
const EVERY: Duration = Duration::from_millis(30);

/// What was said last before a key was pressed is still on its way: in a packet of the sound server, and behind it in the
/// period that is read. So sound is awaited twice after the key, and not longer than this (ours).
const ON_ITS_WAY: Duration = Duration::from_millis(300);

/// A device that gives no sound for so long gives none.
const SILENT_FOR: Duration = Duration::from_secs(5);

/// Why a recording ended.
#[derive(Debug)]
pub enum End {
    Asked,
    /// The longest time was reached.
    Full,
    Broke(CaptureError),
    /// The disk was full, or the folder went away.
    Unwritable(TakesError),
}

#[derive(Debug)]
pub struct Recorded {
    /// `None` when no sound ever arrived.
    pub path: Option<PathBuf>,
    pub duration: Seconds,
    pub end: End,
}

/// What came in since the recorder last spoke.
#[derive(Debug, Clone, Copy)]
pub struct Arrived<'a> {
    /// Of the whole take until now.
    pub duration: Seconds,
    /// Mono, full scale 1, at the rate of the device.
    pub samples: &'a [f32],
    /// The largest magnitude of them.
    pub peak: f32,
}

/// Records until `listener` breaks, the longest time, or the end of the device or of the disk. `listener` is called some
/// thirty times a second, whether or not there is sound.
///
/// The take is whole before the device is closed, because closing a device that hangs may hang as well.
pub fn record(
    capture: &mut Capture,
    mut take: GrowingTake,
    mut listener: impl FnMut(Arrived) -> ControlFlow<()>,
) -> Result<Recorded, TakesError> {
    if let Err(error) = capture.listen() {
        return Ok(Recorded { path: take.finish()?, duration: Seconds(0.0), end: End::Broke(error) });
    }
    let mut samples = Vec::new();
    let mut last_sound = Instant::now();
    let mut asked_to_stop: Option<Instant> = None;
    let mut n_after = 0;
    let end = loop {
        // Known before the ring is emptied, so that nothing that came before the end is left in it.
        let is_drained = asked_to_stop.is_some_and(|asked| n_after >= 2 || ON_ITS_WAY < asked.elapsed());
        let end = end(capture, last_sound, is_drained);
        if end.is_some() {
            capture.close();
        }
        samples.clear();
        capture.drain(&mut samples);
        if !samples.is_empty() {
            last_sound = Instant::now();
            n_after += usize::from(asked_to_stop.is_some());
        }
        if let Err(error) = take.append(&samples) {
            break End::Unwritable(error);
        }
        let arrived = Arrived { duration: take.duration(), samples: &samples, peak: capture.peak() };
        if listener(arrived).is_break() {
            asked_to_stop.get_or_insert_with(Instant::now);
        }
        match end {
            Some(end) => break end,
            None => thread::sleep(EVERY),
        }
    };
    let duration = take.duration();
    match (take.finish(), end) {
        (Ok(path), end) => Ok(Recorded { path, duration, end }),
        // Cut short by the disk, which has no room for its last header either: what is there stays under its name.
        (Err(_), End::Unwritable(error)) | (Err(error), _) => Err(error),
    }
}

fn end(capture: &Capture, last_sound: Instant, is_drained: bool) -> Option<End> {
    if capture.is_full() {
        return Some(End::Full);
    }
    if is_drained {
        return Some(End::Asked);
    }
    let silent = last_sound.elapsed() > SILENT_FOR;
    let reason = || format!("no sound arrived for {} seconds", SILENT_FOR.as_secs());
    capture.failure().or_else(|| silent.then(|| capture.broke(reason()))).map(End::Broke)
}
