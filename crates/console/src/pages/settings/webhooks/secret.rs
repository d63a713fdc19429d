//! A webhook's secret, once.

use super::path;
use crate::{CurrentUser, view};
use g8_signals::webhook::NewWebhookView;
use maud::{Markup, html};

/// The secret, and what a receiver does with it.
pub fn page(user: &CurrentUser, made: &NewWebhookView) -> Markup {
    view::page(
        user,
        "Signing secret",
        &html! {
            div.head { h1 { "The secret of “" (made.webhook.name) "”" } }
            div.notice.warn {
                "Copy it now: it is not shown again. "
                @if made.webhook.previous_secret_valid_until.is_some() {
                    "For a day, the one before signs as well, so that you can change it without losing an event."
                }
            }
            div.card { (view::copyable("secret", &made.secret, "Signing secret")) }
            div.card.stack {
                h2 { "Check who is calling" }
                p {
                    "Every request is signed as Standard Webhooks says, in its headers " code { "webhook-id" } ", "
                    code { "webhook-timestamp" } " and " code { "webhook-signature" }
                    ". There are libraries for most languages; check before you believe the body:"
                }
                (view::copyable("python", PYTHON, "Python: pip install standardwebhooks"))
                (view::copyable("node", NODE, "JavaScript: npm install standardwebhooks"))
                p.small.faint { "Both want the body's bytes as they came, not what a JSON parser made of them." }
            }
            a.button href=(path(made.webhook.id)) { "I have stored it" }
        },
    )
}

const PYTHON: &str = "import os\nfrom standardwebhooks.webhooks import Webhook\n\n\
    event = Webhook(os.environ[\"G8_WEBHOOK_SECRET\"]).verify(body, headers)  # raises if it is not ours";

const NODE: &str = "import { Webhook } from \"standardwebhooks\";\n\n\
    const event = new Webhook(process.env.G8_WEBHOOK_SECRET).verify(body, headers); // throws if it is not ours";
