//! WAV headers that lie about their lengths.
//!
//! Recorders that stream, crash or are cut off leave lengths of 0, of 2³²−1, or of what should have come. A reader
//! that believes them loses the end of the recording or all of it, so the lengths are checked against the file and
//! corrected on the way to the reader.

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// Chunks looked at before giving up: real files have fewer than ten before their samples.
const MAX_CHUNKS: usize = 64;

/// Bytes of a list that are read: no name or title of ours is that long.
const MAX_LIST: u64 = 1 << 16;

/// What the header says and what is true.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The codec's number; [RFC 2361](https://www.rfc-editor.org/rfc/rfc2361).
    pub format_tag: Option<u16>,
    /// Sample bytes the header promises, and the bytes that are there, where the two differ.
    pub missing: Option<(u64, u64)>,
    /// Bytes to be read in place of those in the file: position and value.
    corrections: Vec<(u64, [u8; 4])>,
}

/// Reads the chunk headers of a WAVE file; anything else gives a header that says and corrects nothing.
pub(super) fn inspect(file: &mut (impl Read + Seek)) -> io::Result<Header> {
    let mut header = Header::default();
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let Some((b"RIFF", riff_length)) = chunk(file)?.as_ref().map(|(tag, size)| (tag, *size)) else {
        return Ok(header);
    };
    let mut position = 12;
    for _ in 0..MAX_CHUNKS {
        file.seek(SeekFrom::Start(position))?;
        let Some((tag, size)) = chunk(file)? else { return Ok(header) };
        let body = position + 8;
        match &tag {
            b"fmt " => {
                let mut bytes = [0; 2];
                if file.read_exact(&mut bytes).is_ok() {
                    header.format_tag = Some(u16::from_le_bytes(bytes));
                }
            }
            b"data" => {
                header.correct(position, size, length, riff_length);
                return Ok(header);
            }
            _ => {}
        }
        // Chunks are padded to even lengths.
        position = body + size + size % 2;
    }
    Ok(header)
}

/// Names and texts of the INFO lists of a WAVE file, before its samples or after them; symphonia reads those before and
/// does not hand them over.
pub(super) fn info(file: &mut (impl Read + Seek)) -> io::Result<Vec<([u8; 4], String)>> {
    let mut found = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    if chunk(file)?.is_none_or(|(tag, _)| &tag != b"RIFF") {
        return Ok(found);
    }
    let mut position = 12;
    for _ in 0..MAX_CHUNKS {
        file.seek(SeekFrom::Start(position))?;
        let Some((tag, size)) = chunk(file)? else { break };
        if &tag == b"LIST" {
            let mut body = Vec::new();
            file.by_ref().take(size.min(MAX_LIST)).read_to_end(&mut body)?;
            found.extend(body.strip_prefix(b"INFO").map(texts).unwrap_or_default());
        }
        position += 8 + size + size % 2;
    }
    Ok(found)
}

/// Chunks whose bodies are texts that end with NUL, which not all do.
fn texts(mut bytes: &[u8]) -> Vec<([u8; 4], String)> {
    let mut texts = Vec::new();
    while let Some(([a, b, c, d, size @ ..], rest)) = bytes.split_first_chunk::<8>() {
        let size = u32::from_le_bytes(*size) as usize;
        let text = &rest[..size.min(rest.len())];
        let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
        texts.push(([*a, *b, *c, *d], String::from_utf8_lossy(text).into_owned()));
        bytes = rest.get(size.saturating_add(size % 2)..).unwrap_or_default();
    }
    texts
}

impl Header {
    /// `position`: of the `data` chunk, which claims `size` bytes in a file of `length` bytes.
    fn correct(&mut self, position: u64, size: u64, length: u64, riff_length: u64) {
        let present = length.saturating_sub(position + 8);
        // A length of 0 in a file that is honest otherwise means a recording without samples.
        let unfinished = size == 0 && riff_length + 8 != length;
        let streamed = STREAMED <= size || unfinished;
        if size > present || streamed {
            if size > present && !streamed {
                self.missing = Some((size, present));
            }
            self.corrections.push((position + 4, le(present)));
        }
        if riff_length + 8 != length {
            self.corrections.push((4, le(length - 8)));
        }
    }
}

