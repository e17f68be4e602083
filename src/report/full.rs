//! The source line with carets, the reason, and what to write instead.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::position::LineIndex;
use super::{Counts, LintedFile, printable};
use crate::finding::{Finding, Place, Severity, Span};

/// How a terminal shows it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colours: bool,
    /// Lines drawn with more than ASCII.
    pub unicode: bool,
    /// Columns of the terminal; `None` where it is none.
    pub width: Option<usize>,
    /// Where a path leads that can be followed with a click (OSC 8); `None` where none can be.
    pub links: Option<fn(&str) -> Option<String>>,
}

pub fn write(out: &mut impl Write, files: &[LintedFile], look: Look) -> io::Result<()> {
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = if look.colours { Renderer::styled() } else { Renderer::plain() }.decor_style(decor);
    let room = look.width.map(|width| width.max(NARROWEST) - GUTTER);
    // Drawing takes longer than linting, so that all cores do it; a batch at a time keeps `| head` short.
    const BATCH: usize = 512;
    for batch in files.chunks(BATCH) {
        let path = |file: &LintedFile| match look.links {
            Some(uri) => linked(&file.path, uri),
            None => printable(&file.path),
        };
        let drawn: Vec<String> =
            batch.par_iter().map(|file| draw(&renderer, file, &path(file), room)).collect();
        for file in drawn {
            out.write_all(file.as_bytes())?;
        }
    }
    writeln!(out, "{}", Counts::of(files).sentence())
}

/// In fewer columns no line can be shown.
const NARROWEST: usize = 40;
/// Columns for a line's number and the frame, and for the dots of what is cut.
const GUTTER: usize = 10;

/// The path of a file as a link to it (OSC 8), which shows as the path alone.
fn linked(path: &str, uri: fn(&str) -> Option<String>) -> String {
    let shown = printable(path);
    match uri(path) {
        Some(uri) => format!("\u{1b}]8;;{uri}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\"),
        None => shown,
    }
}

fn draw(renderer: &Renderer, file: &LintedFile, path: &str, room: Option<usize>) -> String {
    let index = LineIndex::new(&file.source);
    let mut drawn = String::new();
    for finding in &file.findings {
        drawn += &render(renderer, file, path, &index, finding, room);
        drawn += "\n\n";
    }
    drawn
}

fn render(
    renderer: &Renderer,
    file: &LintedFile,
    path: &str,
    index: &LineIndex,
    finding: &Finding,
    room: Option<usize>,
) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let title = printable(&format!("{} [{}]", finding.text, finding.name));
    let title = level.primary_title(title).id(finding.code);
    let origin = Origin::path(path);
    let mut group = match finding.place {
        Place::Text(span) => {
            let excerpt = Excerpt::around(&file.source, index, span, room);
            let position = index.position(span.start);
            let snippet = Snippet::source(excerpt.text).line_start(position.line);
            let snippet = snippet.annotation(AnnotationKind::Primary.span(excerpt.marked));
            if excerpt.is_cut {
                title.element(origin.line(position.line).char_column(position.column)).element(snippet)
            } else {
                title.element(snippet.path(path))
            }
        }
        Place::Time(_) | Place::Whole => title.element(origin),
    };
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// One line of the source, cut to what fits, and where in it the finding is.
struct Excerpt {
    text: String,
    marked: Range<usize>,
    /// Does it start later than the line, or show hidden characters, so that its columns are not the line's?
    is_cut: bool,
}

/// Bytes shown on either side of a finding on a very long line.
const MARGIN: usize = 160;

impl Excerpt {
    /// A finding over several lines is shown by its first. `room`: columns for text, where they are few.
    fn around(source: &str, index: &LineIndex, span: Span, room: Option<usize>) -> Self {
        let line = index.line_range(index.position(span.start).line);
        let end = span.end.min(line.end).max(span.start);
        let shown = (end - span.start).min(room.unwrap_or(2 * MARGIN));
        let margin = match room {
            Some(room) if line.end - line.start <= room => room,
            Some(room) => (room - shown) / 2,
            None => MARGIN,
        };
        let from = source.ceil_char_boundary(span.start.saturating_sub(margin).max(line.start));
        let to = source.floor_char_boundary((span.start + shown + margin).min(line.end)).max(from);
        let end = end.min(to);
        let dots = |is_cut| if is_cut { "..." } else { "" };
        let before = format!("{}{}", dots(line.start < from), printable(&source[from..span.start]));
        let marked = printable(&source[span.start..end]);
        let after = format!("{}{}", printable(&source[end..to]), dots(to < line.end));
        let is_cut = line.start < from || before.len() != span.start - from;
        let range = before.len()..before.len() + marked.len();
        Self { text: before + &marked + &after, marked: range, is_cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str, word: &str, room: Option<usize>) -> (String, String) {
        let start = source.find(word).expect("it is in the text");
        let span = Span::new(start, start + word.len());
        let excerpt = Excerpt::around(source, &LineIndex::new(source), span, room);
        let marked = excerpt.text[excerpt.marked].to_owned();
        (excerpt.text, marked)
    }

    #[test]
    fn a_line_is_cut_around_the_finding_to_what_a_terminal_shows() {
        let line =
            "Hi Karen, this is Mike with Brightside Roofing and the crew can check the flashing on Thursday.";
        assert_eq!(shown(line, "the crew", None).0, line);
        assert_eq!(shown(line, "the crew", Some(100)).0, line);
        let (text, marked) = shown(line, "the crew", Some(30));
        assert_eq!((text.as_str(), marked.as_str()), ("...oofing and the crew can check ...", "the crew"));
        let (text, marked) = shown(line, line, Some(30));
        assert_eq!((text.as_str(), marked.len()), ("Hi Karen, this is Mike with Br...", 30));
        assert_eq!(shown("a short line\nand the next", "short", Some(30)).0, "a short line");
    }

    #[test]
    fn a_path_that_leads_somewhere_is_a_link() {
        let link = linked("a.md", |path| Some(format!("file:///{path}")));
        assert_eq!(link, "\u{1b}]8;;file:///a.md\u{1b}\\a.md\u{1b}]8;;\u{1b}\\");
        assert_eq!(linked("no\u{1b}.md", |_| None), printable("no\u{1b}.md"));
    }
}
