//! Which lists a caller's scopes open.

use crate::events::{ListMembersAdded, ListMembersRemoved, Membership};
use g8_core::Ctx;
use g8_domain::{
    Error, Result, Scope,
    record::{List, ListKind, Subject},
};
use g8_storage::{Session, Tx, lists};

/// Any of these lets a caller ask for lists.
pub(super) const READ: &[Scope] = &[Scope::LISTS_READ, Scope::CONTACT_LISTS_READ, Scope::ACCOUNT_LISTS_READ];
/// Any of these lets a caller change lists.
pub(super) const WRITE: &[Scope] =
    &[Scope::LISTS_WRITE, Scope::CONTACT_LISTS_WRITE, Scope::ACCOUNT_LISTS_WRITE];

/// Whether the caller holds one of `[every list, lists of contacts, lists of companies]` that opens `kind`.
pub(super) fn opens(ctx: &Ctx, scopes: &[Scope], kind: ListKind) -> bool {
    let typed = if kind.holds_companies() { scopes[2] } else { scopes[1] };
    ctx.caller.allows(scopes[0]) || ctx.caller.allows(typed)
}

/// The lists a caller sees: all, or only those of companies, or only the others.
pub(super) fn visible(ctx: &Ctx) -> Option<bool> {
    let companies = opens(ctx, READ, ListKind::Companies);
    let others = opens(ctx, READ, ListKind::Contacts);
    (companies != others).then_some(companies)
}

/// One list that the caller's scopes open.
pub(super) async fn open(ctx: &Ctx, on: &mut impl Session, id: i64, scopes: &[Scope]) -> Result<List> {
    let list = lists::get(on, ctx.org(), id).await?.filter(|list| opens(ctx, scopes, list.kind));
    list.ok_or_else(|| Error::not_found("list", id))
}

/// One list whose members are of the right kind.
pub(crate) async fn holding(ctx: &Ctx, on: &mut impl Session, id: i64, subject: Subject) -> Result<List> {
    let list = lists::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("list", id))?;
    members(&list, subject)?;
    Ok(list)
}

/// Says in an event which records came on a list, if any did.
pub(crate) async fn joined(
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
pub(super) async fn left(
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
pub(super) fn members(list: &List, subject: Subject) -> Result<()> {
    if list.kind.holds(subject) {
        return Ok(());
    }
    Err(Error::rule(format!(
        "List {} is a list of {}; name one of the right type.",
        list.id,
        list.kind.word()
    )))
}
