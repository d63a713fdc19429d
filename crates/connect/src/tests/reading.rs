//! Answers, and their bounds.

use super::{NOW, SHORT, outbound, serve, speaks, wire};
use crate::{OutboundError, OutboundRequest, RetryAfter};
use axum::{Router, body::Body, http::HeaderMap, response::IntoResponse, routing::get};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use std::{io::Write, time::Duration};

/// A server whose every answer is `size` zeros, packed by gzip where that is asked for.
async fn zeros(size: usize) -> String {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![0; size]).unwrap();
    let packed = Bytes::from(packer.finish().unwrap());
    assert!(packed.len() < size / 100);
    let answer = move |headers: HeaderMap| async move {
        if headers.get("accept-encoding").is_some_and(|accepted| accepted == "gzip") {
            ([("content-encoding", "gzip")], packed).into_response()
        } else {
            vec![0; size].into_response()
        }
    };
    serve(Router::new().route("/", get(answer))).await
}

/// A server whose answer never ends: pieces of 64 KiB.
async fn endless() -> String {
    let piece = Bytes::from(vec![b'x'; 64 << 10]);
    let answer = async move || Body::from_stream(stream::repeat(piece).map(Ok::<_, std::io::Error>));
    serve(Router::new().route("/", get(answer))).await
}

/// A server that says a letter every 20 milliseconds for ever.
async fn dripping() -> String {
    let answer = async || {
        let clock = tokio::time::interval(Duration::from_millis(20));
        Body::from_stream(stream::unfold(clock, async |mut clock| {
            clock.tick().await;
            Some((Ok::<_, std::io::Error>("x"), clock))
        }))
    };
    serve(Router::new().route("/", get(answer))).await
}

#[tokio::test]
async fn an_answer_is_there_as_a_whole() {
    let url = speaks(wire("201 Created", "x-a: 1\r\nx-b: \u{e9}\r\n", "{\"id\":7}"), true).await;
    let answer = outbound().send(OutboundRequest::post(&url)).await.unwrap().success(NOW).unwrap();
    assert_eq!((answer.status, answer.cut), (201, false));
    assert_eq!((answer.header("X-A"), answer.header("x-b"), answer.header("x-c")), (Some("1"), None, None));
    let headers: Vec<_> = answer.headers().collect();
    assert_eq!(headers, [("x-a", "1"), ("content-length", "8")]);
    assert_eq!(answer.json::<Value>().unwrap(), json!({ "id": 7 }));
    assert_eq!(format!("{answer:?}"), "OutboundAnswer { status: 201, bytes: 8, .. }");
}

#[tokio::test]
async fn json_that_is_not_as_expected_is_told_without_its_content() {
    #[derive(serde::Deserialize, Debug)]
    struct Token {
        #[serde(rename = "access_token")]
        _token: String,
    }
    let cases = [
        ("{\"access_token\":\"s3cret\"", "it is not JSON (line 1, column 24)"),
        ("", "it is not JSON (line 1, column 0)"),
        ("<html>s3cret</html>", "it is not JSON (line 1, column 1)"),
        ("\"s3cret\"", "it is not the JSON expected (line 1, column 8)"),
        ("{\"token\":\"s3cret\"}", "it has no access_token (line 1, column 18)"),
    ];
    for (body, expected) in cases {
        let url = speaks(wire("200 OK", "", body), true).await;
        let answer = outbound().send(OutboundRequest::get(&url)).await.unwrap();
        let fault = answer.json::<Token>().unwrap_err();
        assert_eq!(fault, OutboundError::Malformed(expected.to_owned()), "{body}");
    }
    let url = speaks(wire("200 OK", "", "\u{feff}{\"access_token\":\"a\"}"), true).await;
    outbound().send(OutboundRequest::get(&url)).await.unwrap().json::<Token>().unwrap();
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused_or_cut_as_was_asked() {
    let declared = speaks(wire("200 OK", "", "[1,2,3,4]"), true).await;
    let chunked = speaks(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1,2,\r\n4\r\n3,4]\r\n0\r\n\r\n"
            .to_owned(),
        true,
    )
    .await;
    for url in [declared, chunked, endless().await] {
        let asked = |bytes| OutboundRequest::get(&url).max_bytes(bytes);
        assert_eq!(outbound().send(asked(8)).await.unwrap_err(), OutboundError::TooLarge(8), "{url}");
        let cut = outbound().send(asked(0).cut_at(4)).await.unwrap();
        assert_eq!((cut.body.len(), cut.cut), (4, true), "{url}");
        assert!(matches!(cut.json::<Value>(), Err(OutboundError::Malformed(_))), "never half read");
    }
    let exact = speaks(wire("200 OK", "", "[1,2,3,4]"), true).await;
    for asked in [OutboundRequest::get(&exact).max_bytes(9), OutboundRequest::get(&exact).cut_at(9)] {
        let answer = outbound().send(asked).await.unwrap();
        assert_eq!(answer.json::<Vec<u8>>().unwrap(), [1, 2, 3, 4]);
    }
}

