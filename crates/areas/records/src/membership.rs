//! Lists as others need them: which a caller's scopes open, what a list holds, and who comes on it.

use crate::events::{ListMembersAdded, ListMembersRemoved, Membership};
use g8_core::Ctx;
use g8_domain::{
    Error, Result, Scope,
    record::{List, ListKind, Subject},
};
use g8_storage::{Session, Tx, lists};

/// Any of these lets a caller ask for lists.
pub(crate) const READ: &[Scope] = &[Scope::LISTS_READ, Scope::CONTACT_LISTS_READ, Scope::ACCOUNT_LISTS_READ];
/// Any of these lets a caller change lists.
pub(crate) const WRITE: &[Scope] =
    &[Scope::LISTS_WRITE, Scope::CONTACT_LISTS_WRITE, Scope::ACCOUNT_LISTS_WRITE];

/// Whether the caller holds one of `[every list, lists of contacts, lists of companies]` that opens `kind`.
pub(crate) fn opens(ctx: &Ctx, scopes: &[Scope], kind: ListKind) -> bool {
    let typed = if kind.holds_companies() { scopes[2] } else { scopes[1] };
    ctx.caller.allows(scopes[0]) || ctx.caller.allows(typed)
}

/// The lists a caller sees: all, or only those of companies, or only the others.
pub(crate) fn visible(ctx: &Ctx) -> Option<bool> {
    let companies = opens(ctx, READ, ListKind::Companies);
    let others = opens(ctx, READ, ListKind::Contacts);
    (companies != others).then_some(companies)
}

/// One list that the caller's scopes open.
pub(crate) async fn open(ctx: &Ctx, on: &mut impl Session, id: i64, scopes: &[Scope]) -> Result<List> {
    let list = lists::get(on, ctx.org(), id).await?.filter(|list| opens(ctx, scopes, list.kind));
    list.ok_or_else(|| Error::not_found("list", id))
}

/// One list whose members are of the right kind.
pub(crate) async fn list_holding(
    ctx: &Ctx,
    on: &mut impl Session,
    id: i64,
    subject: Subject,
) -> Result<List> {
    let list = lists::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("list", id))?;
    members(&list, subject)?;
    Ok(list)
}

/// The list that records are to be put on: looked at once, however many they are.
pub(crate) async fn resolve_list(
    ctx: &Ctx,
    tx: &mut Tx,
    list: Option<i64>,
    subject: Subject,
) -> Result<Option<i64>> {
    if let Some(list) = list {
        list_holding(ctx, tx, list, subject).await?;
    }
    Ok(list)
}

/// Puts a record on the list of [`resolve_list`], if there is one.
pub(crate) async fn add_to_list(
    ctx: &Ctx,
    tx: &mut Tx,
    list: Option<i64>,
    (subject, id): (Subject, i64),
) -> Result<()> {
    let Some(list) = list else { return Ok(()) };
    let added = match subject {
        Subject::Contact => lists::add_contacts(tx, ctx.org(), list, vec![id], ctx.now()).await?,
        Subject::Company => lists::add_companies(tx, ctx.org(), list, vec![id], ctx.now()).await?,
    };
    emit_added(ctx, tx, list, (subject, added)).await
}

/// Takes records off a list that the caller may change; says how many were on it.
pub(crate) async fn leave(ctx: &Ctx, tx: &mut Tx, list: i64, subject: Subject, ids: Vec<i64>) -> Result<i64> {
    members(&open(ctx, tx, list, WRITE).await?, subject)?;
    let mut gone = Vec::new();
    for id in ids {
        let was_on = match subject {
            Subject::Contact => lists::remove_contact(tx, list, id).await?,
            Subject::Company => lists::remove_company(tx, list, id).await?,
        };
        gone.extend(was_on.then_some(id));
    }
    let removed = i64::try_from(gone.len()).unwrap_or_default();
    emit_removed(ctx, tx, list, (subject, gone)).await?;
    Ok(removed)
}

/// Says in an event which records came on a list, if any did.
pub(crate) async fn emit_added(
    ctx: &Ctx,
    tx: &mut Tx,
    list: i64,
    (subject, ids): (Subject, Vec<i64>),
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    ctx.emit(tx, ListMembersAdded(Membership::of(subject, list, ids))).await
}

/// Says in an event which records came off a list, if any did.
pub(crate) async fn emit_removed(
    ctx: &Ctx,
    tx: &mut Tx,
    list: i64,
    (subject, ids): (Subject, Vec<i64>),
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    ctx.emit(tx, ListMembersRemoved(Membership::of(subject, list, ids))).await
}

/// Refuses a list whose members are of another kind.
pub(crate) fn members(list: &List, subject: Subject) -> Result<()> {
    if list.kind.holds(subject) {
        return Ok(());
    }
    Err(Error::rule(format!(
        "List {} is a list of {}; name one of the right type.",
        list.id,
        list.kind.word()
    )))
}

/// A list that is not stored yet.
pub(crate) fn new_list(ctx: &Ctx, title: &str, kind: ListKind) -> Result<List> {
    let title = title.trim().to_owned();
    if title.is_empty() {
        return Err(Error::field("title", "must not be empty"));
    }
    Ok(List {
        id: 0,
        org_id: ctx.org(),
        title,
        kind,
        source: "api".to_owned(),
        description: None,
        tags: Vec::new(),
        created_at: ctx.now(),
        created_by: Some(ctx.author()),
        updated_at: ctx.now(),
        processing: 0,
        contact_count: 0,
        company_count: 0,
    })
}
