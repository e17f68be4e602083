//! Writes a file whole or not at all: in the place of what is there, or only where nothing is.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::paths::{folder_of, target};

/// Refuses an output that would take the place of what is read, or of another output. Each has the flag that names it.
pub fn refuse_overwriting<'p>(
    outputs: &[(&str, &'p Path)],
    inputs: impl IntoIterator<Item = &'p Path>,
) -> Result<(), String> {
    let places: Vec<PathBuf> = outputs.iter().map(|(_, path)| target(path)).collect();
    let named = |(flag, path): (&str, &Path)| format!("{flag} {}", path.display());
    for (number, output) in outputs.iter().enumerate() {
        if output.1.as_os_str() == "-" {
            return Err(format!("{} -: name a file; standard output is not to be had here", output.0));
        }
        if let Some(first) = places[..number].iter().position(|other| *other == places[number]) {
            let (one, other) = (named(outputs[first]), named(*output));
            return Err(format!("{one} and {other} are one file; give each output its own"));
        }
    }
    if outputs.is_empty() {
        return Ok(());
    }
    for input in inputs.into_iter().map(target) {
        if let Some(number) = places.iter().position(|output| *output == input) {
            return Err(format!(
                "{} would write over what is read; choose another name",
                named(outputs[number])
            ));
        }
    }
    Ok(())
}

/// The file that standard output goes to, where it goes to one: `lint . > report.txt`.
pub fn standard_output() -> Option<PathBuf> {
    let file = Path::new("/dev/stdout");
    fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    file.canonicalize().ok()
}

/// Keeps the permissions of the file it replaces; a link stays a link. The error does not name the file.
pub fn write(path: &Path, text: &[u8]) -> Result<(), String> {
    let failed = |error: io::Error| format!("could not be written: {error}");
    let Ok(existing) = fs::metadata(path) else {
        return persist(text, path, None).map_err(failed);
    };
    if !existing.is_file() {
        // A device or a pipe, such as /dev/stdout, takes text but cannot be replaced.
        return fs::write(path, text).map_err(failed);
    }
    if existing.permissions().readonly() {
        return Err("could not be written: it is read-only".to_owned());
    }
    let target = fs::canonicalize(path).map_err(failed)?;
    persist(text, &target, Some(existing.permissions())).map_err(failed)
}

/// What only its owner is to read, whatever was there before; a link stays a link. The error does not name the file.
pub fn write_private(path: &Path, text: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let failed = |error: io::Error| format!("could not be written: {error}");
    let target = match fs::metadata(path) {
        Ok(existing) if !existing.is_file() => {
            let mut device = fs::File::create(path).map_err(failed)?;
            return text(&mut device).map_err(failed);
        }
        Ok(_) => fs::canonicalize(path).map_err(failed)?,
        Err(_) => path.to_owned(),
    };
    let mut file = io::BufWriter::new(empty_beside(&target, PRIVATE).map_err(failed)?);
    text(&mut file).map_err(failed)?;
    let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
    // A disk may say only now that it is full; the old file is still there then.
    file.as_file().sync_all().map_err(failed)?;
    file.persist(target).map(drop).map_err(|error| failed(error.error))
}

/// Over nothing that is there; `hint` says what else one can do then.
pub fn write_new(path: &Path, text: &[u8], hint: &str) -> Result<(), String> {
    new(path, text, PUBLIC, hint)
}

/// [`write_new`] for what only its owner is to read.
pub fn write_new_private(path: &Path, bytes: &[u8], hint: &str) -> Result<(), String> {
    new(path, bytes, PRIVATE, hint)
}

/// As any new file: what the umask leaves of this.
const PUBLIC: u32 = 0o666;
const PRIVATE: u32 = 0o600;

fn new(path: &Path, text: &[u8], mode: u32, hint: &str) -> Result<(), String> {
    let file = beside(path, text, mode).map_err(|error| format!("could not be written: {error}"))?;
    file.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => format!("is there already, and was left as it is; {hint}"),
        _ => format!("could not be written: {}", error.error),
    })
}

fn persist(text: &[u8], path: &Path, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let file = beside(path, text, PUBLIC)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// The text under a temporary name, in the folder of `path`.
fn beside(path: &Path, text: &[u8], mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let mut file = empty_beside(path, mode)?;
    file.write_all(text)?;
    Ok(file)
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "there are no modes"))]
fn empty_beside(path: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new();
    file.prefix(".afterbeep-");
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    // The temporary name in the error itself would only confuse.
    file.tempfile_in(folder_of(path)).map_err(|error| match error.kind() {
        kind @ io::ErrorKind::NotFound => io::Error::new(kind, "no such folder"),
        kind @ io::ErrorKind::PermissionDenied => {
            io::Error::new(kind, "no permission to write in its folder")
        }
        _ => error,
    })
}
