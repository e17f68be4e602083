//! A rule's page: Markdown whose fenced `voicemail` blocks are its examples and its tests.

#[derive(Debug, Clone, Copy)]
pub struct Page<'p>(&'p str);

/// A fenced block: ```` ```voicemail fires ```` or ```` ```voicemail passes ````.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Script<'p> {
    pub fires: bool,
    pub text: &'p str,
    /// The rows that fill its placeholders: a `csv` block right before it.
    pub data: Option<&'p str>,
}

impl<'p> Page<'p> {
    pub fn read(page: &'p str) -> Self {
        Self(page)
    }

    /// The page as `rule CODE` prints it: without its tests, and the blocks without their marks.
    pub fn explanation(self) -> String {
        let text = self.0.split("\n## Tests\n").next().unwrap_or_default();
        text.replace("```voicemail fires", "```").replace("```voicemail passes", "```").trim_end().to_owned()
            + "\n"
    }

    /// The paragraph under the title.
    pub fn summary(self) -> &'p str {
        self.0.split("\n\n").nth(1).unwrap_or_default().trim()
    }

    /// The text under a heading, up to the next.
    pub fn section(self, title: &str) -> Option<&'p str> {
        let heading = format!("\n## {title}\n");
        let start = self.0.find(&heading)? + heading.len();
        let rest = &self.0[start..];
        Some(&rest[..rest.find("\n## ").unwrap_or(rest.len())])
    }

    pub fn scripts(self) -> Vec<Script<'p>> {
        let starts = self.0.match_indices(FENCE).map(|(start, _)| start);
        let script = |start: usize| {
            let (mark, rest) = self.0[start + FENCE.len()..].split_once('\n')?;
            let text = &rest[..rest.find("\n```")?];
            Some(Script { fires: mark == "fires", text, data: data_before(&self.0[..start]) })
        };
        starts.filter_map(script).collect()
    }
}

const FENCE: &str = "```voicemail ";

fn data_before(page: &str) -> Option<&str> {
    let block = page.trim_end().strip_suffix("```")?;
    let (start, opening) = block.rmatch_indices("```").next()?;
    block[start + opening.len()..].strip_prefix("csv\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# AB1 x\n\nWhat.\n\n## Example\n\n```voicemail fires\nHi.\n```\n\n## Tests\n\n```csv\na\n1\n```\n\n```voicemail passes\nYo.\n```\n";

    #[test]
    fn parts_of_a_page() {
        let page = Page::read(PAGE);
        assert_eq!(page.summary(), "What.");
        assert_eq!(page.section("Example").map(str::trim), Some("```voicemail fires\nHi.\n```"));
        assert_eq!(page.section("Nothing"), None);
        assert_eq!(
            page.scripts(),
            [
                Script { fires: true, text: "Hi.", data: None },
                Script { fires: false, text: "Yo.", data: Some("a\n1\n") }
            ]
        );
        assert_eq!(page.explanation(), "# AB1 x\n\nWhat.\n\n## Example\n\n```\nHi.\n```\n");
    }
}
