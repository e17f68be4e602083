//! Fetching a model: one at a time, to a temporary name, from where an earlier try broke off, and checked before it has
//! its name.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::registry::KnownModel;
use super::store::{Store, StoreError, sha256};

/// The public home of the models.
pub const HOME: &str = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// For the first byte of an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("another download is running; wait for it, or end it")]
    Busy,
    #[error("{url}: {reason}; is the computer online? --from URL names another place")]
    Unreachable { url: String, reason: String },
    #[error("{url}: the server answers {status}; --from URL names another place")]
    Status { url: String, status: u16 },
    #[error(
        "{url}: broke off after {n_bytes} of {expected} bytes ({reason}); run it again to go on from there"
    )]
    BrokenOff { url: String, n_bytes: u64, expected: u64, reason: String },
    #[error(
        "{url}: is longer than the {expected} bytes of the model, so it is something else; nothing was kept"
    )]
    TooLong { url: String, expected: u64 },
    #[error("{url}: what came has the SHA-256 {found}, and {expected} is right; nothing was kept")]
    Checksum { url: String, found: String, expected: String },
    #[error("{path}: could not be written: {source}; what came until then is kept, and the next try goes on from there", path = path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Gives the path of the model, at once where it is here and right. `base`: the address of the folder it is in.
/// `progress`: called with the bytes that are here.
pub fn get(
    store: &Store,
    model: &KnownModel,
    base: &str,
    progress: impl FnMut(u64),
) -> Result<PathBuf, DownloadError> {
    let in_folder = |source| DownloadError::Write { path: store.folder.clone(), source };
    fs::create_dir_all(&store.folder).map_err(in_folder)?;
    let _lock = lock(&store.folder.join("download.lock"))?;
    match store.verify(model) {
        Ok(path) => return Ok(path),
        Err(StoreError::Missing { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let path = store.path(model);
    let part = path.with_extension("bin.part");
    let url = format!("{}/{}", base.trim_end_matches('/'), model.file_name());
    fetch(&url, &part, model, progress)?;
    let in_part = |source| DownloadError::Write { path: part.clone(), source };
    let found = sha256(&part).map_err(in_part)?;
    if found != model.sha256 {
        fs::remove_file(&part).map_err(in_part)?;
        return Err(DownloadError::Checksum { url, found, expected: model.sha256.to_owned() });
    }
    fs::rename(&part, &path).map_err(|source| DownloadError::Write { path: path.clone(), source })?;
    Ok(path)
}

/// Held until the file is dropped, also by the end of the process.
fn lock(path: &Path) -> Result<File, DownloadError> {
    let written = |source| DownloadError::Write { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(written)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DownloadError::Busy),
        Err(TryLockError::Error(source)) => Err(written(source)),
    }
}

fn fetch(url: &str, part: &Path, model: &KnownModel, progress: impl FnMut(u64)) -> Result<(), DownloadError> {
    let here = fs::metadata(part).map_or(0, |metadata| metadata.len());
    if here == model.bytes {
        return Ok(());
    }
    // What is longer than the model is no beginning of it.
    let offset = if here < model.bytes { here } else { 0 };
    let mut response = ask(url, offset)?;
    let status = response.status().as_u16();
    let goes_on = status == 206 && offset > 0 && starts_at(&response, offset);
    if !goes_on && status == 416 && offset > 0 {
        fs::remove_file(part).map_err(|source| DownloadError::Write { path: part.to_owned(), source })?;
        response = ask(url, 0)?;
    } else if status != 200 && !goes_on {
        return Err(DownloadError::Status { url: url.to_owned(), status });
    }
    if response.status().as_u16() >= 400 {
        return Err(DownloadError::Status { url: url.to_owned(), status: response.status().as_u16() });
    }
    // A server that ignores the range sends everything anew.
    let from = if goes_on { offset } else { 0 };
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(!goes_on);
    let file = if goes_on { OpenOptions::new().append(true).open(part) } else { options.open(part) };
    let mut file = file.map_err(|source| DownloadError::Write { path: part.to_owned(), source })?;
    let mut reader = response.body_mut().with_config().limit(u64::MAX).reader();
    copy(&mut reader, &mut file, url, part, from, model.bytes, progress)
}

fn ask(url: &str, offset: u64) -> Result<ureq::http::Response<ureq::Body>, DownloadError> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .timeout_recv_response(Some(ANSWER_TIMEOUT))
        .http_status_as_error(false)
        .user_agent(concat!("afterbeep/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut request = agent.get(url);
    if offset > 0 {
        request = request.header("Range", format!("bytes={offset}-"));
    }
    request
        .call()
        .map_err(|error| DownloadError::Unreachable { url: url.to_owned(), reason: error.to_string() })
}

fn starts_at(response: &ureq::http::Response<ureq::Body>, offset: u64) -> bool {
    let range = response.headers().get("Content-Range").and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.trim_start().starts_with(&format!("bytes {offset}-")))
}

fn copy(
    reader: &mut impl Read,
    file: &mut File,
    url: &str,
    part: &Path,
    from: u64,
    expected: u64,
    mut progress: impl FnMut(u64),
) -> Result<(), DownloadError> {
    let mut n_bytes = from;
    let mut buffer = vec![0; 1 << 16];
    let written = |source| DownloadError::Write { path: part.to_owned(), source };
    let broken_off = |n_bytes, reason: String| {
        Err(DownloadError::BrokenOff { url: url.to_owned(), n_bytes, expected, reason })
    };
    loop {
        progress(n_bytes);
        let n_read = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(n_read) => n_read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return broken_off(n_bytes, error.to_string()),
        };
        n_bytes += n_read as u64;
        if expected < n_bytes {
            fs::remove_file(part).map_err(written)?;
            return Err(DownloadError::TooLong { url: url.to_owned(), expected });
        }
        file.write_all(&buffer[..n_read]).map_err(written)?;
    }
    if n_bytes < expected {
        return broken_off(n_bytes, "the server sent no more".to_owned());
    }
    file.sync_all().map_err(written)
}
