//! What a caller says of a webhook, checked.

use g8_core::{App, Ctx};
use g8_domain::{
    Error, Issue, Result,
    record::{Webhook, WebhookStatus},
};
use g8_storage::{Session, Tx, webhooks};
use uuid::Uuid;

/// Most webhooks of an organisation that are active at the same time (contract/platform.md §7.1).
const MOST_ACTIVE: i64 = 10;

/// A URL that may be called, in its canonical form.
pub(super) fn url(ctx: &Ctx, given: &str) -> Result<String, Issue> {
    ctx.app.guard().url(given.trim()).map(|url| url.to_string()).map_err(|problem| Issue::new("url", problem))
}

/// Names of events, each once.
pub(super) fn events(app: &App, given: Vec<String>) -> Result<Vec<String>, Issue> {
    let mut names: Vec<String> = Vec::new();
    for name in given {
        let name = name.trim().to_owned();
        if name != "*" && app.registry.vocabulary().kind(&name).is_none() {
            let problem = format!("has no event {name}; see GET /webhooks/events, or say * for all");
            return Err(Issue::new("events", problem));
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { Err(Issue::new("events", "must name at least one event")) } else { Ok(names) }
}

/// Each event's own name, and the name it is told by.
pub(super) fn subscribed<'a>(app: &App, webhook: &'a Webhook) -> Vec<(&'a str, &'a str)> {
    let pair = |name: &'a str| match app.registry.vocabulary().kind(name) {
        Some(kind) => (kind.name, name),
        None => (name, name),
    };
    webhook.events.iter().map(String::as_str).map(pair).collect()
}

/// Refuses one active webhook too many.
pub(super) async fn room(ctx: &Ctx, tx: &mut Tx) -> Result<()> {
    if webhooks::active(tx, ctx.org()).await? < MOST_ACTIVE {
        return Ok(());
    }
    Err(Error::rule(format!(
        "`status`: {MOST_ACTIVE} webhooks are active already; pause or delete one of them."
    )))
}

/// One webhook of the caller's organisation.
pub(super) async fn found(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<Webhook> {
    webhooks::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("webhook", id))
}

/// One webhook that events are to be sent to.
pub(crate) async fn active(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Webhook> {
    let webhook = lock_for_update(ctx, tx, id).await?;
    if webhook.status == WebhookStatus::Active {
        return Ok(webhook);
    }
    Err(Error::rule("The webhook is paused; set its `status` to ACTIVE first."))
}

/// One webhook, to be changed.
pub(super) async fn lock_for_update(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Webhook> {
    webhooks::lock_for_update(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("webhook", id))
}