#[tokio::test]
async fn a_download_stops_at_its_limit() {
    let asked = OutboundRequest::get(&endless().await).max_bytes(1 << 20);
    let mut stream = outbound().stream(asked).await.unwrap().success(NOW).await.unwrap();
    let mut bytes = 0;
    let fault = loop {
        match stream.chunk().await {
            Ok(chunk) => bytes += chunk.unwrap().len(),
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault, OutboundError::TooLarge(1 << 20));
    assert!((1 << 19..=1 << 20).contains(&bytes), "{bytes}");
    assert_eq!(stream.chunk().await, Ok(None), "and stays there");
}

#[tokio::test]
async fn a_download_comes_in_pieces_and_whole() {
    let asked = OutboundRequest::get(&zeros(3 << 20).await).max_bytes(3 << 20);
    let stream = outbound().stream(asked).await.unwrap();
    let pieces: Vec<Bytes> = stream.into_stream().try_collect().await.unwrap();
    assert!(pieces.len() > 1);
    assert_eq!(pieces.iter().map(Bytes::len).sum::<usize>(), 3 << 20);
}

#[tokio::test]
async fn the_limit_is_of_what_is_unpacked() {
    let url = zeros(10 << 20).await;
    let asked = || OutboundRequest::get(&url).unpacked();
    let fault = outbound().send(asked().max_bytes(1 << 20)).await.unwrap_err();
    assert_eq!(fault, OutboundError::TooLarge(1 << 20));
    let cut = outbound().send(asked().cut_at(1 << 20)).await.unwrap();
    assert_eq!((cut.body.len(), cut.cut), (1 << 20, true));
    let whole = outbound().send(asked().max_bytes(10 << 20)).await.unwrap();
    assert_eq!(whole.body.len(), 10 << 20);
    // Who does not ask for it gets nothing packed.
    let plain = outbound().send(OutboundRequest::get(&url).max_bytes(1 << 20)).await;
    assert_eq!(plain.unwrap_err(), OutboundError::TooLarge(1 << 20));
    let head = outbound().send(OutboundRequest::head(&url).unpacked()).await.unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn what_does_not_unpack_is_malformed() {
    let url = speaks(wire("200 OK", "content-encoding: gzip\r\n", "this is not gzip"), true).await;
    let fault = outbound().send(OutboundRequest::get(&url).unpacked()).await.unwrap_err();
    assert!(matches!(fault, OutboundError::Malformed(_)), "{fault:?}");
}

#[tokio::test]
async fn an_answer_that_stands_still_is_given_up() {
    let url = speaks("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_owned(), false).await;
    let asked = || OutboundRequest::get(&url);
    let stalled = outbound().send(asked().idle(SHORT)).await.unwrap_err();
    assert_eq!(stalled, OutboundError::Stalled { after: SHORT });
    let late = outbound().send(asked().deadline(SHORT)).await.unwrap_err();
    assert_eq!(late, OutboundError::TimedOut { after: SHORT, sent: true });
    let mut stream = outbound().stream(asked().idle(SHORT)).await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "abc");
    assert_eq!(stream.chunk().await, Err(OutboundError::Stalled { after: SHORT }));
}

#[tokio::test]
async fn an_answer_that_drips_does_not_outlast_the_deadline() {
    let asked = OutboundRequest::get(&dripping().await).idle(Duration::from_secs(5)).deadline(SHORT);
    let mut stream = outbound().stream(asked).await.unwrap();
    let mut pieces = 0;
    let fault = loop {
        match stream.chunk().await {
            Ok(piece) => pieces += usize::from(piece.is_some()),
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault, OutboundError::TimedOut { after: SHORT, sent: true });
    assert!(pieces > 1);
}

#[tokio::test]
async fn a_redirect_is_shown_and_not_followed() {
    let url = speaks(wire("302 Found", "location: http://169.254.169.254/latest\r\n", ""), true).await;
    let answer = outbound().send(OutboundRequest::get(&url)).await.unwrap();
    assert_eq!((answer.status, answer.header("location")), (302, Some("http://169.254.169.254/latest")));
    assert!(answer.success(NOW).is_err());
}

#[tokio::test]
async fn retry_after_is_read_in_both_forms() {
    for (header, expected) in [("120", 120), ("Sat, 21 Nov 2026 08:01:30 GMT", 90)] {
        let url = speaks(wire("200 OK", &format!("retry-after: {header}\r\n"), ""), true).await;
        let answer = outbound().send(OutboundRequest::get(&url)).await.unwrap();
        assert_eq!(answer.retry_after().map(|wait| wait.seconds(NOW)), Some(expected));
    }
    let url = speaks(wire("200 OK", "retry-after: 7\r\n", ""), true).await;
    let answer = outbound().get(&url, 5, 100).await.unwrap();
    assert_eq!(answer.retry_after, Some(RetryAfter::Seconds(7)));
}
