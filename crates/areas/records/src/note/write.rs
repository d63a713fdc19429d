//! Reading and writing notes, of whichever subject.

use super::NoteView;
use crate::record::{present, present_for_update};
use g8_auth::Caller;
use g8_core::{Ctx, Paging};
use g8_domain::{
    Error, Page, Result, Scope,
    record::{DealNote, Note, Subject},
};
use g8_storage::{Session, deal_notes, notes};
use uuid::Uuid;

/// The notes on one record that is there.
pub(super) async fn list(ctx: &Ctx, on: (Subject, i64), paging: Paging) -> Result<Page<NoteView>> {
    present(ctx, &mut ctx.db(), on.0, on.1).await?;
    let slice = paging.slice::<Uuid>(ctx)?;
    let rows = notes::page(&mut ctx.db(), ctx.org(), on, &slice).await?;
    Ok(paging.page(ctx, rows, |note| note.id).map(NoteView::from))
}

/// Writes a note on a record that is there.
pub(super) async fn create(ctx: &Ctx, on: (Subject, i64), content: String) -> Result<NoteView> {
    let mut tx = ctx.begin().await?;
    // Who is erased meanwhile leaves no note behind.
    present_for_update(ctx, &mut tx, on.0, on.1).await?;
    let note = Note {
        id: ctx.id(),
        org_id: ctx.org(),
        entity_type: on.0,
        entity_id: on.1,
        content,
        created_by: ctx.caller.key.user_id,
        created_by_name: Some(ctx.author()),
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    notes::insert(&mut tx, &note).await?;
    tx.commit(note.into()).await
}

/// A note, on whatever.
pub(super) enum Any {
    /// On a contact or a company.
    OnRecord(Note),
    /// On a deal.
    OnDeal(DealNote),
}

/// A note that the caller may change: one on a record that the caller may change.
pub(super) async fn writable(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<Any> {
    let note = notes::get(on, ctx.org(), id).await?;
    if let Some(note) = note.filter(|note| may_write(&ctx.caller, note.entity_type)) {
        return Ok(Any::OnRecord(note));
    }
    let note = deal_notes::get(on, ctx.org(), id).await?.filter(|_| ctx.caller.allows(Scope::DEALS_WRITE));
    note.map(Any::OnDeal).ok_or_else(|| Error::not_found("note", id))
}

fn may_write(caller: &Caller, subject: Subject) -> bool {
    caller.allows(match subject {
        Subject::Contact => Scope::CONTACTS_WRITE,
        Subject::Company => Scope::COMPANIES_WRITE,
    })
}
