//! `--watch`: lints again when something changes.
//!
//! Files are looked at now and then instead of being reported by the system: that is the same on every system, on
//! network drives and in containers, for editors that write in place and for those that rename, and needs no library.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::super::input::Input;
use super::super::{Outcome, complain};
use super::{Arguments, checking, refuse, run_once};

/// Ours: a glance at a thousand scripts takes some milliseconds, and half a second is no wait after saving.
const INTERVAL: Duration = Duration::from_millis(400);
/// Ours: an editor that moves the old file away first has written the new one by then.
const SETTLING: Duration = Duration::from_millis(60);

/// When each file was changed last and how long it is; or why the settings cannot be read.
type Stamps = Result<BTreeMap<PathBuf, Option<(SystemTime, u64)>>, String>;

/// Ends only by Ctrl-C, or when nobody reads what it prints.
pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Ok(refuse("--watch looks at files; standard input does not change"));
    }
    let mut last = stamps(arguments);
    lint(arguments, &last)?;
    loop {
        sleep(INTERVAL);
        if stamps(arguments) == last {
            continue;
        }
        sleep(SETTLING);
        let now = stamps(arguments);
        complain(format_args!("changed: {}", what_changed(&last, &now)));
        last = now;
        lint(arguments, &last)?;
    }
}

fn lint(arguments: &Arguments, stamps: &Stamps) -> io::Result<()> {
    run_once(arguments)?;
    let n_files = stamps.as_ref().map_or(0, BTreeMap::len);
    let paths: Vec<String> = arguments.paths.iter().map(|path| path.display().to_string()).collect();
    let files = if n_files == 1 { "file" } else { "files" };
    complain(format_args!(
        "watching {} ({n_files} {files}, settings included); Ctrl-C ends it",
        paths.join(" ")
    ));
    Ok(())
}

fn stamps(arguments: &Arguments) -> Stamps {
    let prepared = checking::prepare(arguments)?;
    let mut stamps = BTreeMap::new();
    for input in &prepared.inputs {
        let settings = prepared.linters.governor(input).path.clone();
        let script = match input {
            Input::File(path) => Some(path.clone()),
            Input::Standard { .. } => None,
        };
        for path in script.into_iter().chain(settings) {
            stamps.entry(path).or_insert_with_key(|path| {
                let metadata = fs::metadata(path).ok()?;
                Some((metadata.modified().ok()?, metadata.len()))
            });
        }
    }
    Ok(stamps)
}

/// The file that changed, or how many.
fn what_changed(before: &Stamps, now: &Stamps) -> String {
    let (Ok(before), Ok(now)) = (before, now) else { return "the settings".to_owned() };
    let changed = now.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    let changed: Vec<String> = changed.chain(gone).map(|(path, _)| path.display().to_string()).collect();
    match changed.as_slice() {
        [one] => one.clone(),
        many => format!("{} files", many.len()),
    }
}
