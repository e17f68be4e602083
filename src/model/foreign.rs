//! What a file that is not a model is instead, so that the error can say so.

/// How many bytes from the start of a file are enough for [`looks_like`].
pub(super) const SNIFFED: usize = 64;

/// Beginnings that settle the question. Sources: each format's own specification.
const MAGICS: &[(&[u8], &str)] = &[
    (b"GGUF", "a GGUF model (llama.cpp's format)"),
    (b"tjgg", "an old llama.cpp model"),
    (b"fmgg", "an old llama.cpp model"),
    (b"ggml", "a GGML model for a big-endian machine"),
    (b"PK\x03\x04", "a zip archive (PyTorch saves its models so; convert it to GGML first)"),
    (b"\x80\x02", "a Python pickle (an old PyTorch model; convert it to GGML first)"),
    (b"version https://git-lfs", "a git-lfs pointer (the model itself was not fetched: git lfs pull)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive (unpack it first)"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"OggS", "an Ogg recording"),
];

/// A noun phrase for the file that starts with `head`.
pub(super) fn looks_like(head: &[u8]) -> &'static str {
    if let Some((_, kind)) = MAGICS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return kind;
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return "a WAV recording";
    }
    if head.get(8..10) == Some(b"{\"") {
        return "a safetensors model (convert it to GGML first)"; // eight bytes of header length, then JSON
    }
    if let [0x08, 1..=20, 0x12, ..] = head {
        return "an ONNX model"; // protobuf: field 1, the IR version; field 2, the producer
    }
    looks_like_text(head)
}

fn looks_like_text(head: &[u8]) -> &'static str {
    let start = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
    match () {
        () if start.starts_with("<!doctype html") || start.starts_with("<html") => {
            "a web page (the server's answer in place of the model)"
        }
        () if start.starts_with('<') => "an XML document (perhaps the server's error message)",
        () if start.starts_with('{') => "a JSON document (perhaps the server's error message)",
        () if head.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => "plain text",
        () => "some other kind of data",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], expected: &str) {
        let kind = looks_like(head);
        assert!(kind.contains(expected), "{kind:?} does not mention {expected:?}");
    }

    #[test]
    fn names_what_people_mistake_for_a_model() {
        check(b"GGUF\x03\0\0\0", "GGUF");
        check(b"PK\x03\x04\0\0", "PyTorch");
        check(b"\x40\x02\0\0\0\0\0\0{\"__metadata__\"", "safetensors");
        check(b"\x08\x08\x12\x07pytorch", "ONNX");
        check(b"\n<!DOCTYPE html><html>", "web page");
        check(b"version https://git-lfs.github.com/spec/v1\n", "git-lfs");
        check(b"RIFF\x24\0\0\0WAVEfmt ", "WAV");
        check(b"\x89PNG\r\n\x1a\n", "PNG");
        check(b"{\"error\":\"not found\"}", "JSON");
        check(b"Not Found\n", "plain text");
        check(b"\0\x01", "other");
        check(b"", "plain text");
    }
}
