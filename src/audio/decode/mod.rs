//! A file becomes a recording: WAV (PCM 8 to 32 bit, float, G.711, IMA and Microsoft ADPCM), MP3, AAC and ALAC in
//! M4A, FLAC, Ogg Vorbis and AIFF, by symphonia.
//!
//! Two rules hold for every file: nothing in it makes us panic, and no length in its header is believed, neither for
//! memory nor for time. What is odd but can be lived with becomes a note of the recording.

mod error;
mod magic;
mod mixdown;
mod riff;
mod tags;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use symphonia::core::codecs::audio::{AudioCodecId, AudioDecoder, AudioDecoderOptions, well_known as codecs};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::clip::Clip;
use crate::units::Seconds;
pub use error::DecodeError;
use magic::Magic;
use mixdown::Mixdown;
pub use tags::{Tags, tags};

/// Telephone speech: below it the formants that make consonants and F0 harmonics usable are gone.
pub const MIN_RATE_HZ: u32 = 8_000;
/// The highest rate that recorders offer; beyond it a header is more likely wrong than meant.
pub const MAX_RATE_HZ: u32 = 192_000;

/// Bytes looked at to name a file: an Ogg page header and its codec's name fit.
const HEAD: u64 = 512;

/// What bytes that nothing recognises are called.
const UNKNOWN: &str = "data of an unknown kind";

/// Which of a recording's channels to listen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Channel {
    /// The mean of all.
    #[default]
    Mix,
    /// One of them, counted from 1.
    Only(usize),
}

/// A decoded file.
#[derive(Debug, Clone)]
pub struct Recording {
    /// Mono, at the file's own rate; at least one sample.
    pub clip: Clip,
    pub source: Source,
}

/// What a recording was before it was mixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub sample_rate_hz: u32,
    pub channels: usize,
    /// As ffmpeg calls it: `pcm_s16le`, `pcm_mulaw`, `mp3`, `flac` …
    pub codec: String,
    /// The file ends before the recording does.
    pub is_incomplete: bool,
    /// What was odd and has been lived with, one sentence each.
    pub notes: Vec<String>,
}

/// How much sound there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub sample_rate_hz: u32,
    pub n_samples: usize,
}

impl Extent {
    pub fn duration(&self) -> Seconds {
        Seconds(self.n_samples as f64 / f64::from(self.sample_rate_hz))
    }
}

/// What is made of a recording while it is decoded, so that it never lies in memory as a whole.
pub trait Listener {
    /// The next samples, mono and as [`Clip`]s keep them.
    fn hear(&mut self, samples: &[f32]);
}

impl Listener for Vec<f32> {
    fn hear(&mut self, samples: &[f32]) {
        self.extend_from_slice(samples);
    }
}

/// Reads all of `path` into memory as mono sound at its own rate (4 bytes a sample).
pub fn decode(path: &Path, channel: Channel) -> Result<Recording, DecodeError> {
    let read = read(path, channel, |_, _| Some(Vec::new()))?;
    let clip = Clip::new(read.listener.unwrap_or_default(), read.source.sample_rate_hz);
    Ok(Recording { clip, source: read.source })
}

/// Reads all of `path` to the listener that `listen` makes once it is told how much is coming: at least one sample, at
/// [`MIN_RATE_HZ`] to [`MAX_RATE_HZ`].
///
/// Where the header says nothing of the length, or turns out to be wrong, the file is read twice.
pub fn decode_to<L: Listener>(
    path: &Path,
    channel: Channel,
    listen: impl Fn(Extent) -> L,
) -> Result<(Source, L), DecodeError> {
    let promised = |sample_rate_hz, n_samples: Option<usize>| {
        n_samples.map(|n_samples| listen(Extent { sample_rate_hz, n_samples }))
    };
    let first = read(path, channel, promised)?;
    let n_samples = first.n_samples;
    match first.listener {
        Some(listener) if first.n_promised == Some(n_samples) => return Ok((first.source, listener)),
        // What it has heard may be much.
        in_vain => drop(in_vain),
    }
    let again = read(path, channel, |rate, _| promised(rate, Some(n_samples)))?;
    match again.listener {
        Some(listener) if again.n_samples == n_samples => Ok((again.source, listener)),
        _ => {
            Err(DecodeError::Corrupt { path: path.to_owned(), detail: "it changed while it was read".into() })
        }
    }
}

/// A file that was read to its end.
struct Outcome<L> {
    source: Source,
    /// What the header says.
    n_promised: Option<usize>,
    n_samples: usize,
    /// `None` where nobody wanted to listen.
    listener: Option<L>,
}

