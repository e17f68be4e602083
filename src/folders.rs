//! Where what belongs to the user is kept.

use std::ffi::OsString;
use std::path::PathBuf;

/// `afterbeep` among the user's data; `None` where no home directory is known.
pub fn data() -> Option<PathBuf> {
    among_data(std::env::var_os("XDG_DATA_HOME"), std::env::home_dir())
}

/// By the XDG base directory specification, which has relative paths ignored.
fn among_data(data_home: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let data_home = data_home.map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = home.filter(|folder| !folder.as_os_str().is_empty());
    Some(data_home.or_else(|| Some(home?.join(".local/share")))?.join("afterbeep"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_is_among_the_users_data() {
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
