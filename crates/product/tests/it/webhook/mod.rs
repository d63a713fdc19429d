//! Webhooks, as their owners and receivers see them.

mod bytes;
pub mod receiver;
mod trouble;

use g8_core::{Backend, testing::TestApp};
use g8_domain::ErrorKind;
use g8_product::testing::test_app;
use g8_records::contact;
use g8_signals::event;
use g8_signals::webhook::{
    CreateWebhook, GetDelivery, GetWebhook, ListDeliveries, ListWebhooks, RedeliverEvent,
    RotateWebhookSecret, TestWebhook, UpdateWebhook, WebhookView,
};
use g8_storage::on_both;
use receiver::{Received, Receiver, Reply};
use serde_json::{Value, json};

/// A webhook to a receiver, and its secret.
async fn hook(kit: &TestApp, receiver: &Receiver, events: &[&str]) -> (WebhookView, String) {
    let made = kit.call::<CreateWebhook>(json!({ "url": receiver.url, "events": events })).await.unwrap();
    (made.webhook, made.secret)
}

async fn contact(kit: &TestApp, email: &str) -> i64 {
    kit.call::<contact::CreateContact>(json!({ "work_email": email })).await.unwrap().id
}

/// The receiver's own check, by another implementation; the moment is the service's.
fn signed(received: &Received, secret: &str) -> bool {
    let key = standardwebhooks::Webhook::new(secret).unwrap();
    let at = received.header("webhook-timestamp").parse().unwrap();
    let signature = key.sign(received.header("webhook-id"), at, &received.body).unwrap();
    received.header("webhook-signature").split(' ').any(|one| one == signature)
}

async fn deliveries(
    kit: &TestApp,
    webhook: &WebhookView,
    status: Option<&str>,
) -> Vec<g8_signals::webhook::DeliveryView> {
    kit.call::<ListDeliveries>(json!({ "webhook_id": webhook.id, "status": status })).await.unwrap().data
}

on_both! {
    async fn an_event_arrives_signed_in_both_published_shapes(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, secret) = hook(&kit, &receiver, &["contact.created"]).await;
        assert!(secret.starts_with(&webhook.secret_prefix) && webhook.is_active);
        let id = contact(&kit, "ann@x.com").await;
        kit.call::<contact::UpdateContact>(json!({ "contact_id": id, "city": "Bonn" })).await.unwrap();
        kit.run_pending_jobs().await;
        let received = receiver.received();
        assert_eq!(received.len(), 1, "only what it asked for");
        let body = received[0].json();
        for (field, value) in [("event", json!("contact.created")), ("type", json!("contact.created")),
            ("org_id", json!(kit.org)), ("organization_id", json!(kit.org)), ("timestamp", json!(kit.now()))] {
            assert_eq!(body[field], value, "{field}");
        }
        assert_eq!((&body["data"]["id"], &body["data"]["work_email"], &body["data"]["city"]), (&json!(id), &json!("ann@x.com"), &Value::Null));
        assert!(signed(&received[0], &secret));
        assert_eq!(received[0].header("webhook-id"), body["id"]);
        assert_eq!(received[0].header("x-studio-event"), "contact.created");
        assert!(received[0].header("x-studio-signature").starts_with("sha256="));
        let delivered = deliveries(&kit, &webhook, Some("success")).await;
        assert_eq!((delivered.len(), delivered[0].attempts, delivered[0].response_code), (1, 1, Some(200)));
        let one = json!({ "webhook_id": webhook.id, "delivery_id": delivered[0].id });
        let detail = kit.call::<GetDelivery>(one).await.unwrap();
        assert_eq!(Value::Object(detail.request_body), body, "what is shown is what was sent");
        assert_eq!(detail.tries[0].response_body.as_deref(), Some("thanks"));
        assert!(kit.call::<GetWebhook>(json!({ "webhook_id": webhook.id })).await.unwrap().last_delivery_at.is_some());
    }
}

on_both! {
    async fn star_is_every_event_and_a_synonym_is_told_as_it_was_asked_for(test) {
        let (kit, all, named) = (test_app(test).await, Receiver::new().await, Receiver::new().await);
        hook(&kit, &all, &["*"]).await;
        hook(&kit, &named, &["meeting.created", "contact_created"]).await;
        contact(&kit, "ann@x.com").await;
        kit.call::<event::TriggerEvent>(json!({ "event": "meeting.booked" })).await.unwrap();
        kit.run_pending_jobs().await;
        let names = |receiver: &Receiver| {
            let mut names: Vec<String> = receiver.received().iter().map(|one| one.json()["event"].as_str().unwrap().to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&all), ["contact.created", "meeting.booked"]);
        assert_eq!(names(&named), ["contact_created", "meeting.created"]);
        let samples = all.received().iter().filter(|one| one.json()["test"] == true).count();
        assert_eq!(samples, 1);
    }
}

on_both! {
    async fn both_secrets_sign_for_a_day_after_a_rotation(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, old) = hook(&kit, &receiver, &["contact.created"]).await;
        let new = kit.call::<RotateWebhookSecret>(json!({ "webhook_id": webhook.id })).await.unwrap().secret;
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        kit.advance_seconds(24 * 3600 + 1);
        contact(&kit, "b@x.com").await;
        kit.run_pending_jobs().await;
        let received = receiver.received();
        assert!(signed(&received[0], &old) && signed(&received[0], &new) && old != new);
        assert!(!signed(&received[1], &old) && signed(&received[1], &new));
    }
}

