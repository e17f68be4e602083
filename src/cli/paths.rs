//! Paths from the root, and from one place to another.

use std::path::{Component, Path, PathBuf};

use crate::report::{slashed, uri};

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

/// The folder of a file; where one stands, of a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a file is, or would be, by its folder without links and `..`; a link is a file of its own.
pub fn place(path: &Path) -> PathBuf {
    let folder = folder_of(path);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
}

/// Where a file is, or would be, whatever leads to it.
pub fn target(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| place(path))
}

/// Where a file that is there can be opened; `None` where there is none of that name, as for standard input.
pub fn uri(path: &str) -> Option<String> {
    let absolute = std::path::absolute(path).ok().filter(|path| path.is_file())?;
    uri::of_file(&slashed(absolute.to_str()?))
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
    fn only_a_file_that_is_there_can_be_opened() {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let uri = super::uri(here).expect("it is there");
        assert!(uri.starts_with("file:///") && uri.ends_with("/Cargo.toml"), "{uri}");
        assert_eq!(super::uri(env!("CARGO_MANIFEST_DIR")), None);
        assert_eq!(super::uri("<standard input>"), None);
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
