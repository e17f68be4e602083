//! A small picture of a take: pitch and loudness over time, with pauses and filled pauses marked under it.

use crate::analysis::{Analysis, Columns};
use crate::metrics::Measurements;
use crate::units::{Hertz, Interval, Seconds};

/// Characters that draw it.
struct Ink {
    pitch: char,
    loudness: &'static [char],
    pause: char,
    filled_pause: char,
    probable: char,
    flat: char,
}

const UNICODE: Ink = Ink {
    pitch: '•',
    loudness: &[' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
    pause: '─',
    filled_pause: '▲',
    probable: '△',
    flat: '~',
};
const ASCII: Ink = Ink {
    pitch: 'o',
    loudness: &[' ', '.', ':', '-', '=', '+', '*', '#'],
    pause: '_',
    filled_pause: '^',
    probable: '?',
    flat: '~',
};

/// Rows of the pitch curve, and the semitones on either side of the median that they show.
const N_PITCH_ROWS: usize = 5;
const PITCH_SPAN: f64 = 8.0;
/// Decibels under the loudest column that still have ink.
const LOUDNESS_SPAN: f64 = 40.0;

/// Lines of at most `width` characters; none for a clip without speech.
pub fn lines(analysis: &Analysis, measurements: &Measurements, width: usize, unicode: bool) -> Vec<String> {
    let (Some(median), true) = (measurements.value("pitch_median"), width > MARGIN + 10) else {
        return Vec::new();
    };
    let ink = if unicode { &UNICODE } else { &ASCII };
    let columns = Columns { n: width - MARGIN, length: analysis.duration };
    let mut lines = pitch_rows(analysis, Hertz(median), columns, ink);
    lines.push(format!("{:>8} {}", "loudness", loudness_row(analysis, columns, ink)));
    lines.push(format!("{:>8} {}", "", marks_row(measurements, columns, ink)));
    lines.push(format!("{:>8} {}", "", time_row(columns)));
    lines.push(format!("{:>8} {}", "", legend(ink)));
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Room for the label of a row.
const MARGIN: usize = 9;

fn pitch_rows(analysis: &Analysis, median: Hertz, columns: Columns, ink: &Ink) -> Vec<String> {
    let row_of = |semitones: f64| {
        let height = (semitones.clamp(-PITCH_SPAN, PITCH_SPAN) + PITCH_SPAN) / (2.0 * PITCH_SPAN);
        N_PITCH_ROWS - 1 - (height * (N_PITCH_ROWS - 1) as f64).round() as usize
    };
    let pitch = columns.pitch(&analysis.f0, median);
    let rows: Vec<Option<usize>> = pitch.into_iter().map(|semitones| semitones.map(row_of)).collect();
    let label = |row: usize| match row {
        0 => format!("+{PITCH_SPAN:.0} st"),
        row if row == N_PITCH_ROWS / 2 => format!("{:.0} Hz", median.0),
        row if row == N_PITCH_ROWS - 1 => format!("-{PITCH_SPAN:.0} st"),
        _ => String::new(),
    };
    (0..N_PITCH_ROWS)
        .map(|row| {
            let line: String =
                rows.iter().map(|found| if *found == Some(row) { ink.pitch } else { ' ' }).collect();
            format!("{:>8} {line}", label(row))
        })
        .collect()
}

fn loudness_row(analysis: &Analysis, columns: Columns, ink: &Ink) -> String {
    let levels = columns.loudness(&analysis.intensity);
    levels
        .into_iter()
        .map(|below| {
            let share = below.map_or(0.0, |below| (1.0 + below / LOUDNESS_SPAN).clamp(0.0, 1.0));
            ink.loudness[(share * (ink.loudness.len() - 1) as f64).round() as usize]
        })
        .collect()
}

/// Later marks win: a filled pause is shown over the pause that it stands in.
fn marks_row(measurements: &Measurements, columns: Columns, ink: &Ink) -> String {
    let mut row = vec![' '; columns.n];
    let mut mark = |interval: &Interval, character| {
        row[columns.at(interval.start)..=columns.at(interval.end)].fill(character);
    };
    measurements.flat_stretches.iter().for_each(|stretch| mark(stretch, ink.flat));
    measurements.pauses.iter().for_each(|pause| mark(pause, ink.pause));
    for event in &measurements.filled_pauses {
        mark(&event.interval, if event.counted { ink.filled_pause } else { ink.probable });
    }
    row.into_iter().collect()
}

/// A number at every so many seconds, as many as fit with room between.
fn time_row(columns: Columns) -> String {
    const STEPS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 300.0, 1800.0];
    let fits = |step: &&f64| columns.length.0 / **step * 8.0 <= columns.n as f64;
    let step = *STEPS.iter().find(fits).unwrap_or(&STEPS[STEPS.len() - 1]);
    let mut row = String::new();
    let mut time = 0.0;
    while time < columns.length.0 {
        let column = columns.at(Seconds(time));
        let label = format!("{time:.0}s");
        if row.len() <= column && column + label.len() <= columns.n {
            row.push_str(&" ".repeat(column - row.len()));
            row.push_str(&label);
        }
        time += step;
    }
    row
}

fn legend(ink: &Ink) -> String {
    format!(
        "{} pause   {} um, uh   {} probable um, uh   {} flat",
        ink.pause, ink.filled_pause, ink.probable, ink.flat
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::Clip;
    use crate::metrics::{Words, measure};

    fn gliding_voice() -> Vec<String> {
        let samples = (0..32_000).map(|i| {
            let t = f64::from(i) / 16_000.0;
            let phase = 2.0 * std::f64::consts::PI * (100.0 * t + 25.0 * t * t);
            (1..8)
                .map(|harmonic| 0.1 * (phase * f64::from(harmonic)).sin() / f64::from(harmonic))
                .sum::<f64>() as f32
        });
        let analysis = analyse(Clip::new(samples.collect(), 16_000));
        lines(&analysis, &measure(&analysis, Words::Unknown), 60, false)
    }

    #[test]
    fn a_glide_rises_from_left_to_right() {
        let lines = gliding_voice();
        let first = |line: &String| line.find('o');
        let columns: Vec<_> = lines[..N_PITCH_ROWS].iter().filter_map(first).collect();
        assert!(columns.len() >= 3 && columns.is_sorted_by(|a, b| a > b), "{}", lines.join("\n"));
    }

    #[test]
    fn without_unicode_every_character_is_ascii_and_every_line_fits() {
        for line in gliding_voice() {
            assert!(line.is_ascii() && line.len() <= 60, "{line:?}");
        }
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let analysis = analyse(Clip::new(vec![0.0; 16_000], 16_000));
        assert!(lines(&analysis, &measure(&analysis, Words::Unknown), 60, true).is_empty());
    }
}
