//! Files made here, byte by byte where hound would refuse, and the recordings of `../shared/data/codecs` if present.

use std::cell::Cell;
use std::path::PathBuf;

use super::*;

fn in_file<T>(name: &str, bytes: &[u8], check: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    check(&path)
}

fn decoded(bytes: &[u8], channel: Channel) -> Result<Recording, DecodeError> {
    in_file("a.wav", bytes, |path| decode(path, channel))
}

/// A WAV with one `fmt ` and one `data` chunk; `claim`: the data length it claims.
fn wav(tag: u16, channels: u16, rate: u32, bits: u16, data: &[u8], claim: u32) -> Vec<u8> {
    let align = channels * bits / 8;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36_u32.saturating_add(claim)).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    let extended = tag != 1;
    bytes.extend(if extended { 18_u32 } else { 16 }.to_le_bytes());
    bytes.extend(tag.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * u32::from(align)).to_le_bytes());
    bytes.extend(align.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    if extended {
        bytes.extend([0, 0]);
    }
    bytes.extend(b"data");
    bytes.extend(claim.to_le_bytes());
    bytes.extend(data);
    bytes
}

fn honest(tag: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    wav(tag, channels, rate, bits, data, data.len() as u32)
}

#[test]
fn every_kind_of_sample_is_read() {
    let f32s: Vec<u8> = [0.5_f32, -0.25].iter().flat_map(|x| x.to_le_bytes()).collect();
    for (bytes, codec) in [
        (honest(1, 1, 8000, 8, &[192, 96]), "pcm_u8"),
        (honest(1, 1, 8000, 16, &[0, 0x40, 0, 0xe0]), "pcm_s16le"),
        (honest(1, 1, 8000, 24, &[0, 0, 0x40, 0, 0, 0xe0]), "pcm_s24le"),
        (honest(1, 1, 8000, 32, &[0, 0, 0, 0x40, 0, 0, 0, 0xe0]), "pcm_s32le"),
        (honest(3, 1, 8000, 32, &f32s), "pcm_f32le"),
    ] {
        let recording = decoded(&bytes, Channel::Mix).unwrap();
        assert_eq!(recording.clip.samples(), [0.5, -0.25], "{codec}");
        assert_eq!(
            (recording.source.codec.as_str(), recording.source.sample_rate_hz, recording.source.channels),
            (codec, 8000, 1)
        );
        assert!(recording.source.notes.is_empty(), "{:?}", recording.source.notes);
    }
    let ulaw = decoded(&honest(7, 1, 8000, 8, &[0x80, 0x00, 0xff]), Channel::Mix).unwrap();
    assert!((ulaw.clip.samples()[0] - 0.98).abs() < 0.01 && (ulaw.clip.samples()[1] + 0.98).abs() < 0.01);
    assert_eq!(
        decoded(&honest(6, 1, 8000, 8, &[0x2a, 0xaa]), Channel::Mix).unwrap().source.codec,
        "pcm_alaw"
    );
}

#[test]
fn channels_are_mixed_or_chosen() {
    let bytes = honest(1, 3, 8000, 16, &[0, 0x20, 0, 0x40, 0, 0x60, 0, 0, 0, 0, 0, 0]);
    let samples = |channel| decoded(&bytes, channel).map(|recording| recording.clip.samples().to_vec());
    assert_eq!(samples(Channel::Mix).unwrap(), [0.5, 0.0]);
    assert_eq!(samples(Channel::Only(1)).unwrap(), [0.25, 0.0]);
    assert_eq!(samples(Channel::Only(3)).unwrap(), [0.75, 0.0]);
    for asked in [0, 4] {
        let error = samples(Channel::Only(asked)).unwrap_err();
        assert!(matches!(error, DecodeError::NoSuchChannel { channels: 3, .. }));
        assert!(error.to_string().contains("choose 1 to 3"), "{error}");
    }
}

#[test]
fn a_header_that_lies_costs_neither_samples_nor_memory() {
    let data = vec![0x11; 4000];
    for claim in [0x7fff_0000, u32::MAX, 5000, 0] {
        let mut bytes = wav(1, 1, 8000, 16, &data, claim);
        if claim == 0 {
            bytes[4..8].fill(0);
        }
        let recording = decoded(&bytes, Channel::Mix).unwrap();
        assert_eq!(recording.clip.samples().len(), 2000, "claim {claim}");
        // Lengths of 0 and 2³²−1 are how streams say "unknown".
        let promised = claim != 0 && claim != u32::MAX;
        assert_eq!(
            recording.source.notes.iter().any(|note| note.contains("cut off")),
            promised,
            "{:?}",
            recording.source.notes
        );
    }
    let empty = decoded(&wav(1, 1, 8000, 16, &[], 0x7fff_0000), Channel::Mix);
    assert!(matches!(empty, Err(DecodeError::NoSamples { .. })), "{empty:?}");
}

