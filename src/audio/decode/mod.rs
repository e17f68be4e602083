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
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::clip::Clip;
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
    pub sample_rate_hz: u32,
    /// Of the file, before they were mixed.
    pub channels: usize,
    /// As ffmpeg calls it: `pcm_s16le`, `pcm_mulaw`, `mp3`, `flac` …
    pub codec: String,
    /// What was odd and has been lived with, one sentence each.
    pub notes: Vec<String>,
}

/// Reads all of `path` into memory as mono sound at its own rate (4 bytes a sample).
pub fn decode(path: &Path, channel: Channel) -> Result<Recording, DecodeError> {
    let mut file = open(path)?;
    let unreadable = |source| DecodeError::Unreadable { path: path.to_owned(), source };
    let header = riff::inspect(&mut file).map_err(unreadable)?;
    if let Some(codec) = header.format_tag.and_then(magic::wave_codec) {
        return Err(DecodeError::UnsupportedCodec { path: path.to_owned(), codec: codec.into() });
    }
    let source = riff::Corrected::new(file, &header).map_err(unreadable)?;
    let stream = MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default());

    let mut mixdown = Mixdown::new(channel);
    // symphonia forbids itself to panic and is fuzzed, but a decoder is the one place where bytes from strangers
    // meet arithmetic that is not ours. Nothing of it is used after a panic but the samples already handed over.
    let outcome = catch_unwind(AssertUnwindSafe(|| read_all(path, stream, &mut mixdown)));
    let damaged = "the decoder gave up on it";
    match outcome {
        Ok(result) => result?,
        Err(_) if mixdown.is_empty() => {
            return Err(DecodeError::Corrupt { path: path.to_owned(), detail: damaged.into() });
        }
        Err(_) => mixdown.note(damaged),
    }
    let mut recording = mixdown.finish(path)?;
    if let Some((promised, present)) = header.missing {
        let note =
            format!("the header promises {promised} bytes of sound, the file has {present}: it was cut off");
        recording.notes.insert(0, note);
    }
    Ok(recording)
}

/// Opens `path` and refuses what is certainly not a recording, by name.
fn open(path: &Path) -> Result<File, DecodeError> {
    let owned = || path.to_owned();
    let from_io = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => DecodeError::NotFound { path: owned() },
        io::ErrorKind::IsADirectory => DecodeError::IsDirectory { path: owned() },
        _ => DecodeError::Unreadable { path: owned(), source },
    };
    let metadata = std::fs::metadata(path).map_err(from_io)?;
    if metadata.is_dir() {
        return Err(DecodeError::IsDirectory { path: owned() });
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

fn read_all(path: &Path, stream: MediaSourceStream<'_>, mixdown: &mut Mixdown) -> Result<(), DecodeError> {
    let mut format = symphonia::default::get_probe()
        .probe(&hint(path), stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| unopened(path, error))?;
    let (track, mut decoder) = audio_track(path, format.as_ref())?;
    read_packets(format.as_mut(), track, decoder.as_mut(), mixdown);
    Ok(())
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
        Error::Unsupported(what) if what.contains("sub-type") => {
            DecodeError::UnsupportedCodec { path, codec: "this kind of WAV".into() }
        }
        Error::Unsupported(what) if what.starts_with("wav") || what.starts_with("riff") => {
            DecodeError::Corrupt { path, detail: what.into() }
        }
        Error::Unsupported(_) => DecodeError::NotAudio { path, what: UNKNOWN.into() },
        other => DecodeError::Corrupt { path, detail: other.to_string() },
    }
}

fn audio_track(path: &Path, format: &dyn FormatReader) -> Result<(u32, Box<dyn AudioDecoder>), DecodeError> {
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
    Ok((track.id, decoder))
}

/// Decodes packet by packet into `mixdown` until the end, or until what follows cannot be read.
fn read_packets(
    format: &mut dyn FormatReader,
    track: u32,
    decoder: &mut dyn AudioDecoder,
    mixdown: &mut Mixdown,
) {
    mixdown.codec = codec_name(decoder.codec_params().codec);
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) if packet.track_id == track => packet,
            Ok(Some(_)) => continue,
            Ok(None) => return,
            Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return mixdown.note("the file ends in the middle of a packet: it was cut off");
            }
            Err(error) => return mixdown.note(&format!("reading stopped early: {error}")),
        };
        match decoder.decode(&packet) {
            Ok(buffer) => {
                if let Err(reason) = mixdown.add(&buffer) {
                    return mixdown.note(reason);
                }
            }
            Err(Error::DecodeError(_) | Error::IoError(_)) => mixdown.n_undecodable += 1,
            Err(error) => return mixdown.note(&format!("decoding stopped early: {error}")),
        }
    }
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
