//! What can be said of a take while it is spoken: pace, pitch variation, and whether the speaker has stopped.
//!
//! The last seconds are analysed as the whole take will be, over and over on a thread of its own, so that neither the
//! recorder nor the screen ever waits for it.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::analysis::analyse;
use crate::audio::Clip;
use crate::metrics::{Words, measure};
use crate::units::{Interval, Seconds};

/// How much is looked at: PVQ's window (Hincks 2005), and long enough for a pace.
const WINDOW: Seconds = Seconds(10.0);
/// How much must come in before it is worth to look again.
const EVERY: Seconds = Seconds(0.5);
/// Less speech than this in the window says nothing of its speaker; ours.
const MIN_SPEECH: Seconds = Seconds(1.5);

/// Of the last ten seconds; `None` for what cannot be told yet.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Live {
    /// Syllable nuclei per second of speech.
    pub articulation_rate: Option<f64>,
    /// Standard deviation of F0, in semitones.
    pub pitch_sd: Option<f64>,
    /// Since the last speech; `None` as long as nobody has spoken.
    pub silence: Option<Seconds>,
}

/// The thread that looks. It ends when this is dropped.
pub struct LiveAnalysis {
    samples: Sender<Vec<f32>>,
    latest: Arc<Mutex<Live>>,
}

impl LiveAnalysis {
    pub fn start(sample_rate_hz: u32) -> Self {
        let (samples, incoming) = mpsc::channel();
        let latest = Arc::new(Mutex::new(Live::default()));
        let shared = Arc::clone(&latest);
        thread::spawn(move || {
            let mut window = Window::new(sample_rate_hz);
            while window.fill(&incoming) {
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = window.look();
            }
        });
        Self { samples, latest }
    }

    pub fn hear(&self, samples: &[f32]) {
        if !samples.is_empty() {
            // A thread that is gone has nothing to say any more; what it said last stays.
            let _ = self.samples.send(samples.to_vec());
        }
    }

    pub fn latest(&self) -> Live {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Window {
    sample_rate_hz: u32,
    samples: Vec<f32>,
    /// Of the take, when the window begins.
    start: Seconds,
    last_speech: Option<Seconds>,
}

impl Window {
    fn new(sample_rate_hz: u32) -> Self {
        Self { sample_rate_hz, samples: Vec::new(), start: Seconds(0.0), last_speech: None }
    }

    /// Waits for [`EVERY`] of new sound, and takes what has queued up besides; `false` when no more will come.
    fn fill(&mut self, incoming: &Receiver<Vec<f32>>) -> bool {
        let mut n_new = 0;
        while (n_new as f64) < EVERY.0 * f64::from(self.sample_rate_hz) {
            let Ok(samples) = incoming.recv() else { return false };
            n_new += samples.len();
            self.samples.extend(samples);
        }
        for samples in incoming.try_iter() {
            self.samples.extend(samples);
        }
        let n_too_many =
            self.samples.len().saturating_sub((WINDOW.0 * f64::from(self.sample_rate_hz)) as usize);
        self.samples.drain(..n_too_many);
        self.start = Seconds(self.start.0 + n_too_many as f64 / f64::from(self.sample_rate_hz));
        true
    }

    fn look(&mut self) -> Live {
        let clip = Clip::new(self.samples.clone(), self.sample_rate_hz);
        let duration = clip.duration();
        let analysis = analyse(clip);
        let speech = if analysis.is_tonal { &[][..] } else { &analysis.speech };
        if let Some(last) = speech.last() {
            self.last_speech = Some(Seconds(self.start.0 + last.end.0));
        }
        let now = Seconds(self.start.0 + duration.0);
        let silence = self.last_speech.map(|last| Seconds((now.0 - last.0).max(0.0)));
        let spoken: f64 = speech.iter().map(|interval: &Interval| interval.length().0).sum();
        if spoken < MIN_SPEECH.0 {
            return Live { silence, ..Live::default() };
        }
        let measurements = measure(&analysis, Words::Unknown);
        Live {
            articulation_rate: measurements.value("articulation_rate"),
            pitch_sd: measurements.value("pitch_sd"),
            silence,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::audio::{Channel, decode};

    #[test]
    fn a_voice_is_followed_until_it_stops() {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech/demo.wav");
        let clip = decode(&demo, Channel::Mix).expect("it is a fixture").clip;
        let (sender, incoming) = mpsc::channel();
        let mut window = Window::new(clip.sample_rate_hz());
        let rate = clip.sample_rate_hz() as usize;
        sender.send(vec![0.0; rate]).expect("it is received below");
        assert!(window.fill(&incoming));
        assert_eq!(window.look(), Live::default(), "nobody has spoken");
        sender.send(clip.samples()[..8 * rate].to_vec()).expect("it is received below");
        assert!(window.fill(&incoming));
        let live = window.look();
        assert!(live.articulation_rate.is_some_and(|rate| (2.0..8.0).contains(&rate)), "{live:?}");
        assert!(live.pitch_sd.is_some() && live.silence.is_some_and(|silence| silence.0 < 1.0), "{live:?}");
        for _ in 0..12 {
            sender.send(vec![0.0; rate]).expect("it is received below");
            assert!(window.fill(&incoming));
            window.look();
        }
        let live = window.look();
        assert!(live.silence.is_some_and(|silence| silence.0 > 11.0), "{live:?}");
        assert_eq!(live.articulation_rate, None, "the window holds no speech any more");
        drop(sender);
        assert!(!window.fill(&incoming));
    }
}
