//! A file of records, whatever its format.

use super::{Cells, cards::Cards, json::JsonLines, reader::Reader};
use g8_domain::record::FileFormat;
use std::io::{self, BufReader, Chain, Cursor, Read};

/// One record of the file.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// The line of the file on which it starts, from 1.
    pub number: u64,
    /// What is in it, or why it cannot be read.
    pub cells: Result<Cells, String>,
}

type Table<R> = Reader<Chain<Cursor<Vec<u8>>, BufReader<R>>>;

/// Reads a file record by record; memory does not grow with the file.
pub enum Source<R> {
    /// A table.
    Csv(Box<Table<R>>),
    /// JSON objects.
    Jsonl(JsonLines<R>),
    /// vCards.
    Vcard(Cards<R>),
}

impl<R: Read> Source<R> {
    /// Starts reading.
    ///
    /// # Errors
    /// The file cannot be read, is empty, or is something else.
    pub fn open(format: FileFormat, file: R) -> io::Result<Self> {
        Ok(match format {
            FileFormat::Csv => Self::Csv(Box::new(Reader::new(file)?)),
            FileFormat::Jsonl => Self::Jsonl(JsonLines::new(file)),
            FileFormat::Vcard => Self::Vcard(Cards::new(file)),
        })
    }

    /// The column names of a table; other files name their fields in each record.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        match self {
            Self::Csv(reader) => reader.headers(),
            Self::Jsonl(_) | Self::Vcard(_) => &[],
        }
    }

    /// Bytes read so far.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match self {
            Self::Csv(reader) => reader.offset(),
            Self::Jsonl(lines) => lines.offset(),
            Self::Vcard(cards) => cards.offset(),
        }
    }
}

impl<R: Read> Iterator for Source<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Csv(reader) => reader.next(),
            Self::Jsonl(lines) => lines.next(),
            Self::Vcard(cards) => cards.next(),
        }
    }
}

/// What the first bytes of other files are, and what those files are called.
const OTHERS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xD0\xCF\x11\xE0", "an Excel workbook"),
    (b"\x1F\x8B", "compressed by gzip"),
    (b"%PDF", "a PDF"),
    (b"\xFF\xFE", "UTF-16 text"),
    (b"\xFE\xFF", "UTF-16 text"),
];

/// Refuses what begins like another kind of file.
///
/// # Errors
/// What it is, and what to do.
pub fn text(head: &[u8]) -> io::Result<()> {
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return bad(&format!("the file is {what}; export it as CSV in UTF-8"));
    }
    if head.contains(&0) {
        return bad("the file is not text; export it as CSV in UTF-8");
    }
    Ok(())
}

pub(super) fn bad<T>(why: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}
