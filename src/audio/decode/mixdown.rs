//! Packets of many channels become mono samples, as they come.

use std::path::Path;

use symphonia::core::audio::GenericAudioBufferRef;

use super::{Channel, DecodeError, MAX_RATE_HZ, MIN_RATE_HZ, Source};
use crate::audio::clip::as_kept;
use crate::audio::clipping::Clipping;

/// What has been decoded so far; the samples of the packet at hand alone.
pub(super) struct Mixdown {
    channel: Channel,
    samples: Vec<f32>,
    n_samples: usize,
    /// The packet's channels, kept to reuse its memory.
    interleaved: Vec<f32>,
    rate_hz: u32,
    channels: usize,
    pub n_undecodable: usize,
    n_decoded: usize,
    n_not_numbers: usize,
    /// Of each channel; empty where there is but one.
    of_channels: Vec<OfChannel>,
    /// Sum of squares of their mean, and of products of the first two.
    mixed_energy: f64,
    common_energy: f64,
    /// What could not be read follows.
    ends_early: bool,
    notes: Vec<String>,
}

/// Of the channels' mean energy in their mix, below which they cancel each other (ours); two that have nothing in common, or
/// one that is silent, leave a half.
const CANCELLED: f64 = 0.1;
/// Below the loudest channel by which another is silent: 60 dB (ours).
const SILENT: f64 = 1e-6;
/// Correlation of two channels below which they have nothing in common (ours): one voice on two microphones has more.
const APART: f64 = 0.02;
/// Of the loudest channel's energy, what a second speaker has at the least (ours): 20 dB less.
const SECOND_SPEAKER: f64 = 0.01;
/// Share of a channel's samples that are cut off from which that is told: that of `clipping_ratio`.
const CLIPPED: f64 = 1e-4;

/// What is told of one channel.
#[derive(Clone, Default)]
struct OfChannel {
    /// Sum of squares.
    energy: f64,
    clipping: Clipping,
}

impl OfChannel {
    fn hear(&mut self, sample: f32) {
        self.energy += f64::from(sample * sample);
        self.clipping.hear(sample);
    }
}

impl Mixdown {
    pub fn new(channel: Channel) -> Self {
        Self {
            channel,
            samples: Vec::new(),
            n_samples: 0,
            interleaved: Vec::new(),
            rate_hz: 0,
            channels: 0,
            n_undecodable: 0,
            n_decoded: 0,
            n_not_numbers: 0,
            of_channels: Vec::new(),
            mixed_energy: 0.0,
            common_energy: 0.0,
            ends_early: false,
            notes: Vec::new(),
        }
    }

    /// Of all packets.
    pub fn n_samples(&self) -> usize {
        self.n_samples
    }

