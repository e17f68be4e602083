//! A transcript in the formats that other programs read.

pub mod json;
pub mod srt;
mod subtitles;
pub mod text;
pub mod text_grid;
pub mod vtt;

#[cfg(test)]
mod tests;
