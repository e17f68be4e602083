//! What is worth changing in the words said: the number, the details, the script, restarts, filler words.

use super::catalogue;
use super::findings::{MAX_TIMES, finding};
use super::targets::{Band, Targets};
use crate::finding::{Finding, Place, Severity};
use crate::metrics::Measurements;
use crate::metrics::words::fastest_number;
use crate::transcript::alignment::{Alignment, Detail, DetailKind, Said, Status, Stretch, StretchKind};
use crate::units::{Interval, beside, counted};

/// Words in a row that were left out, put in or changed, from which the script was left; ours: fewer are a slip.
const MIN_OFF_SCRIPT: usize = 4;

/// None without a transcript.
pub fn findings(measurements: &Measurements, targets: &Targets) -> Vec<Finding> {
    let Some(said) = &measurements.said else { return Vec::new() };
    let mut findings = Vec::new();
    findings.extend(rushed_number(measurements, targets, said));
    if let Some(alignment) = &said.against_script {
        if alignment.is_of_another_script() {
            findings.push(another_script(alignment));
        } else {
            findings.extend(alignment.details.iter().filter_map(|detail| detail_not_said(detail, alignment)));
            findings.extend(number_differs(alignment));
            findings.extend(alignment.stretches.iter().filter_map(slip));
            findings.extend(alignment.stretches.iter().filter_map(off_script));
        }
    }
    findings.extend(restarts(said));
    findings.extend(filler_words(said));
    findings
}

fn place(interval: Option<Interval>) -> Place {
    interval.map_or(Place::Whole, Place::Time)
}

fn rushed_number(measurements: &Measurements, targets: &Targets, said: &Said) -> Option<Finding> {
    let target = targets.of("number_rate")?;
    let rate = measurements.value("number_rate")?;
    if target.band(rate) != Band::High {
        return None;
    }
    let (number, _) = fastest_number(said)?;
    let pause =
        number.longest_pause.map(|pause| format!("; its longest pause is {pause:.1}")).unwrap_or_default();
    let rate = beside(rate, target.high.unwrap_or_default(), 1);
    let text = format!("{} at {rate} digits a second{pause}", quoted(&number.passage.text));
    let help = "say it in groups of three or four, with half a second between them";
    Some(finding(&catalogue::RUSHED_NUMBER, place(number.passage.interval), text, help))
}

fn another_script(alignment: &Alignment) -> Finding {
    let share = 100.0 * alignment.coverage;
    let text = format!("only {share:.0} % of the script was said; is it the script that was read?");
    let help = "review with the script that was read, or without one";
    // Nothing that is said of the words can be believed before this is settled.
    Finding { severity: Severity::Error, ..finding(&catalogue::OFF_SCRIPT, Place::Whole, text, help) }
}

fn detail_not_said(detail: &Detail, alignment: &Alignment) -> Option<Finding> {
    let what = match detail.kind {
        DetailKind::Number => "the number",
        DetailKind::Email => "the e-mail address",
        DetailKind::WebAddress => "the web address",
        DetailKind::Caller => "your name",
        DetailKind::Company => "your company",
        DetailKind::Recipient => "the listener's name",
        DetailKind::Ask => "the ask",
    };
    let script = quoted(&detail.text);
    let text = match (detail.status, detail.kind) {
        (Status::Missing, _) => format!("{what}, {script}, was not said"),
        (Status::Changed, DetailKind::Caller | DetailKind::Company | DetailKind::Recipient)
            if !is_in_part(detail) =>
        {
            format!("{what}, {script}, was not said; {} was", quoted(&detail.heard))
        }
        (Status::Changed, DetailKind::Email | DetailKind::WebAddress) => {
            format!("{what}, {script}, was not said; {} was", quoted(&detail.heard))
        }
        (Status::Changed, DetailKind::Number) if alignment.different_numbers.is_empty() => {
            format!("{what}, {script}, was not said in full; {} was", quoted(&detail.heard))
        }
        // A number that differs is a finding of its own, an ask in other words or a name in part none.
        _ => return None,
    };
    let help = match detail.kind {
        DetailKind::Number | DetailKind::Email | DetailKind::WebAddress => {
            "say it, and pause after it; nobody can call back without it"
        }
        DetailKind::Caller | DetailKind::Company => {
            "say it, and pause after it; they must know who is to be called back"
        }
        DetailKind::Recipient => "say it first: a message with their name in it is for them",
        DetailKind::Ask => "say it, and pause after it; without it they do not know what to do",
    };
    let found = finding(&catalogue::DETAIL_NOT_SAID, place(detail.interval), text, help);
    let has_number = |detail: &Detail| detail.kind == DetailKind::Number && detail.status == Status::Said;
    let is_unreachable = detail.kind == DetailKind::Number && !alignment.details.iter().any(has_number);
    let severity = if is_unreachable { Severity::Error } else { found.severity };
    Some(Finding { severity, ..found })
}

