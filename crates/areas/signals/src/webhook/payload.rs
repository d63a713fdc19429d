//! What a webhook is sent: the body, which is the same at every try, and the headers, which are not.

use g8_auth::{Pepper, WebhookSecret};
use g8_connect::Post;
use g8_domain::{Ts, record::Webhook};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// An event as a webhook hears it: both published shapes in one (contract/platform.md B6).
#[derive(Serialize)]
pub(crate) struct Message<'a> {
    /// The event's id: the same at every try.
    pub id: Uuid,
    /// The name it was subscribed by.
    pub event: &'a str,
    #[serde(rename = "type")]
    pub kind: &'a str,
    pub timestamp: Ts,
    pub created_at: Ts,
    pub org_id: Uuid,
    pub organization_id: Uuid,
    /// Whether it is a sample that somebody asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
    /// The very text that is stored: the same bytes at every try, on every node, from every release.
    pub data: &'a RawValue,
}

impl<'a> Message<'a> {
    pub fn new(id: Uuid, event: &'a str, org: Uuid, at: Ts, data: &'a RawValue) -> Self {
        Self {
            id,
            event,
            kind: event,
            timestamp: at,
            created_at: at,
            org_id: org,
            organization_id: org,
            test: false,
            data,
        }
    }

    /// The request of one try, signed for its moment; by the secret before as well, while that is valid.
    pub fn request(&self, webhook: &Webhook, pepper: &Pepper, attempt: i64, now: Ts) -> Post {
        let secret = WebhookSecret::of(pepper, webhook.id, webhook.secret_version);
        let before = webhook.previous_until.is_some_and(|until| until > now);
        let before = before.then(|| WebhookSecret::of(pepper, webhook.id, webhook.secret_version - 1));
        self.signed(webhook.url.clone(), (&secret, before.as_ref()), attempt, now)
    }

    /// The request of one try, signed by these secrets.
    pub fn signed(
        &self,
        url: String,
        (secret, before): (&WebhookSecret, Option<&WebhookSecret>),
        attempt: i64,
        now: Ts,
    ) -> Post {
        let body = serde_json::to_vec(self).unwrap_or_default();
        let (id, at) = (self.id.to_string(), now.unix_seconds());
        let signatures = [Some(secret), before].into_iter().flatten();
        let signatures: Vec<String> = signatures.map(|secret| secret.sign(&id, at, &body)).collect();
        let mut headers = vec![
            ("webhook-id", id.clone()),
            ("webhook-timestamp", at.to_string()),
            ("webhook-signature", signatures.join(" ")),
            ("x-studio-signature", secret.sign_studio(at, &body)),
            ("x-studio-timestamp", at.to_string()),
            ("x-studio-event", self.event.to_owned()),
            ("x-studio-delivery-id", format!("{id}-{attempt}")),
        ];
        if let Some(before) = before {
            headers.push(("x-studio-signature-previous", before.sign_studio(at, &body)));
        }
        Post { url, headers, body }
    }
}
