//! What runs afterbeep elsewhere does what it says: the steps of `action.yml`, the hooks of `.pre-commit-hooks.yaml` and the
//! recipes of `docs/ci.md` are run here in a repository, with the program that was just built where they install it.
#![cfg(unix)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

use common::{afterbeep, root, stderr, stdout};

const GOOD: &str = include_str!("../fixtures/scripts/demo-better.md");
const BAD: &str = include_str!("../fixtures/scripts/demo.md");

/// A repository with a good script, a bad one whose name is awkward, and a README that is no voicemail.
fn repository() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in [
        ("voicemails/good.md", GOOD),
        ("voicemails/it's $(touch owned) \"bad\".md", BAD),
        ("calls/late.voicemail", BAD),
        ("README.md", BAD),
        ("docs/notes.txt", BAD),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }
    folder
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn yaml_file(name: &str) -> Value {
    yaml(&fs::read_to_string(root().join(name)).expect("the file is there"))
}

/// Runs shell text as GitHub and GitLab do, with afterbeep on the path.
fn bash(folder: &Path, text: &str, variables: &BTreeMap<String, String>) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_afterbeep"));
    let bin = program.parent().expect("a folder").display().to_string();
    let here = folder.join("bin").display().to_string();
    let path = format!("{here}:{bin}:{}", std::env::var("PATH").unwrap_or_default());
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", text])
        .current_dir(folder)
        .envs(variables)
        .env("PATH", path)
        .output()
        .expect("bash starts")
}

fn step<'a>(action: &'a Value, id: &str) -> &'a Value {
    let steps = action["runs"]["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["id"] == id).unwrap_or_else(|| panic!("a step {id}"))
}

/// The environment of a step, with the inputs given and the defaults of the others.
fn environment(action: &Value, step: &Value, inputs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let expression = Regex::new(r"^\$\{\{ inputs\.([a-z-]+) \}\}$").expect("the pattern is well formed");
    let variables = step["env"].as_object().expect("an environment").iter().map(|(name, value)| {
        let value = value.as_str().expect("text");
        let input = expression.captures(value).unwrap_or_else(|| panic!("{value} is an input"))[1].to_owned();
        let default = action["inputs"][&input]["default"].as_str();
        let default = default.unwrap_or_else(|| panic!("the input {input} is there with a default"));
        let given = inputs.iter().find(|(name, _)| *name == input).map(|(_, value)| *value);
        (name.clone(), given.unwrap_or(default).to_owned())
    });
    variables.collect()
}

fn run_action(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let action = yaml_file("action.yml");
    let step = step(&action, "lint");
    let variables = environment(&action, step, inputs);
    bash(folder, step["run"].as_str().expect("a script"), &variables)
}

#[test]
fn no_input_is_run_as_shell_text() {
    let action = yaml_file("action.yml");
    for step in action["runs"]["steps"].as_array().expect("steps") {
        let run = step["run"].as_str().expect("a script");
        assert!(!run.contains("${{"), "{run}");
        assert_eq!(step["shell"], "bash");
    }
}

#[test]
fn the_action_annotates_and_fails() {
    let repository = repository();
    let output = run_action(repository.path(), &[("paths", "voicemails\n")]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("::warning file=voicemails/it's $(touch owned) \"bad\".md,line=3,"));
    let output = run_action(repository.path(), &[("paths", "voicemails/good.md")]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()), "{}", stderr(&output));
    let awkward = "voicemails/good.md\nvoicemails/it's $(touch owned) \"bad\".md";
    let output = run_action(repository.path(), &[("paths", awkward), ("fail-on", "never")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!repository.path().join("owned").exists());
    let output = run_action(repository.path(), &[("fail-on", "$(touch owned)")]);
    assert_eq!((output.status.code(), repository.path().join("owned").exists()), (Some(2), false));
    let arguments = "--select=AB104\n--config\nlimits.max_seconds=20";
    let output = run_action(repository.path(), &[("args", arguments), ("paths", "voicemails")]);
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stderr(&output));
}