    /// Of the last packet, each finite.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    pub fn note(&mut self, note: &str) {
        self.notes.push(note.into());
    }

    pub fn end_early(&mut self, reason: &str) {
        self.ends_early = true;
        self.note(reason);
    }

    /// Fails, with the reason, where what follows cannot be joined to what was read, or nobody should listen to it.
    pub fn add(&mut self, buffer: &GenericAudioBufferRef<'_>) -> Result<(), &'static str> {
        self.samples.clear();
        let channels = buffer.spec().channels().count();
        if buffer.frames() == 0 || channels == 0 {
            return Ok(());
        }
        if self.n_decoded == 0 {
            (self.rate_hz, self.channels) = (buffer.spec().rate(), channels);
            if !self.is_within_limits() {
                return Err("its sample rate is beyond what can be listened to");
            }
        } else if (self.rate_hz, self.channels) != (buffer.spec().rate(), channels) {
            return Err("the sample rate or the number of channels changes; what follows was not read");
        }
        self.n_decoded += 1;
        buffer.copy_to_vec_interleaved(&mut self.interleaved);
        for sample in self.interleaved.iter_mut().filter(|sample| !sample.is_finite()) {
            *sample = 0.0;
            self.n_not_numbers += 1;
        }
        let frames = self.interleaved.chunks_exact(channels);
        match self.channel {
            Channel::Mix => {
                let share = 1.0 / channels as f32;
                self.samples.extend(frames.map(|frame| as_kept(frame.iter().sum::<f32>() * share)));
                self.weigh();
            }
            // A channel that is not there is refused by `finish`, once the number of channels is known.
            Channel::Only(number) => {
                let index = number.saturating_sub(1).min(channels - 1);
                self.samples.extend(frames.map(|frame| as_kept(frame[index])));
            }
        }
        self.n_samples += self.samples.len();
        Ok(())
    }

    /// What the packet adds to the energies; one channel has nothing to be compared with.
    fn weigh(&mut self) {
        if self.channels < 2 {
            return;
        }
        self.of_channels.resize(self.channels, OfChannel::default());
        for frame in self.interleaved.chunks_exact(self.channels) {
            self.of_channels.iter_mut().zip(frame).for_each(|(channel, sample)| channel.hear(*sample));
            self.common_energy += f64::from(frame[0] * frame[1]);
        }
        self.mixed_energy += self.samples.iter().map(|sample| f64::from(sample * sample)).sum::<f64>();
    }

    /// What the mix hides of its channels.
    fn note_of_mix(&self) -> Option<String> {
        let energies: Vec<f64> = self.of_channels.iter().map(|channel| channel.energy).collect();
        let loudest = energies.iter().copied().fold(0.0, f64::max);
        let mean = energies.iter().sum::<f64>() / energies.len().max(1) as f64;
        let speaking = 1 + energies.iter().position(|energy| *energy == loudest)?;
        let silent = energies.iter().position(|energy| *energy < SILENT * loudest);
        let is_apart = |one: f64, other: f64| {
            SECOND_SPEAKER * loudest < one.min(other)
                && self.common_energy.abs() < APART * (one * other).sqrt()
        };
        let alone = format!("--channel {speaking} hears one alone");
        match (silent, &energies[..]) {
            _ if loudest == 0.0 => None,
            (Some(silent), _) => {
                Some(format!("channel {} is silent, and makes the mix quieter; {alone}", silent + 1))
            }
            _ if self.mixed_energy < CANCELLED * mean => {
                Some(format!("the channels cancel each other when they are mixed (opposite phase?); {alone}"))
            }
            (None, [one, other]) if is_apart(*one, *other) => Some(format!(
                "the channels have nothing in common (two people on a line?), and are measured as one voice; {alone}"
            )),
            _ => None,
        }
    }

    /// The channel that is cut off at full scale most, which the mix may hide.
    fn note_of_clipping(&self) -> Option<String> {
        let ratios = self.of_channels.iter().map(|channel| channel.clipping.ratio()).enumerate();
        let (number, ratio) = ratios.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
        (CLIPPED < ratio)
            .then(|| format!("channel {} is clipped, {:.2} % of its samples", number + 1, 100.0 * ratio))
    }

    fn is_within_limits(&self) -> bool {
        (MIN_RATE_HZ..=MAX_RATE_HZ).contains(&self.rate_hz)
    }

    pub fn finish(mut self, path: &Path, codec: String) -> Result<Source, DecodeError> {
        let path = path.to_owned();
        if self.rate_hz > 0 && !self.is_within_limits() {
            return Err(DecodeError::UnsupportedRate { path, rate_hz: self.rate_hz });
        }
        if self.n_samples == 0 {
            return Err(match self.notes.pop() {
                _ if self.n_undecodable > 0 => DecodeError::Corrupt {
                    path,
                    detail: format!("none of its {} packets decode", self.n_undecodable),
                },
                Some(detail) => DecodeError::Corrupt { path, detail },
                None => DecodeError::NoSamples { path },
            });
        }
        if self.n_undecodable > self.n_decoded {
            let total = self.n_undecodable + self.n_decoded;
            let detail = format!("{} of its {total} packets do not decode", self.n_undecodable);
            return Err(DecodeError::Corrupt { path, detail });
        }
        if let Channel::Only(asked) = self.channel
            && !(1..=self.channels).contains(&asked)
        {
            return Err(DecodeError::NoSuchChannel { path, asked, channels: self.channels });
        }
        if self.n_undecodable > 0 {
            self.notes.push(format!("{} packets could not be decoded and are left out", self.n_undecodable));
        }
        if self.n_not_numbers > 0 {
            self.notes
                .push(format!("{} samples were not numbers and are taken as silence", self.n_not_numbers));
        }
        self.notes.extend(self.note_of_mix());
        self.notes.extend(self.note_of_clipping());
        let (sample_rate_hz, channels) = (self.rate_hz, self.channels);
        Ok(Source { sample_rate_hz, channels, codec, is_incomplete: self.ends_early, notes: self.notes })
    }
}
