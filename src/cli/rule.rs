//! `afterbeep rule`.

use std::io::{self, Write};

use super::{Outcome, complain, standard_output};
use crate::lint::Rule;
use crate::lint::linter::UnknownRule;
use crate::lint::page::Page;
use crate::lint::registry::{self, RULES};

#[derive(clap::Args)]
pub struct Arguments {
    /// A code (AB203) or a name (missing-reason); without one, all rules are listed
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let mut out = standard_output();
    match &arguments.rule {
        None => {
            for rule in RULES {
                list(&mut out, *rule)?;
            }
        }
        Some(selector) => match registry::find(selector) {
            Some(rule) => write!(out, "{}", Page::read(rule.meta().explanation).explanation())?,
            None => {
                if selector.to_ascii_uppercase().starts_with("AD") {
                    complain(format_args!(
                        "{selector} is a finding of a review; only the rules of scripts have pages so far"
                    ));
                } else {
                    complain(UnknownRule::new(selector));
                }
                return Ok(Outcome::CouldNotRun);
            }
        },
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn list(out: &mut impl Write, rule: &dyn Rule) -> io::Result<()> {
    let meta = rule.meta();
    let severity = if meta.on_by_default { meta.severity.name() } else { "off" };
    writeln!(
        out,
        "{} {:<24} {:<8} {}",
        meta.code,
        meta.name,
        severity,
        Page::read(meta.explanation).summary()
    )
}
