//! Whether there is a record.

use g8_core::Ctx;
use g8_domain::{Error, Result, record::Subject};
use g8_storage::{Session, Tx, companies, contacts};

/// Refuses a record that is not there.
pub(crate) async fn present(ctx: &Ctx, on: &mut impl Session, subject: Subject, id: i64) -> Result<()> {
    let there = match subject {
        Subject::Contact => contacts::get(on, ctx.org(), id).await?.is_some(),
        Subject::Company => companies::get(on, ctx.org(), id).await?.is_some(),
    };
    if there { Ok(()) } else { Err(Error::not_found(subject.word(), id)) }
}

/// The same inside a transaction, to whose end nobody else changes or erases the record.
pub(crate) async fn present_for_update(ctx: &Ctx, tx: &mut Tx, subject: Subject, id: i64) -> Result<()> {
    match subject {
        Subject::Contact => contacts::lock_for_update(tx, ctx.org(), vec![id]).await?,
        Subject::Company => companies::lock_for_update(tx, ctx.org(), vec![id]).await?,
    }
    present(ctx, tx, subject, id).await
}
