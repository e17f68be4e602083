//! The command line: arguments, and one file a command.

mod compare;
mod completions;
mod config_files;
mod data_files;
mod devices;
mod filling;
mod history;
mod init;
mod input;
#[cfg(any(feature = "record", feature = "transcribe"))]
mod interruption;
mod lint;
mod model;
mod new;
mod paths;
mod pitch;
mod plan;
mod plot;
mod progress;
mod rehearse;
mod replacing;
mod review;
mod rule;
mod selection;
mod show_settings;
mod takes;
mod transcribe;
mod transcription;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::report::full::Look;
use crate::report::printable;

/// Leave voicemails that get called back.
///
/// Lints the script of a voicemail, and reviews a recording of it. Everything stays on this machine.
#[derive(Parser)]
#[command(name = "afterbeep", version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Colours in the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Check scripts: files, folders, or - for standard input
    Lint(lint::Arguments),
    /// Listen to recordings: pace, pauses, pitch, filled pauses, and what would improve them most
    Review(review::Arguments),
    /// Say what changed between two sets of recordings, and whether it is more than chance
    Compare(compare::Arguments),
    /// Record a take from the microphone, and review it (a build with the feature `record`)
    Rehearse(rehearse::Arguments),
    /// List the microphones (a build with the feature `record`)
    Devices,
    /// List, play, export or remove the takes of rehearsals
    Takes(takes::Arguments),
    /// How the takes of a script scored, from the first to the last (a build with the feature `record`)
    History(history::Arguments),
    /// Say when to leave which message of a sequence, and mark what is done
    Plan(plan::Arguments),
    /// Print the words of a recording, by a model or from a transcript in another format
    Transcribe(transcribe::Arguments),
    /// Print the pitch and intensity contour of a recording as CSV
    Pitch(pitch::Arguments),
    /// List, fetch, check and remove models of whisper.cpp
    Model(model::Arguments),
    /// Explain a rule, or list them all
    Rule(rule::Arguments),
    /// Write the outline of a script to fill in, with the four questions to ask a client
    New(new::Arguments),
    /// Write an afterbeep.toml with every setting explained
    Init(init::Arguments),
    /// Print what makes a shell complete commands and flags
    Completions(completions::CompletionsArguments),
    /// Write the man pages (`make man`)
    #[command(hide = true)]
    Man(completions::ManArguments),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    /// Findings at or above `--fail-on`.
    Findings,
    /// Something could not be read or done; it was said on standard error.
    CouldNotRun,
    /// Ctrl-C.
    Interrupted,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::CouldNotRun => Self::from(2),
            // 128 + SIGINT, as shells report it.
            Outcome::Interrupted => Self::from(130),
        }
    }
}

/// Runs the program with the process's own arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let choice = match arguments.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let outcome = match arguments.command {
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Rehearse(arguments) => rehearse::run(arguments),
        Command::Devices => devices::run(),
        Command::Takes(arguments) => takes::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Transcribe(arguments) => transcribe::run(&arguments),
        Command::Model(arguments) => model::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Pitch(arguments) => pitch::run(&arguments),
        Command::Rule(arguments) => rule::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        // The reader went away (`| head`): nothing is wrong.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("the output could not be written: {error}"));
            Outcome::CouldNotRun.into()
        }
    }
}

/// Whoever reads what is printed may go away (`| head`): the rest of the work is done all the same.
fn read_or_not(printed: io::Result<()>) -> io::Result<()> {
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Says on standard error what could not be done.
fn complain(message: impl std::fmt::Display) {
    // A file name may hold an escape sequence; a message of ours has no more than several lines.
    let message = message.to_string();
    let lines: Vec<String> = message.lines().map(printable).collect();
    // Nothing is left to do when standard error is gone as well.
    let _ = writeln!(anstream::stderr(), "afterbeep: {}", lines.join("\n"));
}

/// Says why nothing was done.
fn refuse(reason: impl std::fmt::Display) -> Outcome {
    complain(reason);
    Outcome::CouldNotRun
}

/// Standard output, with colours taken out when it is no terminal, in few large writes.
fn standard_output() -> io::BufWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()))
}

/// What standard output shows.
fn look() -> Look {
    let colours = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let has_links = colours && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Look { colours, unicode: locale_is_utf8(), width, links: has_links.then_some(paths::uri) }
}

/// Does the terminal's locale promise UTF-8? (POSIX: the first of these that is set and not empty decides.)
fn locale_is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
