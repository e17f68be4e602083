//! `--plot FILE`.

use std::path::{Path, PathBuf};

use super::replacing;
use crate::report::{ReviewedFile, plot};

/// Where the picture goes, and what kind it is by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Svg,
    Png,
}

impl Plot {
    /// What clap parses `FILE` with.
    pub fn parse(path: &str) -> Result<Self, String> {
        let path = PathBuf::from(path);
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let kind = match extension.to_ascii_lowercase().as_str() {
            "svg" => Kind::Svg,
            "png" => Kind::Png,
            _ => return Err("pictures are SVG or PNG: name it .svg or .png".to_owned()),
        };
        Ok(Self { path, kind })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whole or not at all, for its owner only: a picture of a recording is as private as the recording.
    pub fn write(&self, file: &ReviewedFile, peaks: &[f32]) -> Result<(), String> {
        let bytes = match self.kind {
            Kind::Svg => plot::svg(file, peaks)?.into_bytes(),
            Kind::Png => plot::png(file, peaks)?,
        };
        let Self { path, .. } = self;
        replacing::write_private(path, |out| out.write_all(&bytes))
            .map_err(|error| format!("{}: {error}", Path::display(path)))
    }
}
