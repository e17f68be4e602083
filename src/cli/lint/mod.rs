//! `afterbeep lint`.

mod baseline;
mod checking;
mod fixing;
mod output;
mod watch;

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use self::checking::{Checked, Prepared};
use super::selection::Selection;
use super::{Outcome, complain, refuse, show_settings};
use crate::finding::Severity;
use crate::report::LintRun;

#[derive(clap::Args)]
pub struct Arguments {
    /// Scripts (any name), folders (their .md, .txt and .voicemail files), or - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// Write the findings to a file, whole or not at all, and a line of summary to standard error
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// How often each rule fired, instead of the findings (with json: beside them)
    #[arg(long)]
    statistics: bool,
    /// The name that stands for standard input in the output
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Lowest severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Make the changes that cannot change the meaning; of standard input the changed text is printed
    #[arg(long)]
    fix: bool,
    /// Print what --fix would change, and change nothing; exit code 1 where it would change something
    #[arg(long, conflicts_with_all = ["fix", "output_file", "statistics", "write_baseline"])]
    diff: bool,
    /// Leave out the findings that this file holds, so that only new ones fail
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with = "fix")]
    write_baseline: bool,
    /// Lint again whenever a script or its configuration changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff", "write_baseline", "show_settings"])]
    watch: bool,
    /// Leave out what `exclude` names even where it is named on the command line
    #[arg(long)]
    force_exclude: bool,
    /// Print the settings of each script, and where each comes from, instead of linting
    #[arg(long, conflicts_with_all = ["fix", "diff", "statistics", "output_file", "baseline"])]
    show_settings: bool,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// The line with carets, the reason, what to write instead
    Full,
    /// One line a finding
    Concise,
    /// Everything, for programs
    Json,
    /// A finding a line, as in json
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// JUnit XML: what fails the run is a failed test
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// The diagnostic format of reviewdog
    Rdjson,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Never => None,
        }
    }
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let counts_fit = matches!(arguments.output_format, Format::Full | Format::Concise | Format::Json);
    if arguments.statistics && !counts_fit {
        return Ok(refuse("--statistics goes with --output-format full, concise or json"));
    }
    if arguments.baseline.is_some() && (arguments.fix || arguments.diff) {
        return Ok(refuse(
            "--fix and --diff change what a baseline lets pass as well; run them without --baseline",
        ));
    }
    if arguments.watch {
        return watch::run(arguments);
    }
    run_once(arguments)
}

fn run_once(arguments: &Arguments) -> io::Result<Outcome> {
    let prepared = match checking::prepare(arguments) {
        Ok(prepared) => prepared,
        Err(error) => return Ok(refuse(error)),
    };
    if prepared.inputs.is_empty() && prepared.errors.is_empty() {
        if prepared.is_passed_on {
            return Ok(Outcome::Clean);
        }
        complain("no script was found; a folder is searched for .md, .txt and .voicemail files");
    }
    if arguments.show_settings {
        let Prepared { inputs, linters, errors, .. } = prepared;
        return show_settings::run(&inputs, &linters, errors);
    }
    let mut checked = checking::check(prepared, arguments.fix, arguments.diff);
    checking::warn_of_problems(&checked.files);
    if arguments.diff {
        return fixing::print_diff(&checked);
    }
    if let Some(path) = &arguments.baseline {
        if arguments.write_baseline {
            return Ok(baseline::write(path, &checked));
        }
        if let Err(error) = baseline::subtract(path, &mut checked.files) {
            return Ok(refuse(error));
        }
    }
    let outcome = tell(arguments, &mut checked)?;
    checked.unread.iter().for_each(complain);
    Ok(outcome)
}

/// Writes the findings to where they belong.
fn tell(arguments: &Arguments, checked: &mut Checked) -> io::Result<Outcome> {
    if output::names_files_of_a_repository(arguments.output_format) {
        output::name_from_the_top(checked);
    }
    let unread = checked.not_linted();
    let run = LintRun { files: &checked.files, unread: &unread, fail_on: arguments.fail_on.severity() };
    match output::write(arguments, &run, &checked.fixed) {
        Ok(Ok(())) => Ok(outcome(&run)),
        // The reader went away (`| head`): what was found is found all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !arguments.watch => Ok(outcome(&run)),
        Err(error) => Err(error),
        Ok(Err(error)) => {
            checked.unread.iter().for_each(complain);
            checked.unread.clear();
            Ok(refuse(error))
        }
    }
}

fn outcome(run: &LintRun) -> Outcome {
    let mut findings = run.files.iter().flat_map(|file| &file.findings);
    let fails = findings.any(|finding| finding.fails(run.fail_on));
    match (run.unread.is_empty(), fails) {
        (false, _) => Outcome::CouldNotRun,
        (true, true) => Outcome::Findings,
        (true, false) => Outcome::Clean,
    }
}
