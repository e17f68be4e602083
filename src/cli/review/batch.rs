//! All recordings of a run: shared over cores, taken from the cache where they were heard before.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::{Outcome, complain, progress, transcription};
use super::cache::Cache;
use super::labelling::{self, Labelling};
use super::outputs::{self, Outputs};
use super::recordings::Found;
use super::redaction;
use super::script::{Script, linter_flags};
use super::{Options, Prepared, Told, in_order};
use crate::audio::Channel;
use crate::coach::Labels;
use crate::report::ReviewedFile;
use crate::report::record::Record;
use crate::transcript::Transcript;
use crate::units::counted;

#[derive(clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Recordings heard at once; without it as many as there are cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Listen to every recording anew, and keep nothing for the next time
    #[arg(long)]
    no_cache: bool,
}

pub struct Batch<'a> {
    recordings: Vec<PathBuf>,
    /// What was named and is not there.
    errors: Vec<String>,
    channel: Channel,
    n_jobs: usize,
    cache: Option<Cache>,
    labelling: Labelling<'a>,
    /// Of a recording for which `--scripts` has none.
    n_without_script: AtomicUsize,
    /// Of a recording for which `--transcripts` has none.
    n_without_transcript: AtomicUsize,
    options: &'a Options,
}

/// One recording, reviewed now or before.
pub struct Reviewed {
    pub labels: Labels,
    pub record: Record,
    /// Kept where all of it is printed.
    pub file: Option<ReviewedFile>,
}

impl Reviewed {
    fn new(labels: Labels, record: Record, file: Option<ReviewedFile>) -> Self {
        Self { record: record.labelled(&labels), labels, file }
    }
}

impl<'a> Batch<'a> {
    /// `channel`: counted from 1.
    pub fn new(
        found: Found,
        channel: Option<usize>,
        options: &'a Options,
        labelling: &'a labelling::Arguments,
        arguments: &Arguments,
        prepared: &Prepared,
    ) -> Result<Self, String> {
        let channel = channel.map_or(Channel::Mix, Channel::Only);
        let n_jobs = match arguments.jobs {
            Some(n_jobs) => n_jobs.get(),
            None => rayon::current_num_threads(),
        };
        let settings = format!(
            "{channel:?}\n{:?}\n{:?}\n{}\n{}",
            prepared.standards,
            prepared.allowed,
            prepared.redacts,
            options.transcription.fingerprint()
        );
        Ok(Self {
            recordings: found.recordings,
            errors: found.errors,
            channel,
            n_jobs,
            cache: if arguments.no_cache || !prepared.may_be_kept() { None } else { Cache::open(&settings) },
            labelling: Labelling::new(labelling, linter_flags(options))?,
            n_without_script: AtomicUsize::new(0),
            n_without_transcript: AtomicUsize::new(0),
            options,
        })
    }

    pub fn run(&self, prepared: &Prepared, outputs: &outputs::Arguments) -> io::Result<Outcome> {
        self.tell();
        let mut outputs = Outputs::new(self.options, outputs, self.recordings.len());
        let keeps_file = outputs.prints_whole_file();
        if !self.each(prepared, keeps_file, |path, reviewed| outputs.take(path, reviewed))? {
            return Ok(Outcome::Interrupted);
        }
        let outcome = outputs.finish()?;
        // For a person; whoever runs it in a pipe knows what it has.
        let has_words = prepared.transcript.is_some() || self.labelling.has_transcripts();
        let lacks_words = keeps_file && !has_words && io::stderr().is_terminal();
        self.options.transcription.hint().filter(|_| lacks_words).into_iter().for_each(complain);
        Ok(if self.has_errors() { Outcome::CouldNotRun } else { outcome })
    }

    /// Was something named that is not there?
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Says what was named and is not there.
    pub fn tell(&self) {
        self.errors.iter().for_each(complain);
        self.tell_of_labels();
    }

    /// Gives each recording to `take`, in order; false where Ctrl-C ended it.
    pub fn hear(
        &self,
        prepared: &Prepared,
        take: impl FnMut(&Path, Reviewed) -> io::Result<()>,
    ) -> io::Result<bool> {
        self.each(prepared, false, take)
    }

