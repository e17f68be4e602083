//! From arguments to scripts that are read and linted.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use rayon::prelude::*;

use super::super::config_files::ConfigFiles;
use super::super::input::{self, Input};
use super::super::selection::Linters;
use super::super::{complain, paths, progress, replacing};
use super::Arguments;
use super::fixing::{self, Fixed};
use crate::report::position::LineIndex;
use crate::report::{self, LintedFile, Unread};

/// What is linted, by what, and what could not be found.
pub struct Prepared {
    pub inputs: Vec<Input>,
    pub linters: Linters,
    pub errors: Vec<Unread>,
    /// Standard input was left out, and went to standard output as it came.
    pub is_passed_on: bool,
}

/// What came of it.
pub struct Checked {
    pub files: Vec<LintedFile>,
    /// Scripts that were changed, or would be.
    pub fixed: Vec<Fixed>,
    pub unread: Vec<Unread>,
}

pub fn prepare(arguments: &Arguments) -> Result<Prepared, String> {
    let report = arguments.output_file.as_deref();
    let baseline = arguments.baseline.as_deref();
    let (written, read) = if arguments.write_baseline { (baseline, None) } else { (None, baseline) };
    let outputs = [(OUTPUT_FILE, report), ("--baseline", written)];
    let outputs: Vec<(&str, &Path)> =
        outputs.into_iter().filter_map(|(flag, path)| Some((flag, path?))).collect();
    replacing::refuse_overwriting(&outputs, arguments.paths.iter().map(PathBuf::as_path).chain(read))?;
    if arguments.stdin_filename.is_some() && !arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err("--stdin-filename names what comes by standard input; add `-` to read it".to_owned());
    }
    let mut configs = ConfigFiles::new(arguments.selection.flags()?);
    let here = configs.for_folder(Path::new("."))?;
    let (mut inputs, errors) = input::expand(&arguments.paths, arguments.stdin_filename.as_deref(), &here);
    if inputs.is_empty() {
        // A configuration that cannot be read is said even where there is nothing to lint.
        Linters::new(&mut configs, &[Input::Standard { name: String::new() }])?;
    }
    let linters = Linters::new(&mut configs, &inputs)?;
    refuse_overwriting_scripts(&outputs, &inputs)?;
    let named: HashSet<&PathBuf> = arguments.paths.iter().collect();
    let printed_to = replacing::standard_output();
    let report_place = report.map(paths::target);
    // What an editor pipes through `--fix` it wants back.
    let mut is_passed_on = false;
    inputs.retain(|input| {
        let path = match input {
            Input::File(path) => path,
            Input::Standard { name } => {
                let is_excluded =
                    arguments.force_exclude && linters.governor(input).excludes(Path::new(name), false);
                is_passed_on |= is_excluded && arguments.fix;
                return !is_excluded;
            }
        };
        // A report among the scripts would be linted by the next run.
        let is_written =
            [&report_place, &printed_to].into_iter().flatten().any(|place| *place == paths::target(path));
        if is_written {
            return false;
        }
        let exempt = named.contains(path) && !arguments.force_exclude;
        exempt || !linters.governor(input).excludes(path, false)
    });
    if is_passed_on {
        io::copy(&mut io::stdin().lock(), &mut io::stdout().lock())
            .map_err(|error| format!("standard input could not be passed on: {error}"))?;
    }
    Ok(Prepared { inputs, linters, errors, is_passed_on })
}

/// A report of a run before may be written anew, though it lies among the scripts.
fn refuse_overwriting_scripts(outputs: &[(&str, &Path)], inputs: &[Input]) -> Result<(), String> {
    for (flag, output) in outputs {
        let place = paths::target(output);
        let is_input =
            inputs.iter().any(|input| matches!(input, Input::File(path) if paths::target(path) == place));
        let is_report =
            || *flag == OUTPUT_FILE && report::is_report(&fs::read_to_string(output).unwrap_or_default());
        if is_input && !is_report() {
            return Err(format!(
                "{flag} {} would write over a script; choose another name",
                output.display()
            ));
        }
    }
    Ok(())
}

const OUTPUT_FILE: &str = "--output-file";

/// Lints every script; `fix` and `diff` also make the changes that are offered, `fix` in the files themselves.
pub fn check(prepared: Prepared, fix: bool, diff: bool) -> Checked {
    let Prepared { inputs, linters, errors, .. } = prepared;
    let bar = progress::files(inputs.len(), "linting");
    let results: Vec<(Result<LintedFile, Unread>, Option<Fixed>)> = inputs
        .par_iter()
        .map(|input| {
            let result = match fix || diff {
                true => fixing::fixed(|source| linters.lint(input, source), input, fix),
                false => (input.read().and_then(|source| linters.lint(input, source)), None),
            };
            bar.inc(1);
            result
        })
        .collect();
    bar.finish_and_clear();
    let mut checked = Checked { files: Vec::new(), fixed: Vec::new(), unread: errors };
    for (file, fixed) in results {
        checked.fixed.extend(fixed);
        match file {
            Ok(file) => checked.files.push(file),
            Err(error) => checked.unread.push(error),
        }
    }
    checked
}

impl Checked {
    /// What could not be read, and what in the files was not understood, so that their findings may be wrong.
    pub fn not_linted(&self) -> Vec<Unread> {
        self.unread.iter().cloned().chain(not_understood(&self.files)).collect()
    }
}

fn not_understood(files: &[LintedFile]) -> impl Iterator<Item = Unread> {
    files.iter().filter(|file| !file.sequence.problems.is_empty()).flat_map(|file| {
        let index = LineIndex::new(&file.source);
        let errors = file.sequence.problems.iter().filter(|problem| problem.is_error);
        errors
            .map(|problem| Unread {
                path: file.path.clone(),
                line: Some(index.position(problem.span.start).line),
                text: problem.text.clone(),
            })
            .collect::<Vec<Unread>>()
    })
}

pub fn warn_of_problems(files: &[LintedFile]) {
    for file in files.iter().filter(|file| !file.sequence.problems.is_empty()) {
        let index = LineIndex::new(&file.source);
        for problem in &file.sequence.problems {
            let line = index.position(problem.span.start).line;
            complain(format_args!("{}:{line}: {}", file.path, problem.text));
        }
    }
}
