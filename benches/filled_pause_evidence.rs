//! Prints the evidence of every candidate for a filled pause in the recordings named, for `benches/filler_weights.py` to
//! train on: path, start, end and the numbers, tab-separated; their names are in the first line.

use std::path::Path;

use afterbeep::analysis::filled_pause_evidence;
use afterbeep::analysis::filled_pauses::EVIDENCE_NAMES;
use afterbeep::audio::{Channel, decode};

fn main() {
    println!("path\tstart\tend\t{}", EVIDENCE_NAMES.join("\t"));
    for path in std::env::args().skip(1) {
        match decode(Path::new(&path), Channel::Mix) {
            Ok(recording) => {
                for (interval, numbers) in filled_pause_evidence(recording.clip) {
                    let numbers: Vec<String> = numbers.iter().map(|number| format!("{number:.5}")).collect();
                    println!(
                        "{path}\t{:.3}\t{:.3}\t{}",
                        interval.start.0,
                        interval.end.0,
                        numbers.join("\t")
                    );
                }
            }
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
}
