//! Cursors come from outside: whatever they hold, they are this list's own or refused.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_domain::ErrorKind;
use g8_product::testing::test_app;
use g8_records::list::{CreateList, ListLists};
use g8_storage::testing::TestDb;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;

#[test]
fn a_cursor_that_was_not_given_out_is_refused_whatever_it_holds() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let kit = runtime.block_on(async { test_app(TestDb::sqlite().await).await });
    let asked = |cursor: &str| {
        let page = kit.call::<ListLists>(json!({ "limit": 1, "cursor": cursor }));
        runtime.block_on(page).map(|page| page.pagination)
    };
    let given = runtime.block_on(async {
        for title in ["Fair", "Webinar"] {
            kit.call::<CreateList>(json!({ "title": title })).await.unwrap();
        }
        kit.call::<ListLists>(json!({ "limit": 1 })).await.unwrap().pagination.next_cursor.unwrap()
    });
    assert!(asked(&given).is_ok());
    let bytes = URL_SAFE_NO_PAD.decode(&given).unwrap();
    let near = (0..bytes.len(), 1_u8..).prop_map(|(at, flip)| {
        let mut bytes = bytes.clone();
        bytes[at] ^= flip;
        URL_SAFE_NO_PAD.encode(bytes)
    });
    let random = vec(any::<u8>(), 0..96).prop_map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
    let cursors = prop_oneof![near, random, "[^\0]{0,128}"];
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&cursors, |cursor| {
        prop_assume!(cursor != given);
        prop_assert_eq!(asked(&cursor).unwrap_err().kind, ErrorKind::Invalid);
        Ok(())
    });
    outcome.unwrap();
}
