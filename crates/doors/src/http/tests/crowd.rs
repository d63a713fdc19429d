//! Many at once, and slow ones among them.

use super::{Answer, Web};
use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode},
};
use futures_util::{StreamExt, future::join_all, stream};
use g8_storage::testing::TestDb;
use std::{
    convert::Infallible,
    future::{Future, pending},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Notify, oneshot},
    time::timeout,
};

/// A body whose rest comes when it is told to, and which says when it is waited for.
fn in_two_parts(first: &str, rest: &str) -> (Body, Arc<Notify>, oneshot::Sender<()>) {
    let (waits, (go, gone)) = (Arc::new(Notify::new()), oneshot::channel::<()>());
    let (first, rest, told) =
        (Bytes::from(first.to_owned()), Bytes::from(rest.to_owned()), Arc::clone(&waits));
    let rest = stream::once(async move {
        told.notify_one();
        let _ = gone.await;
        Ok(rest)
    });
    (Body::from_stream(stream::iter([Ok::<_, Infallible>(first)]).chain(rest)), waits, go)
}

impl Web {
    fn sending<'a>(&'a self, path: &str, kind: &str, body: Body) -> impl Future<Output = Answer> + 'a {
        self.sending_as(&self.key, path, kind, body)
    }

    fn sending_as<'a>(
        &'a self,
        key: &str,
        path: &str,
        kind: &str,
        body: Body,
    ) -> impl Future<Output = Answer> + use<'a> {
        let authorization = format!("Bearer {key}");
        let request = Request::post(path).header("authorization", authorization).header("content-type", kind);
        self.raw(request.body(body).unwrap())
    }
}

#[tokio::test]
async fn who_waits_for_a_body_leaves_the_place_to_others() {
    let web = Web::tuned(TestDb::sqlite().await, |config| config.limits.requests = 1).await;
    let (body, waits, go) = in_two_parts("{\"title\":", "\"Fair\"}");
    let slow = web.sending("/api/v1/lists", "application/json", body);
    let others = async {
        waits.notified().await;
        assert_eq!(web.get("/api/v1/me").await.status, StatusCode::OK);
        let (body, _waits, _go) = in_two_parts("{", "}");
        let refused = web.sending("/api/v1/lists", "application/json", body).await;
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.body["message"].as_str().unwrap().contains("waits for as many bodies"));
        go.send(()).unwrap();
    };
    let (slow, ()) = tokio::join!(slow, others);
    assert_eq!(slow.status, StatusCode::CREATED, "{}", slow.body);
    assert_eq!(slow.body["data"]["title"], "Fair");
}

#[tokio::test]
async fn a_full_server_says_so_and_is_still_healthy() {
    let web = Web::tuned(TestDb::sqlite().await, |config| config.limits.requests = 0).await;
    let refused = web.get("/api/v1/me").await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers["retry-after"], "1");
    assert_eq!(web.get("/healthz").await.status, StatusCode::OK);
}

const IMPORT: &str = "/api/v1/exclusions/import";

#[tokio::test]
async fn a_file_that_only_drips_is_ended() {
    let web = Web::tuned(TestDb::sqlite().await, |config| config.limits.request_seconds = 1).await;
    let drop_by_drop = |bytes: &'static str| {
        let line = stream::repeat(bytes).take(400).then(|bytes| async move {
            let _ = timeout(Duration::from_millis(10), pending::<()>()).await;
            Ok::<_, Infallible>(Bytes::from_static(bytes.as_bytes()))
        });
        Body::from_stream(line)
    };
    let ended = web.sending(IMPORT, "text/csv", drop_by_drop("a")).await;
    assert_eq!(ended.status, StatusCode::REQUEST_TIMEOUT, "{}", ended.body);
    assert!(ended.body["message"].as_str().unwrap().contains("slower than 1 KiB a second"));
    // Slow, but coming.
    let line = "email,reason\na@x.com,OTHER\n#######################################################\n";
    let read = web.sending(IMPORT, "text/csv", drop_by_drop(line)).await;
    assert_ne!(read.status, StatusCode::REQUEST_TIMEOUT, "{}", read.body);
}

#[tokio::test]
async fn a_key_sends_so_many_files_at_once_and_others_send_theirs() {
    let web = Web::new(TestDb::sqlite().await).await;
    let stranger = web.kit.stranger().await;
    let uploads: Vec<_> = (0..4).map(|_| in_two_parts("email,reason\n", "a@x.com,OTHER\n")).collect();
    let (mut sending, mut waits, mut go) = (Vec::new(), Vec::new(), Vec::new());
    for (body, wait, tell) in uploads {
        sending.push(web.sending(IMPORT, "text/csv", body));
        waits.push(wait);
        go.push(tell);
    }
    let others = async {
        for wait in waits {
            wait.notified().await;
        }
        let whole = || Body::from("email,reason\nb@x.com,OTHER\n");
        let refused = web.sending(IMPORT, "text/csv", whole()).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.body);
        assert_eq!(refused.headers["retry-after"], "1");
        let theirs = web.sending_as(&stranger, IMPORT, "text/csv", whole()).await;
        assert_eq!(theirs.status, StatusCode::OK, "{}", theirs.body);
        go.into_iter().for_each(|go| go.send(()).unwrap());
    };
    let (sent, ()) = tokio::join!(join_all(sending), others);
    assert!(sent.iter().all(|sent| sent.status == StatusCode::OK), "{:?}", sent[0].body);
    assert_eq!(web.sending(IMPORT, "text/csv", Body::from("email\n")).await.status, StatusCode::OK);
}
