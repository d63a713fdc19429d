//! Records that have been understood and checked, ready to be written.

use super::{Cells, Line, Mapping, Source, source::bad};
use crate::built_in::{CompanyFields, ContactFields};
use g8_core::{Args, Shape};
use g8_domain::{
    Error, Issue, Result,
    record::{ImportRowError, Subject},
};
use serde_json::{Map, Value};
use std::{
    io::{self, Read},
    sync::Arc,
};

/// What a record of a file asks for.
#[derive(Debug)]
pub enum Record {
    /// A person.
    Contact(Box<ContactFields>),
    /// A company.
    Company(Box<CompanyFields>),
}

/// A record of a file, checked.
#[derive(Debug)]
pub struct Parsed {
    /// The line it starts on.
    pub line: i64,
    /// What it asks for and its custom values, or every reason why it is refused.
    pub record: Checked,
}

/// A record and its custom values, or what is wrong with it.
type Checked = Result<(Record, Map<String, Value>), Vec<ImportRowError>>;

/// Reads records and checks them.
pub(crate) struct Rows<R> {
    source: Source<R>,
    mapping: Mapping,
    subject: Subject,
    shape: Arc<Shape>,
}

impl<R: Read> Rows<R> {
    /// Starts reading records of `subject`.
    pub fn new(source: Source<R>, mapping: Mapping, subject: Subject) -> Self {
        let shape = match subject {
            Subject::Contact => Shape::of::<ContactFields>(),
            Subject::Company => Shape::of::<CompanyFields>(),
        };
        Self { source, mapping, subject, shape }
    }

    /// Bytes read so far.
    pub fn offset(&self) -> u64 {
        self.source.offset()
    }

    /// Where each column goes, as far as columns are known.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    fn parse(&mut self, Line { number, cells }: Line) -> io::Result<Parsed> {
        let line = i64::try_from(number).unwrap_or(i64::MAX);
        let record = match cells {
            Ok(cells) => self.check(line, cells)?,
            Err(reason) => Err(vec![ImportRowError { line, col: String::new(), reason }]),
        };
        Ok(Parsed { line, record })
    }

    fn check(&mut self, line: i64, cells: Cells) -> io::Result<Checked> {
        let (fields, custom) = self.mapping.fields(cells).or_else(|why| bad(&why))?;
        Ok(match self.record(fields) {
            Ok(record) => Ok((record, custom)),
            Err(error) => Err(self.faults(line, &error)),
        })
    }

    fn record(&self, fields: Args) -> Result<Record> {
        Ok(match self.subject {
            Subject::Contact => {
                let fields: ContactFields = self.shape.read(fields)?;
                Record::Contact(Box::new(fields.recognizable()?))
            }
            Subject::Company => {
                let fields: CompanyFields = self.shape.read(fields)?;
                Record::Company(Box::new(fields.recognizable()?))
            }
        })
    }

    /// The faults of a record, by the file's column names.
    fn faults(&self, line: i64, error: &Error) -> Vec<ImportRowError> {
        let issues = error.data.as_ref().map(|data| data["issues"].clone()).unwrap_or_default();
        let issues: Vec<Issue> =
            serde_json::from_value(issues).unwrap_or_else(|_| vec![Issue::new("", error.message.clone())]);
        let col = |field: &str| {
            let field = field.split('[').next().unwrap_or(field);
            self.mapping.header(field).unwrap_or(field).to_owned()
        };
        issues
            .into_iter()
            .map(|issue| ImportRowError { line, col: col(&issue.field), reason: issue.problem })
            .collect()
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = io::Result<Parsed>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.source.next()?;
        Some(line.and_then(|line| self.parse(line)))
    }
}
