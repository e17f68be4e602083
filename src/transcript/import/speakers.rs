//! Who speaks and when, where a transcript says so within its text: "Dana Pruitt: Hi Maria", "Dana Pruitt  0:03". Nobody
//! says that, so it is left out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::stretch::Stretch;

/// Takes the names of speakers and the times out of the text, and says so; not which, for they may be clients'.
pub fn leave_out(stretches: &mut [Stretch]) -> Option<String> {
    let is_untimed = stretches.iter().all(|stretch| stretch.times.is_none());
    if let ([text], true) = (&mut *stretches, is_untimed) {
        text.text = without_times(&text.text);
    }
    let lines = || stretches.iter().flat_map(|stretch| stretch.text.lines());
    let mut n_lines: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in lines().filter_map(label) {
        *n_lines.entry(name.to_owned()).or_default() += 1;
    }
    // "Remember: …" begins one line.
    n_lines.retain(|_, n| FEWEST <= *n);
    for stretch in stretches.iter_mut().filter(|_| !n_lines.is_empty()) {
        let said = stretch.text.lines().map(|line| match label(line) {
            Some((name, said)) if n_lines.contains_key(name) => said,
            _ => line,
        });
        stretch.text = said.collect::<Vec<_>>().join("\n");
    }
    let n: usize = n_lines.values().sum();
    (0 < n).then(|| format!("who speaks stands at the start of {n} lines, and is left out"))
}

/// Lines that a name or a time begins, from which it is no word of one sentence.
const FEWEST: usize = 2;

/// "Dana Pruitt: ", "SPEAKER_00: ", and what is said.
fn label(line: &str) -> Option<(&str, &str)> {
    let label = LABEL.captures(line)?;
    let name = label.get(1)?.as_str();
    Some((name, &line[label.get(0)?.end()..]))
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[-–>]+\s*)?(\p{Lu}[\w.'’-]*(?: [\p{Lu}\d][\w.'’-]*){0,2}):(?:\s+|$)")
        .expect("the pattern of speakers is well formed")
});

/// Without the times that begin lines, and lines of a name and a time.
fn without_times(text: &str) -> String {
    let n_times = text.lines().filter(|line| TIME.is_match(line) || HEADING.is_match(line)).count();
    if n_times < FEWEST {
        return text.to_owned();
    }
    let said = text.lines().filter(|line| !HEADING.is_match(line)).map(|line| TIME.replace(line, ""));
    said.collect::<Vec<_>>().join("\n")
}

/// "0:03 ", "[00:00:03] ".
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*[\[(]?\d{1,2}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d+)?[\])]?(?:\s+|$)")
        .expect("the pattern of times is well formed")
});

/// "Dana Pruitt  0:03".
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*\p{Lu}[\w.'’-]*(?: [\p{Lu}\d][\w.'’-]*){0,2}\s+[\[(]?\d{1,2}:[0-5]\d(?::[0-5]\d)?[\])]?\s*$",
    )
    .expect("the pattern of headings is well formed")
});

#[cfg(test)]
mod tests {
    use super::super::read;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let transcript = read(text.as_bytes()).expect("a transcript");
        let words: Vec<&str> = transcript.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn nobody_says_who_speaks_and_when() {
        check(
            "1\n00:00:00,000 --> 00:00:01,000\nDana Pruitt: Hi Maria.\n\n2\n00:00:01,000 --> 00:00:02,000\nDana Pruitt: Call me.\n",
            "Hi Maria. Call me.",
        );
        check("SPEAKER_00: Hi Maria.\nSPEAKER_00: Call me.\n", "Hi Maria. Call me.");
        check("0:00 Hi Maria.\n0:03 Call me.\n", "Hi Maria. Call me.");
        check("Dana Pruitt  0:00\nHi Maria.\n\nDana Pruitt  0:03\nCall me.\n", "Hi Maria. Call me.");
        check("Hi Maria. Remember: call me\n5:30 is fine.\n", "Hi Maria. Remember: call me 5:30 is fine.");
    }

    #[test]
    fn lines_of_words_or_segments_have_times() {
        for text in [
            "start\tend\ttext\n300\t900\tHi Maria\n900\t1500\tcall me\n",
            ";; made by hand\ndemo A 0.30 0.30 Hi 0.9\ndemo A 0.60 0.30 Maria\ndemo A 0.9 0.3 call\ndemo A 1.2 0.3 me\n",
            "[00:00:00.300 --> 00:00:00.900]   Hi Maria\n[00:00:00.900 --> 00:00:01.500]   call me\n",
        ] {
            check(text, "Hi Maria call me");
            let transcript = read(text.as_bytes()).expect("a transcript");
            let span = transcript.span().expect("it has times");
            assert!((span.start.0 - 0.3).abs() < 1e-9 && (span.end.0 - 1.5).abs() < 1e-9, "{span:?}");
        }
        let error = read(b"start\tend\ttext\n300\tsoon\tHi\n").expect_err("no time");
        assert_eq!(error.place, "line 2");
    }
}
