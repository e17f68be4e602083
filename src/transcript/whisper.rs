//! Transcription by whisper.cpp, through whisper-rs.
//!
//! # Stopping
//!
//! whisper.cpp 1.8.3 asks its abort callback only after a whole encoder or decoder pass, and never while it computes the
//! spectrogram of a clip. On a large model one pass is a minute. So the work is done on a thread of its own, which owns
//! all that it touches: when the caller wants to stop, the thread is told, waited for shortly, and otherwise left to find
//! out after its pass.
//!
//! # What is listened to
//!
//! Speech alone, window by window ([`windows`]), each decoded for itself: what was said before one never colours it.
//! Words that lie in silence all the same were not said, and are dropped.
//!
//! # What of whisper-rs 0.16 is not used, and why
//!
//! - `set_abort_callback_safe` is unsound: it hands its trampoline a pointer to a `Box<dyn FnMut>` that the trampoline
//!   takes for the closure itself. Its sibling for progress is sound, but leaks the closure. Both are set raw here.
//! - `set_initial_prompt` leaks its string, a prompt is given as tokens. `set_language` leaks too, three bytes a window, so
//!   it is left alone for English.
//! - `install_logging_hooks` works once and for good, so it could not be turned on for `--verbose`.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::io::Write;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread;
use std::time::Duration;

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperState,
    WhisperSysContext, WhisperSysState, WhisperTokenData,
};

use crate::model::{self, ModelError, ModelInfo};
use crate::transcript::memory;
pub use crate::transcript::memory::Shortage;
use crate::transcript::refinement::clipped;
use crate::transcript::windows::windows;
use crate::transcript::words::{Token, words_of};
use crate::transcript::{Source, Timing, Transcript, Word};
use crate::units::{Interval, Seconds, total_length};

/// Samples a second that whisper takes.
pub const SAMPLE_RATE: u32 = 16_000;

/// whisper.cpp does not look at less than a tenth of a second, and reads past the end of a clip of under 201 samples.
const MIN_SAMPLES: usize = SAMPLE_RATE as usize / 10;

/// Longest recording, in seconds: whisper.cpp counts the cells of its spectrogram in 32 bits.
const MAX_SECONDS: usize = 24 * 60 * 60;

/// A sample is taken to lie within ±1; whisper scales by the loudest. Far beyond this its `f32` sums overflow.
const MAX_SAMPLE: f32 = 1e6;

const ENGLISH: &str = "en";

/// Steps of the encoder in a second.
const AUDIO_CONTEXT_RATE: usize = model::ggml::AUDIO_CONTEXT_RATE as usize;

/// The first word begins within this of the start of a window: whisper.cpp's own limit, which it counts in steps as if
/// there were always 1500 of them.
const LATEST_START: Seconds = Seconds(1.0);
const USUAL_AUDIO_CONTEXT: f64 = 1500.0;

/// Room after the clip where the encoder is cut to it; with less, the last word suffers. Ours.
const AUDIO_CONTEXT_MARGIN: usize = AUDIO_CONTEXT_RATE;

/// Pieces of the vocabulary that are a filled pause and nothing else. "er" and "ah" also begin words.
const FILLED_PAUSES: &[&str] = &[" um", " Um", " umm", " uh", " Uh", " uhh", " hmm", " Hmm"];

/// How far from any speech a word may lie; one that is further was never said. Token times drift by less. Ours.
const MAX_FROM_SPEECH: f64 = 0.5;

/// Of the model in `models/`, after its name.
const FOR_TRIAL: &str = "is afterbeep's own, for trying things out: it knows synthetic voices alone and some hundred words; \
    for people take another (afterbeep model get base.en)";

/// How often the caller's progress and interrupt are looked at.
const POLL: Duration = Duration::from_millis(20);

/// How long an interrupted call waits for its thread, so that nothing is left running where the pass is short.
const GRACE: Duration = Duration::from_millis(400);

