//! Faults, and what callers hear of them.

use super::{NOW, SHORT, outbound, speaks, wire};
use crate::{OutboundError, OutboundRequest, VendorFault, VendorFaultKind};
use g8_domain::ErrorKind;
use serde_json::json;
use tokio::net::TcpListener;

/// The fault that an answer of this status and these headers and body is.
async fn fault(status: &str, headers: &str, body: &str) -> VendorFault {
    let url = speaks(wire(status, headers, body), true).await;
    let answer = outbound().send(OutboundRequest::post(&url).json("x")).await.unwrap();
    match answer.success(NOW).unwrap_err() {
        OutboundError::Answered(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_status_is_the_fault_it_stands_for() {
    use VendorFaultKind as Is;
    // The kind, whether to retry, whether it may have happened, and what our caller's program sees.
    let cases = [
        ("302 Found", Is::Unexpected, false, true, ErrorKind::Unavailable),
        ("400 Bad Request", Is::Invalid, false, false, ErrorKind::Rule),
        ("401 Unauthorized", Is::Unauthorized, false, false, ErrorKind::Rule),
        ("402 Payment Required", Is::QuotaExhausted, false, false, ErrorKind::Rule),
        ("403 Forbidden", Is::Forbidden, false, false, ErrorKind::Rule),
        ("404 Not Found", Is::NotFound, false, false, ErrorKind::Rule),
        ("405 Method Not Allowed", Is::Invalid, false, false, ErrorKind::Rule),
        ("408 Request Timeout", Is::Unavailable, true, true, ErrorKind::Unavailable),
        ("409 Conflict", Is::Conflict, false, false, ErrorKind::Conflict),
        ("410 Gone", Is::NotFound, false, false, ErrorKind::Rule),
        ("412 Precondition Failed", Is::Conflict, false, false, ErrorKind::Conflict),
        ("422 Unprocessable Content", Is::Invalid, false, false, ErrorKind::Rule),
        ("429 Too Many Requests", Is::RateLimited, true, false, ErrorKind::TooMany),
        ("500 Internal Server Error", Is::Unavailable, true, true, ErrorKind::Unavailable),
        ("502 Bad Gateway", Is::Unavailable, true, true, ErrorKind::Unavailable),
        ("503 Service Unavailable", Is::Unavailable, true, true, ErrorKind::Unavailable),
        ("529 Overloaded", Is::Unavailable, true, true, ErrorKind::Unavailable),
    ];
    for (status, kind, retryable, happened, ours) in cases {
        let fault = fault(status, "", "").await;
        assert_eq!((fault.kind, fault.status.to_string()), (kind, status[..3].to_owned()));
        let error = OutboundError::from(fault);
        assert_eq!((error.retryable(), error.may_have_happened()), (retryable, happened), "{status}");
        let error = error.into_error("HubSpot");
        assert_eq!(error.kind, ours, "{status}");
        assert!(error.message.contains("HubSpot") && error.message.ends_with('.'), "{}", error.message);
    }
}

#[tokio::test]
async fn who_says_when_to_come_back_limits_the_rate() {
    for status in ["403 Forbidden", "429 Too Many Requests", "503 Service Unavailable"] {
        for wait in ["30", "Sat, 21 Nov 2026 08:00:30 GMT"] {
            let fault = fault(status, &format!("retry-after: {wait}\r\n"), "").await;
            assert_eq!((fault.kind, fault.retry_after), (VendorFaultKind::RateLimited, Some(30)), "{status}");
            let error = OutboundError::from(fault);
            assert_eq!((error.retryable(), error.retry_after()), (true, Some(30)));
            let error = error.into_error("HubSpot");
            assert_eq!(error.message, "HubSpot takes no more requests for now; try again in 30 seconds.");
            assert_eq!(error.data.as_deref(), Some(&json!({ "retry_after": 30 })));
        }
    }
}

#[tokio::test]
async fn the_vendors_own_words_are_passed_on_without_what_was_secret() {
    let body = r#"{"error":{"message":"Key k-314/159 of ann:s3cret\u0000\r\n(Basic YW5uOnMzY3JldA==) is \u202eno"}}"#;
    let url = speaks(wire("422 Unprocessable Content", "", body), true).await;
    let asked = OutboundRequest::post(&url).query("api_key", "k-314/159").secret("k-314/159");
    let answer = outbound().send(asked.basic("ann", "s3cret")).await.unwrap();
    let error = answer.success(NOW).unwrap_err();
    assert_eq!(error.to_string(), "it answered 422: Key … of ann:… (…) is no");
    let error = error.into_error("HubSpot");
    let expected = "HubSpot does not take what it was sent (it says: Key … of ann:… (…) is no); correct it and try again.";
    assert_eq!(error.message, expected);
    let bearer =
        speaks(wire("401 Unauthorized", "content-type: text/plain\r\n", "no token tok-3141 here"), true)
            .await;
    let answer = outbound().send(OutboundRequest::get(&bearer).bearer("tok-3141")).await.unwrap();
    assert_eq!(answer.said().as_deref(), Some("no token … here"));
}

#[tokio::test]
async fn a_fault_is_told_however_large_the_page_about_it_is() {
    let page = "x".repeat(1 << 20);
    for (status, kind) in [
        ("401 Unauthorized", VendorFaultKind::Unauthorized),
        ("502 Bad Gateway", VendorFaultKind::Unavailable),
    ] {
        let url = speaks(wire(status, "content-type: text/plain\r\n", &page), false).await;
        for asked in [OutboundRequest::get(&url), OutboundRequest::get(&url).max_bytes(10)] {
            let answer = outbound().send(asked).await.unwrap();
            assert!(answer.cut && answer.body.len() <= 64 << 10);
            let fault = VendorFault::of(&answer, NOW);
            assert_eq!((fault.kind, fault.said), (kind, None), "nothing is cut in the middle of a secret");
        }
        let stream = outbound().stream(OutboundRequest::get(&url)).await.unwrap();
        assert!(
            matches!(stream.success(NOW).await, Err(OutboundError::Answered(fault)) if fault.kind == kind)
        );
    }
}

#[tokio::test]
async fn a_fault_is_told_though_the_page_about_it_never_ends() {
    let url =
        speaks("HTTP/1.1 401 Unauthorized\r\ncontent-length: 90\r\n\r\n{\"message\":".to_owned(), false)
            .await;
    for asked in [OutboundRequest::get(&url).idle(SHORT), OutboundRequest::get(&url).deadline(SHORT)] {
        let answer = outbound().send(asked).await.unwrap();
        assert!(answer.cut);
        assert_eq!(VendorFault::of(&answer, NOW).kind, VendorFaultKind::Unauthorized);
    }
}

#[tokio::test]
async fn what_broke_off_after_it_was_sent_may_have_happened() {
    let nothing = speaks("", true).await;
    let part = speaks("HTTP/1.1 200 OK\r\ncontent-len".to_owned(), true).await;
    let body = speaks("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_owned(), true).await;
    let chunk =
        speaks("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc".to_owned(), true).await;
    for url in [nothing, part, body, chunk] {
        for asked in [OutboundRequest::get(&url), OutboundRequest::post(&url).json("x")] {
            let fault = outbound().send(asked).await.unwrap_err();
            assert!(matches!(fault, OutboundError::Interrupted { sent: true, .. }), "{fault:?}");
            assert!(fault.may_have_happened() && fault.retryable());
            let error = fault.into_error("HubSpot");
            assert_eq!(error.kind, ErrorKind::Unavailable);
            assert!(error.message.contains("may have done what was asked"), "{}", error.message);
        }
    }
}

#[tokio::test]
async fn what_is_late_may_have_happened_only_once_it_was_sent() {
    let silent = speaks("", false).await;
    for asked in [OutboundRequest::get(&silent), OutboundRequest::post(&silent).json("x")] {
        let fault = outbound().send(asked.deadline(SHORT)).await.unwrap_err();
        assert_eq!(fault, OutboundError::TimedOut { after: SHORT, sent: true });
        assert!(fault.may_have_happened() && fault.retryable());
        assert_eq!(fault.to_string(), "no answer in 0.2 seconds");
    }
    // It never takes part in the handshake of TLS, so that nothing can be sent.
    let deaf = silent.replace("http:", "https:");
    for asked in [OutboundRequest::get(&deaf), OutboundRequest::post(&deaf).json("x")] {
        let fault = outbound().send(asked.deadline(SHORT)).await.unwrap_err();
        assert_eq!(fault, OutboundError::TimedOut { after: SHORT, sent: false });
        assert!(!fault.may_have_happened() && fault.retryable());
        assert_eq!(fault.into_error("HubSpot").message, "HubSpot cannot be reached; try again later.");
    }
}

#[tokio::test]
async fn nobody_there_and_no_tls_are_told_apart() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let fault =
        outbound().send(OutboundRequest::get(&format!("http://127.0.0.1:{port}/"))).await.unwrap_err();
    assert!(matches!(&fault, OutboundError::Unreachable(why) if why.contains("refused")), "{fault:?}");
    assert!(!fault.may_have_happened() && fault.retryable());

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/?key=s3cret", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut peer, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            let _ = tokio::io::copy(&mut peer, &mut tokio::io::sink()).await;
        }
    });
    let fault = outbound().send(OutboundRequest::get(&url)).await.unwrap_err();
    assert!(matches!(fault, OutboundError::Tls(_)), "{fault:?}");
    assert!(!fault.may_have_happened() && !fault.retryable());
    assert!(!format!("{fault:?} {}", fault.clone().into_error("HubSpot")).contains("s3cret"));
}

#[tokio::test]
async fn every_other_fault_is_a_sentence_with_a_way_out() {
    let told = |fault: OutboundError| {
        let error = fault.into_error("Apollo");
        (error.kind, error.message)
    };
    let url = outbound().send(OutboundRequest::get("http://example.com/?key=s3cret")).await.unwrap_err();
    let expected = "Apollo cannot be called, because the URL must begin with https://. Correct its settings.";
    assert_eq!(told(url), (ErrorKind::Invalid, expected.to_owned()));
    let large = speaks(wire("200 OK", "", "0123456789"), true).await;
    let large = outbound().send(OutboundRequest::get(&large).max_bytes(5)).await.unwrap_err();
    assert!(large.may_have_happened() && !large.retryable());
    let expected = "What Apollo answers cannot be used: the answer is larger than 5 bytes. Try again later.";
    assert_eq!(told(large), (ErrorKind::Unavailable, expected.to_owned()));
    let stalled = told(OutboundError::Stalled { after: SHORT });
    assert!(stalled.1.contains("look there before you try again."));
}