    fn each(
        &self,
        prepared: &Prepared,
        keeps_file: bool,
        mut take: impl FnMut(&Path, Reviewed) -> io::Result<()>,
    ) -> io::Result<bool> {
        let bar = progress::recordings(self.recordings.len());
        // One at a time where whisper takes every core for itself.
        let n_jobs = if prepared.words.uses_all_cores() { 1 } else { self.n_jobs };
        let review = |path: &PathBuf| {
            if prepared.words.is_interrupted() {
                return None;
            }
            // The name of a file may be that of a client.
            let what = if prepared.redacts { "a recording".to_owned() } else { name(path) };
            bar.set_message(format!("listening to {what}"));
            let reviewed = self.review(path, prepared, keeps_file);
            bar.inc(1);
            Some(reviewed)
        };
        // Bytes say little of how long a recording is, and enough of which one is far longer than the others.
        let size = |path: &PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
        in_order::in_order(&self.recordings, n_jobs, size, review, |path, reviewed| match reviewed {
            Some(reviewed) => bar.suspend(|| take(path, reviewed)),
            None => Ok(()),
        })?;
        bar.finish_and_clear();
        for (flag, n, what) in [
            ("--scripts", &self.n_without_script, "a script"),
            ("--transcripts", &self.n_without_transcript, "words"),
        ] {
            match n.load(Ordering::Relaxed) {
                0 => {}
                n => complain(format_args!(
                    "{flag}: {n} of {} bear the name of none of them, and were reviewed without {what}",
                    counted(self.recordings.len(), "recording", "recordings")
                )),
            }
        }
        if let Some(cache) = &self.cache {
            cache.prune();
        }
        Ok(!prepared.words.is_interrupted())
    }

    fn review(&self, path: &Path, prepared: &Prepared, keeps_file: bool) -> Reviewed {
        let labels = self.labelling.labels(path);
        let script = self.labelling.script(path, &labels).or(prepared.script.as_ref());
        if script.is_none() && self.labelling.has_scripts() {
            self.n_without_script.fetch_add(1, Ordering::Relaxed);
        }
        let (labels, shown) = match prepared.redacts {
            true => redaction::labels(labels, path),
            false => (labels, path.display().to_string()),
        };
        let failed =
            |error: String| Record::failed(&shown, &error.replace(&path.display().to_string(), &shown));
        let transcript = match self.transcript(path, prepared) {
            Ok(transcript) => transcript,
            Err(error) => return Reviewed::new(labels, failed(error), None),
        };
        let fingerprint = format!("{}\n{transcript:?}", script.map(Script::fingerprint).unwrap_or_default());
        let key = self.cache.as_ref().and_then(|cache| Some((cache, cache.key(path, &fingerprint)?)));
        if let (Some((cache, key)), false) = (&key, keeps_file)
            && let Some(record) = cache.get(key)
        {
            return Reviewed::new(labels, record.named(&shown), None);
        }
        match super::review(path, &shown, self.channel, Told { script, transcript }, prepared) {
            Err(error) => Reviewed::new(labels, failed(error), None),
            Ok(heard) => {
                let record = heard.record();
                if let Some((cache, key)) = &key {
                    cache.put(key, &record);
                }
                Reviewed::new(labels, record, keeps_file.then_some(heard.file))
            }
        }
    }

    /// The words of a recording that were transcribed elsewhere.
    fn transcript(&self, path: &Path, prepared: &Prepared) -> Result<Option<Transcript>, String> {
        let Some(file) = self.labelling.transcript(path) else {
            if self.labelling.has_transcripts() {
                self.n_without_transcript.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(prepared.transcript.clone());
        };
        // The name of the file may be that of a client.
        let unread = |error| match prepared.redacts {
            true => format!("{}: its transcript could not be read", path.display()),
            false => format!("{}: its transcript: {error}", path.display()),
        };
        transcription::imported(file).map(Some).map_err(unread)
    }

    fn tell_of_labels(&self) {
        let n_unlabelled = self.labelling.n_unlabelled(&self.recordings);
        if n_unlabelled > 0 {
            let n = self.recordings.len();
            complain(format_args!(
                "of {n_unlabelled} of {} nothing says who and when: neither --pattern, --metadata nor a tag",
                counted(n, "recording", "recordings")
            ));
        }
        if self.options.redact {
            let n = self.labelling.n_without_client(&self.recordings);
            if 0 < n {
                complain(format_args!(
                    "--redact: of {} no client is known, and what stands in the path is shown as it is (--pattern names a {{client}})",
                    counted(n, "recording", "recordings")
                ));
            }
        }
        let false_dates = self.labelling.false_dates(&self.recordings);
        if let Some(first) = false_dates.first() {
            let n = false_dates.len();
            let are = if n == 1 { "is no day" } else { "are no days" };
            let example = if self.options.redact { String::new() } else { format!(", such as {first}") };
            complain(format_args!("{n} of the dates {are}{example}; expected 2026-11-24"));
        }
        let without_recording = self.labelling.without_recording(&self.recordings);
        if let Some(first) = without_recording.first() {
            let rows = counted(without_recording.len(), "row is", "rows are");
            let example = if self.options.redact { String::new() } else { format!(", such as {first}") };
            complain(format_args!("--metadata: {rows} of no recording here{example}"));
        }
    }
}

/// A name short enough for a line with a bar.
fn name(path: &Path) -> String {
    const LONGEST: usize = 30;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    crate::report::printable(&name.chars().take(LONGEST).collect::<String>())
}