/// Why a recording could not be transcribed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TranscribeError {
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The file is a whisper model, but whisper.cpp did not take it; most likely the memory is short.
    #[error("{}: whisper.cpp could not load this model; is there memory for it? Run again with -v to see why", path.display())]
    Load { path: PathBuf },
    /// Found before whisper.cpp is asked, which would end the process.
    #[error("the model {model} {shortage}")]
    Memory { model: String, shortage: Shortage },
    #[error("there are no samples to transcribe; is the recording empty?")]
    NoSamples,
    /// `index` counts samples at 16 kHz.
    #[error("sample {index} is {value}, not a number that a recording can have; re-export the recording")]
    BadSample { index: usize, value: f32 },
    #[error("the recording is {seconds:.0} s long; whisper.cpp takes up to {MAX_SECONDS} s, so cut it")]
    TooLong { seconds: f64 },
    #[error("the prompt cannot be put into the model's tokens; give another")]
    Prompt,
    #[error("{}", if *is_known {
        format!("the model {model} knows English alone; for the language \"{language}\" take a multilingual one, such as base")
    } else {
        format!("whisper knows no language \"{language}\"; give its code, such as en, de or es")
    })]
    Language { model: String, language: String, is_known: bool },
    /// The caller asked for it.
    #[error("transcription was interrupted")]
    Interrupted,
    /// whisper.cpp gave up; most likely the memory is short.
    #[error(
        "whisper.cpp failed to transcribe ({reason}); is there memory for the model? Run again with -v to see why"
    )]
    Engine { reason: String },
}

/// A speech model, loaded. May be used by several threads at once: they share the weights.
#[derive(Debug, Clone)]
pub struct Transcriber {
    context: Arc<WhisperContext>,
    /// The short name of the model: `base.en` of `ggml-base.en.bin`.
    model: String,
    info: ModelInfo,
    decoding: Arc<Decoding>,
}

/// How the model is asked. The default is what reads out best what was said, as far as was measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decoding {
    /// By default as many as the machine runs at once.
    pub n_threads: Option<NonZeroU16>,
    /// What is spoken, by whisper's codes (`en`, `de`); English by default. A model for English alone takes no other.
    pub language: Option<String>,
    /// What the model is to believe was said before; it writes on in that style. Of a long one the end counts.
    pub prompt: Option<String>,
    /// Added to the score of each filled pause before a token is chosen: 0 is the model's own opinion, 2 makes them
    /// some seven times as likely.
    pub filler_bias: f32,
    /// The encoder looks at the clip's length and a second more, and not at 30 s: quicker, and a model that never learned
    /// to may hear less.
    pub fits_audio_context: bool,
}

impl Decoding {
    fn threads(&self) -> u16 {
        let all =
            || thread::available_parallelism().map_or(1, |count| count.get().try_into().unwrap_or(u16::MAX));
        self.n_threads.map_or_else(all, NonZeroU16::get)
    }

    fn foreign_language(&self) -> Option<&str> {
        self.language.as_deref().filter(|language| *language != ENGLISH)
    }
}

impl Transcriber {
    /// Checks the model at `path` and loads it, which takes as long as reading the file does.
    ///
    /// What whisper.cpp has to say goes to the standard error if `verbose`, and otherwise nowhere; this is for the whole
    /// process, and the latest call decides.
    pub fn load(path: impl AsRef<Path>, verbose: bool) -> Result<Self, TranscribeError> {
        let path = path.as_ref();
        route_chatter(verbose);
        let info = model::inspect(path)?;
        let model = short_name(path);
        memory::for_model(&info)
            .map_err(|shortage| TranscribeError::Memory { model: model.clone(), shortage })?;
        let context = WhisperContext::new_with_params(path, WhisperContextParameters::default())
            .map_err(|_| TranscribeError::Load { path: path.into() })?;
        Ok(Self { context: Arc::new(context), model, info, decoding: Arc::default() })
    }

