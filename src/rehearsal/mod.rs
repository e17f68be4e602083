//! Rehearsals: takes on disk, recording one, and what became of them.
//!
//! * [`name`]: what a take is called; numbers that only grow
//! * [`takes`]: the folder they lie in; a take in the making is a `.part.wav` until it is whole
//! * `recording`: sound from the device to the disk, until it is told to stop (feature `record`)
//! * [`entry`]: what is remembered of a take
//! * `level`: what a level meter shows (feature `record`)
//! * `live`: pace and pitch variation while somebody speaks (feature `record`)
//! * `history`: every kept take with its numbers, in SQLite (feature `record`)

pub mod entry;
#[cfg(feature = "record")]
pub mod history;
#[cfg(feature = "record")]
pub mod level;
#[cfg(feature = "record")]
pub mod live;
pub mod name;
#[cfg(feature = "record")]
pub mod recording;
pub mod takes;

pub use entry::{Entry, Number};
pub use name::TakeName;
pub use takes::{GrowingTake, Take, Takes, TakesError};
