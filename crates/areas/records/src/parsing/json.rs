//! JSON Lines: an object a line.

use super::{Cells, Line, MAX_NAME, mapping::CUSTOM_FIELDS, source::bad};
use g8_core::Args;
use serde_json::{Map, Value};
use std::io::{self, BufRead, BufReader, Read};

/// Longest line that is read, in bytes.
const MAX_LINE: u64 = 1024 * 1024;

/// Reads a file line by line.
pub struct JsonLines<R> {
    file: BufReader<R>,
    line: u64,
    offset: u64,
}

impl<R: Read> JsonLines<R> {
    pub fn new(file: R) -> Self {
        Self { file: BufReader::new(file), line: 0, offset: 0 }
    }

    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next line that is not empty, and its number.
    pub(super) fn text(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let mut line = Vec::new();
            let read = (&mut self.file).take(MAX_LINE).read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            self.offset += read;
            if read == MAX_LINE {
                return bad(&format!("line {} is over 1 MiB", self.line));
            }
            if self.line == 1 {
                super::source::text(&line)?;
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    pub(super) fn number(&self) -> u64 {
        self.line
    }
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = match self.text() {
            Ok(line) => line?,
            Err(error) => return Some(Err(error)),
        };
        let cells = match serde_json::from_slice(&line) {
            Ok(Value::Object(object)) => named(object),
            Ok(_) => Err("is not a JSON object".to_owned()),
            Err(error) => Err(format!("is not valid JSON: {error}")),
        };
        Some(Ok(Line { number: self.line, cells }))
    }
}

/// An object whose names can be columns.
fn named(object: Args) -> Result<Cells, String> {
    let nested = object.get(CUSTOM_FIELDS).and_then(Value::as_object);
    for name in object.keys().chain(nested.into_iter().flat_map(Map::keys)) {
        if name.len() > MAX_NAME {
            return Err(format!("has a name of over {MAX_NAME} characters"));
        }
        if name.contains('\0') {
            return Err("has a name with NUL characters".to_owned());
        }
    }
    Ok(Cells::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_lines_are_told_and_blank_ones_skipped() {
        let lines: Vec<Line> =
            JsonLines::new(&b"{\"email\":\"a@x.com\"}\n\n[1]\n{\"a\":\n"[..]).map(Result::unwrap).collect();
        let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 3, 4]);
        assert!(lines[0].cells.is_ok());
        assert_eq!(lines[1].cells, Err("is not a JSON object".to_owned()));
        let line = JsonLines::new(&b"{\"custom_fields\":{\"a\\u0000b\":1}}"[..]).next().unwrap().unwrap();
        assert_eq!(line.cells, Err("has a name with NUL characters".to_owned()));
        let endless = io::repeat(b'x').take(1 << 30);
        assert!(JsonLines::new(endless).next().unwrap().unwrap_err().to_string().contains("over 1 MiB"));
    }
}