    /// Fails where the model does not know the language.
    pub fn with_decoding(self, decoding: Decoding) -> Result<Self, TranscribeError> {
        if let Some(language) = decoding.foreign_language() {
            let is_known = whisper_rs::get_lang_id(language).is_some();
            if !is_known || !self.info.multilingual {
                let (model, language) = (self.model, language.to_owned());
                return Err(TranscribeError::Language { model, language, is_known });
            }
        }
        Ok(Self { decoding: Arc::new(decoding), ..self })
    }

    /// The words of a recording.
    ///
    /// `samples`: mono, 16 kHz, within ±1; less than a tenth of a second has no words.
    /// `speech`: where somebody speaks, in time order, within the recording; nothing else is listened to.
    /// `progress`: called from this thread with what is done, from 0 to 1, never less than before.
    /// `interrupt`: once true, the call returns [`TranscribeError::Interrupted`] within half a second. A thread may go on
    /// for the rest of its pass over 30 s of audio, and then ends by itself; it holds a copy of the samples until then.
    pub fn transcribe(
        &self,
        samples: &[f32],
        speech: &[Interval],
        mut progress: impl FnMut(f32),
        interrupt: &AtomicBool,
    ) -> Result<Transcript, TranscribeError> {
        check_samples(samples, interrupt)?;
        let signals = Arc::new(Signals::default());
        let results = self.spawn(samples.to_vec(), speech.to_vec(), Arc::clone(&signals))?;
        let mut reported = -1;
        let words = loop {
            if interrupt.load(Ordering::Relaxed) {
                signals.abort.store(true, Ordering::Relaxed);
                let _ = results.recv_timeout(GRACE);
                return Err(TranscribeError::Interrupted);
            }
            let percent = signals.percent.load(Ordering::Relaxed).clamp(0, 100);
            if reported < percent {
                reported = percent;
                progress(percent as f32 / 100.0);
            }
            match results.recv_timeout(POLL) {
                Ok(words) => break words?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(engine("its thread panicked")),
            }
        };
        if reported < 100 {
            progress(1.0);
        }
        Ok(self.heard(words, speech))
    }

    /// The words that lie in or near speech.
    fn heard(&self, mut words: Vec<Word>, speech: &[Interval]) -> Transcript {
        let n_before = words.len();
        words.retain(|word| word.interval.is_none_or(|interval| is_near(interval, speech)));
        let mut notes = Vec::new();
        if self.info.is_for_trial() {
            notes.push(format!("{} {FOR_TRIAL}", self.model));
        }
        match n_before - words.len() {
            0 => {}
            1 => notes.push("1 word that the model heard in silence was left out".to_owned()),
            n => notes.push(format!("{n} words that the model heard in silence were left out")),
        }
        let source = Source::Whisper { model: self.model.clone() };
        Transcript { source, timing: Timing::Words, notes, words }
    }

    /// Starts the work on a thread that owns everything it uses; the result arrives in the channel.
    fn spawn(
        &self,
        samples: Vec<f32>,
        speech: Vec<Interval>,
        signals: Arc<Signals>,
    ) -> Result<mpsc::Receiver<Result<Vec<Word>, TranscribeError>>, TranscribeError> {
        let (sender, receiver) = mpsc::channel();
        let transcriber = self.clone();
        let work = move || {
            // Nobody listens any more if the caller was interrupted.
            let _ = sender.send(transcriber.recognise(&samples, &speech, &signals));
        };
        let spawned = thread::Builder::new().name("whisper".into()).spawn(work);
        spawned.map(|_| receiver).map_err(|error| engine(&format!("no thread: {error}")))
    }

