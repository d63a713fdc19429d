//! Making and hiding custom columns, of whichever subject.

use super::{ColumnView, NewColumnView, base};
use crate::{Ctx, ops::Deleted};
use g8_domain::{
    Error, Result,
    record::{Column, DataType, Subject},
};
use g8_storage::{Session, Tx, columns};

/// The columns of a subject: built in, global, and those of a list.
pub(in crate::ops) async fn list(ctx: &Ctx, subject: Subject, list: Option<i64>) -> Result<Vec<ColumnView>> {
    check_list(ctx, &mut ctx.db(), subject, list).await?;
    let custom = columns::all(&mut ctx.db(), ctx.org(), subject, list).await?;
    Ok(base::columns(subject).into_iter().chain(custom.into_iter().map(ColumnView::from)).collect())
}

/// Refuses a list that is not there or holds others.
pub(in crate::ops) async fn check_list(
    ctx: &Ctx,
    on: &mut impl Session,
    subject: Subject,
    list: Option<i64>,
) -> Result<()> {
    if let Some(list) = list {
        crate::ops::list::holding(ctx, on, list, subject).await?;
    }
    Ok(())
}

/// Makes a column in a transaction of its own.
pub(in crate::ops) async fn create(
    ctx: &Ctx,
    subject: Subject,
    (title, name): (&str, Option<&str>),
    data_type: DataType,
    list: Option<i64>,
) -> Result<NewColumnView> {
    let mut tx = ctx.begin().await?;
    check_list(ctx, &mut tx, subject, list).await?;
    let column = add(ctx, &mut tx, subject, (title, name), data_type, list).await?;
    let object_id = subject.plural().to_owned();
    tx.commit(NewColumnView { column: column.into(), object_id, enrichment: None }).await
}

/// Makes a column inside a transaction.
pub(in crate::ops) async fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    subject: Subject,
    (title, name): (&str, Option<&str>),
    data_type: DataType,
    list_id: Option<i64>,
) -> Result<Column> {
    let slug = slug(name.unwrap_or(title));
    if slug.is_empty() {
        return Err(Error::field("title", "must contain a letter or a digit"));
    }
    let mut column = Column {
        id: 0,
        org_id: ctx.org(),
        subject,
        title: title.trim().to_owned(),
        name: slug,
        data_type,
        list_id,
        created_at: ctx.now(),
    };
    let built_in = base::columns(subject).iter().any(|base| base.name == column.name);
    let id = if built_in { None } else { columns::insert(tx, &column).await? };
    column.id = id.ok_or_else(|| {
        Error::conflict(format!(
            "`title` makes the name {}, which another field has; choose another.",
            column.name
        ))
        .with(serde_json::json!({ "field": "title", "name": column.name }))
    })?;
    Ok(column)
}

/// Hides a column and its values.
pub(in crate::ops) async fn delete(ctx: &Ctx, subject: Subject, id: i64) -> Result<Deleted> {
    let mut tx = ctx.begin().await?;
    if !columns::delete(&mut tx, ctx.org(), subject, id, ctx.now()).await? {
        return Err(Error::not_found("custom field", id));
    }
    tx.commit(Deleted { deleted: true }).await
}

/// Letters and digits in small letters, anything else an underscore.
pub(super) fn slug(text: &str) -> String {
    let spaced: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("_")
}
