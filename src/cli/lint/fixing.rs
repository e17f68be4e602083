//! `--fix` and `--diff`: the changes that findings offer.

use std::fs;
use std::io::{self, IsTerminal, Write};

use similar::TextDiff;

use super::super::input::Input;
use super::super::{Outcome, complain, replacing};
use super::checking::Checked;
use crate::finding::{Finding, Fix};
use crate::report::{LintedFile, Unread, printable};
use crate::units::counted;

/// A script before and after its fixes.
pub struct Fixed {
    pub path: String,
    pub is_standard_input: bool,
    /// Of standard input whatever came, text or not.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub n_fixes: usize,
}

/// One change may make room for another; fixes that undo each other end here.
const MAX_ROUNDS: usize = 10;

/// Reads a script and makes its changes. What came by standard input and cannot be linted is its own result: whoever pipes a
/// text through must not lose it.
pub fn fixed(
    lint: impl Fn(String) -> Result<LintedFile, Unread>,
    input: &Input,
    save: bool,
) -> (Result<LintedFile, Unread>, Option<Fixed>) {
    let as_it_was = |bytes: &[u8]| {
        matches!(input, Input::Standard { .. }).then(|| Fixed {
            path: input.name(),
            is_standard_input: true,
            before: bytes.to_owned(),
            after: bytes.to_owned(),
            n_fixes: 0,
        })
    };
    let source = match input.bytes() {
        Ok(bytes) => input.text(bytes),
        Err(unread) => return (Err(unread), None),
    };
    let source = match source {
        Ok(source) => source,
        Err((unread, bytes)) => return (Err(unread), as_it_was(&bytes)),
    };
    let as_it_was = as_it_was(source.as_bytes());
    match lint(source).and_then(|file| fix(lint, input, file, save)) {
        Ok((file, fixed)) => (Ok(file), fixed),
        Err(unread) => (Err(unread), as_it_was),
    }
}

/// Makes the changes until nothing is left to change. Gives what is found in the changed text; `save` writes it.
fn fix(
    lint: impl Fn(String) -> Result<LintedFile, Unread>,
    input: &Input,
    mut file: LintedFile,
    save: bool,
) -> Result<(LintedFile, Option<Fixed>), Unread> {
    let mut before = None;
    let mut n_fixes = 0;
    for _ in 0..MAX_ROUNDS {
        let (text, n_made) = apply(&file.source, &file.findings);
        if n_made == 0 {
            break;
        }
        n_fixes += n_made;
        let changed = lint(text)?;
        before.get_or_insert(std::mem::replace(&mut file, changed).source);
    }
    let is_standard_input = matches!(input, Input::Standard { .. });
    let before = match before {
        Some(before) => before,
        // Of standard input the text is printed whether it was changed or not.
        None if is_standard_input => file.source.clone(),
        None => return Ok((file, None)),
    };
    if let (true, Input::File(path)) = (save, input) {
        let unwritten = |text: String| Unread { path: file.path.clone(), line: None, text };
        let now = fs::read(path).unwrap_or_default();
        // Another name of the same file may have been fixed a moment ago.
        if now != before.as_bytes() && now != file.source.as_bytes() {
            return Err(unwritten("it changed while it was linted, and was left as it is".to_owned()));
        }
        replacing::write(path, file.source.as_bytes()).map_err(unwritten)?;
    }
    let (path, after) = (file.path.clone(), file.source.clone());
    let (before, after) = (before.into_bytes(), after.into_bytes());
    Ok((file, Some(Fixed { path, is_standard_input, before, after, n_fixes })))
}

/// The text with the changes in it, and how many were made. Of two that overlap the first is made.
fn apply(source: &str, findings: &[Finding]) -> (String, usize) {
    let mut fixes: Vec<&Fix> = findings.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    fixes.retain(|fix| fix.span.of(source) != fix.replacement);
    fixes.sort_by_key(|fix| fix.span);
    let (mut text, mut done, mut n_made) = (String::with_capacity(source.len()), 0, 0);
    for fix in fixes {
        // Two insertions at one place would stand in an order nobody chose.
        if fix.span.start < done || (n_made > 0 && fix.span.start == done) {
            continue;
        }
        text += &source[done..fix.span.start];
        text += &fix.replacement;
        (done, n_made) = (fix.span.end, n_made + 1);
    }
    (text + &source[done..], n_made)
}

pub fn print_diff(checked: &Checked) -> io::Result<Outcome> {
    let changed: Vec<&Fixed> = checked.fixed.iter().filter(|fixed| fixed.before != fixed.after).collect();
    match print(&changed) {
        // The reader went away (`| head`): what would be changed would be all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    let n_fixes: usize = changed.iter().map(|fixed| fixed.n_fixes).sum();
    if !changed.is_empty() {
        complain(format_args!("{} would be made in {}", fixes(n_fixes), scripts(changed.len())));
    }
    let unread = checked.not_linted();
    unread.iter().for_each(complain);
    Ok(match (unread.is_empty(), changed.is_empty()) {
        (false, _) => Outcome::CouldNotRun,
        (true, false) => Outcome::Findings,
        (true, true) => Outcome::Clean,
    })
}

/// To a program byte for byte, to a terminal so that nothing in a script is obeyed.
fn print(changed: &[&Fixed]) -> io::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for fixed in changed {
        let diff = diff(fixed);
        match is_terminal {
            true => diff.lines().try_for_each(|line| writeln!(out, "{}", printable(line)))?,
            false => out.write_all(diff.as_bytes())?,
        }
    }
    out.flush()
}

