//! afterbeep lints voicemail scripts and reviews recordings of them. `ARCHITECTURE.md` is the map; this is its index.

pub mod analysis;
pub mod audio;
pub mod cli;
pub mod coach;
pub mod config;
pub mod english;
pub mod finding;
pub mod folders;
pub mod lint;
pub mod metrics;
pub mod model;
pub mod plan;
pub mod rehearsal;
pub mod report;
pub mod required;
pub mod scorecard;
pub mod script;
pub mod spelling;
pub mod statistics;
pub mod table;
pub mod transcript;
pub mod units;
