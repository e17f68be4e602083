//! What a whisper model must contain, given its sizes: every tensor by name, shape and number format.
//!
//! Source: `whisper_model_load` and `whisper-arch.h` of whisper.cpp 1.8.3.

use std::collections::HashMap;

use super::ModelInfo;

/// How the numbers of a tensor are stored: `bytes` for every `block` numbers of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberFormat {
    /// ggml's `ggml_type`, as in the header of a tensor.
    pub id: i32,
    pub name: &'static str,
    pub block: u64,
    pub bytes: u64,
}

const fn format(id: i32, name: &'static str, block: u64, bytes: u64) -> NumberFormat {
    NumberFormat { id, name, block, bytes }
}

const F32: NumberFormat = format(0, "f32", 1, 4);
const F16: NumberFormat = format(1, "f16", 1, 2);

/// ggml's `ggml_ftype`, as in the header of a file, and the format that its matrices then have.
///
/// Left out: f32 (0), which whisper.cpp loads and then aborts on (its convolution asserts f16 kernels), and the formats
/// that whisper.cpp's `quantize` does not write.
const FILE_FORMATS: &[(i32, NumberFormat)] = &[
    (1, F16),
    (2, format(2, "q4_0", 32, 18)),
    (3, format(3, "q4_1", 32, 20)),
    (7, format(8, "q8_0", 32, 34)),
    (8, format(6, "q5_0", 32, 22)),
    (9, format(7, "q5_1", 32, 24)),
    (10, format(10, "q2_k", 256, 84)),
    (11, format(11, "q3_k", 256, 110)),
    (12, format(12, "q4_k", 256, 144)),
    (13, format(13, "q5_k", 256, 176)),
    (14, format(14, "q6_k", 256, 210)),
    (24, format(30, "bf16", 1, 2)),
];

/// The format of the matrices of a file, by the `ftype` of its header; `None` for one that cannot be run.
pub(super) fn file_format(ftype: i32) -> Option<NumberFormat> {
    FILE_FORMATS.iter().find(|(id, _)| *id == ftype).map(|(_, format)| *format)
}

/// A tensor: its row length, rows and planes, and how its numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tensor {
    pub shape: [u64; 3],
    pub format: NumberFormat,
}

impl Tensor {
    /// The length of its numbers in the file. Whole blocks only: the caller has checked the row length.
    pub(super) fn bytes(&self) -> u64 {
        self.shape.iter().product::<u64>() / self.format.block * self.format.bytes
    }
}

/// Every tensor of a model of these sizes, by name.
pub(super) fn tensors(info: &ModelInfo, matrices: NumberFormat) -> HashMap<String, Tensor> {
    let state = u64::from(info.n_audio_state);
    let mut list = Layout { matrices, tensors: HashMap::new() };
    list.add("encoder.positional_embedding", [state, info.n_audio_ctx.into(), 1], F32);
    list.add("encoder.conv1.weight", [3, info.n_mels.into(), state], F16);
    list.add("encoder.conv1.bias", [1, state, 1], F32);
    list.add("encoder.conv2.weight", [3, state, state], F16);
    list.add("encoder.conv2.bias", [1, state, 1], F32);
    list.norm("encoder.ln_post", state);
    for layer in 0..info.n_audio_layer {
        let block = format!("encoder.blocks.{layer}");
        list.perceptron(&block, state);
        list.attention(&block, "attn", state);
    }

    list.add("decoder.positional_embedding", [state, info.n_text_ctx.into(), 1], F32);
    list.add("decoder.token_embedding.weight", [state, info.n_vocab.into(), 1], matrices);
    list.norm("decoder.ln", state);
    for layer in 0..info.n_text_layer {
        let block = format!("decoder.blocks.{layer}");
        list.perceptron(&block, state);
        list.attention(&block, "attn", state);
        list.attention(&block, "cross_attn", state);
    }
    list.tensors
}

struct Layout {
    matrices: NumberFormat,
    tensors: HashMap<String, Tensor>,
}

impl Layout {
    fn add(&mut self, name: impl Into<String>, shape: [u64; 3], format: NumberFormat) {
        self.tensors.insert(name.into(), Tensor { shape, format });
    }

    fn norm(&mut self, name: &str, state: u64) {
        self.add(format!("{name}.weight"), [state, 1, 1], F32);
        self.add(format!("{name}.bias"), [state, 1, 1], F32);
    }

