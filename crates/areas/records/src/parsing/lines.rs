//! Which line of the file a byte is on, and whether a row ends in time.
//!
//! The csv crate counts a row as starting where the one before ended, blank lines and the second half
//! of a line break included; people look for the line where the row's text is.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

/// Longest row that is read, in bytes: a missing quotation mark makes the rest of the file one row.
const MAX_ROW: u64 = 1024 * 1024;

/// Passes a file through and remembers where its line breaks are, as far ahead as it was read.
pub struct Lines<R> {
    file: R,
    offset: u64,
    breaks: VecDeque<(u64, bool)>,
    line: u64,
    row: u64,
}

impl<R> Lines<R> {
    pub fn new(file: R) -> Self {
        Self { file, offset: 0, breaks: VecDeque::new(), line: 1, row: 0 }
    }

    /// The line on which the text after `offset` begins. Offsets must not go backwards.
    pub fn line_after(&mut self, mut offset: u64) -> u64 {
        self.row = self.offset;
        while let Some((at, newline)) = self.breaks.front().copied() {
            if at > offset {
                break;
            }
            self.breaks.pop_front();
            self.line += u64::from(newline);
            offset = offset.max(at + 1);
        }
        self.line
    }

    /// Bytes read so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.offset - self.row > MAX_ROW {
            let why = format!(
                "the row after line {} is over 1 MiB; a quotation mark may be missing there",
                self.line
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let read = self.file.read(buffer)?;
        for (offset, byte) in (self.offset..).zip(&buffer[..read]) {
            if matches!(byte, b'\n' | b'\r') {
                self.breaks.push_back((offset, *byte == b'\n'));
            }
        }
        self.offset += read as u64;
        Ok(read)
    }
}
