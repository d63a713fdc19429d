//! Requests that nobody sends by mistake.

use super::Web;
use axum::http::{Request, StatusCode};
use g8_storage::testing::TestDb;

#[tokio::test]
async fn json_nested_without_end_is_refused_and_the_server_stands() {
    let web = Web::new(TestDb::sqlite().await).await;
    for body in [
        "[".repeat(4000),
        r#"{"a":"#.repeat(800),
        format!(r#"{{"title":{}1{}}}"#, "[".repeat(1000), "]".repeat(1000)),
        format!(r#"{{"title":"x","tags":{}{}}}"#, "[".repeat(120), "]".repeat(120)),
        r#"{"title":1e999999999}"#.to_owned(),
        "{\"title\":\"\\ud800\"}".to_owned(),
        "\u{feff}{}".to_owned(),
    ] {
        let request = Request::post("/api/v1/lists")
            .header("authorization", format!("Bearer {}", web.key))
            .header("content-type", "application/json");
        let answer = web.raw(request.body(body.clone().into()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{:.40}: {}", body, answer.body);
        assert!(answer.body["message"].is_string(), "{body:.40}");
    }
    assert_eq!(web.get("/api/v1/me").await.status, StatusCode::OK);
}
