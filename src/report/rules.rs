//! Rules as JSON: `{"version": 1, "rules": [{"code": …, "explanation": Markdown}]}`.

use std::io::{self, Write};

use serde::Serialize;

use crate::lint::Rule;
use crate::lint::page::Page;

#[derive(Serialize)]
struct Document {
    version: u32,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    on_by_default: bool,
    summary: &'static str,
    explanation: String,
}

pub fn write<'r>(out: &mut impl Write, rules: impl Iterator<Item = &'r &'r dyn Rule>) -> io::Result<()> {
    let rules = rules.map(|rule| {
        let meta = rule.meta();
        let page = Page::read(meta.explanation);
        Entry {
            code: meta.code,
            name: meta.name,
            severity: meta.severity.name(),
            on_by_default: meta.on_by_default,
            summary: page.summary(),
            explanation: page.explanation(),
        }
    });
    let document = Document { version: 1, rules: rules.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