#[test]
fn the_action_writes_sarif_and_says_what_it_could_not_read() {
    let repository = repository();
    fs::write(repository.path().join("voicemails/latin.txt"), b"caf\xe9").expect("written");
    let inputs = [("paths", "voicemails"), ("sarif-file", "out file.sarif")];
    let output = run_action(repository.path(), &inputs);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stdout(&output).contains("::error file=voicemails/latin.txt"));
    let sarif = fs::read_to_string(repository.path().join("out file.sarif")).expect("it is written");
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    assert!(sarif["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()));
}

#[test]
fn the_action_installs_what_is_asked_for() {
    let repository = repository();
    let bin = repository.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    // In the place of cargo: says what it was asked.
    fs::write(bin.join("cargo"), "#!/bin/sh\nprintf '[%s]' \"$@\"\n").expect("written");
    fs::set_permissions(bin.join("cargo"), fs::Permissions::from_mode(0o755)).expect("it is a program");
    let action = yaml_file("action.yml");
    let step = step(&action, "install");
    let github_path = repository.path().join("github_path");
    let temporary = repository.path().join("a b");
    let root = temporary.join("afterbeep");
    let run = |version: &str| {
        let mut variables = environment(&action, step, &[("version", version)]);
        variables.insert("RUNNER_TEMP".to_owned(), temporary.display().to_string());
        variables.insert("GITHUB_ACTION_PATH".to_owned(), "/action".to_owned());
        variables.insert("GITHUB_PATH".to_owned(), github_path.display().to_string());
        let output = bash(repository.path(), step["run"].as_str().expect("a script"), &variables);
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let install = format!("[install][--locked][--root][{}]", root.display());
    assert_eq!(run(""), format!("{install}[--path][/action]"));
    assert_eq!(run("1.2; x"), format!("{install}[--version][1.2; x][afterbeep]"));
    let added = fs::read_to_string(&github_path).expect("it is written");
    assert_eq!(added.lines().next(), Some(&*format!("{}/bin", root.display())));
    // What a cache brought back is not built again.
    fs::create_dir_all(root.join("bin")).expect("a folder");
    fs::copy(env!("CARGO_BIN_EXE_afterbeep"), root.join("bin/afterbeep")).expect("a copy");
    assert_eq!(run(""), format!("afterbeep {}\n", env!("CARGO_PKG_VERSION")));
}

/// What pre-commit does: the files that match, after the entry and the arguments.
fn run_hook(folder: &Path, hook: &Value, arguments: &[&str]) -> (Vec<String>, Output) {
    let files = Regex::new(hook["files"].as_str().expect("a pattern")).expect("the pattern is well formed");
    let mut names = Vec::new();
    for sub in ["", "voicemails", "calls", "docs"] {
        for entry in fs::read_dir(folder.join(sub)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("it lies there").display().to_string();
            if path.is_file() && files.is_match(&name) {
                names.push(name);
            }
        }
    }
    names.sort();
    let mut entry = hook["entry"].as_str().expect("an entry").split(' ');
    assert_eq!(entry.next(), Some("afterbeep"));
    let mut command = afterbeep();
    command.args(entry).args(arguments).args(&names).current_dir(folder);
    (names, command.output().expect("the program starts"))
}

#[test]
fn the_hooks_lint_voicemails_and_no_readme() {
    let repository = repository();
    let hooks = yaml_file(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().expect("hooks");
    for hook in hooks {
        for (key, value) in [("language", "rust"), ("name", ""), ("description", "")] {
            let text = hook[key].as_str().unwrap_or_else(|| panic!("{key}"));
            assert!(value.is_empty() || value == text, "{key}");
        }
        let (names, output) = run_hook(repository.path(), hook, &["--output-format", "concise"]);
        assert_eq!(
            names,
            ["calls/late.voicemail", "voicemails/good.md", "voicemails/it's $(touch owned) \"bad\".md"]
        );
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    }
    fs::write(repository.path().join("afterbeep.toml"), "exclude = [\"calls\", \"*bad*\"]\n")
        .expect("written");
    let (_, output) = run_hook(repository.path(), &hooks[0], &[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
}

/// The fenced blocks of a section of `docs/ci.md` that are in a language.
fn blocks(section: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs/ci.md")).expect("it is there");
    let heading = format!("\n## {section}\n");
    let text = match section {
        "" => text.split("\n## ").next(),
        _ => text.split(&heading).nth(1).and_then(|rest| rest.split("\n## ").next()),
    };
    let text = text.unwrap_or_else(|| panic!("a section {section}"));
    let fence = format!("```{language}\n");
    let blocks: Vec<String> =
        text.split(&fence).skip(1).filter_map(|rest| Some(rest.split("\n```").next()?.to_owned())).collect();
    assert!(!blocks.is_empty(), "{section}: {language}");
    blocks
}

#[test]
fn the_recipe_for_github_fits_the_action() {
    let workflow = yaml(&blocks("GitHub Actions", "yaml")[0]);
    let steps = workflow["jobs"]["afterbeep"]["steps"].as_array().expect("steps");
    let ours =
        steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("/afterbeep@")));
    let with = ours.expect("a step of ours")["with"].as_object().expect("inputs");
    let action = yaml_file("action.yml");
    let inputs: Vec<(&str, &str)> =
        with.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("text"))).collect();
    assert!(inputs.iter().all(|(name, _)| action["inputs"][name].is_object()), "{inputs:?}");
    let repository = repository();
    let output = run_action(repository.path(), &inputs);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let upload = steps.last().expect("a step")["with"]["sarif_file"].as_str().expect("a file");
    assert!(repository.path().join(upload).exists());
}

#[test]
fn the_recipe_for_gitlab_writes_its_report() {
    let job = &yaml(&blocks("GitLab", "yaml")[0])["voicemails"];
    let lines: Vec<&str> =
        job["script"].as_array().expect("lines").iter().map(|line| line.as_str().expect("text")).collect();
    let (installing, linting): (Vec<&str>, Vec<&str>) =
        lines.iter().partition(|line| line.starts_with("cargo install "));
    assert_eq!((installing.len(), linting.len()), (1, 1));
    let repository = repository();
    let output = bash(repository.path(), linting[0], &BTreeMap::new());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report = job["artifacts"]["reports"]["codequality"].as_str().expect("a file");
    let report = fs::read_to_string(repository.path().join(report)).expect("it is written");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert!(report.as_array().is_some_and(|issues| !issues.is_empty()));
}

#[test]
fn the_recipe_for_pre_commit_names_a_hook() {
    let config = yaml(&blocks("pre-commit", "yaml")[0]);
    let wanted = &config["repos"][0]["hooks"][0];
    let hooks = yaml_file(".pre-commit-hooks.yaml");
    let hook = hooks.as_array().expect("hooks").iter().find(|hook| hook["id"] == wanted["id"]);
    let arguments: Vec<&str> =
        wanted["args"].as_array().expect("arguments").iter().map(|one| one.as_str().expect("text")).collect();
    let repository = repository();
    let (_, output) = run_hook(repository.path(), hook.expect("the hook is there"), &arguments);
    assert_eq!(output.status.code(), Some(0), "no errors are in it: {}", stderr(&output));
    assert!(stdout(&output).contains("warnings in 3 scripts"));
}

#[test]
fn the_recipe_for_reviewdog_hands_it_the_findings() {
    let repository = repository();
    let bin = repository.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    // In the place of reviewdog: keeps what it was given.
    fs::write(bin.join("reviewdog"), "#!/bin/sh\ncat > given.json\n").expect("written");
    fs::set_permissions(bin.join("reviewdog"), fs::Permissions::from_mode(0o755)).expect("it is a program");
    let output = bash(repository.path(), &blocks("reviewdog", "sh")[0], &BTreeMap::new());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let given = fs::read_to_string(repository.path().join("given.json")).expect("it was given something");
    let given: Value = serde_json::from_str(&given).expect("JSON");
    assert!(given["diagnostics"].as_array().is_some_and(|list| !list.is_empty()));
}

#[test]
fn the_recipe_for_jenkins_writes_its_report() {
    let pipeline = &blocks("Jenkins", "groovy")[0];
    let find = |pattern: &str| {
        let pattern = Regex::new(pattern).expect("the pattern is well formed");
        pattern.captures(pipeline).expect("it is there")[1].to_owned()
    };
    let repository = repository();
    let output = bash(repository.path(), &find("sh '([^']+)'"), &BTreeMap::new());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report = fs::read_to_string(repository.path().join(find("junit '([^']+)'"))).expect("it is written");
    assert!(report.contains("<failure "));
}

#[test]
fn the_recipe_for_old_scripts_passes_them() {
    let repository = repository();
    let output = bash(repository.path(), &blocks("", "sh")[0], &BTreeMap::new());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("nothing to change in 2 scripts"), "{}", stdout(&output));
}
