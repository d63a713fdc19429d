//! What every request shares.

use crate::{
    Action, Area, Clock, Entropy, Registry, Spec,
    callers::Callers,
    hashing::Hashing,
    jobs::Rollback,
    limiter::{Failures, Limiter},
    request_log::RequestLog,
    sealed::Keyring,
    streams::Streams,
    tries::Tries,
};
use g8_auth::Pepper;
use g8_config::{Keep, LimitSettings, MailSettings, OidcSettings, Settings, Webhooks};
use g8_connect::{Guard, Mailer, Outbound};
use g8_domain::{Error, Plans, Result};
use g8_storage::Db;
use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};
use tokio::sync::{Notify, Semaphore, watch};

/// Sign-ins that may wait for the identity provider at once.
const OIDC_IN_FLIGHT: usize = 8;

/// The product, opened: database, time, randomness and secret. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppState>);

/// What an [`App`] is made of.
pub struct AppState {
    /// What all areas bring together.
    pub registry: Registry,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Randomness and ids.
    pub entropy: Entropy,
    /// The secret under which digests and cursors are made.
    pub pepper: Pepper,
    /// What the operator has set.
    pub config: ServiceConfig,
    /// The log of requests.
    pub requests: RequestLog,
    /// Callers that were let in a moment ago.
    pub callers: Callers,
    pub(crate) limiter: Limiter,
    /// Failed sign-ins, by where they came from.
    pub failures: Failures,
    /// Turns at hashing passwords.
    pub hashing: Hashing,
    pub(crate) tries: Tries,
    pub(crate) keyring: Keyring,
    pub(crate) streams: Streams,
    /// Sign-ins that wait for the identity provider.
    pub oidc_in_flight: Semaphore,
    url: OnceLock<String>,
    outbound: OnceLock<Outbound>,
    mailer: OnceLock<Mailer>,
    own_workers: Notify,
    other_workers: Notify,
    /// Since when the clock has been behind.
    pub(crate) rollback: Rollback,
    leaving: watch::Sender<bool>,
}

/// What the operator has set of the service's own limits.
#[derive(Debug, Clone, Default)]
pub struct ServiceConfig {
    /// The rate-limit plans.
    pub plans: Plans,
    /// What the server bears at once.
    pub limits: LimitSettings,
    /// How long things are kept.
    pub keep: Keep,
    /// How events are delivered.
    pub webhooks: Webhooks,
    /// The mail server for the installation's own messages.
    pub mail: Option<MailSettings>,
    /// An identity provider that signs people in.
    pub oidc: Option<OidcSettings>,
    /// Where people and programs reach it, where the operator says so.
    pub public_url: Option<String>,
    /// Where it listens, if it listens at all.
    pub bind_url: String,
}

impl From<&Settings> for ServiceConfig {
    fn from(settings: &Settings) -> Self {
        Self {
            plans: settings.plans.clone(),
            limits: settings.limits,
            keep: settings.keep,
            webhooks: settings.webhooks.clone(),
            mail: settings.mail.clone(),
            oidc: settings.oidc.clone(),
            public_url: settings.public_url.clone(),
            bind_url: settings.url_at(settings.bind),
        }
    }
}

impl App {
    /// The product of these areas.
    #[must_use]
    pub fn new(
        areas: &[&'static Area],
        (db, clock, entropy, pepper): (Db, Clock, Entropy, Pepper),
        config: ServiceConfig,
        limiter: Limiter,
    ) -> Self {
        let (callers, failures) = (Callers::default(), Failures::default());
        Self(Arc::new(AppState {
            registry: Registry::new(areas),
            db,
            clock,
            entropy,
            pepper,
            config,
            requests: RequestLog::default(),
            callers,
            limiter,
            failures,
            hashing: Hashing::default(),
            tries: Tries::default(),
            keyring: Keyring::default(),
            streams: Streams::default(),
            oidc_in_flight: Semaphore::new(OIDC_IN_FLIGHT),
            url: OnceLock::new(),
            outbound: OnceLock::new(),
            mailer: OnceLock::new(),
            own_workers: Notify::new(),
            other_workers: Notify::new(),
            rollback: Rollback::default(),
            leaving: watch::Sender::new(false),
        }))
    }
}

impl App {
    /// Tells workers that there may be a job: the one of this program, and those of others.
    pub fn wake(&self) {
        self.wake_own_workers();
        self.other_workers.notify_one();
    }

    /// Tells the worker of this program.
    pub(crate) fn wake_own_workers(&self) {
        self.own_workers.notify_one();
    }

    pub(crate) async fn work_announced(&self) {
        self.own_workers.notified().await;
    }

    /// Waits until workers of other programs are to be told.
    pub(crate) async fn work_for_others(&self) {
        self.other_workers.notified().await;
    }

    /// Says where people and programs reach it: a server knows once it listens.
    pub fn reached_at(&self, url: &str) {
        // The first to say it is the server itself.
        let _ = self.url.set(url.to_owned());
    }

    /// Where people and programs reach it, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        let set = self.config.public_url.as_ref().or_else(|| self.url.get());
        set.map_or(&self.config.bind_url, |url| url)
    }

    /// Tells whatever lasts as long as somebody listens that the program is about to end.
    pub fn leave(&self) {
        self.leaving.send_replace(true);
    }

    /// Ends once the program is about to.
    pub fn left(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut leaving = self.leaving.subscribe();
        async move {
            // Without the app nobody is served any more.
            let _ = leaving.wait_for(|leaving| *leaving).await;
        }
    }

    /// Requests to servers that callers name; made when the first is sent.
    ///
    /// # Errors
    /// The machine's TLS cannot be set up.
    pub fn outbound(&self) -> Result<&Outbound> {
        if let Some(outbound) = self.outbound.get() {
            return Ok(outbound);
        }
        let made = Outbound::new(self.guard())?;
        Ok(self.outbound.get_or_init(|| made))
    }

    /// The installation's own mail; none where it is not configured.
    ///
    /// # Errors
    /// The settings are wrong.
    pub fn mailer(&self) -> Result<Option<&Mailer>> {
        let Some(mail) = &self.config.mail else { return Ok(None) };
        if let Some(mailer) = self.mailer.get() {
            return Ok(Some(mailer));
        }
        let made = Mailer::new(&mail.url.0, &mail.from).map_err(Error::internal)?;
        Ok(Some(self.mailer.get_or_init(|| made)))
    }

    /// An operation of this program.
    ///
    /// # Errors
    /// None of its areas has it.
    pub fn action(&self, spec: &Spec) -> Result<Action> {
        let unknown = || Error::internal(format!("no area of this program has the operation {}", spec.name));
        self.registry.operation(spec.name).ok_or_else(unknown)
    }

    /// Which servers callers may name.
    #[must_use]
    pub fn guard(&self) -> Guard {
        Guard::allowing(&self.config.webhooks.allow_hosts)
    }
}

impl Deref for App {
    type Target = AppState;
    fn deref(&self) -> &AppState {
        &self.0
    }
}
