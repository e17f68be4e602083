//! Words of a recording: from a model, where the build has whisper, or from a transcript made elsewhere.

use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use crate::report::printable;
use crate::transcript::{Transcript, import};

#[derive(clap::Args)]
pub struct ModelArguments {
    /// A whisper.cpp model (GGML) to transcribe with, by its file or the name that `afterbeep model list` has; needs a
    /// build with the feature `transcribe`
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// What is spoken, by its code (en, de, es); a model for English alone takes no other
    #[arg(long, value_name = "CODE", default_value = "en", requires = "model", help_heading = HEADING)]
    language: String,
    /// Words that the model is to believe were said before: it writes on in their style, with their names
    #[arg(long, value_name = "TEXT", requires = "model", help_heading = HEADING)]
    prompt: Option<String>,
    /// Lean towards um and uh: added to their score whenever a word is chosen (2: seven times as likely)
    #[arg(long, value_name = "LOGIT", default_value_t = 0.0, value_parser = bias, requires = "model", help_heading = HEADING)]
    filler_bias: f32,
    /// Let the encoder look at no more than the recording: quicker, and with some models less is heard
    #[arg(long, requires = "model", help_heading = HEADING)]
    fit_audio_context: bool,
    /// Threads of whisper.cpp; without it one a core
    #[arg(long, value_name = "N", requires = "model", help_heading = HEADING)]
    threads: Option<NonZeroU16>,
    /// Let whisper.cpp say what it does
    #[arg(short, long)]
    verbose: bool,
}

const HEADING: &str = "How a model listens";

/// Largest filler bias: beyond it every sound is an um. Ours.
const MAX_BIAS: f32 = 20.0;

fn bias(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(bias) if (0.0..=MAX_BIAS).contains(&bias) => Ok(bias),
        _ => Err(format!("a number from 0 to {MAX_BIAS}")),
    }
}

/// Largest transcript that is read, in bytes; ours: a day of speech with every token of whisper.cpp takes a tenth.
const MAX_BYTES: u64 = 512 << 20;

/// Reads a transcript that was made elsewhere, in any of the formats of [`import`].
pub fn imported(path: &Path) -> Result<Transcript, String> {
    let name = || printable(&path.display().to_string());
    let unread = |error: std::io::Error| format!("{}: the transcript could not be read: {error}", name());
    let size = fs::metadata(path).map_err(unread)?.len();
    if MAX_BYTES < size {
        return Err(format!("{}: a transcript of {} MB is too large to read", name(), size >> 20));
    }
    import::read(&fs::read(path).map_err(unread)?).map_err(|error| format!("{}: {error}", name()))
}

impl ModelArguments {
    /// What to say, in a line, where words would tell more and this build could hear them.
    pub fn hint(&self) -> Option<&'static str> {
        let lacks = cfg!(feature = "transcribe") && self.model.is_none();
        lacks.then_some(
            "the words are not known: `afterbeep model get base.en` fetches a model, and --model base.en takes it",
        )
    }

    /// What the words of a recording depend on besides its sound: the model, by its name, size and time, and how it listens.
    pub fn fingerprint(&self) -> String {
        let state = |model: &PathBuf| {
            let file = std::fs::metadata(model).ok();
            format!("{} {:?}", model.display(), file.map(|file| (file.len(), file.modified().ok())))
        };
        let Some(model) = &self.model else { return String::new() };
        let Self { language, prompt, filler_bias, fit_audio_context, .. } = self;
        format!("{} {language} {prompt:?} {filler_bias} {fit_audio_context}", state(model))
    }
}

#[cfg(feature = "transcribe")]
pub use with_whisper::{Sound, Words};
#[cfg(not(feature = "transcribe"))]
pub use without_whisper::{Sound, Words};

#[cfg(feature = "transcribe")]
mod with_whisper {
    use std::path::{Path, PathBuf};
    use std::sync::atomic::Ordering;

    use super::ModelArguments;
    use crate::audio::{Listener, Resampling};
    use crate::cli::{interruption, progress};
    use crate::model::registry;
    use crate::model::store::Store;
    use crate::transcript::Transcript;
    use crate::transcript::whisper::{Decoding, SAMPLE_RATE, Transcriber};
    use crate::units::Interval;

