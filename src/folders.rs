//! Where what belongs to the user is kept.

use std::ffi::OsString;
use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// `afterbeep` among the user's data; `None` where no home directory is known.
pub fn data() -> Option<PathBuf> {
    within(std::env::var_os("XDG_DATA_HOME"), std::env::home_dir(), ".local/share")
}

/// By the XDG base directory specification, which has relative paths ignored.
fn within(base: Option<OsString>, home: Option<PathBuf>, of_home: &str) -> Option<PathBuf> {
    let base = base.map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = home.filter(|folder| !folder.as_os_str().is_empty());
    Some(base.or_else(|| Some(home?.join(of_home)))?.join("afterbeep"))
}

/// `afterbeep` among what may be made again; `None` where no home directory is known.
pub fn cache() -> Option<PathBuf> {
    within(std::env::var_os("XDG_CACHE_HOME"), std::env::home_dir(), ".cache")
}

/// Makes a folder, and those above it, for its owner only; one that is there stays as it is.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What a file is opened with that only its owner is to read, if it is made.
pub fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_is_among_the_users_data() {
        let among_data = |base, home| within(base, home, ".local/share");
        let home = || Some(PathBuf::from("/home/ann"));
        let in_home = Some(PathBuf::from("/home/ann/.local/share/afterbeep"));
        assert_eq!(among_data(None, home()), in_home);
        assert_eq!(among_data(Some("".into()), home()), in_home);
        assert_eq!(among_data(Some("relative".into()), home()), in_home);
        assert_eq!(among_data(Some("/data".into()), home()), Some("/data/afterbeep".into()));
        assert_eq!(among_data(None, None), None);
        assert_eq!(among_data(None, Some("".into())), None);
    }
}
