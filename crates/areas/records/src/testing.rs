//! This area alone on a throw-away database.

use g8_core::testing::TestApp;
use g8_storage::testing::TestDb;

/// The area on this database.
pub async fn test_app(db: TestDb) -> TestApp {
    TestApp::of(&[&crate::AREA], db).await
}