    /// A file that is there, or a model that is known by this name and was fetched.
    fn found(model: &Path) -> Result<PathBuf, String> {
        let known = model.to_str().filter(|_| !model.exists()).and_then(registry::find);
        let Some(known) = known else { return Ok(model.to_owned()) };
        let store = Store::of_user().map_err(|error| error.to_string())?;
        store.verify(&known).map_err(|error| error.to_string())
    }

    /// A model, loaded once for all recordings.
    pub struct Words {
        transcriber: Option<Transcriber>,
    }

    impl Words {
        pub fn prepare(arguments: &ModelArguments) -> Result<Self, String> {
            let Some(model) = &arguments.model else { return Ok(Self { transcriber: None }) };
            let model = found(model)?;
            let transcriber = Transcriber::load(model, arguments.verbose)
                .and_then(|transcriber| transcriber.with_decoding(arguments.decoding()))
                .map_err(|error| error.to_string())?;
            Ok(Self { transcriber: Some(transcriber) })
        }

        pub fn is_interrupted(&self) -> bool {
            interruption::flag().load(Ordering::SeqCst)
        }

        /// whisper.cpp's threads spin while they wait, so that two transcriptions at once hinder each other.
        pub fn uses_all_cores(&self) -> bool {
            self.transcriber.is_some()
        }

        /// Listens to a recording at this rate; `None` when no model was given.
        pub fn listen(&self, sample_rate_hz: u32) -> Option<Sound<'_>> {
            let transcriber = self.transcriber.as_ref()?;
            Some(Sound { transcriber, samples: Resampling::new(sample_rate_hz, SAMPLE_RATE) })
        }

        /// The words of what was listened to, where there is `speech`.
        pub fn transcribe(
            &self,
            path: &Path,
            sound: Sound,
            speech: &[Interval],
        ) -> Result<Transcript, String> {
            let clip = sound.samples.finish();
            // Not before: until whisper works, the default ends the program at once, and nothing is lost.
            let interrupted = interruption::catch()?;
            let bar = progress::transcription();
            let on_progress = |share: f32| bar.set_position((share * 100.0) as u64);
            let transcript = sound.transcriber.transcribe(clip.samples(), speech, on_progress, interrupted);
            bar.finish_and_clear();
            transcript.map_err(|error| format!("{}: {error}", path.display()))
        }
    }

    /// A recording at whisper's sample rate, and who listens to it.
    pub struct Sound<'a> {
        transcriber: &'a Transcriber,
        samples: Resampling,
    }

    impl Listener for Sound<'_> {
        fn hear(&mut self, samples: &[f32]) {
            self.samples.hear(samples);
        }
    }

    impl ModelArguments {
        fn decoding(&self) -> Decoding {
            Decoding {
                n_threads: self.threads,
                language: Some(self.language.clone()),
                prompt: self.prompt.clone(),
                filler_bias: self.filler_bias,
                fits_audio_context: self.fit_audio_context,
            }
        }
    }
}

#[cfg(not(feature = "transcribe"))]
mod without_whisper {
    use std::convert::Infallible;
    use std::marker::PhantomData;
    use std::path::Path;

    use super::ModelArguments;
    use crate::audio::Listener;
    use crate::transcript::Transcript;
    use crate::units::Interval;

    /// This build has no whisper.
    pub struct Words;

    impl Words {
        pub fn prepare(arguments: &ModelArguments) -> Result<Self, String> {
            if arguments.model.is_some() || arguments.verbose {
                return Err("this build cannot transcribe; build it with `cargo build --features transcribe`, or leave --model out".to_owned());
            }
            Ok(Self)
        }

        pub fn is_interrupted(&self) -> bool {
            false
        }

        pub fn uses_all_cores(&self) -> bool {
            false
        }

        pub fn listen(&self, _: u32) -> Option<Sound<'_>> {
            None
        }

        pub fn transcribe(&self, _: &Path, sound: Sound, _: &[Interval]) -> Result<Transcript, String> {
            match sound.0 {}
        }
    }

    /// Nothing is listened to.
    pub struct Sound<'a>(Infallible, PhantomData<&'a Words>);

    impl Listener for Sound<'_> {
        fn hear(&mut self, _: &[f32]) {
            match self.0 {}
        }
    }
}
