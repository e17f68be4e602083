//! Sound from a microphone, through cpal.
//!
//! cpal calls back on a thread of its own, which must never be late. So the callback mixes the channels into a
//! lock-free ring: it neither allocates nor locks, and counts what the ring has no room for. Whoever records takes the
//! sound out of the ring ([`Capture::drain`]) at leisure. Only on a device that cannot be waited for does the thread
//! sleep, until the next sound is due ([`super::pace`]).

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, Sample, SampleFormat, SizedSample, StreamConfig};
use rtrb::{Consumer, Producer, RingBuffer};

use crate::units::Seconds;

/// How much sound waits in the ring at most: how long the disk may stall before anything is lost.
pub const RING: Seconds = Seconds(10.0);

/// Why nothing, or nothing more, can be recorded.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The system's sound service is missing or its configuration is broken.
    #[error("the sound system cannot be used ({0}); check that it is installed and set up")]
    NoSoundSystem(cpal::Error),
    /// No device was named and there is no default one.
    #[error("no microphone: the system has no default input device; {}", plug_in_or(.others))]
    NoInputDevice { others: Vec<String> },
    /// A device was named that is not there.
    #[error("no input device is called {name:?}; {}", plug_in_or(.others))]
    NoSuchDevice { name: String, others: Vec<String> },
    /// The device has no sample format, rate or channels that we can record.
    #[error("{device}: no format that can be recorded ({reason}); choose another input device")]
    UnsupportedFormat { device: String, reason: String },
    /// The device is there but does not open: in use, forbidden, gone in this moment.
    #[error(
        "{device}: cannot be opened ({source}); check that no other program holds it and that programs may use the microphone"
    )]
    Unopenable { device: String, source: cpal::Error },
    /// The device went away while it was recorded.
    #[error("{device}: the recording broke off ({reason}); check that the device is still plugged in")]
    Broke { device: String, reason: String },
}

fn plug_in_or(others: &[String]) -> String {
    match others {
        [] => "plug one in or switch it on".to_owned(),
        _ => format!("plug one in, or choose one of: {}", others.join(", ")),
    }
}

/// An input device as the system knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDevice {
    /// Stays the same from run to run; `default` or `hw:CARD=0,DEV=0` for ALSA.
    pub id: String,
    /// For people; two devices may share one.
    pub name: String,
}

/// Every input device there is. Which of them opens is only known when it is tried.
pub fn input_devices() -> Result<Vec<InputDevice>, CaptureError> {
    Ok(devices(&host()?)?.into_iter().map(|(device, _)| device).collect())
}

/// What ALSA lists beside devices: silence, and filters before the default one, of the package libasound2-plugins.
const NO_DEVICES: [&str; 7] = ["null", "lavrate", "samplerate", "speex", "speexrate", "upmix", "vdownmix"];

fn devices(host: &cpal::Host) -> Result<Vec<(InputDevice, cpal::Device)>, CaptureError> {
    let devices = host.input_devices().map_err(CaptureError::NoSoundSystem)?;
    let known = devices.filter_map(|device| {
        let id = device.id().ok()?.id().to_owned();
        Some((InputDevice { id, name: device.description().ok()?.name().to_owned() }, device))
    });
    Ok(known.filter(|(device, _)| !NO_DEVICES.contains(&device.id.as_str())).collect())
}

