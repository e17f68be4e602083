//! Paths from the root, and from one place to another.

use std::path::{Component, Path, PathBuf};

/// From the root, without `.` and `..`: what is above `../scripts` is not where the user stands.
pub fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut absolute = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::ParentDir => {
                absolute.pop();
            }
            component => absolute.push(component),
        }
    }
    absolute
}

/// The way from a folder to a file; `None` where there is none, as between drives.
pub fn relative(path: &Path, folder: &Path) -> Option<PathBuf> {
    pathdiff::diff_paths(absolute(path), absolute(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dots_are_the_folder_above() {
        let here = std::env::current_dir().expect("there is one");
        assert_eq!(absolute(Path::new("")), here);
        assert_eq!(absolute(Path::new("./a/../b.md")), here.join("b.md"));
        assert_eq!(absolute(Path::new("../b.md")), here.parent().expect("not the root").join("b.md"));
        assert_eq!(absolute(Path::new("/../a")), Path::new("/a"));
    }

    #[test]
    fn the_way_starts_in_the_folder() {
        for (path, folder, expected) in [
            ("clients.csv", "../scripts", None),
            ("a/clients.csv", "a/b", Some("../clients.csv")),
            ("../x/take.wav", "..", Some("x/take.wav")),
        ] {
            let here = std::env::current_dir().expect("there is one");
            let expected = match expected {
                Some(expected) => PathBuf::from(expected),
                None => Path::new("..").join(here.file_name().expect("not the root")).join(path),
            };
            assert_eq!(relative(Path::new(path), Path::new(folder)), Some(expected), "{path} {folder}");
        }
    }
}
