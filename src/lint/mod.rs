//! Rules over scripts. [`linter::Linter`] runs them; [`registry`] lists them; each rule is a file of `rules`.

mod branches;
pub mod in_profiles;
pub mod linter;
pub mod page;
pub mod phrases;
pub mod reading;
pub mod registry;
pub mod rule;
mod rules;
mod sequence;
mod suppression;

pub use linter::Linter;
pub use rule::{Rule, RuleMeta};
