//! Sound as numbers: a [`Clip`], how files become one, and how one becomes a file.
//!
//! * [`clip`]: mono samples at a rate; every number in it is finite
//! * [`decode()`]: a file of any kind we read becomes a [`Recording`]
//! * [`resample()`]: the same sound at another rate, in step with the first
//! * [`wav`]: a clip, or sound as it comes in, becomes a file; the only place that writes sound
//! * `capture`: sound from a microphone (feature `record`)
//! * `pace`: when to ask a device for sound again (feature `record`, Linux)
//! * `playback`: sound to a loudspeaker (feature `record`)

#[cfg(feature = "record")]
pub mod capture;
pub mod clip;
pub mod decode;
#[cfg(all(feature = "record", target_os = "linux"))]
mod pace;
#[cfg(feature = "record")]
pub mod playback;
pub mod resample;
pub mod wav;

pub use clip::Clip;
pub use decode::{Channel, DecodeError, Recording, Tags, decode, tags};
pub use resample::{at_rate, into_rate, resample};
