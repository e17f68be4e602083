//! A whisper model with random weights, in the format of whisper.cpp's converters: what it hears is rubbish, but it
//! loads, runs and takes the time of a real model of its size.
//!
//! The same fields give the same bytes on every machine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Numbers of the pool that weights are cut from; making each anew would take a debug build many seconds.
const POOL: usize = 1 << 16;

/// Numbers of a block that q8_0 gives one scale.
const BLOCK: usize = 32;

/// Tokens in the file's vocabulary; whisper.cpp makes up the special ones above it.
const N_BASE_TOKENS: i32 = 50_257;

pub struct RandomModel {
    /// 51864 is English; 51866 is large-v3's, whose spectrogram has more bands.
    pub n_vocab: i32,
    pub n_state: i32,
    pub n_head: i32,
    pub n_audio_layer: i32,
    /// Not 2, which whisper.cpp takes for a distilled model without timestamps.
    pub n_text_layer: i32,
    /// Matrices in q8_0 and not f16, as whisper.cpp's `quantize` leaves them.
    pub quantised: bool,
    pub seed: u64,
}

impl Default for RandomModel {
    fn default() -> Self {
        Self {
            n_vocab: 51_864,
            n_state: 64,
            n_head: 2,
            n_audio_layer: 2,
            n_text_layer: 3,
            quantised: false,
            seed: 1,
        }
    }
}

impl RandomModel {
    /// Writes the model to `ggml-random.bin` in `folder`.
    pub fn write(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ggml-random.bin");
        std::fs::write(&path, self.bytes()).unwrap();
        path
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut file = Writer {
            bytes: Vec::new(),
            matrix: if self.quantised { Q8_0 } else { F16 },
            pool: pool(self.seed),
            stored: HashMap::new(),
            random: Random(self.seed ^ 0x5eed),
        };
        self.header(&mut file);
        file.vocabulary();
        self.encoder(&mut file);
        self.decoder(&mut file);
        file.bytes
    }

    fn n_mels(&self) -> i32 {
        if self.n_vocab == 51_866 { 128 } else { 80 }
    }

    fn header(&self, file: &mut Writer) {
        let (n_mels, ftype) = (self.n_mels(), if self.quantised { 2007 } else { 1 });
        let Self { n_vocab, n_state, n_head, n_audio_layer, n_text_layer, .. } = *self;
        file.numbers(&[0x6767_6d6c]);
        file.numbers(&[n_vocab, 1500, n_state, n_head, n_audio_layer]);
        file.numbers(&[448, n_state, n_head, n_text_layer, n_mels, ftype]);
        file.numbers(&[n_mels, 201]);
        for band in 0..n_mels {
            for bin in 0..201 {
                // Triangles of equal width; real ones widen with frequency, which matters to no test.
                let middle = band as f32 * 200.0 / n_mels as f32;
                let height = 1.0 - ((bin as f32 - middle).abs() / 4.0).min(1.0);
                file.bytes.extend((height * 0.02).to_le_bytes());
            }
        }
    }

    fn encoder(&self, file: &mut Writer) {
        let n = self.n_state;
        file.tensor("encoder.positional_embedding", &[n, 1500], F32, 0.1);
        file.tensor("encoder.conv1.weight", &[3, self.n_mels(), n], F16, 0.1);
        file.tensor("encoder.conv1.bias", &[1, n], F32, 0.1);
        file.tensor("encoder.conv2.weight", &[3, n, n], F16, 0.1);
        file.tensor("encoder.conv2.bias", &[1, n], F32, 0.1);
        file.norm("encoder.ln_post", n);
        for layer in 0..self.n_audio_layer {
            file.perceptron(&format!("encoder.blocks.{layer}"), n);
            file.attention(&format!("encoder.blocks.{layer}.attn"), n);
        }
    }

    fn decoder(&self, file: &mut Writer) {
        let n = self.n_state;
        file.tensor("decoder.positional_embedding", &[n, 448], F32, 0.3);
        // Wide enough that some text beats the 1501 times together, so that words of several tokens come out.
        file.tensor(
            "decoder.token_embedding.weight",
            &[n, self.n_vocab],
            file.matrix,
            3.0 / (n as f32).sqrt(),
        );
        file.norm("decoder.ln", n);
        for layer in 0..self.n_text_layer {
            file.perceptron(&format!("decoder.blocks.{layer}"), n);
            file.attention(&format!("decoder.blocks.{layer}.attn"), n);
            file.attention(&format!("decoder.blocks.{layer}.cross_attn"), n);
        }
    }
}

/// ggml's number formats.
const F32: i32 = 0;
const F16: i32 = 1;
const Q8_0: i32 = 8;

struct Writer {
    bytes: Vec<u8>,
    /// The format of matrices.
    matrix: i32,
    pool: Vec<f32>,
    /// The pool twice over, as it stands in a file, by spread and format.
    stored: HashMap<(u32, i32), Vec<u8>>,
    random: Random,
}