#[test]
fn listeners_are_told_the_true_length_and_every_sample() {
    struct Counted(Extent, usize);
    impl Listener for Counted {
        fn hear(&mut self, samples: &[f32]) {
            self.1 += samples.len();
        }
    }
    for claim in [4000, 0x7fff_0000, u32::MAX, 5000, 0] {
        let n_made = Cell::new(0);
        let listen = |extent| {
            n_made.set(n_made.get() + 1);
            Counted(extent, 0)
        };
        let bytes = wav(1, 1, 8000, 16, &[0x11; 4000], claim);
        let (source, Counted(extent, n_heard)) =
            in_file("a.wav", &bytes, |path| decode_to(path, Channel::Mix, listen)).unwrap();
        assert_eq!(
            (extent, n_heard),
            (Extent { sample_rate_hz: 8000, n_samples: 2000 }, 2000),
            "claim {claim}"
        );
        assert_eq!(source, decoded(&bytes, Channel::Mix).unwrap().source);
        assert!(claim != 4000 || n_made.get() == 1, "an honest file is read once");
    }
}

#[test]
fn what_is_not_a_number_is_silence_with_a_note() {
    let data: Vec<u8> = [f32::NAN, 0.5, f32::INFINITY].iter().flat_map(|x| x.to_le_bytes()).collect();
    let recording = decoded(&honest(3, 1, 16_000, 32, &data), Channel::Mix).unwrap();
    assert_eq!(recording.clip.samples(), [0.0, 0.5, 0.0]);
    assert!(
        recording.source.notes[0].starts_with("2 samples were not numbers"),
        "{:?}",
        recording.source.notes
    );
}

#[test]
fn each_kind_of_bad_file_has_its_error() {
    use DecodeError::*;
    type Expected = fn(&DecodeError) -> bool;
    let cases: [(&str, Vec<u8>, Expected); 12] = [
        ("empty", vec![], |e| matches!(e, Empty { .. })),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), |e| matches!(e, NotAudio { .. })),
        ("text", b"please call me back".to_vec(), |e| matches!(e, NotAudio { .. })),
        ("noise", (0..5000_u32).map(|n| ((n * n) >> 3) as u8 | 1).collect(), |e| {
            matches!(e, NotAudio { .. } | Corrupt { .. })
        }),
        ("amr", b"#!AMR\n\x3c\x91".to_vec(), |e| matches!(e, UnsupportedCodec { .. })),
        ("gsm", honest(0x31, 1, 8000, 8, &[1; 65]), |e| matches!(e, UnsupportedCodec { .. })),
        ("12 bits", honest(1, 1, 16_000, 12, &[1; 640]), |e| matches!(e, UnsupportedCodec { .. })),
        ("nobody's codec", honest(0x55aa, 1, 16_000, 16, &[1; 640]), |e| {
            matches!(e, UnsupportedCodec { .. })
        }),
        ("no samples", honest(1, 1, 8000, 16, &[]), |e| matches!(e, NoSamples { .. })),
        ("header only", b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), |e| matches!(e, Corrupt { .. })),
        ("4 kHz", honest(1, 1, 4000, 16, &[0; 100]), |e| matches!(e, UnsupportedRate { rate_hz: 4000, .. })),
        ("0 channels", honest(1, 0, 8000, 16, &[0; 100]), |e| matches!(e, Corrupt { .. })),
    ];
    for (name, bytes, expected) in cases {
        let error = decoded(&bytes, Channel::Mix).expect_err(name);
        assert!(expected(&error), "{name}: {error:?}");
        assert!(error.to_string().contains("a.wav"), "{name}: {error}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(decode(folder.path(), Channel::Mix), Err(IsDirectory { .. })));
    assert!(matches!(decode(&folder.path().join("no.wav"), Channel::Mix), Err(NotFound { .. })));
}

#[test]
fn no_cut_and_no_flipped_byte_makes_it_panic() {
    let whole = honest(1, 2, 8000, 16, &[7; 400]);
    for length in 0..whole.len().min(80) {
        let _ = decoded(&whole[..length], Channel::Mix);
    }
    for at in 0..44 {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        let _ = decoded(&bytes, Channel::Mix);
    }
}

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

#[test]
fn what_voicemail_systems_store_is_read_or_refused_by_name() {
    let Some(folder) = shared("codecs") else { return };
    for (name, codec) in [
        ("en-US_lpcm.wav", "pcm_s16le"),
        ("en-US_g711_alaw.wav", "pcm_alaw"),
        ("en-US_g711_mulaw.wav", "pcm_mulaw"),
        ("en-US_ima_adpcm.wav", "adpcm_ima_wav"),
        ("en-US_mpeg.mp3", "mp3"),
    ] {
        let recording = decode(&folder.join(name), Channel::Mix).unwrap();
        assert_eq!(
            (recording.source.codec.as_str(), recording.source.sample_rate_hz),
            (codec, 8000),
            "{name}"
        );
        assert!(recording.clip.duration().0 > 1.0, "{name}: {:?}", recording.clip.duration());
        println!("{name}: {} {:?}", recording.clip.duration(), recording.source.notes);
        let (_, samples) = decode_to(&folder.join(name), Channel::Mix, |_| Vec::new()).unwrap();
        assert!(recording.clip.samples() == samples, "{name}");
    }
    for (name, codec) in [("en-US_amr_nb.amr", "AMR-NB"), ("en-US_gsm610.gsm", "GSM 6.10")] {
        let error = decode(&folder.join(name), Channel::Mix).unwrap_err().to_string();
        assert!(error.contains(codec), "{error}");
    }
}