    /// Runs whisper.cpp over each window of the recording, in a state of its own.
    fn recognise(
        &self,
        samples: &[f32],
        speech: &[Interval],
        signals: &Signals,
    ) -> Result<Vec<Word>, TranscribeError> {
        let (context, decoding) = (&*self.context, &*self.decoding);
        let audio_context = context.n_audio_ctx().max(1) as usize;
        let windows = windows(speech, length(samples), self.info.best_window());
        if windows.is_empty() {
            return Ok(Vec::new());
        }
        let total = total_length(&windows).0;
        let mut state = self.state()?;
        let prompt = prompt_tokens(context, decoding)?;
        let bias = FillerBias::new(context, decoding.filler_bias);
        let (mut heard, mut done) = (Vec::new(), 0.0);
        for window in windows {
            let percent = |seconds: f64| (100.0 * seconds / total) as i32;
            signals.percent_before.store(percent(done), Ordering::Relaxed);
            signals.percent_of_window.store(percent(window.length().0), Ordering::Relaxed);
            done += window.length().0;
            let samples = within(samples, window);
            if samples.len() < MIN_SAMPLES {
                continue;
            }
            // SAFETY: the callbacks run only inside `full`, on this thread or on threads that `full` joins before it returns,
            // and what they are given is borrowed for longer than that. `params` is gone by then too, so nothing keeps the
            // pointers.
            let mut params = unsafe { parameters(decoding, signals, &bias) };
            params.set_tokens(&prompt);
            params.set_max_initial_ts((LATEST_START.0 * USUAL_AUDIO_CONTEXT / audio_context as f64) as f32);
            if decoding.fits_audio_context {
                params.set_audio_ctx(fitted_audio_context(samples.len()).min(audio_context) as c_int);
            }
            state.full(params, samples).map_err(|error| match signals.abort.load(Ordering::Relaxed) {
                true => TranscribeError::Interrupted,
                false => engine(&describe(error)),
            })?;
            heard.extend(tokens(&state, context, window.start));
        }
        Ok(words_of(&heard, length(samples)))
    }

    /// Somewhere to work, if there is memory for it.
    fn state(&self) -> Result<WhisperState, TranscribeError> {
        // One worker asks and takes before the next asks, or both could be told yes where there is room for one.
        static TAKING: Mutex<()> = Mutex::new(());
        let _taking = TAKING.lock().unwrap_or_else(PoisonError::into_inner);
        memory::for_state(&self.info, self.decoding.threads())
            .map_err(|shortage| TranscribeError::Memory { model: self.model.clone(), shortage })?;
        self.context.create_state().map_err(|error| engine(&describe(error)))
    }
}

fn is_near(word: Interval, speech: &[Interval]) -> bool {
    let around = Interval::new(word.start.0 - MAX_FROM_SPEECH, word.end.0 + MAX_FROM_SPEECH);
    !clipped(around, speech).is_empty()
}

/// What the thread that transcribes and the one that waits tell each other.
#[derive(Default)]
struct Signals {
    abort: AtomicBool,
    /// Of the speech, as far as whisper.cpp has come.
    percent: AtomicI32,
    /// The same at the start of the window that it is in, and what that window is of the whole.
    percent_before: AtomicI32,
    percent_of_window: AtomicI32,
}

fn check_samples(samples: &[f32], interrupt: &AtomicBool) -> Result<(), TranscribeError> {
    if samples.is_empty() {
        return Err(TranscribeError::NoSamples);
    }
    if MAX_SECONDS * SAMPLE_RATE as usize <= samples.len() {
        return Err(TranscribeError::TooLong { seconds: length(samples).0 });
    }
    // Some milliseconds each, so that an interrupt does not wait for hours of them.
    const CHUNK: usize = 1 << 20;
    for (number, chunk) in samples.chunks(CHUNK).enumerate() {
        if interrupt.load(Ordering::Relaxed) {
            return Err(TranscribeError::Interrupted);
        }
        // NaN lies in no range.
        if let Some(index) = chunk.iter().position(|sample| !(-MAX_SAMPLE..=MAX_SAMPLE).contains(sample)) {
            return Err(TranscribeError::BadSample { index: number * CHUNK + index, value: chunk[index] });
        }
    }
    Ok(())
}

fn length(samples: &[f32]) -> Seconds {
    Seconds(samples.len() as f64 / f64::from(SAMPLE_RATE))
}

fn within(samples: &[f32], window: Interval) -> &[f32] {
    let index = |time: Seconds| ((time.0 * f64::from(SAMPLE_RATE)).round() as usize).min(samples.len());
    &samples[index(window.start)..index(window.end)]
}

