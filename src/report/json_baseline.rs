//! The file of `--baseline`: findings that were there before.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

/// The version of the shape; a file of another is refused.
pub const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

/// How often a rule found the same text in a script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// From the folder of the baseline, with forward slashes.
    pub path: String,
    pub code: String,
    /// As [`fingerprint::of_text`](super::fingerprint::of_text) makes it.
    pub fingerprint: String,
    pub count: usize,
}

#[derive(Deserialize)]
struct Header {
    version: u32,
}

pub fn read(text: &str) -> Result<Vec<Entry>, String> {
    let no_baseline = |error: serde_json::Error| format!("this is no baseline: {error}");
    let Header { version } = serde_json::from_str(text).map_err(no_baseline)?;
    if version != VERSION {
        return Err(format!("this baseline is of version {version}; only version {VERSION} is understood"));
    }
    let baseline: Baseline = serde_json::from_str(text).map_err(no_baseline)?;
    Ok(baseline.findings)
}

pub fn write(out: &mut impl Write, findings: Vec<Entry>) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Baseline { version: VERSION, findings })?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_another_version_is_not() {
        let entry = Entry {
            path: "a.md".to_owned(),
            code: "AB104".to_owned(),
            fingerprint: "00".to_owned(),
            count: 2,
        };
        let mut text = Vec::new();
        write(&mut text, vec![entry.clone()]).expect("a vector takes everything");
        assert_eq!(read(std::str::from_utf8(&text).expect("UTF-8")), Ok(vec![entry]));
        assert!(read("{\"version\": 2}").is_err_and(|error| error.contains("version 2")));
        assert!(read("[]").is_err_and(|error| error.contains("no baseline")));
    }
}
