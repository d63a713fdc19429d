//! The log of requests, as its readers see it.

use g8_core::{Answered, Origin, testing::TestApp};
use g8_identity::log;
use g8_product::testing::test_app;
use g8_storage::on_both;
use serde_json::json;

/// As many wait to be written.
const ROOM: usize = 4096;

fn answered(kit: &TestApp, path: &str) -> Answered {
    Answered { method: "GET", path: path.to_owned(), status: 200, begun: kit.now() }
}

on_both! {
    async fn the_oldest_are_dropped_and_counted_when_nobody_writes(test) {
        let kit = test_app(test).await;
        let entry = kit.enter().await;
        let origin = Origin { door: "http", ..Origin::default() };
        for number in 0..ROOM + 3 {
            kit.app.note_request(entry.caller(), &origin, answered(&kit, &format!("/{number}")));
        }
        assert_eq!(kit.app.requests.dropped(), 3);
        let page = kit.call::<log::ListRequests>(json!({ "limit": 1 })).await.unwrap();
        assert_eq!(page.pagination.total, i64::try_from(ROOM).unwrap());
        assert_eq!(page.data[0].path, format!("/{}", ROOM + 2));
        assert_eq!(kit.app.requests.dropped(), 3);
    }
}
