//! What a review prints and writes: each recording as it is ready, tables and pages at the end.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::super::{Outcome, complain, locale_is_utf8, paths, read_or_not, replacing, standard_output};
use super::batch::Reviewed;
use super::sound;
use super::{Format, Options};
use crate::report;
use crate::report::review_html::Sound;
use crate::report::review_table::{self, Column};
use crate::report::row::Row;
use crate::units::counted;

#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// Write what --output-format gives to this file instead; whole or not at all, for you alone to read
    #[arg(long, value_name = "FILE", requires = "output_format")]
    output_file: Option<PathBuf>,
    /// Write one page on all recordings, for a coach: who needs what, where to listen, what got better
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Put the recordings into the page; without it the page plays them from where they are
    #[arg(long, conflicts_with = "redact")]
    embed_audio: bool,
    /// Write a table of events as Parquet: one row a filled pause, pause, flat stretch or finding (a build with the feature
    /// `parquet`)
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
}

impl Arguments {
    fn writes_tables(&self) -> bool {
        self.report.is_some() || self.events.is_some()
    }

    /// The files it writes, with their flags.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let files =
            [("--output-file", &self.output_file), ("--report", &self.report), ("--events", &self.events)];
        files.into_iter().filter_map(|(flag, path)| Some((flag, path.as_deref()?)))
    }

    /// What would fail at the end is said before the first recording is heard.
    pub fn check(&self, options: &Options) -> Result<(), String> {
        for (flag, path) in self.files() {
            if path.is_dir() || !paths::folder_of(path).is_dir() {
                return Err(format!("{flag} {}: a file in a folder that is there is needed", path.display()));
            }
        }
        let is_parquet = options.output_format == Some(Format::Parquet);
        if (is_parquet || self.events.is_some()) && !cfg!(feature = "parquet") {
            return Err(
                "this build cannot write Parquet; build it with `cargo build --features parquet`, or take \
                        --output-format csv"
                    .to_owned(),
            );
        }
        if self.embed_audio && self.report.is_none() && options.output_format != Some(Format::Html) {
            return Err("--embed-audio puts recordings into a page; add --report FILE".to_owned());
        }
        if is_parquet && self.output_file.is_none() && io::stdout().is_terminal() {
            return Err(
                "--output-format parquet is no text for a terminal; add --output-file FILE".to_owned()
            );
        }
        Ok(())
    }
}

/// The format in which results are printed; `None` where only files are written.
fn format(options: &Options, outputs: &Arguments) -> Option<Format> {
    options.output_format.or((!outputs.writes_tables()).then_some(Format::Full))
}

/// What was printed so far, what is to be written at the end, and how it ends.
pub struct Outputs<'a> {
    options: &'a Options,
    arguments: &'a Arguments,
    format: Option<Format>,
    n_recordings: usize,
    /// For `--output-file`.
    text: Vec<u8>,
    /// For tables and pages.
    rows: Vec<Row>,
    outcome: Outcome,
    /// Recordings that were reviewed.
    n_read: usize,
    /// Recordings below `--fail-under`.
    n_below: usize,
    /// The reader of what is printed went away.
    is_unread: bool,
}

impl<'a> Outputs<'a> {
    pub fn new(options: &'a Options, arguments: &'a Arguments, n_recordings: usize) -> Self {
        let format = format(options, arguments);
        let (text, rows) = (Vec::new(), Vec::new());
        Self {
            options,
            arguments,
            format,
            n_recordings,
            text,
            rows,
            outcome: Outcome::Clean,
            n_read: 0,
            n_below: 0,
            is_unread: false,
        }
    }

    /// Only then all that was measured is needed, which no cache has.
    pub fn prints_whole_file(&self) -> bool {
        self.format == Some(Format::Full)
    }

    /// Prints one recording, or keeps it for the end.
    pub fn take(&mut self, path: &Path, reviewed: Reviewed) -> io::Result<()> {
        if self.output_file().is_some() {
            let mut text = std::mem::take(&mut self.text);
            self.print(&mut anstream::StripStream::new(&mut text), &reviewed)?;
            self.text = text;
        } else if !self.is_unread {
            let mut out = standard_output();
            let printed = self.print(&mut out, &reviewed).and_then(|()| out.flush());
            self.is_unread = printed.is_err();
            if self.is_only_printed() { printed? } else { read_or_not(printed)? }
        }
        let row = Row::of(path, reviewed.labels, &reviewed.record);
        match &row.result {
            Ok(review) => {
                self.n_read += 1;
                self.judge(review.score.overall);
                self.options.tell_of_rounding(&row.path, review.score.overall);
            }
            Err(error) => {
                complain(error);
                self.outcome = Outcome::CouldNotRun;
            }
        }
        if !self.is_printed_as_it_is_ready() || self.writes_files() {
            self.rows.push(row);
        }
        Ok(())
    }

