//! Holds the layer table of `ARCHITECTURE.md`: who may know whom, and who may touch files, devices and the clock.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A layer (a module of the crate's root) and the layers it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("finding", &["units"]),
    ("english", &[]),
    ("spelling", &[]),
    ("statistics", &[]),
    ("table", &["units"]),
    ("script", &["units", "finding", "spelling", "table"]),
    ("config", &["finding", "spelling"]),
    ("lint", &["script", "finding", "config", "units", "english", "spelling", "table"]),
    ("audio", &["units", "folders"]),
    ("analysis", &["audio", "units", "statistics"]),
    ("folders", &[]),
    ("model", &["units", "folders"]),
    // A model is inspected before whisper.cpp sees it, so `transcript` knows `model`.
    ("transcript", &["script", "audio", "units", "model", "english"]),
    ("required", &["lint", "script", "transcript"]),
    ("metrics", &["analysis", "transcript", "script", "units", "statistics"]),
    ("scorecard", &["metrics", "transcript", "finding", "config", "units"]),
    ("plan", &[]),
    ("coach", &["statistics", "english", "table"]),
    ("rehearsal", &["audio", "analysis", "metrics", "units", "folders"]),
    // The page of a rule is part of SARIF and of `rule --all --output-format json`.
    (
        "report",
        &[
            "units", "finding", "script", "lint", "analysis", "transcript", "metrics", "scorecard", "plan",
            "coach", "rehearsal", "statistics",
        ],
    ),
];

/// The only layer that may use all others, and that none may use.
const OUTERMOST: &str = "cli";

/// Parts of a layer that another may not use though it may use the layer.
const WITHHELD: &[(&str, &[&str])] = &[
    ("analysis", &["audio::capture"]),
    ("metrics", &["audio::capture", "audio::decode", "transcript::whisper"]),
    ("rehearsal", &["audio::decode"]),
    ("required", &["transcript::whisper"]),
    ("scorecard", &["transcript::whisper"]),
    ("report", &["transcript::whisper", "rehearsal::takes"]),
];

/// The only places that may touch files, devices, the network or the clock.
const OUTSIDE_WORLD: &[&str] = &[
    "cli/", "audio/decode", "audio/wav.rs", "audio/capture", "audio/playback", "transcript/whisper",
    "transcript/memory.rs", "rehearsal/", "folders.rs", "model/",
];

/// The only place where the shape of the JSON lives.
const SERIALISED: &str = "report/";

