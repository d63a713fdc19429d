//! Every event arrived where it was wanted, rightly signed, and always in the same words.

use super::{Counts, Events, Faults, all};
use crate::{
    Result,
    receiver::Told,
    world::{Hook, World},
};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use sha2::Sha256;
use standardwebhooks::Webhook;
use std::collections::{HashMap, HashSet};

/// Compares the receiver's file with the events.
pub async fn check(world: &World, events: &Events, counts: &mut Counts) -> Result {
    let told = world.receiver.told()?;
    let arrived: HashSet<(&str, &str)> =
        taken(&told).map(|told| (told.hook.as_str(), event_of(told))).collect();
    counts.deliveries = taken(&told).count();
    counts.duplicates = counts.deliveries - arrived.len();
    counts.refused = told.len() - counts.deliveries;
    counts.faults.push(undelivered(world, events, &arrived));
    counts.faults.push(unproved(world, &arrived).await?);
    counts.faults.push(wrong_signatures(world, &told));
    counts.faults.push(wrong_words(world, events, &told));
    counts.faults.push(not_paused(world).await?);
    Ok(())
}

/// What the receiver took.
fn taken(told: &[Told]) -> impl Iterator<Item = &Told> {
    told.iter().filter(|told| told.status == 200)
}

fn event_of(told: &Told) -> &str {
    header(told, "webhook-id")
}

fn header<'t>(told: &'t Told, name: &str) -> &'t str {
    told.headers.get(name).map(String::as_str).unwrap_or_default()
}

fn wants(hook: &Hook, event: &Value) -> bool {
    hook.events.contains(&"*") || event["event"].as_str().is_some_and(|name| hook.events.contains(&name))
}

fn undelivered(world: &World, events: &Events, arrived: &HashSet<(&str, &str)>) -> (&'static str, usize) {
    let mut faults = Faults::of(world, "events that were not delivered");
    for hook in world.hooks() {
        for (id, event) in events.iter().filter(|(_, event)| wants(hook, event)) {
            faults.add_if(!arrived.contains(&(hook.name, id.as_str())), || {
                format!("{} {id} of {} to {}", event["event"], event["timestamp"], hook.name)
            });
        }
    }
    faults.counted()
}

/// Deliveries that the product says were made, and the receiver knows nothing of.
async fn unproved(world: &World, arrived: &HashSet<(&str, &str)>) -> Result<(&'static str, usize)> {
    let mut faults = Faults::of(world, "deliveries said to be made that were not");
    for hook in world.hooks() {
        for delivery in all(world, &format!("/webhooks/{}/deliveries?", hook.id)).await? {
            let id = delivery["event_id"].as_str().unwrap_or_default();
            let made = delivery["status"] == "success" && arrived.contains(&(hook.name, id));
            faults.add_if(!made, || format!("{delivery}"));
        }
    }
    Ok(faults.counted())
}

fn wrong_signatures(world: &World, told: &[Told]) -> (&'static str, usize) {
    let mut faults = Faults::of(world, "deliveries whose signature is wrong");
    for told in told {
        // Those who are gone have a secret that nobody kept.
        if let Some(hook) = world.hooks().iter().find(|hook| hook.name == told.hook) {
            faults.add_if(!is_signed(hook, told), || format!("{} to {}", event_of(told), hook.name));
        }
    }
    faults.counted()
}

fn is_signed(hook: &Hook, told: &Told) -> bool {
    standard(&hook.secret, told).unwrap_or(false) && studio(&hook.secret, told).unwrap_or(false)
}

/// By the reference implementation. It also holds the time against the clock, which a long run has left
/// behind: what it would sign is compared, and its check is made where the time still allows.
fn standard(secret: &str, told: &Told) -> Option<bool> {
    let webhook = Webhook::new(secret).ok()?;
    let mut headers = HeaderMap::new();
    for (name, value) in &told.headers {
        headers.insert(HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?);
    }
    let at = header(told, "webhook-timestamp").parse().ok()?;
    let signed = webhook.sign(event_of(told), at, told.body.as_bytes()).ok()?;
    let same = header(told, "webhook-signature").split(' ').any(|one| one == signed);
    Some(
        same && !matches!(
            webhook.verify(told.body.as_bytes(), &headers),
            Err(standardwebhooks::WebhookError::InvalidSignature)
        ),
    )
}

/// HMAC-SHA256 of `timestamp.body` under the secret as it is shown, in hexadecimal.
fn studio(secret: &str, told: &Told) -> Option<bool> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(format!("{}.{}", header(told, "x-studio-timestamp"), told.body).as_bytes());
    let signed: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Some(header(told, "x-studio-signature") == format!("sha256={signed}"))
}

/// Bodies that do not say what the event says, or not what they said before.
fn wrong_words(world: &World, events: &Events, told: &[Told]) -> (&'static str, usize) {
    let mut faults = Faults::of(world, "deliveries whose words or ids are wrong");
    let mut before: HashMap<String, &str> = HashMap::new();
    for told in told {
        let body: Value = serde_json::from_str(&told.body).unwrap_or_default();
        let id = body["id"].as_str().unwrap_or_default().to_owned();
        let right = events.get(&id).is_some_and(|event| {
            ["event", "type", "timestamp", "data"].iter().all(|field| body[field] == event[field])
                && body["org_id"] == event["organization_id"]
        });
        let named =
            event_of(told) == id && header(told, "x-studio-delivery-id").starts_with(&format!("{id}-"));
        let same = *before.entry(id.clone()).or_insert(&told.body) == told.body;
        faults.add_if(!right || !named || !same, || {
            format!("{id} to {}: as the event {right}, by its id {named}, as before {same}", told.hook)
        });
    }
    faults.counted()
}

/// Webhooks whose receiver is gone for good, and that are not paused for it.
async fn not_paused(world: &World) -> Result<(&'static str, usize)> {
    let mut faults = Faults::of(world, "webhooks that should be paused, or should not");
    for hook in all(world, "/webhooks?").await? {
        let gone = hook["url"].as_str().is_some_and(|url| url.contains("/gone-"));
        let right = if gone { hook["paused_reason"] == "gone" } else { hook["status"] == "ACTIVE" };
        faults.add_if(!right, || format!("{hook}"));
    }
    Ok(faults.counted())
}
