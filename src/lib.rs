//! afterbeep lints voicemail scripts and reviews recordings of them. `ARCHITECTURE.md` is the map; this is its index.

pub mod analysis;
pub mod audio;
pub mod finding;
pub mod model;
pub mod script;
pub mod transcript;
pub mod units;