fn diff(fixed: &Fixed) -> String {
    // By line feeds alone, as `patch` counts lines.
    let [before, after] = [&fixed.before, &fixed.after].map(|text| String::from_utf8_lossy(text));
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    let path = printable(&fixed.path);
    // As GNU diff has it: a name with blanks ends at the tab.
    let path = if path.contains(' ') { format!("{path}\t") } else { path };
    diff.unified_diff().header(&path, &path).to_string()
}

/// Says how many changes were made.
pub fn summarise(fixed: &[Fixed]) {
    let changed: Vec<&Fixed> = fixed.iter().filter(|fixed| fixed.before != fixed.after).collect();
    if !changed.is_empty() {
        let n_fixes = changed.iter().map(|fixed| fixed.n_fixes).sum();
        complain(format_args!("{} made in {}", fixes(n_fixes), scripts(changed.len())));
    }
}

fn fixes(n: usize) -> String {
    counted(n, "fix", "fixes")
}

fn scripts(n: usize) -> String {
    counted(n, "script", "scripts")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Severity, Span};

    fn finding(start: usize, end: usize, replacement: &str) -> Finding {
        let span = Span::new(start, end);
        Finding {
            code: "AB401",
            name: "filler-word",
            severity: Severity::Warning,
            place: Place::Text(span),
            text: String::new(),
            help: None,
            fix: Some(Fix { span, replacement: replacement.to_owned() }),
            message: 0,
            is_of_message: false,
        }
    }

    #[test]
    fn fixes_are_made_in_order_and_never_over_each_other() {
        let findings = [finding(4, 7, "x"), finding(0, 2, ""), finding(6, 9, "y")];
        assert_eq!(apply("abcdefghij", &findings), ("cdxhij".to_owned(), 2));
        let inserted = [finding(2, 2, "1"), finding(2, 2, "2")];
        assert_eq!(apply("abc", &inserted), ("ab1c".to_owned(), 1));
        assert_eq!(apply("abc", &[finding(0, 1, "a")]), ("abc".to_owned(), 0));
        assert_eq!(apply("abc", &[finding(0, 0, "x")]), ("xabc".to_owned(), 1));
    }

    /// Finds "um ", and takes out one letter at a time: three rounds for each.
    fn lint(source: String) -> Result<LintedFile, Unread> {
        let findings = source.match_indices("um").map(|(at, _)| finding(at, at + 1, ""));
        let more = source.match_indices("m ").map(|(at, _)| finding(at, at + 2, ""));
        let findings = findings.chain(more).collect();
        let sequence = crate::script::parse(&source);
        let (path, profile) = ("a.md".to_owned(), String::new());
        let pace = crate::script::speech::Pace::default();
        Ok(LintedFile { path, source, sequence, profile, rules: [].into(), pace, findings })
    }

    #[test]
    fn rounds_end_when_nothing_is_left_and_the_file_keeps_its_permissions() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "\u{feff}Hi um um Sam.\r\n").expect("written");
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).expect("set");
        let input = Input::File(path.clone());
        let source = input.read().expect("read");
        let file = lint(source.clone()).expect("linted");
        let (file, fixed) = fix(lint, &input, file, true).expect("fixed");
        assert_eq!(file.source, "\u{feff}Hi Sam.\r\n");
        assert_eq!(fs::read_to_string(&path).expect("read"), file.source);
        assert_eq!(fixed.map(|fixed| fixed.before), Some(source.into_bytes()));
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).expect("there").permissions())
                & 0o777,
            0o640
        );
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "Something else.").expect("written");
        let input = Input::File(path.clone());
        let file = lint("um Hi.".to_owned()).expect("linted");
        assert!(fix(lint, &input, file, true).is_err_and(|unread| unread.text.contains("changed")));
        assert_eq!(fs::read_to_string(&path).expect("read"), "Something else.");
    }

    #[test]
    fn fixes_that_undo_each_other_end() {
        let flip = |source: String| {
            let other = if source == "a" { "b" } else { "a" };
            let findings = vec![finding(0, 1, other)];
            lint(source).map(|file| LintedFile { findings, ..file })
        };
        let input = Input::Standard { name: "-".to_owned() };
        let (_, fixed) = fix(flip, &input, flip("a".to_owned()).expect("linted"), true).expect("fixed");
        assert_eq!(fixed.map(|fixed| fixed.n_fixes), Some(MAX_ROUNDS));
    }

    #[test]
    fn a_diff_that_patch_understands() {
        let fixed = Fixed {
            path: "a b.md".to_owned(),
            is_standard_input: false,
            before: b"one\r\ntwo\nthree".to_vec(),
            after: b"one\r\n2\nthree".to_vec(),
            n_fixes: 1,
        };
        assert_eq!(
            diff(&fixed),
            "--- a b.md\t\n+++ a b.md\t\n@@ -1,3 +1,3 @@\n one\r\n-two\n+2\n three\n\\ No newline at end of file\n"
        );
    }
}
