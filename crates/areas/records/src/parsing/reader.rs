//! Rows of a delimited file, one at a time, whatever its encoding and delimiter.

use super::{
    Cells, Line, MAX_NAME,
    lines::Lines,
    source::{bad, text},
};
use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::WINDOWS_1252;
use g8_domain::value;
use std::io::{self, BufRead, BufReader, Read};

/// Longest header line and longest field that is read, in bytes, and most columns.
const MAX_HEADER: u64 = 64 * 1024;
const MAX_FIELD: usize = 64 * 1024;
const MAX_COLUMNS: usize = 1000;

/// Reads a file row by row; memory does not grow with the file.
pub struct Reader<R> {
    csv: csv::Reader<Lines<R>>,
    headers: Vec<String>,
    record: ByteRecord,
}

impl<R: Read> Reader<io::Chain<io::Cursor<Vec<u8>>, BufReader<R>>> {
    /// Starts reading: the delimiter is the one that the header line has most of.
    ///
    /// # Errors
    /// The file cannot be read, is empty, or is no text.
    pub fn new(file: R) -> io::Result<Self> {
        let mut file = BufReader::new(file);
        let mut head = Vec::new();
        (&mut file).take(MAX_HEADER).read_until(b'\n', &mut head)?;
        if head.len() as u64 == MAX_HEADER {
            return bad("the first line is over 64 KiB; it must be a line of column names");
        }
        text(&head)?;
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).to_vec();
        let delimiter = delimiter(&head);
        let chained = io::Cursor::new(head).chain(file);
        let mut csv = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Lines::new(chained));
        let mut record = ByteRecord::new();
        if !csv.read_byte_record(&mut record).map_err(fault)? {
            return bad("the file is empty");
        }
        if record.len() > MAX_COLUMNS {
            return bad("the file has over 1000 columns; it must be a table of people or companies");
        }
        // A name over several lines reaches behind what was looked at first.
        text(record.as_slice())?;
        if record.iter().any(|cell| cell.len() > MAX_NAME) {
            return bad(
                "the name of a column is over 1000 characters; the first line must be one of column names",
            );
        }
        let headers = record.iter().map(|cell| decode(cell).trim().to_owned()).collect();
        Ok(Self { csv, headers, record })
    }

    /// Bytes read so far.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.csv.get_ref().offset()
    }

    /// The column names.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.csv.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.line())),
            Err(error) => Some(Err(fault(error))),
        }
    }
}

impl<R: Read> Reader<R> {
    fn line(&mut self) -> Line {
        let start = self.record.position().map_or(0, csv::Position::byte);
        let number = self.csv.get_mut().line_after(start);
        let expected = self.headers.len();
        let mut cells: Vec<&[u8]> = self.record.iter().collect();
        // Spreadsheets like to end lines with delimiters that mean nothing.
        while cells.len() > expected && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        let cells = if cells.len() != expected {
            Err(format!("has {} columns where the header has {expected}", cells.len()))
        } else if cells.iter().any(|cell| cell.len() > MAX_FIELD) {
            Err("has a cell over 64 KiB".to_owned())
        } else {
            Ok(Cells::Row(cells.into_iter().map(decode).collect()))
        };
        Line { number, cells }
    }
}

/// The fault itself: whose it is can be told by its kind.
fn fault(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}")),
    }
}

/// UTF-8 where it is UTF-8, else Windows-1252: files mix both when lists were pasted together.
fn decode(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => value::uncell(text).to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(),
    }
}

fn delimiter(head: &[u8]) -> u8 {
    let count = |delimiter: &u8| head.iter().filter(|byte| *byte == delimiter).count();
    // Of equals, the last wins: a comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &[u8]) -> (Vec<String>, Vec<Line>) {
        let reader = Reader::new(file).unwrap();
        (reader.headers().to_vec(), reader.map(Result::unwrap).collect())
    }

    fn cells(line: &Line) -> Vec<&str> {
        match line.cells.as_ref().unwrap() {
            Cells::Row(cells) => cells.iter().map(String::as_str).collect(),
            Cells::Object(_) => unreachable!("a table has rows"),
        }
    }

    #[test]
    fn both_encodings_a_mark_and_every_delimiter() {
        let (headers, lines) = rows(b"\xEF\xBB\xBFName;City\nM\xFCller;K\xC3\xB6ln\n");
        assert_eq!(headers, ["Name", "City"]);
        assert_eq!(cells(&lines[0]), ["Müller", "Köln"]);
        assert_eq!(rows(b"a\tb\n1\t2\n").1.len(), 1);
    }

    #[test]
    fn lines_are_those_of_the_file_though_cells_span_several() {
        let (_, lines) = rows(b"a,b\n\"x\ny\",1\n\n2,3\r\n4\n5,6,,\n");
        let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [2, 5, 6, 7]);
        assert_eq!(cells(&lines[0]), ["x\ny", "1"]);
        assert_eq!(lines[2].cells, Err("has 1 columns where the header has 2".to_owned()));
        assert_eq!(cells(&lines[3]), ["5", "6"]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_sentence() {
        let why = |file: &[u8]| Reader::new(file).err().unwrap().to_string();
        assert!(why(b"").contains("empty"));
        assert!(why(b"PK\x03\x04\x00\x00").contains("a ZIP archive or an Excel workbook"));
        assert!(why(b"a,b\x00,c\n").contains("not text"));
        assert!(why("a,".repeat(10_000).as_bytes()).contains("1000 columns"));
        assert!(why(&vec![b'x'; 70_000]).contains("64 KiB"));
        assert!(why(&vec![b'x'; 2000]).contains("over 1000 characters"));
        assert!(why(b"\"a\nb\0\",c\n").contains("not text"));
    }

    #[test]
    fn a_row_without_end_is_not_read_to_its_end() {
        let file = b"a,b\n1,2\n\"".chain(io::repeat(b'x')).take(1 << 40);
        let mut reader = Reader::new(file).unwrap();
        assert!(reader.next().unwrap().is_ok());
        let why = reader.next().unwrap().unwrap_err().to_string();
        assert!(why.contains("the row after line 2 is over 1 MiB"), "{why}");
    }
}