    /// Writes tables and pages.
    pub fn finish(mut self) -> io::Result<Outcome> {
        if let (Some(format), false) = (self.format, self.is_printed_as_it_is_ready()) {
            match self.output_file() {
                Some(path) => self.save(path, |outputs, out| outputs.render(format, path, out)),
                None => {
                    let mut out = io::BufWriter::new(io::stdout().lock());
                    let printed = self.render(format, Path::new(""), &mut out).and_then(|()| out.flush());
                    read_or_not(printed)?;
                }
            }
        } else if let Some(path) = self.output_file() {
            self.save(path, |outputs, out| out.write_all(&outputs.text));
        }
        if let Some(path) = self.arguments.report.as_deref() {
            self.save(path, |outputs, out| outputs.render(Format::Html, path, out));
        }
        if let Some(path) = self.arguments.events.as_deref() {
            self.save(path, |outputs, out| write_parquet(&review_table::events(&outputs.rows), out));
        }
        if let (Some(limit), 1..) = (self.options.fail_under, self.n_below) {
            let of = counted(self.n_recordings, "recording", "recordings");
            complain(format_args!(
                "{} of {of} scored below {limit} or had no score (--fail-under)",
                self.n_below
            ));
        }
        Ok(self.outcome)
    }

    /// Nothing is left to do once nobody reads what is printed.
    fn is_only_printed(&self) -> bool {
        !self.writes_files() && self.options.fail_under.is_none()
    }

    fn print(&self, out: &mut impl Write, reviewed: &Reviewed) -> io::Result<()> {
        match self.format {
            Some(Format::Full) => {
                let Some(file) = &reviewed.file else { return Ok(()) };
                report::review::write(out, file, terminal_width(), locale_is_utf8())?;
                if self.n_recordings > 1 {
                    writeln!(out)?;
                }
                Ok(())
            }
            Some(Format::Json) => reviewed.record.write_json(out, true),
            Some(Format::Jsonl) => reviewed.record.write_json(out, false),
            _ => Ok(()),
        }
    }

    fn save(&mut self, path: &Path, text: impl FnOnce(&Self, &mut dyn Write) -> io::Result<()>) {
        // What an earlier run wrote is worth more than a list of errors.
        if self.n_read == 0 && path.exists() {
            complain(format_args!("{} is left as it was: no recording could be read", path.display()));
            return;
        }
        match replacing::write_private(path, |out| text(self, out)) {
            Ok(()) => complain(format_args!("{} written: {}", path.display(), self.summary())),
            Err(error) => {
                complain(format_args!("{}: {error}", path.display()));
                self.outcome = Outcome::CouldNotRun;
            }
        }
    }

    /// A table or a page on all recordings, for the file `path`.
    fn render(&self, format: Format, path: &Path, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Full | Format::Json | Format::Jsonl => Ok(()),
            Format::Csv => report::review_csv::write(out, &self.rows),
            Format::Markdown => report::review_markdown::write(out, &self.rows),
            Format::Html => {
                let embeds = self.arguments.embed_audio;
                // What is hidden in the text would be heard.
                let has_sound = |row: &Row| row.result.is_ok() && !self.options.redact;
                let sound = |row: &Row| match has_sound(row) {
                    true => sound::of(row, path, embeds),
                    false => Sound::None,
                };
                report::review_html::write(out, &self.rows, sound)
            }
            Format::Parquet => write_parquet(&review_table::recordings(&self.rows), out),
        }
    }

    fn summary(&self) -> String {
        let all = counted(self.n_recordings, "recording", "recordings");
        match self.n_recordings - self.n_read {
            0 => all,
            _ if self.n_read == 0 => format!("{all}, none of which could be read"),
            n => format!("{all}, {n} of which could not be read"),
        }
    }

    fn judge(&mut self, score: Option<f64>) {
        if !self.options.fails(score) {
            return;
        }
        self.n_below += 1;
        if self.outcome == Outcome::Clean {
            self.outcome = Outcome::Findings;
        }
    }

    fn output_file(&self) -> Option<&'a Path> {
        self.arguments.output_file.as_deref()
    }

    fn writes_files(&self) -> bool {
        self.arguments.writes_tables()
    }

    fn is_printed_as_it_is_ready(&self) -> bool {
        matches!(self.format, None | Some(Format::Full | Format::Json | Format::Jsonl))
    }
}

#[cfg(feature = "parquet")]
fn write_parquet(columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&report::review_parquet::bytes(columns)?)
}

/// [`Arguments::check`] has said so before.
#[cfg(not(feature = "parquet"))]
fn write_parquet(_: &[Column], _: &mut dyn Write) -> io::Result<()> {
    Err(io::Error::other("this build cannot write Parquet"))
}

pub fn terminal_width() -> usize {
    const WITHOUT_TERMINAL: usize = 80;
    terminal_size::terminal_size_of(io::stdout()).map_or(WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
}
