//! Rules, and findings of a review, as JSON: `{"version": 1, "rules": [{"code": …, "explanation": Markdown}]}`.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Severity;
use crate::lint::page::Page;
use crate::lint::rule::RuleMeta;
use crate::scorecard::catalogue::FindingMeta;

/// What has a page.
#[derive(Clone, Copy)]
pub enum Explained {
    Rule(&'static RuleMeta),
    Finding(&'static FindingMeta),
}

impl Explained {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rule(meta) => meta.code,
            Self::Finding(meta) => meta.code,
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Rule(meta) => meta.name,
            Self::Finding(meta) => meta.name,
        }
    }

    pub fn severity(&self) -> Severity {
        match self {
            Self::Rule(meta) => meta.severity,
            Self::Finding(meta) => meta.severity,
        }
    }

    pub fn is_on_by_default(&self) -> bool {
        match self {
            Self::Rule(meta) => meta.on_by_default,
            Self::Finding(_) => true,
        }
    }

    pub fn summary(&self) -> &'static str {
        self.page().summary()
    }

    pub fn explanation(&self) -> String {
        self.page().explanation()
    }

    fn page(&self) -> Page<'static> {
        Page::read(match self {
            Self::Rule(meta) => meta.explanation,
            Self::Finding(meta) => meta.page,
        })
    }
}

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

pub fn write(out: &mut impl Write, explained: &[Explained]) -> io::Result<()> {
    let entry = |one: &Explained| Entry {
        code: one.code(),
        name: one.name(),
        severity: one.severity().name(),
        on_by_default: one.is_on_by_default(),
        summary: one.summary(),
        explanation: one.explanation(),
    };
    let document = Document { version: 1, rules: explained.iter().map(entry).collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