/// Of a file written to a pipe, whose length nobody knew: 2 GB less a page (sox), 2 GB (arecord), 4 GB (ffmpeg).
const STREAMED: u64 = 0x7fff_f000;

fn le(value: u64) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}

/// A chunk's tag and claimed length, or `None` at the end of the file.
fn chunk(file: &mut impl Read) -> io::Result<Option<([u8; 4], u64)>> {
    let mut bytes = [0; 8];
    match file.read_exact(&mut bytes) {
        Ok(()) => {
            let [a, b, c, d, size @ ..] = bytes;
            Ok(Some(([a, b, c, d], u64::from(u32::from_le_bytes(size)))))
        }
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file as its header should have been.
pub(super) struct Corrected<F> {
    file: F,
    position: u64,
    length: u64,
    corrections: Vec<(u64, [u8; 4])>,
}

impl<F: Read + Seek> Corrected<F> {
    /// `file` is rewound.
    pub fn new(mut file: F, header: &Header) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self { file, position: 0, length, corrections: header.corrections.clone() })
    }
}

impl<F: Read> Read for Corrected<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        for (at, bytes) in &self.corrections {
            for (offset, byte) in (*at..).zip(bytes) {
                if let Some(index) = offset.checked_sub(self.position).filter(|index| *index < n as u64) {
                    buffer[index as usize] = *byte;
                }
            }
        }
        self.position += n as u64;
        Ok(n)
    }
}

impl<F: Seek> Seek for Corrected<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.file.seek(to)?;
        Ok(self.position)
    }
}

impl<F: Read + Seek + Send + Sync> MediaSource for Corrected<F> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_lying_length_is_corrected_as_it_is_read() {
        let mut bytes = b"RIFF\xff\xff\xff\x7fWAVEfmt \x02\0\0\0\x07\0data\xff\xff\xff\x70".to_vec();
        bytes.extend([1, 2, 3]);
        let header = inspect(&mut Cursor::new(&bytes)).unwrap();
        assert_eq!(header.format_tag, Some(7));
        assert_eq!(header.missing, Some((0x70ff_ffff, 3)));
        let mut read = Vec::new();
        Corrected::new(Cursor::new(&bytes), &header).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read[4..8], (bytes.len() as u32 - 8).to_le_bytes());
        assert_eq!(read[26..30], 3_u32.to_le_bytes());
        assert_eq!(read[30..], [1, 2, 3]);
    }

    #[test]
    fn anything_else_is_left_alone() {
        for bytes in [
            &b""[..],
            b"RIFF",
            b"fLaC\0\0\0\0",
            b"RIFF\x04\0\0\0WAVE",
            b"RIFF\x04\0\0\0WAVEJUNK\xff\xff\xff\xff",
        ] {
            assert_eq!(inspect(&mut Cursor::new(bytes)).unwrap(), Header::default());
        }
    }

    #[test]
    fn texts_before_and_after_the_samples() {
        let list = |entries: &[u8]| {
            let body = [b"INFO", entries].concat();
            [b"LIST".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
        };
        let before = list(b"IART\x05\0\0\0Dana\0\0INAM\x03\0\0\0Sam");
        let before = [before, vec![0]].concat();
        let data = b"data\x02\0\0\0\x01\x02";
        let after = list(b"ICRD\x0a\0\0\x002026-11-25IXXX\xff\xff\xff\xffend");
        let bytes = [b"RIFF\0\0\0\0WAVE".as_slice(), &before, data, &after].concat();
        let found = info(&mut Cursor::new(bytes)).expect("a reader of memory");
        let found: Vec<_> = found.iter().map(|(name, text)| (name, text.as_str())).collect();
        assert_eq!(found, [(b"IART", "Dana"), (b"INAM", "Sam"), (b"ICRD", "2026-11-25"), (b"IXXX", "end")]);
        assert_eq!(info(&mut Cursor::new(b"OggS")).expect("a reader of memory"), []);
    }
}
