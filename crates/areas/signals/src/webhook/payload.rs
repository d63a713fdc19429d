//! What a webhook is sent: the body, which is the same at every try, and the headers, which are not.

use g8_auth::{Pepper, WebhookSecret};
use g8_connect::Post;
use g8_domain::{Ts, record::Webhook};
use serde::Serialize;
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
    /// JSON, the very text that is stored: the same bytes at every try, on every node, from every release.
    #[serde(skip)]
    pub data: &'a str,
}

/// Who is sent messages, with what signs them: made once for many.
pub(crate) struct Recipient {
    pub webhook: Webhook,
    secret: WebhookSecret,
    /// The one before, and until when it signs as well.
    before: Option<(WebhookSecret, Ts)>,
}

impl Recipient {
    pub fn new(webhook: Webhook, pepper: &Pepper) -> Self {
        let secret = |version| WebhookSecret::of(pepper, webhook.id, version);
        let before = webhook.previous_until.map(|until| (secret(webhook.secret_version - 1), until));
        Self { secret: secret(webhook.secret_version), before, webhook }
    }
}

impl<'a> Message<'a> {
    pub fn new(id: Uuid, event: &'a str, org: Uuid, at: Ts, data: &'a str) -> Self {
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

    /// What is sent, as JSON: the stored text goes in as it is.
    pub fn body(&self) -> String {
        let mut body = serde_json::to_string(self).unwrap_or_default();
        body.truncate(body.len().saturating_sub(1));
        [&body, ",\"data\":", self.data, "}"].concat()
    }

    /// The request of one try, signed for its moment; by the secret before as well, while that is valid.
    pub fn request(&self, to: &Recipient, attempt: i64, now: Ts) -> Post {
        let before = to.before.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret);
        self.signed(to.webhook.url.clone(), (&to.secret, before), attempt, now)
    }

    /// The request of one try, signed by these secrets.
    pub fn signed(
        &self,
        url: String,
        (secret, before): (&WebhookSecret, Option<&WebhookSecret>),
        attempt: i64,
        now: Ts,
    ) -> Post {
        let body = self.body().into_bytes();
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
