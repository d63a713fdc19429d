//! Writing events into the transaction of the change that caused them, with their deliveries and the jobs
//! that make them.

use super::{Event, vocabulary::stored};
use crate::{App, Ctx};
use fail::fail_point;
use g8_domain::{Error, Result, Ts, event::Ref};
use g8_storage::{
    Tx,
    events::{self, NewEvent},
    webhooks,
};
use uuid::Uuid;

/// Whose events they are, when, and who made them happen.
pub(crate) struct Author {
    pub org: Uuid,
    pub at: Ts,
    pub name: Option<String>,
    pub user: Option<Uuid>,
}

impl Author {
    pub fn of(ctx: &Ctx) -> Self {
        Self { org: ctx.org(), at: ctx.now(), name: Some(ctx.author()), user: ctx.caller.key.user_id }
    }

    fn event(&self, app: &App, name: &'static str, about: &[Ref], data: serde_json::Value) -> NewEvent {
        NewEvent {
            id: app.entropy.id(self.at),
            org_id: self.org,
            name,
            about: about.iter().map(ToString::to_string).collect(),
            data: stored(data),
            at: self.at,
            author: self.name.clone(),
            user_id: self.user,
        }
    }
}

/// Writes events of one kind.
pub(crate) async fn emit<E: Event>(app: &App, tx: &mut Tx, author: &Author, all: &[E]) -> Result<()> {
    let mut new = Vec::with_capacity(all.len());
    for event in all {
        let data = serde_json::to_value(event).map_err(Error::internal)?;
        new.push(author.event(app, E::NAME, &event.about(), data));
    }
    deliver(tx, author, new).await
}

/// Writes a sample of a kind: it is about nothing that is there. Gives its id.
pub(crate) async fn emit_sample(
    app: &App,
    tx: &mut Tx,
    author: &Author,
    name: &'static str,
    data: serde_json::Value,
) -> Result<Uuid> {
    let event = author.event(app, name, &[Ref::Sample], data);
    let id = event.id;
    deliver(tx, author, vec![event]).await?;
    Ok(id)
}

async fn deliver(tx: &mut Tx, author: &Author, new: Vec<NewEvent>) -> Result<()> {
    let (Some(first), Some(last)) = (new.first(), new.last()) else { return Ok(()) };
    let span =
        webhooks::Span { org: author.org, name: first.name, first: first.id, last: last.id, at: author.at };
    events::insert(tx, new).await?;
    fail_point!(g8_storage::points::EVENTS_WRITTEN);
    webhooks::fan_out(tx, &span).await?;
    fail_point!(g8_storage::points::DELIVERIES_WRITTEN);
    Ok(())
}
