//! A whisper.cpp GGML file, checked from end to end before whisper.cpp sees it.
//!
//! whisper.cpp trusts what it loads: a wrong width ends in an assertion that aborts the process, a vocabulary without a
//! space in a C++ exception that nothing catches, a claimed length in an allocation of that length, and a file that
//! stops early in weights that nobody initialised. So everything that it relies on is checked here.
//!
//! The format, all numbers little-endian: the magic; eleven `i32` hyper-parameters; the mel filters (`i32` bands, `i32`
//! bins, then `f32`s); the vocabulary (`i32` count, then `u32` length and bytes of each); then tensors until the end of
//! the file: `i32` dimensions, `i32` length of the name, `i32` format, the dimensions, the name, the numbers.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::RangeInclusive;
use std::path::Path;

use super::layout::{self, NumberFormat};
use super::{ModelError, foreign};
use crate::units::Seconds;

/// `ggml` as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;

/// Bins of a 400-point Fourier transform, which is what whisper.cpp computes whatever the file says.
pub(super) const N_FFT_BINS: i32 = 201;

/// The files that whisper.cpp's `quantize` writes carry the version of the quantisation times this in `ftype`.
const QUANTISATION_VERSION_FACTOR: i32 = 1000;

/// No token of whisper's vocabularies is longer; a claim above this is damage, not text.
const MAX_TOKEN_BYTES: u32 = 1024;

/// Positions of the encoder in a second of audio.
pub const AUDIO_CONTEXT_RATE: u32 = 50;

/// In seconds; see [`ModelInfo::best_window`].
const TRIAL_WINDOW: f64 = 10.0;

/// A model's sizes, as its header gives them and the rest of the file bears out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// Tokens: 51864 (English), 51865 (multilingual), 51866 (large-v3).
    pub n_vocab: u32,
    /// Positions of the encoder, 50 in a second of audio; 1500 in all published models.
    pub n_audio_ctx: u32,
    /// Width of the encoder: 384 (tiny) to 1280 (large).
    pub n_audio_state: u32,
    pub n_audio_head: u32,
    pub n_audio_layer: u32,
    /// Tokens that the decoder can attend to; 448 in all published models.
    pub n_text_ctx: u32,
    /// Width of the decoder; the same as that of the encoder.
    pub n_text_state: u32,
    pub n_text_head: u32,
    /// Two make whisper.cpp take the model for a distilled one and turn timestamps off.
    pub n_text_layer: u32,
    /// Mel bands: 80, or 128 for large-v3.
    pub n_mels: u32,
    /// ggml's `ggml_ftype`, without the version of the quantisation.
    pub ftype: u32,
    /// How the matrices are stored, as file names have it: `f16`, `q5_1`, `q8_0` …
    pub format: &'static str,
    pub multilingual: bool,
    /// Length of the file.
    pub bytes: u64,
}

impl ModelInfo {
    /// Whether it is the model in `models/`, which knows synthetic voices alone: no published one is as narrow.
    pub fn is_for_trial(&self) -> bool {
        (self.n_audio_state, self.n_audio_layer) == (192, 3)
    }

    /// How much sound it is best given at once: what its encoder looks at, which is 30 s in all published models. The one
    /// in `models/` looks at as much, and hears the first ten seconds best (`models/README.md`).
    pub fn best_window(&self) -> Seconds {
        let window = f64::from(self.n_audio_ctx) / f64::from(AUDIO_CONTEXT_RATE);
        Seconds(if self.is_for_trial() { window.min(TRIAL_WINDOW) } else { window })
    }
}

/// Checks that the file at `path` is a whisper model, and whole; the numbers of its tensors are not read.
///
/// Takes milliseconds, and memory that does not depend on what the file claims.
pub fn inspect(path: impl AsRef<Path>) -> Result<ModelInfo, ModelError> {
    let path = path.as_ref();
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ModelError::NotFound { path: path.into() },
        _ => ModelError::Unreadable { path: path.into(), source },
    };
    // Before opening: to open a named pipe that nobody writes to would wait for ever.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ModelError::IsDirectory { path: path.into() });
    }
    if !metadata.is_file() {
        return Err(unreadable(io::Error::other("it is a device, a pipe or a socket")));
    }
    let file = File::open(path).map_err(unreadable)?;
    inspect_reader(file, metadata.len(), path)
}

/// Like [`inspect`], of `bytes` bytes that `reader` gives; `path` is only for the messages.
pub fn inspect_reader(reader: impl Read + Seek, bytes: u64, path: &Path) -> Result<ModelInfo, ModelError> {
    let mut file = Walk { reader: BufReader::new(reader), at: 0, bytes, path };
    file.magic()?;
    let (info, matrices) = file.hyperparameters()?;
    file.mel_filters(&info)?;
    file.vocabulary(&info)?;
    file.tensors(&info, matrices)?;
    Ok(info)
}

