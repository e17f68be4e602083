//! Whether there is memory for a model, asked before whisper.cpp is: where it runs out, it aborts the process.

use std::fmt;

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use crate::model::ModelInfo;

/// What whisper.cpp rounds the positions of a cache up to.
const CACHE_STEP: u64 = 256;

/// Rows as wide as the encoder, one for each of its positions, that are there at once beside the scores of attention.
/// whisper.cpp 1.8.3 prints 64.8 MB with tiny's sizes, 85.9 MB with base's: the scores are 54 and 72 of them.
const N_ENCODER_ROWS: u64 = 5;

/// Address space that a thread takes for its stack (8 MiB) and its heap (64 MiB, aligned to as much) before it uses any, with
/// glibc.
const THREAD_SPACE: u64 = 136 << 20;

/// Address space for all that comes after the question: the recording, its spectrogram, tables. Ours: with half of it
/// whisper.cpp still fell in five of forty tries at limits of 150 to 1,100 MB.
const OTHER_SPACE: u64 = 256 << 20;

/// How much memory a model wants, in bytes, and there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    pub needed: u64,
    /// `None`: the process may not have that much, whatever is free.
    pub free: Option<u64>,
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
        let needed = megabytes(self.needed);
        match self.free {
            Some(free) => write!(
                f,
                "needs about {needed} MB of memory, and {} MB are free; close other programs, or take a smaller model \
                 (afterbeep model list)",
                megabytes(free)
            ),
            None => write!(
                f,
                "needs about {needed} MB of address space, and this process may not have as much; raise its limit \
                 (ulimit -v), or take a smaller model (afterbeep model list)"
            ),
        }
    }
}

/// For a model that is to be loaded, and one state to work in.
pub(super) fn for_model(info: &ModelInfo) -> Result<(), Shortage> {
    ensure(info.bytes + touched(info), info.bytes + reserved(info), 1)
}

/// For one more state, which so many threads work in beside the one that starts them.
pub(super) fn for_state(info: &ModelInfo, n_threads: u16) -> Result<(), Shortage> {
    ensure(touched(info), reserved(info), n_threads)
}

fn ensure(touched: u64, reserved: u64, n_threads: u16) -> Result<(), Shortage> {
    let free = free();
    if free < touched {
        return Err(Shortage { needed: touched, free: Some(free) });
    }
    let space = reserved + OTHER_SPACE + (1 + u64::from(n_threads)) * THREAD_SPACE;
    let is_given =
        usize::try_from(space).is_ok_and(|space| Vec::<u8>::new().try_reserve_exact(space).is_ok());
    if is_given { Ok(()) } else { Err(Shortage { needed: space, free: None }) }
}

/// What programs can get, with what can be swapped out; in a container, no more than that has left.
fn free() -> u64 {
    let memory = RefreshKind::nothing().with_memory(MemoryRefreshKind::everything());
    let system = System::new_with_specifics(memory);
    let of_machine = system.available_memory() + system.free_swap();
    // Less what programs hold: its `free_memory` is also without the files that the system keeps until it wants the room.
    let of_container = system
        .cgroup_limits()
        .map(|limits| limits.total_memory.saturating_sub(limits.rss) + limits.free_swap);
    of_container.map_or(of_machine, |free| free.min(of_machine))
}

/// Bytes that one state of whisper.cpp writes to, about: what the encoder works in and the caches of keys and values.
fn touched(info: &ModelInfo) -> u64 {
    let [context, state, heads] = [info.n_audio_ctx, info.n_audio_state, info.n_audio_head].map(u64::from);
    let scores = context * context * heads * size_of::<f32>() as u64;
    let rows = N_ENCODER_ROWS * context * state * size_of::<f32>() as u64;
    let positions = [info.n_text_ctx, info.n_audio_ctx].map(|n| u64::from(n).next_multiple_of(CACHE_STEP));
    // Keys and values, in f16.
    let caches = positions.iter().sum::<u64>() * u64::from(info.n_text_layer) * state * 2 * 2;
    scores + rows + caches
}

/// Bytes that it asks for: also the scores of every token at every position of the text, twice.
fn reserved(info: &ModelInfo) -> u64 {
    touched(info) + 2 * u64::from(info.n_text_ctx) * u64::from(info.n_vocab) * size_of::<f32>() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_size(n_state: u32, n_head: u32, n_layers: u32, bytes: u64) -> ModelInfo {
        ModelInfo {
            n_vocab: 51864,
            n_audio_ctx: 1500,
            n_audio_state: n_state,
            n_audio_head: n_head,
            n_audio_layer: n_layers,
            n_text_ctx: 448,
            n_text_state: n_state,
            n_text_head: n_head,
            n_text_layer: n_layers,
            n_mels: 80,
            ftype: 1,
            format: "f16",
            multilingual: false,
            bytes,
        }
    }

    /// whisper.cpp's own buffers, as it prints them for random weights of these sizes: caches, convolution, encoder, cross.
    #[test]
    fn what_is_touched_is_what_whisper_cpp_says_it_takes() {
        for (info, expected) in
            [(of_size(384, 6, 4, 0), 3.15 + 9.44 + 64.81), (of_size(512, 8, 6, 0), 6.29 + 18.87 + 85.88)]
        {
            let found = touched(&info) as f64 / 1e6;
            assert!((found / expected - 1.0).abs() < 0.05, "{found} MB, whisper.cpp says {expected}");
        }
    }

    #[test]
    fn a_model_larger_than_the_memory_is_told_with_both_figures() {
        let shortage = for_model(&of_size(384, 6, 4, 1 << 60)).unwrap_err();
        assert!(shortage.free.is_some_and(|free| 0 < free && free < shortage.needed), "{shortage}");
        assert!(shortage.to_string().contains("MB are free"), "{shortage}");
    }

    #[test]
    fn a_small_model_has_room() {
        assert_eq!(for_model(&of_size(64, 2, 2, 1 << 20)), Ok(()));
    }
}