    fn perceptron(&mut self, block: &str, state: u64) {
        self.norm(&format!("{block}.mlp_ln"), state);
        self.add(format!("{block}.mlp.0.weight"), [state, 4 * state, 1], self.matrices);
        self.add(format!("{block}.mlp.0.bias"), [4 * state, 1, 1], F32);
        self.add(format!("{block}.mlp.2.weight"), [4 * state, state, 1], self.matrices);
        self.add(format!("{block}.mlp.2.bias"), [state, 1, 1], F32);
    }

    fn attention(&mut self, block: &str, kind: &str, state: u64) {
        self.norm(&format!("{block}.{kind}_ln"), state);
        for part in ["query", "key", "value", "out"] {
            self.add(format!("{block}.{kind}.{part}.weight"), [state, state, 1], self.matrices);
        }
        for part in ["query", "value", "out"] {
            self.add(format!("{block}.{kind}.{part}.bias"), [state, 1, 1], F32); // a key has no bias in whisper
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ggml::N_FFT_BINS;
    use super::super::registry;
    use super::*;

    /// Width, layers of the encoder and of the decoder, mel bands: Radford et al. 2023, Table 1; large-v3's and the turbo's are
    /// from their release notes.
    const SIZES: &[(&str, [u32; 4])] = &[
        ("tiny", [384, 4, 4, 80]),
        ("base", [512, 6, 6, 80]),
        ("small", [768, 12, 12, 80]),
        ("medium", [1024, 24, 24, 80]),
        ("large-v3-turbo", [1280, 32, 4, 128]),
        ("large-v3", [1280, 32, 32, 128]),
        ("large", [1280, 32, 32, 80]),
    ];

    fn info(name: &str) -> ModelInfo {
        let [state, n_audio_layer, n_text_layer, n_mels] =
            SIZES.iter().find(|(size, _)| name.starts_with(size)).expect(name).1;
        let multilingual = !name.contains(".en");
        ModelInfo {
            n_vocab: 51864 + u32::from(multilingual) + u32::from(n_mels == 128),
            n_audio_ctx: 1500,
            n_audio_state: state,
            n_audio_head: state / 64,
            n_audio_layer,
            n_text_ctx: 448,
            n_text_state: state,
            n_text_head: state / 64,
            n_text_layer,
            n_mels,
            ftype: 1,
            format: "f16",
            multilingual,
            bytes: 0,
        }
    }

    #[test]
    fn tiny_english_has_the_tensors_and_the_size_of_the_published_file() {
        let tensors = tensors(&info("tiny.en"), F16);
        // whisper.cpp prints "model size = 77.11 MB" for ggml-tiny.en.bin: 5 + 2 + 3 + 2, 15 a layer, 24 a layer.
        assert_eq!(tensors.len(), 5 + 2 + 2 + 2 + 4 * (15 + 24));
        let megabytes = tensors.values().map(Tensor::bytes).sum::<u64>() as f64 / 1e6;
        assert!((77.0..77.2).contains(&megabytes), "{megabytes} MB");
    }

    /// With its numbers of dimensions, letters and format, and its length along each dimension.
    fn in_file(name: &str, tensor: &Tensor) -> u64 {
        let n_dimensions =
            tensor.shape.iter().rposition(|length| *length > 1).map_or(1, |last| last as u64 + 1);
        12 + 4 * n_dimensions + name.len() as u64 + tensor.bytes()
    }

    #[test]
    fn every_known_model_is_as_long_as_its_sizes_say() {
        for model in registry::all() {
            let info = info(model.name);
            let last = model.name.rsplit('-').next();
            let quantised = FILE_FORMATS.iter().find(|(_, known)| Some(known.name) == last);
            let tensors = tensors(&info, quantised.map_or(F16, |(_, known)| *known));
            let tensors: u64 = tensors.iter().map(|(name, tensor)| in_file(name, tensor)).sum();
            // The magic number and 11 sizes; two lengths and the filters; a length and the vocabulary.
            let head = 4 * 12 + 4 * 2 + 4 * u64::from(info.n_mels) * N_FFT_BINS as u64 + 4;
            // There are two vocabularies: a model that is not as long as it should be leaves another.
            let vocabulary = if info.multilingual { 508_085 } else { 521_855 };
            assert_eq!(model.bytes, head + vocabulary + tensors, "{}", model.name);
        }
    }
}
