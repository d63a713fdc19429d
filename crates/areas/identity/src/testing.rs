//! This area alone on a throw-away database.

use g8_core::{ServiceConfig, testing::TestApp};
use g8_storage::testing::TestDb;

/// The area on this database.
pub async fn test_app(db: TestDb) -> TestApp {
    TestApp::of(&[&crate::AREA], db).await
}

/// The area with settings of the test's own.
pub async fn configured_app(db: TestDb, configure: impl FnOnce(&mut ServiceConfig)) -> TestApp {
    TestApp::configured(&[&crate::AREA], db, configure).await
}
