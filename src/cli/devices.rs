//! `afterbeep devices`.

use std::io;
#[cfg(feature = "record")]
use std::io::Write;

use super::{Outcome, complain};

#[cfg(feature = "record")]
pub fn run() -> io::Result<Outcome> {
    use crate::audio::capture;
    use crate::report::printable;

    let devices = match capture::input_devices() {
        Ok(devices) => devices,
        Err(error) => {
            complain(error);
            return Ok(Outcome::CouldNotRun);
        }
    };
    let mut out = super::standard_output();
    for device in &devices {
        writeln!(out, "{:<30} {}", printable(&device.id), printable(&device.name))?;
    }
    out.flush()?;
    if devices.is_empty() {
        complain("there are no input devices; plug a microphone in or switch it on");
        return Ok(Outcome::CouldNotRun);
    }
    Ok(Outcome::Clean)
}

#[cfg(not(feature = "record"))]
pub fn run() -> io::Result<Outcome> {
    complain("this build cannot record; build it with cargo build --features record");
    Ok(Outcome::CouldNotRun)
}
