//! Paths as URIs (RFC 3986; RFC 8089 for files).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3, and what parts a path.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// `file:///…` of a path from a root, with slashes; `None` of a relative path.
pub fn of_file(path: &str) -> Option<String> {
    let has_drive = path.as_bytes().get(1..3) == Some(b":/".as_slice());
    match path.strip_prefix('/') {
        Some(rest) => Some(format!("file:///{}", encoded(rest))),
        None if has_drive => Some(format!("file:///{}:{}", &path[..1], encoded(&path[2..]))),
        None => None,
    }
}

/// A relative reference of a path with slashes, or of a part of one, which need not be UTF-8.
pub fn encoded(path: impl AsRef<[u8]>) -> String {
    percent_encode(path.as_ref(), ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(encoded("a b/é:%.md"), "a%20b/%C3%A9%3A%25.md");
        assert_eq!(of_file("/tmp/a#.md").as_deref(), Some("file:///tmp/a%23.md"));
        assert_eq!(of_file("C:/a b.md").as_deref(), Some("file:///C:/a%20b.md"));
        assert_eq!(of_file("a.md"), None);
    }
}
