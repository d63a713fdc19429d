//! A change that an operation makes: a transaction that knows for whom.

use crate::{
    Ctx,
    jobs::{Job, enqueue},
};
use g8_domain::Result;
use g8_storage::{Arg, FromRow, Session, Sql, Tx};
use serde::Serialize;
use std::ops::{Deref, DerefMut};

/// A transaction with its audit entry in it. Dropped without [`Change::commit`], it never was.
pub struct Change<'a> {
    ctx: &'a Ctx,
    tx: Tx,
}

impl<'a> Change<'a> {
    pub(crate) fn new(ctx: &'a Ctx, tx: Tx) -> Self {
        Self { ctx, tx }
    }

    /// Puts a job into it that runs once it has committed.
    ///
    /// # Errors
    /// The database refused.
    pub async fn enqueue<J: Job>(&mut self, job: &J) -> Result<()> {
        self.ctx.wake_later();
        enqueue(&self.ctx.app, &mut self.tx, Some(self.ctx.org()), job).await
    }

    /// Makes it last, together with what the caller is answered.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub async fn commit<T: Serialize>(mut self, output: T) -> Result<T> {
        self.ctx.store(&mut self.tx, &output).await?;
        self.tx.commit().await?;
        if self.ctx.wakes() {
            self.ctx.app.wake();
        }
        Ok(output)
    }

    /// Makes it last before there is an answer: what it announces is yet to be done.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub(crate) async fn commit_unanswered(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

impl Deref for Change<'_> {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Change<'_> {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

impl Session for Change<'_> {
    fn is_sqlite(&self) -> bool {
        self.tx.is_sqlite()
    }

    async fn run<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> g8_storage::StorageResult<Vec<T>> {
        self.tx.run(sql, args).await
    }
}
