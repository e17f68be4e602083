//! A WAV file that grows while the sound comes in.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::folders;
use crate::units::Seconds;

/// Why a clip was not written. Nothing is left behind but what was there before.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something of that name is there already; it is somebody's recording and is left alone.
    #[error("{path}: already exists and is not overwritten; choose another name", path = path.display())]
    Exists { path: PathBuf },
    /// The folder is missing or not writable, or the disk is full.
    #[error("{path}: cannot be written ({source}); check that the folder exists, is yours and has room",
        path = path.display())]
    Unwritable { path: PathBuf, source: io::Error },
}

/// How long a file that we wrote is, by its header; `None` of one without sound, or that is none of ours.
pub fn duration(path: &Path) -> Option<Seconds> {
    let reader = hound::WavReader::open(path).ok()?;
    let seconds = f64::from(reader.duration()) / f64::from(reader.spec().sample_rate);
    (seconds > 0.0).then_some(Seconds(seconds))
}

/// A file that grows while the sound comes in: 16-bit mono PCM that only its owner can read.
///
/// Its header is brought up to date every [`GrowingFile::HEADER_EVERY`], so that a program that is killed leaves a
/// file that plays and lacks no more than that. The file is locked as long as it grows.
pub struct GrowingFile {
    path: PathBuf,
    writer: hound::WavWriter<BufWriter<File>>,
    /// The same open file, for what hound does not pass on.
    file: File,
    sample_rate_hz: u32,
    n_since_header: u32,
}

impl GrowingFile {
    pub const HEADER_EVERY: Seconds = Seconds(0.5);

    /// Fails with [`WriteError::Exists`] when something of that name is there.
    pub fn create(path: &Path, sample_rate_hz: u32) -> Result<Self, WriteError> {
        let unwritable = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.to_owned() },
            _ => WriteError::Unwritable { path: path.to_owned(), source },
        };
        let file = private_file(path).map_err(unwritable)?;
        // Best effort: a file system without locks only loses the notice that this take is still being recorded.
        let _ = file.try_lock();
        let output = BufWriter::new(file.try_clone().map_err(unwritable)?);
        let spec = mono_16_bit(sample_rate_hz);
        let mut writer = hound::WavWriter::new(output, spec).map_err(as_io).map_err(unwritable)?;
        writer.flush().map_err(as_io).map_err(unwritable)?;
        Ok(Self { path: path.to_owned(), writer, file, sample_rate_hz, n_since_header: 0 })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn duration(&self) -> Seconds {
        Seconds(f64::from(self.writer.duration()) / f64::from(self.sample_rate_hz))
    }

    /// After an error the file still holds everything up to the last header.
    pub fn append(&mut self, samples: &[f32]) -> Result<(), WriteError> {
        self.append_samples(samples)
            .map_err(|source| WriteError::Unwritable { path: self.path.clone(), source })
    }

    fn append_samples(&mut self, samples: &[f32]) -> io::Result<()> {
        for &sample in samples {
            self.writer.write_sample(as_16_bit(sample)).map_err(as_io)?;
            self.n_since_header += 1;
            if f64::from(self.n_since_header) >= Self::HEADER_EVERY.0 * f64::from(self.sample_rate_hz) {
                self.writer.flush().map_err(as_io)?;
                self.n_since_header = 0;
            }
        }
        Ok(())
    }

    /// The file is complete and on the disk, and no longer locked.
    pub fn finish(self) -> Result<PathBuf, WriteError> {
        let Self { path, writer, file, .. } = self;
        let finished = writer.finalize().map_err(as_io).and_then(|()| file.sync_all());
        finished.map_err(|source| WriteError::Unwritable { path: path.clone(), source })?;
        Ok(path)
    }
}

/// A new file that only its owner can read, since a take is private.
fn private_file(path: &Path) -> io::Result<File> {
    folders::private_file().write(true).create_new(true).open(path)
}

fn mono_16_bit(sample_rate_hz: u32) -> hound::WavSpec {
    hound::WavSpec {
        channels: 1,
        sample_rate: sample_rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    }
}

/// 32768 steps a unit, as decoders divide by it; `as` holds what is beyond full scale to it.
fn as_16_bit(sample: f32) -> i16 {
    (sample * 32_768.0).round() as i16
}

fn as_io(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Channel, decode};

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = GrowingFile::create(&folder.path().join("take.wav"), 16_000).unwrap();
        file.append(&[0.0, 0.5, -0.25, 1.5, -1.5]).unwrap();
        let back = decode(&file.finish().unwrap(), Channel::Mix).unwrap();
        assert_eq!(back.clip.samples(), [0.0, 0.5, -0.25, 32_767.0 / 32_768.0, -1.0]);
        assert_eq!(back.source.codec, "pcm_s16le");
    }

    #[cfg(unix)]
    #[test]
    fn a_take_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = GrowingFile::create(&folder.path().join("take.wav"), 8_000).unwrap();
        assert_eq!(std::fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_older_take_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("take.wav");
        std::fs::write(&path, "precious").unwrap();
        assert!(matches!(GrowingFile::create(&path, 8_000), Err(WriteError::Exists { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
        let nowhere = folder.path().join("no/such/folder.wav");
        assert!(matches!(GrowingFile::create(&nowhere, 8_000), Err(WriteError::Unwritable { .. })));
    }

    #[test]
    fn a_growing_file_plays_before_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("take.part.wav");
        let mut growing = GrowingFile::create(&path, 8_000).unwrap();
        growing.append(&[0.25; 7_000]).unwrap();
        let before = decode(&path, Channel::Mix).unwrap();
        assert_eq!(before.clip.samples().len(), 4_000, "what the last header says");
        assert_eq!(duration(&path), Some(Seconds(0.5)));
        assert_eq!(growing.duration(), Seconds(0.875));
        assert!(matches!(GrowingFile::create(&path, 8_000), Err(WriteError::Exists { .. })));
        let path = growing.finish().unwrap();
        assert_eq!(decode(&path, Channel::Mix).unwrap().clip.samples(), [0.25; 7_000]);
    }
}