fn fitted_audio_context(n_samples: usize) -> usize {
    n_samples * AUDIO_CONTEXT_RATE / SAMPLE_RATE as usize + AUDIO_CONTEXT_MARGIN
}

fn prompt_tokens(context: &WhisperContext, decoding: &Decoding) -> Result<Vec<c_int>, TranscribeError> {
    let Some(prompt) = &decoding.prompt else { return Ok(Vec::new()) };
    // No text has more tokens than bytes; whisper-rs panics where it has more than it was told. Of them whisper.cpp takes
    // the last that it has room for.
    context.tokenize(prompt, prompt.len() + 1).map_err(|_| TranscribeError::Prompt)
}

/// Filled pauses of the model's vocabulary, and what is added to their scores.
struct FillerBias {
    tokens: Vec<c_int>,
    bias: f32,
}

impl FillerBias {
    fn new(context: &WhisperContext, bias: f32) -> Self {
        let is_filled_pause = |token: &c_int| {
            context
                .token_to_bytes(*token)
                .is_ok_and(|text| FILLED_PAUSES.iter().any(|known| known.as_bytes() == text))
        };
        let all = 0..if bias == 0.0 { 0 } else { context.token_eot() };
        Self { tokens: all.filter(is_filled_pause).collect(), bias }
    }
}

/// Greedy decoding of English with a time for every token, and the callbacks.
///
/// One decoder even where a fallback to a higher temperature would take the best of five, and no beam: whisper.cpp frees
/// the state when it fails to make room for more, and whisper-rs then frees it again.
///
/// # Safety
/// The parameters must not be used after the borrows of `signals` and `bias` end.
unsafe fn parameters<'a>(decoding: &'a Decoding, signals: &Signals, bias: &FillerBias) -> FullParams<'a, 'a> {
    let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    params.set_n_threads(c_int::from(decoding.threads()));
    if let Some(language) = decoding.foreign_language() {
        params.set_language(Some(language));
    }
    params.set_token_timestamps(true);
    params.set_single_segment(false);
    params.set_no_context(true);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    let signals = ptr::from_ref(signals).cast_mut().cast::<c_void>();
    // SAFETY: each callback only reads its user data as what it is given, shared, and does not panic. They ignore
    // whisper.cpp's own pointers, but for the scores, of which there is one for each token of the vocabulary.
    unsafe {
        params.set_abort_callback(Some(wants_to_stop));
        params.set_abort_callback_user_data(signals);
        params.set_start_encoder_callback(Some(may_encode));
        params.set_start_encoder_callback_user_data(signals);
        params.set_progress_callback(Some(note_progress));
        params.set_progress_callback_user_data(signals);
        if !bias.tokens.is_empty() {
            params.set_filter_logits_callback(Some(favour_filled_pauses));
            params.set_filter_logits_callback_user_data(ptr::from_ref(bias).cast_mut().cast::<c_void>());
        }
    }
    params
}

/// # Safety
/// `scores` has a number for each token of the vocabulary that `bias` was made from; `bias` points to a [`FillerBias`]
/// that lives while the callback runs.
unsafe extern "C" fn favour_filled_pauses(
    _: *mut WhisperSysContext,
    _: *mut WhisperSysState,
    _: *const WhisperTokenData,
    _: c_int,
    scores: *mut f32,
    bias: *mut c_void,
) {
    // SAFETY: as above.
    let bias = unsafe { &*bias.cast::<FillerBias>() };
    for token in &bias.tokens {
        // SAFETY: as above; tokens are not negative.
        unsafe { *scores.add(*token as usize) += bias.bias };
    }
}

/// # Safety
/// `signals` points to a [`Signals`] that lives while the callback runs.
unsafe extern "C" fn wants_to_stop(signals: *mut c_void) -> bool {
    // SAFETY: as above; only atomics are touched, so any number of threads may be here.
    unsafe { &*signals.cast::<Signals>() }.abort.load(Ordering::Relaxed)
}

