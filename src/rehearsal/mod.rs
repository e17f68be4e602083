//! Rehearsals: takes on disk, and recording one.
//!
//! * [`name`]: what a take is called; numbers that only grow
//! * [`takes`]: the folder they lie in; a take in the making is a `.part.wav` until it is whole
//! * `recording`: sound from the device to the disk, until it is told to stop (feature `record`)

pub mod name;
#[cfg(feature = "record")]
pub mod recording;
pub mod takes;

pub use name::TakeName;
pub use takes::{GrowingTake, Takes, TakesError};
