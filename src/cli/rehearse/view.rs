//! What the full screen shows: a function of what is known, so that it is tested without a terminal.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr;

use super::session::Reviewed;
use crate::cli::progress::clock;
use crate::rehearsal::level::Level;
use crate::rehearsal::live::Live;
use crate::report::printable;
use crate::report::rehearsal::difference_line;
use crate::report::review::bar;
use crate::scorecard::comparison::differences;
use crate::scorecard::targets::{Band, Targets};
use crate::units::Seconds;

/// What stays the same through a rehearsal.
pub struct Stage {
    pub title: String,
    /// As it will be said; empty without a script.
    pub text: String,
    pub unfilled: Vec<String>,
    /// How long the message may take.
    pub limit: Seconds,
    pub targets: Targets,
    /// How long it takes at the usual pace.
    pub expected: Option<Seconds>,
    pub colours: bool,
    pub unicode: bool,
}

pub enum Scene<'a> {
    /// Something to know before the first take.
    Notice {
        text: &'a str,
    },
    Countdown {
        left: u32,
    },
    Recording {
        elapsed: Seconds,
        level: Level,
        live: Live,
    },
    Analysing {
        n_steps: usize,
    },
    Scorecard {
        reviewed: &'a Reviewed,
        note: &'a str,
    },
    Playing {
        at: Seconds,
        length: Seconds,
    },
    /// The whole review, from this line on.
    Numbers {
        text: &'a str,
        from: usize,
    },
    Help,
    Deleted,
}

pub fn draw(frame: &mut Frame, stage: &Stage, scene: &Scene) {
    let n_meters = if matches!(scene, Scene::Recording { .. }) { 4 } else { 0 };
    let rows =
        [Constraint::Length(1), Constraint::Min(1), Constraint::Length(n_meters), Constraint::Length(1)];
    let [title, body, meters, keys] = Layout::vertical(rows).areas(frame.area());
    let bold = Style::new().add_modifier(Modifier::BOLD);
    frame.render_widget(Paragraph::new(Span::styled(stage.title.as_str(), bold)), title);
    frame.render_widget(Paragraph::new(Span::styled(self::keys(scene), dim())), keys);
    let block = Block::new().borders(Borders::TOP);
    let inner = block.inner(body);
    frame.render_widget(block, body);
    match scene {
        Scene::Notice { text } => paragraph(frame, inner, lines(text)),
        Scene::Countdown { left } => countdown(frame, inner, stage, *left),
        Scene::Recording { elapsed, level, live } => {
            prompter(frame, inner, stage, *elapsed);
            frame.render_widget(
                Paragraph::new(self::meters(stage, meters.width, *elapsed, level, live)),
                meters,
            );
        }
        Scene::Analysing { n_steps } => {
            let dots = ".".repeat(1 + n_steps / 4 % 3);
            paragraph(frame, inner, vec![Line::from(format!("Listening to it{dots}"))]);
        }
        Scene::Scorecard { reviewed, note } => paragraph(frame, inner, scorecard(stage, reviewed, note)),
        Scene::Playing { at, length } => {
            paragraph(
                frame,
                inner,
                vec![Line::from(format!("Playing {} of {}", clock(*at), clock(*length)))],
            );
        }
        Scene::Numbers { text, from } => {
            let lines: Vec<Line> = text.lines().skip(*from).map(|line| Line::from(printable(line))).collect();
            frame.render_widget(Paragraph::new(lines), inner);
        }
        Scene::Deleted => paragraph(frame, inner, vec![Line::from("The take is deleted.")]),
        Scene::Help => paragraph(frame, inner, HELP.iter().map(|line| Line::from(*line)).collect()),
    }
}

/// The keys that do something now, the most wanted first: a narrow screen shows only the beginning.
fn keys(scene: &Scene) -> &'static str {
    match scene {
        Scene::Notice { .. } => "Enter go on  k keep  d delete  q quit",
        Scene::Countdown { .. } => "Space begin now  q quit",
        Scene::Recording { .. } => "Space stop  q quit",
        Scene::Analysing { .. } => "Ctrl-C quit",
        Scene::Scorecard { .. } => "r retake  p play  k keep  d discard  n numbers  ? help  q quit",
        Scene::Playing { .. } => "any key stops",
        Scene::Numbers { .. } => "Up Down scroll  any other key goes back",
        Scene::Help => "any key goes back",
        Scene::Deleted => "Space record another  q quit",
    }
}

const HELP: &[&str] = &[
    "Space  stop the take; it is then heard and scored",
    "r      keep this take, and record another",
    "p      play it",
    "k      keep it, and go on or end",
    "d      delete it: press d twice",
    "n      all numbers of the review",
    "q      keep it, and quit",
    "",
    "Takes stay on this machine; `afterbeep takes`",
    "lists them, `afterbeep history` their scores.",
];

fn paragraph(frame: &mut Frame, area: Rect, lines: Vec<Line>) {
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}

fn lines(text: &str) -> Vec<Line<'static>> {
    text.lines().map(|line| Line::from(printable(line))).collect()
}

