//! Where settings come from, as a user meets them: files, profiles, paths, front matter and flags.

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use common::{afterbeep, folder, stderr, stdout};

const SCRIPT: &str =
    "Hi Sam, this is Dana Pruitt from Kestrel Gems. Your watch is back. You must call me at 404-555-0142.\n";

/// A folder with these files in it.
fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = afterbeep();
    command.args(["lint", "--output-format", "concise"]).args(arguments).current_dir(folder);
    command.output().expect("the program starts")
}

fn codes(output: &Output) -> Vec<String> {
    let text = stdout(output);
    text.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned())).collect()
}

#[test]
fn the_nearest_file_and_what_it_extends() {
    let folder = folder(&[
        ("base.toml", "select = [\"AB104\", \"AB204\"]\n"),
        ("afterbeep.toml", "extend = \"base.toml\"\nignore = [\"AB104\"]\n"),
        ("a.md", SCRIPT),
        ("b/afterbeep.toml", "select = [\"AB104\"]\n"),
        ("b/b.md", SCRIPT),
    ]);
    assert_eq!(codes(&lint(folder.path(), &["a.md"])), ["AB204"]);
    assert_eq!(codes(&lint(folder.path(), &["b/b.md"])), ["AB104"]);
    assert_eq!(codes(&lint(folder.path(), &["."])), ["AB204", "AB104"]);
    let isolated = codes(&lint(folder.path(), &["--isolated", "a.md"]));
    assert!(isolated.contains(&"AB104".to_owned()) && isolated.contains(&"AB204".to_owned()), "{isolated:?}");
}

#[test]
fn paths_and_profiles_and_flags() {
    let folder = folder(&[
        (
            "afterbeep.toml",
            "[per-file]\n\"old/**\" = [\"AB204\"]\n\"brief/*.md\" = { limits = { max_seconds = 1 } }\n\
             [profiles.ours]\nselect = [\"AB104\"]\n",
        ),
        ("old/a.md", SCRIPT),
        ("brief/a.md", SCRIPT),
        ("ours.md", &format!("---\nprofile: ours\n---\n{SCRIPT}")),
        ("typo.md", &format!("---\nprofile: ourz\n---\n{SCRIPT}")),
    ]);
    let lint = |arguments: &[&str]| lint(folder.path(), arguments);
    assert!(!codes(&lint(&["old/a.md"])).contains(&"AB204".to_owned()));
    assert!(codes(&lint(&["brief/a.md"])).contains(&"AB301".to_owned()));
    assert!(!codes(&lint(&["--max-seconds", "60", "brief/a.md"])).contains(&"AB301".to_owned()));
    assert!(
        !codes(&lint(&["--config", "limits.max_seconds=60", "brief/a.md"])).contains(&"AB301".to_owned())
    );
    assert_eq!(codes(&lint(&["ours.md"])), ["AB104"]);
    assert!(!codes(&lint(&["--profile", "thank-you", "old/a.md"])).contains(&"AB104".to_owned()));
    let unknown = lint(&["typo.md", "ours.md"]);
    assert_eq!((unknown.status.code(), codes(&unknown)), (Some(2), vec!["AB104".to_owned()]));
    assert!(stderr(&unknown).contains("typo.md:2: there is no profile `ourz`; did you mean `ours`?"));
}

#[test]
fn what_is_excluded() {
    let folder = folder(&[
        ("afterbeep.toml", "select = [\"AB204\"]\nexclude = [\"archive\", \"*.draft.md\"]\n"),
        ("a.md", SCRIPT),
        ("b.draft.md", SCRIPT),
        ("archive/deep/c.md", SCRIPT),
    ]);
    let n_findings = |arguments: &[&str]| codes(&lint(folder.path(), arguments)).len();
    let absolute = folder.path().display().to_string();
    assert_eq!(n_findings(&["."]), 1);
    assert_eq!(n_findings(&[&absolute]), 1);
    assert_eq!(n_findings(&["b.draft.md"]), 1, "a file that is named is linted");
    assert_eq!(n_findings(&["--force-exclude", "b.draft.md", "archive/deep/c.md", "a.md"]), 1);
}

