//! Parquet files open in DuckDB and pandas. Where Python has neither (`pip install duckdb pandas pyarrow`; AFTERBEEP_PYTHON
//! names another Python) the test says so and passes; src/report/review_parquet.rs reads them back without.

#![cfg(feature = "parquet")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use common::{afterbeep, stderr, stdout};

const QUERIES: &str = r#"
import sys
try:
    import duckdb, pandas, pyarrow
except ImportError as error:
    print("missing", error)
    sys.exit()
print(duckdb.sql("select count(*), count(error), count(score), max(rep) from 'team.parquet'").fetchall()[0])
print(duckdb.sql("select count(*) > 0, bool_and(start <= \"end\") from 'events.parquet' where kind = 'filled_pause'").fetchall()[0])
table = pandas.read_parquet("team.parquet")
print(table["path"].tolist(), str(table["score"].dtype), set(pandas.read_parquet("events.parquet")["kind"]))
"#;

#[test]
fn tables_open_in_duckdb_and_pandas() {
    let folder = TempDir::new().expect("a temporary folder");
    let speech = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech");
    fs::create_dir(folder.path().join("ann")).expect("a folder");
    fs::copy(speech.join("hesitant-us.wav"), folder.path().join("ann/1.wav")).expect("a copy");
    fs::write(folder.path().join("ann/2.wav"), "no sound").expect("it is written");
    let output = afterbeep()
        .args([
            "review", "ann", "--isolated", "--no-cache", "--pattern", "{rep}/*.wav", "--output-format",
            "parquet",
        ])
        .args(["--output-file", "team.parquet", "--events", "events.parquet"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    // Who names a Python means it to be used.
    let named = std::env::var("AFTERBEEP_PYTHON");
    let is_named = named.is_ok();
    let python = named.unwrap_or_else(|_| "python3".to_owned());
    let read = Command::new(&python).args(["-c", QUERIES]).current_dir(folder.path()).output();
    let Ok(read) = read else {
        assert!(!is_named, "{python} does not start");
        eprintln!("skipped: {python} does not start");
        return;
    };
    let text = stdout(&read);
    if text.starts_with("missing") {
        assert!(!is_named, "{python}: {text}");
        eprintln!("skipped: {python} has no DuckDB or pandas: {text}");
        return;
    }
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["(2, 1, 1, 'ann')", "(True, True)"], "{}", stderr(&read));
    assert!(
        lines[2].starts_with("['ann/1.wav', 'ann/2.wav'] float64") && lines[2].contains("finding"),
        "{}",
        lines[2]
    );
}
