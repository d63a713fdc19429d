//! The product: its areas, and nothing else.

pub use g8_deals as deals;
pub use g8_identity as identity;
pub use g8_records as records;
pub use g8_signals as signals;

use g8_config::Settings;
use g8_core::{App, Area, StartError};

/// Every area of the product. Their order is that of the API where an area does not say otherwise.
pub static AREAS: &[&Area] =
    &[&g8_core::CORE, &g8_identity::AREA, &g8_records::AREA, &g8_deals::AREA, &g8_signals::AREA];

/// Opens the database, migrates it, and makes the secret key if there is none.
///
/// # Errors
/// One line that says what to do.
pub async fn open(settings: &Settings) -> Result<App, StartError> {
    g8_core::open(settings, AREAS).await
}

/// Opens what a server has made, for a program beside it.
///
/// # Errors
/// There is no embedded database yet; or as [`open`].
pub async fn open_existing(settings: &Settings) -> Result<App, StartError> {
    App::open_existing(settings, AREAS).await
}

#[cfg(test)]
mod tests;

#[cfg(feature = "testing")]
pub mod testing {
    //! The whole product on a throw-away database.

    use super::AREAS;
    use g8_core::{ServiceConfig, testing::TestApp};
    use g8_storage::testing::TestDb;

    /// The product on this database.
    pub async fn test_app(db: TestDb) -> TestApp {
        TestApp::of(AREAS, db).await
    }

    /// The product with settings of the test's own.
    pub async fn configured_app(db: TestDb, configure: impl FnOnce(&mut ServiceConfig)) -> TestApp {
        TestApp::configured(AREAS, db, configure).await
    }
}
