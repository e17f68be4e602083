//! Prints what the network for filled pauses hears of each frame of the recordings named on the standard input, one a line,
//! for `benches/filler_weights.py` to train on: a line with path and number of frames, then their inputs as little-endian
//! 32-bit floats.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use afterbeep::analysis::filled_pause_frames;
use afterbeep::audio::{Channel, decode};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for path in io::stdin().lines() {
        let path = path?;
        match decode(Path::new(&path), Channel::Mix) {
            Ok(recording) => {
                let frames = filled_pause_frames(recording.clip);
                writeln!(out, "{path}\t{}", frames.len())?;
                for number in frames.iter().flatten() {
                    out.write_all(&number.to_le_bytes())?;
                }
            }
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
    out.flush()
}
