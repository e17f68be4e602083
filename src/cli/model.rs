//! `afterbeep model`.

use std::io::{self, Write};
use std::path::Path;

use super::{Outcome, refuse, standard_output};
use crate::model::registry::{self, KnownModel};
use crate::model::store::Store;
use crate::spelling::did_you_mean;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List the models that are known, and which of them are here
    List,
    /// Fetch a model, and check it (a build with the feature `download`)
    Get {
        /// As `afterbeep model list` has it: base.en
        name: String,
        /// The address of the folder that the model is in
        #[arg(long, value_name = "URL")]
        from: Option<String>,
    },
    /// Check that a model is whole and the right one
    Verify {
        /// As `afterbeep model list` has it: base.en
        name: String,
    },
    /// Print where a model is, or would be: `afterbeep/models` among your data
    Path {
        /// As `afterbeep model list` has it: base.en
        name: String,
    },
    /// Delete a model
    Remove {
        /// As `afterbeep model list` has it: base.en
        name: String,
    },
}

pub fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match carry_out(&arguments.command) {
        Ok(text) => {
            let mut out = standard_output();
            write!(out, "{text}")?;
            out.flush()?;
            Ok(Outcome::Clean)
        }
        Err(error) => Ok(refuse(error)),
    }
}

/// What to print.
fn carry_out(command: &Command) -> Result<String, String> {
    let store = Store::of_user().map_err(|error| error.to_string())?;
    match command {
        Command::List => Ok(list(&store)),
        Command::Get { name, from } => get(&store, &known(name)?, from.as_deref()),
        Command::Verify { name } => {
            let path = store.verify(&known(name)?).map_err(|error| error.to_string())?;
            Ok(format!("{}: whole, and its SHA-256 is right\n", path.display()))
        }
        Command::Path { name } => Ok(format!("{}\n", store.path(&known(name)?).display())),
        Command::Remove { name } => {
            let path = store.remove(&known(name)?).map_err(|error| error.to_string())?;
            Ok(format!("{}: removed\n", path.display()))
        }
    }
}

fn known(name: &str) -> Result<KnownModel, String> {
    registry::find(name).ok_or_else(|| {
        let hint = did_you_mean(name, registry::all().iter().map(|model| model.name));
        format!("no model is called {name}{hint} (`afterbeep model list` has them all)")
    })
}

fn list(store: &Store) -> String {
    let mut text = format!("{:<20} {:>8} {:>8}   {:<18} here\n", "name", "size", "memory", "word errors");
    for model in registry::all() {
        let megabytes = model.bytes as f64 / 1e6;
        let errors = model.word_error_rates.map(|(clean, other)| format!("{clean:.1} % to {other:.1} %"));
        let here = if is_here(&store.path(&model), model.bytes) { "yes" } else { "no" };
        let errors = errors.unwrap_or("n/a".to_owned());
        let KnownModel { name, memory_mb, .. } = model;
        text += &format!("{name:<20} {megabytes:>5.0} MB {memory_mb:>5} MB   {errors:<18} {here}\n");
    }
    text += "\nWord errors: published, in read English speech, clean and less so; n/a: none found (quantised models, -q, have none).\n\
             Names with .en know English only. Memory is about what transcribing takes.\n";
    text
}

/// By its size; `verify` reads it all.
fn is_here(path: &Path, bytes: u64) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.len() == bytes)
}

#[cfg(feature = "download")]
fn get(store: &Store, model: &KnownModel, from: Option<&str>) -> Result<String, String> {
    use crate::model::download;
    let bar = super::progress::bytes(model.bytes);
    let path =
        download::get(store, model, from.unwrap_or(download::HOME), |n_bytes| bar.set_position(n_bytes));
    bar.finish_and_clear();
    let path = path.map_err(|error| error.to_string())?;
    Ok(format!("{}\n", path.display()))
}

#[cfg(not(feature = "download"))]
fn get(store: &Store, model: &KnownModel, _: Option<&str>) -> Result<String, String> {
    Err(format!(
        "this build cannot fetch anything; build it with `cargo build --features download`, or put {} there yourself",
        store.path(model).display()
    ))
}
