//! Sound as numbers: a [`Clip`], how files become one, and how one becomes a file.
//!
//! * [`clip`]: mono samples at a rate; every number in it is finite
//! * [`decode()`]: a file of any kind we read becomes a [`Recording`]
//! * [`decode_to`]: a file of any kind we read is told to a [`Listener`] and never lies in memory
//! * [`Clipping`]: how much of it was cut off at full scale
//! * [`Peaks`]: the outline of a recording
//! * [`resample()`]: the same sound at another rate, in step with the first
//! * [`wav`]: a clip, or sound as it comes in, becomes a file; the only place that writes sound
//! * `capture`: sound from a microphone (feature `record`)
//! * `pace`: when to ask a device for sound again (feature `record`, Linux)
//! * `playback`: sound to a loudspeaker (feature `record`)

#[cfg(feature = "record")]
pub mod capture;
pub mod clip;
mod clipping;
pub mod decode;
#[cfg(all(feature = "record", target_os = "linux"))]
mod pace;
pub mod peaks;
#[cfg(feature = "record")]
pub mod playback;
pub mod resample;
pub mod wav;

pub use clip::Clip;
pub use clipping::Clipping;
pub use decode::{Channel, DecodeError, Extent, Listener, Recording, Source, Tags, decode, decode_to, tags};
pub use peaks::Peaks;
pub use resample::{Resampling, at_rate, into_rate, resample};