/// "Dana" for "Dana Pruitt".
fn is_in_part(detail: &Detail) -> bool {
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let heard: Vec<String> = detail.heard.split_whitespace().map(bare).collect();
    detail.text.split_whitespace().map(bare).any(|word| heard.contains(&word))
}

fn number_differs(alignment: &Alignment) -> impl Iterator<Item = Finding> + '_ {
    alignment.different_numbers.iter().map(|different| {
        let text = format!(
            "{} was said; the script has {}",
            quoted(&different.heard.text),
            quoted(&different.script)
        );
        let help = "record it again; read the number from the script, digit by digit";
        finding(&catalogue::NUMBER_DIFFERS, place(different.heard.interval), text, help)
    })
}

/// "Thursday" for the script's "Friday".
fn slip(stretch: &Stretch) -> Option<Finding> {
    if !stretch.is_other_day_or_figure() {
        return None;
    }
    let bare = |text: &str| quoted(text.trim_end_matches(['?', '!']));
    let text = format!("{} was said; the script has {}", bare(&stretch.heard), bare(&stretch.script));
    let help = "record it again: they will go by what they heard";
    Some(finding(&catalogue::DETAIL_NOT_SAID, place(stretch.interval), text, help))
}

fn off_script(stretch: &Stretch) -> Option<Finding> {
    let n_words = stretch.n_script_words.max(stretch.n_heard_words);
    if n_words < MIN_OFF_SCRIPT || stretch.is_other_day_or_figure() {
        return None;
    }
    let text = match stretch.kind {
        StretchKind::Omitted => {
            format!(
                "{} words of the script were left out: {}",
                stretch.n_script_words,
                quoted(&stretch.script)
            )
        }
        StretchKind::AdLibbed => {
            format!(
                "{} words that the script does not have: {}",
                stretch.n_heard_words,
                quoted(&stretch.heard)
            )
        }
        StretchKind::Changed => {
            format!("the script's {} became {}", quoted(&stretch.script), quoted(&stretch.heard))
        }
        StretchKind::Repeated => return None,
    };
    let help = "if it said it better, change the script; if not, mark the place and read it again";
    Some(finding(&catalogue::OFF_SCRIPT, place(stretch.interval), text, help))
}

fn restarts(said: &Said) -> impl Iterator<Item = Finding> + '_ {
    said.restarts.iter().map(|passage| {
        let text = format!("{} was begun a second time", quoted(&passage.text));
        let help = "breathe before the sentence, and know its last word before its first";
        finding(&catalogue::RESTART, place(passage.interval), text, help)
    })
}

fn filler_words(said: &Said) -> Option<Finding> {
    let (first, last) = (said.filler_words.first()?, said.filler_words.last()?);
    let shown = said.filler_words.iter().take(MAX_TIMES).map(|passage| match passage.interval {
        Some(interval) => format!("{} at {:.1} s", quoted(&passage.text), interval.start.0),
        None => quoted(&passage.text),
    });
    let mut shown: Vec<String> = shown.collect();
    if MAX_TIMES < said.filler_words.len() {
        shown.push("…".to_owned());
    }
    let n = said.filler_words.len();
    let words = counted(n, "filler word", "filler words");
    let interval = first.interval.zip(last.interval);
    let interval = interval.map(|(first, last)| Interval { start: first.start, end: last.end });
    let text = format!("{words}: {}", shown.join(", "));
    Some(finding(&catalogue::FILLER_WORD, place(interval), text, "let silence stand where the word was"))
}

/// Words of a quotation; the place tells the rest.
const MAX_QUOTED: usize = 12;

