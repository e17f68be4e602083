//! Rules, and findings of a review, as JSON: `{"version": 1, "rules": [{"code": …, "explanation": Markdown}]}`.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Severity;
use crate::lint::in_profiles::in_profiles;
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

    /// In Markdown; of a rule with what the profiles make of it, under its options.
    pub fn explanation(&self) -> String {
        let explanation = self.page().explanation();
        let Self::Rule(meta) = self else { return explanation };
        let Some((before, options)) = explanation.split_once("\n## Options\n") else { return explanation };
        let (options, after) = options.split_once("\n## ").unwrap_or((options, ""));
        let Some(profiles) = in_profiles(meta, options) else { return explanation };
        format!("{before}\n## Options\n{options}\n{profiles}\n\n## {after}")
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