on_both! {
    async fn a_test_arrives_even_while_it_is_paused_and_events_do_not(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, secret) = hook(&kit, &receiver, &["*"]).await;
        kit.call::<UpdateWebhook>(json!({ "webhook_id": webhook.id, "is_active": false })).await.unwrap();
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        assert_eq!(receiver.count(), 0);
        let tested = kit.call::<TestWebhook>(json!({ "webhook_id": webhook.id })).await.unwrap();
        assert_eq!((tested.delivered, tested.error), (true, None));
        let received = &receiver.received()[0];
        assert!(signed(received, &secret) && received.json()["data"]["test"] == true);
        receiver.replies(&[Reply::Status(500)]);
        let tested = kit.call::<TestWebhook>(json!({ "webhook_id": webhook.id })).await.unwrap();
        assert_eq!(tested.error.as_deref(), Some("the receiver answered 500"));
    }
}

on_both! {
    async fn one_event_can_be_sent_again_and_the_id_stays(test) {
        let (kit, receiver, other) = (test_app(test).await, Receiver::new().await, Receiver::new().await);
        let (webhook, _) = hook(&kit, &receiver, &["contact.created"]).await;
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        let id = deliveries(&kit, &webhook, None).await[0].id;
        kit.call::<RedeliverEvent>(json!({ "webhook_id": webhook.id, "delivery_id": id })).await.unwrap();
        kit.run_pending_jobs().await;
        let received = receiver.received();
        assert_eq!(received[0].header("webhook-id"), received[1].header("webhook-id"));
        assert_ne!(received[0].header("x-studio-delivery-id"), received[1].header("x-studio-delivery-id"));
        let (wide, _) = hook(&kit, &other, &["sequence.completed"]).await;
        let resent = kit.call::<event::ResendEvent>(json!({ "event_id": id, "webhook_id": wide.id })).await.unwrap();
        assert_eq!(resent.webhook_ids, [wide.id]);
        kit.call::<event::ResendEvent>(json!({ "event_id": id })).await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!((receiver.count(), other.count()), (3, 1), "those that were told it are told again, once each");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_field_and_nothing_is_made() {
    let kit = test_app(g8_storage::testing::TestDb::sqlite().await).await;
    for (args, expected) in [
        (json!({ "url": "http://example.com/x", "events": ["*"] }), "`url` must begin with https://."),
        (
            json!({ "url": "https://10.0.0.7/x", "events": ["*"] }),
            "`url` must not point to 10.0.0.7, which is not on the public internet.",
        ),
        (
            json!({ "url": "https://0x7f.2/x", "events": ["*"] }),
            "`url` must not point to 127.0.0.2, which is not on the public internet.",
        ),
        (
            json!({ "url": "ftp://a", "events": ["list.created", "deal.flew"] }),
            "2 problems: `url` must begin with https://; `events` has no event deal.flew; see GET /webhooks/events, or say * for all.",
        ),
        (json!({ "url": "https://example.com", "events": [] }), "`events` must have at least one element."),
    ] {
        let refused = kit.call::<CreateWebhook>(args).await.unwrap_err();
        assert_eq!((refused.kind, refused.message.as_str()), (ErrorKind::Invalid, expected));
    }
    for n in 0..10 {
        kit.call::<CreateWebhook>(json!({ "url": format!("https://example.com/{n}"), "events": ["*"] }))
            .await
            .unwrap();
    }
    let one_more = json!({ "url": "https://example.com/x", "events": ["*"] });
    let refused = kit.call::<CreateWebhook>(one_more.clone()).await.unwrap_err();
    assert_eq!(
        (refused.kind, refused.message.contains("10 webhooks are active already")),
        (ErrorKind::Rule, true)
    );
    let all = kit.call::<ListWebhooks>(json!({})).await.unwrap();
    assert_eq!(all.pagination.total, 10);
    kit.call::<UpdateWebhook>(json!({ "webhook_id": all.data[0].id, "status": "PAUSED" })).await.unwrap();
    kit.call::<CreateWebhook>(one_more).await.unwrap();
    let back = kit.call::<UpdateWebhook>(json!({ "webhook_id": all.data[0].id, "status": "ACTIVE" })).await;
    assert_eq!(back.unwrap_err().kind, ErrorKind::Rule);
    assert_eq!(kit.call::<ListWebhooks>(json!({ "is_active": true })).await.unwrap().pagination.total, 10);
}

on_both! {
    async fn events_are_shown_in_full_only_to_who_may_read_their_records(test) {
        let kit = test_app(test).await;
        let id = contact(&kit, "ann@x.com").await;
        let outline = kit.as_key(&kit.key_with(&["webhooks:read"]).await);
        let seen = outline.call::<event::ListEvents>(json!({}).as_object().unwrap().clone()).await.unwrap().data;
        assert_eq!(seen[0].data["id"], json!(id));
        assert!(!json!(seen).to_string().contains("ann@x.com"));
        let whole = kit.as_key(&kit.key_with(&["webhooks:read", "contacts:read"]).await);
        let seen = whole.call::<event::ListEvents>(json!({}).as_object().unwrap().clone()).await.unwrap().data;
        assert_eq!(seen[0].data["work_email"], json!("ann@x.com"));
    }
}