fn countdown(frame: &mut Frame, area: Rect, stage: &Stage, left: u32) {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let after = if stage.text.is_empty() { "speak after the beep" } else { "read this after the beep" };
    let mut top =
        vec![Line::from(vec![Span::styled(format!("{left}"), bold), Span::raw(format!("  {after}"))])];
    if !stage.unfilled.is_empty() {
        let names = printable(&stage.unfilled.join(", "));
        top.push(Line::from(colour(stage, Color::Yellow, format!("not filled: {names} (--set NAME=VALUE)"))));
    }
    top.push(Line::default());
    let [above, below] =
        Layout::vertical([Constraint::Length(top.len() as u16), Constraint::Min(0)]).areas(area);
    paragraph(frame, above, top);
    prompter(frame, below, stage, Seconds(0.0));
}

/// The words to say; those that an even pace would have said by now are dim.
fn prompter(frame: &mut Frame, area: Rect, stage: &Stage, elapsed: Seconds) {
    let expected = stage.expected.map_or(0.0, |expected| expected.0);
    let share = if expected > 0.0 { (elapsed.0 / expected).clamp(0.0, 1.0) } else { 0.0 };
    let wrapped = wrapped(&stage.text, usize::from(area.width));
    let n_words: usize = wrapped.iter().map(Vec::len).sum();
    let n_said = (share * n_words as f64) as usize;
    let mut n_before = 0;
    let mut current = 0;
    let mut shown = Vec::new();
    for (index, words) in wrapped.into_iter().enumerate() {
        if n_before <= n_said {
            current = index;
        }
        let spans = words.into_iter().enumerate().map(|(offset, word)| {
            let style = if n_before + offset < n_said { dim() } else { Style::new() };
            Span::styled(format!("{word} "), style)
        });
        let line = Line::from(spans.collect::<Vec<_>>());
        n_before += line.spans.len();
        shown.push(line);
    }
    // The line being said is the third, so that one sees where one comes from.
    let from = current.saturating_sub(2).min(shown.len().saturating_sub(usize::from(area.height)));
    frame.render_widget(Paragraph::new(shown.split_off(from)), area);
}

/// Words by lines of `width` columns; a longer word has a line of its own and is cut by the screen. As in Markdown only
/// an empty line parts paragraphs.
fn wrapped(text: &str, width: usize) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let source: Vec<&str> = text.lines().collect();
    for (index, paragraph) in source.split(|line| line.trim().is_empty()).enumerate() {
        if index > 0 {
            lines.push(Vec::new());
        }
        let mut line: Vec<String> = Vec::new();
        let mut used = 0;
        for word in paragraph.iter().flat_map(|line| line.split_whitespace()) {
            let word = printable(word);
            if !line.is_empty() && width < used + word.width() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            used += word.width() + 1;
            line.push(word);
        }
        lines.push(line);
    }
    lines
}

fn meters<'a>(stage: &Stage, width: u16, elapsed: Seconds, level: &Level, live: &Live) -> Vec<Line<'a>> {
    let light = if level.is_clipped() { "  TOO LOUD" } else { "" };
    let level_colour = if level.is_clipped() { Color::Red } else { Color::Green };
    let level_text = format!("{:>3.0} dB{light}", level.db());
    let mut lines = vec![meter(stage, width, "level", level.share(), level_colour, level_text)];
    let limit = stage.limit;
    let over = limit.0 < elapsed.0;
    let late = stage.expected.is_some_and(|expected| expected.0 < elapsed.0) && !over;
    let time_colour = match (over, late) {
        (true, _) => Color::Red,
        (_, true) => Color::Yellow,
        _ => Color::Green,
    };
    let time_text = format!("{} of {}{}", clock(elapsed), clock(limit), if over { "  OVER" } else { "" });
    lines.push(meter(stage, width, "time", elapsed.0 / limit.0, time_colour, time_text));
    lines.push(live_meter(stage, width, "pace", "articulation_rate", live.articulation_rate, "syll/s"));
    lines.push(live_meter(stage, width, "pitch", "pitch_sd", live.pitch_sd, "st"));
    lines
}

/// A metric of the last ten seconds on a scale on which its target ends at two thirds.
fn live_meter<'a>(
    stage: &Stage,
    width: u16,
    name: &'static str,
    metric: &str,
    value: Option<f64>,
    unit: &str,
) -> Line<'a> {
    let Some((value, target)) = value.zip(stage.targets.of(metric)) else {
        return meter(stage, width, name, 0.0, Color::Reset, "not yet known".to_owned());
    };
    let full = 1.5 * target.high.or(target.low).unwrap_or(1.0);
    let band = target.band(value);
    let colour = if band == Band::Good { Color::Green } else { Color::Yellow };
    meter(stage, width, name, value / full, colour, format!("{value:.1} {unit} {}", band.name()))
}

fn meter<'a>(
    stage: &Stage,
    width: u16,
    name: &'static str,
    share: f64,
    colour: Color,
    text: String,
) -> Line<'a> {
    const NAME: usize = 6;
    const TEXT: usize = 20;
    let length = usize::from(width).saturating_sub(NAME + TEXT).clamp(4, 50);
    let bar = bar(share, length, stage.unicode);
    Line::from(vec![
        Span::raw(format!("{name:<NAME$}")),
        self::colour(stage, colour, bar),
        Span::raw(format!(" {text}")),
    ])
}

