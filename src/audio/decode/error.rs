//! Why a file did not become a recording.

use std::io;
use std::path::PathBuf;

/// What we read, for messages that say what was expected.
pub(super) const READ_FORMATS: &str = "WAV, MP3, M4A/AAC, FLAC, Ogg Vorbis or AIFF";

/// Every message names the file, what is wrong with it and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Nothing has that name.
    #[error("{path}: no such file; check the spelling and the folder", path = path.display())]
    NotFound { path: PathBuf },
    /// The name is a folder's.
    #[error("{path}: is a folder; name a recording in it", path = path.display())]
    IsDirectory { path: PathBuf },
    /// A pipe, a device, or `-` for standard input: a recording is read from its start more than once.
    #[error("{path}: is a pipe or a device, and a recording is read more than once; save it as a file first",
        path = path.display())]
    NotAFile { path: PathBuf },
    /// The system would not let us read it: permissions, a broken disk, a network that went away.
    #[error("{path}: cannot be read ({source}); check its permissions", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// The file has no bytes at all, as after a download or recording that was cut off.
    #[error("{path}: is empty (0 bytes); expected a recording, fetch or record it again", path = path.display())]
    Empty { path: PathBuf },
    /// The bytes are not of any audio format we know; `what` names what they look like.
    #[error("{path}: is not a recording but {what}; expected {READ_FORMATS}", path = path.display())]
    NotAudio { path: PathBuf, what: String },
    /// It is audio, but of a codec that is not read here.
    #[error("{path}: {codec} is not supported; convert it first, e.g. `ffmpeg -i IN out.wav` (read are {READ_FORMATS})",
        path = path.display())]
    UnsupportedCodec { path: PathBuf, codec: String },
    /// The header is good and no sound follows it.
    #[error("{path}: holds no samples; the recording was probably stopped before it began", path = path.display())]
    NoSamples { path: PathBuf },
    /// The bytes contradict themselves before any sound could be read, or most packets cannot be decoded.
    #[error("{path}: is damaged or cut off ({detail}); export or fetch it again", path = path.display())]
    Corrupt { path: PathBuf, detail: String },
    /// `Channel::Only` asks for a channel that the recording lacks.
    #[error("{path}: has no channel {asked}; it has {}, so choose {}", counted(*channels), choices(*channels),
        path = path.display())]
    NoSuchChannel { path: PathBuf, asked: usize, channels: usize },
    /// Below [`MIN_RATE_HZ`](super::MIN_RATE_HZ) or above [`MAX_RATE_HZ`](super::MAX_RATE_HZ).
    #[error("{path}: {rate_hz} Hz is {}; expected a sample rate from 8000 to 192000 Hz",
        if *rate_hz < super::MIN_RATE_HZ { "too low: speech needs at least 8000 Hz" } else { "too high" },
        path = path.display())]
    UnsupportedRate { path: PathBuf, rate_hz: u32 },
}

fn counted(channels: usize) -> String {
    if channels == 1 { "1 channel".into() } else { format!("{channels} channels") }
}

fn choices(channels: usize) -> String {
    if channels == 1 { "1".into() } else { format!("1 to {channels}") }
}