pub(super) fn host() -> Result<cpal::Host, CaptureError> {
    // ALSA explains each failure on standard error by itself, in lines nobody asked for; what counts is in our errors.
    #[cfg(target_os = "linux")]
    let _ = alsa::Output::local_error_handler();
    // Not `default_host`, which panics when the configuration is broken. And not cpal's own client of PulseAudio: with
    // both cores busy it gave us half of five minutes, and said nothing.
    let mut refused = None;
    for id in cpal::available_hosts() {
        match cpal::host_from_id(id) {
            Ok(host) => return Ok(host),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(CaptureError::NoSoundSystem(refused.unwrap_or_else(|| ErrorKind::HostUnavailable.into())))
}

/// A device by its id or its name, or the default one; with what to call it.
fn find(host: &cpal::Host, wanted: Option<&str>) -> Result<(String, cpal::Device), CaptureError> {
    let ids = |known: Vec<(InputDevice, _)>| known.into_iter().map(|(device, _)| device.id).collect();
    let Some(wanted) = wanted else {
        return match host.default_input_device() {
            Some(device) => Ok(("the default input device".to_owned(), device)),
            None => Err(CaptureError::NoInputDevice { others: ids(devices(host)?) }),
        };
    };
    let mut known = devices(host)?;
    let by_id = known.iter().position(|(device, _)| device.id == wanted);
    match by_id.or_else(|| known.iter().position(|(device, _)| device.name.eq_ignore_ascii_case(wanted))) {
        Some(index) => Ok((wanted.to_owned(), known.swap_remove(index).1)),
        None => Err(CaptureError::NoSuchDevice { name: wanted.to_owned(), others: ids(known) }),
    }
}

/// A running recording. Dropping it closes the device.
pub struct Capture {
    device: String,
    sample_rate_hz: u32,
    ring: Consumer<f32>,
    shared: Arc<Shared>,
    stream: cpal::Stream,
}

/// What the callbacks and the recorder both see.
#[derive(Default)]
struct Shared {
    /// Bits of the largest magnitude since it was last asked for.
    peak: AtomicU32,
    n_dropped: AtomicU64,
    n_overruns: AtomicU64,
    is_full: AtomicBool,
    is_listening: AtomicBool,
    is_gone: AtomicBool,
    /// The last error, after which the sound may have gone on. Written by the error callback, which is not the one that
    /// must not wait.
    error: Mutex<Option<String>>,
}

impl Capture {
    /// Opens a device by its id or name, or the default one, at its own rate. Sound is taken from [`Self::listen`] on,
    /// and after `longest` the rest is not.
    pub fn open(device: Option<&str>, longest: Seconds) -> Result<Self, CaptureError> {
        let host = host()?;
        let (name, found) = find(&host, device)?;
        let no_default = device.is_none();
        let fail = |error: cpal::Error| match error.kind() {
            // ALSA always has a default device, which then turns out to lead nowhere.
            ErrorKind::DeviceNotAvailable if no_default => CaptureError::NoInputDevice {
                others: devices(&host)
                    .map(|known| known.into_iter().map(|(device, _)| device.id).collect())
                    .unwrap_or_default(),
            },
            ErrorKind::UnsupportedConfig | ErrorKind::UnsupportedOperation => {
                CaptureError::UnsupportedFormat { device: name.clone(), reason: error.to_string() }
            }
            _ => CaptureError::Unopenable { device: name.clone(), source: error },
        };
        let format = found.default_input_config().map_err(fail)?;
        let config = format.config();
        let rate = f64::from(config.sample_rate);
        let (producer, ring) = RingBuffer::new((RING.0.min(longest.0) * rate).ceil() as usize);
        let shared = Arc::new(Shared::default());
        let n_left = (longest.0 * rate).round() as u64;
        let mixer =
            Mixer { channels: config.channels.into(), n_left, ring: producer, shared: Arc::clone(&shared) };
        let stream = open(&found, config, format.sample_format(), mixer).map_err(fail)?;
        Ok(Self { device: name, sample_rate_hz: config.sample_rate, ring, shared, stream })
    }

    pub fn sample_rate_hz(&self) -> u32 {
        self.sample_rate_hz
    }

    /// Moves what has come in since the last call to the end of `samples`.
    pub fn drain(&mut self, samples: &mut Vec<f32>) {
        if let Ok(chunk) = self.ring.read_chunk(self.ring.slots()) {
            samples.extend(chunk);
        }
    }

    /// The largest magnitude since the last call, full scale 1: what a level meter shows.
    pub fn peak(&self) -> f32 {
        f32::from_bits(self.shared.peak.swap(0, Ordering::Relaxed))
    }

    /// The longest time is reached; nothing more comes in.
    pub fn is_full(&self) -> bool {
        self.shared.is_full.load(Ordering::Acquire)
    }

    /// What comes from now on is taken in.
    pub fn listen(&self) -> Result<(), CaptureError> {
        self.shared.is_listening.store(true, Ordering::Release);
        self.stream.play().map_err(|error| self.broke(error.to_string()))
    }

    /// Takes nothing more in. What is in the ring can still be drained.
    pub fn close(&self) {
        self.shared.is_listening.store(false, Ordering::Release);
    }

    /// Samples that came while the ring was full.
    pub fn n_dropped(&self) -> u64 {
        self.shared.n_dropped.load(Ordering::Relaxed)
    }

    /// How often the system itself lost sound because it was too busy.
    pub fn n_overruns(&self) -> u64 {
        self.shared.n_overruns.load(Ordering::Relaxed)
    }

    /// Why nothing more comes, when the device went away.
    pub fn failure(&self) -> Option<CaptureError> {
        self.shared.is_gone.load(Ordering::Acquire).then(|| self.broke(String::new()))
    }

    /// The error of a device from which no sound comes: by its own last words, or else by `reason`.
    pub fn broke(&self, reason: String) -> CaptureError {
        let last = self.shared.error.lock().unwrap_or_else(PoisonError::into_inner).clone();
        CaptureError::Broke { device: self.device.clone(), reason: last.unwrap_or(reason) }
    }
}

/// Does a stream end with this error? After others it goes on: ALSA's PulseAudio plugin, for one, gives an I/O error
/// when it is asked for the delay in a bad moment.
pub(super) fn is_the_end(error: &cpal::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DeviceNotAvailable | ErrorKind::StreamInvalidated | ErrorKind::HostUnavailable
    )
}

/// The callback: channels mixed into the ring.
struct Mixer {
    channels: usize,
    /// Frames until the longest time is reached.
    n_left: u64,
    ring: Producer<f32>,
    shared: Arc<Shared>,
}

impl Mixer {
    fn take<T: Sample>(&mut self, data: &[T])
    where
        f32: FromSample<T>,
    {
        if !self.shared.is_listening.load(Ordering::Acquire) {
            return;
        }
        let n_frames = usize::try_from(self.n_left).unwrap_or(usize::MAX).min(data.len() / self.channels);
        let n_fit = n_frames.min(self.ring.slots());
        let mut peak = 0.0_f32;
        let mixed = data.chunks_exact(self.channels).take(n_fit).map(|frame| {
            let sum: f32 = frame.iter().map(|&sample| f32::from_sample(sample)).sum();
            let mean = sum / frame.len() as f32;
            let sample = if mean.is_finite() { mean } else { 0.0 };
            peak = peak.max(sample.abs());
            sample
        });
        if let Ok(chunk) = self.ring.write_chunk_uninit(n_fit) {
            chunk.fill_from_iter(mixed);
        }
        // The bits of floats that are not negative are in the order of their values.
        self.shared.peak.fetch_max(peak.to_bits(), Ordering::Relaxed);
        self.shared.n_dropped.fetch_add((n_frames - n_fit) as u64, Ordering::Relaxed);
        self.n_left -= n_frames as u64;
        if self.n_left == 0 {
            self.shared.is_full.store(true, Ordering::Release);
        }
    }
}

fn open(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    mixer: Mixer,
) -> Result<cpal::Stream, cpal::Error> {
    match format {
        SampleFormat::I8 => open_as::<i8>(device, config, mixer),
        SampleFormat::I16 => open_as::<i16>(device, config, mixer),
        SampleFormat::I24 => open_as::<cpal::I24>(device, config, mixer),
        SampleFormat::I32 => open_as::<i32>(device, config, mixer),
        SampleFormat::I64 => open_as::<i64>(device, config, mixer),
        SampleFormat::U8 => open_as::<u8>(device, config, mixer),
        SampleFormat::U16 => open_as::<u16>(device, config, mixer),
        SampleFormat::U24 => open_as::<cpal::U24>(device, config, mixer),
        SampleFormat::U32 => open_as::<u32>(device, config, mixer),
        SampleFormat::U64 => open_as::<u64>(device, config, mixer),
        SampleFormat::F32 => open_as::<f32>(device, config, mixer),
        SampleFormat::F64 => open_as::<f64>(device, config, mixer),
        other => Err(cpal::Error::with_message(
            ErrorKind::UnsupportedConfig,
            format!("its samples are {other}, which is not PCM"),
        )),
    }
}

fn open_as<T: SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    mut mixer: Mixer,
) -> Result<cpal::Stream, cpal::Error>
where
    f32: FromSample<T>,
{
    /// How often cpal looks whether a device that says nothing is still there.
    const LOOK_EVERY: Duration = Duration::from_secs(1);
    let shared = Arc::clone(&mixer.shared);
    let on_error = move |error: cpal::Error| {
        let mut last = shared.error.lock().unwrap_or_else(PoisonError::into_inner);
        match error.kind() {
            ErrorKind::Xrun => {
                shared.n_overruns.fetch_add(1, Ordering::Relaxed);
            }
            ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {}
            _ if shared.is_gone.load(Ordering::Relaxed) => {}
            _ => {
                shared.is_gone.store(is_the_end(&error), Ordering::Release);
                *last = Some(error.to_string());
            }
        }
    };
    #[cfg(target_os = "linux")]
    let mut rest = Rest::new(config.sample_rate, &mixer);
    let on_sound = move |data: &[T], _: &cpal::InputCallbackInfo| {
        mixer.take(data);
        #[cfg(target_os = "linux")]
        rest.take(data.len() / mixer.channels);
    };
    device.build_input_stream(config, on_sound, on_error, Some(LOOK_EVERY))
}

