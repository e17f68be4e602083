//! The folder of takes. Nothing in it is ever overwritten, nor deleted unless somebody asks for it or no sound arrived.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::name::{Subject, TakeName};
use crate::audio::wav::{GrowingFile, WriteError};
use crate::folders;
use crate::units::Seconds;

/// Why a take cannot be kept. What is on disk already stays there.
#[derive(Debug, thiserror::Error)]
pub enum TakesError {
    /// Neither `XDG_DATA_HOME` nor a home directory is known.
    #[error("there is no home directory to keep takes in; name a folder with --folder FOLDER")]
    NoHome,
    /// The folder cannot be made or read.
    #[error("{folder}: takes cannot be kept there ({source}); check that it is a folder of yours, or name another with --folder FOLDER",
        folder = folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    /// The disk is full, or the folder went away: the take ends, and what was written is still there.
    #[error("{0}; what was recorded until then stays there")]
    Write(#[from] WriteError),
    #[error("no take is called {name:?} in {folder}; `afterbeep takes list` lists them", folder = folder.display())]
    NoSuchTake { name: String, folder: PathBuf },
    #[error("{path}: could not be removed ({source})", path = path.display())]
    Unremovable { path: PathBuf, source: io::Error },
    /// The whole take could not be given its name.
    #[error("{part}: is whole but could not be renamed ({source}); it is kept under this name", part = part.display())]
    Rename { part: PathBuf, source: io::Error },
}

/// A take on disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Take {
    pub name: TakeName,
    pub path: PathBuf,
}

#[derive(Debug, Clone)]
pub struct Takes {
    folder: PathBuf,
}

impl Take {
    /// Cut short, or just being recorded.
    pub fn is_part(&self) -> bool {
        self.path.to_string_lossy().ends_with(TakeName::PART)
    }
}

