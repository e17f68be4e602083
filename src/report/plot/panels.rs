//! The strips of the picture, from the top: title, waveform, pitch, intensity, words, time, legend.

use plotters::prelude::{Color, DrawingBackend, RGBColor};
use plotters::style::text_anchor::{HPos, VPos};

use super::super::{ReviewedFile, printable};
use super::canvas::{Canvas, Drawn, LEFT, Strip, WIDTH};
use crate::analysis::Columns;
use crate::metrics::flat_stretches;
use crate::transcript::Word;
use crate::units::{Hertz, Seconds};

// Told apart by who sees no red or no green (Okabe & Ito 2008).
const INK: RGBColor = RGBColor(40, 40, 40);
const FAINT: RGBColor = RGBColor(110, 110, 110);
const GRID: RGBColor = RGBColor(222, 222, 222);
const WAVE: RGBColor = RGBColor(120, 130, 145);
const PITCH: RGBColor = RGBColor(0, 114, 178);
const INTENSITY: RGBColor = RGBColor(0, 158, 115);
const EVENT: RGBColor = RGBColor(213, 94, 0);
const FLAT: RGBColor = RGBColor(230, 159, 0);
#[cfg(test)]
pub const FLAT_HEX: &str = "#E69F00";

const WAVEFORM: (i32, i32) = (52, 162);
const PITCHES: (i32, i32) = (178, 378);
const INTENSITIES: (i32, i32) = (394, 494);
/// As many rows of words as fit.
const WORDS: (i32, i32) = (502, 568);
const WORD_HEIGHT: i32 = 15;
const TIMES: i32 = 574;
const LEGEND: i32 = 614;

/// Decibels of the strip of intensity: what lies lower under the loudest frame is not heard beside it.
const INTENSITY_SPAN: f64 = 50.0;
/// Semitones on either side of the median: at least, so that a flat voice looks flat, and at most.
const PITCH_SPAN: (f64, f64) = (6.0, 12.0);
/// Pixels a curve may leap over: a frame or two without voice, in a picture of half a minute.
const LONGEST_LEAP: usize = 3;

pub fn all<B: DrawingBackend>(canvas: &Canvas<B>, file: &ReviewedFile, peaks: &[f32]) -> Drawn<B> {
    canvas.area.fill(&RGBColor(255, 255, 255))?;
    title(canvas, file)?;
    stretches(canvas, file)?;
    waveform(canvas, peaks)?;
    pitch(canvas, file)?;
    intensity(canvas, file)?;
    match &file.transcript {
        Some(transcript) => words(canvas, &transcript.words)?,
        None => {
            let text = "words: none are known";
            canvas.text(text, (LEFT, WORDS.0), (HPos::Left, VPos::Top), 11, &FAINT)?;
        }
    }
    time(canvas)?;
    legend(canvas)?;
    canvas.area.present()
}

fn title<B: DrawingBackend>(canvas: &Canvas<B>, file: &ReviewedFile) -> Drawn<B> {
    canvas.text(&printable(&file.path), (LEFT, 12), (HPos::Left, VPos::Top), 17, &INK)?;
    let score = match &file.scorecard.overall {
        Ok(score) => format!("score {score:.0} of 100"),
        Err(_) => "no score".to_owned(),
    };
    let text = format!("{:.1} s, {score}", file.analysis.duration.0);
    canvas.text(&text, (LEFT + WIDTH, 14), (HPos::Right, VPos::Top), 14, &FAINT)
}

/// Pauses and filled pauses behind all, flat stretches behind the pitch.
fn stretches<B: DrawingBackend>(canvas: &Canvas<B>, file: &ReviewedFile) -> Drawn<B> {
    let rows = WAVEFORM.0..INTENSITIES.1;
    for pause in &file.measurements.pauses {
        canvas.shade(*pause, rows.clone(), &GRID.mix(0.5))?;
    }
    for stretch in &file.measurements.flat_stretches {
        canvas.shade(*stretch, PITCHES.0..PITCHES.1, &FLAT.mix(0.35))?;
    }
    for event in &file.measurements.filled_pauses {
        let strength = if event.counted { 0.35 } else { 0.12 };
        canvas.shade(event.interval, rows.clone(), &EVENT.mix(strength))?;
        if event.counted {
            let at = (canvas.x(event.interval.middle()), WAVEFORM.0 - 2);
            canvas.text(event.label, at, (HPos::Center, VPos::Bottom), 12, &EVENT)?;
        }
    }
    Ok(())
}

