//! `afterbeep completions` and `afterbeep man`: made from the arguments themselves.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::{Outcome, complain, standard_output};

#[derive(clap::Args)]
pub struct CompletionsArguments {
    /// The shell that is to complete
    shell: Shell,
}

#[derive(clap::Args)]
pub struct ManArguments {
    /// The folder that the pages are written to; it is made if need be
    folder: PathBuf,
}

pub fn completions(arguments: &CompletionsArguments) -> io::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "afterbeep", &mut script);
    let mut out = standard_output();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

/// One page a command: `afterbeep.1`, `afterbeep-lint.1` …
pub fn man(arguments: &ManArguments) -> io::Result<Outcome> {
    let folder = &arguments.folder;
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command(), folder));
    Ok(match written {
        Ok(()) => {
            complain(format_args!("the man pages are in {}", folder.display()));
            Outcome::Clean
        }
        Err(error) => {
            complain(format_args!("{}: the man pages could not be written: {error}", folder.display()));
            Outcome::CouldNotRun
        }
    })
}

fn command() -> Command {
    super::Arguments::command()
}
