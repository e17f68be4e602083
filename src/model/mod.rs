//! Whisper model files on this machine: is this one, and is it whole? And those that are known by name: where they are
//! kept, and how they get there.

#[cfg(feature = "download")]
pub mod download;
mod error;
mod foreign;
pub mod ggml;
mod layout;
pub mod registry;
pub mod store;

pub use error::ModelError;
pub use ggml::{ModelInfo, inspect};
