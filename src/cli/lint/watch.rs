//! `--watch`: lints again when something changes.
//!
//! Files are looked at now and then instead of being reported by the system: that is the same on every system, on
//! network drives and in containers, for editors that write in place and for those that rename, and needs no library.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::super::data_files::data_path;
use super::super::input::Input;
use super::super::{Outcome, complain, refuse};
use super::{Arguments, checking, run_once};
use crate::script;
use crate::units::counted;

/// Ours: a glance at a thousand scripts takes some milliseconds, and half a second is no wait after saving.
const INTERVAL: Duration = Duration::from_millis(400);
/// Ours: an editor that moves the old file away first has written the new one by then.
const SETTLING: Duration = Duration::from_millis(60);

/// When a file was changed last and how long it is; `None` where it is not there.
type Stamp = Option<(SystemTime, u64)>;
/// Of each file; or why the settings cannot be read.
type Stamps = Result<BTreeMap<PathBuf, Stamp>, String>;

/// Ends only by Ctrl-C, or when nobody reads what it prints.
pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Ok(refuse("--watch looks at files; standard input does not change"));
    }
    let mut data = DataFiles::default();
    let mut last = stamps(arguments, &mut data);
    lint(arguments, &last)?;
    loop {
        sleep(INTERVAL);
        if stamps(arguments, &mut data) == last {
            continue;
        }
        sleep(SETTLING);
        let now = stamps(arguments, &mut data);
        complain(format_args!("changed: {}", what_changed(&last, &now)));
        last = now;
        lint(arguments, &last)?;
    }
}

fn lint(arguments: &Arguments, stamps: &Stamps) -> io::Result<()> {
    run_once(arguments)?;
    let n_files = stamps.as_ref().map_or(0, BTreeMap::len);
    let paths: Vec<String> = arguments.paths.iter().map(|path| path.display().to_string()).collect();
    let files = counted(n_files, "file", "files");
    complain(format_args!(
        "watching {} ({files}, with settings, data and baseline); Ctrl-C ends it",
        paths.join(" ")
    ));
    Ok(())
}

/// The scripts, the settings that govern them and what those extend, the tables that scripts name, and the baseline.
fn stamps(arguments: &Arguments, data: &mut DataFiles) -> Stamps {
    let prepared = checking::prepare(arguments)?;
    let mut stamps = BTreeMap::new();
    let mut look_at = |path: &Path| *stamps.entry(path.to_owned()).or_insert_with(|| stamp(path));
    arguments.baseline.as_deref().map(&mut look_at);
    for input in &prepared.inputs {
        for settings in &prepared.linters.governor(input).files {
            look_at(settings);
        }
        if let Input::File(path) = input {
            let changed = look_at(path);
            data.of(input, path, changed).map(&mut look_at);
        }
    }
    Ok(stamps)
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// The table that each script names, known as long as the script has the same stamp.
#[derive(Default)]
struct DataFiles(HashMap<PathBuf, (Stamp, Option<PathBuf>)>);

impl DataFiles {
    fn of(&mut self, input: &Input, script: &Path, changed: Stamp) -> Option<&Path> {
        let known = self.0.entry(script.to_owned()).or_insert((None, None));
        if known.0 != changed || changed.is_none() {
            let named = input.read().ok().and_then(|source| script::parse(&source).front_matter.data);
            *known = (changed, named.map(|data| data_path(input, &data)));
        }
        known.1.as_deref()
    }
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