/// Keeps cpal's thread from asking ALSA for sound without end. Elsewhere the system itself calls back.
#[cfg(target_os = "linux")]
struct Rest {
    sample_rate_hz: u32,
    pace: super::pace::Pace,
    started: std::time::Instant,
    shared: Arc<Shared>,
}

#[cfg(target_os = "linux")]
impl Rest {
    /// Nobody sleeps for much less than a millisecond; some ALSA plugins hand over a frame at a time.
    const SHORTEST: Duration = Duration::from_millis(5);

    fn new(sample_rate_hz: u32, mixer: &Mixer) -> Self {
        let shared = Arc::clone(&mixer.shared);
        Self {
            sample_rate_hz,
            pace: super::pace::Pace::default(),
            started: std::time::Instant::now(),
            shared,
        }
    }

    /// After so many frames. Never again on a device that lost sound: whoever sleeps there may be late.
    fn take(&mut self, n_frames: usize) {
        use rustix::time::{ClockId, clock_gettime};
        let period = Duration::from_secs_f64(n_frames as f64 / f64::from(self.sample_rate_hz));
        if period < Self::SHORTEST || self.shared.n_overruns.load(Ordering::Relaxed) > 0 {
            return;
        }
        let worked = Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default();
        let rest = self.pace.rest(self.started.elapsed(), worked, period);
        if !rest.is_zero() {
            std::thread::sleep(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixer(channels: usize, n_left: u64, room: usize) -> (Mixer, Consumer<f32>, Arc<Shared>) {
        let (producer, consumer) = RingBuffer::new(room);
        let shared = Arc::new(Shared { is_listening: true.into(), ..Shared::default() });
        (Mixer { channels, n_left, ring: producer, shared: Arc::clone(&shared) }, consumer, shared)
    }

    fn drained(mut ring: Consumer<f32>) -> Vec<f32> {
        std::iter::from_fn(|| ring.pop().ok()).collect()
    }

    #[test]
    fn channels_are_mixed_and_integers_scaled() {
        let (mut mixer, ring, shared) = mixer(2, 10, 10);
        mixer.take::<i16>(&[16_384, 0, -32_768, -32_768]);
        assert_eq!(drained(ring), [0.25, -1.0]);
        assert_eq!(f32::from_bits(shared.peak.load(Ordering::Relaxed)), 1.0);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let (mut mixer, ring, shared) = mixer(1, 10, 3);
        mixer.take::<f32>(&[0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(drained(ring), [0.1, 0.2, 0.3]);
        assert_eq!(shared.n_dropped.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn after_the_longest_time_nothing_is_taken_and_nothing_counted() {
        let (mut mixer, ring, shared) = mixer(1, 2, 10);
        mixer.take::<f32>(&[0.1, f32::NAN, 0.3]);
        mixer.take::<f32>(&[0.4]);
        assert_eq!(drained(ring), [0.1, 0.0]);
        assert!(shared.is_full.load(Ordering::Relaxed));
        assert_eq!(shared.n_dropped.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_closed_recording_takes_nothing() {
        let (mut mixer, ring, shared) = mixer(1, 2, 10);
        shared.is_listening.store(false, Ordering::Relaxed);
        mixer.take::<f32>(&[0.1]);
        assert!(drained(ring).is_empty());
    }
}
