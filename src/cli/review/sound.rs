//! How a page comes to the sound of a recording.

use std::fs;
use std::path::{Component, Path};

use super::super::{complain, paths};
use super::recordings::media_type;
use crate::report::review_html::Sound;
use crate::report::row::Row;
use crate::report::uri;

/// For a page that is written to `page`.
pub fn of(row: &Row, page: &Path, embeds: bool) -> Sound {
    if !embeds {
        return link(&row.file, page).map_or(Sound::None, Sound::Link);
    }
    match fs::read(&row.file) {
        // What was named outright may be called anything; most that is called otherwise is a WAV.
        Ok(bytes) => Sound::Embedded { media_type: media_type(&row.file).unwrap_or("audio/wav"), bytes },
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