/// In quotation marks, without the comma or stop at its end, and cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    // Quotation marks within would end the quotation: whoever hides what is quoted looks for them.
    let text = text.replace(['"', '\u{201c}', '\u{201d}'], "");
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.iter().take(MAX_QUOTED).copied().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([',', '.', ';', ':']);
    if MAX_QUOTED < words.len() { format!("\"{text} …\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::audio::Clip;
    use crate::metrics::{Words, measure};
    use crate::required;
    use crate::script::parse;
    use crate::transcript::alignment::{self, Reference};
    use crate::transcript::import;

    const SCRIPT: &str = "Hi Maria, it's Dana Pruitt from Kestrel Gems. Your pendant came in this morning. Call me back at 404-555-0142.";

    /// Codes and texts, without the sound.
    fn found(spoken: &str) -> Vec<(&'static str, String)> {
        found_against(SCRIPT, spoken)
    }

    fn found_against(script: &str, spoken: &str) -> Vec<(&'static str, String)> {
        let transcript = import::read(spoken.as_bytes()).expect("a transcript");
        let sequence = parse(script);
        let message = &sequence.messages[0];
        let (required, _) = required::of(message);
        let reference = Reference { source: script, message, required: &required, sections: &[] };
        let said =
            alignment::said(&transcript, Some(reference), required::n_asks(&transcript, Some(message)));
        let silence = analyse(Clip::new(vec![0.0; 16_000], 16_000));
        let measurements = measure(&silence, Words::Transcript { transcript: &transcript, said: &said });
        findings(&measurements, &Targets::default())
            .into_iter()
            .map(|finding| (finding.code, finding.text))
            .collect()
    }

    #[track_caller]
    fn check(spoken: &str, expected: &[(&str, &str)]) {
        let found = found(spoken);
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for ((code, text), (expected_code, part)) in found.iter().zip(expected) {
            assert!(code == expected_code && text.contains(part), "{found:#?}");
        }
    }

    #[test]
    fn each_finding_names_its_words() {
        check(SCRIPT, &[]);
        check(&SCRIPT.replace("0142", "0124"), &[("AD109", "\"404-555-0124\" was said")]);
        check(
            &SCRIPT.replace(" at 404-555-0142", ""),
            &[
                ("AD108", "the number, \"404-555-0142\", was not said"),
                ("AD110", "11 words of the script were left out"),
            ],
        );
        let part = found(&SCRIPT.replace("404-555-0142", "four zero four, five five"));
        assert_eq!(part[0].0, "AD108", "{part:?}");
        assert!(part[0].1.contains("was not said in full"), "{part:?}");
        check(&SCRIPT.replace("Maria", "Susan"), &[("AD108", "\"Maria\", was not said; \"Susan\" was")]);
        check(&SCRIPT.replace("Your pendant came in this morning. ", ""), &[("AD110", "6 words")]);
        check(
            &SCRIPT.replace("came in", "came, came in, like, basically"),
            &[("AD111", "\"came\" was begun"), ("AD112", "2 filler words: \"like\", \"basically\"")],
        );
        check(
            "Good morning everybody and welcome to the weather forecast for today",
            &[("AD110", "% of the script")],
        );
    }

    #[test]
    fn another_day_time_or_sum_is_a_slip_and_another_sentence_is_none() {
        let script = "Hi Maria, it's Dana Pruitt from Kestrel Gems. Your pendant came in, at $40. Can you come on Friday at 4? Call me on 404-555-0142.";
        for (written, spoken, expected) in [
            ("Friday", "Saturday", "\"Saturday\" was said; the script has \"Friday\""),
            ("at 4?", "at five?", "\"five\" was said; the script has \"4\""),
            ("$40", "forty five dollars", "forty five"),
        ] {
            let found = found_against(script, &script.replace(written, spoken));
            assert!(
                matches!(&found[..], [("AD108", text)] if text.contains(expected)),
                "{spoken}: {found:?}"
            );
        }
        for (written, spoken) in [
            ("at 4?", "at four?"),
            ("$40", "forty dollars"),
            ("on Friday at 4", "at 4 on Friday"),
            ("Friday", "fry day"),
            ("at 4?", "at for?"),
            ("Friday", "any day"),
        ] {
            let found = found_against(script, &script.replace(written, spoken));
            assert!(found.iter().all(|(code, _)| *code != "AD108"), "{spoken}: {found:?}");
        }
    }

    #[test]
    fn a_rushed_number_points_at_its_seconds() {
        let words = |step: f64| {
            let words = "4 0 4 5 5 5 0 1 4 2".split(' ').enumerate().map(|(index, digit)| {
                let start = step * index as f64;
                format!(r#"{{"text": "{digit}", "start": {start}, "end": {}}}"#, start + step)
            });
            format!(r#"{{"version": 1, "words": [{}]}}"#, words.collect::<Vec<_>>().join(","))
        };
        assert!(
            found(&words(0.2))
                .iter()
                .any(|(code, text)| *code == "AD107" && text.contains("5.0 digits a second"))
        );
        assert!(!found(&words(0.5)).iter().any(|(code, _)| *code == "AD107"));
    }
}
