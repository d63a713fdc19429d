//! Making and hiding custom columns, of whichever subject.

use super::{ColumnView, CreateColumnInput, NewColumnView, base};
use g8_core::{Ctx, Deleted};
use g8_domain::{
    Error, Result,
    record::{Column, DataType, Subject},
};
use g8_storage::{Session, Tx, columns};
use std::fmt;

/// Longest title of a field, in characters.
const TITLE: usize = 100;

/// The columns of a subject: built in, global, and those of a list.
pub(crate) async fn list(ctx: &Ctx, subject: Subject, list: Option<i64>) -> Result<Vec<ColumnView>> {
    check_list(ctx, &mut ctx.db(), subject, list).await?;
    let custom = columns::all(&mut ctx.db(), ctx.org(), subject, list).await?;
    Ok(base::columns(subject).into_iter().chain(custom.into_iter().map(ColumnView::from)).collect())
}

/// Refuses a list that is not there or holds others.
pub(crate) async fn check_list(
    ctx: &Ctx,
    on: &mut impl Session,
    subject: Subject,
    list: Option<i64>,
) -> Result<()> {
    if let Some(list) = list {
        crate::membership::list_holding(ctx, on, list, subject).await?;
    }
    Ok(())
}

/// Makes a column in a transaction of its own.
pub(crate) async fn create(ctx: &Ctx, subject: Subject, input: CreateColumnInput) -> Result<NewColumnView> {
    let mut tx = ctx.begin().await?;
    check_list(ctx, &mut tx, subject, input.list_id).await?;
    let names = (input.title.as_str(), input.name.as_deref());
    let data_type = input.data_type.map_or(DataType::Text, DataType::from);
    let column = add(ctx, &mut tx, subject, names, data_type, input.list_id).await?;
    let object_id = subject.plural().to_owned();
    tx.commit(NewColumnView { column: column.into(), object_id, enrichment: None }).await
}

/// Makes a column inside a transaction.
pub(crate) async fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    subject: Subject,
    (title, name): (&str, Option<&str>),
    data_type: DataType,
    list_id: Option<i64>,
) -> Result<Column> {
    try_add(ctx, tx, subject, (title, name), data_type, list_id).await?.map_err(|unfit| match unfit {
        Unfit::Wrong(problem) => Error::field("title", problem),
        Unfit::Taken(name) => Error::conflict(format!("`title` {}.", Unfit::Taken(name.clone())))
            .with(serde_json::json!({ "field": "title", "name": name })),
    })
}

/// Why there can be no field of a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It cannot be a name.
    Wrong(&'static str),
    /// Another field has this one.
    Taken(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(problem) => f.write_str(problem),
            Self::Taken(name) => {
                write!(f, "makes the name {name}, which another field has; choose another")
            }
        }
    }
}

/// The slug of a new field, as far as no other custom field has it.
pub(crate) fn new_slug(subject: Subject, (title, name): (&str, Option<&str>)) -> Result<String, Unfit> {
    let slug = slug(name.unwrap_or(title));
    if slug.is_empty() {
        return Err(Unfit::Wrong("must contain a letter or a digit"));
    }
    if title.contains('\0') {
        return Err(Unfit::Wrong("must not contain NUL characters"));
    }
    if title.chars().count() > TITLE {
        return Err(Unfit::Wrong("must have at most 100 characters"));
    }
    if base::columns(subject).iter().any(|base| base.name == slug) {
        Err(Unfit::Taken(slug))
    } else {
        Ok(slug)
    }
}

/// The same as [`add`], for those who go on without it.
pub(super) async fn try_add(
    ctx: &Ctx,
    tx: &mut Tx,
    subject: Subject,
    names: (&str, Option<&str>),
    data_type: DataType,
    list_id: Option<i64>,
) -> Result<Result<Column, Unfit>> {
    let slug = match new_slug(subject, names) {
        Ok(slug) => slug,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let mut column = Column {
        id: 0,
        org_id: ctx.org(),
        subject,
        title: names.0.trim().to_owned(),
        name: slug,
        data_type,
        list_id,
        created_at: ctx.now(),
    };
    Ok(match columns::insert(tx, &column).await? {
        Some(id) => {
            column.id = id;
            Ok(column)
        }
        None => Err(Unfit::Taken(column.name)),
    })
}

/// Hides a column and its values.
pub(crate) async fn delete(ctx: &Ctx, subject: Subject, id: i64) -> Result<Deleted> {
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
