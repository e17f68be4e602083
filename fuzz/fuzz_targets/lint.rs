//! Every rule over any text: no panic, every place and fix within it, and fixes that keep it text.
#![no_main]

use std::sync::LazyLock;

use afterbeep::config::Settings;
use afterbeep::finding::Place;
use afterbeep::lint::Linter;
use afterbeep::script::{self, data::Table};
use libfuzzer_sys::fuzz_target;

static LINTER: LazyLock<Linter> =
    LazyLock::new(|| Linter::new(Settings::selecting(&["ALL"])).expect("all rules are rules"));

fuzz_target!(|source: &str| {
    let sequence = script::parse(source);
    let data = Table::parse("name,piece\nAnn,a ring\n").expect("well formed");
    for finding in LINTER.lint(source, &sequence, Some(&data)) {
        if let Place::Text(span) = finding.place {
            let _ = span.of(source);
        }
        if let Some(fix) = &finding.fix {
            let _ = fix.span.of(source);
        }
    }
});
