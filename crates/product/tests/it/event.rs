//! Streams of events, as those who follow see them.

use bytes::Bytes;
use futures_util::StreamExt;
use g8_core::{
    Args, Backend, Outgoing, admin,
    testing::{TestApp, TestCaller},
};
use g8_domain::{ErrorKind, Result, record::Role};
use g8_identity::me;
use g8_product::testing::{configured_app, test_app};
use g8_records::contact;
use g8_signals::event::FollowEvents;
use g8_storage::on_both;
use serde_json::json;
use std::time::Duration;

async fn follow(who: &TestCaller) -> Result<Outgoing> {
    who.fetch_file::<FollowEvents>(Args::new()).await
}

/// What comes next; nothing once the stream has ended.
async fn next(stream: &mut Outgoing) -> Option<Result<Bytes>> {
    tokio::time::timeout(Duration::from_secs(20), stream.chunks.next()).await.expect("a line, or the end")
}

async fn happen(kit: &TestApp) {
    let email = format!("{}@x.com", kit.app.entropy.id(kit.now()));
    kit.call::<contact::CreateContact>(json!({ "work_email": email })).await.unwrap();
}

on_both! {
    async fn a_stream_ends_with_its_key(test) {
        let kit = test_app(test).await;
        let token = kit.key_with(&["webhooks:read", "contacts:read"]).await;
        let who = kit.as_key(&token);
        let mut stream = follow(&who).await.unwrap();
        happen(&kit).await;
        let line = next(&mut stream).await.unwrap().unwrap();
        assert!(line.starts_with(b"{") && line.ends_with(b"\n"));
        let id = who.run::<me::ShowMe>(me::Input {}).await.unwrap().id;
        admin::revoke_key(&kit.app, kit.org, id).await.unwrap();
        happen(&kit).await;
        assert!(next(&mut stream).await.is_none());
        assert_eq!(follow(&who).await.err().unwrap().kind, ErrorKind::Unauthorized);
    }
}

on_both! {
    async fn a_stream_ends_when_its_person_may_not_follow_any_more(test) {
        let kit = test_app(test).await;
        let user = kit.user("ann@example.com", Role::Admin).await;
        let token = kit.key_of(kit.org, Some(user.id), &["*"]).await;
        let mut stream = follow(&kit.as_key(&token)).await.unwrap();
        admin::remove_user(&kit.app, kit.org, user.id).await.unwrap();
        happen(&kit).await;
        assert!(next(&mut stream).await.is_none());
    }
}

on_both! {
    async fn a_clock_that_is_set_ends_no_stream(test) {
        let kit = test_app(test).await;
        let mut stream = follow(&kit.as_key(&kit.key)).await.unwrap();
        kit.advance_seconds(700);
        happen(&kit).await;
        assert!(next(&mut stream).await.unwrap().is_ok());
    }
}

on_both! {
    async fn a_key_holds_so_many_streams_open_and_no_more(test) {
        let kit = configured_app(test, |config| config.limits.streams_per_key = 2).await;
        let who = kit.as_key(&kit.key);
        let (first, _second) = (follow(&who).await.unwrap(), follow(&who).await.unwrap());
        let refused = follow(&who).await.err().unwrap();
        assert_eq!(refused.message, "This key may hold 2 streams open at a time; try again in 10 s.");
        let other = kit.key_with(&["webhooks:read"]).await;
        follow(&kit.as_key(&other)).await.unwrap();
        drop(first);
        follow(&who).await.unwrap();
    }
}