impl Takes {
    /// The folder named, or `afterbeep/takes` among the user's data; made when it is not there, for its owner only.
    pub fn open(folder: Option<&Path>) -> Result<Self, TakesError> {
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None => folders::data().ok_or(TakesError::NoHome)?.join("takes"),
        };
        match folders::make_private(&folder) {
            Ok(()) => Ok(Self { folder }),
            Err(source) => Err(TakesError::Folder { folder, source }),
        }
    }

    /// The takes that are whole, by name and number.
    pub fn list(&self) -> Result<Vec<Take>, TakesError> {
        Ok(self.files()?.into_iter().filter(|take| !take.is_part()).collect())
    }

    /// Takes that were cut short: the program was killed while it recorded them. One that is just being recorded, by
    /// another process, is not among them.
    pub fn unfinished(&self) -> Result<Vec<Take>, TakesError> {
        let parts = self.files()?.into_iter().filter(Take::is_part);
        Ok(parts.filter(|take| !is_being_recorded(&take.path)).collect())
    }

    /// A new take, under a name that no other has or had.
    pub fn begin(&self, subject: &Subject, sample_rate_hz: u32) -> Result<GrowingTake, TakesError> {
        loop {
            let files = self.files()?;
            let name = TakeName::next(subject, files.iter().map(|take| &take.name));
            match GrowingFile::create(&self.path(&name, TakeName::PART), sample_rate_hz) {
                Ok(file) => return Ok(GrowingTake { takes: self.clone(), name, file }),
                // Another process was faster; it is in the folder now, so the next name is another.
                Err(WriteError::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// A take by its name; without an ending a whole one before one that was cut short. `take-1` is `take-001` where no
    /// file bears that very name.
    pub fn find(&self, wanted: &str) -> Result<Take, TakesError> {
        let files = self.files()?;
        let is_named = |take: &&Take| {
            let name = |part: Option<&OsStr>| part.is_some_and(|part| part == wanted);
            name(take.path.file_name()) || name(take.path.file_stem())
        };
        if let Some(take) = files.iter().filter(is_named).min_by_key(|take| take.is_part()) {
            return Ok(take.clone());
        }
        let stem = wanted.strip_suffix(TakeName::PART).or_else(|| wanted.strip_suffix(TakeName::WHOLE));
        let name = TakeName::parse(stem.unwrap_or(wanted));
        let is_wanted = |take: &Take| {
            let has_ending = stem.is_none() || wanted.ends_with(TakeName::PART) == take.is_part();
            has_ending && Some(&take.name) == name.as_ref()
        };
        let found = files.into_iter().filter(is_wanted).min_by_key(Take::is_part);
        found.ok_or_else(|| TakesError::NoSuchTake { name: wanted.to_owned(), folder: self.folder.clone() })
    }

    /// Gives a take that was cut short the name of a whole one.
    pub fn keep(&self, part: Take) -> Result<PathBuf, TakesError> {
        self.give_name(part.name, part.path)
    }

    fn give_name(&self, mut name: TakeName, part: PathBuf) -> Result<PathBuf, TakesError> {
        loop {
            let whole = self.path(&name, TakeName::WHOLE);
            match rename_to_new(&part, &whole) {
                Ok(()) => return Ok(whole),
                // Somebody put a file there meanwhile: it is theirs.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => name.number += 1,
                Err(source) => return Err(TakesError::Rename { part, source }),
            }
        }
    }

    /// Deletes a take for good.
    pub fn remove(&self, take: &Take) -> Result<(), TakesError> {
        let failed = |source| TakesError::Unremovable { path: take.path.clone(), source };
        if is_being_recorded(&take.path) {
            return Err(failed(io::Error::other("it is just being recorded")));
        }
        fs::remove_file(&take.path).map_err(failed)
    }

    fn path(&self, name: &TakeName, ending: &str) -> PathBuf {
        self.folder.join(format!("{name}{ending}"))
    }

    /// Every take, whole or in part, sorted.
    fn files(&self) -> Result<Vec<Take>, TakesError> {
        let failed = |source| TakesError::Folder { folder: self.folder.clone(), source };
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(file_name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let part = file_name.strip_suffix(TakeName::PART);
            let stem = part.or_else(|| file_name.strip_suffix(TakeName::WHOLE));
            if let Some(name) = stem.and_then(TakeName::parse) {
                found.push(Take { name, path });
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Does a process hold the lock of [`GrowingFile`]? Where files cannot be locked, nobody does.
fn is_being_recorded(part: &Path) -> bool {
    File::open(part).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// A take in the making. Dropped, it stays on disk as an unfinished one.
pub struct GrowingTake {
    takes: Takes,
    name: TakeName,
    file: GrowingFile,
}

impl GrowingTake {
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    pub fn duration(&self) -> Seconds {
        self.file.duration()
    }

    pub fn append(&mut self, samples: &[f32]) -> Result<(), TakesError> {
        Ok(self.file.append(samples)?)
    }

    /// The take is whole: it gets its name. `None`, and no file, when no sound ever arrived.
    pub fn finish(self) -> Result<Option<PathBuf>, TakesError> {
        let Self { takes, name, file } = self;
        let is_empty = file.duration() <= Seconds(0.0);
        let part = file.finish()?;
        if is_empty {
            return match fs::remove_file(&part) {
                Ok(()) => Ok(None),
                Err(source) => Err(TakesError::Folder { folder: takes.folder, source }),
            };
        }
        takes.give_name(name, part).map(Some)
    }
}

/// Renames without ever replacing a file. (`fs::rename` would.)
fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    let mut path = tempfile::TempPath::try_from_path(from)?;
    // It is a take, not a temporary file: whatever goes wrong, it stays.
    path.disable_cleanup(true);
    path.persist_noclobber(to).map_err(|failed| failed.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Channel, decode};

    static SECOND: [f32; 8_000] = [0.5; 8_000];

    fn folder() -> (tempfile::TempDir, Takes) {
        let folder = tempfile::tempdir().unwrap();
        let takes = Takes::open(Some(&folder.path().join("new/takes"))).unwrap();
        (folder, takes)
    }

    fn names(takes: &[Take]) -> Vec<String> {
        takes.iter().map(|take| take.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    fn recorded(takes: &Takes, subject: &Subject) -> Option<PathBuf> {
        let mut take = takes.begin(subject, 8_000).unwrap();
        take.append(&SECOND).unwrap();
        take.finish().unwrap()
    }

    #[test]
    fn a_take_is_the_file_that_bears_its_name() {
        let (_folder, takes) = folder();
        recorded(&takes, &Subject::FREE).unwrap();
        fs::copy(takes.folder.join("take-001.wav"), takes.folder.join("take-1.wav")).unwrap();
        for name in ["take-1.wav", "take-001.wav", "take-1", "take-001"] {
            let found = takes.find(name).unwrap().path;
            assert_eq!(found.file_stem().unwrap().to_str(), name.strip_suffix(".wav").or(Some(name)));
        }
        assert_eq!(names(&[takes.find("take-01").unwrap()]).len(), 1, "of no file, but of a take");
    }

    #[test]
    fn takes_are_numbered_and_listed() {
        let (_folder, takes) = folder();
        let subject = Subject::message(Path::new("callback.md"), 2);
        recorded(&takes, &subject).unwrap();
        let second = recorded(&takes, &subject).unwrap();
        recorded(&takes, &Subject::FREE).unwrap();
        fs::write(takes.folder.join("notes.wav"), "not a take").unwrap();
        let expected = ["take-001.wav", "callback-message-2-take-001.wav", "callback-message-2-take-002.wav"];
        assert_eq!(names(&takes.list().unwrap()), expected);
        assert_eq!(decode(&second, Channel::Mix).unwrap().clip.samples(), SECOND);
        assert_eq!(takes.unfinished().unwrap(), []);
    }

    #[cfg(unix)]
    #[test]
    fn takes_are_private_from_the_first_moment() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, takes) = folder();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let take = takes.begin(&Subject::FREE, 8_000).unwrap();
        assert_eq!(mode(&takes.folder), 0o700);
        assert_eq!(mode(take.path()), 0o600);
        drop(take);
        assert_eq!(mode(&recorded(&takes, &Subject::FREE).unwrap()), 0o600);
    }

    #[test]
    fn a_take_cut_short_is_found_and_kept() {
        let (_folder, takes) = folder();
        let mut take = takes.begin(&Subject::FREE, 8_000).unwrap();
        take.append(&SECOND).unwrap();
        assert_eq!(takes.unfinished().unwrap(), [], "it is being recorded");
        drop(take);
        let unfinished = takes.unfinished().unwrap();
        assert_eq!(names(&unfinished), ["take-001.part.wav"]);
        assert_eq!(decode(&unfinished[0].path, Channel::Mix).unwrap().clip.samples(), SECOND);
        let next = recorded(&takes, &Subject::FREE).unwrap();
        assert!(next.ends_with("take-002.wav"), "the number is not given twice: {}", next.display());
        assert_eq!(names(&takes.unfinished().unwrap()), ["take-001.part.wav"]);
        let kept = takes.keep(unfinished[0].clone()).unwrap();
        assert!(kept.ends_with("take-001.wav") && kept.is_file());
        assert_eq!(takes.unfinished().unwrap(), []);
    }

    #[test]
    fn a_file_in_the_way_is_left_alone() {
        let (_folder, takes) = folder();
        let mut take = takes.begin(&Subject::FREE, 8_000).unwrap();
        take.append(&SECOND).unwrap();
        let theirs = takes.folder.join("take-001.wav");
        fs::write(&theirs, "precious").unwrap();
        assert_eq!(take.finish().unwrap(), Some(takes.folder.join("take-002.wav")));
        assert_eq!(fs::read_to_string(&theirs).unwrap(), "precious");
    }

    #[test]
    fn a_take_without_sound_leaves_nothing() {
        let (_folder, takes) = folder();
        assert_eq!(takes.begin(&Subject::FREE, 8_000).unwrap().finish().unwrap(), None);
        assert_eq!(fs::read_dir(&takes.folder).unwrap().count(), 0);
    }

    #[test]
    fn takes_are_found_by_name_and_removed() {
        let (_folder, takes) = folder();
        let path = recorded(&takes, &Subject::FREE).unwrap();
        for name in ["take-001", "take-001.wav"] {
            assert_eq!(takes.find(name).unwrap().path, path);
        }
        for name in ["take-002", "notes", "../take-001", ""] {
            assert!(matches!(takes.find(name), Err(TakesError::NoSuchTake { .. })), "{name}");
        }
        let mut growing = takes.begin(&Subject::FREE, 8_000).unwrap();
        growing.append(&SECOND).unwrap();
        let being_recorded = takes.find("take-002").unwrap();
        assert!(being_recorded.is_part());
        assert!(matches!(takes.remove(&being_recorded), Err(TakesError::Unremovable { .. })));
        takes.remove(&takes.find("take-001").unwrap()).unwrap();
        assert_eq!(takes.list().unwrap(), []);
        assert!(being_recorded.path.is_file());
    }

    #[test]
    fn a_file_is_no_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(Takes::open(Some(file.path())), Err(TakesError::Folder { .. })));
    }
}
