//! Where findings are written, and in which form.

use std::io::{self, Write};
use std::path::Path;

use super::super::input::STANDARD_INPUT;
use super::super::{complain, look, paths, replacing, standard_output};
use super::checking::Checked;
use super::fixing::{self, Fixed};
use super::{Arguments, Format};
use crate::report::full::Look;
use crate::report::{self, Counts, LintRun};

/// The inner error is of `--output-file`, which it names.
pub fn write(arguments: &Arguments, run: &LintRun, fixed: &[Fixed]) -> io::Result<Result<(), String>> {
    fixing::summarise(fixed);
    let texts = fixed.iter().filter(|fixed| fixed.is_standard_input);
    let mut is_taken = false;
    for text in texts {
        // The fixed text is the result; its findings are beside it.
        io::stdout().lock().write_all(&text.after)?;
        is_taken = true;
    }
    if let Some(path) = &arguments.output_file {
        return save(arguments, run, path);
    }
    if is_taken {
        let mut err = io::BufWriter::new(anstream::stderr());
        print(arguments, run, Look { colours: true, ..look() }, &mut err)?;
        err.flush()?;
    } else {
        let mut out = standard_output();
        print(arguments, run, look(), &mut out)?;
        out.flush()?;
    }
    Ok(Ok(()))
}

fn save(arguments: &Arguments, run: &LintRun, path: &Path) -> io::Result<Result<(), String>> {
    let mut text = Vec::new();
    print(arguments, run, Look { colours: false, unicode: true, width: None, links: None }, &mut text)?;
    if let Err(error) = replacing::write(path, &text) {
        return Ok(Err(format!("{}: {error}", path.display())));
    }
    complain(format_args!("{}; written to {}", Counts::of(run.files).sentence(), path.display()));
    Ok(Ok(()))
}

fn print(arguments: &Arguments, run: &LintRun, look: Look, out: &mut impl Write) -> io::Result<()> {
    match arguments.output_format {
        Format::Full | Format::Concise if arguments.statistics => report::statistics::write(out, run.files),
        Format::Full => report::full::write(out, run.files, look),
        Format::Concise => report::concise::write(out, run.files),
        Format::Json => report::json::write_lint(out, run, arguments.statistics),
        Format::Jsonl => report::jsonl::write(out, run),
        Format::Sarif => report::sarif::write(out, run),
        Format::Github => report::github::write(out, run),
        Format::Gitlab => report::gitlab::write(out, run),
        Format::Junit => report::junit::write(out, run),
        Format::Checkstyle => report::checkstyle::write(out, run),
        Format::Rdjson => report::rdjson::write(out, run),
    }
}

/// Is it for a program that looks the files up in a repository?
pub fn names_files_of_a_repository(format: Format) -> bool {
    !matches!(format, Format::Full | Format::Concise | Format::Json | Format::Jsonl)
}

/// Names files by their path from the top of the repository, as code hosts do; outside of one, from here.
pub fn name_from_the_top(checked: &mut Checked) {
    let here = paths::absolute(Path::new("."));
    let top = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here);
    let files = checked.files.iter_mut().map(|file| &mut file.path);
    for path in files.chain(checked.unread.iter_mut().map(|unread| &mut unread.path)) {
        if path == STANDARD_INPUT {
            continue;
        }
        if let Ok(relative) = paths::absolute(Path::new(path.as_str())).strip_prefix(top) {
            *path = relative.display().to_string();
        }
    }
}
