//! The contour as CSV: `time_s,f0_hz,strength,intensity_db`.

use std::io::{self, Write};

use crate::analysis::{F0Contour, IntensityContour};

/// One row a frame of `f0`; `f0_hz` is empty where unvoiced, `intensity_db` where the contour does not reach.
pub fn write(out: &mut impl Write, f0: &F0Contour, intensity: &IntensityContour) -> io::Result<()> {
    writeln!(out, "time_s,f0_hz,strength,intensity_db")?;
    for (index, frame) in f0.frames.iter().enumerate() {
        let time = f0.time_of(index);
        write!(out, "{:.4},", time.0)?;
        if let Some(hertz) = frame.f0 {
            write!(out, "{:.2}", hertz.0)?;
        }
        write!(out, ",{:.3},", frame.strength)?;
        if let Some(decibels) = intensity.interpolated(time) {
            write!(out, "{decibels:.2}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
