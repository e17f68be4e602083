//! Reviews as comma-separated values that a spreadsheet takes for text and numbers, never for a formula.

use std::io::{self, Write};

use super::review_table::{Cells, recordings};
use super::row::Row;

pub fn write(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let columns = recordings(rows);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| harmless(&column.name)))?;
    for index in 0..rows.len() {
        writer.write_record(columns.iter().map(|column| match &column.cells {
            Cells::Text(cells) => cells[index].as_deref().map(harmless).unwrap_or_default(),
            Cells::Number(cells) => cells[index].map(|value| value.to_string()).unwrap_or_default(),
            Cells::Flag(cells) => cells[index].map(|value| value.to_string()).unwrap_or_default(),
        }))?;
    }
    writer.flush()
}

/// OWASP, "CSV Injection": what begins like a formula gets an apostrophe before it.
pub fn harmless(text: &str) -> String {
    let begins_a_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if begins_a_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::coach::Labels;
    use crate::report::record::Record;
    use crate::report::record::tests::record;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(harmless("=1+1.wav"), "'=1+1.wav");
        assert_eq!(harmless("a=1.wav"), "a=1.wav");
    }

    #[test]
    fn no_cell_begins_a_formula_and_every_recording_is_a_row() {
        let labels = Labels { fields: [("client".to_owned(), "=HYPERLINK(1)".to_owned())].into() };
        let rows = [
            Row::of(Path::new("a,\"b\nc.wav"), labels, &record().named("a,\"b\nc.wav")),
            Row::of(Path::new("-x.wav"), Labels::default(), &Record::failed("-x.wav", "@broken")),
        ];
        let mut text = Vec::new();
        write(&mut text, &rows).expect("memory takes everything");
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let head = reader.headers().expect("a head").clone();
        let column = |name: &str| head.iter().position(|column| column == name).expect(name);
        let records: Vec<_> =
            reader.records().map(|record| record.expect("as many cells as the head")).collect();
        assert_eq!(&records[0][column("path")], "a,\"b\nc.wav");
        assert_eq!(&records[0][column("client")], "'=HYPERLINK(1)");
        assert_eq!((&records[1][column("path")], &records[1][column("error")]), ("'-x.wav", "'@broken"));
        assert_eq!(&records[1][column("pitch_sd")], "");
        assert!(records[0][column("pitch_sd")].parse::<f64>().is_ok());
        // LUFS are negative: a number stays one.
        assert!(records[0][column("level")].starts_with('-'));
    }
}
