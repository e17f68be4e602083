//! `afterbeep lint`.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;

use super::config_files::ConfigFiles;
use super::input::{self, Input};
use super::selection::{Linters, Selection};
use super::{Outcome, complain, look, progress, show_settings, standard_output};
use crate::finding::Severity;
use crate::report::position::LineIndex;
use crate::report::{self, LintedFile};

#[derive(clap::Args)]
pub struct Arguments {
    /// Scripts (any name), folders (their .md, .txt and .voicemail files), or - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// The name that stands for standard input in the output
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Lowest severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Leave out what `exclude` names even where it is named on the command line
    #[arg(long)]
    force_exclude: bool,
    /// Print the settings of each script, and where each comes from, instead of linting
    #[arg(long)]
    show_settings: bool,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The line with carets, the reason, what to write instead
    Full,
    /// One line a finding
    Concise,
    /// Everything, for programs
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let prepared = match prepare(arguments) {
        Ok(prepared) => prepared,
        Err(error) => return Ok(refuse(error)),
    };
    let Prepared { inputs, linters, mut errors } = prepared;
    if arguments.show_settings {
        return show_settings::run(&inputs, &linters, errors);
    }
    if inputs.is_empty() && errors.is_empty() {
        complain("no script was found; a folder is searched for .md, .txt and .voicemail files");
    }
    let bar = progress::files(inputs.len(), "linting");
    let results: Vec<Result<LintedFile, String>> = inputs
        .par_iter()
        .map(|input| {
            let result = input.read().and_then(|source| linters.lint(input, source));
            bar.inc(1);
            result
        })
        .collect();
    bar.finish_and_clear();
    let mut files = Vec::new();
    for result in results {
        match result {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    warn_of_problems(&files);
    let mut out = standard_output();
    match arguments.output_format {
        Format::Full => report::full::write(&mut out, &files, look())?,
        Format::Concise => report::concise::write(&mut out, &files)?,
        Format::Json => report::json::write_lint(&mut out, &files)?,
    }
    out.flush()?;
    for error in &errors {
        complain(error);
    }
    let any_error = !errors.is_empty() || files.iter().any(has_error);
    Ok(outcome(&files, any_error, arguments.fail_on))
}

/// What is linted, by what, and what could not be found.
struct Prepared {
    inputs: Vec<Input>,
    linters: Linters,
    errors: Vec<String>,
}

fn prepare(arguments: &Arguments) -> Result<Prepared, String> {
    let mut configs = ConfigFiles::new(arguments.selection.flags()?);
    let here = configs.for_folder(Path::new("."))?;
    let (mut inputs, errors) = input::expand(&arguments.paths, arguments.stdin_filename.as_deref(), &here);
    if inputs.is_empty() {
        // A configuration that cannot be read is said even where there is nothing to lint.
        Linters::new(&mut configs, &[Input::Standard { name: String::new() }])?;
    }
    let linters = Linters::new(&mut configs, &inputs)?;
    let named: HashSet<&PathBuf> = arguments.paths.iter().collect();
    inputs.retain(|input| {
        let Input::File(path) = input else { return true };
        let exempt = named.contains(path) && !arguments.force_exclude;
        exempt || !linters.governor(input).excludes(path, false)
    });
    Ok(Prepared { inputs, linters, errors })
}

fn refuse(error: String) -> Outcome {
    complain(error);
    Outcome::CouldNotRun
}

fn outcome(files: &[LintedFile], any_error: bool, fail_on: FailOn) -> Outcome {
    let threshold = match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Advice => Some(Severity::Advice),
        FailOn::Never => None,
    };
    let mut findings = files.iter().flat_map(|file| &file.findings);
    let fails = threshold.is_some_and(|threshold| findings.any(|finding| threshold <= finding.severity));
    match (any_error, fails) {
        (true, _) => Outcome::CouldNotRun,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Clean,
    }
}

/// Was something in the file not understood, so that its findings may be wrong?
fn has_error(file: &LintedFile) -> bool {
    file.sequence.problems.iter().any(|problem| problem.is_error)
}

fn warn_of_problems(files: &[LintedFile]) {
    for file in files.iter().filter(|file| !file.sequence.problems.is_empty()) {
        let index = LineIndex::new(&file.source);
        for problem in &file.sequence.problems {
            let line = index.position(problem.span.start).line;
            complain(format_args!(
                "{}:{line}: {}",
                report::printable(&file.path),
                report::printable(&problem.text)
            ));
        }
    }
}
