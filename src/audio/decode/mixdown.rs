//! Packets of many channels become one row of mono samples, as they come.

use std::path::Path;

use symphonia::core::audio::GenericAudioBufferRef;

use super::{Channel, Clip, DecodeError, MAX_RATE_HZ, MIN_RATE_HZ, Recording};

/// What has been decoded so far.
pub(super) struct Mixdown {
    channel: Channel,
    samples: Vec<f32>,
    /// The packet at hand, kept to reuse its memory.
    interleaved: Vec<f32>,
    rate_hz: u32,
    channels: usize,
    pub codec: String,
    pub n_undecodable: usize,
    n_decoded: usize,
    n_not_numbers: usize,
    notes: Vec<String>,
}

impl Mixdown {
    pub fn new(channel: Channel) -> Self {
        Self {
            channel,
            samples: Vec::new(),
            interleaved: Vec::new(),
            rate_hz: 0,
            channels: 0,
            codec: String::new(),
            n_undecodable: 0,
            n_decoded: 0,
            n_not_numbers: 0,
            notes: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    pub fn note(&mut self, note: &str) {
        self.notes.push(note.into());
    }

    /// Fails, with the reason, where what follows cannot be joined to what was read.
    pub fn add(&mut self, buffer: &GenericAudioBufferRef<'_>) -> Result<(), &'static str> {
        let channels = buffer.spec().channels().count();
        if buffer.frames() == 0 || channels == 0 {
            return Ok(());
        }
        if self.n_decoded == 0 {
            (self.rate_hz, self.channels) = (buffer.spec().rate(), channels);
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
                self.samples.extend(frames.map(|frame| frame.iter().sum::<f32>() * share));
            }
            // A channel that is not there is refused by `finish`, once the number of channels is known.
            Channel::Only(number) => {
                let index = number.saturating_sub(1).min(channels - 1);
                self.samples.extend(frames.map(|frame| frame[index]));
            }
        }
        Ok(())
    }

    pub fn finish(mut self, path: &Path) -> Result<Recording, DecodeError> {
        let path = path.to_owned();
        if self.samples.is_empty() {
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
        if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&self.rate_hz) {
            return Err(DecodeError::UnsupportedRate { path, rate_hz: self.rate_hz });
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
        Ok(Recording {
            clip: Clip::new(self.samples, self.rate_hz),
            sample_rate_hz: self.rate_hz,
            channels: self.channels,
            codec: self.codec,
            notes: self.notes,
        })
    }
}
