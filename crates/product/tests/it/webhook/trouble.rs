//! Receivers that fail, ask for rest, are gone, or never answer.

use super::*;
use g8_core::jobs::Worker;
use g8_domain::{
    Ts,
    record::{PausedReason, WebhookStatus},
};
use g8_product::testing::test_app;
use g8_signals::{
    notification,
    webhook::{LONGEST_REST, RedeliverMissing},
};
use g8_storage::{Db, deliveries as rows, jobs, webhooks};
use std::sync::Arc;

async fn now(kit: &TestApp, webhook: &WebhookView) -> WebhookView {
    kit.call::<GetWebhook>(json!({ "webhook_id": webhook.id })).await.unwrap()
}

on_both! {
    async fn it_is_tried_after_1_5_and_30_minutes_then_paused_and_the_owner_told(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, secret) = hook(&kit, &receiver, &["contact.created"]).await;
        g8_core::jobs::begin(&kit.app).await.unwrap();
        receiver.replies(&[Reply::Status(500)]);
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        for (minutes, tries) in [(1, 2), (5, 3), (30, 4)] {
            kit.advance_seconds(minutes * 60 - 11);
            kit.run_pending_jobs().await;
            assert_eq!(receiver.count(), tries - 1, "not before its time");
            kit.advance_seconds(21);
            kit.run_pending_jobs().await;
            assert_eq!(receiver.count(), tries);
        }
        let received = receiver.received();
        let (ids, times): (Vec<&str>, Vec<&str>) = received.iter().map(|one| (one.header("webhook-id"), one.header("webhook-timestamp"))).unzip();
        assert!(ids.windows(2).all(|two| two[0] == two[1]) && times.windows(2).all(|two| two[0] != two[1]));
        assert!(received.iter().all(|one| signed(one, &secret)), "each try is signed for its own moment");
        let paused = now(&kit, &webhook).await;
        assert_eq!((paused.status, paused.paused_reason), (WebhookStatus::Paused, Some(PausedReason::Failures)));
        let failed = deliveries(&kit, &webhook, Some("failed")).await;
        assert_eq!((failed[0].attempts, failed[0].max_attempts), (4, 4));
        let told = kit.call::<notification::ListNotifications>(json!({ "unread": true })).await.unwrap().data;
        assert!(told.len() == 1 && told[0].kind == "webhook.paused" && told[0].text.contains("the receiver answered 500"), "{told:?}");
        kit.call::<notification::ReadNotifications>(json!({ "notification_id": told[0].id })).await.unwrap();

        // What happened meanwhile is asked for afterwards.
        contact(&kit, "b@x.com").await;
        receiver.replies(&[Reply::Status(204)]);
        let refused = kit.call::<RedeliverMissing>(json!({ "webhook_id": webhook.id, "since": "2020-01-01T00:00:00Z" })).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Rule);
        kit.call::<UpdateWebhook>(json!({ "webhook_id": webhook.id, "status": "ACTIVE" })).await.unwrap();
        kit.call::<RedeliverMissing>(json!({ "webhook_id": webhook.id, "since": "2020-01-01T00:00:00Z" })).await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(deliveries(&kit, &webhook, Some("success")).await.len(), 2);
        assert_eq!(now(&kit, &webhook).await.consecutive_failures, 0);
    }
}

on_both! {
    async fn a_try_that_was_put_off_while_the_clock_was_ahead_comes_when_it_is_right(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        hook(&kit, &receiver, &["contact.created"]).await;
        g8_core::jobs::begin(&kit.app).await.unwrap();
        receiver.replies(&[Reply::Status(503), Reply::Status(204)]);
        kit.advance_seconds(366 * 86_400);
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs_after_clock_jump().await;
        assert_eq!(receiver.count(), 1);
        kit.advance_seconds(-366 * 86_400);
        kit.run_pending_jobs_after_clock_jump().await;
        // It is right once it has lasted; then the wait is as long as it was meant to be.
        kit.advance_seconds(600);
        kit.run_pending_jobs_after_clock_jump().await;
        assert_eq!(receiver.count(), 1);
        kit.advance_seconds(60);
        kit.run_pending_jobs_after_clock_jump().await;
        assert_eq!(receiver.count(), 2);
    }
}

on_both! {
    async fn who_is_gone_is_paused_at_once_and_a_redirect_is_a_failure(test) {
        let (kit, gone, moved) = (test_app(test).await, Receiver::new().await, Receiver::new().await);
        let (one, _) = hook(&kit, &gone, &["contact.created"]).await;
        let (two, _) = hook(&kit, &moved, &["contact.created"]).await;
        gone.replies(&[Reply::Status(410)]);
        moved.replies(&[Reply::Elsewhere]);
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        assert_eq!(now(&kit, &one).await.paused_reason, Some(PausedReason::Gone));
        assert_eq!((gone.count(), moved.count()), (1, 1), "nobody follows a redirect");
        let waiting = deliveries(&kit, &two, Some("pending")).await;
        assert_eq!(waiting[0].error_message.as_deref(), Some("the receiver answered 302"));
    }
}

