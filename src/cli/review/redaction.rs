//! `--redact`: what was said and about whom, hidden before anything is kept or printed.

use std::path::Path;

use crate::coach::Labels;
use crate::coach::redaction::{self, Names};
use crate::report::ReviewedFile;
use crate::transcript::alignment::Said;

/// What stands in the place of a client.
const CLIENT: &str = "[client]";

/// Hides what transcript and script name, and what findings quote of it.
pub fn redact(file: &mut ReviewedFile) {
    let names = names(file);
    if let Some(transcript) = &mut file.transcript {
        let said: Vec<&str> = transcript.words.iter().map(|word| word.text.as_str()).collect();
        let shown = names.masked(&said);
        for (word, shown) in transcript.words.iter_mut().zip(shown) {
            word.text = shown;
        }
    }
    file.measurements.words =
        file.transcript.as_ref().map_or(Vec::new(), |transcript| transcript.words.clone());
    if let Some(said) = &mut file.measurements.said {
        redact_said(said, &names);
    }
    let changes = file.scorecard.changes.iter_mut().map(|change| &mut change.finding);
    for finding in file.findings.iter_mut().chain(changes) {
        finding.text = names.quotations_masked(&finding.text);
        finding.help = finding.help.as_deref().map(|help| names.quotations_masked(help));
    }
}

/// The names that were said, and those of the script.
fn names(file: &ReviewedFile) -> Names {
    let mut names = Names::default();
    if let Some(transcript) = &file.transcript {
        names.find(&transcript.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>());
    }
    let said = file.measurements.said.as_ref();
    let Some(alignment) = said.and_then(|said| said.against_script.as_ref()) else { return names };
    for detail in alignment.details.iter().filter(|detail| detail.kind.is_name()) {
        names.know(&detail.text);
        names.know(&detail.heard);
    }
    for stretch in &alignment.stretches {
        names.find(&stretch.script.split(' ').collect::<Vec<_>>());
    }
    names
}

/// Hides what was found out about the words, script and speech alike.
fn redact_said(said: &mut Said, names: &Names) {
    let mask = |text: &mut String| *text = names.passage_masked(text);
    let passages = [&mut said.filled_pauses, &mut said.filler_words, &mut said.restarts];
    passages.into_iter().flatten().for_each(|passage| mask(&mut passage.text));
    for number in &mut said.numbers {
        mask(&mut number.digits);
        mask(&mut number.passage.text);
    }
    let Some(alignment) = &mut said.against_script else { return };
    for detail in &mut alignment.details {
        mask(&mut detail.text);
        mask(&mut detail.heard);
    }
    for number in &mut alignment.different_numbers {
        mask(&mut number.heard.text);
        mask(&mut number.script);
    }
    for stretch in &mut alignment.stretches {
        mask(&mut stretch.script);
        mask(&mut stretch.heard);
    }
}

/// The labels and the path as they may be shown.
pub fn labels(mut labels: Labels, path: &Path) -> (Labels, String) {
    let client = labels.get("client").unwrap_or_default().to_owned();
    let path = redaction::without(&path.display().to_string(), &[&client], CLIENT);
    for (field, value) in &mut labels.fields {
        *value = match field.as_str() {
            "client" => CLIENT.to_owned(),
            _ => redaction::without(value, &[&client], CLIENT),
        };
    }
    (labels, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_hidden_wherever_labels_and_path_have_it() {
        let fields = [("client", "Sam Ode"), ("rep", "ann"), ("note", "sam ode, again")];
        let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned()));
        let (labels, path) = labels(Labels { fields: fields.into() }, Path::new("ann/1_Sam Ode.wav"));
        assert_eq!(path, "ann/1_[client].wav");
        let spelled = Labels { fields: [("client".to_owned(), "Sam Ode".to_owned())].into() };
        assert_eq!(super::labels(spelled, Path::new("sam-ode/SamOde_1.wav")).1, "[client]/[client]_1.wav");
        let get = |field: &str| labels.get(field).map(str::to_owned);
        assert_eq!(get("client").as_deref(), Some("[client]"));
        assert_eq!((get("rep").as_deref(), get("note").as_deref()), (Some("ann"), Some("[client], again")));
    }
}
