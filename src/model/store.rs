//! Where models are kept: `afterbeep/models` among the user's data.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::registry::KnownModel;
use crate::folders;

/// A folder of models; it need not be there yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    pub folder: PathBuf,
}

/// What is wrong with a model that was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no home directory to keep models in; set XDG_DATA_HOME")]
    NoHome,
    #[error("{name} is not here; fetch it with `afterbeep model get {name}`, or put {path} there", path = path.display())]
    Missing { name: String, path: PathBuf },
    #[error("{path}: {n_bytes} bytes, and {expected} are right: it is not whole, or another model; remove it with `afterbeep model remove {name}`", path = path.display())]
    Size { name: String, path: PathBuf, n_bytes: u64, expected: u64 },
    #[error("{path}: its SHA-256 is {found}, and {expected} is right: it is damaged, or another model; remove it with `afterbeep model remove {name}`", path = path.display())]
    Checksum { name: String, path: PathBuf, found: String, expected: String },
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: io::Error },
}

impl Store {
    /// In `XDG_DATA_HOME`, or where that is by the XDG base directory specification, which has relative paths ignored.
    pub fn of_user() -> Result<Self, StoreError> {
        let folder = folders::data().ok_or(StoreError::NoHome)?.join("models");
        Ok(Self { folder })
    }

    pub fn path(&self, model: &KnownModel) -> PathBuf {
        self.folder.join(model.file_name())
    }

    /// Is the model here, whole and the right one? Reads all of it.
    pub fn verify(&self, model: &KnownModel) -> Result<PathBuf, StoreError> {
        let path = self.path(model);
        let name = model.name.to_owned();
        let n_bytes = match fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::Missing { name, path });
            }
            Err(source) => return Err(StoreError::File { path, source }),
        };
        if n_bytes != model.bytes {
            return Err(StoreError::Size { name, path, n_bytes, expected: model.bytes });
        }
        let found = sha256(&path).map_err(|source| StoreError::File { path: path.clone(), source })?;
        if found != model.sha256 {
            return Err(StoreError::Checksum { name, path, found, expected: model.sha256.to_owned() });
        }
        Ok(path)
    }

    /// Deletes the model, whatever is in its file.
    pub fn remove(&self, model: &KnownModel) -> Result<PathBuf, StoreError> {
        let path = self.path(model);
        match fs::remove_file(&path) {
            Ok(()) => Ok(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Missing { name: model.name.to_owned(), path })
            }
            Err(source) => Err(StoreError::File { path, source }),
        }
    }
}

/// In hexadecimal.
pub fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n => hash.update(&buffer[..n]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: KnownModel = KnownModel {
        name: "test",
        bytes: 3,
        memory_mb: 1,
        word_error_rates: None,
        // Of "abc", FIPS 180-2.
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };

    #[test]
    fn a_model_is_right_missing_cut_or_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store { folder: folder.path().to_owned() };
        assert!(matches!(store.verify(&MODEL), Err(StoreError::Missing { .. })));
        for (bytes, expected) in [(&b"abc"[..], None), (b"ab", Some("2 bytes")), (b"abd", Some("SHA-256"))] {
            fs::write(store.path(&MODEL), bytes).expect("written");
            let error = store.verify(&MODEL).err().map(|error| error.to_string());
            match (error, expected) {
                (None, None) => {}
                (Some(error), Some(part)) => assert!(error.contains(part), "{error}"),
                (error, _) => panic!("{bytes:?}: {error:?}"),
            }
        }
        assert!(store.remove(&MODEL).is_ok() && store.remove(&MODEL).is_err());
    }
}