/// # Safety
/// As for [`wants_to_stop`].
unsafe extern "C" fn may_encode(
    _: *mut WhisperSysContext,
    _: *mut WhisperSysState,
    signals: *mut c_void,
) -> bool {
    // SAFETY: the same contract.
    !unsafe { wants_to_stop(signals) }
}

/// # Safety
/// As for [`wants_to_stop`].
unsafe extern "C" fn note_progress(
    _: *mut WhisperSysContext,
    _: *mut WhisperSysState,
    percent: c_int,
    signals: *mut c_void,
) {
    // SAFETY: as in `wants_to_stop`.
    let signals = unsafe { &*signals.cast::<Signals>() };
    let of_window = signals.percent_of_window.load(Ordering::Relaxed) * percent.clamp(0, 100) / 100;
    let whole = signals.percent_before.load(Ordering::Relaxed) + of_window;
    signals.percent.fetch_max(whole, Ordering::Relaxed);
}

/// What was recognised in the window that starts at `window`, without the special tokens (start, end, times).
fn tokens(state: &WhisperState, context: &WhisperContext, window: Seconds) -> Vec<Token> {
    let first_special = context.token_eot();
    let mut tokens = Vec::new();
    for segment in state.as_iter() {
        let mut starts_segment = true;
        for index in 0..segment.n_tokens() {
            let Some(token) = segment.get_token(index) else { continue };
            let (Ok(bytes), data) = (token.to_bytes(), token.token_data()) else { continue };
            if first_special <= data.id {
                continue;
            }
            // Negative where whisper.cpp has not set it.
            let start = if data.t0 < 0 { segment.start_timestamp() } else { data.t0 };
            let end = if data.t1 < 0 { segment.end_timestamp() } else { data.t1 };
            tokens.push(Token {
                bytes: bytes.to_vec(),
                interval: (window + centiseconds(start), window + centiseconds(end)),
                probability: f64::from(data.p.max(0.0)), // NaN from broken weights becomes 0
                starts_segment,
            });
            starts_segment = false;
        }
    }
    tokens
}

fn centiseconds(count: i64) -> Seconds {
    Seconds(count as f64 / 100.0)
}

fn engine(reason: &str) -> TranscribeError {
    TranscribeError::Engine { reason: reason.into() }
}

/// whisper-rs knows whisper.cpp's codes by the wrong sign, so most come as "generic".
fn describe(error: WhisperError) -> String {
    match error {
        WhisperError::GenericError(-2) => "the spectrogram could not be computed".into(),
        WhisperError::GenericError(-6) => "the encoder failed".into(),
        WhisperError::GenericError(code @ -9..=-7) => format!("the decoder failed, code {code}"),
        error => error.to_string().trim_end_matches('.').to_lowercase(),
    }
}

fn short_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.strip_prefix("ggml-").unwrap_or(&stem).to_owned()
}

/// Whether whisper.cpp's log is shown.
static VERBOSE: AtomicBool = AtomicBool::new(false);

/// Sends the log of whisper.cpp and of ggml to the standard error, or nowhere.
fn route_chatter(verbose: bool) {
    static HOOK: Once = Once::new();
    VERBOSE.store(verbose, Ordering::Relaxed);
    // SAFETY: the callback is a function that lives for ever, takes no user data and does not unwind. whisper.cpp sets
    // ggml's callback to the same. Once, since both are plain globals that a running transcription reads.
    HOOK.call_once(|| unsafe { whisper_rs::set_log_callback(Some(log), ptr::null_mut()) });
}

/// The level's type is `c_uint` or `c_int`, by platform, and whisper-rs does not export its name: hence `Level`.
///
/// # Safety
/// `text` is null or a C string.
unsafe extern "C" fn log<Level>(_level: Level, text: *const c_char, _: *mut c_void) {
    if text.is_null() || !VERBOSE.load(Ordering::Relaxed) {
        return;
    }
    // SAFETY: not null, and whisper.cpp and ggml pass C strings.
    let text = unsafe { CStr::from_ptr(text) };
    // `eprint!` would panic, across C++, where the standard error is closed.
    let _ = std::io::stderr().write_all(text.to_bytes());
}
