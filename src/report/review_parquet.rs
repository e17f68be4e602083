//! Tables of reviews as Parquet (feature `parquet`): columns that may be null, text as UTF-8, numbers as doubles.

use std::io;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::review_table::{Cells, Column};

/// The bytes of a file with these columns; each has as many cells.
pub fn bytes(columns: &[Column]) -> io::Result<Vec<u8>> {
    written(columns).map_err(io::Error::other)
}

fn written(columns: &[Column]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder().set_created_by("afterbeep".to_owned()).build();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema(columns)?), Arc::new(properties))?;
    if columns.first().is_some_and(|column| n_cells(&column.cells) > 0) {
        let mut group = writer.next_row_group()?;
        for column in columns {
            let Some(mut open) = group.next_column()? else { break };
            write_cells(open.untyped(), &column.cells)?;
            open.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(bytes)
}

fn schema(columns: &[Column]) -> Result<Type> {
    let field = |column: &Column| {
        let (physical, logical) = match column.cells {
            Cells::Text(_) => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            Cells::Number(_) => (PhysicalType::DOUBLE, None),
            Cells::Flag(_) => (PhysicalType::BOOLEAN, None),
        };
        Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>>>()?;
    Type::group_type_builder("afterbeep").with_fields(fields).build()
}

fn n_cells(cells: &Cells) -> usize {
    match cells {
        Cells::Text(cells) => cells.len(),
        Cells::Number(cells) => cells.len(),
        Cells::Flag(cells) => cells.len(),
    }
}

fn write_cells(writer: &mut ColumnWriter, cells: &Cells) -> Result<usize> {
    match (writer, cells) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Text(cells)) => {
            let values: Vec<ByteArray> =
                cells.iter().flatten().map(|text| ByteArray::from(text.as_bytes().to_vec())).collect();
            writer.write_batch(&values, Some(&levels(cells)), None)
        }
        (ColumnWriter::DoubleColumnWriter(writer), Cells::Number(cells)) => {
            let values: Vec<f64> = cells.iter().flatten().copied().collect();
            writer.write_batch(&values, Some(&levels(cells)), None)
        }
        (ColumnWriter::BoolColumnWriter(writer), Cells::Flag(cells)) => {
            let values: Vec<bool> = cells.iter().flatten().copied().collect();
            writer.write_batch(&values, Some(&levels(cells)), None)
        }
        _ => Err(ParquetError::General("a column is not of its type".to_owned())),
    }
}

/// 1 where there is a value, 0 where there is none.
fn levels<T>(cells: &[Option<T>]) -> Vec<i16> {
    cells.iter().map(|cell| i16::from(cell.is_some())).collect()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_with_what_is_unknown() {
        let columns = [
            Column { name: "path".to_owned(), cells: Cells::Text(vec![Some("é\n.wav".to_owned()), None]) },
            Column { name: "score".to_owned(), cells: Cells::Number(vec![None, Some(71.5)]) },
            Column { name: "counted".to_owned(), cells: Cells::Flag(vec![Some(true), None]) },
        ];
        let file = bytes::Bytes::from(super::bytes(&columns).expect("it is written"));
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
        let rows: Vec<Vec<Field>> =
            rows.map(|row| row.get_column_iter().map(|(_, field)| field.clone()).collect()).collect();
        let text = Field::Str("é\n.wav".to_owned());
        assert_eq!(rows[0], [text, Field::Null, Field::Bool(true)]);
        assert_eq!(rows[1], [Field::Null, Field::Double(71.5), Field::Null]);
    }

    #[test]
    fn a_table_without_rows_keeps_its_columns() {
        let columns = [Column { name: "path".to_owned(), cells: Cells::Text(vec![]) }];
        let file = bytes::Bytes::from(super::bytes(&columns).expect("it is written"));
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        let metadata = reader.metadata().file_metadata();
        assert_eq!((metadata.num_rows(), metadata.schema_descr().column(0).name()), (0, "path"));
    }
}
