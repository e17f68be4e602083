//! How a page comes to the sound of a recording.

use std::fs;
use std::path::{Component, Path};

use super::super::{complain, paths};
use crate::report::review_html::Sound;
use crate::report::row::Row;
use crate::report::uri;

/// For a page that is written to `page`.
pub fn of(row: &Row, page: &Path, embeds: bool) -> Sound {
    if !embeds {
        return link(&row.file, page).map_or(Sound::None, Sound::Link);
    }
    match fs::read(&row.file) {
        Ok(bytes) => Sound::Embedded { media_type: media_type(&row.file), bytes },
        Err(error) => {
            complain(format_args!("{}: cannot be put into the page: {error}", row.path));
            Sound::None
        }
    }
}

/// From the folder of the page, percent-encoded (RFC 3986); `None` where there is no way, as between drives.
fn link(file: &Path, page: &Path) -> Option<String> {
    let relative = paths::relative(file, page.parent()?)?;
    let mut parts = Vec::new();
    for component in relative.components() {
        match component {
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Normal(name) => parts.push(uri::encoded(name.as_encoded_bytes())),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(parts.join("/"))
}

fn media_type(file: &Path) -> &'static str {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "m4b" | "mp4" => "audio/mp4",
        "aac" => "audio/aac",
        "flac" => "audio/flac",
        "ogg" | "oga" => "audio/ogg",
        "aif" | "aiff" | "aifc" => "audio/aiff",
        _ => "audio/wav",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_start_from_the_folder_of_the_page_and_hold_no_special_character() {
        let link = |file: &str, page: &str| link(Path::new(file), Path::new(page)).expect("there is a way");
        assert_eq!(link("calls/a b#1.wav", "team.html"), "calls/a%20b%231.wav");
        assert_eq!(link("calls/<s>?.wav", "out/team.html"), "../calls/%3Cs%3E%3F.wav");
        assert_eq!(link("./x.wav", "./team.html"), "x.wav");
    }
}
