//! All recordings of a run: shared over cores, taken from the cache where they were heard before.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::super::{Outcome, complain, progress};
use super::cache::Cache;
use super::labelling::Labelling;
use super::outputs::{self, Outputs};
use super::{Options, Prepared, in_order, linter_flags};
use crate::audio::Channel;
use crate::coach::Labels;
use crate::report::ReviewedFile;
use crate::report::record::Record;

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
    options: &'a Options,
    outputs: Option<&'a outputs::Arguments>,
}

/// One recording, reviewed now or before.
pub struct Reviewed {
    pub labels: Labels,
    pub record: Record,
    /// Kept where all of it is printed.
    pub file: Option<ReviewedFile>,
}

impl<'a> Batch<'a> {
    pub fn new(arguments: &'a super::Arguments, prepared: &Prepared) -> Result<Self, String> {
        let found = arguments.recordings.find()?;
        let options = &arguments.options;
        arguments.outputs.check(options)?;
        let channel = arguments.channel.map_or(Channel::Mix, Channel::Only);
        let n_jobs = match arguments.batch.jobs {
            Some(n_jobs) => n_jobs.get(),
            None => rayon::current_num_threads(),
        };
        let settings =
            format!("{channel:?}\n{:?}\n{}", prepared.weights, options.transcription.fingerprint());
        Ok(Self {
            recordings: found.recordings,
            errors: found.errors,
            channel,
            n_jobs,
            cache: if arguments.batch.no_cache { None } else { Cache::open(&settings) },
            labelling: Labelling::new(&arguments.labelling, linter_flags(options))?,
            options,
            outputs: Some(&arguments.outputs),
        })
    }

    /// Recordings of which nothing else is known, and nothing is kept.
    pub fn of(recordings: &[PathBuf], channel: Channel, options: &'a Options) -> Self {
        Self {
            recordings: recordings.to_vec(),
            errors: Vec::new(),
            channel,
            n_jobs: 1,
            cache: None,
            labelling: Labelling::default(),
            options,
            outputs: None,
        }
    }

    pub fn run(&self, prepared: &Prepared) -> io::Result<Outcome> {
        self.errors.iter().for_each(complain);
        self.tell_of_unlabelled();
        let bar = progress::recordings(self.recordings.len());
        let mut outputs = Outputs::new(self.options, self.outputs, self.recordings.len());
        // One at a time where whisper takes every core for itself.
        let n_jobs = if prepared.words.uses_all_cores() { 1 } else { self.n_jobs };
        let review = |path: &PathBuf| {
            if prepared.words.is_interrupted() {
                return None;
            }
            bar.set_message(format!("listening to {}", name(path)));
            let reviewed = self.review(path, prepared);
            bar.inc(1);
            Some(reviewed)
        };
        in_order::in_order(&self.recordings, n_jobs, review, |path, reviewed| match reviewed {
            Some(reviewed) => bar.suspend(|| outputs.take(path, reviewed)),
            None => Ok(()),
        })?;
        bar.finish_and_clear();
        if prepared.words.is_interrupted() {
            return Ok(Outcome::Interrupted);
        }
        let outcome = outputs.finish()?;
        Ok(if self.errors.is_empty() { outcome } else { Outcome::CouldNotRun })
    }

    fn review(&self, path: &Path, prepared: &Prepared) -> Reviewed {
        let labels = self.labelling.labels(path);
        let script = self.labelling.script(path, &labels).or(prepared.script.as_ref());
        let keeps_file = outputs::prints_whole_file(self.options, self.outputs);
        let fingerprint = script.map(super::Script::fingerprint).unwrap_or_default();
        let key = self.cache.as_ref().and_then(|cache| Some((cache, cache.key(path, &fingerprint)?)));
        if let (Some((cache, key)), false) = (&key, keeps_file)
            && let Some(record) = cache.get(key)
        {
            return Reviewed { labels, record: record.named(&path.display().to_string()), file: None };
        }
        match super::review(path, self.channel, script, prepared) {
            Err(error) => {
                let record = Record::failed(&path.display().to_string(), &error);
                Reviewed { labels, record, file: None }
            }
            Ok(heard) => {
                let record = heard.record();
                if let Some((cache, key)) = &key {
                    cache.put(key, &record);
                }
                Reviewed { labels, record, file: keeps_file.then_some(heard.file) }
            }
        }
    }

    fn tell_of_unlabelled(&self) {
        let n_unlabelled = self.labelling.n_unlabelled(&self.recordings);
        if n_unlabelled > 0 {
            let n = self.recordings.len();
            complain(format_args!(
                "of {n_unlabelled} of {n} recordings neither --pattern nor --metadata says who and when"
            ));
        }
    }
}

/// A name short enough for a line with a bar.
fn name(path: &Path) -> String {
    const LONGEST: usize = 30;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    crate::report::printable(&name.chars().take(LONGEST).collect::<String>())
}
