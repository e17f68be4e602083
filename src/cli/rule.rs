//! `afterbeep rule`.

use std::io::{self, Write};

use clap::ValueEnum;

use super::{Outcome, complain, standard_output};
use crate::lint::Rule;
use crate::lint::linter::UnknownRule;
use crate::lint::page::Page;
use crate::lint::registry::{self, RULES};
use crate::report;

#[derive(clap::Args)]
pub struct Arguments {
    /// A code (AB203) or a name (missing-reason); without one, all rules are listed
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
    let one = match arguments.rule.as_deref().map(find).transpose() {
        Ok(one) => one,
        Err(error) => {
            complain(error);
            return Ok(Outcome::CouldNotRun);
        }
    };
    let rules = one.as_ref().map_or(RULES, std::slice::from_ref);
    let mut out = standard_output();
    match (arguments.output_format, one) {
        (Format::Json, _) => report::rules::write(&mut out, rules.iter())?,
        (Format::Text, Some(rule)) => write!(out, "{}", Page::read(rule.meta().explanation).explanation())?,
        (Format::Text, None) => rules.iter().try_for_each(|rule| list(&mut out, *rule))?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn find(selector: &str) -> Result<&'static dyn Rule, String> {
    if selector.to_ascii_uppercase().starts_with("AD") {
        return Err(format!(
            "{selector} is a finding of a review; only the rules of scripts have pages so far"
        ));
    }
    registry::find(selector).ok_or_else(|| UnknownRule::new(selector).to_string())
}

fn list(out: &mut impl Write, rule: &dyn Rule) -> io::Result<()> {
    let meta = rule.meta();
    let severity = if meta.on_by_default { meta.severity.name() } else { "off" };
    writeln!(
        out,
        "{} {:<27} {:<8} {}",
        meta.code,
        meta.name,
        severity,
        Page::read(meta.explanation).summary()
    )
}
