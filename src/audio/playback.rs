//! Sound to a loudspeaker, through cpal: a take played back, and the beep before one.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, ErrorKind, FromSample, SampleFormat, SizedSample, StreamConfig, SupportedBufferSize};

use super::capture::{host, is_the_end};
use super::{Clip, resample};
use crate::units::Seconds;

/// Why nothing, or nothing more, can be heard.
#[derive(Debug, thiserror::Error)]
pub enum PlaybackError {
    #[error("no loudspeaker: the system has no default output device; plug one in or switch it on")]
    NoOutputDevice,
    /// In use, forbidden, or without a format that we can give it.
    #[error("the default output device cannot be opened ({0}); check that no other program holds it")]
    Unopenable(String),
    #[error("the output device stopped ({0}); check that it is still plugged in")]
    Broke(String),
}

/// How often `go_on` is asked.
const EVERY: Duration = Duration::from_millis(30);
/// A device that takes no sound for so long takes none.
const STUCK_FOR: Duration = Duration::from_secs(5);
/// How much sound the device asks for at a time.
const PERIOD: Seconds = Seconds(0.1);
/// What a device may still hold when the last sample was given to it: the buffers of sound servers are shorter.
const DEVICE_BUFFER: Duration = Duration::from_millis(250);

/// Plays a clip through the default output device, on all its channels; returns when it is over or when `go_on`, which
/// is told how much was played, says no.
pub fn play(clip: &Clip, mut go_on: impl FnMut(Seconds) -> bool) -> Result<(), PlaybackError> {
    let device = host()
        .map_err(|error| PlaybackError::Unopenable(error.to_string()))?
        .default_output_device()
        .ok_or(PlaybackError::NoOutputDevice)?;
    let format = device.default_output_config().map_err(unopenable)?;
    let mut config = format.config();
    if matches!(format.buffer_size(), SupportedBufferSize::Range { .. }) {
        // In no hurry to be heard: what a busy computer needs to keep up.
        config.buffer_size = BufferSize::Fixed((PERIOD.0 * f64::from(config.sample_rate)) as u32);
    }
    let samples: Arc<[f32]> = resample(clip, config.sample_rate).samples().into();
    let shared = Arc::new(Shared::default());
    let source = Source { samples: Arc::clone(&samples), channels: config.channels.into(), shared };
    let shared = Arc::clone(&source.shared);
    let stream = open(&device, config, format.sample_format(), source).map_err(unopenable)?;
    stream.play().map_err(unopenable)?;
    let (mut before, mut moved) = (0, Instant::now());
    loop {
        let n_played = shared.n_played.load(Ordering::Acquire);
        if before < n_played {
            (before, moved) = (n_played, Instant::now());
        }
        if shared.is_gone.load(Ordering::Acquire) || moved.elapsed() > STUCK_FOR {
            return Err(PlaybackError::Broke(shared.failure()));
        }
        if !go_on(Seconds(n_played as f64 / f64::from(config.sample_rate))) {
            return Ok(());
        }
        if n_played >= samples.len() {
            thread::sleep(DEVICE_BUFFER);
            return Ok(());
        }
        thread::sleep(EVERY);
    }
}

/// The tone after which one speaks: 1 kHz, a third of a second, a quarter of full scale, its edges rounded so that it
/// does not click.
pub fn beep() -> Clip {
    const RATE: u32 = 48_000;
    const HZ: f64 = 1_000.0;
    const LENGTH: f64 = 0.33;
    const EDGE: f64 = 0.01;
    let n_samples = (LENGTH * f64::from(RATE)) as u32;
    let sample = |index: u32| {
        let time = f64::from(index) / f64::from(RATE);
        let edge = (time.min(LENGTH - time) / EDGE).clamp(0.0, 1.0);
        (0.25 * edge * (std::f64::consts::TAU * HZ * time).sin()) as f32
    };
    Clip::new((0..n_samples).map(sample).collect(), RATE)
}

#[derive(Default)]
struct Shared {
    n_played: AtomicUsize,
    is_gone: AtomicBool,
    /// The last error, after which the device may have gone on.
    error: Mutex<Option<String>>,
}

impl Shared {
    fn failure(&self) -> String {
        let error = self.error.lock().unwrap_or_else(PoisonError::into_inner).clone();
        error.unwrap_or_else(|| format!("it took no sound for {} seconds", STUCK_FOR.as_secs()))
    }
}

/// The callback: the clip on every channel, then silence.
struct Source {
    samples: Arc<[f32]>,
    channels: usize,
    shared: Arc<Shared>,
}

impl Source {
    fn give<T: SizedSample + FromSample<f32>>(&self, data: &mut [T]) {
        let start = self.shared.n_played.load(Ordering::Relaxed);
        let mut rest = self.samples[start.min(self.samples.len())..].iter();
        for frame in data.chunks_mut(self.channels) {
            frame.fill(T::from_sample(rest.next().copied().unwrap_or_default()));
        }
        self.shared.n_played.store(self.samples.len() - rest.len(), Ordering::Release);
    }
}

fn unopenable(error: cpal::Error) -> PlaybackError {
    match error.kind() {
        // ALSA always has a default device, which then turns out to lead nowhere.
        ErrorKind::DeviceNotAvailable => PlaybackError::NoOutputDevice,
        _ => PlaybackError::Unopenable(error.to_string()),
    }
}

fn open(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    source: Source,
) -> Result<cpal::Stream, cpal::Error> {
    match format {
        SampleFormat::I16 => open_as::<i16>(device, config, source),
        SampleFormat::I24 => open_as::<cpal::I24>(device, config, source),
        SampleFormat::I32 => open_as::<i32>(device, config, source),
        SampleFormat::U8 => open_as::<u8>(device, config, source),
        SampleFormat::U16 => open_as::<u16>(device, config, source),
        SampleFormat::F32 => open_as::<f32>(device, config, source),
        SampleFormat::F64 => open_as::<f64>(device, config, source),
        other => Err(cpal::Error::with_message(
            ErrorKind::UnsupportedConfig,
            format!("it wants samples of the kind {other}"),
        )),
    }
}

fn open_as<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: StreamConfig,
    source: Source,
) -> Result<cpal::Stream, cpal::Error> {
    let shared = Arc::clone(&source.shared);
    let on_error = move |error: cpal::Error| {
        if is_the_end(&error) {
            shared.is_gone.store(true, Ordering::Release);
        }
        *shared.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
    };
    device.build_output_stream(config, move |data: &mut [T], _| source.give(data), on_error, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clip_is_on_every_channel_and_then_silence() {
        let shared = Arc::new(Shared::default());
        let source = Source { samples: vec![0.5, -0.5, 0.25].into(), channels: 2, shared };
        let mut data = [9.0_f32; 4];
        source.give(&mut data);
        assert_eq!(data, [0.5, 0.5, -0.5, -0.5]);
        source.give(&mut data);
        assert_eq!(data, [0.25, 0.25, 0.0, 0.0]);
        source.give(&mut data);
        assert_eq!((data, source.shared.n_played.load(Ordering::Relaxed)), ([0.0; 4], 3));
    }

    #[test]
    fn the_beep_is_a_tone_without_a_click() {
        let beep = beep();
        let samples = beep.samples();
        assert!((beep.duration().0 - 0.33).abs() < 0.001);
        assert!(samples[0].abs() < 1e-3 && samples[samples.len() - 1].abs() < 0.01);
        let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((peak - 0.25).abs() < 0.01, "{peak}");
    }
}