/// `listen` is told the rate, and the number of samples if the header has it.
fn read<L: Listener>(
    path: &Path,
    channel: Channel,
    listen: impl FnOnce(u32, Option<usize>) -> Option<L>,
) -> Result<Outcome<L>, DecodeError> {
    let mut file = open(path)?;
    let unreadable = |source| DecodeError::Unreadable { path: path.to_owned(), source };
    let header = riff::inspect(&mut file).map_err(unreadable)?;
    if let Some(codec) = header.format_tag.and_then(magic::wave_codec) {
        return Err(DecodeError::UnsupportedCodec { path: path.to_owned(), codec: codec.into() });
    }
    let stream = riff::Corrected::new(file, &header).map_err(unreadable)?;
    let stream = MediaSourceStream::new(Box::new(stream), MediaSourceStreamOptions::default());

    // symphonia forbids itself to panic and is fuzzed, but a decoder is the one place where bytes from strangers
    // meet arithmetic that is not ours. Nothing of it is used after a panic but the samples already handed over.
    let damaged = "the decoder gave up on it";
    let mut packets = catch_unwind(AssertUnwindSafe(|| Packets::open(path, stream)))
        .unwrap_or_else(|_| Err(DecodeError::Corrupt { path: path.to_owned(), detail: damaged.into() }))?;
    let codec = packets.codec();
    let mut mixdown = Mixdown::new(channel);
    let (mut listen, mut listener) = (Some(listen), None);
    loop {
        match catch_unwind(AssertUnwindSafe(|| packets.next(&mut mixdown))) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                mixdown.note(damaged);
                break;
            }
        }
        if mixdown.samples().is_empty() {
            // Some encoders start with a packet without any.
            continue;
        }
        if let Some(listen) = listen.take() {
            listener = listen(mixdown.rate_hz(), packets.n_promised);
        }
        if let Some(listener) = &mut listener {
            listener.hear(mixdown.samples());
        }
    }
    let n_samples = mixdown.n_samples();
    let mut source = mixdown.finish(path, codec)?;
    if let Some((promised, present)) = header.missing {
        let note =
            format!("the header promises {promised} bytes of sound, the file has {present}: it was cut off");
        source.notes.insert(0, note);
        source.is_incomplete = true;
    }
    Ok(Outcome { source, n_promised: packets.n_promised, n_samples, listener })
}

/// Opens `path` and refuses what is certainly not a recording, by name.
fn open(path: &Path) -> Result<File, DecodeError> {
    let owned = || path.to_owned();
    let from_io = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound if path == Path::new("-") => DecodeError::NotAFile { path: owned() },
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => DecodeError::NotFound { path: owned() },
        io::ErrorKind::IsADirectory => DecodeError::IsDirectory { path: owned() },
        _ => DecodeError::Unreadable { path: owned(), source },
    };
    let metadata = std::fs::metadata(path).map_err(from_io)?;
    if metadata.is_dir() {
        return Err(DecodeError::IsDirectory { path: owned() });
    }
    // Before it is opened: a pipe that nobody writes to would be waited for.
    if !metadata.is_file() {
        return Err(DecodeError::NotAFile { path: owned() });
    }
    let mut file = File::open(path).map_err(from_io)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(from_io)?;
    file.rewind().map_err(from_io)?;
    if head.is_empty() {
        return Err(DecodeError::Empty { path: owned() });
    }
    match magic::identify(&head) {
        Magic::NotAudio(what) => Err(DecodeError::NotAudio { path: owned(), what: what.into() }),
        Magic::Unsupported(codec) => Err(DecodeError::UnsupportedCodec { path: owned(), codec }),
        Magic::Possible => Ok(file),
    }
}

/// The sound track of an opened file.
struct Packets<'a> {
    format: Box<dyn FormatReader + 'a>,
    track: u32,
    n_promised: Option<usize>,
    decoder: Box<dyn AudioDecoder>,
}

impl<'a> Packets<'a> {
    fn open(path: &Path, stream: MediaSourceStream<'a>) -> Result<Self, DecodeError> {
        let format = symphonia::default::get_probe()
            .probe(&hint(path), stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| unopened(path, error))?;
        let (track, decoder) = audio_track(path, format.as_ref())?;
        let (id, n_promised) = (track.id, track.num_frames.and_then(believable));
        Ok(Self { format, track: id, n_promised, decoder })
    }

    fn codec(&self) -> String {
        codec_name(self.decoder.codec_params().codec)
    }

    /// Decodes the next packet into `mixdown`; false at the end, or where what follows cannot be read.
    fn next(&mut self, mixdown: &mut Mixdown) -> bool {
        let reason = loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return false,
                Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    break "the file ends in the middle of a packet: it was cut off".into();
                }
                Err(error) => break format!("reading stopped early: {error}"),
            };
            match self.decoder.decode(&packet) {
                Ok(buffer) => match mixdown.add(&buffer) {
                    Ok(()) => return true,
                    Err(reason) => break reason.into(),
                },
                Err(Error::DecodeError(_) | Error::IoError(_)) => mixdown.n_undecodable += 1,
                Err(error) => break format!("decoding stopped early: {error}"),
            }
        };
        mixdown.end_early(&reason);
        false
    }
}

