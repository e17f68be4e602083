//! Text for XML 1.0.

/// Safe as the text of an element and within the quotes of an attribute. What XML 1.0 cannot hold at all is shown as
/// `\u{1b}`; line ends and tabs are references, since a parser would make spaces of them in an attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&apos;",
            '\t' | '\n' | '\r' => escaped += &format!("&#{};", character as u32),
            // The end of production [2] Char of XML 1.0, and the C1 controls, which it discourages.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                escaped += &format!("\\u{{{:x}}}", character as u32);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_its_element_or_breaks_the_document() {
        assert_eq!(escaped("<\"a'&b>\n"), "&lt;&quot;a&apos;&amp;b&gt;&#10;");
        assert_eq!(escaped("\0\u{1b}\u{fffe}é😀"), "\\u{0}\\u{1b}\\u{fffe}é😀");
    }
}
