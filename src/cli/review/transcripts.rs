//! What was said in each recording, transcribed elsewhere: the files of a folder by the names of the recordings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// What a transcript's name ends with, in small letters. Of several of one recording that comes first which says most of when
/// each word was said.
const ENDINGS: [&str; 7] = ["json", "textgrid", "ctm", "tsv", "vtt", "srt", "txt"];

/// By their paths within the folder, without an ending.
#[derive(Debug, Default)]
pub struct Transcripts {
    files: BTreeMap<PathBuf, PathBuf>,
}

impl Transcripts {
    pub fn in_folder(folder: &Path) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!("--transcripts {}: no such folder", folder.display()));
        }
        let mut files = BTreeMap::new();
        for entry in WalkBuilder::new(folder).standard_filters(false).build() {
            let path =
                entry.map_err(|error| format!("--transcripts {}: {error}", folder.display()))?.into_path();
            let (Some(rank), Ok(place)) = (rank(&path), path.strip_prefix(folder)) else { continue };
            let place = place.with_extension("");
            if files
                .get(&place)
                .and_then(|other: &PathBuf| self::rank(other))
                .is_none_or(|other| rank < other)
            {
                files.insert(place, path);
            }
        }
        if files.is_empty() {
            let endings = ENDINGS.join(", ");
            return Err(format!("--transcripts {}: no transcripts in it ({endings})", folder.display()));
        }
        Ok(Self { files })
    }

    /// That of the longest end of a recording's path: `ann/1.srt` or `ann/1.wav.srt` of `calls/ann/1.wav` before `1.srt`.
    pub fn of(&self, recording: &Path) -> Option<&Path> {
        let parts: Vec<_> = recording.components().collect();
        let ends = (0..parts.len()).map(|start| parts[start..].iter().collect::<PathBuf>());
        let mut found = ends.filter_map(|end| {
            let both = [self.files.get(&end.with_extension("")), self.files.get(&end)];
            both.into_iter().flatten().min_by_key(|file| rank(file))
        });
        found.next().map(PathBuf::as_path)
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.values()
    }
}

/// `None` of what is no transcript by its name.
fn rank(path: &Path) -> Option<usize> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS.iter().position(|known| *known == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_end_of_a_path_and_the_best_ending_win() {
        let folder = tempfile::TempDir::new().expect("a folder");
        std::fs::create_dir(folder.path().join("ann")).expect("made");
        for name in ["ann/1.srt", "ann/1.wav.JSON", "ann/1.txt", "1.vtt", "2.wav.json", "3.pdf"] {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        let transcripts = Transcripts::in_folder(folder.path()).expect("transcripts");
        let of = |recording: &str| {
            let found = transcripts.of(Path::new(recording))?.strip_prefix(folder.path());
            Some(found.expect("within").to_str().expect("UTF-8").to_owned())
        };
        assert_eq!(of("calls/ann/1.wav").as_deref(), Some("ann/1.wav.JSON"));
        assert_eq!(of("calls/bo/1.mp3").as_deref(), Some("1.vtt"));
        assert_eq!(of("/x/2.wav").as_deref(), Some("2.wav.json"));
        assert_eq!((of("2.mp3"), of("3.wav"), of("11.wav")), (None, None, None));
    }
}
