//! A service on a throw-away database, with a clock that tests advance and seeded randomness.
#![expect(clippy::expect_used, reason = "a test without its service has failed")]

mod caller;

pub use caller::TestCaller;

use crate::{
    App, Area, Args, Backend, CORE, Clock, Credential, Entropy, Entry, Limiter, Operation, ServiceConfig,
    admin,
    jobs::{Worker, catch_up},
};
use g8_auth::Pepper;
use g8_config::Webhooks;
use g8_domain::{
    Result, Scopes, Ts,
    record::{Role, User},
};
use g8_storage::testing::TestDb;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// A running service with one organization and a key to everything in it.
pub struct TestApp {
    /// The service.
    pub app: App,
    /// The organization.
    pub org: Uuid,
    /// A key to everything.
    pub key: String,
    /// The database, and a folder of the test's own.
    pub db: TestDb,
}

impl TestApp {
    /// A service of these areas on this database.
    pub async fn of(areas: &[&'static Area], db: TestDb) -> Self {
        Self::configured(areas, db, |_| {}).await
    }

    /// A service with settings of the test's own.
    pub async fn configured(
        areas: &[&'static Area],
        db: TestDb,
        configure: impl FnOnce(&mut ServiceConfig),
    ) -> Self {
        let pepper = Pepper::new(vec![7; 32]).expect("32 bytes");
        let parts = (db.db.clone(), Clock::manual(), Entropy::seeded(7), pepper);
        // Receivers of webhooks are here.
        let webhooks = Webhooks { allow_hosts: vec!["127.0.0.1".to_owned()], ..Webhooks::default() };
        let mut config = ServiceConfig {
            webhooks,
            bind_url: "http://127.0.0.1:8080".to_owned(),
            ..ServiceConfig::default()
        };
        configure(&mut config);
        // A test of one area names that alone.
        let own = areas.iter().all(|area| area.name != CORE.name).then_some(&CORE);
        let areas: Vec<&Area> = own.into_iter().chain(areas.iter().copied()).collect();
        let app = App::new(&areas, parts, config, Limiter::local());
        let (org, token) = admin::first_start(&app).await.expect("a first start").expect("an empty database");
        // Most tests ask for more than a plan allows while their clock stands still.
        admin::set_plan(&app, org.id, "unlimited").await.expect("a plan");
        Self { app, org: org.id, key: token.reveal().to_owned(), db }
    }

    /// Now, by the service's clock.
    #[must_use]
    pub fn now(&self) -> Ts {
        self.app.clock.now()
    }

    /// Lets time pass.
    pub fn advance_seconds(&self, seconds: i64) {
        self.app.clock.advance(seconds * Ts::SECOND);
    }

    /// Runs the jobs that are due; says how many. What the clock was told to is time that has passed; see
    /// [`TestApp::run_pending_jobs_after_clock_jump`].
    pub async fn run_pending_jobs(&self) -> usize {
        catch_up(&self.app).await.expect("a database");
        self.run_pending_jobs_after_clock_jump().await
    }

    /// Runs the jobs that are due, where the clock may have leapt; says how many.
    pub async fn run_pending_jobs_after_clock_jump(&self) -> usize {
        Arc::new(Worker::new(self.app.clone())).run_pending().await.expect("jobs that can be claimed")
    }

    /// A key with these scopes.
    pub async fn key_with(&self, scopes: &[&str]) -> String {
        self.key_of(self.org, None, scopes).await
    }

    /// A key of an organization, or of a user in it.
    pub async fn key_of(&self, org: Uuid, user: Option<Uuid>, scopes: &[&str]) -> String {
        let scopes = Scopes::parse(scopes).expect("known scopes");
        let name = "Test key".to_owned();
        let new = admin::NewKey { user, scopes, ..admin::NewKey::unscoped(org, name) };
        admin::create_key(&self.app, new).await.expect("a key").1.reveal().to_owned()
    }

    /// The key of somebody who administers another organization.
    pub async fn stranger(&self) -> String {
        let org = admin::create_org(&self.app, "Somebody else").await.expect("an organization");
        admin::set_plan(&self.app, org.id, "unlimited").await.expect("a plan");
        let person =
            admin::create_user(&self.app, org.id, "stranger@example.com", "Eve", None, Role::Admin).await;
        self.key_of(org.id, Some(person.expect("a user").id), &["*"]).await
    }

    /// A user of the first organization.
    pub async fn user(&self, email: &str, role: Role) -> User {
        admin::create_user(&self.app, self.org, email, "Ann", None, role).await.expect("a user")
    }

    /// Who comes in with the key to everything.
    pub async fn enter(&self) -> Entry {
        let shown = format!("Bearer {}", self.key);
        let credential = Credential { authorization: Some(shown.as_bytes()), ..Credential::default() };
        self.app.enter(credential).await.expect("an entry")
    }

    /// Calls for the holder of `key`.
    #[must_use]
    pub fn as_key(&self, key: &str) -> TestCaller {
        TestCaller::new(self.app.clone(), key)
    }

    /// Runs an operation with the key to everything.
    pub async fn run<O: Operation>(&self, input: O::Input) -> Result<O::Output> {
        self.as_key(&self.key).run::<O>(input).await
    }

    /// Runs an operation with the key to everything, on a JSON object of arguments.
    pub async fn call<O: Operation>(&self, args: Value) -> Result<O::Output> {
        let args: Args = args.as_object().expect("an object").clone();
        self.as_key(&self.key).call::<O>(args).await
    }
}
