//! The rows of a file of exclusions, read on a thread of their own as the file arrives.

use super::{ExclusionNames, ExclusionTerms};
use crate::parsing::{Cells, Line, Reader};
use g8_core::{Ctx, Incoming, Pieces};
use g8_domain::{
    Error, ErrorKind, Issue, Result, Ts,
    record::{Channel, Exclusion, Reason},
};
use std::io;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Rows that are written at a time.
const BATCH: usize = 500;
/// How much of a file is taken at a time.
const PIECE: usize = 64 * 1024;

/// Some rows with the names of their columns, or why the file cannot be read on.
pub type RowsMessage = Result<Vec<(Headers, Line)>, String>;
type Headers = std::sync::Arc<Vec<String>>;

/// Starts reading a file; the rows come in batches.
pub fn read() -> (Sender<io::Result<Vec<u8>>>, Receiver<RowsMessage>) {
    let (pieces, fetched) = mpsc::channel(2);
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let reader = Reader::new(Pieces::new(fetched));
        // Nobody listens any more when the request has failed.
        let _ = match reader {
            Ok(reader) => send(reader, &sender),
            Err(why) => sender.blocking_send(Err(why.to_string())),
        };
    });
    (pieces, receiver)
}

/// Hands the file on to the thread, a piece at a time; refuses what is over `most` bytes.
pub async fn hand_on(mut file: Incoming, pieces: Sender<io::Result<Vec<u8>>>, most: u64) -> Result<()> {
    let mut bytes = 0;
    while let Some(piece) = file.piece(PIECE).await? {
        bytes += piece.len() as u64;
        if bytes > most {
            let message = format!("The file is over {} MiB; import it in parts.", most / 1024 / 1024);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        if pieces.send(Ok(piece)).await.is_err() {
            // The thread has receiver why it reads no further.
            return Ok(());
        }
    }
    Ok(())
}

type Table = Reader<io::Chain<io::Cursor<Vec<u8>>, io::BufReader<Pieces>>>;

fn send(mut reader: Table, sender: &Sender<RowsMessage>) -> Result<(), mpsc::error::SendError<RowsMessage>> {
    let simple = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
    let headers = Headers::new(reader.headers().iter().map(simple).collect());
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        for line in reader.by_ref().take(BATCH) {
            match line {
                Ok(line) => batch.push((headers.clone(), line)),
                Err(why) => {
                    sender.blocking_send(Ok(std::mem::take(&mut batch)))?;
                    return sender.blocking_send(Err(why.to_string()));
                }
            }
        }
        if batch.is_empty() {
            return Ok(());
        }
        sender.blocking_send(Ok(batch))?;
    }
}

/// What a row asks for, or every fault of it.
pub fn exclusion(ctx: &Ctx, headers: &[String], line: Line) -> Result<Exclusion, Vec<Issue>> {
    let cells = match line.cells {
        Ok(Cells::Row(cells)) => cells,
        Ok(Cells::Object(_)) => Vec::new(),
        Err(why) => return Err(vec![Issue::new("", why)]),
    };
    let cell = |names: &[&str]| {
        let at = headers.iter().position(|header| names.contains(&header.as_str()))?;
        // What a spreadsheet's exporter put before a text, so that it is none of its formulas.
        let text = cells.get(at)?.trim().trim_start_matches('\'');
        (!text.is_empty()).then(|| text.to_owned())
    };
    let mut issues = Vec::new();
    let reason = cell(&["reason"])
        .map_or(Some(Reason::Other), |word| Reason::from_word(&word.to_uppercase().replace([' ', '-'], "_")));
    let channel =
        cell(&["channel"]).map_or(Some(Channel::All), |word| Channel::from_word(&word.to_lowercase()));
    let until = cell(&["until"]).map(|text| moment(&text));
    for (field, known) in [
        ("reason", reason.is_some()),
        ("channel", channel.is_some()),
        ("until", until.as_ref().is_none_or(Option::is_some)),
    ] {
        if !known {
            issues.push(Issue::new(field, "is not one that is known"));
        }
    }
    let message = cell(&["message"]);
    if message.as_ref().is_some_and(|text| text.chars().count() > 2000) {
        issues.push(Issue::new("message", "must have at most 2000 characters"));
    }
    let names = ExclusionNames {
        email: cell(&["email", "work_email", "e_mail", "email_address"]),
        linkedin_url: cell(&["linkedin_url", "linkedin"]),
        phone: cell(&["phone", "phone_number"]),
        domain: cell(&["domain"]),
        contact_id: None,
    };
    let (Some(reason), Some(channel)) = (reason, channel) else { return Err(issues) };
    let terms = ExclusionTerms { channel, reason, until: until.flatten(), message };
    match names.exclusion(ctx, terms) {
        Ok(one) if issues.is_empty() => Ok(one),
        Ok(_) => Err(issues),
        Err(more) => Err(issues.into_iter().chain(more).collect()),
    }
}

/// A day or a moment; a day ends an exclusion where it begins.
fn moment(text: &str) -> Option<Ts> {
    if let Ok(day) = text.parse::<chrono::NaiveDate>() {
        return Some(day.and_hms_opt(0, 0, 0)?.and_utc().into());
    }
    Some(chrono::DateTime::parse_from_rfc3339(text).ok()?.to_utc().into())
}
