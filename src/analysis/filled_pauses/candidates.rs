//! Stretches that may be a filled pause: sound between two places where the timbre turns.
//!
//! Some of them fit nearly every *um*, and very many fit none; [`super::evidence`] is what tells them apart.

use std::ops::Range;

use super::super::spectrum::{Spectra, SpectralFrame};

/// Distance of the mean coefficients before and after (dB) from which a frame may be a turn, and the frames on each side
/// among which it is the largest: a third of what parts a vowel from a consonant, and half a short sound (ours).
const LEAST_TURN: f64 = 9.0;
const APART: usize = 3;
/// Turns within a filled pause: into the vowel, from the vowel into the nasal, into creak, and out.
const MOST_TURNS_WITHIN: usize = 4;
/// From 120 ms, below which no *uh* is noticed, to 1.6 s, above which a tone, a hum or the line is likelier.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=160;
/// Gaps of sound this short are within one sound (30 ms): creak, or a flicker about the threshold.
const LONGEST_FLICKER: usize = 3;

/// Ranges of frames between the edges of sounds, by their beginnings; they overlap.
pub fn candidates(sounds: &[Vec<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for edges in sounds {
        for (first, start) in edges.iter().enumerate() {
            let ends = edges[first + 1..].iter().take(MOST_TURNS_WITHIN + 1);
            found.extend(ends.map(|end| *start..*end).filter(|stretch| LENGTHS.contains(&stretch.len())));
        }
    }
    found
}

/// Frames from one turn to the next, the mean over all that sounds.
pub fn usual_frames(sounds: &[Vec<usize>]) -> f64 {
    let n_frames: usize = sounds.iter().map(|edges| edges[edges.len() - 1] - edges[0]).sum();
    let n_parts: usize = sounds.iter().map(|edges| edges.len() - 1).sum();
    n_frames.max(1) as f64 / n_parts.max(1) as f64
}

/// Of each sound above the threshold its beginning, its turns and its end: two frames at least.
pub fn edges(spectra: &Spectra, threshold_db: f64) -> Vec<Vec<usize>> {
    let of_sound = |sound: Range<usize>| {
        let inner = sound.start + APART..sound.end.saturating_sub(APART).max(sound.start + APART);
        let turns = inner.filter(|index| is_turn(&spectra.change, *index));
        [sound.start].into_iter().chain(turns).chain([sound.end]).collect()
    };
    sounds(&spectra.frames, threshold_db).into_iter().map(of_sound).collect()
}

fn is_turn(change: &[f64], index: usize) -> bool {
    let around = &change[index.saturating_sub(APART)..change.len().min(index + APART + 1)];
    change[index] >= LEAST_TURN && around.iter().all(|other| *other <= change[index])
}

/// Runs of frames above the threshold.
fn sounds(frames: &[SpectralFrame], threshold_db: f64) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for index in (0..frames.len()).filter(|index| frames[*index].level_db > threshold_db) {
        match found.last_mut() {
            Some(last) if index - last.end <= LONGEST_FLICKER => last.end = index + 1,
            _ => found.push(index..index + 1),
        }
    }
    found
}
