//! Every statement of this crate is prepared on both engines: a wrong column fails here.

use crate::testing::statements;

#[tokio::test]
async fn every_statement_prepares() {
    let found = statements(concat!(env!("CARGO_MANIFEST_DIR"), "/src/table")).await;
    assert!(found > 40, "only {found} statements were found");
}
