//! Why a file is not a model that can be loaded.

use std::io;
use std::path::PathBuf;

/// Why a file cannot be used as a speech model. Each message names the file, what was expected and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    #[error("{}: no such file; give the path of a whisper.cpp model, such as ggml-base.en.bin", path.display())]
    NotFound { path: PathBuf },

    #[error("{}: is a directory; give the path of a model file in it, such as ggml-base.en.bin", path.display())]
    IsDirectory { path: PathBuf },

    #[error("{}: cannot be read ({source}); check its permissions, and that it is a plain file", path.display())]
    Unreadable { path: PathBuf, source: io::Error },

    #[error("{}: is empty; the download may have failed, so fetch the model again", path.display())]
    Empty { path: PathBuf },

    /// The first four bytes are not those of a GGML file. `looks_like` is a noun phrase: "a PNG image".
    #[error(
        "{}: looks like {looks_like}, not a whisper model; expected a whisper.cpp GGML file, such as ggml-base.en.bin",
        path.display()
    )]
    NotAModel { path: PathBuf, looks_like: &'static str },

    /// The header claims a size, or a number format, that no whisper model has or that whisper.cpp cannot run.
    #[error(
        "{}: {what} is {found}, expected {expected}; the file is damaged or not a whisper model that \
         whisper.cpp can run, so fetch another",
        path.display()
    )]
    Implausible { path: PathBuf, what: &'static str, found: i64, expected: String },

    /// The file ends inside `part`, which starts at byte `at`, takes `needed` bytes and has only `left`.
    #[error(
        "{}: is cut short: {part} at byte {at} takes {needed} bytes and the file has {left} left; \
         the download may have stopped early, so fetch the model again",
        path.display()
    )]
    Truncated { path: PathBuf, part: String, at: u64, needed: u64, left: u64 },

    /// What stands at byte `at` is not what a whisper model has there.
    #[error("{}: is damaged at byte {at}: {problem}; fetch the model again", path.display())]
    Malformed { path: PathBuf, at: u64, problem: String },
}