#[test]
fn what_is_excluded_may_be_taken_back_and_is_for_the_nearest_file_to_say() {
    let folder = folder(&[
        ("afterbeep.toml", "exclude = [\"arch/**\", \"!arch/keep.md\", \"x.md\"]\n"),
        ("arch/keep.md", SCRIPT),
        ("arch/old.md", SCRIPT),
        ("x.md", SCRIPT),
        ("sub/afterbeep.toml", ""),
        ("sub/x.md", SCRIPT),
    ]);
    let output = lint(folder.path(), &["--select", "AB204", "."]);
    let printed = stdout(&output);
    let files: Vec<_> =
        printed.lines().filter_map(|line| line.split_once(".md:")).map(|(file, _)| file).collect();
    assert_eq!(files, ["arch/keep", "sub/x"], "{printed}");
    let piped = |flags: &[&str]| {
        let script = fs::File::open(folder.path().join("x.md")).expect("it is there");
        let mut command = afterbeep();
        command.args(["lint", "--select", "AB204", "--stdin-filename", "x.md", "-"]).args(flags);
        command.current_dir(folder.path()).stdin(script).output().expect("the program starts").status.code()
    };
    assert_eq!((piped(&[]), piped(&["--force-exclude"])), (Some(1), Some(0)));
}

#[test]
fn one_rule_goes_over_many_and_a_flag_over_a_setting_given_by_flag() {
    let folder =
        folder(&[("afterbeep.toml", "[severity]\nALL = \"advice\"\nAB204 = \"error\"\n"), ("a.md", SCRIPT)]);
    let output = lint(folder.path(), &["--select", "AB204", "a.md"]);
    assert!(stdout(&output).contains("error[AB204]"));
    let output = lint(folder.path(), &["--config", "ignore=[\"AB204\"]", "--select", "AB204", "a.md"]);
    assert_eq!(codes(&output), ["AB204"]);
    assert_eq!(lint(folder.path(), &["--max-seconds", "0", "a.md"]).status.code(), Some(2));
}

#[test]
fn whoever_speaks_fast_is_known_sooner() {
    let late = format!(
        "Hi Sam, {} this is Dana Pruitt from Kestrel Gems.\n",
        "it was lovely to see you, ".repeat(3)
    );
    let folder = folder(&[("a.md", &late)]);
    assert_eq!(codes(&lint(folder.path(), &["--select", "AB107", "a.md"])), ["AB107"]);
    let fast = ["--config", "speech.syllables_per_second=9", "--select", "AB107", "a.md"];
    assert_eq!(codes(&lint(folder.path(), &fast)), [""; 0]);
}

#[test]
fn front_matter_may_have_keys_without_values_and_comments() {
    let text = format!(
        "---\nmax_seconds: 25\ncontact:\n  # best_time: weekdays\nfields:\ndays:\ndone:\n---\n{SCRIPT}"
    );
    let folder = folder(&[("a.md", &text)]);
    let output = lint(folder.path(), &["--select", "AB204", "a.md"]);
    assert_eq!((codes(&output), stderr(&output)), (vec!["AB204".to_owned()], String::new()));
    let shown = lint(folder.path(), &["--show-settings", "a.md"]);
    assert!(stdout(&shown).contains("max_seconds = 25  # front matter"));
}

#[test]
fn a_wrong_configuration_is_refused_with_its_place() {
    for (text, expected) in [
        ("ingore = []", "afterbeep.toml: line 1: unknown key `ingore`; did you mean `ignore`?"),
        (
            "select = [\"missing-caler-name\"]",
            "afterbeep.toml: no rule is called `missing-caler-name`; did you mean `missing-caller-name`?",
        ),
        ("[profiles.x]\nignore = [\"AB999\"]", "afterbeep.toml [profiles.x]: no rule is called `AB999`"),
        ("[per-file]\n\"z\" = [\"nothing\"]", "afterbeep.toml [per-file] z: no rule is called `nothing`"),
        ("select = []", "afterbeep.toml: select = [] turns every rule off; name the rules you want"),
        ("[profiles.x]\nselect = []", "afterbeep.toml [profiles.x]: select = [] turns every rule off"),
        ("ignore = [\"ALL\"]", "afterbeep.toml: ignore = [\"ALL\"] turns every rule off"),
        ("extend = \"gone.toml\"", "there is no file gone.toml"),
        ("extend = \"afterbeep.toml\"", "the files extend each other in a circle"),
        ("exclude = [\"[z-a]\"]", "exclude \"[z-a]\""),
        ("profile = \"calback\"", "there is no profile `calback`; did you mean `callback`?"),
    ] {
        let folder = folder(&[("afterbeep.toml", text), ("a.md", SCRIPT)]);
        let output = lint(folder.path(), &["a.md"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains(expected), "{text}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{text}");
    }
}

#[test]
fn nothing_is_a_start_where_something_follows() {
    let folder =
        folder(&[("afterbeep.toml", "select = []\nextend-select = [\"AB104\"]\n"), ("a.md", SCRIPT)]);
    assert_eq!(codes(&lint(folder.path(), &["a.md"])), ["AB104"]);
}

#[cfg(unix)]
#[test]
fn links_to_scripts_are_followed_and_circles_are_not() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("real/a.md", SCRIPT)]);
    let inside = folder.path().join("linked");
    fs::create_dir(&inside).expect("a folder");
    symlink("../real/a.md", inside.join("b.md")).expect("a link");
    symlink("..", inside.join("circle")).expect("a link");
    symlink("gone.md", inside.join("dangling.md")).expect("a link");
    let run = |paths: &[&str]| codes(&lint(folder.path(), &[&["--select", "AB104"], paths].concat())).len();
    assert_eq!(run(&["linked"]), 1);
    assert_eq!(run(&["."]), 2);
    assert_eq!(run(&["linked/b.md"]), 1);
    assert_eq!(run(&["linked/circle/real"]), 1);
}

