//! Naming a file by its first bytes, for errors that say what the file *is*.

/// What the first bytes of a file say about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Magic {
    /// Certainly not sound.
    NotAudio(&'static str),
    /// Sound of a codec that is not read here.
    Unsupported(String),
    /// Worth trying to decode.
    Possible,
}

const NOT_AUDIO: [(&[u8], &str); 11] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"MThd", "MIDI notes"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "a database"),
];

const UNSUPPORTED: [(&[u8], &str); 11] = [
    (b"#!AMR-WB", "AMR-WB audio"),
    (b"#!AMR", "AMR-NB audio"),
    (b"#!SILK", "SILK audio"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media audio (WMA/ASF)"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM"),
    (b"wvpk", "WavPack audio"),
    (b"MAC ", "Monkey's Audio"),
    (b".snd", "Sun/NeXT AU audio"),
    (b"RF64", "RF64 (a WAV above 4 GB)"),
    (b"riff", "Sony Wave64 audio"),
    (b"caff", "Core Audio Format (CAF)"),
];

/// Codecs of WAVE `fmt ` chunks by their format tag (RFC 2361), of those that voicemail systems and dictation
/// machines write and that are not decoded here.
const WAVE_TAGS: [(u16, &str); 9] = [
    (0x0014, "G.723 ADPCM in a WAV"),
    (0x0022, "TrueSpeech in a WAV"),
    (0x0031, "GSM 6.10 in a WAV"),
    (0x0040, "G.721 ADPCM in a WAV"),
    (0x0045, "G.726 ADPCM in a WAV"),
    (0x0055, "MP3 in a WAV"),
    (0x0064, "G.726 ADPCM in a WAV"),
    (0x0083, "G.729 in a WAV"),
    (0x0161, "Windows Media audio in a WAV"),
];

/// The name of a WAVE format tag that is not decoded here.
pub(super) fn wave_codec(tag: u16) -> Option<&'static str> {
    WAVE_TAGS.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
}

/// `head`: the first bytes of the file, a few hundred of them.
pub(super) fn identify(head: &[u8]) -> Magic {
    if let Some((_, what)) = NOT_AUDIO.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Magic::NotAudio(what);
    }
    if let Some((_, codec)) = UNSUPPORTED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Magic::Unsupported((*codec).into());
    }
    if head.starts_with(b"OggS") {
        for (mark, codec) in [(&b"OpusHead"[..], "Opus in Ogg"), (b"Speex   ", "Speex in Ogg")] {
            if head.windows(mark.len()).any(|bytes| bytes == mark) {
                return Magic::Unsupported(codec.into());
            }
        }
    }
    if head.starts_with(b"RIFF") && head.len() >= 12 && &head[8..12] != b"WAVE" {
        return Magic::NotAudio("another kind of RIFF file (AVI, WebP …)");
    }
    if is_text(head) { Magic::NotAudio("text") } else { Magic::Possible }
}

/// Printable text in UTF-8; a character cut by the end of `head` is allowed.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or("\0")
        }
        Err(_) => return false,
    };
    // "RIFF" and a few zero-free bytes alone would pass as text, but are a header cut off.
    !["RIFF", "OggS", "fLaC", "FORM", "ID3"].iter().any(|magic| text.starts_with(magic))
        && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_their_first_bytes() {
        assert_eq!(identify(b"\x89PNG\r\n\x1a\n"), Magic::NotAudio("a PNG picture"));
        assert_eq!(identify("Grüße, please call".as_bytes()), Magic::NotAudio("text"));
        assert_eq!(identify(&"Grüße".as_bytes()[..3]), Magic::NotAudio("text"), "a character cut in two");
        assert_eq!(identify(b"#!AMR\n\x3c"), Magic::Unsupported("AMR-NB audio".into()));
        assert_eq!(identify(b"RIFF\x24\0\0\0WAVEfmt "), Magic::Possible);
        assert_eq!(identify(b"RIFF"), Magic::Possible);
        assert_eq!(wave_codec(0x31), Some("GSM 6.10 in a WAV"));
        assert_eq!(wave_codec(1), None);
    }
}