on_both! {
    async fn who_asks_for_rest_is_left_alone_for_so_long(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, _) = hook(&kit, &receiver, &["contact.created"]).await;
        g8_core::jobs::begin(&kit.app).await.unwrap();
        receiver.replies(&[Reply::After(429, 600), Reply::Status(200)]);
        contact(&kit, "a@x.com").await;
        kit.run_pending_jobs().await;
        contact(&kit, "b@x.com").await;
        kit.advance_seconds(590);
        kit.run_pending_jobs().await;
        assert_eq!(receiver.count(), 1, "neither the next try nor the next event");
        kit.advance_seconds(20);
        kit.run_pending_jobs().await;
        assert_eq!(deliveries(&kit, &webhook, Some("success")).await.len(), 2);
        receiver.replies(&[Reply::After(503, 1_000_000), Reply::Status(200)]);
        contact(&kit, "c@x.com").await;
        kit.run_pending_jobs().await;
        kit.advance_seconds(LONGEST_REST + 10);
        kit.run_pending_jobs().await;
        assert_eq!(deliveries(&kit, &webhook, Some("success")).await.len(), 3, "nobody rests for days");
    }
}

on_both! {
    async fn a_receiver_that_never_answers_delays_nobody_else(test) {
        let (kit, slow, quick) = (test_app(test).await, Receiver::new().await, Receiver::new().await);
        hook(&kit, &slow, &["contact.created"]).await;
        hook(&kit, &quick, &["contact.created"]).await;
        slow.replies(&[Reply::Never]);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let worker = tokio::spawn(Arc::new(Worker::new(kit.app.clone())).work(async { drop(stopped.await) }));
        for n in 0..40 {
            contact(&kit, &format!("p{n}@x.com")).await;
        }
        slow.wait_for(16).await;
        quick.wait_for(40).await;
        assert_eq!(slow.count(), 16, "and no more requests than it may have are open");
        worker.abort();
        drop(stop);
    }
}

on_both! {
    async fn a_worker_that_dies_in_the_middle_loses_nothing(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, _) = hook(&kit, &receiver, &["contact.created"]).await;
        receiver.replies(&[Reply::Never]);
        contact(&kit, "a@x.com").await;
        let worker = tokio::spawn(Arc::new(Worker::new(kit.app.clone())).work(std::future::pending()));
        receiver.wait_for(1).await;
        worker.abort();
        drop(worker.await);
        receiver.replies(&[Reply::Status(200)]);
        kit.advance_seconds(31);
        kit.run_pending_jobs().await;
        assert_eq!(deliveries(&kit, &webhook, Some("success")).await.len(), 1);
        let ids: Vec<String> = receiver.received().iter().map(|one| one.header("webhook-id").to_owned()).collect();
        assert!(ids.len() == 2 && ids[0] == ids[1], "told twice, under one id");
    }
}

on_both! {
    async fn a_worker_that_notes_a_failure_and_callers_who_write_do_not_wait_for_each_other(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        let (webhook, _) = hook(&kit, &receiver, &["contact.created"]).await;
        contact(&kit, "a@x.com").await;
        if matches!(kit.app.db, Db::Sqlite { .. }) {
            return; // Its writers take turns.
        }
        let now = kit.now();
        let lineup = jobs::Lineup { pool: "network", kinds: jobs::known(["deliver"]), per_key: 0 };
        let lane = jobs::claim(&kit.app.db, &lineup, (now, now.plus(Ts::SECOND)), 1).await.unwrap().remove(0);
        let span = webhooks::Span { org: kit.org, name: "contact.created", first: webhook.id, last: webhook.id, at: now };
        let (mut caller, mut worker) = (kit.app.db.begin().await.unwrap(), kit.app.db.begin().await.unwrap());
        webhooks::fan_out(&mut caller, &span).await.unwrap();
        assert!(jobs::renew_lease(&mut worker, lane.id, lane.attempt, now.plus(Ts::SECOND)).await.unwrap());
        webhooks::note_health(&mut worker, webhook.id, 1, None).await.unwrap();
        contact(&kit, "b@x.com").await;
        let which = (webhook.id, None);
        let ended = rows::end_lane(&mut worker, (lane.id, lane.attempt), which, now).await.unwrap();
        assert!(!ended, "somebody is writing an event for it");
        worker.commit().await.unwrap();
        caller.commit().await.unwrap();
    }
}

on_both! {
    async fn events_one_after_the_other_never_wait_for_a_lane_that_is_just_ending(test) {
        let (kit, receiver) = (test_app(test).await, Receiver::new().await);
        hook(&kit, &receiver, &["contact.created"]).await;
        // Each change begins a moment after the last: by a clock, it is not due to a lane that looked before.
        let worker = tokio::spawn(Arc::new(Worker::new(kit.app.clone())).work(std::future::pending()));
        for n in 0..300 {
            kit.app.clock.advance(10);
            contact(&kit, &format!("p{n}@x.com")).await;
            receiver.wait_for(n + 1).await;
        }
        worker.abort();
    }
}
