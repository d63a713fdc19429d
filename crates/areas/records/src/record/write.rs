//! Writing one record: what create, update and assert have in common.

use super::{NamedRecord, Names, outcome::Outcome};
use crate::column::{self, Custom};
use g8_core::{Ctx, events::Event};
use g8_domain::{Error, Result};
use g8_storage::{Session, Tx};
use serde_json::json;

/// One record in full, inside or outside a transaction.
pub(crate) async fn detail<R: NamedRecord>(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<R::Detail> {
    get::<R>(ctx, on, id).await?.detail(ctx, on).await
}

async fn get<R: NamedRecord>(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<R> {
    R::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found(R::SUBJECT.word(), id))
}

/// Says in an event what a stored record now is.
pub(crate) async fn emit<R: NamedRecord, E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(R::Payload) -> E,
    id: i64,
) -> Result<()> {
    let record = get::<R>(ctx, tx, id).await?;
    say(ctx, tx, event, record).await
}

/// Says in an event that a stored record has changed.
pub(crate) async fn changed<R: NamedRecord>(ctx: &Ctx, tx: &mut Tx, id: i64) -> Result<()> {
    emit::<R, _>(ctx, tx, R::UPDATED, id).await
}

/// Says in an event what a record in hand is: reading it again would cost a statement.
async fn say<R: NamedRecord, E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(R::Payload) -> E,
    record: R,
) -> Result<()> {
    let detail = record.detail(ctx, tx).await?;
    ctx.emit(tx, event(detail.into())).await
}

/// Adds a record, or names the one that has its name already.
pub(crate) async fn insert<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: R::Fields,
    custom: Custom,
) -> Result<R> {
    add(ctx, tx, R::complete(fields)?, custom).await
}

/// Changes a record that is there.
pub(crate) async fn change<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    id: i64,
    fields: R::Fields,
    custom: Custom,
) -> Result<()> {
    let fields = R::canonical(fields).map_err(|issues| Error::invalid(&issues))?;
    revise::<R>(ctx, tx, id, fields, custom).await
}

/// Finds a record by its first name, then by its second, and changes it; adds one when there is none.
pub(super) async fn upsert<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: R::Fields,
    custom: Custom,
) -> Result<(Outcome, i64)> {
    let fields = R::recognizable(fields)?;
    match find::<R>(ctx, tx, R::named(&fields)).await? {
        Some((_, id)) => revise::<R>(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id)),
        None => match try_add::<R>(ctx, tx, &fields, custom).await? {
            Ok(record) => Ok((Outcome::Created, record.id())),
            // Somebody has added it since it was looked for.
            Err(custom) => match find::<R>(ctx, tx, R::named(&fields)).await? {
                Some((_, id)) => {
                    revise::<R>(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id))
                }
                None => Err(Error::conflict("Another request is at the same record; try again.")),
            },
        },
    }
}

/// The record that has one of these names, looked up in their order, and which name it is.
async fn find<R: NamedRecord>(ctx: &Ctx, tx: &mut Tx, names: Names<'_>) -> Result<Option<(usize, i64)>> {
    for (at, name) in names.into_iter().enumerate() {
        if let Some(id) = by_name::<R>(ctx, tx, at, name).await? {
            return Ok(Some((at, id)));
        }
    }
    Ok(None)
}

/// Adds a record of canonical fields.
async fn add<R: NamedRecord>(ctx: &Ctx, tx: &mut Tx, fields: R::Fields, custom: Custom) -> Result<R> {
    match try_add::<R>(ctx, tx, &fields, custom).await? {
        Ok(record) => Ok(record),
        Err(_) => Err(taken::<R>(ctx, tx, R::named(&fields)).await?),
    }
}

/// The same; where a name of it is taken, the custom values come back.
async fn try_add<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: &R::Fields,
    custom: Custom,
) -> Result<Result<R, Custom>> {
    R::admit(ctx, tx, fields, None).await?;
    let mut record = R::blank(ctx, "api");
    record.fill(ctx, tx, fields.clone()).await?;
    let Some(id) = record.insert(tx).await? else { return Ok(Err(custom)) };
    record.set_id(id);
    column::write(ctx, tx, (R::SUBJECT, id), custom.values, custom.create_missing).await?;
    say(ctx, tx, R::CREATED, record.clone()).await?;
    Ok(Ok(record))
}

/// Which record has one of these names.
async fn taken<R: NamedRecord>(ctx: &Ctx, tx: &mut Tx, names: Names<'_>) -> Result<Error> {
    let word = R::SUBJECT.word();
    // Where nobody has it any more, it was the name that was looked up last.
    let (at, id) = find::<R>(ctx, tx, names).await?.map_or((1, None), |(at, id)| (at, Some(id)));
    let field = R::NAMES[at];
    let message = format!("`{field}` belongs to {word} {}; update that one.", id.unwrap_or_default());
    Ok(conflict::<R>(message, field, id))
}

/// Refuses a name that another record has, and says which.
fn conflict<R: NamedRecord>(message: String, field: &str, id: Option<i64>) -> Error {
    Error::conflict(message).with(json!({ (format!("{}_id", R::SUBJECT.word())): id, "field": field }))
}

/// Writes canonical fields into a record that is there.
async fn revise<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    id: i64,
    fields: R::Fields,
    custom: Custom,
) -> Result<()> {
    // What is read is what is written upon, and nobody erases it meanwhile.
    R::lock_for_update(tx, ctx.org(), vec![id]).await?;
    let mut record = get::<R>(ctx, tx, id).await?;
    R::admit(ctx, tx, &fields, Some(&record)).await?;
    let word = R::SUBJECT.word();
    for (at, field) in R::NAMES.into_iter().enumerate() {
        // What the record has already cannot be another's.
        let name = R::named(&fields)[at].filter(|name| Some(*name) != record.names()[at]);
        if let Some(other) = by_name::<R>(ctx, tx, at, name).await? {
            let message = format!("`{field}` belongs to {word} {other}; it cannot be {word} {id}'s as well.");
            return Err(conflict::<R>(message, field, Some(other)));
        }
    }
    record.fill(ctx, tx, fields).await?;
    record.touch(ctx.now());
    record.update(tx).await?;
    column::write(ctx, tx, (R::SUBJECT, id), custom.values, custom.create_missing).await?;
    say(ctx, tx, R::UPDATED, record).await
}

async fn by_name<R: NamedRecord>(
    ctx: &Ctx,
    tx: &mut Tx,
    at: usize,
    name: Option<&String>,
) -> Result<Option<i64>> {
    match name {
        Some(name) => Ok(R::by_name(tx, ctx.org(), at, name).await?),
        None => Ok(None),
    }
}
