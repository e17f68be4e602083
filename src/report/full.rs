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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub colours: bool,
    /// Lines drawn with more than ASCII.
    pub unicode: bool,
}

pub fn write(out: &mut impl Write, files: &[LintedFile], look: Look) -> io::Result<()> {
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = if look.colours { Renderer::styled() } else { Renderer::plain() }.decor_style(decor);
    // Drawing takes longer than linting, so that all cores do it; a batch at a time keeps `| head` short.
    const BATCH: usize = 512;
    for batch in files.chunks(BATCH) {
        let drawn: Vec<String> = batch.par_iter().map(|file| draw(&renderer, file)).collect();
        for file in drawn {
            out.write_all(file.as_bytes())?;
        }
    }
    writeln!(out, "{}", Counts::of(files).sentence())
}

fn draw(renderer: &Renderer, file: &LintedFile) -> String {
    let index = LineIndex::new(&file.source);
    let mut drawn = String::new();
    for finding in &file.findings {
        drawn += &render(renderer, file, &index, finding);
        drawn += "\n\n";
    }
    drawn
}

fn render(renderer: &Renderer, file: &LintedFile, index: &LineIndex, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let title = printable(&format!("{} [{}]", finding.text, finding.name));
    let title = level.primary_title(title).id(finding.code);
    let origin = Origin::path(printable(&file.path));
    let mut group = match finding.place {
        Place::Text(span) => {
            let excerpt = Excerpt::around(&file.source, index, span);
            let position = index.position(span.start);
            let snippet = Snippet::source(excerpt.text).line_start(position.line);
            let snippet = snippet.annotation(AnnotationKind::Primary.span(excerpt.marked));
            if excerpt.is_cut {
                title.element(origin.line(position.line).char_column(position.column)).element(snippet)
            } else {
                title.element(snippet.path(printable(&file.path)))
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
    /// A finding over several lines is shown by its first.
    fn around(source: &str, index: &LineIndex, span: Span) -> Self {
        let line = index.line_range(index.position(span.start).line);
        let end = span.end.min(line.end).max(span.start);
        let from = source.ceil_char_boundary(span.start.saturating_sub(MARGIN).max(line.start));
        let to = source
            .floor_char_boundary(end.min(span.start + 2 * MARGIN).saturating_add(MARGIN).min(line.end))
            .max(from);
        let end = end.min(to);
        let before = printable(&source[from..span.start]);
        let marked = printable(&source[span.start..end]);
        let after = printable(&source[end..to]);
        let is_cut = line.start < from || before.len() != span.start - from;
        let range = before.len()..before.len() + marked.len();
        Self { text: before + &marked + &after, marked: range, is_cut }
    }
}
