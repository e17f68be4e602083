//! Sound as numbers: a [`Clip`], how files become one, and how one becomes a file.
//!
//! * [`clip`]: mono samples at a rate; every number in it is finite
//! * [`decode`]: a file of any kind we read becomes a [`Recording`]
//! * [`resample`]: the same sound at another rate, in step with the first
//! * [`wav`]: a clip becomes a file; the only place that writes sound

pub mod clip;
pub mod decode;
pub mod resample;
pub mod wav;

pub use clip::Clip;
pub use decode::{Channel, DecodeError, Recording, decode};
pub use resample::resample;
