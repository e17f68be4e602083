//! Many recordings side by side: who left them and when, what a team does, what changed between two sets.

pub mod comparison;
pub mod labels;
pub mod people;
pub mod redaction;
pub mod team;

pub use labels::{Labels, Metadata, Pattern};