fn hint(path: &Path) -> Hint {
    let mut hint = Hint::new();
    if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
        hint.with_extension(extension);
    }
    hint
}

/// What a failed probe means: nothing that we know, or something that we know and that is broken.
fn unopened(path: &Path, error: Error) -> DecodeError {
    let path = path.to_owned();
    match error {
        Error::IoError(source) if source.kind() != io::ErrorKind::UnexpectedEof => {
            DecodeError::Unreadable { path, source }
        }
        Error::IoError(_) => DecodeError::Corrupt { path, detail: "it ends within its header".into() },
        Error::Unsupported(what) if what.contains("sub-type") || what.contains("wave format") => {
            DecodeError::UnsupportedCodec { path, codec: "this kind of WAV".into() }
        }
        Error::DecodeError(what) if what.contains("bits per sample") => {
            DecodeError::UnsupportedCodec { path, codec: "a WAV of so many bits a sample".into() }
        }
        Error::Unsupported(what) if what.starts_with("wav") || what.starts_with("riff") => {
            DecodeError::Corrupt { path, detail: what.into() }
        }
        Error::Unsupported(_) => DecodeError::NotAudio { path, what: UNKNOWN.into() },
        other => DecodeError::Corrupt { path, detail: other.to_string() },
    }
}

fn audio_track<'a>(
    path: &Path,
    format: &'a dyn FormatReader,
) -> Result<(&'a Track, Box<dyn AudioDecoder>), DecodeError> {
    let no_sound =
        || DecodeError::NotAudio { path: path.to_owned(), what: "a file without a sound track".into() };
    let track = format.default_track(TrackType::Audio).ok_or_else(no_sound)?;
    let parameters = track.codec_params.as_ref().and_then(|any| any.audio()).ok_or_else(no_sound)?;
    // Any bytes hold the eleven ones in a row that start an MPEG frame, and layers 1 and 2 are hardly ever meant.
    let by_chance = matches!(parameters.codec, codecs::CODEC_ID_MP1 | codecs::CODEC_ID_MP2)
        && !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mp2"));
    if by_chance {
        return Err(DecodeError::NotAudio { path: path.to_owned(), what: UNKNOWN.into() });
    }
    let decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|_| DecodeError::UnsupportedCodec {
            path: path.to_owned(),
            codec: codec_name(parameters.codec),
        })?;
    Ok((track, decoder))
}

/// A number of samples that a recording may have: more than six hours at any rate. Beyond lies what damaged headers say.
fn believable(n_samples: u64) -> Option<usize> {
    usize::try_from(u32::try_from(n_samples).ok()?).ok()
}

/// The name that ffmpeg and JSON readers know a codec by.
fn codec_name(codec: AudioCodecId) -> String {
    let name = match codec {
        codecs::CODEC_ID_PCM_U8 => "pcm_u8",
        codecs::CODEC_ID_PCM_S8 => "pcm_s8",
        codecs::CODEC_ID_PCM_S16LE => "pcm_s16le",
        codecs::CODEC_ID_PCM_S24LE => "pcm_s24le",
        codecs::CODEC_ID_PCM_S32LE => "pcm_s32le",
        codecs::CODEC_ID_PCM_S16BE => "pcm_s16be",
        codecs::CODEC_ID_PCM_S24BE => "pcm_s24be",
        codecs::CODEC_ID_PCM_S32BE => "pcm_s32be",
        codecs::CODEC_ID_PCM_F32LE => "pcm_f32le",
        codecs::CODEC_ID_PCM_F64LE => "pcm_f64le",
        codecs::CODEC_ID_PCM_F32BE => "pcm_f32be",
        codecs::CODEC_ID_PCM_F64BE => "pcm_f64be",
        codecs::CODEC_ID_PCM_ALAW => "pcm_alaw",
        codecs::CODEC_ID_PCM_MULAW => "pcm_mulaw",
        codecs::CODEC_ID_ADPCM_MS => "adpcm_ms",
        codecs::CODEC_ID_ADPCM_IMA_WAV => "adpcm_ima_wav",
        codecs::CODEC_ID_ADPCM_IMA_QT => "adpcm_ima_qt",
        codecs::CODEC_ID_MP1 => "mp1",
        codecs::CODEC_ID_MP2 => "mp2",
        codecs::CODEC_ID_MP3 => "mp3",
        codecs::CODEC_ID_AAC => "aac",
        codecs::CODEC_ID_ALAC => "alac",
        codecs::CODEC_ID_FLAC => "flac",
        codecs::CODEC_ID_VORBIS => "vorbis",
        codecs::CODEC_ID_OPUS => "opus",
        codecs::CODEC_ID_SPEEX => "speex",
        codecs::CODEC_ID_AC3 => "ac3",
        codecs::CODEC_ID_EAC3 => "eac3",
        codecs::CODEC_ID_WMA => "wma",
        other => return format!("codec {other}"),
    };
    name.into()
}

#[cfg(test)]
mod tests;
