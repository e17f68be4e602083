//! `afterbeep history`.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Outcome, refuse};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only the takes of this script
    script: Option<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// A table, with the run of the scores and of what was graded
    Full,
    /// Every number of every take
    Json,
    /// A row a take, a column a metric
    Csv,
}

#[cfg(feature = "record")]
pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    use std::io::Write;
    use std::path::Path;

    use super::config_files::{ConfigFiles, Flags};
    use super::review::standards;
    use super::{complain, locale_is_utf8, paths, standard_output};
    use crate::rehearsal::history::History;
    use crate::report::history as report;

    let script = arguments.script.as_deref().map(paths::target);
    let entries = History::open_existing().and_then(|history| match history {
        Some(history) => history.entries(script.as_deref()),
        None => Ok(Vec::new()),
    });
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return Ok(refuse(error)),
    };
    // What the settings beside which the user stands ask for.
    let targets = ConfigFiles::new(Flags::default())
        .for_folder(Path::new("."))
        .and_then(|governor| standards(&governor.config))
        .map(|standards| standards.targets);
    let targets = match targets {
        Ok(targets) => targets,
        Err(error) => return Ok(refuse(error)),
    };
    let mut out = standard_output();
    match arguments.output_format {
        Format::Full if entries.is_empty() => complain(match &arguments.script {
            Some(script) => {
                format!("no take of {} was kept yet; `afterbeep rehearse` records one", script.display())
            }
            None => "no take was kept yet; `afterbeep rehearse SCRIPT` records one".to_owned(),
        }),
        Format::Full => {
            let zone = jiff::tz::TimeZone::system();
            report::write(&mut out, &entries, &targets, &zone, locale_is_utf8())?;
        }
        Format::Json => report::write_json(&mut out, &entries)?,
        Format::Csv => report::write_csv(&mut out, &entries)?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

#[cfg(not(feature = "record"))]
pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let _ = (&arguments.script, arguments.output_format == Format::Full);
    Ok(refuse("this build has no history; build it with cargo build --features record"))
}