impl Writer {
    fn numbers(&mut self, numbers: &[i32]) {
        self.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    fn vocabulary(&mut self) {
        self.numbers(&[N_BASE_TOKENS]);
        for id in 0..N_BASE_TOKENS {
            let token = token(id);
            self.numbers(&[token.len() as i32]);
            self.bytes.extend(token);
        }
    }

    fn norm(&mut self, name: &str, n: i32) {
        for (part, number) in [("weight", 1.0_f32), ("bias", 0.0)] {
            self.tensor_header(&format!("{name}.{part}"), &[n], F32);
            self.bytes.extend((0..n).flat_map(|_| number.to_le_bytes()));
        }
    }

    fn perceptron(&mut self, block: &str, n: i32) {
        let spread = 1.0 / (n as f32).sqrt();
        self.norm(&format!("{block}.mlp_ln"), n);
        self.tensor(&format!("{block}.mlp.0.weight"), &[n, 4 * n], self.matrix, spread);
        self.tensor(&format!("{block}.mlp.0.bias"), &[4 * n], F32, 0.1);
        self.tensor(&format!("{block}.mlp.2.weight"), &[4 * n, n], self.matrix, spread / 2.0);
        self.tensor(&format!("{block}.mlp.2.bias"), &[n], F32, 0.1);
    }

    fn attention(&mut self, attention: &str, n: i32) {
        self.norm(&format!("{attention}_ln"), n);
        for part in ["query", "key", "value", "out"] {
            self.tensor(&format!("{attention}.{part}.weight"), &[n, n], self.matrix, 1.0 / (n as f32).sqrt());
            if part != "key" {
                self.tensor(&format!("{attention}.{part}.bias"), &[n], F32, 0.1);
            }
        }
    }

    fn tensor_header(&mut self, name: &str, shape: &[i32], format: i32) {
        self.numbers(&[shape.len() as i32, name.len() as i32, format]);
        self.numbers(shape);
        self.bytes.extend(name.as_bytes());
    }

    /// Normal numbers of the given spread: each row a stretch of the pool from a random place.
    fn tensor(&mut self, name: &str, shape: &[i32], format: i32, spread: f32) {
        self.tensor_header(name, shape, format);
        let stored = self.stored.entry((spread.to_bits(), format)).or_insert_with(|| {
            let scaled: Vec<f32> = self.pool.iter().map(|number| number * spread).collect();
            store(&scaled, format).repeat(2)
        });
        let (block, block_bytes) = match format {
            F32 => (1, 4),
            F16 => (1, 2),
            _ => (BLOCK, 2 + BLOCK),
        };
        let row_bytes = shape[0] as usize / block * block_bytes;
        for _ in 0..shape[1..].iter().product::<i32>() {
            let start = self.random.next() as usize % (POOL / block) * block_bytes;
            self.bytes.extend_from_slice(&stored[start..start + row_bytes]);
        }
    }
}

fn store(numbers: &[f32], format: i32) -> Vec<u8> {
    match format {
        F32 => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
        F16 => numbers.iter().flat_map(|number| half(*number).to_le_bytes()).collect(),
        _ => numbers.chunks(BLOCK).flat_map(store_q8_0).collect(),
    }
}

/// A scale, then each number as a multiple of it.
fn store_q8_0(block: &[f32]) -> Vec<u8> {
    let scale = block.iter().fold(0.0, |most: f32, number| most.max(number.abs())) / 127.0;
    let multiples = block.iter().map(|number| (number / scale).round() as i8 as u8);
    half(scale).to_le_bytes().into_iter().chain(multiples).collect()
}

/// Made-up tokens as whisper's are: half start a word, some are punctuation, some hold half a letter.
fn token(id: i32) -> Vec<u8> {
    match id {
        220 => b" ".to_vec(), // as in GPT-2's vocabulary
        id if id % 41 == 0 => [b",", b".", b"?", b"!"][id as usize / 41 % 4].to_vec(),
        id if id % 97 == 0 => vec![b'c', 0xc3],
        id if id % 2 == 0 => format!(" {}", syllables(id)).into_bytes(),
        id => syllables(id).into_bytes(),
    }
}

fn syllables(id: i32) -> String {
    let mut text = String::new();
    let mut rest = id as usize;
    while 0 < rest {
        text.push(char::from(b"bdfgklmnprstvz"[rest % 14]));
        text.push(char::from(b"aeiou"[rest / 14 % 5]));
        rest /= 70;
    }
    text
}

fn pool(seed: u64) -> Vec<f32> {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // The sum of twelve uniform numbers is normal enough, and needs no mathematics library, whose last digits differ.
    let mut normal = || (0..12).map(|_| (random.next() >> 40) as f32 / (1 << 24) as f32).sum::<f32>() - 6.0;
    (0..POOL).map(|_| normal()).collect()
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

/// IEEE half precision, rounded towards zero, for numbers below 65504; those under 2^-14 become 0.
fn half(number: f32) -> u16 {
    let bits = number.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let exponent = (bits >> 23 & 0xff) as i32 - 127 + 15;
    match exponent {
        ..=0 => sign,
        exponent => sign | (exponent as u16) << 10 | (bits >> 13 & 0x3ff) as u16,
    }
}