/// A file on the way from its start to its end.
struct Walk<'a, R> {
    reader: BufReader<R>,
    /// Bytes read or skipped so far.
    at: u64,
    bytes: u64,
    path: &'a Path,
}

impl<R: Read + Seek> Walk<'_, R> {
    fn magic(&mut self) -> Result<(), ModelError> {
        if self.bytes == 0 {
            return Err(ModelError::Empty { path: self.path.into() });
        }
        let mut head = Vec::with_capacity(foreign::SNIFFED);
        let read = self.reader.by_ref().take(foreign::SNIFFED as u64).read_to_end(&mut head);
        read.map_err(|source| self.unreadable(source))?;
        if !head.starts_with(&MAGIC.to_le_bytes()) {
            return Err(ModelError::NotAModel {
                path: self.path.into(),
                looks_like: foreign::looks_like(&head),
            });
        }
        let back = MAGIC.to_le_bytes().len() as i64 - head.len() as i64;
        self.reader.seek_relative(back).map_err(|source| self.unreadable(source))?;
        self.at = MAGIC.to_le_bytes().len() as u64;
        Ok(())
    }

    fn hyperparameters(&mut self) -> Result<(ModelInfo, NumberFormat), ModelError> {
        let info = ModelInfo {
            // Below the first, whisper.cpp writes past its arrays; above the last, it has no languages for the ids.
            n_vocab: self.size("n_vocab, the number of tokens,", 51_864..=51_866)?,
            n_audio_ctx: self.size("n_audio_ctx", 1..=3_000)?,
            n_audio_state: self.size("n_audio_state, the width of the encoder,", 2..=8_192)?,
            n_audio_head: self.size("n_audio_head", 1..=256)?,
            n_audio_layer: self.size("n_audio_layer", 1..=256)?,
            n_text_ctx: self.size("n_text_ctx", 16..=8_192)?,
            n_text_state: self.size("n_text_state, the width of the decoder,", 2..=8_192)?,
            n_text_head: self.size("n_text_head", 1..=256)?,
            n_text_layer: self.size("n_text_layer", 1..=256)?,
            n_mels: self.size("n_mels, the number of mel bands,", 1..=512)?,
            ftype: self.size("ftype, the number format,", 0..=i32::MAX)? % QUANTISATION_VERSION_FACTOR as u32,
            format: "",
            multilingual: false,
            bytes: self.bytes,
        };
        let Some(matrices) = layout::file_format(info.ftype as i32) else {
            let expected =
                "f16 (1), or a quantised format that whisper.cpp's `quantize` writes (2, 3, 7 to 14)";
            return Err(self.implausible("ftype, the number format,", info.ftype, expected));
        };
        self.check_widths(&info, matrices)?;
        Ok((ModelInfo { format: matrices.name, multilingual: 51_865 <= info.n_vocab, ..info }, matrices))
    }

    fn check_widths(&self, info: &ModelInfo, matrices: NumberFormat) -> Result<(), ModelError> {
        let state = info.n_audio_state;
        if info.n_text_state != state {
            let expected = format!("{state}, the width of the encoder");
            return Err(self.implausible(
                "n_text_state, the width of the decoder,",
                info.n_text_state,
                expected,
            ));
        }
        for (what, heads) in [("n_audio_head", info.n_audio_head), ("n_text_head", info.n_text_head)] {
            if !state.is_multiple_of(heads) {
                return Err(self.implausible(what, heads, format!("a divisor of the width, {state}")));
            }
        }
        if !u64::from(state).is_multiple_of(matrices.block) {
            let expected =
                format!("a multiple of {} for the number format {}", matrices.block, matrices.name);
            return Err(self.implausible("n_audio_state, the width of the encoder,", state, expected));
        }
        Ok(())
    }

    fn mel_filters(&mut self, info: &ModelInfo) -> Result<(), ModelError> {
        let n_mels = info.n_mels as i32;
        self.size("the number of mel filters", n_mels..=n_mels)?;
        self.size("the length of a mel filter", N_FFT_BINS..=N_FFT_BINS)?;
        self.skip(u64::from(info.n_mels) * N_FFT_BINS as u64 * size_of::<f32>() as u64, || {
            "the mel filters".into()
        })
    }

    fn vocabulary(&mut self, info: &ModelInfo) -> Result<(), ModelError> {
        let start = self.at;
        // Fewer than n_vocab is usual: whisper.cpp makes up the special tokens.
        let n_tokens = self.size("the length of the vocabulary", 1..=info.n_vocab as i32)?;
        let mut has_space = false;
        for token in 0..n_tokens {
            let part = || format!("token {token} of {n_tokens}");
            let at = self.at;
            let length = u32::from_le_bytes(self.array(part)?);
            if MAX_TOKEN_BYTES < length {
                return Err(self.malformed(at, format!("{} claims to be {length} bytes long", part())));
            }
            has_space |= self.text(length as usize, part)? == b" ";
        }
        if !has_space {
            // whisper.cpp looks it up before every first word, and ends the process where it is missing.
            return Err(self.malformed(start, "the vocabulary has no token for a space".into()));
        }
        Ok(())
    }

    fn tensors(&mut self, info: &ModelInfo, matrices: NumberFormat) -> Result<(), ModelError> {
        let mut missing = layout::tensors(info, matrices);
        let n_tensors = missing.len();
        while !missing.is_empty() {
            let nth = n_tensors - missing.len() + 1;
            let at = self.at;
            let (name, shape, format) =
                self.tensor_header(|| format!("the header of tensor {nth} of {n_tensors}"))?;
            let Some(tensor) = missing.remove(&name) else {
                return Err(
                    self.malformed(at, format!("no tensor of a whisper model, or a second one: {name:?}"))
                );
            };
            if shape != tensor.shape {
                let problem = format!("{name} has the shape {shape:?}, expected {:?}", tensor.shape);
                return Err(self.malformed(at, problem));
            }
            if format != tensor.format.id {
                let problem = format!("{name} has the number format {format}, expected {}", tensor.format.id);
                return Err(self.malformed(at, problem));
            }
            self.skip(tensor.bytes(), || format!("tensor {nth} of {n_tensors}, {name},"))?;
        }
        match self.bytes - self.at {
            0 => Ok(()),
            left => Err(self.malformed(self.at, format!("{left} bytes follow the last tensor"))),
        }
    }

    /// The name, shape and number format of the tensor that starts here.
    fn tensor_header(&mut self, part: impl Fn() -> String) -> Result<(String, [u64; 3], i32), ModelError> {
        let start = self.at;
        let n_dimensions = self.number(&part)?;
        let name_length = self.number(&part)?;
        let format = self.number(&part)?;
        if !(1..=3).contains(&n_dimensions) || !(1..=128).contains(&name_length) {
            let problem =
                format!("{} claims {n_dimensions} dimensions and a name of {name_length} bytes", part());
            return Err(self.malformed(start, problem));
        }
        let mut shape = [1; 3];
        for length in shape.iter_mut().take(n_dimensions as usize) {
            *length = u64::from(self.number(&part)? as u32);
        }
        let name = self.text(name_length as usize, &part)?;
        Ok((String::from_utf8_lossy(&name).into_owned(), shape, format))
    }

    /// A number of the header that has to lie in `range`, none of which is negative.
    fn size(&mut self, what: &'static str, range: RangeInclusive<i32>) -> Result<u32, ModelError> {
        let found = self.number(|| what.trim_end_matches(',').into())?;
        if range.contains(&found) {
            return Ok(found as u32);
        }
        let expected = match (range.start(), range.end()) {
            (low, high) if low == high => low.to_string(),
            (low, high) => format!("{low} to {high}"),
        };
        Err(self.implausible(what, found, expected))
    }

    fn number(&mut self, part: impl Fn() -> String) -> Result<i32, ModelError> {
        Ok(i32::from_le_bytes(self.array(part)?))
    }

    fn array<const N: usize>(&mut self, part: impl Fn() -> String) -> Result<[u8; N], ModelError> {
        self.expect(N as u64, part)?;
        let mut array = [0; N];
        self.reader.read_exact(&mut array).map_err(|source| self.unreadable(source))?;
        Ok(array)
    }

    /// `length` bytes; the caller has bounded it.
    fn text(&mut self, length: usize, part: impl Fn() -> String) -> Result<Vec<u8>, ModelError> {
        self.expect(length as u64, part)?;
        let mut text = vec![0; length];
        self.reader.read_exact(&mut text).map_err(|source| self.unreadable(source))?;
        Ok(text)
    }

    fn skip(&mut self, length: u64, part: impl Fn() -> String) -> Result<(), ModelError> {
        self.expect(length, part)?;
        let offset = i64::try_from(length).expect("no longer than a file");
        self.reader.seek_relative(offset).map_err(|source| self.unreadable(source))
    }

    /// Moves on by `needed` bytes, if the file has them.
    fn expect(&mut self, needed: u64, part: impl Fn() -> String) -> Result<(), ModelError> {
        let (at, left) = (self.at, self.bytes - self.at);
        if left < needed {
            return Err(ModelError::Truncated { path: self.path.into(), part: part(), at, needed, left });
        }
        self.at += needed;
        Ok(())
    }

    fn implausible(
        &self,
        what: &'static str,
        found: impl Into<i64>,
        expected: impl Into<String>,
    ) -> ModelError {
        ModelError::Implausible {
            path: self.path.into(),
            what: what.trim_end_matches(','),
            found: found.into(),
            expected: expected.into(),
        }
    }

    fn malformed(&self, at: u64, problem: String) -> ModelError {
        ModelError::Malformed { path: self.path.into(), at, problem }
    }

    fn unreadable(&self, source: io::Error) -> ModelError {
        ModelError::Unreadable { path: self.path.into(), source }
    }
}
