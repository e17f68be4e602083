//! What SRT and WebVTT share: blocks of lines with a line of times.

use super::ImportError;
use super::stretch::{Stretch, Times};

/// Lines, each with its number from 1; never empty.
pub type Block<'t> = Vec<(usize, &'t str)>;

/// What stands between blank lines.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())).collect();
    lines.split(|(_, line)| line.is_empty()).filter(|block| !block.is_empty()).map(<[_]>::to_vec).collect()
}

/// The text of a block that has a line of times as its first or second.
pub fn cue(block: &[(usize, &str)]) -> Result<Vec<Stretch>, ImportError> {
    let Some(index) = block.iter().take(2).position(|(_, line)| line.contains("-->")) else {
        let (line, text) = block[0];
        let text = format!("expected times such as 00:00:01,000 --> 00:00:02,500 for \"{text}\"");
        return Err(ImportError::at_line(line, text));
    };
    let (number, line) = block[index];
    let times = times_of(line).map_err(|text| ImportError::at_line(number, text))?;
    let text: Vec<&str> = block[index + 1..].iter().map(|(_, line)| *line).collect();
    parts(&text.join(" "), times).map_err(|text| ImportError::at_line(number, text))
}

pub fn times_of(line: &str) -> Result<Times, String> {
    let (start, rest) = line.split_once("-->").unwrap_or((line, ""));
    // WebVTT says after the times where on the screen the text stands.
    let end = rest.split_whitespace().next().unwrap_or_default();
    let time = |text: &str| clock(text).ok_or_else(|| format!("\"{text}\" is no time such as 00:00:01,000"));
    let times = Times { start: time(start.trim())?, end: time(end)? };
    times.check()?;
    Ok(times)
}

/// `01:02:03,500`, `02:03.500`.
fn clock(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let mut seconds = 0.0;
    let mut n_parts = 0;
    for part in text.split(':') {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        seconds = 60.0 * seconds + part.parse::<f64>().ok()?;
        n_parts += 1;
    }
    (2..=3).contains(&n_parts).then_some(seconds)
}

/// The text without its tags, cut where a tag is a time: `Hi <00:00:01.500>there`.
fn parts(text: &str, cue: Times) -> Result<Vec<Stretch>, String> {
    let mut parts = vec![(cue.start, String::new())];
    let mut rest = text;
    while let Some((before, tagged)) = rest.split_once('<') {
        push(&mut parts, before);
        let Some((tag, after)) = tagged.split_once('>') else {
            push(&mut parts, tagged);
            rest = "";
            break;
        };
        if let Some(time) = clock(tag) {
            parts.push((time, String::new()));
        }
        rest = after;
    }
    push(&mut parts, rest);
    let ends: Vec<f64> = parts.iter().skip(1).map(|(start, _)| *start).chain([cue.end]).collect();
    let timed = parts.into_iter().zip(ends).map(|((start, text), end)| {
        let times = Times { start, end };
        times.check().map(|()| Stretch::timed(&text, times))
    });
    timed.collect()
}

fn push(parts: &mut [(f64, String)], text: &str) {
    // `{\an8}` places a subtitle; entities are those of WebVTT.
    let text =
        if text.starts_with("{\\") { text.split_once('}').map_or("", |(_, after)| after) } else { text };
    let text =
        html_escape::decode_html_entities(text).replace('\u{a0}', " ").replace(['\u{200e}', '\u{200f}'], "");
    if let Some((_, last)) = parts.last_mut() {
        last.push_str(&text);
    }
}
