//! What is declared is what arrives.

use super::{METHODS, echo, outbound};
use crate::{MultipartForm, OutboundError, OutboundRequest};
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};
use url::form_urlencoded;

/// What the other side saw of a request.
async fn seen(request: OutboundRequest) -> Value {
    outbound().send(request).await.unwrap().json().unwrap()
}

/// Why a request was not even sent.
async fn unsendable(request: OutboundRequest) -> String {
    match outbound().send(request).await.unwrap_err() {
        OutboundError::Request(why) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_method_arrives_with_its_query_and_headers() {
    let url = echo().await;
    for (method, begin) in METHODS {
        let request = begin(&format!("{url}/a%20b?x=1"))
            .query("q", "a&b=c d+é#?")
            .header("x-tag", "first")
            .header("X-Tag", "second")
            .header("user-agent", "g8 (ops@example.com)");
        let answer = outbound().send(request).await.unwrap();
        assert_eq!(answer.header("x-method"), Some(method));
        if method == "HEAD" {
            assert!(answer.body.is_empty());
            continue;
        }
        let seen: Value = answer.json().unwrap();
        assert_eq!(seen["uri"], "/a%20b?x=1&q=a%26b%3Dc+d%2B%C3%A9%23%3F");
        assert_eq!(seen["headers"]["x-tag"], "second");
        assert_eq!(seen["headers"]["user-agent"], "g8 (ops@example.com)");
        assert_eq!(seen["body"], "");
    }
}

#[tokio::test]
async fn a_length_is_told_where_a_body_is_usual_and_only_there() {
    let url = echo().await;
    for (method, begin) in METHODS.into_iter().filter(|(method, _)| *method != "HEAD") {
        let expected = if ["POST", "PUT", "PATCH"].contains(&method) { json!("0") } else { Value::Null };
        assert_eq!(seen(begin(&url)).await["headers"]["content-length"], expected, "{method}");
    }
}

#[tokio::test]
async fn credentials_are_written_as_their_rfcs_have_them() {
    let url = echo().await;
    let seen_by = async |request: OutboundRequest| seen(request).await["headers"]["authorization"].clone();
    assert_eq!(seen_by(OutboundRequest::get(&url).bearer("tok-1")).await, "Bearer tok-1");
    // The example of RFC 7617 §2, and its §2.1 in UTF-8.
    let basic = OutboundRequest::get(&url).basic("Aladdin", "open sesame");
    assert_eq!(seen_by(basic).await, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(seen_by(OutboundRequest::get(&url).basic("test", "123£")).await, "Basic dGVzdDoxMjPCow==");
    assert_eq!(unsendable(OutboundRequest::get(&url).basic("a:b", "c")).await, "a user name holds a colon");
}

#[tokio::test]
async fn json_forms_and_bytes_arrive_as_declared() {
    let url = echo().await;
    let json = seen(OutboundRequest::post(&url).json(&json!({ "a": [1, "é"] }))).await;
    assert_eq!(json["headers"]["content-type"], "application/json");
    assert_eq!(json["body"], r#"{"a":[1,"é"]}"#);

    let fields = [("grant_type", "refresh_token"), ("refresh_token", "a+b/c=&d é"), ("empty", "")];
    let form = seen(OutboundRequest::put(&url).form(fields)).await;
    assert_eq!(form["headers"]["content-type"], "application/x-www-form-urlencoded");
    let body = form["body"].as_str().unwrap();
    let decoded: Vec<_> = form_urlencoded::parse(body.as_bytes()).collect();
    assert_eq!(decoded, fields.map(|(name, value)| (name.into(), value.into())));

    let bytes = seen(OutboundRequest::patch(&url).json("replaced").bytes("text/csv", "a,b\n1,2\n")).await;
    assert_eq!(
        (&bytes["headers"]["content-type"], &bytes["body"]),
        (&json!("text/csv"), &json!("a,b\n1,2\n"))
    );
    assert_eq!(bytes["headers"]["content-length"], "8");
}

#[tokio::test]
async fn a_multipart_form_is_read_as_it_was_written() {
    let form = MultipartForm::new()
        .text("name", "Ann \"é\"")
        .file("file", "a\"b.csv", "text/csv", "x\r\n--boundary\r\ny")
        .text("größe", "");
    let seen = seen(OutboundRequest::post(&echo().await).json("replaced").multipart(form)).await;
    let declared = seen["headers"]["content-type"].as_str().unwrap();
    let body = seen["body"].as_str().unwrap().to_owned();
    assert_eq!(seen["headers"]["content-length"], body.len().to_string(), "not in pieces");
    let body = stream::iter([Ok::<_, std::io::Error>(Bytes::from(body))]);
    let mut parts = multer::Multipart::new(body, multer::parse_boundary(declared).unwrap());
    let mut read = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let about = (part.name().map(str::to_owned), part.file_name().map(str::to_owned));
        let kind = part.content_type().map(ToString::to_string);
        read.push((about.0.unwrap(), about.1, kind, part.text().await.unwrap()));
    }
    let file =
        ("file".into(), Some("a\"b.csv".into()), Some("text/csv".into()), "x\r\n--boundary\r\ny".into());
    let text = |name: &str, value: &str| (name.to_owned(), None, None, value.to_owned());
    assert_eq!(read, [text("name", "Ann \"é\""), file, text("größe", "")]);
}

#[tokio::test]
async fn a_multipart_form_lets_nothing_be_slipped_in_and_has_bounds() {
    let url = "http://127.0.0.1:9/";
    let sent = async |form: MultipartForm| unsendable(OutboundRequest::post(url).multipart(form)).await;
    for name in ["a\"; filename=\"b", "a\r\nx: y", ""] {
        assert!(sent(MultipartForm::new().text(name, "")).await.starts_with("the name of a form's part"));
    }
    assert!(sent(MultipartForm::new().file("f", "a\r\nx: y", "text/csv", "")).await.contains("control"));
    assert!(sent(MultipartForm::new().file("f", "a", "text/csv\r\nx: y", "")).await.contains("media type"));
    let many = (0..101).fold(MultipartForm::new(), |form, _| form.text("a", ""));
    assert!(sent(many).await.starts_with("a form has at most 100 parts"));
    let half = Bytes::from(vec![0; (16 << 20) + 1]);
    let large = MultipartForm::new().file("a", "a", "a/b", half.clone()).file("b", "b", "a/b", half);
    assert!(sent(large).await.starts_with("a form has at most"));
}

#[tokio::test]
async fn a_stream_is_sent_in_pieces_or_with_its_length() {
    let url = echo().await;
    let pieces = || stream::iter(["ab", "cd", "ef"].map(|piece| Ok(Bytes::from(piece))));
    let loose = seen(OutboundRequest::post(&url).stream("text/plain", pieces(), None)).await;
    assert_eq!(
        (&loose["body"], &loose["headers"]["transfer-encoding"]),
        (&json!("abcdef"), &json!("chunked"))
    );
    let known = seen(OutboundRequest::put(&url).stream("text/plain", pieces(), Some(6))).await;
    assert_eq!((&known["body"], &known["headers"]["content-length"]), (&json!("abcdef"), &json!("6")));
    assert_eq!(known["headers"]["transfer-encoding"], Value::Null);
}

#[tokio::test]
async fn a_stream_that_fails_or_ends_early_is_no_whole_request() {
    let url = echo().await;
    let short = stream::iter([Ok(Bytes::from("ab"))]);
    let fails = stream::iter([Ok(Bytes::from("ab")), Err(std::io::Error::other("the file is gone"))]);
    let requests = [
        OutboundRequest::post(&url).stream("text/plain", short, Some(6)),
        OutboundRequest::post(&url).stream("text/plain", fails, None),
    ];
    for request in requests {
        let fault = outbound().send(request).await.unwrap_err();
        assert!(matches!(fault, OutboundError::Interrupted { sent: true, .. }), "{fault:?}");
    }
}

#[tokio::test]
async fn nothing_is_sent_of_a_request_that_is_not_as_it_should_be() {
    let get = || OutboundRequest::get("http://127.0.0.1:9/");
    let key = "k-3141592\r\nx-admin: 1";
    for request in [get().header("x-a", key), get().secret_header("x-a", key), get().bearer(key)] {
        let shown = format!("{request:?}");
        let why = unsendable(request).await;
        assert!(why.ends_with("holds what is not visible ASCII"), "{why}");
        assert!(!why.contains("3141592") && !shown.contains("3141592"));
    }
    assert_eq!(unsendable(get().header("x-a\r\nx-b", "1")).await, "the name of a header is none");
    assert_eq!(unsendable(get().header("Host", "a")).await, "the header host is not the caller's to set");
    assert_eq!(unsendable(get().bytes("a\r\nb", "")).await, "the body's media type is none");
    let many = (0..65).fold(get(), |request, number| request.header(&format!("x-{number}"), "1"));
    assert_eq!(unsendable(many).await, "it has too many headers");
    let large = get().bytes("a/b", vec![0; (32 << 20) + 1]);
    assert!(unsendable(large).await.starts_with("the body is larger than"));
}

#[test]
fn debug_shows_what_is_asked_and_no_secret() {
    let request = OutboundRequest::post("https://hooks.example.com/services/s1cret?key=s2cret")
        .query("token", "s3cret")
        .header("x-plain", "shown")
        .header("Authorization", "s4cret")
        .secret_header("x-api-key", "s5cret")
        .json(&json!({ "password": "s6cret" }));
    let shown = format!("{request:?}");
    for part in ["POST", "hooks.example.com", "shown", "x-api-key"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("cret"), "{shown}");
    let basic = format!("{:?}", OutboundRequest::get("https://example.com").basic("ann", "s7cret"));
    assert!(!basic.contains("Basic") && !basic.contains("cret"), "{basic}");
}
