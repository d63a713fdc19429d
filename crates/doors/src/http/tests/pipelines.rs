//! Pipelines and deals at every published path.

use super::{StatusCode, Web};
use g8_storage::on_both;
use serde_json::{Value, json};

on_both! {
    async fn pipelines_are_at_every_published_path(test) {
        let web = Web::new(test).await;
        let first = web.get("/api/v1/deals/pipelines").await.body;
        assert_eq!(first["data"][0]["stages"][1]["order"], 1);
        for path in ["/v1/deals/pipelines", "/api/v1/pipelines", "/api/v1/v1/pipelines", "/v1/pipelines/"] {
            assert_eq!(web.get(path).await.body, first, "{path}");
        }
        let made = web.post("/api/v1/v1/pipelines", json!({ "name": "Other", "blank": true })).await;
        assert_eq!(made.status, StatusCode::CREATED);
        let other = made.body["data"]["id"].as_str().unwrap().to_owned();
        let put = |path: String, body: Value| {
            let web = &web;
            async move { web.send("PUT", &path, Some(&web.key), Some(&body)).await }
        };
        for path in ["deals/pipelines/{id}/default", "pipelines/{id}/set-default", "v1/pipelines/{id}/set-default"] {
            let chosen = put(format!("/api/v1/{}", path.replace("{id}", &other)), json!({})).await;
            assert_eq!(chosen.body["data"]["is_default"], true, "{path}");
        }
        let stages = format!("/api/v1/v1/pipelines/{other}/stages");
        let stage = web.post(&stages, json!({ "name": "Demo" })).await.body["data"]["id"].as_str().unwrap().to_owned();
        let ids = json!({ "stage_ids": [stage] });
        let lacking = put(format!("{stages}/reorder"), ids).await;
        assert!(lacking.status == StatusCode::BAD_REQUEST && lacking.body["message"].as_str().unwrap().contains("3 problems"), "{}", lacking.body);
        let renamed = put(format!("{stages}/{stage}"), json!({ "name": "Trial" })).await;
        assert_eq!(renamed.body["data"]["name"], "Trial");
        let deal = web.post("/api/v1/deals", json!({ "name": "x", "stage_id": stage, "amount": 12 })).await;
        assert_eq!((deal.status, &deal.body["data"]["amount"]), (StatusCode::CREATED, &json!(12)));
        let first_stage = &made.body["data"]["stages"][0]["id"];
        let gone = format!("{stages}/{stage}?move_to_stage_id={}", first_stage.as_str().unwrap());
        assert_eq!(web.send("DELETE", &gone, Some(&web.key), None).await.body["data"], json!({ "deleted": true, "moved": 1 }));
        let path = format!("/api/v1/deals/{}", deal.body["data"]["id"].as_str().unwrap());
        assert_eq!(&web.get(&path).await.body["data"]["stage_id"], first_stage);
        assert_eq!(web.send("DELETE", &path, Some(&web.key), None).await.body["data"], json!({ "deleted": true }));
    }
}

on_both! {
    async fn a_null_clears_and_bad_roles_are_422(test) {
        let web = Web::new(test).await;
        web.post("/api/v1/contacts", json!({ "work_email": "a@x.com" })).await;
        let deal = json!({ "name": "x", "owner_id": "ann@x.com", "contact_ids": [1] });
        let id = web.post("/api/v1/deals", deal).await.body["data"]["id"].as_str().unwrap().to_owned();
        let send = |verb: &'static str, path: String, body: Value| {
            let web = &web;
            async move { web.send(verb, &path, Some(&web.key), Some(&body)).await }
        };
        let path = format!("/api/v1/deals/{id}");
        assert_eq!(send("PATCH", path.clone(), json!({ "owner_id": null })).await.body["data"]["owner_id"], Value::Null);
        assert_eq!(send("PATCH", path.clone(), json!({})).await.status, StatusCode::BAD_REQUEST);
        let role = format!("{path}/contacts/1");
        for (body, status) in [(json!({ "role": "boss" }), 422), (json!({}), 400), (json!({ "role": "coach" }), 200), (json!({ "role": null }), 200)] {
            assert_eq!(send("PUT", role.clone(), body.clone()).await.status.as_u16(), status, "{body}");
        }
        let bad = json!({ "contact_roles": { "1": "boss" } });
        assert_eq!(send("PATCH", path.clone(), bad).await.status.as_u16(), 422);
        let one = send("PUT", "/api/v1/contacts/1/deals/assert".to_owned(), json!({ "deal_id": id })).await;
        assert_eq!(one.body["data"], json!({ "action": "exists", "deal_id": id, "contact_id": 1 }));
    }
}
