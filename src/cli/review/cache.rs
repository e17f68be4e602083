//! Reviews of recordings heard before, kept among the user's cache (XDG_CACHE_HOME).
//!
//! An entry is named by what is in the recording and by everything else that its review depends on: this program and the
//! settings. So nothing kept is ever wrong, only of no use any more; then it goes one day ([`pruning`]).

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::super::complain;
use super::pruning;
use crate::folders;
use crate::report::record::Record;

pub struct Cache {
    folder: PathBuf,
    settings: String,
    /// It was said that nothing can be kept.
    is_told: AtomicBool,
}

/// The name of an entry.
pub struct Key(String);

impl Cache {
    /// `settings`: all that a review depends on besides the recording and this program. `None` where the user has no
    /// home.
    pub fn open(settings: &str) -> Option<Self> {
        let folder = folders::cache()?.join("reviews");
        let settings = format!("{}\n{settings}", program());
        Some(Self { folder, settings, is_told: AtomicBool::new(false) })
    }

    /// `None` where the recording cannot be read; whoever hears it says why.
    pub fn key(&self, recording: &Path, script: &str) -> Option<Key> {
        let mut hash = Sha256::new();
        // The decoder looks at the ending as well.
        let ending = recording.extension().unwrap_or_default().as_encoded_bytes();
        for part in [self.settings.as_bytes(), script.as_bytes(), ending] {
            // With its length, so that what ends one cannot begin the next.
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        // Before it is opened: a pipe that nobody writes to would be waited for.
        if !fs::metadata(recording).ok()?.is_file() {
            return None;
        }
        let mut file = File::open(recording).ok()?;
        let mut buffer = vec![0; BUFFER];
        loop {
            match file.read(&mut buffer).ok()? {
                0 => break,
                n => hash.update(&buffer[..n]),
            }
        }
        Some(Key(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// `None` where there is no such entry, or it is not whole.
    pub fn get(&self, key: &Key) -> Option<Record> {
        let path = self.path(key);
        let record = Record::from_bytes(&fs::read(&path).ok()?)?;
        pruning::touch(&path);
        Some(record)
    }

    /// Removes what was of no use for long.
    pub fn prune(&self) {
        pruning::prune(&self.folder, SystemTime::now());
    }

    /// Keeps a review; where that fails it is said once, and nothing else is lost.
    pub fn put(&self, key: &Key, record: &Record) {
        if let Err(error) = self.write(key, record)
            && !self.is_told.swap(true, Ordering::Relaxed)
        {
            let folder = self.folder.display();
            complain(format_args!(
                "{folder}: reviews cannot be kept there: {error}; --no-cache does without"
            ));
        }
    }

    fn write(&self, key: &Key, record: &Record) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.folder);
        // What somebody said is nobody else's to read.
        folders::make_private(folder)?;
        let mut file = tempfile::Builder::new().prefix(pruning::UNFINISHED).tempfile_in(folder)?;
        file.write_all(&record.to_bytes())?;
        file.persist(&path).map(drop).map_err(|error| error.error)
    }

    /// In 256 folders, so that none holds thousands.
    fn path(&self, Key(key): &Key) -> PathBuf {
        self.folder.join(&key[..2]).join(format!("{}.json", &key[2..]))
    }
}

/// Large enough that reading costs nothing beside hashing.
const BUFFER: usize = 1 << 18;

/// The version, and the file that runs: a program built anew may measure anew.
fn program() -> String {
    let file = std::env::current_exe().and_then(fs::metadata);
    let built = file.map(|file| (file.len(), file.modified().ok()));
    format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
}
