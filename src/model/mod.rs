//! Whisper model files on this machine: is this one, and is it whole?

mod error;
mod foreign;
pub mod ggml;
mod layout;

pub use error::ModelError;
pub use ggml::{ModelInfo, inspect};
