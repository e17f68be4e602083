//! A picture of a take, as SVG or PNG: waveform, pitch, intensity and words over one axis of time.

mod canvas;
mod panels;

use plotters::prelude::{BitMapBackend, DrawingBackend, IntoDrawingArea, SVGBackend};
use plotters::style::{FontStyle, register_font};

use super::ReviewedFile;
use canvas::Canvas;

/// Pixels: a take of half a minute at 2 s a hand's breadth, and every panel as high as a thumb.
const SIZE: (u32, u32) = (1200, 640);

/// What the letters are drawn with where nothing else draws them, and what their widths are taken from.
const FONT: &[u8] = include_bytes!("DejaVuSans-Latin.ttf");

/// The picture as SVG. `peaks`: the largest magnitudes of equal parts of the recording, [`N_PEAKS`] or so of them.
pub fn svg(file: &ReviewedFile, peaks: &[f32]) -> Result<String, String> {
    let mut text = String::new();
    draw(SVGBackend::with_string(&mut text, SIZE), file, peaks)?;
    Ok(text)
}

/// The same as PNG.
pub fn png(file: &ReviewedFile, peaks: &[f32]) -> Result<Vec<u8>, String> {
    let (width, height) = SIZE;
    let mut pixels = vec![0; 3 * width as usize * height as usize];
    draw(BitMapBackend::with_buffer(&mut pixels, SIZE), file, peaks)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.map_err(|error| format!("the picture could not be encoded: {error}"))?;
    Ok(bytes)
}

/// One a pixel.
pub const N_PEAKS: usize = canvas::WIDTH as usize;

fn draw<B: DrawingBackend>(backend: B, file: &ReviewedFile, peaks: &[f32]) -> Result<(), String> {
    register_font("sans-serif", FontStyle::Normal, FONT).map_err(|_| "the font is broken".to_owned())?;
    let canvas = Canvas { area: backend.into_drawing_area(), length: file.analysis.duration };
    panels::all(&canvas, file, peaks).map_err(|error| format!("the picture could not be drawn: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::{Channel, Clip, Peaks, decode};
    use crate::metrics::{Words, measure};
    use crate::scorecard;
    use crate::scorecard::Standards;
    use crate::scorecard::targets::Targets;
    use crate::transcript::import::Format;
    use crate::transcript::{Source, Timing, Transcript, Word};
    use crate::units::Interval;

    fn reviewed(clip: Clip, transcript: Option<Transcript>) -> (ReviewedFile, Vec<f32>) {
        let peaks = Peaks::of(clip.samples(), N_PEAKS);
        let analysis = analyse(clip);
        let measurements = measure(&analysis, Words::Unknown);
        let findings = scorecard::findings(&measurements, &Targets::default());
        let scorecard = scorecard::grade(&measurements, Ok(&[]), &findings, &Standards::default());
        let file = ReviewedFile {
            path: "a <take> & more.wav".to_owned(),
            sample_rate_hz: 16_000,
            channels: 1,
            codec: String::new(),
            notes: Vec::new(),
            script: None,
            transcript,
            analysis,
            measurements,
            targets: Targets::default(),
            findings,
            scorecard,
        };
        (file, peaks)
    }

    fn fixture(name: &str) -> Clip {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(name);
        decode(&path, Channel::Mix).expect("a fixture can be read").clip
    }

    #[test]
    fn ums_words_and_the_axis_are_in_the_picture() {
        let word =
            Word { text: "Hi,".to_owned(), interval: Some(Interval::new(0.5, 0.8)), probability: None };
        let source = Source::Import { format: Format::Vtt };
        let transcript = Transcript { source, timing: Timing::Words, notes: Vec::new(), words: vec![word] };
        let (file, peaks) = reviewed(fixture("demo.wav"), Some(transcript));
        let svg = svg(&file, &peaks).expect("it can be drawn");
        let n_texts = |text: &str| svg.matches(&format!(">\n{text}\n</text>")).count();
        let n_counted = file.measurements.filled_pauses.iter().filter(|event| event.counted).count();
        assert_eq!(n_texts("uh") + n_texts("um"), n_counted, "{n_counted} were counted");
        assert_eq!((n_texts("Hi,"), n_texts("10 s")), (1, 1));
        assert!(svg.contains("a &lt;take&gt; &amp; more.wav"), "names are escaped");
    }

    #[test]
    fn flat_stretches_are_shaded_in_the_pitch_and_a_long_picture_is_no_larger() {
        let n_shades = |file: &ReviewedFile, peaks: &[f32]| {
            svg(file, peaks).expect("it can be drawn").matches(panels::FLAT_HEX).count()
        };
        let (flat, peaks) = reviewed(fixture("flat.wav"), None);
        // One more is the legend's.
        assert_eq!(n_shades(&flat, &peaks), flat.measurements.flat_stretches.len() + 1);
        assert!(!flat.measurements.flat_stretches.is_empty());
        let long: Vec<f32> = fixture("flat.wav").into_samples().repeat(4);
        let (long, peaks) = reviewed(Clip::new(long, 11_025), None);
        assert!(svg(&long, &peaks).expect("it can be drawn").len() < 250_000);
    }

    #[test]
    fn a_png_can_be_read_back_and_is_not_empty() {
        let (file, peaks) = reviewed(fixture("lively.wav"), None);
        let bytes = png(&file, &peaks).expect("it can be drawn");
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("it is a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("its pixels");
        assert_eq!((info.width, info.height), SIZE);
        let n_ink = pixels.chunks(3).filter(|pixel| pixel.iter().any(|value| *value < 128)).count();
        assert!((5_000..300_000).contains(&n_ink), "{n_ink}");
    }

    #[test]
    fn silence_and_the_shortest_clip_have_a_picture() {
        for clip in
            [Clip::new(vec![0.0; 16_000], 16_000), Clip::new(vec![0.1], 16_000), Clip::new(vec![], 8_000)]
        {
            let (file, peaks) = reviewed(clip, None);
            assert!(svg(&file, &peaks).expect("it can be drawn").contains("too little voice"));
        }
    }
}
