//! `afterbeep lint`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;

use super::config_files::ConfigFiles;
use super::input::{self, Input};
use super::{Outcome, complain, locale_is_utf8, progress, standard_output};
use crate::config::Config;
use crate::finding::Severity;
use crate::lint::Linter;
use crate::report::position::LineIndex;
use crate::report::{self, LintedFile};
use crate::script;
use crate::script::speech::{self, Pace};

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
    #[command(flatten)]
    selection: Selection,
}

/// Flags that change which rules are on.
#[derive(clap::Args)]
pub struct Selection {
    /// Only these rules: codes, prefixes or names, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    select: Option<Vec<String>>,
    /// These rules as well
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    extend_select: Vec<String>,
    /// Not these rules
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    ignore: Vec<String>,
    /// Longest message, in seconds
    #[arg(long, value_name = "SECONDS")]
    max_seconds: Option<f64>,
    /// Take no notice of any afterbeep.toml
    #[arg(long)]
    isolated: bool,
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
    let mut configs = ConfigFiles::default();
    let here = match arguments.selection.config(&mut configs, None) {
        Ok(config) => config,
        Err(error) => return Ok(refuse(error)),
    };
    let (inputs, mut errors) =
        input::expand(&arguments.paths, arguments.stdin_filename.as_deref(), &here.exclude);
    let linters = match linters(&arguments.selection, &mut configs, &inputs) {
        Ok(linters) => linters,
        Err(error) => return Ok(refuse(error)),
    };
    if inputs.is_empty() && errors.is_empty() {
        complain("no script was found; a folder is searched for .md, .txt and .voicemail files");
    }
    let bar = progress::files(inputs.len(), "linting");
    let results: Vec<Result<LintedFile, String>> = inputs
        .par_iter()
        .map(|input| {
            let result = input.read().map(|source| lint(&linters[&folder(input)], input.name(), source));
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
        Format::Full => report::full::write(&mut out, &files, locale_is_utf8())?,
        Format::Concise => report::concise::write(&mut out, &files)?,
        Format::Json => report::json::write_lint(&mut out, &files)?,
    }
    out.flush()?;
    for error in &errors {
        complain(error);
    }
    Ok(outcome(&files, !errors.is_empty(), arguments.fail_on))
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

fn lint(linter: &Linter, path: String, source: String) -> LintedFile {
    let sequence = script::parse(&source);
    let findings = linter.lint(&source, &sequence);
    let profile = sequence.front_matter.profile.clone().unwrap_or_else(|| "callback".to_owned());
    let speech = sequence.messages.iter().map(|message| speech::of(message, &Pace::default())).collect();
    LintedFile { path, source, sequence, profile, speech, findings }
}

/// The folder whose configuration a script follows.
fn folder(input: &Input) -> PathBuf {
    match input {
        Input::File(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        Input::Standard { name } => Path::new(name).parent().unwrap_or(Path::new("")).to_owned(),
    }
}

fn linters(
    selection: &Selection,
    configs: &mut ConfigFiles,
    inputs: &[Input],
) -> Result<HashMap<PathBuf, Linter>, String> {
    let mut linters = HashMap::new();
    for input in inputs {
        let folder = folder(input);
        if let Entry::Vacant(place) = linters.entry(folder) {
            let config = selection.config(configs, Some(place.key()))?;
            place.insert(Linter::new(&config).map_err(|error| error.to_string())?);
        }
    }
    Ok(linters)
}

impl Selection {
    /// What the file says, changed by what the flags say. Without a folder: that of the current one.
    pub fn config(&self, configs: &mut ConfigFiles, folder: Option<&Path>) -> Result<Config, String> {
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut config = if self.isolated { Config::default() } else { configs.for_folder(folder)? };
        if let Some(select) = &self.select {
            config.select = Some(select.clone());
        }
        config.extend_select.extend(self.extend_select.iter().cloned());
        config.ignore.extend(self.ignore.iter().cloned());
        if let Some(max_seconds) = self.max_seconds {
            if !max_seconds.is_finite() || max_seconds < 0.0 {
                return Err(format!("--max-seconds {max_seconds}: expected a number of seconds, 0 or more"));
            }
            config.limits.max_seconds = max_seconds;
        }
        Ok(config)
    }
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
