//! Writes a file whole or not at all, and over nothing that is there unless that is asked for.

use std::io::Write;
use std::path::Path;

/// `hint` says what else one can do where the file is there already.
pub fn write(path: &Path, text: &str, replace: bool, hint: &str) -> Result<(), String> {
    let name = path.display();
    let failed = |error: std::io::Error| format!("{name}: could not be written: {error}");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = file.tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    if replace {
        return file.persist(path).map(drop).map_err(|error| failed(error.error));
    }
    file.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{name} is there already, and was left as it is; {hint}")
        }
        _ => failed(error.error),
    })
}