#[test]
fn front_matter_that_cannot_be_read_fails_and_the_rest_is_done() {
    let folder = folder(&[("a.md", &format!("---\nmax_seconds: soon\n---\n{SCRIPT}")), ("b.md", SCRIPT)]);
    let output = lint(folder.path(), &["--select", "AB204", "."]);
    assert_eq!((output.status.code(), codes(&output).len()), (Some(2), 2), "{}", stderr(&output));
    assert!(stderr(&output).contains("a.md:2: the front matter cannot be read"), "{}", stderr(&output));
}

#[test]
fn the_settings_are_shown_with_their_origin() {
    let folder = folder(&[
        (
            "afterbeep.toml",
            "extend = \"house.toml\"\nprofile = \"thank-you\"\n[limits]\nmin_seconds = 3\n[severity]\nAB204 = \"error\"\n",
        ),
        ("house.toml", "region = \"GB\"\n[score]\nwords = 30\n"),
        ("a.md", SCRIPT),
    ]);
    let faster = ["--config", "speech.syllables_per_second=5"];
    let output =
        lint(folder.path(), &[&["--show-settings", "--ignore", "AB401", "a.md"][..], &faster].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    for line in [
        "# a.md",
        "# configuration: afterbeep.toml",
        "profile = \"thank-you\"  # afterbeep.toml",
        "region = \"GB\"  # house.toml",
        "syllables_per_second = 5  # the command line",
        "words = 30  # house.toml",
        "max_seconds = 20  # profile thank-you",
        "min_seconds = 3  # afterbeep.toml",
        "missing-caller-name = \"error\"",
        "commanding-tone = \"error\"  # afterbeep.toml",
        "filler-word = \"off\"  # the command line",
        "missing-reason = \"off\"  # profile thank-you",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line} in:\n{text}");
    }
}

#[test]
fn the_longest_row_of_the_data_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    std::fs::create_dir(folder.path().join("scripts")).expect("a folder");
    write(
        "clients.csv",
        "name\nAnn\nMaria Fernanda de la Concepcion y Todos los Santos Rodriguez Gonzalez the Third\n",
    );
    let script =
        |data: &str| format!("---\nmax_seconds: 6\ndata: {data}\n---\nHi {{{{name}}}}, it's Dana.\n");
    write("scripts/a.md", &script("../clients.csv"));
    write("scripts/b.md", &script("none.csv"));
    write("scripts/c.md", "Hi Sam.\n");
    let output = afterbeep()
        .current_dir(&folder)
        .args(["lint", "--isolated", "--select", "AB705,AB101", "--output-format", "concise", "scripts"])
        .output()
        .expect("the binary runs");
    let (printed, complaints) = (stdout(&output), stderr(&output));
    assert!(
        printed.contains("scripts/a.md:5:1: error[AB705] with row 2 of the data (Maria Fernanda"),
        "{printed}"
    );
    assert!(printed.contains("scripts/c.md:1:1: error[AB101]"), "the rest is linted: {printed}");
    assert!(
        complaints.contains("scripts/b.md:3: its data, scripts/none.csv, could not be read"),
        "{complaints}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn data_that_fills_nothing_is_an_error() {
    let script = format!("---\ndata: a.csv\n---\nHi {{{{name}}}}. {SCRIPT}");
    for (data, expected) in [
        (
            "Name\nAnn\n",
            "a.md:2: its data: the column `Name` fills nothing, for the placeholder is called `name`",
        ),
        ("piece\nring\n", "a.md:2: its data fills nothing: no placeholder of the script is called `piece`"),
    ] {
        let output = lint(folder(&[("a.md", &script), ("a.csv", data)]).path(), &["a.md"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
    let output = lint(folder(&[("a.md", &script), ("a.csv", "name,piece\nAnn,ring\n")]).path(), &["a.md"]);
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
}
