//! `afterbeep devices`.

use std::io;
#[cfg(feature = "record")]
use std::io::Write;

use super::{Outcome, refuse};

#[cfg(feature = "record")]
pub fn run() -> io::Result<Outcome> {
    use crate::audio::capture;
    use crate::report::printable;

    let devices = match capture::input_devices() {
        Ok(devices) => devices,
        Err(error) => return Ok(refuse(error)),
    };
    let mut out = super::standard_output();
    for device in &devices {
        writeln!(out, "{:<30} {}", printable(&device.id), printable(&device.name))?;
    }
    out.flush()?;
    if devices.is_empty() {
        return Ok(refuse("there are no input devices; plug a microphone in or switch it on"));
    }
    Ok(Outcome::Clean)
}

#[cfg(not(feature = "record"))]
pub fn run() -> io::Result<Outcome> {
    Ok(refuse("this build cannot record; build it with cargo build --features record"))
}