fn waveform<B: DrawingBackend>(canvas: &Canvas<B>, peaks: &[f32]) -> Drawn<B> {
    let largest = peaks.iter().copied().fold(0.0_f32, f32::max).max(f32::MIN_POSITIVE);
    let strip = Strip { top: WAVEFORM.0, bottom: WAVEFORM.1, lowest: -1.0, highest: 1.0 };
    name(canvas, &strip, "waveform")?;
    for (index, peak) in peaks.iter().enumerate() {
        let x = LEFT + (index * WIDTH as usize / peaks.len()) as i32;
        let height = f64::from(peak / largest);
        canvas.rectangle((x, strip.y(height)), (x + 1, strip.y(-height)), &WAVE.to_rgba())?;
    }
    Ok(())
}

fn pitch<B: DrawingBackend>(canvas: &Canvas<B>, file: &ReviewedFile) -> Drawn<B> {
    let (top, bottom) = PITCHES;
    let Some(median) = file.measurements.value("pitch_median") else {
        let strip = Strip { top, bottom, lowest: -1.0, highest: 1.0 };
        name(canvas, &strip, "pitch")?;
        let middle = (LEFT + WIDTH / 2, strip.y(0.0));
        return canvas.text("too little voice", middle, (HPos::Center, VPos::Center), 14, &FAINT);
    };
    let heights = columns(file).pitch(&file.analysis.f0, Hertz(median));
    let farthest = heights.iter().flatten().fold(0.0_f64, |most, height| most.max(height.abs()));
    let span = farthest.ceil().clamp(PITCH_SPAN.0, PITCH_SPAN.1);
    let strip = Strip { top, bottom, lowest: -span, highest: span };
    name(canvas, &strip, "pitch")?;
    for semitones in [-12, -9, -6, -3, 0, 3, 6, 9, 12] {
        let label = if semitones == 0 { format!("{median:.0} Hz") } else { format!("{semitones:+} st") };
        if f64::from(semitones).abs() <= span {
            level(canvas, &strip, f64::from(semitones), &label)?;
        }
    }
    curve(canvas, &strip, &heights, &PITCH)
}

fn intensity<B: DrawingBackend>(canvas: &Canvas<B>, file: &ReviewedFile) -> Drawn<B> {
    let (top, bottom) = INTENSITIES;
    let strip = Strip { top, bottom, lowest: -INTENSITY_SPAN, highest: 0.0 };
    name(canvas, &strip, "intensity")?;
    for decibels in [-40, -20, 0] {
        level(canvas, &strip, f64::from(decibels), &format!("{decibels} dB"))?;
    }
    let heights = columns(file).loudness(&file.analysis.intensity).into_iter();
    let seen: Vec<Option<f64>> =
        heights.map(|height| height.filter(|below| -INTENSITY_SPAN < *below)).collect();
    curve(canvas, &strip, &seen, &INTENSITY)
}

/// A pixel each.
fn columns(file: &ReviewedFile) -> Columns {
    Columns { n: WIDTH as usize, length: file.analysis.duration }
}

/// A label left of a strip, and a line through it.
fn level<B: DrawingBackend>(canvas: &Canvas<B>, strip: &Strip, value: f64, label: &str) -> Drawn<B> {
    let y = strip.y(value);
    canvas.line(vec![(LEFT, y), (LEFT + WIDTH, y)], &GRID, 1)?;
    canvas.text(label, (LEFT - 6, y), (HPos::Right, VPos::Center), 11, &FAINT)
}