fn scorecard<'a>(stage: &Stage, reviewed: &Reviewed, note: &'a str) -> Vec<Line<'a>> {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let card = &reviewed.heard.file.scorecard;
    let mut lines = Vec::new();
    if !note.is_empty() {
        lines.push(Line::from(colour(stage, Color::Yellow, note.to_owned())));
    }
    let score = match &card.overall {
        Ok(overall) => format!("Score {overall:.0} of 100"),
        Err(reason) => format!("No score: {reason}"),
    };
    let before = reviewed.previous.as_ref().and_then(|before| before.score);
    let change = card
        .score()
        .zip(before)
        .map(|(is, was)| format!("   {:+.0} since the take before ({was:.0})", is.round() - was.round()));
    lines.push(Line::from(vec![Span::styled(score, bold), Span::raw(change.unwrap_or_default())]));
    if let Some(change) = card.changes.first() {
        lines.push(Line::from(vec![
            Span::styled("The one thing to change: ", bold),
            Span::raw(printable(&change.finding.text)),
        ]));
        lines.extend(change.finding.help.as_deref().map(|help| Line::from(printable(help))));
    }
    lines.push(Line::default());
    for part in &card.parts {
        let Ok(value) = part.value else { continue };
        let bar = bar(value / 100.0, 12, stage.unicode);
        lines.push(Line::from(format!("{:<16} {bar} {value:>4.0}", part.name)));
    }
    if let Some(before) = &reviewed.previous {
        let after = &reviewed.entry;
        let found = differences(
            &reviewed.heard.file.targets,
            |metric| before.value(metric),
            |metric| after.value(metric),
        );
        lines.push(Line::default());
        lines.extend(found.iter().take(3).map(|difference| Line::from(difference_line(difference, after))));
    }
    lines
}

fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

fn colour<'a>(stage: &Stage, colour: Color, text: String) -> Span<'a> {
    if stage.colours { Span::styled(text, Style::new().fg(colour)) } else { Span::raw(text) }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn stage() -> Stage {
        Stage {
            title: "afterbeep  callback.md".to_owned(),
            text: "Hi Ann, this is Bo from Acme, about the ring you left with us on Friday to have its stone set anew.\n\nIt is ready. Call me at 404-555-0142 before six. Again, that is 404-555-0142. Thank you, Ann.".to_owned(),
            unfilled: vec!["when".to_owned()],
            limit: Seconds(30.0),
            targets: Targets::default(),
            expected: Some(Seconds(20.0)),
            colours: true,
            unicode: true,
        }
    }

    fn shown(width: u16, height: u16, scene: &Scene) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal in memory");
        terminal.draw(|frame| draw(frame, &stage(), scene)).expect("it is drawn");
        let buffer = terminal.backend().buffer();
        let row = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..height).map(row).collect()
    }

    fn recording(elapsed: f64) -> Scene<'static> {
        let mut level = Level::default();
        level.hear(0.25);
        let live = Live { articulation_rate: Some(6.2), pitch_sd: Some(3.0), silence: Some(Seconds(0.0)) };
        Scene::Recording { elapsed: Seconds(elapsed), level, live }
    }

    #[test]
    fn a_take_shows_words_and_meters_on_a_small_screen() {
        let screen = shown(40, 15, &recording(2.0));
        assert_eq!(screen[2], "Hi Ann, this is Bo from Acme, about the");
        assert!(screen[10].starts_with("level █") && screen[10].contains("-12 dB"), "{screen:#?}");
        assert!(screen[11].contains("0:02 of 0:30"), "{screen:#?}");
        assert!(screen[12].contains("6.2 syll/s high") && screen[13].contains("3.0 st good"), "{screen:#?}");
        assert_eq!(screen[14], "Space stop  q quit");
    }

    #[test]
    fn the_words_move_on_with_the_time() {
        let screen = shown(40, 12, &recording(20.0));
        assert!(screen[6].contains("Thank you, Ann."), "{screen:#?}");
        assert!(shown(80, 24, &recording(31.0)).iter().any(|line| line.contains("0:31 of 0:30  OVER")));
    }

    #[test]
    fn nothing_panics_on_any_size() {
        for width in [1, 2, 7, 20, 40, 200] {
            for height in [1, 2, 4, 15, 60] {
                for scene in [
                    recording(7.0),
                    Scene::Countdown { left: 3 },
                    Scene::Help,
                    Scene::Analysing { n_steps: 9 },
                ] {
                    assert_eq!(shown(width, height, &scene).len(), usize::from(height));
                }
            }
        }
    }

    #[test]
    fn the_countdown_tells_what_is_not_filled() {
        let screen = shown(80, 24, &Scene::Countdown { left: 3 });
        assert_eq!(screen[2], "3  read this after the beep");
        assert_eq!(screen[3], "not filled: when (--set NAME=VALUE)");
    }
}
