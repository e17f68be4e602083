//! What a file says of itself: who speaks, to whom, when.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::panic::catch_unwind;
use std::path::Path;

use symphonia::core::formats::FormatOptions;
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::{MetadataOptions, MetadataRevision, RawValue, StandardTag, Tag};

use super::{hint, open, riff};

/// Texts as they stand in the file, without the space around them; none is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags {
    pub artist: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    /// What somebody gave a name of their own, by that name in small letters: a comment of FLAC or Ogg, TXXX of ID3.
    pub own: BTreeMap<String, String>,
}

/// Reads the tags of `path`: the INFO list of WAV, ID3 of MP3, the comments of FLAC and Ogg, the items of M4A. None
/// where it cannot be read: whoever decodes it says why.
pub fn tags(path: &Path) -> Tags {
    let Ok(mut file) = open(path) else { return Tags::default() };
    let info = riff::info(&mut file).unwrap_or_default();
    if !info.is_empty() {
        return of_info(info);
    }
    // As in `decode`: bytes from strangers meet arithmetic that is not ours.
    catch_unwind(|| of_probe(path, file)).ok().flatten().unwrap_or_default()
}

/// Microsoft's names of what stands in the INFO list of a WAV file.
fn of_info(info: Vec<([u8; 4], String)>) -> Tags {
    let mut tags = Tags::default();
    for (name, text) in info {
        match &name {
            b"IART" => set(&mut tags.artist, &text),
            b"INAM" => set(&mut tags.title, &text),
            b"ICRD" => set(&mut tags.date, &text),
            _ => {}
        }
    }
    tags
}

fn of_probe(path: &Path, mut file: File) -> Option<Tags> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
    let probe = symphonia::default::get_probe();
    let mut format =
        probe.probe(&hint(path), stream, FormatOptions::default(), MetadataOptions::default()).ok()?;
    let mut tags = Tags::default();
    let mut metadata = format.metadata();
    while let Some(revision) = metadata.current() {
        all(revision).for_each(|tag| tags.take(tag));
        if metadata.pop().is_none() {
            break;
        }
    }
    Some(tags)
}

fn all(revision: &MetadataRevision) -> impl Iterator<Item = &Tag> {
    let tracks = revision.per_track.iter().flat_map(|track| &track.metadata.tags);
    revision.media.tags.iter().chain(tracks)
}

impl Tags {
    fn take(&mut self, tag: &Tag) {
        match &tag.std {
            Some(StandardTag::Artist(text)) => set(&mut self.artist, text),
            Some(StandardTag::TrackTitle(text)) => set(&mut self.title, text),
            Some(StandardTag::RecordingDate(text) | StandardTag::ReleaseDate(text)) => {
                set(&mut self.date, text);
            }
            _ => self.take_own(tag),
        }
    }

    fn take_own(&mut self, tag: &Tag) {
        let text = match &tag.raw.value {
            RawValue::String(text) => text.as_str(),
            RawValue::StringList(texts) => texts.first().map_or("", String::as_str),
            _ => return,
        };
        // ID3 and M4A keep the name beside the text, the others as the key.
        let beside = tag.raw.sub_fields.as_deref().and_then(|fields| match &fields.last()?.value {
            RawValue::String(name) => Some(name.as_str()),
            _ => None,
        });
        let name = beside.unwrap_or(&tag.raw.key).to_ascii_lowercase();
        if !text.trim().is_empty() {
            self.own.entry(name).or_insert_with(|| text.trim().to_owned());
        }
    }
}

/// The first that says something stays.
fn set(field: &mut Option<String>, text: &str) {
    let text = text.trim();
    if field.is_none() && !text.is_empty() {
        *field = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Tags {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("it is written");
        tags(&path)
    }

    fn shown(tags: &Tags) -> [&str; 3] {
        [&tags.artist, &tags.title, &tags.date].map(|text| text.as_deref().unwrap_or("none"))
    }

    fn id3_frame(name: &[u8; 4], text: &[u8]) -> Vec<u8> {
        // Its length, no flags, Latin-1.
        [name.as_slice(), &(text.len() as u32 + 1).to_be_bytes(), &[0, 0, 0], text].concat()
    }

    #[test]
    fn id3_of_an_mp3() {
        let frames = [
            id3_frame(b"TPE1", b"Dana Pruitt"),
            id3_frame(b"TIT2", b" Sam Ode "),
            id3_frame(b"TXXX", b"Script\0callback"),
        ]
        .concat();
        let mut bytes = b"ID3\x03\0\0\0\0\0".to_vec();
        bytes.push(frames.len() as u8);
        bytes.extend(frames);
        // Frames of layer 3 at 128 kbit/s and 44.1 kHz without anything in them.
        for _ in 0..8 {
            bytes.extend([0xFF, 0xFB, 0x90, 0x00]);
            bytes.extend([0; 413]);
        }
        let tags = read("a.mp3", &bytes);
        assert_eq!(shown(&tags), ["Dana Pruitt", "Sam Ode", "none"]);
        assert_eq!(tags.own.get("script").map(String::as_str), Some("callback"));
    }

    #[test]
    fn comments_of_a_flac() {
        let mut comments = [0u32.to_le_bytes(), 4u32.to_le_bytes()].concat();
        for comment in ["ARTIST=Dana", "date=2026-11-25", "Client=Sam Ode", "TITLE= "] {
            comments.extend((comment.len() as u32).to_le_bytes());
            comments.extend(comment.as_bytes());
        }
        // Blocks of 4096 samples; 16 kHz, mono, 16 bits, nobody knows how many, without a checksum.
        let mut info = vec![0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x03, 0xE8, 0x00, 0xF0, 0, 0, 0, 0];
        info.extend([0; 16]);
        // One frame of 4096 zeros, which the reader looks for.
        let silence = vec![0xFF, 0xF8, 0xC5, 0x08, 0, 0x6F, 0, 0, 0, 0x65, 0x55];
        let length = |block: &[u8]| (block.len() as u32).to_be_bytes()[1..].to_vec();
        let bytes =
            [b"fLaC\0".to_vec(), length(&info), info, vec![0x84], length(&comments), comments, silence]
                .concat();
        let tags = read("a.flac", &bytes);
        assert_eq!(shown(&tags), ["Dana", "none", "2026-11-25"]);
        assert_eq!(tags.own.get("client").map(String::as_str), Some("Sam Ode"));
    }

    #[test]
    fn files_that_say_nothing_or_are_none() {
        for (name, bytes) in
            [("a.wav", b"RIFF".as_slice()), ("a.mp3", b"ID3\x03\0\0\x7f\x7f\x7f\x7f"), ("a", b"")]
        {
            assert_eq!(read(name, bytes), Tags::default(), "{name}");
        }
        assert_eq!(tags(Path::new("/no/such/file.wav")), Tags::default());
    }
}
