//! The cache does not grow for ever: what nobody used for long goes, and the longest unused beyond a size.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A quarter of a year: whoever compares with the last quarter still finds it (ours).
const UNUSED: Duration = Duration::from_secs(90 * DAY.as_secs());
/// Some ten thousand reviews of voicemails (ours).
const LARGEST: u64 = 500_000_000;
/// What a run that was killed had not finished writing; its name begins so.
pub const UNFINISHED: &str = ".new-";
/// When it was last looked through.
const STAMP: &str = ".pruned";

/// An entry was of use. That is what its time of change says, because not every disk knows when a file was read; to the
/// day, so that hardly anything is written.
pub fn touch(entry: &Path) {
    let now = SystemTime::now();
    let touch = || -> io::Result<()> {
        if age(&fs::metadata(entry)?, now) > DAY {
            File::open(entry)?.set_modified(now)?;
        }
        Ok(())
    };
    // Where it cannot be said it goes too early, and is heard again.
    let _ = touch();
}

/// Looks through the cache, once a day. Whatever cannot be looked at or removed stays.
pub fn prune(folder: &Path, now: SystemTime) {
    let stamp = folder.join(STAMP);
    if fs::metadata(&stamp).is_ok_and(|file| age(&file, now) < DAY) {
        return;
    }
    let mut kept: Vec<(Duration, u64, PathBuf)> = Vec::new();
    for (path, file) in files(folder) {
        let unused = age(&file, now);
        let is_unfinished =
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes()));
        if unused > if is_unfinished { DAY } else { UNUSED } {
            let _ = fs::remove_file(path);
        } else {
            kept.push((unused, file.len(), path));
        }
    }
    kept.sort_unstable();
    let mut size = 0;
    for (_, length, path) in kept {
        size += length;
        if size > LARGEST {
            let _ = fs::remove_file(path);
        }
    }
    let _ = fs::write(stamp, "");
}

/// The files in the folders of the cache.
fn files(folder: &Path) -> impl Iterator<Item = (PathBuf, fs::Metadata)> {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten();
    let entries = folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten());
    entries.filter_map(|entry| {
        let file = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((entry.path(), file))
    })
}

/// Nothing for a file of the future.
fn age(file: &fs::Metadata, now: SystemTime) -> Duration {
    file.modified().ok().and_then(|then| now.duration_since(then).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache with entries of so many bytes, unused for so many days; gives the names of those left.
    fn left(entries: &[(&str, u64, u32)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = SystemTime::now();
        fs::create_dir(folder.path().join("ab")).expect("a folder");
        for (name, length, days) in entries {
            let file = File::create(folder.path().join("ab").join(name)).expect("a file");
            // Without anything in it, so it takes no room.
            file.set_len(*length).and_then(|()| file.set_modified(now - DAY * *days)).expect("it is set");
        }
        prune(folder.path(), now);
        let once = files(folder.path()).count();
        prune(folder.path(), now + DAY / 2);
        assert_eq!(files(folder.path()).count(), once, "once a day");
        let mut names: Vec<_> = files(folder.path())
            .filter_map(|(path, _)| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_unused_for_long_goes_and_what_was_left_half_written() {
        let entries = [("a.json", 10, 91), ("b.json", 10, 89), (".new-x", 10, 2), (".new-y", 10, 0)];
        assert_eq!(left(&entries), [".new-y", "b.json"]);
    }

    #[test]
    fn beyond_a_size_the_longest_unused_goes() {
        let entries = [("a.json", 300_000_000, 5), ("b.json", 300_000_000, 3), ("c.json", 150_000_000, 1)];
        assert_eq!(left(&entries), ["b.json", "c.json"]);
    }
}
