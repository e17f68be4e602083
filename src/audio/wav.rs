//! A clip becomes a WAV file.

use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use super::clip::Clip;

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

/// Writes `clip` as 16-bit mono PCM; samples beyond full scale are clipped to it.
///
/// The file appears whole or not at all: it is written beside its place under another name and then renamed.
/// On Unix only its owner can read it, since a take is private.
pub fn write(path: &Path, clip: &Clip) -> Result<(), WriteError> {
    let unwritable = |source: io::Error| WriteError::Unwritable { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // tempfile makes files of mode 0600, and the rename keeps it.
    let mut file = tempfile::Builder::new()
        .prefix(".afterbeep-")
        .suffix(".wav")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    write_samples(BufWriter::new(file.as_file_mut()), clip).map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteError::Exists { path: path.to_owned() })
        }
        Err(error) => Err(unwritable(error.error)),
    }
}

fn write_samples(output: impl Write + Seek, clip: &Clip) -> io::Result<()> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: clip.sample_rate_hz(),
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let as_io = |error| match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    };
    let mut writer = hound::WavWriter::new(output, spec).map_err(as_io)?;
    for &sample in clip.samples() {
        // 32768 steps a unit, as decoders divide by it; `as` holds what is beyond full scale to it.
        writer.write_sample((sample * 32_768.0).round() as i16).map_err(as_io)?;
    }
    writer.finalize().map_err(as_io)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Channel, decode};

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("take.wav");
        let clip = Clip::new(vec![0.0, 0.5, -0.25, 1.5, -1.5], 16_000);
        write(&path, &clip).unwrap();
        let back = decode(&path, Channel::Mix).unwrap();
        assert_eq!(back.clip.samples(), [0.0, 0.5, -0.25, 32_767.0 / 32_768.0, -1.0]);
        assert_eq!(back.codec, "pcm_s16le");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left in the folder"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_take_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("take.wav");
        write(&path, &Clip::new(vec![0.0; 10], 8_000)).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_older_take_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("take.wav");
        std::fs::write(&path, "precious").unwrap();
        assert!(matches!(write(&path, &Clip::new(vec![], 8_000)), Err(WriteError::Exists { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
        let nowhere = folder.path().join("no/such/folder.wav");
        assert!(matches!(write(&nowhere, &Clip::new(vec![], 8_000)), Err(WriteError::Unwritable { .. })));
    }
}
