//! What fuzzing found worth keeping: texts that reach every branch that ten minutes of `cargo fuzz run lint` reached, one a
//! line (`fuzz/README.md` says how they were chosen). None may panic, and every place must lie within the text.

use afterbeep::config::Settings;
use afterbeep::finding::Place;
use afterbeep::lint::Linter;
use afterbeep::script::parse;
use afterbeep::table::Table;

#[test]
fn no_text_of_the_corpus_panics_and_every_place_lies_within_it() {
    let linter = Linter::new(Settings::selecting(&["ALL"])).expect("all rules are rules");
    let data = Table::parse("name,piece\nAnn,a ring\n").expect("well formed");
    let mut n_findings = 0;
    for line in include_str!("fuzz_corpus.jsonl").lines() {
        let source: String = serde_json::from_str(line).expect("a string");
        let sequence = parse(&source);
        for message in &sequence.messages {
            assert!(message.plain.text().is_ascii() && !message.span.of(&source).is_empty(), "{source:?}");
        }
        for finding in linter.lint(&source, &sequence, Some(&data)) {
            n_findings += 1;
            let Place::Text(span) = finding.place else { continue };
            assert!(source.get(span.start..span.end).is_some(), "{} in {source:?}", finding.code);
            if let Some(fix) = finding.fix {
                assert!(source.get(fix.span.start..fix.span.end).is_some(), "{} in {source:?}", finding.code);
            }
        }
    }
    assert!(1000 < n_findings, "{n_findings} findings: the corpus reaches the rules");
}
