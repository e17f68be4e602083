//! `afterbeep rule`.

use std::io::{self, Write};

use clap::ValueEnum;

use super::{Outcome, refuse, standard_output};
use crate::lint::registry::{self, RULES};
use crate::report::{self, rules::Explained};
use crate::scorecard::catalogue::{self, FINDINGS};
use crate::spelling::did_you_mean;

#[derive(clap::Args)]
pub struct Arguments {
    /// A code (AB203, AD104) or a name (missing-reason, monotone); without one, all are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// Every rule; with --output-format json their whole pages
    #[arg(long, conflicts_with = "rule")]
    all: bool,
    /// How rules are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    output_format: Format,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// A line each, or the page of one
    Text,
    /// Everything, for programs
    Json,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let explained = match arguments.rule.as_deref().map(find).transpose() {
        Ok(Some(named)) => named,
        Ok(None) => all(),
        Err(error) => return Ok(refuse(error)),
    };
    let mut out = standard_output();
    match (arguments.output_format, explained.as_slice()) {
        (Format::Json, explained) => report::rules::write(&mut out, explained)?,
        // More than two are those of a prefix: "AB2".
        (Format::Text, named @ ([_] | [_, _])) if arguments.rule.is_some() => {
            let pages: Vec<String> = named.iter().map(Explained::explanation).collect();
            write!(out, "{}", pages.join("\n"))?;
        }
        (Format::Text, explained) => explained.iter().try_for_each(|one| list(&mut out, one))?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn all() -> Vec<Explained> {
    let rules = RULES.iter().map(|rule| Explained::Rule(rule.meta()));
    rules.chain(FINDINGS.iter().map(|meta| Explained::Finding(meta))).collect()
}

/// A name that a rule of scripts and a finding share (`too-long`) means both.
fn find(selector: &str) -> Result<Vec<Explained>, String> {
    let rule = registry::find(selector).map(|rule| Explained::Rule(rule.meta()));
    let finding = catalogue::find(selector).map(Explained::Finding);
    let mut found: Vec<Explained> = rule.into_iter().chain(finding).collect();
    if found.is_empty() {
        let code = selector.to_ascii_uppercase();
        found.extend(all().into_iter().filter(|one| 2 <= code.len() && one.code().starts_with(&code)));
    }
    if !found.is_empty() {
        return Ok(found);
    }
    if !selector.to_ascii_uppercase().starts_with("AD") {
        let all = all();
        let hint = did_you_mean(selector, all.iter().flat_map(|one| [one.name(), one.code()]));
        return Err(format!(
            "no rule or finding is called `{selector}`{hint} (`afterbeep rule` lists them all)"
        ));
    }
    let codes: Vec<&str> = FINDINGS.iter().map(|meta| meta.code).collect();
    let known = codes.join(", ");
    Err(format!("no finding of a review is called `{selector}` in this version; there are {known}"))
}

fn list(out: &mut impl Write, one: &Explained) -> io::Result<()> {
    let severity = if one.is_on_by_default() { one.severity().name() } else { "off" };
    writeln!(out, "{} {:<27} {:<8} {}", one.code(), one.name(), severity, one.summary())
}