/// What a strip shows, in its corner, over its upper edge.
fn name<B: DrawingBackend>(canvas: &Canvas<B>, strip: &Strip, text: &str) -> Drawn<B> {
    canvas.text(text, (LEFT, strip.top - 2), (HPos::Left, VPos::Bottom), 11, &FAINT)
}

/// The heights of columns, joined where they are near; a single one is a point.
fn curve<B: DrawingBackend>(
    canvas: &Canvas<B>,
    strip: &Strip,
    heights: &[Option<f64>],
    colour: &RGBColor,
) -> Drawn<B> {
    let points = heights.iter().enumerate().filter_map(|(column, height)| Some((column, (*height)?)));
    let points: Vec<(usize, f64)> = points.collect();
    for run in points.chunk_by(|one, other| other.0 - one.0 <= LONGEST_LEAP) {
        let mut line: Vec<(i32, i32)> =
            run.iter().map(|(column, height)| (LEFT + *column as i32, strip.y(*height))).collect();
        if let [(x, y)] = line[..] {
            line.push((x + 1, y));
        }
        canvas.line(line, colour, 2)?;
    }
    Ok(())
}

/// Each word under its beginning, in the first row that has room; what fits nowhere is left out.
fn words<B: DrawingBackend>(canvas: &Canvas<B>, words: &[Word]) -> Drawn<B> {
    const SIZE: i32 = 11;
    let mut ends = vec![0; ((WORDS.1 - WORDS.0) / WORD_HEIGHT) as usize];
    for word in words {
        // Words of a plain text have no place in time.
        let Some(interval) = word.interval else { continue };
        let text = printable(&word.text);
        let (x, width) = (canvas.x(interval.start), canvas.width_of(&text, SIZE));
        let Some(row) = ends.iter().position(|end| *end < x) else { continue };
        ends[row] = x + width + 2;
        let y = WORDS.0 + row as i32 * WORD_HEIGHT;
        canvas.text(&text, (x, y), (HPos::Left, VPos::Top), SIZE, &INK)?;
    }
    Ok(())
}

/// A number at every so many seconds, as many as fit with room between.
fn time<B: DrawingBackend>(canvas: &Canvas<B>) -> Drawn<B> {
    const STEPS: [f64; 11] = [0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1800.0];
    const MOST: f64 = 20.0;
    canvas.line(vec![(LEFT, TIMES), (LEFT + WIDTH, TIMES)], &FAINT, 1)?;
    let length = canvas.length.0;
    let step = STEPS.into_iter().find(|step| length / step <= MOST).unwrap_or(length / MOST);
    for n in (0..=MOST as u32).filter(|n| f64::from(*n) * step <= length) {
        let time = f64::from(n) * step;
        let x = canvas.x(Seconds(time));
        canvas.line(vec![(x, TIMES), (x, TIMES + 5)], &FAINT, 1)?;
        let label = if step < 1.0 { format!("{time:.1} s") } else { format!("{time:.0} s") };
        canvas.text(&label, (x, TIMES + 8), (HPos::Center, VPos::Top), 11, &FAINT)?;
    }
    Ok(())
}

fn legend<B: DrawingBackend>(canvas: &Canvas<B>) -> Drawn<B> {
    let (within, length) = (flat_stretches::MAX_MOVEMENT.0, flat_stretches::MIN_LENGTH.0);
    let on_one_note = format!("on one note: within {within} semitones for {length} s");
    let entries = [
        (GRID.mix(0.9), "pause"),
        (EVENT.mix(0.5), "um, uh"),
        (EVENT.mix(0.15), "probable um, uh"),
        (FLAT.mix(0.5), on_one_note.as_str()),
    ];
    let mut x = LEFT;
    for (colour, text) in entries {
        canvas.rectangle((x, LEGEND), (x + 14, LEGEND + 12), &colour)?;
        canvas.text(text, (x + 20, LEGEND + 6), (HPos::Left, VPos::Center), 12, &INK)?;
        x += 44 + canvas.width_of(text, 12);
    }
    Ok(())
}
