//! `post` and `get`, by which webhooks are delivered and descriptions fetched.

use super::{NOW, echo, outbound, speaks, wire};
use crate::{OutboundError, Post};
use serde_json::{Value, json};

fn post(url: &str) -> Post {
    let headers = vec![("webhook-id", "msg_1".to_owned()), ("x-empty", String::new())];
    Post { url: url.to_owned(), headers, body: br#"{"a":1}"#.to_vec() }
}

#[tokio::test]
async fn a_post_carries_its_headers_and_json() {
    let answer = outbound().post(post(&echo().await), 5, 4096).await.unwrap();
    assert_eq!((answer.status, answer.refusal()), (200, None));
    let seen: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&seen["method"], &seen["body"]), (&json!("POST"), &json!(r#"{"a":1}"#)));
    let headers = &seen["headers"];
    assert_eq!((&headers["webhook-id"], &headers["x-empty"]), (&json!("msg_1"), &json!("")));
    assert_eq!(headers["content-type"], "application/json");
    assert!(headers["user-agent"].as_str().unwrap().starts_with("g8-webhooks/"));
}

#[tokio::test]
async fn the_beginning_is_kept_as_text_and_the_status_decides() {
    let many: String = (0..40).map(|number| format!("x-{number}: {}\r\n", "v".repeat(600))).collect();
    let url = speaks(wire("500 Internal Server Error", &many, "a\0bcdef"), true).await;
    let answer = outbound().post(post(&url), 5, 4).await.unwrap();
    assert_eq!(answer.refusal().as_deref(), Some("the receiver answered 500"));
    assert_eq!(answer.body, "abc");
    assert_eq!(answer.headers.len(), 32);
    assert_eq!(answer.headers[0], ("x-0".to_owned(), "v".repeat(500)));
    // A body that breaks off, or is not looked at, changes nothing.
    let broken = "HTTP/1.1 204 No\r\n\r\n".to_owned();
    let short = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_owned();
    for (bytes, hangs_up, most, kept) in
        [(broken, true, 9, ""), (short.clone(), true, 9, "abc"), (short, false, 0, "")]
    {
        let answer = outbound().get(&speaks(bytes, hangs_up).await, 5, most).await.unwrap();
        assert_eq!((answer.refusal(), answer.body.as_str()), (None, kept));
    }
}

#[tokio::test]
async fn a_receiver_says_when_to_come_back_by_a_date_as_well() {
    let url = speaks(wire("503 Busy", "retry-after: Sat, 21 Nov 2026 08:01:30 GMT\r\n", ""), true).await;
    let answer = outbound().post(post(&url), 5, 4).await.unwrap();
    assert_eq!(answer.retry_after.map(|wait| wait.seconds(NOW)), Some(90));
}

#[tokio::test]
async fn a_receiver_that_says_nothing_is_late() {
    let late = outbound().post(post(&speaks("", false).await), 1, 4).await.unwrap_err();
    assert!(matches!(late, OutboundError::TimedOut { sent: true, .. }));
    assert_eq!(late.to_string(), "no answer in 1 seconds");
    let url = outbound().post(post("http://10.0.0.7/"), 1, 4).await.unwrap_err();
    assert_eq!(url.to_string(), "the URL must begin with https://");
}
