//! What follows from failed tries: another try, a rest, a pause and a notification.

use super::deliver::Tried;
use fail::fail_point;
use g8_core::{App, notify};
use g8_domain::{
    Result, Ts,
    record::{PausedReason, Webhook},
};
use g8_storage::{Tx, deliveries, webhooks};

/// The longest rest a receiver may ask for.
pub const LONGEST_REST: i64 = 3600;

/// Notes the failures among some tries, and how the webhook fares with them; false when it is to be left
/// alone now.
pub(super) async fn note(app: &App, tx: &mut Tx, tried: &[Tried], now: Ts) -> Result<bool> {
    let Some(known) = tried.last().map(|tried| &tried.to.webhook) else { return Ok(true) };
    if known.consecutive_failures == 0 && tried.iter().all(Tried::taken) {
        return Ok(true);
    }
    let Some(mut webhook) = webhooks::any(tx, known.id).await? else { return Ok(false) };
    let mut pause = None;
    for tried in tried {
        if tried.taken() {
            webhook.consecutive_failures = 0;
            continue;
        }
        webhook.consecutive_failures += 1;
        if let Some(rest) = rest(tried) {
            webhook.hold_until = webhook.hold_until.max(Some(now.plus(rest * Ts::SECOND)));
        }
        let due = next_try(app, &webhook, tried, now);
        deliveries::fail(tx, &tried.attempt, due, now).await?;
        if due.is_some() {
            fail_point!(g8_storage::points::RETRY_SCHEDULED);
        } else {
            let gone = tried.attempt.response_code == Some(410);
            pause = Some((if gone { PausedReason::Gone } else { PausedReason::Failures }, tried));
        }
    }
    webhooks::note_health(tx, webhook.id, webhook.consecutive_failures, webhook.hold_until).await?;
    let Some((reason, tried)) = pause else { return Ok(webhook.hold_until.is_none_or(|until| until <= now)) };
    fail_point!(g8_storage::points::WEBHOOK_PAUSING);
    if webhooks::pause(tx, webhook.id, reason, now).await? {
        notify_paused(app, tx, &webhook, reason, tried).await?;
    }
    Ok(false)
}

/// The seconds for which a receiver wants to be left alone (RFC 9110 §10.2.3).
fn rest(tried: &Tried) -> Option<i64> {
    let asks = matches!(tried.attempt.response_code, Some(429 | 503));
    let seconds = tried.retry_after.filter(|_| asks)?;
    Some(i64::try_from(seconds).unwrap_or(LONGEST_REST).min(LONGEST_REST))
}

/// When it is tried again; never after the last time, and never where the receiver is gone for good.
fn next_try(app: &App, webhook: &Webhook, tried: &Tried, now: Ts) -> Option<Ts> {
    if tried.attempt.response_code == Some(410) {
        return None;
    }
    let place = usize::try_from(tried.since - 1).ok()?;
    let seconds = *app.config.webhooks.retry_seconds.get(place)?;
    let due = now.plus(i64::from(seconds) * Ts::SECOND);
    Some(webhook.hold_until.map_or(due, |until| until.max(due)))
}

/// Tells the owner that the webhook is paused, and why.
async fn notify_paused(
    app: &App,
    tx: &mut Tx,
    webhook: &Webhook,
    reason: PausedReason,
    tried: &Tried,
) -> Result<()> {
    let fault = tried.attempt.error_message.as_deref().unwrap_or("it failed");
    let why = match reason {
        PausedReason::Gone => "the receiver says that it is gone for good (410)".to_owned(),
        _ => format!("an event could not be delivered in {} tries; at the last, {fault}", tried.since),
    };
    let text = format!(
        "The webhook \"{}\" ({}) is paused: {why}. Events that happen meanwhile are not sent. Fix the receiver, \
         set the webhook's status to ACTIVE, and ask for what is missing by POST /webhooks/{}/redeliver-missing.",
        webhook.name, webhook.url, webhook.id
    );
    let subject = format!("The webhook \"{}\" is paused", webhook.name);
    let whom = (webhook.org_id, webhook.created_by);
    notify::write(app, tx, whom, notify::News { kind: "webhook.paused", subject, text }).await
}
