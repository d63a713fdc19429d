//! Writing events into the transaction of the change that caused them, with their deliveries and the jobs
//! that make them.

use super::{Event, EventKind};
use crate::{App, Ctx};
use fail::fail_point;
use g8_domain::{Error, Result, Ts, event::Ref};
use g8_storage::{
    Tx,
    events::{self, NewEvent},
    webhooks,
};
use serde::Serialize;
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use uuid::Uuid;

/// Whose events they are, when, and who made them happen.
pub struct Author {
    /// The organization.
    pub org: Uuid,
    /// When.
    pub at: Ts,
    /// Who, as it is shown.
    pub name: Option<String>,
    /// The user among them.
    pub user: Option<Uuid>,
}

impl Author {
    /// Whoever calls the operation.
    #[must_use]
    pub fn of(ctx: &Ctx) -> Self {
        Self { org: ctx.org(), at: ctx.now(), name: Some(ctx.author()), user: ctx.caller.key.user_id }
    }

    fn event(
        &self,
        app: &App,
        (name, version): (&'static str, u16),
        about: &[Ref],
        said: &impl Serialize,
    ) -> Result<NewEvent> {
        let data = to_raw_value(said).map_err(Error::internal)?;
        Ok(NewEvent {
            id: app.entropy.id(self.at),
            org_id: self.org,
            name,
            about: about.iter().map(ToString::to_string).collect(),
            channel: channel(&data),
            version: version.into(),
            data,
            at: self.at,
            author: self.name.clone(),
            user_id: self.user,
        })
    }
}

/// The channel that an event went over, where it says one of those that the activity stream knows.
fn channel(data: &RawValue) -> Option<&'static str> {
    // Few kinds have one: the others are not read again.
    let said = data.get().contains("\"channel\"").then(|| serde_json::from_str::<Value>(data.get()));
    let said = said?.ok()?;
    let said = said["channel"].as_str()?;
    ["EMAIL", "LINKEDIN", "MANUAL"].into_iter().find(|known| *known == said)
}

/// Events that are written with one statement.
const AT_ONCE: usize = 256;

/// Writes events of one kind: while a thread of the engine writes some, the next are made.
///
/// # Errors
/// No area of this program declares the kind; the database refused.
pub async fn emit<E: Event>(app: &App, tx: &mut Tx, author: &Author, all: &[E]) -> Result<()> {
    declared::<E>(app)?;
    let made = |event: &E| author.event(app, (E::NAME, E::VERSION), &event.about(), event);
    let mut parts = all.chunks(AT_ONCE).map(|part| part.iter().map(made).collect::<Result<Vec<_>>>());
    let (mut next, mut ends) = (parts.next().transpose()?, None);
    while let Some(part) = next {
        if let [first, ..] = part.as_slice() {
            ends.get_or_insert((first.id, first.id)).1 = part.last().unwrap_or(first).id;
        }
        let (written, following) = tokio::join!(events::insert(tx, part), async { parts.next().transpose() });
        written?;
        next = following?;
    }
    match ends {
        Some(ends) => deliver(tx, author, E::NAME, ends).await,
        None => Ok(()),
    }
}

/// Writes a sample of a kind: it is about nothing that is there. Gives its id.
///
/// # Errors
/// The database refused.
pub async fn emit_sample(
    app: &App,
    tx: &mut Tx,
    author: &Author,
    kind: &EventKind,
    data: Value,
) -> Result<Uuid> {
    let event = author.event(app, (kind.name, kind.version), &[Ref::Sample], &data)?;
    let id = event.id;
    events::insert(tx, vec![event]).await?;
    deliver(tx, author, kind.name, (id, id)).await?;
    Ok(id)
}

/// Refuses to say what is in nobody's vocabulary: no subscriber could know it.
fn declared<E: Event>(app: &App) -> Result<()> {
    match app.registry.vocabulary().kind(E::NAME) {
        Some(kind) if kind.is::<E>() => Ok(()),
        Some(_) => Err(Error::internal(format!("the event {} is another area's to say", E::NAME))),
        None => Err(Error::internal(format!("no area declares the event {} in its EVENTS", E::NAME))),
    }
}

/// Makes the deliveries of the events of one kind, from the first id to the last.
async fn deliver(
    tx: &mut Tx,
    author: &Author,
    name: &'static str,
    (first, last): (Uuid, Uuid),
) -> Result<()> {
    fail_point!(g8_storage::points::EVENTS_WRITTEN);
    webhooks::fan_out(tx, &webhooks::Span { org: author.org, name, first, last, at: author.at }).await?;
    fail_point!(g8_storage::points::DELIVERIES_WRITTEN);
    Ok(())
}