#[test]
fn every_layer_knows_only_what_it_may() {
    let mut problems = Vec::new();
    for (file, source) in sources() {
        problems.extend(forbidden_imports(&file, &source));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn only_the_outermost_layers_touch_the_outside_world() {
    let outside = Regex::new(
        r"std::(fs|net|env|process)\b|use std::\{[^}]*\b(fs|net|env|process)\b|\bFile::(open|create)|SystemTime|\b(Instant|Timestamp|Zoned|ZonedDateTime)::now|io::(stdin|stdout|stderr)|OpenOptions|path::absolute|\.(is_file|is_dir|exists|canonicalize|symlink_metadata)\(|(Path|PathBuf)::(is_file|is_dir|exists|canonicalize)|current_dir|sysinfo|available_parallelism",
    )
    .expect("the pattern is well formed");
    let mut problems = Vec::new();
    for (file, source) in sources() {
        let allowed = file == "main.rs" || OUTSIDE_WORLD.iter().any(|place| file.starts_with(place));
        let found = code(&source).lines().find(|line| outside.is_match(line)).map(str::to_owned);
        if let (false, Some(line)) = (allowed, found) {
            problems.push(format!("{file}: {}", line.trim()));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn not_even_a_test_inside_uses_the_outermost_layer() {
    let used = Regex::new(r"crate::(?:\{[^;]*\b)?cli\b").expect("the pattern is well formed");
    for (file, source) in all_sources() {
        let is_inside = file != "main.rs" && !file.starts_with("cli/");
        assert!(!is_inside || !used.is_match(&source), "{file} uses {OUTERMOST}");
    }
}

#[test]
fn only_reports_serialise() {
    let derive = Regex::new(r"\bSerialize\b").expect("the pattern is well formed");
    for (file, source) in sources() {
        let serialises = derive.is_match(code(&source));
        assert!(!serialises || file.starts_with(SERIALISED), "{file} derives Serialize");
    }
}

#[test]
fn the_table_is_that_of_the_documentation() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let table = text.split("## Who may know whom").nth(1).expect("the section is there");
    assert!(table.contains(&format!("| `{OUTERMOST}` | all | nothing may use `{OUTERMOST}` |")));
    let name = Regex::new("`([a-z]+)`").expect("the pattern is well formed");
    for (layer, uses) in LAYERS {
        let row = table.lines().find(|line| line.starts_with(&format!("| `{layer}` |")));
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md has a row for `{layer}`"));
        let documented = row.split('|').nth(2).expect("a second column");
        let documented: Vec<&str> = name
            .captures_iter(documented)
            .filter_map(|found| found.get(1))
            .map(|found| found.as_str())
            .collect();
        assert_eq!(documented, *uses, "the row of `{layer}`");
    }
}

#[test]
fn what_is_withheld_from_a_layer_is_not_used_by_it() {
    for (file, source) in sources() {
        assert_eq!(withheld(&file, &source), None, "{file}");
    }
    assert_eq!(withheld("metrics/x.rs", "use crate::audio::{Clip, decode};"), Some("audio::decode"));
    assert_eq!(withheld("metrics/x.rs", "crate::audio::decode::tags()"), Some("audio::decode"));
    assert_eq!(withheld("metrics/x.rs", "use crate::audio::Clip;"), None);
}

/// The first part of a layer that a file uses and may not.
fn withheld(file: &str, source: &str) -> Option<&'static str> {
    let layer = file.split(['/', '.']).next().unwrap_or_default();
    let parts = WITHHELD.iter().filter(|(name, _)| *name == layer).flat_map(|(_, parts)| *parts);
    parts.copied().find(|path| {
        let (of, part) = path.split_once("::").expect("a layer and a part of it");
        let used = Regex::new(&format!(r"crate::{of}::(?:\{{[^;]*)?\b{part}\b"))
            .expect("the pattern is well formed");
        used.is_match(code(source))
    })
}

#[test]
fn a_forbidden_import_is_found() {
    let problems =
        forbidden_imports("lint/rules/x.rs", "use crate::audio::Clip;\nuse crate::finding::Finding;\n");
    assert_eq!(problems, ["lint/rules/x.rs: lint may not use audio"]);
    assert_eq!(
        forbidden_imports("lint/x.rs", "#[cfg(test)]\nmod tests { use crate::audio::Clip; }").len(),
        0
    );
    assert_eq!(forbidden_imports("script/x.rs", "use crate::{finding::Span, lint::Linter};").len(), 1);
    assert_eq!(forbidden_imports("report/x.rs", "use crate::cli::Outcome;").len(), 1);
}

fn forbidden_imports(file: &str, source: &str) -> Vec<String> {
    let layer = file.split(['/', '.']).next().unwrap_or_default();
    if matches!(layer, "lib" | "main" | OUTERMOST) {
        return Vec::new();
    }
    let Some((_, uses)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("{file}: no layer is called {layer}")];
    };
    let path = Regex::new(r"crate::(?:\{([^;]*)\}|([a-z_]+))").expect("the pattern is well formed");
    let word = Regex::new(r"(?:^|[,{\s])([a-z_]+)(?:::|[,}\s]|$)").expect("the pattern is well formed");
    let mut used: Vec<&str> = Vec::new();
    for found in path.captures_iter(code(source)) {
        match (found.get(1), found.get(2)) {
            (Some(list), _) => used.extend(
                word.captures_iter(list.as_str()).filter_map(|name| name.get(1)).map(|name| name.as_str()),
            ),
            (None, Some(name)) => used.push(name.as_str()),
            (None, None) => {}
        }
    }
    used.sort_unstable();
    used.dedup();
    let is_layer = |name: &&str| *name == OUTERMOST || LAYERS.iter().any(|(layer, _)| layer == name);
    let forbidden = used.into_iter().filter(is_layer).filter(|name| *name != layer && !uses.contains(name));
    forbidden.map(|name| format!("{file}: {layer} may not use {name}")).collect()
}

/// The source without its tests: they may use whatever shows that the code is right.
fn code(source: &str) -> &str {
    &source[..source.find("#[cfg(test)]\nmod tests").unwrap_or(source.len())]
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Paths below `src` and their texts; files of tests are left out.
fn sources() -> Vec<(String, String)> {
    all_sources().into_iter().filter(|(file, _)| !file.ends_with("tests.rs")).collect()
}

fn all_sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    collect(&root().join("src"), &mut sources);
    assert!(sources.len() > 30, "only {} source files were found", sources.len());
    sources
}

fn collect(folder: &Path, sources: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry of the source").path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root().join("src")).expect("below src").display().to_string();
            sources.push((name, fs::read_to_string(&path).expect("source is UTF-8")));
        }
    }
}
