//! Events on their way to a developer's machine.

use super::EventView;
use crate::webhook::Message;
use g8_auth::WebhookSecret;
use g8_connect::Post;
use g8_core::Entropy;
use g8_domain::Ts;

/// Sends events on to a developer's machine as a webhook would get them, signed with a secret of its own.
pub struct Forwarder {
    secret: WebhookSecret,
}

impl Forwarder {
    /// A forwarder with a fresh secret.
    #[must_use]
    pub fn new(entropy: &Entropy) -> Self {
        Self { secret: entropy.with(WebhookSecret::fresh) }
    }

    /// The secret that signs what it sends.
    #[must_use]
    pub fn secret(&self) -> String {
        self.secret.reveal()
    }

    /// An event as it is sent to `url` at this moment.
    #[must_use]
    pub fn request(&self, url: &str, event: &EventView, now: Ts) -> Post {
        let data = serde_json::to_string(&event.data).unwrap_or_default();
        let message = Message::new(event.id, &event.event, event.organization_id, event.timestamp, &data);
        Message { test: event.test, ..message }.signed(url.to_owned(), (&self.secret, None), 1, now)
    }
}
