//! "Add it, or change the one that is there": what contacts and companies share of it.

use g8_domain::{Error, ErrorKind, Issue, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a write made a record or changed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Updated,
}

/// What became of one record among many.
#[derive(Debug, Clone)]
pub(crate) enum RowOutcome {
    /// It is new.
    Created,
    /// It was there and has changed.
    Updated,
    /// It was there like this.
    Unchanged,
    /// It was refused, for these reasons.
    Refused(Vec<Issue>),
}

/// What became of an assert.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Asserted {
    /// `created` or `updated`
    pub action: String,
    /// Always 1
    pub count: i64,
    /// Id of the record
    pub id: i64,
}

impl Asserted {
    pub(super) fn new((outcome, id): (Outcome, i64)) -> Self {
        let action = if outcome == Outcome::Created { "created" } else { "updated" };
        Self { action: action.to_owned(), count: 1, id }
    }
}

/// What became of a batch.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BatchOutput {
    /// How many were sent
    pub total: i64,
    /// How many are new
    pub created: i64,
    /// How many were there and have changed
    pub updated: i64,
    /// Those that were refused, and why
    pub errors: Vec<RowError>,
}

/// Why one record of a batch was refused.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct RowError {
    /// Position in the batch, from 0
    pub index: i64,
    /// Every fault of the record
    pub issues: Vec<Issue>,
}

impl BatchOutput {
    /// Counts one record. Its own faults are reported; anything else stops the batch, also a conflict
    /// that the database found: after it PostgreSQL takes no more statements in this transaction.
    pub(super) fn count(&mut self, done: Result<(Outcome, i64)>) -> Result<()> {
        let index = self.total;
        self.total += 1;
        match done {
            Ok((Outcome::Created, _)) => self.created += 1,
            Ok((Outcome::Updated, _)) => self.updated += 1,
            Err(error) if is_the_rows_own(&error) => {
                let Error { data, message, .. } = error;
                let data = data.unwrap_or_default();
                let issues = serde_json::from_value(data["issues"].clone());
                let field = data["field"].as_str().unwrap_or_default();
                let issues = issues.unwrap_or_else(|_| vec![Issue::new(field, message)]);
                self.errors.push(RowError { index, issues });
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn is_the_rows_own(error: &Error) -> bool {
    match error.kind {
        ErrorKind::Invalid | ErrorKind::Conflict => error.data.is_some(),
        // What it points to is not there, or it is somebody who was erased.
        ErrorKind::NotFound | ErrorKind::Rule => true,
        _ => false,
    }
}
