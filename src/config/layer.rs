//! One source of settings.

use std::collections::BTreeMap;

use crate::finding::Severity;

/// What one source says; what it does not name stays as it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layer {
    /// Where it was said, for messages alone: a path, a profile, "the command line".
    pub origin: String,
    pub scope: Scope,
    /// Codes, prefixes (`AB4`) or names; `None` to leave the selection as it is.
    pub select: Option<Vec<String>>,
    pub extend_select: Vec<String>,
    pub ignore: Vec<String>,
    pub severity: BTreeMap<String, Level>,
    /// By the names of [`super::Limits`].
    pub limits: BTreeMap<String, f64>,
}

/// What a source speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Scripts, or those of a profile of one's own.
    #[default]
    Scripts,
    /// Those of a built-in profile, by its name.
    BuiltIn(&'static str),
    /// Those at some paths.
    PerFile,
}

/// What `[severity]` may say of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Off,
    On(Severity),
}

impl Level {
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "off" { Some(Self::Off) } else { Severity::from_name(name).map(Self::On) }
    }
}
